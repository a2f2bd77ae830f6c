// Owns the queue of rooms that ask for help, oldest first, for speakers, and where the focus goes when one leaves it.
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useServerNow } from '#platform/live/client/use-live.ts';
import { Avatar } from '#platform/ui/avatar.tsx';
import { formatClock } from '#platform/ui/format.ts';
import { useTexts } from '#platform/ui/texts.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { HelpCall } from '../contract.ts';
import { breakoutsTexts } from './texts.ts';
import './breakouts.css';

interface HelpCallsProps {
  calls: readonly HelpCall[];
  nameOf: (room: string) => string;
  directory: Directory<PersonSummary>;
  serverNow: () => number;
  onGo: (room: string) => void;
  onDismiss: (room: string) => void;
}

export function HelpCalls({ calls, nameOf, directory, serverNow, onGo, onDismiss }: HelpCallsProps) {
  const t = useTexts(breakoutsTexts);
  const now = useServerNow(serverNow, 1000);
  const people = useDirectory(
    directory,
    calls.map((call) => call.person),
  );
  const list = useRef<HTMLUListElement>(null);
  /** Which row had the focus when it was settled: the next one takes it. */
  const settledAt = useRef<number | null>(null);
  const settle = (index: number, how: (room: string) => void, room: string) => {
    settledAt.current = index;
    how(room);
  };
  const count = calls.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one has left when the count has changed.
  useEffect(() => {
    const index = settledAt.current;
    settledAt.current = null;
    if (index === null || document.activeElement !== document.body) return;
    const rows = list.current?.children;
    rows?.[Math.min(index, rows.length - 1)]?.querySelector('button')?.focus({ preventScroll: true });
  }, [count]);
  return (
    <section className="urgent" aria-label={t('helpCalls')}>
      <div className="urgent-head">
        <h2>
          {t('helpCalls')} <span className="badge badge--wait num">{calls.length}</span>
        </h2>
      </div>
      <ul ref={list}>
        {calls.map(({ room, person, at }, index) => (
          <li key={room} aria-label={nameOf(room)}>
            <Avatar person={people.get(person) ?? { id: person, name: '' }} />
            <span className="who">
              <b className="cut" dir="auto">
                {nameOf(room)}
              </b>
              <span className="cut">
                <time className="num waited">{formatClock(Math.max(0, now - Date.parse(at)))}</time>
                {` · ${people.get(person)?.name ?? ''}`}
              </span>
            </span>
            <button type="button" className="btn btn--primary btn--s" onClick={() => settle(index, onGo, room)}>
              {t('goThere')}
            </button>
            <button
              type="button"
              className="btn btn--quiet btn--s btn--icon"
              aria-label={t('helpDismiss')}
              title={t('helpDismiss')}
              onClick={() => settle(index, onDismiss, room)}
            >
              <X className="i i--s" aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
