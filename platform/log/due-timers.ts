// Owns firing timers that are due, stream by stream: one that fails or is refused holds up no other, and is tried again at longer and longer intervals.
import type { Logger } from 'pino';
import { DatabaseAway } from '#platform/db/contract.ts';
import type { Outcome, Snapshot, Timer } from './contract.ts';
import type { DueStream } from './rows.ts';

const firstPauseMs = 1000;
const longestPauseMs = 30_000;

interface StepBack {
  failures: number;
  againAt: string;
}

/** A stream some of whose due timers wait for their next try. */
interface Stuck {
  /** While it stays, only time brings something new. Null: not even its timers could be told. */
  head: number | null;
  wakeAt: string;
  timers: Map<string, StepBack>;
}

export interface DueTimersOptions {
  /** The stream's committed state and its timers; null when there is no such stream. */
  read(streamId: string): Promise<{ snapshot: Snapshot; timers: Timer[] } | null>;
  fire(streamId: string, timer: Timer): Promise<Outcome>;
  logger: Pick<Logger, 'warn'>;
}

const later = (now: string, before: StepBack | undefined): StepBack => {
  const failures = (before?.failures ?? 0) + 1;
  const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
  return { failures, againAt: new Date(Date.parse(now) + pauseMs).toISOString() };
};
const earliest = (times: readonly string[]) => times.reduce((a, b) => (a < b ? a : b));
/** Under which a stream as a whole steps back. No timer's id is empty. */
const wholeStream = '';

export class DueTimers {
  readonly #options: DueTimersOptions;
  readonly #stuck = new Map<string, Stuck>();

  constructor(options: DueTimersOptions) {
    this.#options = options;
  }

  /** Of all streams that are due, those where anything can be new since they were last tried in vain. */
  worthALook(due: readonly DueStream[]): DueStream[] {
    const ids = new Set(due.map(({ id }) => id));
    for (const id of this.#stuck.keys()) if (!ids.has(id)) this.#stuck.delete(id);
    return due.filter(({ id, head, now }) => {
      const stuck = this.#stuck.get(id);
      return !stuck || now >= stuck.wakeAt || (stuck.head !== null && stuck.head !== head);
    });
  }

  stepsBack(streamId: string, timerId: string): boolean {
    return this.#stuck.get(streamId)?.timers.has(timerId) ?? false;
  }

  /** Every server may try: the timer's id is the command's id, so it counts once. Throws only when the database is away. */
  async fire(streamId: string, now: string): Promise<void> {
    const before = this.#stuck.get(streamId)?.timers;
    try {
      await this.#fireAll(streamId, now, before);
    } catch (error) {
      if (error instanceof DatabaseAway) throw error;
      const step = later(now, before?.get(wholeStream));
      this.#stuck.set(streamId, { head: null, wakeAt: step.againAt, timers: new Map([[wholeStream, step]]) });
      this.#options.logger.warn({ error, streamId, againAt: step.againAt }, 'the timers of a stream could not be looked at');
    }
  }

  async #fireAll(streamId: string, now: string, before: Stuck['timers'] | undefined): Promise<void> {
    const found = await this.#options.read(streamId);
    const timers = new Map<string, StepBack>();
    const wakes: string[] = [];
    for (const timer of found?.timers ?? []) {
      const { id, dueAt } = timer;
      const known = before?.get(id);
      if (dueAt > now) wakes.push(dueAt);
      else if (known && known.againAt > now) timers.set(id, known);
      else if (!(await this.#fireOne(streamId, timer))) timers.set(id, later(now, known));
    }
    if (timers.size === 0) this.#stuck.delete(streamId);
    else
      this.#stuck.set(streamId, {
        head: found?.snapshot.head ?? null,
        wakeAt: earliest([...wakes, ...[...timers.values()].map(({ againAt }) => againAt)]),
        timers,
      });
  }

  async #fireOne(streamId: string, timer: Timer): Promise<boolean> {
    try {
      const outcome = await this.#options.fire(streamId, timer);
      if (outcome.ok) return true;
      this.#options.logger.warn({ streamId, timer: timer.id, refusal: outcome.refusal.code }, 'a due timer was refused');
    } catch (error) {
      if (error instanceof DatabaseAway) throw error;
      this.#options.logger.warn({ error, streamId, timer: timer.id }, 'a due timer failed');
    }
    return false;
  }
}
