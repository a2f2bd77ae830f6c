// Owns a support conversation as a kind of stream (rules SU1–SU15 in SPEC.md): decides, folds, summarises. Pure.
import type { Actor, Audience, AudienceEvent, Command, Decider, Decision } from '#platform/log/contract.ts';
import { audienceKind, refuse } from '#platform/log/contract.ts';
import type { Upcasters } from '#platform/log/upcasting.ts';
import { versionsOf } from '#platform/log/upcasting.ts';
import type {
  Diagnostics,
  OwnSlice,
  SupportCommandType,
  SupportEvent,
  SupportPlace,
  SupportState,
  SupportSummary,
  TalkSlice,
  TeamSlice,
} from './contract.ts';
import { recentSupportMessages, supportCommands, supportRate } from './contract.ts';
import { supportWordsOf } from './erasing.ts';
import { supportPowers, supportRoleOf } from './powers.ts';

export const supportKind = 'support';
const initialTalk: TalkSlice = { person: '', messages: [], sent: 0, takenBy: null, waitingSince: null, resolvedAt: null };
const initialTeam: TeamSlice = { team: [], shared: null, place: null, readTo: 0 };
const initialOwn: OwnSlice = { readTo: 0 };

export const talkOf = (state: SupportState): TalkSlice => state.all ?? initialTalk;
export const teamOf = (state: SupportState): TeamSlice => state.backstage ?? initialTeam;
export const ownOf = (state: SupportState, person: string): OwnSlice => state[`person:${person}`] ?? initialOwn;

export function initialSupportSlice(audience: Audience): unknown {
  switch (audienceKind(audience)) {
    case 'all':
      return initialTalk;
    case 'backstage':
      return initialTeam;
    case 'person':
      return initialOwn;
    default:
      return {};
  }
}

const written = (text: unknown): string => (typeof text === 'string' ? text : '');

function evolveTalk(talk: TalkSlice, event: AudienceEvent): TalkSlice {
  const { type, body } = event as AudienceEvent & SupportEvent;
  switch (type) {
    case 'support.opened':
      return { ...talk, person: body.person };
    case 'support.sent': {
      const { author } = body;
      const message = { seq: event.seq, at: event.at, author, text: written(body.text), shared: body.shared === true };
      return {
        ...talk,
        messages: [...talk.messages, message].slice(-recentSupportMessages),
        sent: talk.sent + 1,
        waitingSince: author === talk.person ? (talk.waitingSince ?? event.at) : null,
      };
    }
    case 'support.taken':
      return { ...talk, takenBy: body.by };
    case 'support.handed-back':
      return { ...talk, takenBy: null, waitingSince: talk.waitingSince ?? event.at };
    case 'support.resolved':
      return { ...talk, takenBy: null, waitingSince: null, resolvedAt: event.at };
    case 'support.reopened':
      return { ...talk, takenBy: body.by === talk.person ? null : body.by, resolvedAt: null };
    default:
      return talk;
  }
}

function evolveTeam(slice: TeamSlice, event: AudienceEvent): TeamSlice {
  const { type, body } = event as AudienceEvent & SupportEvent;
  switch (type) {
    case 'support.team-set':
      return { ...slice, team: body.team };
    case 'support.diagnostics-shared': {
      // Erased ones leave a marker that is no object.
      const { diagnostics } = body;
      return { ...slice, shared: diagnostics && typeof diagnostics === 'object' ? { at: event.at, diagnostics } : null };
    }
    case 'support.place-noted':
      return { ...slice, place: { at: event.at, place: body.place } };
    case 'support.team-read':
      return { ...slice, readTo: body.seq };
    default:
      return slice;
  }
}

export function evolveSupportSlice(audience: Audience, slice: unknown, event: AudienceEvent): unknown {
  switch (audienceKind(audience)) {
    case 'all':
      return evolveTalk(slice as TalkSlice, event);
    case 'backstage':
      return evolveTeam(slice as TeamSlice, event);
    case 'person':
      return event.type === 'support.person-read' ? { readTo: event.body.seq as number } : slice;
    default:
      return slice;
  }
}

/** SU4: null, or after how many milliseconds the next message may come. */
function tooMany(talk: TalkSlice, now: string): number | null {
  const since = Date.parse(now) - supportRate.withinMs;
  const recent = talk.messages.filter((one) => one.author === talk.person && Date.parse(one.at) > since);
  const first = recent.at(-supportRate.messages);
  return first ? Date.parse(first.at) - since : null;
}

