// Owns the list of those who ask: oldest first, who is coming, and what speakers set about requests.
import { Settings2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { ReceivedRequestsState, RequestsState } from '../contract.ts';
import { RequestRow } from './request-row.tsx';
import { RequestsOptions } from './requests-options.tsx';
import { requestsTexts } from './texts.ts';
import './requests.css';

export interface RequestsListProps {
  requests: RequestsState;
  received: ReceivedRequestsState;
  /** Participants on screen now. */
  onScreen: number;
  directory: Directory<PersonSummary>;
  serverNow: () => number;
  onDecide: (person: string, how: 'approve' | 'decline') => void;
  onSetOpen: (open: boolean) => void;
  onSetLimit: (limit: number) => void;
}

export function RequestsList(props: RequestsListProps) {
  const { requests, received, onScreen, directory, serverNow, onDecide, onSetOpen, onSetLimit } = props;
  const t = useTexts(requestsTexts);
  const now = useServerNow(serverNow, 1000);
  const list = useRef<HTMLUListElement>(null);
  /** Which row had the focus when it was decided: the next one takes it. */
  const decidedAt = useRef<number | null>(null);
  const [hasOptions, setOptions] = useState(false);
  const { waiting, countdowns } = received;
  const people = useDirectory(
    directory,
    [...waiting, ...countdowns].map((one) => one.person),
  );
  const count = waiting.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row has left when the count has changed.
  useEffect(() => {
    const index = decidedAt.current;
    if (index === null) return;
    decidedAt.current = null;
    const rows = list.current?.children;
    const next = rows?.[Math.min(index, rows.length - 1)]?.querySelector('button') ?? list.current;
    (next as HTMLElement | null)?.focus({ preventScroll: true });
  }, [count]);
  return (
    <section className="urgent" aria-label={t('region')}>
      <div className="urgent-head">
        <h2>{t('region')}</h2>
        <button
          type="button"
          className="btn btn--quiet btn--s btn--icon"
          aria-label={t('options')}
          title={t('options')}
          aria-expanded={hasOptions}
          onClick={() => setOptions(!hasOptions)}
        >
          <Settings2 className="i i--s" aria-hidden="true" />
        </button>
      </div>
      {hasOptions && <RequestsOptions requests={requests} onSetOpen={onSetOpen} onSetLimit={onSetLimit} />}
      {!requests.open && <p className="muted">{t('isOff')}</p>}
      {onScreen + countdowns.length >= requests.limit && <p className="full">{t('full', { limit: requests.limit })}</p>}
      {countdowns.map((one) => (
        <p className="coming" key={one.timerId}>
          {t('comingSoon', {
            name: people.get(one.person)?.name ?? '',
            seconds: Math.max(0, Math.ceil((Date.parse(one.dueAt) - now) / 1000)),
          })}
        </p>
      ))}
      {count === 0 && countdowns.length === 0 && requests.open && <p className="muted">{t('nobodyWaits')}</p>}
      <ul ref={list} tabIndex={-1}>
        {waiting.map((one, index) => (
          <RequestRow
            key={one.person}
            request={one}
            person={people.get(one.person) ?? undefined}
            now={now}
            onDecide={(how) => {
              decidedAt.current = index;
              onDecide(one.person, how);
            }}
          />
        ))}
      </ul>
    </section>
  );
}
