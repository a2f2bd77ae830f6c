// Owns what is decided about breakout rooms (rules BR1–BR26 in SPEC.md): opening, going, speaking inside, help, notices. Plan and closing have files of their own.
import type { Actor, Command, Decision, DraftEvent, Timer } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import { beginClosing, beginClosingRoom, closeAll, finishClosing, keepOpen } from './closing.ts';
import type { BreakoutsEvent, BreakoutsState, OpenBreakouts, RoomMedia } from './contract.ts';
import { roomOfPerson } from './contract.ts';
import type { BreakoutsView } from './moves.ts';
import { after, arrivals, movePeople, settledHelp, settlesAfter } from './moves.ts';
import { decidePlan, planFor } from './planning.ts';

type Decided = Decision<BreakoutsEvent>;
type OpenView = BreakoutsView & { breakouts: OpenBreakouts };
type Body = Record<string, unknown>;
const nothing: Decided = { events: [] };

const isOpen = (view: BreakoutsView): view is OpenView => view.breakouts.is !== 'none';

export function decideBreakouts(view: BreakoutsView, command: Command, actor: Actor, now: string): Decided {
  const { phase } = view.lifecycle;
  if (phase === 'ended') return refuse('session-ended');
  if (phase === 'unscheduled') return refuse('session-not-live');
  if (actor.kind === 'system') return decideTimer(view, command, now);
  const me = actor.personId;
  const planned = decidePlan(view, command, me, now);
  if (planned) return planned;
  if (command.type === 'breakouts.open') return open(view, command, me, now);
  const { person, room } = command.body as { person: string; room: string | null };
  if (!isOpen(view)) {
    if (command.type === 'breakouts.move') return planFor(view, person, room, me);
    if (command.type === 'breakouts.remove-room') return removePlanned(view, room as string, me);
    return refuse('rooms-not-open');
  }
  switch (command.type) {
    case 'breakouts.move':
      return move(view, person, room, command.id, me, now);
    case 'breakouts.go':
      return go(view, room, command.id, me, now);
    case 'breakouts.remove-room':
    case 'breakouts.close-room':
      return beginClosingRoom(view, room as string, now, command.id, me);
    case 'breakouts.close':
      return beginClosing(view, now, command.id, me);
    case 'breakouts.close-now':
      return { events: closeAll(view, now, command.id, true) };
    case 'breakouts.keep-open':
      return keepOpen(view, room, me);
    case 'breakouts.extend':
      return extend(view.breakouts, command.body.byMs as number, command.id, me, now);
    case 'breakouts.message-all':
      return { events: [{ audience: 'all', type: 'breakouts.noticed', body: { text: command.body.text as string, by: me } }] };
    default:
      return decideInside(view, command, me);
  }
}

function removePlanned({ plan }: BreakoutsView, room: string, by: string): Decided {
  if (!plan.rooms.some((one) => one.id === room)) return refuse('no-such-room');
  return { events: [{ audience: 'backstage', type: 'breakouts.planned-room-removed', body: { room, by } }] };
}

function open(view: BreakoutsView, command: Command, by: string, now: string): Decided {
  const { lifecycle, breakouts, plan } = view;
  if (lifecycle.phase !== 'live') return refuse('session-not-live');
  if (breakouts.is !== 'none') return refuse('rooms-open-already');
  if (plan.rooms.length === 0) return refuse('no-rooms-planned');
  const { timerMs, freeChoice } = plan.options;
  const timer = timerMs === null ? null : { timerId: `timer-${command.id}`, at: after(now, timerMs) };
  const moves = Object.entries(plan.assigned).map(([person, to]) => ({ person, to }));
  const body = {
    opening: breakouts.opening + 1,
    rooms: plan.rooms.map(({ id, name }) => ({ id, name })),
    where: { ...plan.assigned },
    freeChoice,
    timer,
    settles: settlesAfter(now, command.id),
    by,
  };
  return { events: [{ audience: 'all', type: 'breakouts.opened', body }, ...arrivals(view, moves)] };
}

