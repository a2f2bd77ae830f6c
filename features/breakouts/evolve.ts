// Owns how breakout rooms change with their events, slice by slice. Pure; the same in server and browser.
import type { AudienceEvent } from '#platform/log/contract.ts';
import type {
  BreakoutsEvent,
  BreakoutsPlanState,
  BreakoutsState,
  Due,
  Leaving,
  NotedRoom,
  OpenBreakouts,
  OwnBreakoutsState,
  RoomBreakoutsState,
} from './contract.ts';
import { recentNotices, rememberedOpenings } from './contract.ts';

type Body<Type extends BreakoutsEvent['type']> = Extract<BreakoutsEvent, { type: Type }>['body'];
type Change<State> = { [Type in BreakoutsEvent['type']]?: (state: State, body: Body<Type>, at: string) => State };

function change<State>(changes: Change<State>) {
  return (state: State, event: AudienceEvent): State => {
    const apply = changes[event.type as BreakoutsEvent['type']] as
      | ((state: State, body: unknown, at: string) => State)
      | undefined;
    return apply ? apply(state, event.body, event.at) : state;
  };
}

function without<Value>(record: Record<string, Value>, isGone: (key: string, value: Value) => boolean): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key, value]) => !isGone(key, value)));
}

export const initialBreakouts: BreakoutsState = { is: 'none', opening: 0, leaving: {} };

/** Only while rooms are open: what came too late to matter changes nothing. */
const whileOpen =
  <B>(apply: (state: OpenBreakouts, body: B, at: string) => Partial<OpenBreakouts>) =>
  (state: BreakoutsState, body: B, at: string): BreakoutsState =>
    state.is === 'none' ? state : ({ ...state, ...apply(state, body, at) } as BreakoutsState);

/** Whoever hops on before they have arrived still has the place before that one to see and hear. */
const mostLeft = 3;

function withLeft(left: readonly Leaving[] | undefined, next: Leaving): Leaving[] {
  const others = (left ?? []).filter(({ from }) => from !== next.from);
  return [...others, next].slice(-mostLeft);
}

function withMoves(
  state: OpenBreakouts,
  people: readonly { person: string; to: string | null }[],
  settles: Due | null,
): Pick<OpenBreakouts, 'where' | 'leaving'> {
  const where = { ...state.where };
  const leaving = { ...state.leaving };
  for (const { person, to } of people) {
    const from = where[person] ?? null;
    if (settles) leaving[person] = withLeft(leaving[person], { from, opening: state.opening, due: settles });
    else delete leaving[person];
    if (to === null) delete where[person];
    else where[person] = to;
  }
  return { where, leaving };
}

function stillLeft(leaving: BreakoutsState['leaving'], settled: string): BreakoutsState['leaving'] {
  const others = Object.entries(leaving).map(
    ([person, left]) => [person, left.filter(({ due }) => due.timerId !== settled)] as const,
  );
  return Object.fromEntries(others.filter(([, left]) => left.length > 0));
}

export const evolveBreakouts = change<BreakoutsState>({
  'breakouts.opened': (state, { opening, rooms, where, freeChoice, timer, settles }, at) => {
    const leaving = { ...state.leaving };
    for (const person of Object.keys(where)) leaving[person] = withLeft(leaving[person], { from: null, opening, due: settles });
    const open = rooms.map((room) => ({ ...room, closing: null }));
    return { is: 'open', opening, rooms: open, where, leaving, freeChoice, openedAt: at, timer, notices: [] };
  },
  'breakouts.room-added': whileOpen((state, { id, name }) => ({ rooms: [...state.rooms, { id, name, closing: null }] })),
  'breakouts.room-renamed': whileOpen((state, { room, name }) => ({
    rooms: state.rooms.map((one) => (one.id === room ? { ...one, name } : one)),
  })),
  'breakouts.moved': whileOpen((state, { people, settles }) => withMoves(state, people, settles)),
  'breakouts.moves-settled': (state, { timerId }) => ({
    ...state,
    leaving: stillLeft(state.leaving, timerId),
  }),
  'breakouts.timer-set': whileOpen((_state, { timer }) => ({ timer })),
  'breakouts.free-choice-set': whileOpen((_state, { freeChoice }) => ({ freeChoice })),
  'breakouts.noticed': whileOpen((state, { text, by }, at) => ({
    // Erased with who wrote it: nothing is left to show.
    notices: text === '' ? state.notices : [...state.notices, { text, by, at }].slice(-recentNotices),
  })),
  'breakouts.room-closing': whileOpen((state, { room, closes }) => ({
    rooms: state.rooms.map((one) => (one.id === room ? { ...one, closing: closes } : one)),
  })),
  'breakouts.room-closed': whileOpen((state, { room }) => ({ rooms: state.rooms.filter((one) => one.id !== room) })),
  'breakouts.closing': (state, { closes }) => (state.is === 'none' ? state : { ...state, is: 'closing', timer: null, closes }),
  'breakouts.kept-open': (state, { room }) => {
    if (state.is === 'none') return state;
    const rooms = state.rooms.map((one) => (room === null || one.id === room ? { ...one, closing: null } : one));
    if (state.is === 'open' || room !== null) return { ...state, rooms };
    const { closes: _, ...open } = state;
    return { ...open, is: 'open', rooms };
  },
  'breakouts.closed': (state, { settles }) => {
    if (state.is === 'none') return { ...state, leaving: settles ? state.leaving : {} };
    const everybody = Object.keys(state.where).map((person) => ({ person, to: null }));
    const { leaving } = withMoves(state, everybody, settles);
    return { is: 'none', opening: state.opening, leaving: settles ? leaving : {} };
  },
});

