// Owns one line of the requests: who asks, since when, and the two answers.
import { X } from 'lucide-react';
import { Avatar } from '#platform/ui/avatar.tsx';
import { formatClock } from '#platform/ui/format.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { WaitingRequest } from '../contract.ts';
import { requestsTexts } from './texts.ts';

interface RequestRowProps {
  request: WaitingRequest;
  /** Undefined while the name is on its way. */
  person: PersonSummary | undefined;
  now: number;
  onDecide: (how: 'approve' | 'decline') => void;
}

export function RequestRow({ request, person, now, onDecide }: RequestRowProps) {
  const t = useTexts(requestsTexts);
  const name = person?.name ?? '';
  return (
    <li aria-label={name || ' '}>
      <Avatar person={person ?? { id: request.person, name: '' }} />
      <span className="who">
        <b className="cut" dir="auto" title={name}>
          <bdi>{name}</bdi>
        </b>
        <span className="cut">
          <time className="num waited">{formatClock(Math.max(0, now - Date.parse(request.askedAt)))}</time>
          {person?.headline ? ` · ${person.headline}` : ''}
        </span>
      </span>
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
    </li>
  );
}
