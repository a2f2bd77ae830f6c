// Owns what must be true of a stream's rows whatever was broken, and what its viewers must agree with.
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Db } from '#platform/db/contract.ts';
import type { Audience, AudienceEvent } from '#platform/log/contract.ts';
import { evolveSlice, initialSlice } from '#session/state.ts';
import type { Person } from './person.ts';

interface Row extends AudienceEvent {
  rev: number;
  audience: Audience;
}

export interface Ledger {
  rows: Row[];
  byAudience: Map<Audience, Row[]>;
}

/**
 * Reads a stream and checks it: no hole in `rev`, none in any audience's `seq`, time never backwards, the head the last event's,
 * each command once, in whichever of the two tables (each refuses the same one twice by itself).
 */
export async function readLedger(db: Db, stream: string): Promise<Ledger> {
  // The server may be at work: what it appends from here on is not looked at.
  const [stored] = await db.query<{ head: number }>('select head from streams where id = $1', [stream]);
  const head = stored?.head ?? 0;
  const rows: Row[] = [];
  while (rows.length < head) {
    const page = await db.query<Row>(
      'select rev, audience, seq, type, v, at, body from stream_events where stream_id = $1 and rev > $2 and rev <= $3 order by rev limit 1000',
      [stream, rows.at(-1)?.rev ?? 0, head],
    );
    if (page.length === 0) break;
    rows.push(...page);
  }
  expect(rows.map((row) => row.rev)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
  expect(rows.map((row) => row.at)).toEqual(rows.map((row) => row.at).toSorted());
  const commands = await db.query<{ head: number }>(
    'select c.head from stream_commands c join streams s on s.id = c.stream_id where s.id = $1 and c.head > s.head',
    [stream],
  );
  expect(commands).toEqual([]);
  const repeated = await db.query(
    `select key, count(*) as times from (
       select command as key from stream_events where stream_id = $1 and command is not null
       union all select key from stream_commands where stream_id = $1
     ) as accepted group by key having count(*) > 1`,
    [stream],
  );
  expect(repeated).toEqual([]);
  const byAudience = Map.groupBy(rows, (row) => row.audience);
  for (const own of byAudience.values()) expect(own.map((row) => row.seq)).toEqual(own.map((_, index) => index + 1));
  return { rows, byAudience };
}

/** Every text that was said, in the order of the log. */
export const textsOf = ({ rows }: Ledger): string[] =>
  rows.flatMap((row) => (row.type === 'chat.sent' ? [row.body.text as string] : []));

/** Folded anew from the first event: the slice after the last one, and after each since the last thing that was said. */
function lastSlices(audience: Audience, rows: readonly Row[]): unknown[] {
  const said = rows.findLastIndex((row) => row.type === 'chat.sent');
  let slice = initialSlice(audience);
  const slices: unknown[] = [];
  for (const [index, row] of rows.entries()) {
    slice = evolveSlice(audience, slice, row);
    if (index >= said) slices.push(slice);
  }
  return slices.length > 0 ? slices : [slice];
}

/**
 * What they ever saw stands in the log; no socket left out or repeated anything; and what they hold is the fold of the log.
 * They have all that was said; the server's own last words about who went may have found nobody there to hear them.
 */
export function expectTrueTo(ledger: Ledger, people: readonly Person[]): void {
  const known = new Map<Audience, unknown[]>();
  for (const person of people) {
    expect(person.wrong).toEqual([]);
    for (const [audience, held] of Object.entries(person.state) as [Audience, unknown][]) {
      const slices = known.get(audience) ?? lastSlices(audience, ledger.byAudience.get(audience) ?? []);
      known.set(audience, slices);
      if (!slices.some((slice) => isDeepStrictEqual(slice, held)))
        expect(held, `${person.name}, ${audience}`).toEqual(slices.at(-1));
    }
    for (const [audience, shown] of person.shown) {
      const stored = ledger.byAudience.get(audience) ?? [];
      for (const [seq, event] of shown) {
        const { rev: _, audience: __, ...row } = stored[seq - 1] ?? ({} as Row);
        if (!isDeepStrictEqual(event, row)) expect(event, `what ${person.name} saw of ${audience}`).toEqual(row);
      }
    }
  }
}

/** Acknowledged is there once and in the order it was said; what never was is there at most once. */
export function expectKept(ledger: Ledger, said: ReadonlyMap<Person, readonly string[]>): void {
  const texts = textsOf(ledger);
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
  for (const [person, all] of said) {
    const own = new Set(all);
    const stored = texts.filter((text) => own.has(text));
    expect(
      person.acknowledged.filter((text) => !counts.has(text)),
      `lost of ${person.name}`,
    ).toEqual([]);
    expect(stored, `the order of ${person.name}`).toEqual(all.filter((text) => counts.has(text)));
  }
}
