// Owns what all benches of the server side say alike: when a run is void, and how a ratio becomes a line of the table.
import type { Load } from './pinning.ts';
import type { Measure } from './results.ts';
import type { Interval } from './statistics.ts';
import { control, halves, isCalm, median, ratioOf } from './statistics.ts';

const mostGenerator = 0.8;
const mostStolen = 0.02;
const percent = (part: number) => `${(part * 100).toFixed(0)} %`;

export interface Compared {
  id: string;
  what: string;
  unit: string;
  ours: readonly number[];
  floor: readonly number[];
  /** At most; with `atLeast`, at least. */
  goal: number;
  atLeast?: boolean;
  /** The floor must resemble itself for the ratio to mean something. Not for what is too rare or too coarse to be halved. */
  controlled?: boolean;
}

const shown = (values: readonly number[], unit: string) => `${median(values).toPrecision(3)} ${unit}`;

/** The measure, and why it is void. */
export function compare(
  one: Compared,
  load: Load | null = null,
): { measure: Measure; voidBecause: string[]; control: Interval | null } {
  const result = ratioOf(one.ours, one.floor);
  const itself = one.controlled === false ? null : ratioOf(...halves(one.floor));
  const voidBecause: string[] = [];
  if (itself && !isCalm(itself.value))
    voidBecause.push(
      `${one.id}: the floor differs from itself by ${itself.value.toFixed(3)}; only ${control.low}–${control.high} is calm enough`,
    );
  if (load && load.generator > mostGenerator)
    voidBecause.push(`${one.id}: the generator used ${percent(load.generator)} of its core`);
  if (load && load.stolen > mostStolen)
    voidBecause.push(`${one.id}: ${percent(load.stolen)} of a core was taken by other machines`);
  if (load && !load.pinned) voidBecause.push(`${one.id}: server and generator could not be kept on different cores`);
  const good = one.atLeast ? result.value >= one.goal : result.value <= one.goal;
  const measure: Measure = {
    id: one.id,
    what: one.what,
    ours: shown(one.ours, one.unit),
    floor: shown(one.floor, one.unit),
    result,
    goal: `${one.atLeast ? '≥' : '≤'} ${one.goal}`,
    met: voidBecause.length > 0 ? null : good,
  };
  return { measure, voidBecause, control: itself };
}
