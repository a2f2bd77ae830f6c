// Owns what sharing a screen does to the rest of the Session (rules ST12–ST19): events of the place where one is, what gives way, what ends a share. Pure.
import { roomOfPerson } from '#features/breakouts/contract.ts';
import { putAway, stopped } from '#features/materials/core.ts';
import { givingWay, inTheWay, speakersScreen } from '#features/stage/screens.ts';
import type { Actor, Command, Decision, DraftEvent } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import { intoRooms } from './breakouts-view.ts';
import { materialsView } from './materials-view.ts';
import { roomScreens, screensAround, stageScreens } from './screens-view.ts';
import type { SessionState } from './state.ts';
import { allOf, roomOf } from './state.ts';

const noMedia = { microphone: false, camera: false };

/** `by`: the speaker who ended somebody else's, or took over from them. */
function screenEvent(state: SessionState, person: string, on: boolean, by?: string): DraftEvent {
  const room = roomOfPerson(allOf(state).breakouts, person);
  if (room === null)
    return { audience: 'all', type: 'stage.screen-changed', body: { person, on, ...(by && by !== person && { by }) } };
  const media = roomOf(state, room).breakouts.media[person] ?? noMedia;
  return { audience: `room:${room}`, type: 'breakouts.media-set', body: { person, ...media, screen: on } };
}

/** What ends when this person shares, or who must be asked before (ST13, ST14). */
function makeRoomFor(state: SessionState, me: string, takeOver: boolean): Decision {
  const view = screensAround(state, me);
  const by = inTheWay(view);
  if (by !== null && !takeOver) return refuse('presenting-already', { by });
  const { screens, material } = givingWay(view);
  const events = screens.map((person) => screenEvent(state, person, false, me));
  if (!material) return { events };
  const { place, places, backstage } = materialsView(state, { kind: 'person', personId: me, as: 'speaker' });
  const presented = places.get(place);
  if (!presented) return { events };
  return { events: [...events, ...putAway(backstage.items, presented), stopped(place, presented.material.id, me)] };
}

export function decideScreen(state: SessionState, command: Command, actor: Actor): Decision {
  if (actor.kind !== 'person') return refuse('unknown-command');
  const me = actor.personId;
  const { phase } = allOf(state).lifecycle;
  if (phase === 'ended') return refuse('session-ended');
  if (phase === 'unscheduled') return refuse('session-not-scheduled');
  if (command.type === 'stage.stop-screen') {
    const person = command.body.person as string;
    return screensAround(state, person).me?.screen ? { events: [screenEvent(state, person, false, me)] } : { events: [] };
  }
  const { on, takeOver } = command.body as { on: boolean; takeOver?: boolean };
  const mine = screensAround(state, me).me;
  if (!mine) return on ? refuse('not-on-stage') : { events: [] };
  if (mine.screen === on) return { events: [] };
  if (!on) return { events: [screenEvent(state, me, false)] };
  const before = makeRoomFor(state, me, takeOver === true);
  return 'refusal' in before ? before : { events: [...before.events, screenEvent(state, me, true)] };
}

/** A screen shared by the older word of breakout rooms gives way and is asked about alike. */
export function withScreenInRoom(state: SessionState, command: Command, actor: Actor, decision: Decision): Decision {
  if (command.type !== 'breakouts.set-media' || command.body.screen !== true || actor.kind !== 'person') return decision;
  if ('refusal' in decision || screensAround(state, actor.personId).me?.screen) return decision;
  const before = makeRoomFor(state, actor.personId, false);
  return 'refusal' in before ? before : { events: [...before.events, ...decision.events] };
}

/** Presenting takes over from a speaker's screen only when that is wanted (ST14). */
export function besideScreens(state: SessionState, command: Command, actor: Actor, decision: Decision): Decision {
  if (command.type !== 'materials.present' || command.body.takeOver === true || actor.kind !== 'person') return decision;
  if ('refusal' in decision || decision.events.every((one) => one.type !== 'materials.presented')) return decision;
  const by = speakersScreen(screensAround(state, actor.personId).sharing);
  return by === null || by === actor.personId || by === command.body.presenter ? decision : refuse('presenting-already', { by });
}

/** Screens that end because of something else: a material is presented there (ST14), or who shares goes into a room (ST17). */
export function followScreens(state: SessionState, drafts: readonly DraftEvent[]): DraftEvent[] {
  const ending = new Map<string, string | undefined>();
  for (const { audience, type, body } of drafts) {
    if (type === 'materials.presented') {
      const room = audience.startsWith('room:') ? audience.slice('room:'.length) : null;
      const { sharing } = room === null ? stageScreens(state, '') : roomScreens(state, room, '');
      const person = speakersScreen(sharing);
      if (person !== null) ending.set(person, body.by as string);
    }
    for (const person of intoRooms(type, body)) if (stageScreens(state, person).me?.screen) ending.set(person, undefined);
  }
  // Who has left the stage by these very events takes their screen with them.
  const left = new Set(drafts.filter((one) => one.type === 'stage.left').map((one) => one.body.person));
  return [...ending].filter(([person]) => !left.has(person)).map(([person, by]) => screenEvent(state, person, false, by));
}
