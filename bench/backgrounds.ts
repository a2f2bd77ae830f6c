// Owns the bench "backgrounds" (V1): what a blurred camera of 720p costs the page's thread, and how many frames are left of it, against LiveKit's processors.
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Looking } from './backgrounds/scene.ts';
import { openScene } from './backgrounds/scene.ts';
import { pinOurselves, watchLoad } from './rig/pinning.ts';
import type { BenchResult } from './rig/results.ts';
import { keepResult, showTable } from './rig/results.ts';
import { compare } from './rig/verdict.ts';

const { values: asked } = parseArgs({
  options: { rounds: { type: 'string', default: '4' }, software: { type: 'boolean', default: false } },
});
const rounds = Number(asked.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a whole number');

const goal = 0.8;
const noFewer = 0.98;
const noCard = 'left out: no graphics card';

async function measure(): Promise<BenchResult> {
  const scene = await openScene();
  try {
    if (!scene.hasGraphics && !asked.software)
      return { bench: 'backgrounds', measures: [], voidBecause: [], notes: [noCard], raw: {} };
    const [ours, floor]: [Looking[], Looking[]] = [[], []];
    await scene.look(false);
    await scene.look(true);
    const load = watchLoad([]);
    for (let round = 0; round < rounds; round++) {
      for (const isOurs of [false, true, true, false]) {
        const one = await scene.look(isOurs);
        console.error(
          `${isOurs ? 'ours' : 'floor'}: ${one.workMs.toFixed(2)} ms a frame, ${one.frames.toFixed(1)} frames a second`,
        );
        (isOurs ? ours : floor).push(one);
      }
    }
    const used = load();
    const side = (of: (one: Looking) => number) => ({ ours: ours.map(of), floor: floor.map(of) });
    const compared = [
      compare({ id: 'V1', what: "the page's thread for a frame, 720p, blurred", unit: 'ms', ...side((one) => one.workMs), goal }),
      compare({ id: 'V1', what: 'frames a second', unit: '/s', ...side((one) => one.frames), goal: noFewer, atLeast: true }),
    ];
    const voidBecause = compared.flatMap((one) => one.voidBecause);
    if (!scene.hasGraphics) voidBecause.push('V1: there is no graphics card, software draws');
    const measures = compared.map(({ measure: one }) => (voidBecause.length > 0 ? { ...one, met: null } : one));
    return { bench: 'backgrounds', measures, voidBecause, notes: [], raw: { ours, floor, load: used } };
  } finally {
    await scene.close();
  }
}

pinOurselves();
const result = await measure();
console.log(result.measures.length > 0 ? showTable(result) : `V1 ${result.notes.join()}`);
console.error(`Kept in ${path.relative('.', keepResult(path.join(import.meta.dirname, 'results'), result, new Date()))}`);
process.exit(0);
