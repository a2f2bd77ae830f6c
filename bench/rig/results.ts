// Owns how results are shown and kept: one table, and a file for each run. What they mean is docs/performance.md's.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Interval } from './statistics.ts';

export interface Measure {
  id: string;
  what: string;
  ours: string;
  floor: string;
  /** Ratio, or difference where the goal is one. */
  result: Interval;
  goal: string;
  /** Null: the run was void, and says nothing. */
  met: boolean | null;
}

export interface BenchResult {
  bench: string;
  measures: Measure[];
  /** Why nothing may be concluded; empty when all is well. */
  voidBecause: string[];
  notes: string[];
  raw: unknown;
}

const inRange = ({ value, low, high }: Interval) => `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

export function showTable({ measures, voidBecause, notes }: BenchResult): string {
  const verdict = (met: boolean | null) => (met === null ? 'void' : met ? 'met' : 'missed');
  const rows = measures.map(({ id, what, ours, floor, result, goal, met }) => [
    id,
    what,
    ours,
    floor,
    inRange(result),
    goal,
    verdict(met),
  ]);
  const head = ['id', 'measure', 'ours', 'floor', 'result (95 %)', 'goal', ''];
  return [table([head, ...rows]), ...voidBecause.map((reason) => `void: ${reason}`), ...notes].join('\n');
}

/** One file a day; each bench keeps its newest result in it. */
export function keepResult(folder: string, result: BenchResult, now: Date): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${now.toISOString().slice(0, 10)}.json`);
  let before: Record<string, unknown> = {};
  try {
    before = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const machine = { cores: os.availableParallelism(), cpu: os.cpus()[0]?.model ?? '', node: process.version };
  const { bench, ...rest } = result;
  writeFileSync(file, `${JSON.stringify({ ...before, [bench]: { at: now.toISOString(), machine, ...rest } }, null, 2)}\n`);
  return file;
}