function sendAsPerson(talk: TalkSlice, body: { text: string; diagnostics?: Diagnostics }, now: string): Decision<SupportEvent> {
  const waitMs = tooMany(talk, now);
  if (waitMs !== null) return refuse('support-too-many', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  const { text, diagnostics } = body;
  const events: SupportEvent[] = [];
  if (talk.resolvedAt) events.push({ audience: 'all', type: 'support.reopened', body: { by: talk.person } });
  if (diagnostics) events.push({ audience: 'backstage', type: 'support.diagnostics-shared', body: { diagnostics } });
  const shared = diagnostics ? { shared: true } : {};
  events.push({ audience: 'all', type: 'support.sent', body: { author: talk.person, text, ...shared } });
  return { events };
}

function sendAsTeam(talk: TalkSlice, by: string, text: string): Decision<SupportEvent> {
  if (talk.resolvedAt) return refuse('support-resolved');
  if (talk.takenBy && talk.takenBy !== by) return refuse('support-taken', { by: talk.takenBy });
  const events: SupportEvent[] = talk.takenBy ? [] : [{ audience: 'all', type: 'support.taken', body: { by } }];
  return { events: [...events, { audience: 'all', type: 'support.sent', body: { author: by, text } }] };
}

function read(state: SupportState, actor: string, asked: number): Decision<SupportEvent> {
  const talk = talkOf(state);
  const seq = Math.min(asked, talk.messages.at(-1)?.seq ?? 0);
  if (actor === talk.person) {
    if (seq <= ownOf(state, actor).readTo) return { events: [] };
    return { events: [{ audience: `person:${actor}`, type: 'support.person-read', body: { seq } }] };
  }
  if (talk.takenBy !== actor || seq <= teamOf(state).readTo) return { events: [] };
  return { events: [{ audience: 'backstage', type: 'support.team-read', body: { seq, by: actor } }] };
}

function notePlace(state: SupportState, place: SupportPlace): Decision<SupportEvent> {
  const talk = talkOf(state);
  const known = teamOf(state).place?.place;
  const isSame = known?.page === place.page && known.sessionId === place.sessionId;
  if (talk.sent === 0 || talk.resolvedAt || isSame) return { events: [] };
  return { events: [{ audience: 'backstage', type: 'support.place-noted', body: { place } }] };
}

/** What only the team may do; none of it before the person has written. */
function decideForTeam(talk: TalkSlice, command: Command, by: string): Decision<SupportEvent> {
  if (talk.sent === 0) return refuse('support-not-begun');
  const isOthers = talk.takenBy !== null && talk.takenBy !== by;
  switch (command.type) {
    case 'support.send':
      return sendAsTeam(talk, by, command.body.text as string);
    case 'support.take':
      if (talk.resolvedAt) return refuse('support-resolved');
      if (talk.takenBy === by) return { events: [] };
      if (isOthers && talk.takenBy !== command.body.from) return refuse('support-taken', { by: talk.takenBy as string });
      return { events: [{ audience: 'all', type: 'support.taken', body: { by } }] };
    case 'support.hand-back':
      if (talk.takenBy !== by) return refuse('support-not-yours');
      return { events: [{ audience: 'all', type: 'support.handed-back', body: { by } }] };
    case 'support.resolve':
      if (talk.resolvedAt) return { events: [] };
      if (isOthers) return refuse('support-taken', { by: talk.takenBy as string });
      return { events: [{ audience: 'all', type: 'support.resolved', body: { by } }] };
    case 'support.reopen':
      if (!talk.resolvedAt) return { events: [] };
      return { events: [{ audience: 'all', type: 'support.reopened', body: { by } }] };
    default:
      return refuse('unknown-command');
  }
}

function decide(state: SupportState, command: Command, actor: Actor, now: string): Decision {
  if (!Object.hasOwn(supportPowers, command.type)) return refuse('unknown-command');
  const role = supportRoleOf(state, actor);
  if (!supportPowers[command.type as SupportCommandType].includes(role) || actor.kind !== 'person') return refuse('not-allowed');
  const talk = talkOf(state);
  if (command.type === 'support.read') return read(state, actor.personId, command.body.seq as number);
  if (command.type === 'support.note-place') return notePlace(state, command.body.place as SupportPlace);
  if (role === 'team') return decideForTeam(talk, command, actor.personId);
  return sendAsPerson(talk, command.body as { text: string; diagnostics?: Diagnostics }, now);
}

/** SU2: the person, and the team as the stream knows it. */
export function supportAudiences(state: SupportState, viewer: Actor): Audience[] {
  if (viewer.kind === 'system') return [];
  switch (supportRoleOf(state, viewer)) {
    case 'person':
      return ['all', `person:${viewer.personId}`];
    case 'team':
      return ['all', 'backstage'];
    default:
      return [];
  }
}
/** All that `supportAudiences` reads. */
export const supportAudiencesDependOn = (state: SupportState): readonly unknown[] => [talkOf(state).person, teamOf(state).team];

function summary(state: SupportState): SupportSummary & Record<string, unknown> {
  const { sent, takenBy, waitingSince, resolvedAt, messages, person } = talkOf(state);
  const { readTo, place, team } = teamOf(state);
  const lastOfPerson = messages.findLast((one) => one.author === person)?.seq ?? 0;
  return { sent, takenBy, waitingSince, resolvedAt, unread: lastOfPerson > readTo, place: place?.place ?? null, team };
}

/** CONTRIBUTING.md says how to change a shape. */
const supportUpcasters: Upcasters = {
  'support.diagnostics-shared': [
    // 2: how sound and pictures are. Erased ones are no object, and stay as they are.
    (body) => {
      const { diagnostics } = body;
      return typeof diagnostics === 'object' && diagnostics ? { ...body, diagnostics: { ...diagnostics, call: null } } : body;
    },
  ],
};

export const supportDecider: Decider<SupportState> = {
  kind: supportKind,
  parseCommand(type, body) {
    if (!Object.hasOwn(supportCommands, type)) return { ok: false };
    const parsed = supportCommands[type as SupportCommandType].safeParse(body);
    return parsed.success ? { ok: true, body: parsed.data as Record<string, unknown> } : { ok: false };
  },
  initialSlice: initialSupportSlice,
  evolveSlice: evolveSupportSlice,
  decide,
  consequences: (_state, facts) => facts,
  ...versionsOf(supportUpcasters),
  wordsOf: supportWordsOf,
  timers: () => [],
  summary,
};
