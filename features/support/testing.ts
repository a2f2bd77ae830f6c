// Owns histories for tests: a conversation in memory, driven by commands. Only tests import it.
import type { Actor, DraftEvent, LoggedEvent, Snapshot } from '#platform/log/contract.ts';
import type { Diagnostics, SupportState } from './contract.ts';
import { supportDecider } from './core.ts';

export const person = (index: number) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
export const asker = person(1);
export const nikolai = person(2);
export const hana = person(3);
export const stranger = person(9);
export const actor = (personId: string): Actor => ({ kind: 'person', personId, as: 'participant' });
export const system: Actor = { kind: 'system' };

export const secondsAfter = (seconds: number) => new Date(Date.parse('2026-12-09T13:00:00.000Z') + seconds * 1000).toISOString();

export const diagnostics: Diagnostics = {
  browser: 'Firefox 146',
  system: 'Linux',
  language: 'en',
  timeZone: 'Asia/Seoul',
  screen: '1280 × 720',
  camera: 'granted',
  microphone: 'denied',
  devices: [{ kind: 'camera', label: 'Front camera' }],
  connection: { online: true, roundTripMs: 184, kind: '4g', downlinkMbps: 3.2 },
  call: { state: 'connected', quality: 'poor', soundBlocked: true },
  errors: [{ at: '2026-12-09T12:59:00.000Z', text: 'NotReadableError' }],
};

const beginning: DraftEvent[] = [
  { audience: 'all', type: 'support.opened', body: { person: asker } },
  { audience: 'backstage', type: 'support.team-set', body: { team: [nikolai, hana] } },
];

export function createTalk() {
  const log: LoggedEvent[] = [];
  let snapshot: Snapshot = { streamId: person(0), head: 0, heads: new Map(), state: {}, lastAt: null };
  let now = secondsAfter(0);
  const append = (drafts: readonly DraftEvent[]) => {
    for (const draft of drafts) {
      const seq = (snapshot.heads.get(draft.audience) ?? 0) + 1;
      const event: LoggedEvent = {
        ...draft,
        rev: snapshot.head + 1,
        seq,
        v: supportDecider.versionOf?.(draft.type) ?? 1,
        at: now,
      };
      const before = snapshot.state[draft.audience] ?? supportDecider.initialSlice(draft.audience);
      log.push(event);
      snapshot = {
        ...snapshot,
        head: event.rev,
        heads: new Map(snapshot.heads).set(draft.audience, seq),
        state: { ...snapshot.state, [draft.audience]: supportDecider.evolveSlice(draft.audience, before, event) },
        lastAt: now,
      };
    }
  };
  append(beginning);
  return {
    log,
    get state() {
      return snapshot.state as SupportState;
    },
    get now() {
      return now;
    },
    at(seconds: number) {
      now = secondsAfter(seconds);
    },
    fact: append,
    /** Null when accepted, else the refusal's code. Bodies go through the contract, as on the wire. */
    send(by: Actor, type: string, body: Record<string, unknown> = {}): string | null {
      const parsed = supportDecider.parseCommand(type, body);
      if (!parsed.ok) return 'bad-message';
      const decision = supportDecider.decide(snapshot.state as SupportState, { id: 'x', type, body: parsed.body }, by, now);
      if ('refusal' in decision) return decision.refusal.code;
      append(decision.events);
      return null;
    },
  };
}
