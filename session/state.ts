// Owns the union of all slices: what each audience of a Session holds. Adding a capability adds a line per audience.
import type {
  BreakoutsEvent,
  BreakoutsPlanState,
  BreakoutsState,
  OwnBreakoutsState,
  RoomBreakoutsState,
} from '#features/breakouts/contract.ts';
import {
  evolveBreakouts,
  evolveOwnBreakouts,
  evolvePlan,
  evolveRoomBreakouts,
  initialBreakouts,
  initialOwnBreakouts,
  initialPlan,
  initialRoomBreakouts,
} from '#features/breakouts/evolve.ts';
import type { BackstageChatState, ChatEvent, ChatState, OwnChatState } from '#features/chat/contract.ts';
import {
  evolveBackstageChat,
  evolveChat,
  evolveOwnChat,
  initialBackstageChat,
  initialChat,
  initialOwnChat,
} from '#features/chat/evolve.ts';
import type { LifecycleEvent, LifecycleState } from '#features/lifecycle/contract.ts';
import { evolveLifecycle, initialLifecycle } from '#features/lifecycle/core.ts';
import type {
  BackstageMaterialsState,
  MaterialsEvent,
  MaterialsState,
  PlaceMaterialsState,
} from '#features/materials/contract.ts';
import {
  evolveBackstageMaterials,
  evolveMaterials,
  evolvePlaceMaterials,
  initialBackstageMaterials,
  initialMaterials,
  initialPlaceMaterials,
} from '#features/materials/evolve.ts';
import type { OwnPeopleState, PeopleEvent, PeopleState, RemovedState } from '#features/people/contract.ts';
import {
  evolveOwnPeople,
  evolvePeople,
  evolveRemoved,
  initialOwnPeople,
  initialPeople,
  initialRemoved,
} from '#features/people/core.ts';
import type { OwnQuestionsState, QuestionsEvent, QuestionsState, ReceivedQuestionsState } from '#features/questions/contract.ts';
import {
  evolveOwnQuestions,
  evolveQuestions,
  evolveReceivedQuestions,
  initialOwnQuestions,
  initialQuestions,
  initialReceivedQuestions,
} from '#features/questions/core.ts';
import type { OwnRequestsState, ReceivedRequestsState, RequestsEvent, RequestsState } from '#features/requests/contract.ts';
import {
  evolveOwnRequests,
  evolveReceivedRequests,
  evolveRequests,
  initialOwnRequests,
  initialReceivedRequests,
  initialRequests,
} from '#features/requests/evolve.ts';
import type { OwnStageState, StageEvent, StageState } from '#features/stage/contract.ts';
import { evolveOwnStage, evolveStage, initialOwnStage, initialStage } from '#features/stage/core.ts';
import type { Audience, AudienceEvent } from '#platform/log/contract.ts';
import { audienceKind } from '#platform/log/contract.ts';

export type SessionEvent =
  | LifecycleEvent
  | StageEvent
  | PeopleEvent
  | ChatEvent
  | QuestionsEvent
  | RequestsEvent
  | MaterialsEvent
  | BreakoutsEvent;

export interface AllSlice {
  lifecycle: LifecycleState;
  stage: StageState;
  people: PeopleState;
  chat: ChatState;
  questions: QuestionsState;
  requests: RequestsState;
  materials: MaterialsState;
  breakouts: BreakoutsState;
}
export interface BackstageSlice {
  people: RemovedState;
  chat: BackstageChatState;
  questions: ReceivedQuestionsState;
  requests: ReceivedRequestsState;
  materials: BackstageMaterialsState;
  breakouts: BreakoutsPlanState;
}
export interface PersonSlice {
  people: OwnPeopleState;
  chat: OwnChatState;
  questions: OwnQuestionsState;
  requests: OwnRequestsState;
  stage: OwnStageState;
  breakouts: OwnBreakoutsState;
}
/** What those in one breakout room share. */
export interface RoomSlice {
  materials: PlaceMaterialsState;
  breakouts: RoomBreakoutsState;
  chat: ChatState;
}