/** Why nobody can come into this room now. */
function whyNotInto({ breakouts }: OpenView, room: string | null): string | null {
  if (room === null) return null;
  if (breakouts.is === 'closing') return 'rooms-closing';
  const known = breakouts.rooms.find((one) => one.id === room);
  if (!known) return 'no-such-room';
  return known.closing ? 'room-closing' : null;
}

function move(view: OpenView, person: string, room: string | null, id: string, by: string, now: string): Decided {
  const why = whyNotInto(view, room);
  if (why) return refuse(why);
  if (!(person in view.present) && !(person in view.breakouts.where)) return refuse('not-present');
  return { events: movePeople(view, [{ person, to: room }], settlesAfter(now, id), by) };
}

function go(view: OpenView, room: string | null, id: string, me: string, now: string): Decided {
  const { breakouts, directs, lifecycle, plan } = view;
  const mayChoose = directs || lifecycle.support.includes(me) || breakouts.freeChoice;
  if (room !== null && !mayChoose) return refuse('no-free-choice');
  // A speaker who is called to where they are has come.
  if (room !== null && directs && breakouts.where[me] === room) return { events: settledHelp(plan, [room], me) };
  const why = whyNotInto(view, room);
  if (why) return refuse(why);
  return { events: movePeople(view, [{ person: me, to: room }], settlesAfter(now, id), me) };
}

function extend({ is, timer }: OpenBreakouts, byMs: number, id: string, by: string, now: string): Decided {
  if (is === 'closing') return refuse('rooms-closing');
  const at = after(timer && timer.at > now ? timer.at : now, byMs);
  return { events: [{ audience: 'all', type: 'breakouts.timer-set', body: { timer: { timerId: `timer-${id}`, at }, by } }] };
}

function decideInside(view: OpenView, command: Command, me: string): Decided {
  if (command.type === 'breakouts.dismiss-help') {
    const room = command.body.room as string;
    const events = settledHelp(view.plan, [room], me);
    return events.length > 0 ? { events } : refuse('no-help-asked');
  }
  const room = roomOfPerson(view.breakouts, me);
  if (room === null) return refuse('not-in-a-room');
  switch (command.type) {
    case 'breakouts.set-media':
      return setMedia(view, room, command.body as Partial<RoomMedia>, me);
    case 'breakouts.ask-for-help':
      if (view.plan.help.some((call) => call.room === room)) return refuse('help-asked-already');
      return {
        events: [
          { audience: 'backstage', type: 'breakouts.help-asked', body: { room, person: me } },
          { audience: `room:${room}`, type: 'breakouts.help-called', body: { by: me } },
        ],
      };
    case 'breakouts.take-back-help':
      return { events: settledHelp(view.plan, [room], null) };
    default:
      return refuse('unknown-command');
  }
}

function setMedia({ roomOf, ownOf }: OpenView, room: string, asked: Partial<RoomMedia>, me: string): Decided {
  const before = roomOf(room).media[me] ?? { microphone: false, camera: false, screen: false };
  const media = { ...before, ...asked };
  const events: BreakoutsEvent[] = [];
  const changed = (Object.keys(media) as (keyof RoomMedia)[]).some((one) => media[one] !== before[one]);
  if (changed) events.push({ audience: `room:${room}`, type: 'breakouts.media-set', body: { person: me, ...media } });
  const { microphone, camera } = media;
  const own = ownOf(me).media;
  // Also when nothing changes: who was asked and stays muted has chosen.
  if (!own || own.microphone !== microphone || own.camera !== camera)
    events.push({ audience: `person:${me}`, type: 'breakouts.you-chose', body: { microphone, camera } });
  return events.length > 0 ? { events } : nothing;
}

