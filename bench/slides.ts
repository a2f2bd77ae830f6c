// Owns the bench "slides": how long after a deck is presented its first page is seen on a participant's screen, against a bare page with pdf.js.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openBackstage } from './rig/backstage.ts';
import { pinOurselves, watchLoad } from './rig/pinning.ts';
import type { BenchResult } from './rig/results.ts';
import { keepResult, showTable } from './rig/results.ts';
import { compare } from './rig/verdict.ts';
import { openScene } from './slides/scene.ts';

const { values: asked } = parseArgs({ options: { rounds: { type: 'string', default: '8' } } });
const rounds = Number(asked.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a whole number');

const warmUps = 2;
const goal = 1.5;

async function measure(): Promise<BenchResult> {
  const backstage = await openBackstage({ sessions: 1, live: true });
  try {
    const scene = await openScene(backstage);
    try {
      const [floor, ours]: [number[], number[]] = [[], []];
      let load = watchLoad(backstage.pids);
      for (let round = -warmUps; round < rounds; round++) {
        if (round === 0) load = watchLoad(backstage.pids);
        const own = await scene.present();
        const bare = [await scene.open(), await scene.open()];
        const second = await scene.present();
        const all = [own, ...bare, second].map((ms) => ms.toFixed(0));
        console.error(
          `${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`}: ours ${all[0]}, floor ${all[1]}, ${all[2]}, ours ${all[3]} ms`,
        );
        if (round < 0) continue;
        floor.push(...bare);
        ours.push(own, second);
      }
      const used = load();
      const what = "a deck is presented → its first page on a participant's screen";
      const one = compare({ id: 'P1', what, unit: 'ms', ours, floor, goal }, used);
      return {
        bench: 'slides',
        measures: [one.measure],
        voidBecause: one.voidBecause,
        notes: [`The floor against itself: ${one.control?.value.toFixed(3)}.`],
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
