// Owns one line of the requests: who asks, since when, and the two answers; or, while the list must not move, what became of it.
import { X } from 'lucide-react';
import { Avatar } from '#platform/ui/avatar.tsx';
import { formatClock } from '#platform/ui/format.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SettledRequest } from '../contract.ts';
import { requestsTexts } from './texts.ts';

interface RequestRowProps {
  id: string;
  /** Undefined while the name is on its way. */
  person: PersonSummary | undefined;
  /** Null: waits no longer. */
  waitedMs: number | null;
  /** What became of it then. */
  settled: SettledRequest['how'];
  onDecide: (how: 'approve' | 'decline') => void;
}

const settledWords = {
  approved: 'settledApproved',
  declined: 'settledDeclined',
  withdrawn: 'settledWithdrawn',
  lapsed: 'settledLapsed',
} as const;

export function RequestRow({ id, person, waitedMs, settled, onDecide }: RequestRowProps) {
  const t = useTexts(requestsTexts);
  const name = person?.name ?? '';
  const isWaiting = waitedMs !== null;
  return (
    // Settled, it only keeps the place, for the hand and the eye: there is nothing to do about it any more.
    <li
      data-person={id}
      tabIndex={-1}
      aria-label={name || ' '}
      aria-hidden={!isWaiting || undefined}
      className={isWaiting ? undefined : 'settled'}
    >
      <Avatar person={person ?? { id, name: '' }} />
      <span className="who">
        <b className="cut" dir="auto" title={name}>
          <bdi>{name}</bdi>
        </b>
        <span className="cut">
          {isWaiting ? <time className="num waited">{formatClock(waitedMs)}</time> : t(settledWords[settled])}
          {isWaiting && person?.headline ? ` · ${person.headline}` : ''}
        </span>
      </span>
      {isWaiting && (
        <>
          <button type="button" className="btn btn--primary btn--s" onClick={() => onDecide('approve')}>
            {t('approve')}
          </button>
          <button
            type="button"
            className="btn btn--quiet btn--s btn--icon"
            aria-label={t('decline')}
            title={t('decline')}
            onClick={() => onDecide('decline')}
          >
            <X className="i i--s" aria-hidden="true" />
          </button>
        </>
      )}
    </li>
  );
}
