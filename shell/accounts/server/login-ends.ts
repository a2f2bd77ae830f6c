// Owns the news that a login has ended, by somebody's wish or by its age: at once where it happened, by hint elsewhere, by polling where the hint was lost.
import type { Clock } from '#platform/clock/clock.ts';
import { systemClock } from '#platform/clock/clock.ts';
import type { Db } from '#platform/db/contract.ts';
import type { Logins } from '#platform/live/login.ts';

const channel = 'login_ended';
/** Sockets and media of a login end within two seconds, also where no hint comes. */
const defaultPollMs = 1_000;
/** A transaction may commit a little after the time that it wrote. */
const overlapMs = 30_000;

export interface LoginEndsOptions {
  db: Db;
  /** How long a login lasts without use, and at all. */
  idleMs: number;
  absoluteMs: number;
  clock?: Clock;
  pollMs?: number;
}

export interface LoginEnds extends Pick<Logins, 'onEnded'> {
  tell(loginId: string): Promise<void>;
  stop(): Promise<void>;
}

const statement = `
  select id from logins where ended_at > statement_timestamp() - make_interval(secs => $1)
  union
  select id from logins where ended_at is null
    and used_at <= statement_timestamp() - make_interval(secs => $2) and used_at > statement_timestamp() - make_interval(secs => $1 + $2)
  union
  select id from logins where ended_at is null
    and begun_at <= statement_timestamp() - make_interval(secs => $3) and begun_at > statement_timestamp() - make_interval(secs => $1 + $3)`;

/** Each end is told on this server, once. */
export async function createLoginEnds({
  db,
  idleMs,
  absoluteMs,
  clock = systemClock,
  pollMs = defaultPollMs,
}: LoginEndsOptions): Promise<LoginEnds> {
  const listeners = new Set<Parameters<Logins['onEnded']>[0]>();
  const told = new Map<string, number>();
  let answeredAtMs = clock.elapsedMs();
  let polling: Promise<void> | null = null;

  const tellHere = (loginId: string) => {
    if (told.has(loginId)) return;
    told.set(loginId, clock.elapsedMs());
    for (const listener of listeners) listener({ loginId });
  };
  const poll = async () => {
    const askedAtMs = clock.elapsedMs();
    // What ended while the database was away, however long that was, is asked for too.
    const sinceMs = askedAtMs - answeredAtMs + overlapMs;
    const rows = await db.query<{ id: string }>(statement, [sinceMs / 1000, idleMs / 1000, absoluteMs / 1000]);
    answeredAtMs = askedAtMs;
    for (const { id } of rows) tellHere(id);
    for (const [id, atMs] of told) if (atMs < askedAtMs - 2 * overlapMs) told.delete(id);
  };
  const timer = setInterval(() => {
    if (listeners.size === 0 || polling) return;
    // A database that is away for a moment is asked again soon; health tells of one that stays away.
    polling = poll()
      .catch(() => undefined)
      .finally(() => {
        polling = null;
      });
  }, pollMs);
  timer.unref();
  const unlisten = await db.listen(channel, tellHere);

  return {
    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async tell(loginId) {
      tellHere(loginId);
      await db.notify(channel, loginId).catch(() => undefined);
    },
    async stop() {
      clearInterval(timer);
      await unlisten();
      await polling;
    },
  };
}
