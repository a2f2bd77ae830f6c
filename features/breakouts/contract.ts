// Owns the words of breakout rooms: the plan, who belongs where while they are open, and what goes on inside. Rules: SPEC.md.
import { z } from 'zod';
import { storableText } from '#platform/log/contract.ts';

export const mostRooms = 10;
export const longestRoomName = 60;
export const longestNotice = 1000;
/** How long before the rooms close everybody is told. */
export const closingMs = 10_000;
/** How long the connection to the LiveKit room that one has left may still be used for listening. */
export const moveMs = 10_000;
export const shortestTimerMs = 60_000;
export const longestTimerMs = 4 * 60 * 60_000;
/** People are warned when this much is left. */
export const warnMs = 60_000;
/** Openings whose groups are remembered, for new partners. */
export const rememberedOpenings = 5;
/** Messages to all rooms that the state keeps. */
export const recentNotices = 20;

/** `even`: at random. `mixed`, `together`: people of one company in different rooms, or in the same. `same`: the groups of the last opening. */
export const assignments = ['even', 'mixed', 'together', 'same', 'new-partners'] as const;
export type AssignmentKind = (typeof assignments)[number];

const roomId = z.string().regex(/^r\d{1,6}$/);
const room = z.object({ room: roomId });
const nothing = z.object({});
const text = (max: number) =>
  storableText(max)
    .transform((value) => value.trim())
    .refine((value) => value.length > 0);
const roomName = text(longestRoomName);
const timerMs = z.int().min(shortestTimerMs).max(longestTimerMs);

export const breakoutsCommands = {
  'breakouts.add-room': z.object({ name: roomName.optional() }),
  'breakouts.remove-room': room,
  'breakouts.rename-room': z.object({ room: roomId, name: roomName }),
  /** `seed` makes the shuffle; `groups` are people of one company each. Who is in none is alone. */
  'breakouts.auto-assign': z.object({
    how: z.enum(assignments),
    seed: z.int().min(0).max(0xffff_ffff),
    groups: z.array(z.array(z.uuid()).max(1000)).max(500).optional(),
  }),
  /** In the plan, or while rooms are open. Null: unassigned, the main call. */
  'breakouts.move': z.object({ person: z.uuid(), room: roomId.nullable() }),
  /** `timerMs` null: no timer. `sharePresented`: rooms begin with what is presented in the main call. */
  'breakouts.set-options': z.object({
    timerMs: timerMs.nullable().optional(),
    freeChoice: z.boolean().optional(),
    sharePresented: z.boolean().optional(),
  }),
  'breakouts.discard': nothing,
  'breakouts.open': nothing,
  'breakouts.extend': z.object({ byMs: timerMs }),
  'breakouts.message-all': z.object({ text: text(longestNotice) }),
  'breakouts.dismiss-help': room,
  'breakouts.close-room': room,
  'breakouts.close': nothing,
  'breakouts.close-now': nothing,
  /** During the notice: of this room, or null: of all. */
  'breakouts.keep-open': z.object({ room: roomId.nullable() }),
  /** Where I go myself: hosts hop, others where they may choose. Null: the main call. */
  'breakouts.go': z.object({ room: roomId.nullable() }),
  /** In my room. */
  'breakouts.set-media': z.object({
    microphone: z.boolean().optional(),
    camera: z.boolean().optional(),
    screen: z.boolean().optional(),
  }),
  'breakouts.ask-for-help': nothing,
  'breakouts.take-back-help': nothing,
};
const timed = z.object({ timerId: z.string() });
/** Fired by timers, never accepted from outside. */
export const breakoutsSystemCommands = {
  'breakouts.end-timer': timed,
  'breakouts.finish-closing': timed,
  'breakouts.settle-moves': timed,
};

/** `id` (`r1`, `r2` …) is never used twice in a Session. */
export type PlannedRoom = { id: string; name: string };
export type BreakoutsOptions = { timerMs: number | null; freeChoice: boolean; sharePresented: boolean };
/** Fires at `at` (ISO 8601). */
export type Due = { timerId: string; at: string };
/** `closing`: the notice before this room alone closes. */
export type OpenRoom = PlannedRoom & { closing: Due | null };
/** A LiveKit room that a person has just left, until `due`. `from` null: the main call. */
export interface Leaving {
  from: string | null;
  opening: number;
  due: Due;
}
export interface Notice {
  text: string;
  by: string;
  at: string;
}

interface Moves {
  /** How often rooms were opened; part of the LiveKit rooms' names. */
  opening: number;
  /** The last one at the end, none of them twice. */
  leaving: Record<string, Leaving[]>;
}
export interface OpenBreakouts extends Moves {
  is: 'open' | 'closing';
  rooms: OpenRoom[];
  /** Person → the room where they belong, also while they are away. Who is absent from it belongs to the main call. */
  where: Record<string, string>;
  freeChoice: boolean;
  openedAt: string;
  timer: Due | null;
  notices: Notice[];
}
/** In slice `all`. Whether rooms are planned is for speakers to know. */
export type BreakoutsState =
  | (Moves & { is: 'none' })
  | (OpenBreakouts & { is: 'open' })
  /** Everybody returns at `closes`. */
  | (OpenBreakouts & { is: 'closing'; closes: Due });

export interface HelpCall {
  room: string;
  /** Who asked. */
  person: string;
  at: string;
}
/** A room with the participants who were in it when its closing was announced, or when it closed at once. */
export type NotedRoom = PlannedRoom & { people: string[] };
/** In slice `backstage`: the plan, which stays while rooms are open, and the help queue, oldest first. */
export interface BreakoutsPlanState {
  rooms: PlannedRoom[];
  /** Person → planned room. */
  assigned: Record<string, string>;
  options: BreakoutsOptions;
  /** The number of the next room's id. */
  next: number;
  help: HelpCall[];
  /** The groups of the last openings, newest first. */
  groups: string[][][];
  /** Of this opening: the rooms that are closing or have been closed, for the plan that is kept. A person is in one at most. */
  noted: NotedRoom[];
}

