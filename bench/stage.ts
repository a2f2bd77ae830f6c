// Owns the bench "stage" (S1): how long after the countdown's end the one who comes on stage is seen by somebody else, against bare pages.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openBackstage } from './rig/backstage.ts';
import { pinOurselves, watchLoad } from './rig/pinning.ts';
import type { BenchResult } from './rig/results.ts';
import { keepResult, showTable } from './rig/results.ts';
import type { Reading } from './rig/stopwatch.ts';
import { compare } from './rig/verdict.ts';
import { wayOf } from './rig/way.ts';
import { openScene } from './stage/scene.ts';

const { values: asked } = parseArgs({ options: { rounds: { type: 'string', default: '8' } } });
const rounds = Number(asked.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a whole number');

const warmUps = 2;
const goal = 0.5;
const times = (readings: readonly Reading[]) => readings.map(({ ms }) => ms);

async function measure(): Promise<BenchResult> {
  const backstage = await openBackstage({ sessions: 1 });
  try {
    const scene = await openScene(backstage);
    try {
      const [floor, ours]: [Reading[], Reading[]] = [[], []];
      let load = watchLoad(backstage.pids);
      for (let round = -warmUps; round < rounds; round++) {
        if (round === 0) load = watchLoad(backstage.pids);
        const first = await scene.appearFloor();
        const own = await scene.appearOurs();
        const last = await scene.appearFloor();
        const all = [first, own, last].map(({ ms }) => ms.toFixed(0));
        console.error(
          `${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`}: floor ${all[0]}, ours ${all[1]}, floor ${all[2]} ms`,
        );
        if (round < 0) continue;
        floor.push(first, last);
        ours.push(own);
      }
      const used = load();
      const what = "the countdown's end → first frame at somebody else";
      const one = compare({ id: 'S1', what, unit: 'ms', ours: times(ours), floor: times(floor), goal }, used);
      return {
        bench: 'stage',
        measures: [one.measure],
        voidBecause: one.voidBecause,
        notes: [
          `The floor against itself: ${one.control?.value.toFixed(3)}. Browsers used ${((used?.generator ?? 0) * 100).toFixed(0)} % of their core.`,
          'What the watcher notes, ms after the beginning (medians):',
          wayOf('floor', floor),
          wayOf('S1', ours),
        ],
        raw: { floor, ours, load: used },
      };
    } finally {
      await scene.close();
    }
  } finally {
    await backstage.close();
  }
}

pinOurselves();
const result = await measure();
console.log(showTable(result));
console.error(`Kept in ${path.relative('.', keepResult(path.join(import.meta.dirname, 'results'), result, new Date()))}`);
process.exit(0);
