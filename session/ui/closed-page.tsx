// Owns the look of a page that is closed to one: the reason as its heading, and the way on. Which reason is the caller's.
import { Link } from '@tanstack/react-router';
import type { LucideIcon } from 'lucide-react';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDocumentTitle } from '#platform/ui/document-title.ts';
import { EmptyState } from '#platform/ui/empty-state.tsx';
import { PageFrame } from '#platform/ui/page-frame.tsx';
import { useTexts } from '#platform/ui/texts.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import { sessionTexts } from './texts.ts';

interface ClosedPageProps {
  info: EntranceInfo;
  icon: LucideIcon;
  title: string;
  text: string;
  role: 'alert' | 'status';
  children?: ReactNode;
}

export function ClosedPage({ info, icon, title, text, role, children }: ClosedPageProps) {
  const t = useTexts(sessionTexts);
  useDocumentTitle(title, info.point.title);
  const { slug } = info.event;
  return (
    <PageFrame
      mainClass="closed"
      start={
        <Link to="/events/$slug" params={{ slug }} className="btn btn--quiet back">
          <ChevronLeft className="i" aria-hidden="true" />
          {info.event.title}
        </Link>
      }
    >
      <div className="card" role={role}>
        <p className="closed-of muted">{info.point.title}</p>
        <EmptyState icon={icon} level={1} title={title} text={text}>
          {children}
          <Link to="/events/$slug/program" params={{ slug }} className="btn">
            {t('program')}
          </Link>
        </EmptyState>
      </div>
    </PageFrame>
  );
}
