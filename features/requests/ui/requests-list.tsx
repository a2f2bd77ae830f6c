// Owns the list of those who ask: oldest first, who is coming, who is invited, and what speakers set about requests. Nothing in it moves under a hand.
import { Settings2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { useHeldIds } from '#platform/ui/held-ids.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { useIsHeld } from '#platform/ui/use-is-held.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { ReceivedRequestsState, RequestsState } from '../contract.ts';
import { ComingLines } from './coming-lines.tsx';
import { InvitedLines } from './invited-lines.tsx';
import { RequestRow } from './request-row.tsx';
import { RequestsOptions } from './requests-options.tsx';
import { requestsTexts } from './texts.ts';
import { useFocusInRows } from './use-focus-in-rows.ts';
import './requests.css';

export interface RequestsListProps {
  requests: RequestsState;
  received: ReceivedRequestsState;
  /** Participants on screen now. */
  onScreen: number;
  directory: Directory<PersonSummary>;
  serverNow: () => number;
  onDecide: (person: string, how: 'approve' | 'decline') => void;
  onTakeBack: (person: string) => void;
  onSetOpen: (open: boolean) => void;
  onSetLimit: (limit: number) => void;
  /** Somebody has hand or eye on the list: it must not close by itself. */
  onHeld: (isHeld: boolean) => void;
}

export function RequestsList(props: RequestsListProps) {
  const { requests, received, onScreen, directory, serverNow, onDecide, onTakeBack, onSetOpen, onSetLimit, onHeld } = props;
  const t = useTexts(requestsTexts);
  const now = useServerNow(serverNow, 1000);
  const region = useRef<HTMLElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [hasOptions, setOptions] = useState(false);
  const { waiting, countdowns, invitations, settled } = received;
  // What stands below would come up under the hand that goes there.
  const isHeld = useIsHeld(region, '.panel, .support-sheet');
  useEffect(() => {
    onHeld(isHeld);
    return () => onHeld(false);
  }, [isHeld, onHeld]);
  const shown = useHeldIds(
    waiting.map((one) => one.person),
    isHeld,
  );
  const people = useDirectory(directory, shown);
  const requestOf = (person: string) => waiting.find((one) => one.person === person);
  const handlers = useFocusInRows(list, shown, (person) => requestOf(person) !== undefined);
  return (
    <section ref={region} className="urgent" aria-label={t('region')}>
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
      <ul ref={list} tabIndex={-1} {...handlers}>
        {shown.map((person) => {
          const request = requestOf(person);
          return (
            <RequestRow
              key={person}
              id={person}
              person={people.get(person) ?? undefined}
              waitedMs={request ? Math.max(0, now - Date.parse(request.askedAt)) : null}
              settled={settled.find((one) => one.person === person)?.how ?? 'lapsed'}
              onDecide={(how) => onDecide(person, how)}
            />
          );
        })}
      </ul>
      {/* All that comes and goes stands below, so that no row gives way to it. */}
      {shown.length === 0 && countdowns.length === 0 && requests.open && <p className="muted">{t('nobodyWaits')}</p>}
      <ComingLines countdowns={countdowns} directory={directory} serverNow={serverNow} />
      {onScreen + countdowns.length >= requests.limit && <p className="full">{t('full', { limit: requests.limit })}</p>}
      {!requests.open && <p className="muted">{t('isOff')}</p>}
      <InvitedLines invitations={invitations} directory={directory} onTakeBack={onTakeBack} />
    </section>
  );
}