/** Only what the state still waits for, and not before its time (BR29). */
function decideTimer(view: BreakoutsView, command: Command, now: string): Decided {
  const { timerId } = command.body as Body & { timerId: string };
  const awaited = breakoutsTimers(view.breakouts).find((one) => one.id === timerId && one.command.type === command.type);
  if (!awaited || now < awaited.dueAt) return refuse('timer-obsolete');
  if (command.type === 'breakouts.settle-moves')
    return { events: [{ audience: 'all', type: 'breakouts.moves-settled', body: { timerId } }] };
  if (!isOpen(view)) return refuse('timer-obsolete');
  if (command.type === 'breakouts.finish-closing') return finishClosing(view, timerId, now, command.id);
  return beginClosing(view, now, command.id, null);
}

/** What happens in breakout rooms because of something else (BR27–BR29): somebody is removed or goes away, the Session ends. */
export function followBreakouts(view: BreakoutsView, drafts: readonly DraftEvent[], now: string): BreakoutsEvent[] {
  const removed = drafts.filter((one) => one.type === 'people.removed').map((one) => one.body.person as string);
  const { assigned, noted } = view.plan;
  const isPlanned = (person: string) => person in assigned || noted.some(({ people }) => people.includes(person));
  const unplans = removed.filter(isPlanned).map(unplanned);
  if (!isOpen(view)) return unplans;
  if (drafts.some((one) => one.type === 'lifecycle.ended')) return closeAll(view, now, '', false);
  const moves = removed.map((person) => ({ person, to: null }));
  const left = drafts.filter((one) => one.type === 'people.changed').flatMap((one) => one.body.left as string[]);
  const staying = left.filter((person) => !removed.includes(person));
  const moved = movePeople(view, moves, null, null);
  const settled = new Set(moved.filter((one) => one.type === 'breakouts.help-settled').map((one) => one.body.room));
  const unheard = deserted(view, left).filter((room) => !settled.has(room));
  const screens = staying.flatMap((person) => withoutScreen(view, person));
  return [...unplans, ...moved, ...screens, ...settledHelp(view.plan, unheard, null)];
}

const unplanned = (person: string): BreakoutsEvent => ({
  audience: 'backstage',
  type: 'breakouts.planned-for',
  body: { person, room: null, by: null },
});

/** Rooms in which the last one who was there goes away from the Session; those who are removed are looked at as moves. */
function deserted({ breakouts, present }: OpenView, left: readonly string[]): string[] {
  return breakouts.rooms
    .map(({ id }) => id)
    .filter((room) => {
      const there = Object.keys(breakouts.where).filter((person) => breakouts.where[person] === room && person in present);
      return there.length > 0 && there.every((person) => left.includes(person));
    });
}

/** A speaker silences somebody in a room as on the stage, and nobody is ever switched on by others (BR18). */
export function muteInRoom(view: BreakoutsView, room: string, person: string, by: string): Decision {
  const media = view.roomOf(room).media[person];
  if (!media?.microphone) return nothing;
  return {
    events: [
      { audience: `room:${room}`, type: 'breakouts.media-set', body: { person, ...media, microphone: false } },
      { audience: `person:${person}`, type: 'stage.you-were-muted', body: { by } },
    ],
  };
}

/** A screen is shared by a browser that is gone: whoever comes back starts anew. */
function withoutScreen({ breakouts, roomOf }: OpenView, person: string): BreakoutsEvent[] {
  const room = breakouts.where[person];
  const media = room ? roomOf(room).media[person] : undefined;
  if (!room || !media?.screen) return [];
  return [{ audience: `room:${room}`, type: 'breakouts.media-set', body: { person, ...media, screen: false } }];
}

export function breakoutsTimers(state: BreakoutsState): Timer[] {
  const due = new Map<string, Timer>();
  const add = (type: string, { timerId, at }: { timerId: string; at: string }) =>
    due.set(timerId, { id: timerId, dueAt: at, command: { type: `breakouts.${type}`, body: { timerId } } });
  for (const { due } of Object.values(state.leaving).flat()) add('settle-moves', due);
  if (state.is !== 'none') {
    if (state.is === 'closing') add('finish-closing', state.closes);
    else {
      if (state.timer) add('end-timer', state.timer);
      for (const { closing } of state.rooms) if (closing) add('finish-closing', closing);
    }
  }
  return [...due.values()];
}
