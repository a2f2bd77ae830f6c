// What was ever stored is still read as what it was: golden logs fold to the same slices, and no event changes its shape without a version.
import { expect, test } from 'vitest';
import type { LoggedEvent } from '#platform/log/contract.ts';
import { compareShapes, logsOf, readGoldenLogs, readSlices, slicesOf } from '#tests/golden/golden-logs.ts';
import { histories } from '#tests/golden/histories.ts';
import { projectFiles, textOf } from './source-files.ts';

const logs = readGoldenLogs();
const teaches = 'Raise the version of the event and add an upcaster (CONTRIBUTING.md, "Changing what is stored").';

test.each(logs)('$name is folded to what it was', (log) => {
  expect(log.events.map(({ rev }) => rev)).toEqual(log.events.map((_, index) => index + 1));
  expect(slicesOf(log), `${log.name}. ${teaches} Where only the state has a new shape: npm run golden-logs`).toEqual(
    readSlices(log.name),
  );
});

test.each(Object.keys(histories) as (keyof typeof histories)[])(
  '%s stores events of the shapes that its golden logs have',
  (history) => {
    const { changed, fresh } = compareShapes(histories[history](), logsOf(history, logs));
    expect(changed, teaches).toEqual([]);
    expect(fresh, 'Types or versions that no golden log has: npm run golden-logs').toEqual([]);
  },
);

test('every type of event that a contract names is in a golden log', () => {
  const named = projectFiles
    .filter((file) => /^features\/[^/]+\/contract\.ts$/.test(file))
    .flatMap((file) => [...textOf(file).matchAll(/(?:\btype: |Channelled<)'([a-z]+\.[a-z-]+)'/g)].map((match) => match[1]));
  const stored = new Set(logs.flatMap(({ events }) => events.map(({ type }) => type)));
  expect(named.length).toBeGreaterThan(100);
  expect(
    [...new Set(named)].filter((type) => type !== undefined && !stored.has(type)),
    'Let a history of tests/golden cause them',
  ).toEqual([]);
});

test('a shape that changed under the same version is noticed', () => {
  const [log] = logs;
  const change = (body: (event: LoggedEvent) => LoggedEvent['body'], v = 1) => {
    const events = (log?.events ?? []).map((event, index) => (index === 0 ? { ...event, v, body: body(event) } : event));
    return compareShapes(events, log ? [log] : []);
  };
  expect(change(({ body }) => body)).toEqual({ changed: [], fresh: [] });
  expect(change(({ body }) => ({ ...body, added: 1 })).changed).toHaveLength(1);
  const renamed = ({ body }: LoggedEvent) => Object.fromEntries(Object.entries(body).map(([key, value]) => [`${key}s`, value]));
  expect(change(renamed).changed).toHaveLength(1);
  expect(change(renamed, 2)).toMatchObject({ changed: [], fresh: [`${log?.events[0]?.type}@2`] });
});
