// Owns the history of demo Sessions that are over: what happened in them, dated as if it had happened then.
import type { Sql } from '#platform/db/contract.ts';
import type { DraftEvent, Log } from '#platform/log/contract.ts';
import type { SessionEvent } from '#session/state.ts';
import type { DemoPoint } from './content.ts';

const minuteMs = 60_000;

interface Dated {
  atMs: number;
  fact: SessionEvent;
}

/** Everything after the two events that the program wrote: scheduled, and who speaks. `idOf` knows people by their keys. */
function history(point: DemoPoint, startsAtMs: number, idOf: (key: string) => string): Dated[] {
  const at = (minutes: number) => startsAtMs + minutes * minuteMs;
  const speakers = point.speakers.map(idOf);
  const audience = point.registered.map(idOf);
  const everyone = [...speakers, ...audience];
  const by = speakers[0] as string;
  const over = point.durationMinutes + 2;
  const all = 'all' as const;
  const facts: Dated[] = [
    ...speakers.map((person, index) => ({
      atMs: at(index - 12),
      fact: { audience: all, type: 'stage.entered' as const, body: { person, microphone: true, camera: true } },
    })),
    {
      atMs: at(-9),
      fact: {
        audience: all,
        type: 'people.changed',
        body: {
          arrived: [
            ...speakers.map((person) => ({ person, as: 'speaker' as const })),
            ...audience.map((person) => ({ person, as: 'participant' as const })),
          ],
          left: [],
        },
      },
    },
    { atMs: at(0.5), fact: { audience: all, type: 'lifecycle.started', body: { by } } },
    ...(point.past?.chat ?? []).map((message) => ({
      atMs: at(message.afterMinutes),
      fact: { audience: all, type: 'chat.sent' as const, body: { author: idOf(message.by), text: message.text } },
    })),
    { atMs: at(over), fact: { audience: all, type: 'lifecycle.ended', body: { reason: 'speaker', by } } },
    ...speakers.map((person) => ({ atMs: at(over + 1), fact: { audience: all, type: 'stage.left' as const, body: { person } } })),
    { atMs: at(over + 1), fact: { audience: all, type: 'people.changed', body: { arrived: [], left: everyone } } },
  ];
  return facts.sort((a, b) => a.atMs - b.atMs);
}

export async function writeHistory(
  tx: Sql,
  log: Pick<Log, 'appendFacts'>,
  pointId: string,
  point: DemoPoint,
  startsAt: string,
  idOf: (key: string) => string,
): Promise<void> {
  const dated = history(point, Date.parse(startsAt), idOf);
  await log.appendFacts(
    tx,
    pointId,
    dated.map((one): DraftEvent => one.fact),
  );
  await backdate(tx, pointId, dated);
}

/** The log dates by the database's clock, and rightly so. These few Sessions were never live: nobody has read them yet, and their past is made up. */
async function backdate(tx: Sql, pointId: string, dated: Dated[]): Promise<void> {
  const announcedAtMs = (dated[0] as Dated).atMs - 21 * 24 * 60 * minuteMs;
  const ats = [announcedAtMs, announcedAtMs, ...dated.map((one) => one.atMs)].map((ms) => new Date(ms).toISOString());
  await tx.query(
    `update stream_events e set at = given.at
     from unnest($2::timestamptz[]) with ordinality as given (at, rev)
     where e.stream_id = $1 and e.rev = given.rev`,
    [pointId, ats],
  );
  const instantOf = (type: SessionEvent['type']) =>
    new Date(dated.find((one) => one.fact.type === type)?.atMs ?? 0).toISOString();
  await tx.query('update streams set last_at = $2, summary = summary || $3::jsonb where id = $1', [
    pointId,
    ats.at(-1),
    JSON.stringify({ startedAt: instantOf('lifecycle.started'), endedAt: instantOf('lifecycle.ended') }),
  ]);
}
