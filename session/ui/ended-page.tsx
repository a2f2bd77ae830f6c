// Owns the page after the end: thanks, and what comes next.
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { useTexts } from '#platform/ui/texts.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import { ClosedPage } from './closed-page.tsx';
import { sessionTexts } from './texts.ts';

interface EndedPageProps {
  info: EntranceInfo;
  isUnattended: boolean;
}

export function EndedPage({ info, isUnattended }: EndedPageProps) {
  const t = useTexts(sessionTexts);
  return (
    <ClosedPage
      info={info}
      icon={Check}
      role="status"
      title={t('endedTitle')}
      text={isUnattended ? `${t('endedUnattended')} ${t('endedText')}` : t('endedText')}
    >
      {info.next && (
        <Link to="/sessions/$sessionId" params={{ sessionId: info.next.id }} className="btn btn--primary">
          {t('next', { title: info.next.title })}
        </Link>
      )}
    </ClosedPage>
  );
}