export const initialPlan: BreakoutsPlanState = {
  rooms: [],
  assigned: {},
  options: { timerMs: null, freeChoice: false, sharePresented: true },
  next: 1,
  help: [],
  groups: [],
  noted: [],
};

/** Who is noted anew is in none of the former rooms any more. */
export function withNoted(before: readonly NotedRoom[], rooms: readonly NotedRoom[]): NotedRoom[] {
  const ids = new Set(rooms.map(({ id }) => id));
  const people = new Set(rooms.flatMap((room) => room.people));
  const others = before.filter(({ id }) => !ids.has(id));
  return [...others.map((room) => ({ ...room, people: room.people.filter((one) => !people.has(one)) })), ...rooms];
}

const numberOf = (room: string) => Number(room.slice(1));

export const evolvePlan = change<BreakoutsPlanState>({
  'breakouts.room-planned': (plan, { id, name }) => ({
    ...plan,
    rooms: [...plan.rooms, { id, name }],
    next: Math.max(plan.next, numberOf(id) + 1),
  }),
  'breakouts.planned-room-removed': (plan, { room }) => ({
    ...plan,
    rooms: plan.rooms.filter((one) => one.id !== room),
    assigned: without(plan.assigned, (_person, where) => where === room),
  }),
  'breakouts.planned-room-renamed': (plan, { room, name }) => ({
    ...plan,
    rooms: plan.rooms.map((one) => (one.id === room ? { ...one, name } : one)),
  }),
  'breakouts.assigned': (plan, { assigned }) => ({ ...plan, assigned }),
  'breakouts.planned-for': (plan, { person, room }) => {
    const others = without(plan.assigned, (one) => one === person);
    if (room !== null) return { ...plan, assigned: { ...others, [person]: room } };
    const noted = plan.noted.map((one) => ({ ...one, people: one.people.filter((other) => other !== person) }));
    return { ...plan, assigned: others, noted };
  },
  'breakouts.options-set': (plan, { timerMs, freeChoice, sharePresented }) => ({
    ...plan,
    options: { timerMs, freeChoice, sharePresented },
  }),
  'breakouts.discarded': (plan) => ({ ...plan, rooms: [], assigned: {} }),
  'breakouts.plan-kept': (plan, { rooms, assigned, groups }) => ({
    ...plan,
    rooms,
    assigned,
    help: [],
    next: Math.max(plan.next, ...rooms.map((one) => numberOf(one.id) + 1)),
    groups: [groups, ...plan.groups].slice(0, rememberedOpenings),
    noted: [],
  }),
  'breakouts.people-noted': (plan, { rooms }) => ({ ...plan, noted: withNoted(plan.noted, rooms) }),
  'breakouts.help-asked': (plan, { room, person }, at) => ({ ...plan, help: [...plan.help, { room, person, at }] }),
  'breakouts.help-settled': (plan, { room }) => ({ ...plan, help: plan.help.filter((call) => call.room !== room) }),
});

export const initialRoomBreakouts: RoomBreakoutsState = { media: {}, help: null };

export const evolveRoomBreakouts = change<RoomBreakoutsState>({
  'breakouts.came': (state, { people }) => ({
    ...state,
    media: {
      ...state.media,
      ...Object.fromEntries(people.map(({ person, microphone, camera }) => [person, { microphone, camera, screen: false }])),
    },
  }),
  'breakouts.went': (state, { people }) => ({ ...state, media: without(state.media, (person) => people.includes(person)) }),
  'breakouts.media-set': (state, { person, microphone, camera, screen }) => ({
    ...state,
    media: { ...state.media, [person]: { microphone, camera, screen } },
  }),
  'breakouts.help-called': (state, { by }, at) => ({ ...state, help: { by, at } }),
  'breakouts.help-ended': (state) => ({ ...state, help: null }),
});

export const initialOwnBreakouts: OwnBreakoutsState = { media: null };

export const evolveOwnBreakouts = change<OwnBreakoutsState>({
  'breakouts.you-chose': (_state, { microphone, camera }) => ({ media: { microphone, camera } }),
});