export type RoomMedia = { microphone: boolean; camera: boolean; screen: boolean };
/** In slice `room:x`. Tiles are those who belong here and are present. */
export interface RoomBreakoutsState {
  media: Record<string, RoomMedia>;
  help: { by: string; at: string } | null;
}
/** In slice `person:x`: with what I was in rooms last. Null: never in one, so muted and with the camera off. */
export interface OwnBreakoutsState {
  media: { microphone: boolean; camera: boolean } | null;
}

type InRoom = `room:${string}`;
type Own = `person:${string}`;
type Arrival = { person: string; microphone: boolean; camera: boolean };
export type BreakoutsEvent =
  | { audience: 'backstage'; type: 'breakouts.room-planned'; body: PlannedRoom & { by: string } }
  | { audience: 'backstage'; type: 'breakouts.planned-room-removed'; body: { room: string; by: string | null } }
  | { audience: 'backstage'; type: 'breakouts.planned-room-renamed'; body: { room: string; name: string; by: string } }
  /** Replaces who was assigned. */
  | {
      audience: 'backstage';
      type: 'breakouts.assigned';
      body: { how: AssignmentKind; assigned: Record<string, string>; by: string };
    }
  | { audience: 'backstage'; type: 'breakouts.planned-for'; body: { person: string; room: string | null; by: string | null } }
  | { audience: 'backstage'; type: 'breakouts.options-set'; body: BreakoutsOptions & { by: string } }
  | { audience: 'backstage'; type: 'breakouts.discarded'; body: { by: string } }
  /** Before anybody returns: who was where. Replaces what was noted of these rooms and people. */
  | { audience: 'backstage'; type: 'breakouts.people-noted'; body: { rooms: NotedRoom[] } }
  /** The plan of the next opening: the rooms that were open under new ids, with those who were in them last. */
  | {
      audience: 'backstage';
      type: 'breakouts.plan-kept';
      body: { rooms: PlannedRoom[]; assigned: Record<string, string>; groups: string[][] };
    }
  | { audience: 'backstage'; type: 'breakouts.help-asked'; body: { room: string; person: string } }
  /** `by`: the speaker who came or dismissed it; null where it was taken back or the room has closed. */
  | { audience: 'backstage'; type: 'breakouts.help-settled'; body: { room: string; by: string | null } }
  | {
      audience: 'all';
      type: 'breakouts.opened';
      body: {
        opening: number;
        rooms: PlannedRoom[];
        where: Record<string, string>;
        freeChoice: boolean;
        timer: Due | null;
        settles: Due;
        by: string;
      };
    }
  | { audience: 'all'; type: 'breakouts.room-added'; body: PlannedRoom & { by: string } }
  | { audience: 'all'; type: 'breakouts.room-renamed'; body: { room: string; name: string; by: string } }
  /** `by` null: by themselves, or because a room closed or a person was removed. `settles` null: nothing to leave slowly. */
  | {
      audience: 'all';
      type: 'breakouts.moved';
      body: { people: { person: string; to: string | null }[]; settles: Due | null; by: string | null };
    }
  | { audience: 'all'; type: 'breakouts.moves-settled'; body: { timerId: string } }
  | { audience: 'all'; type: 'breakouts.timer-set'; body: { timer: Due | null; by: string } }
  | { audience: 'all'; type: 'breakouts.free-choice-set'; body: { freeChoice: boolean; by: string } }
  | { audience: 'all'; type: 'breakouts.noticed'; body: { text: string; by: string } }
  | { audience: 'all'; type: 'breakouts.room-closing'; body: { room: string; closes: Due; by: string } }
  | { audience: 'all'; type: 'breakouts.room-closed'; body: { room: string } }
  /** The notice is taken back: of this room, or of all, which then have no timer. */
  | { audience: 'all'; type: 'breakouts.kept-open'; body: { room: string | null; by: string } }
  /** `by` null: the timer has ended. */
  | { audience: 'all'; type: 'breakouts.closing'; body: { closes: Due; by: string | null } }
  /** Everybody is back in the main call. `settles` null: the Session has ended, nothing is left to listen to. */
  | { audience: 'all'; type: 'breakouts.closed'; body: { settles: Due | null } }
  | { audience: InRoom; type: 'breakouts.came'; body: { people: Arrival[] } }
  | { audience: InRoom; type: 'breakouts.went'; body: { people: string[] } }
  | { audience: InRoom; type: 'breakouts.media-set'; body: { person: string } & RoomMedia }
  | { audience: InRoom; type: 'breakouts.help-called'; body: { by: string } }
  | { audience: InRoom; type: 'breakouts.help-ended'; body: Record<string, never> }
  | { audience: Own; type: 'breakouts.you-chose'; body: { microphone: boolean; camera: boolean } };

export type BreakoutsRefusal =
  | 'session-not-live'
  | 'session-ended'
  | 'no-such-room'
  | 'too-many-rooms'
  | 'room-name-taken'
  | 'no-rooms-planned'
  | 'rooms-open-already'
  | 'rooms-not-open'
  | 'rooms-closing'
  | 'room-closing'
  | 'nobody-to-assign'
  | 'not-present'
  | 'no-free-choice'
  | 'not-in-a-room'
  | 'no-help-asked'
  | 'help-asked-already'
  | 'timer-obsolete';

/** The room where the person belongs now; null is the main call. */
export const roomOfPerson = (state: BreakoutsState, person: string): string | null =>
  state.is === 'none' ? null : (state.where[person] ?? null);
