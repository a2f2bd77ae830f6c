// Owns the words of the log: audiences, events, commands, outcomes. What they mean for one kind of stream is a Decider's business.
import { z } from 'zod';
import type { Sql } from '#platform/db/contract.ts';

/** Who receives an event. Each event has exactly one audience; state is one slice per audience, folded only from that audience's events. */
export type Audience = 'all' | 'backstage' | `room:${string}` | `person:${string}`;
export type AudienceKind = 'all' | 'backstage' | 'room' | 'person';

export function audienceKind(audience: Audience): AudienceKind {
  const colon = audience.indexOf(':');
  return (colon < 0 ? audience : audience.slice(0, colon)) as AudienceKind;
}

/** What a decider produces: not yet numbered, not yet dated. */
export interface DraftEvent {
  audience: Audience;
  type: string;
  body: Record<string, unknown>;
}

/** A committed event as a viewer receives it. `seq` counts without holes within its audience, from 1. */
export interface AudienceEvent {
  seq: number;
  type: string;
  /** Version of the body's shape; upcasters lift older ones. */
  v: number;
  /** Database time of the commit, ISO 8601 in UTC. */
  at: string;
  body: Record<string, unknown>;
}

/** A committed event as the log holds it. `rev` counts without holes within the stream, from 1. */
export interface LoggedEvent extends AudienceEvent {
  rev: number;
  audience: Audience;
}

/** `as` is what the person chose at the entrance; it can only lower their powers. */
export type Actor = { kind: 'person'; personId: string; as: 'speaker' | 'participant' } | { kind: 'system' };

export interface Refusal {
  /** A fact, kebab-case, e.g. `session-not-live`. The interface has a sentence for each, in each language. */
  code: string;
  details?: Record<string, string | number>;
}

export type Decision<E extends DraftEvent = DraftEvent> = { events: E[] } | { refusal: Refusal };
export const refuse = (code: string, details?: Refusal['details']): { refusal: Refusal } => ({
  refusal: details ? { code, details } : { code },
});

export interface Command {
  /** Unique per stream and actor. An accepted id is stored: sending it again changes nothing. A refused one is decided anew. */
  id: string;
  type: string;
  body: Record<string, unknown>;
}

/** `head` is the stream's rev after the command (also for one that was known already). */
export type Outcome = { ok: true; head: number } | { ok: false; refusal: Refusal };

export type Slices = { [audience in Audience]?: unknown };

export interface Timer {
  /** Also the id of the command that fires it, so that it fires once. */
  id: string;
  /** ISO 8601. */
  dueAt: string;
  command: { type: string; body: Record<string, unknown> };
}

/** One kind of stream. Everything here is pure: no clock, randomness, database or socket. */
export interface Decider<S extends Slices = Slices> {
  kind: string;
  /** Checks the shape of commands from outside. System commands are listed in `systemCommands`. */
  parseCommand(type: string, body: unknown): { ok: true; body: Record<string, unknown> } | { ok: false };
  initialSlice(audience: Audience): unknown;
  evolveSlice(audience: Audience, slice: unknown, event: AudienceEvent): unknown;
  decide(state: S, command: Command, actor: Actor, now: string): Decision;
  /** Facts that come from the shell, with what follows from them. */
  consequences(state: S, facts: DraftEvent[], now: string): DraftEvent[];
  /** Lifts a stored event of an older shape to today's. */
  upcast(event: AudienceEvent): AudienceEvent;
  /** Version with which a new event of this type is stored. Absent: all are at version 1. */
  versionOf?(type: string): number;
  /** By `rev`, the bodies of all events that hold words of the person, without them. Absent: streams of this kind hold nobody's. */
  wordsOf?(events: readonly LoggedEvent[], personId: string): Map<number, LoggedEvent['body']>;
  timers(state: S): Timer[];
  /** A few facts for lists of many streams, stored beside the head in the same transaction. */
  summary(state: S): Record<string, unknown>;
}

/** `heads` holds the last seq of each audience that has events. */
export interface Snapshot<S extends Slices = Slices> {
  streamId: string;
  head: number;
  heads: ReadonlyMap<Audience, number>;
  state: S;
  /** Database time of the last event, ISO 8601; null for an empty stream. */
  lastAt: string | null;
}

export interface Log {
  /** Decides and stores; resolves after the commit. Throws only when the outcome is unknown (the database is away). */
  submit(streamId: string, actor: Actor, command: Command): Promise<Outcome>;
  /** Appends facts of the shell inside the caller's transaction. Creates the stream when `create` is given. Call `announce` after the commit. */
  appendFacts(tx: Sql, streamId: string, facts: DraftEvent[], create?: { kind: string }): Promise<void>;
  /** Tells every server that the stream has grown. Only a hint: losing it costs at most the poll interval. */
  announce(streamId: string): Promise<void>;
  /** The committed state, read up to the head that the database has now. */
  read(streamId: string): Promise<Snapshot | null>;
  /** What this server last folded; null when it does not follow the stream. Never older than the poll interval while subscribed. */
  peek(streamId: string): Snapshot | null;
  /** Committed events of one audience after `afterSeq`, oldest first, at most `limit`. */
  tail(streamId: string, audience: Audience, afterSeq: number, limit: number): Promise<AudienceEvent[]>;
  /** Follows the stream: `onBatch` gets each run of newly committed events once, in order, with the state after them. */
  follow(streamId: string, onBatch: (batch: LoggedEvent[], after: Snapshot) => void): Promise<() => void>;
  stop(): Promise<void>;
}

const loneSurrogateOrNul = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Text that jsonb can hold: PostgreSQL refuses NUL and lone surrogates. `max` counts UTF-16 units. */
export const storableText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !loneSurrogateOrNul.test(text), 'unstorable-character');

export const commandEnvelope = z.object({
  id: z.uuid(),
  type: z.string().max(64),
  body: z.record(z.string().max(64), z.unknown()),
});
