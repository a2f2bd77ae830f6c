// Owns a message that stays in its place on the page. What passes by itself is a toast.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface NoticeProps {
  icon: LucideIcon;
  tone?: 'plain' | 'wait' | 'error';
  title?: string;
  /** `alert` for what just went wrong, `status` for what just changed; absent for what was there from the start. */
  role?: 'alert' | 'status';
  children?: ReactNode;
}

const tones = { plain: '', wait: ' notice--wait', error: ' notice--error' } as const;

export function Notice({ icon: Icon, tone = 'plain', title, role, children }: NoticeProps) {
  return (
    <div className={`notice${tones[tone]}`} role={role}>
      <Icon className="i" aria-hidden="true" />
      <div className="grow">
        {title && <b className="notice-title">{title}</b>}
        {children && <div className="muted">{children}</div>}
      </div>
    </div>
  );
}
