// Owns the shape of "there is nothing here" and of closed states: what it is, why, and the way on.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  text?: ReactNode;
  /** A closed state is the page's heading; a part of a page is not. */
  level?: 1 | 2 | 3;
  /** Buttons or links that lead on. */
  children?: ReactNode;
}

export function EmptyState({ icon: Icon, title, text, level = 2, children }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="empty">
      <span className="disc">
        <Icon className="i i--l" aria-hidden="true" />
      </span>
      <Heading className="empty-title" tabIndex={level === 1 ? -1 : undefined}>
        {title}
      </Heading>
      {text && <p className="muted">{text}</p>}
      {children && <div className="empty-acts">{children}</div>}
    </div>
  );
}
