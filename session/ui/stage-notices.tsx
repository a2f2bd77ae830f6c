// Owns telling a person what happened to them on the stage and on the way to it: muted, taken off, declined, what has lapsed, and by whom where a speaker did it.
import { useEffect, useRef } from 'react';
import type { LapsedRequest, OwnRequestsState } from '#features/requests/contract.ts';
import { requestsTexts } from '#features/requests/ui/texts.ts';
import type { Directory } from '#platform/live/client/directory.ts';
import { useDirectory } from '#platform/live/client/directory.ts';
import { useLive } from '#platform/live/client/use-live.ts';
import { useTexts } from '#platform/ui/texts.ts';
import { showToast } from '#platform/ui/toast-store.ts';
import type { PersonSlice } from '#session/state.ts';
import type { PersonSummary } from '#shell/accounts/contract.ts';
import type { SessionEngine } from './session-engine.ts';

/** Calls back when the instant becomes a later one than at first: what happened before I came is no news. */
function useNews(at: string | null | undefined, isKnown: boolean, onNews: () => void): void {
  const before = useRef<string | null | undefined>(undefined);
  const tell = useRef(onNews);
  tell.current = onNews;
  useEffect(() => {
    if (!isKnown) return;
    if (before.current !== undefined && at && at !== before.current) tell.current();
    before.current = at ?? null;
  }, [at, isKnown]);
}

const lapsedTitles = { request: 'lapsedRequest', invitation: 'lapsedInvitation', countdown: 'lapsed' } as const;
/** Who was removed, or came back as a speaker, knows it otherwise. */
const lapsedTexts: Partial<Record<LapsedRequest['reason'], 'lapsedRoom' | 'lapsedLeft' | 'lapsedEnded'>> = {
  room: 'lapsedRoom',
  left: 'lapsedLeft',
  ended: 'lapsedEnded',
};

function tellLapsed(what: LapsedRequest['what'], reason: LapsedRequest['reason']): void {
  const text = lapsedTexts[reason];
  if (text) showToast({ tone: 'wait', title: requestsTexts.t(lapsedTitles[what]), text: requestsTexts.t(text) });
}

/** The page may be left with the Session before my own part of the end arrives. */
function useEnd(own: OwnRequestsState | undefined, phase: string | undefined): void {
  const pending: LapsedRequest['what'] | null = own?.countdown ? 'countdown' : own?.invitation ? 'invitation' : null;
  const last = useRef({ phase, pending });
  useEffect(() => {
    const before = last.current;
    last.current = { phase, pending };
    if (before.phase === 'live' && phase === 'ended' && before.pending) tellLapsed(before.pending, 'ended');
  }, [phase, pending]);
}

export function StageNotices({ engine, directory }: { engine: SessionEngine; directory: Directory<PersonSummary> }) {
  const t = useTexts(requestsTexts);
  const own = useLive(engine.live, ({ slices, personId }) =>
    personId ? (slices[`person:${personId}`] as PersonSlice | undefined) : undefined,
  );
  const phase = useLive(engine.live, ({ slices }) => slices.all?.lifecycle.phase);
  const isKnown = phase !== undefined;
  const { muted, removed } = own?.stage ?? { muted: null, removed: null };
  const { declined, lapsed } = own?.requests ?? { declined: null, lapsed: null };
  const people = useDirectory(
    directory,
    [muted?.by, removed?.by, lapsed?.by].filter((id) => typeof id === 'string'),
  );
  /** Undefined while the name is on its way: then the news waits for it. */
  const nameOf = (by: string | null | undefined) => {
    const person = by ? people.get(by) : null;
    return person === undefined ? undefined : (person?.name ?? t('aSpeaker'));
  };
  const hasName = (by: string | null | undefined) => isKnown && nameOf(by) !== undefined;
  const tell = (title: string, text?: string) => showToast({ tone: 'wait', title, text });
  useNews(declined?.at, isKnown, () => tell(t('declined'), t('declinedText')));
  useNews(removed?.at, hasName(removed?.by), () => tell(t('takenOff', { name: nameOf(removed?.by) ?? '' }), t('takenOffText')));
  useNews(muted?.at, hasName(muted?.by), () => tell(t('mutedBy', { name: nameOf(muted?.by) ?? '' }), t('mutedByText')));
  useNews(lapsed?.at, hasName(lapsed?.by), () => {
    if (lapsed?.reason === 'withdrawn') tell(t('invitationTakenBack', { name: nameOf(lapsed.by) ?? '' }));
    else if (lapsed) tellLapsed(lapsed.what, lapsed.reason);
  });
  useEnd(own?.requests, phase);
  return null;
}
