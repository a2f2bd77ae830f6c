// Owns the golden logs beside it: what was stored once, by which version of each event, and what it must be folded to today.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { supportDecider } from '#features/support/core.ts';
import type { Decider, LoggedEvent, Slices } from '#platform/log/contract.ts';
import { emptySnapshot, fold } from '#platform/log/fold.ts';
import { sessionDecider } from '#session/decider.ts';

export const goldenFolder = import.meta.dirname;

export interface GoldenLog {
  /** Of the history that it was made from, and which of its logs: `support-1`. */
  name: string;
  events: LoggedEvent[];
}

const linesOf = (file: string) => readFileSync(path.join(goldenFolder, file), 'utf8').trimEnd().split('\n');

export const readGoldenLogs = (): GoldenLog[] =>
  readdirSync(goldenFolder)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .map((file) => ({
      name: path.basename(file, '.jsonl'),
      events: linesOf(file).map((line) => JSON.parse(line) as LoggedEvent),
    }));

export const readSlices = (name: string): Slices =>
  Object.fromEntries(linesOf(`${name}.slices`).map((line) => JSON.parse(line) as [string, unknown]));

/** A line for each audience. */
export const slicesText = (slices: Slices): string =>
  Object.entries(slices)
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('');

const deciders: Record<string, Decider> = {
  session: sessionDecider as unknown as Decider,
  support: supportDecider as unknown as Decider,
};
const deciderOf = (name: string) => deciders[name.split('-')[0] ?? ''] as Decider;

/** As a server reads and folds it. */
export function slicesOf({ name, events }: GoldenLog): Slices {
  const decider = deciderOf(name);
  const lifted = events.map((event) => ({ ...event, ...decider.upcast(event) }));
  return JSON.parse(JSON.stringify(fold(decider, emptySnapshot(name), lifted).state)) as Slices;
}

/** What a body consists of, without its values. Keys that are ids or numbers count as one. */
type Shape = string | { [key: string]: Shape[] };
const isId = (key: string) => /^([0-9a-f-]{36}|r?\d+|(everyone|backstage|room:r\d+):\d+)$/.test(key);

function shapeOf(value: unknown): Shape {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const entries = Array.isArray(value) ? value.map((one) => ['[]', one] as const) : Object.entries(value);
  const shape: Record<string, Shape[]> = {};
  for (const [key, one] of entries) {
    const name = isId(key) ? '<id>' : key;
    shape[name] = union([...(shape[name] ?? []), shapeOf(one)]);
  }
  return Array.isArray(value) && entries.length === 0 ? '[]' : shape;
}

const union = (shapes: readonly Shape[]): Shape[] =>
  [...new Set(shapes.map((shape) => JSON.stringify(shape)))].sort().map((text) => JSON.parse(text) as Shape);

/** By type and version, all shapes that bodies have: `chat.sent@1`. */
export function shapesOf(events: readonly LoggedEvent[]): Map<string, string> {
  const byType = Map.groupBy(events, ({ type, v }) => `${type}@${v}`);
  return new Map([...byType].map(([key, some]) => [key, JSON.stringify(union(some.map(({ body }) => shapeOf(body))))]));
}

export interface Difference {
  /** Stored in another shape under the same version: what is stored already would be taken for the new shape. */
  changed: string[];
  /** In no golden log yet. */
  fresh: string[];
}

/** `known`: the logs that were made from the same history. */
export function compareShapes(today: readonly LoggedEvent[], known: readonly GoldenLog[]): Difference {
  const stored = new Map(known.flatMap(({ events }) => [...shapesOf(events)]));
  const difference: Difference = { changed: [], fresh: [] };
  for (const [key, shape] of shapesOf(today)) {
    const before = stored.get(key);
    if (before === undefined) difference.fresh.push(key);
    else if (before !== shape) difference.changed.push(`${key}: ${before} is now ${shape}`);
  }
  return difference;
}

export const logsOf = (history: string, logs: readonly GoldenLog[]): GoldenLog[] =>
  logs.filter(({ name }) => name.replace(/-\d+$/, '') === history);
