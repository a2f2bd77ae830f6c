// Owns the history of demo Sessions that are over: what happened in them, dated as if it had happened then.
import type { Sql } from '#platform/db/contract.ts';
import type { Log } from '#platform/log/contract.ts';
import type { SessionEvent } from '#session/state.ts';
import type { DemoPoint } from './content.ts';

const minuteMs = 60_000;
const announcedBeforeMs = 21 * 24 * 60 * minuteMs;

interface Moment {
  /** Minutes after the scheduled start. */
  minute: number;
  facts: SessionEvent[];
}

/** Facts only: what follows from them (who enters is present, who is gone leaves the stage) the decider adds. */
function history(point: DemoPoint, idOf: (key: string) => string): Moment[] {
  const all = 'all' as const;
  const speakers = point.speakers.map(idOf);
  const audience = point.registered.map(idOf);
  const by = speakers[0] as string;
  const arrived = audience.map((person) => ({ person, as: 'participant' as const }));
  const over = point.durationMinutes + 2;
  const entered = speakers.map(
    (person): SessionEvent => ({ audience: all, type: 'stage.entered', body: { person, microphone: true, camera: true } }),
  );
  const chat = (point.past?.chat ?? []).map(
    ({ by: key, afterMinutes, text }): Moment => ({
      minute: afterMinutes,
      facts: [{ audience: all, type: 'chat.sent', body: { author: idOf(key), text } }],
    }),
  );
  return [
    { minute: -12, facts: entered },
    { minute: -3, facts: [{ audience: all, type: 'people.changed', body: { arrived, left: [] } }] },
    { minute: 0.5, facts: [{ audience: all, type: 'lifecycle.started', body: { by } }] },
    ...chat,
    { minute: over, facts: [{ audience: all, type: 'lifecycle.ended', body: { reason: 'speaker', by } }] },
    {
      minute: over + 1,
      facts: [{ audience: all, type: 'people.changed', body: { arrived: [], left: [...speakers, ...audience] } }],
    },
  ];
}

/**
 * The log dates by the database's clock, and rightly so. These few Sessions were never live: their past is made up, and nobody has
 * read it yet. So each moment's events get their time before the next moment is appended, which then folds them with it.
 */
export async function writeHistory(
  tx: Sql,
  log: Pick<Log, 'appendFacts'>,
  pointId: string,
  point: DemoPoint,
  startsAt: string,
  idOf: (key: string) => string,
): Promise<void> {
  const startMs = Date.parse(startsAt);
  await backdate(tx, pointId, 0, startMs - announcedBeforeMs);
  for (const { minute, facts } of history(point, idOf)) {
    const head = await readHead(tx, pointId);
    await log.appendFacts(tx, pointId, facts);
    await backdate(tx, pointId, head, startMs + minute * minuteMs);
  }
}

async function readHead(tx: Sql, pointId: string): Promise<number> {
  const [row] = await tx.query<{ head: number }>('select head from streams where id = $1', [pointId]);
  return row?.head ?? 0;
}

async function backdate(tx: Sql, pointId: string, afterRev: number, atMs: number): Promise<void> {
  const at = new Date(atMs).toISOString();
  await tx.query('update stream_events set at = $3 where stream_id = $1 and rev > $2', [pointId, afterRev, at]);
  await tx.query('update streams set last_at = $2 where id = $1', [pointId, at]);
}