/** Absent slices are at their initial value. */
export type SessionState = {
  all?: AllSlice;
  backstage?: BackstageSlice;
} & { [person in `person:${string}`]?: PersonSlice } & { [room in `room:${string}`]?: RoomSlice };

type Part<S> = { initial: S; evolve: (state: S, event: AudienceEvent) => S };
type Parts<Slice> = { [key in keyof Slice]: Part<Slice[key]> };

const allParts: Parts<AllSlice> = {
  lifecycle: { initial: initialLifecycle, evolve: evolveLifecycle },
  stage: { initial: initialStage, evolve: evolveStage },
  people: { initial: initialPeople, evolve: evolvePeople },
  chat: { initial: initialChat, evolve: evolveChat },
  questions: { initial: initialQuestions, evolve: evolveQuestions },
  requests: { initial: initialRequests, evolve: evolveRequests },
  materials: { initial: initialMaterials, evolve: evolveMaterials },
  breakouts: { initial: initialBreakouts, evolve: evolveBreakouts },
};
const backstageParts: Parts<BackstageSlice> = {
  people: { initial: initialRemoved, evolve: evolveRemoved },
  chat: { initial: initialBackstageChat, evolve: evolveBackstageChat },
  questions: { initial: initialReceivedQuestions, evolve: evolveReceivedQuestions },
  requests: { initial: initialReceivedRequests, evolve: evolveReceivedRequests },
  materials: { initial: initialBackstageMaterials, evolve: evolveBackstageMaterials },
  breakouts: { initial: initialPlan, evolve: evolvePlan },
};
const personParts: Parts<PersonSlice> = {
  people: { initial: initialOwnPeople, evolve: evolveOwnPeople },
  chat: { initial: initialOwnChat, evolve: evolveOwnChat },
  questions: { initial: initialOwnQuestions, evolve: evolveOwnQuestions },
  requests: { initial: initialOwnRequests, evolve: evolveOwnRequests },
  stage: { initial: initialOwnStage, evolve: evolveOwnStage },
  breakouts: { initial: initialOwnBreakouts, evolve: evolveOwnBreakouts },
};
const roomParts: Parts<RoomSlice> = {
  materials: { initial: initialPlaceMaterials, evolve: evolvePlaceMaterials },
  breakouts: { initial: initialRoomBreakouts, evolve: evolveRoomBreakouts },
  chat: { initial: initialChat, evolve: evolveChat },
};

const partsByKind: Record<string, Record<string, Part<unknown>>> = {
  all: allParts as unknown as Record<string, Part<unknown>>,
  backstage: backstageParts as unknown as Record<string, Part<unknown>>,
  person: personParts as unknown as Record<string, Part<unknown>>,
  room: roomParts as unknown as Record<string, Part<unknown>>,
};

const initialByKind = new Map(
  Object.entries(partsByKind).map(([kind, parts]) => [
    kind,
    Object.freeze(Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part.initial]))),
  ]),
);

/** Always the same object: most people of a Session have nothing of their own, and every command asks for it. */
export const initialSlice = (audience: Audience): unknown => initialByKind.get(audienceKind(audience)) ?? {};

/** The same in server and browser. A part that does not change keeps its identity, so that screens re-render only what moved. */
export function evolveSlice(audience: Audience, slice: unknown, event: AudienceEvent): unknown {
  const parts = partsByKind[audienceKind(audience)] ?? {};
  const capability = event.type.slice(0, event.type.indexOf('.'));
  const part = parts[capability];
  if (!part) return slice;
  const before = (slice as Record<string, unknown>)[capability];
  const after = part.evolve(before, event);
  return after === before ? slice : { ...(slice as object), [capability]: after };
}

export const allOf = (state: SessionState): AllSlice => state.all ?? (initialSlice('all') as AllSlice);
export const backstageOf = (state: SessionState): BackstageSlice =>
  state.backstage ?? (initialSlice('backstage') as BackstageSlice);
export const personOf = (state: SessionState, person: string): PersonSlice =>
  state[`person:${person}`] ?? (initialSlice(`person:${person}`) as PersonSlice);
export const roomOf = (state: SessionState, room: string): RoomSlice =>
  state[`room:${room}`] ?? (initialSlice(`room:${room}`) as RoomSlice);
