// Owns the bench "breakouts": what a move between rooms costs the eye (B1) and the ear (B3), and how long two dozen take who move at once (B2).
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openCrowd, people } from './breakouts/crowd.ts';
import type { Move } from './breakouts/moves.ts';
import { openMoves } from './breakouts/moves.ts';
import { openBackstage } from './rig/backstage.ts';
import type { Load } from './rig/pinning.ts';
import { pinOurselves, watchLoad } from './rig/pinning.ts';
import type { BenchResult } from './rig/results.ts';
import { keepResult, showTable } from './rig/results.ts';
import { compare } from './rig/verdict.ts';

const { values: asked } = parseArgs({
  options: { moves: { type: 'string', default: '8' }, crowds: { type: 'string', default: '5' } },
});
const [moves, crowds] = [Number(asked.moves), Number(asked.crowds)];
if (![moves, crowds].every((count) => Number.isInteger(count) && count >= 0))
  throw new Error('--moves and --crowds are whole numbers');

const warmUps = 2;
const goals = { b1: 0.35, b2: 3, b3: 0.35 };
const empty: BenchResult = { bench: 'breakouts', measures: [], voidBecause: [], notes: [], raw: {} };

async function measureMoves(): Promise<BenchResult> {
  if (moves === 0) return empty;
  const backstage = await openBackstage({ sessions: 1 });
  try {
    const scene = await openMoves(backstage);
    const [floor, ours]: [Move[], Move[]] = [[], []];
    let load: () => Load | null = watchLoad(backstage.pids);
    for (let round = -warmUps; round < moves; round++) {
      if (round === 0) load = watchLoad(backstage.pids);
      const three = [await scene.moveFloor(), await scene.moveOurs(), await scene.moveFloor()] as const;
      const told = three.map(({ withoutFrameMs, silenceMs }) => `${withoutFrameMs.toFixed(0)}/${silenceMs.toFixed(0)}`);
      console.error(
        `${round < 0 ? 'warm-up' : `move ${round + 1} of ${moves}`}: floor ${told[0]}, ours ${told[1]}, floor ${told[2]} ms`,
      );
      if (round < 0) continue;
      floor.push(three[0], three[2]);
      ours.push(three[1]);
    }
    const used = load();
    await scene.close();
    const gaps = floor.map((one) => one.withoutFrameMs);
    const what = 'move between rooms: longest time without a frame';
    const b1 = compare(
      { id: 'B1', what, unit: 'ms', ours: ours.map((one) => one.withoutFrameMs), floor: gaps, goal: goals.b1 },
      used,
    );
    const silent = ours.map((one) => one.silenceMs);
    const b3 = compare(
      {
        id: 'B3',
        what: 'move between rooms: silence, over the floor of B1',
        unit: 'ms',
        ours: silent,
        floor: gaps,
        goal: goals.b3,
      },
      used,
    );
    return {
      ...empty,
      measures: [b1.measure, b3.measure],
      voidBecause: [...b1.voidBecause, ...b3.voidBecause],
      notes: [`B1: the floor against itself ${b1.control?.value.toFixed(3)}.`],
      raw: { floor, ours, load: used },
    };
  } finally {
    await backstage.close();
  }
}

/** Each time in a Session of its own that nobody has been in. */
async function measureCrowds(): Promise<BenchResult> {
  const [all, one]: [number[], number[]] = [[], []];
  let used: Load | null = null;
  for (let round = 0; round < crowds; round++) {
    const backstage = await openBackstage({ sessions: 2 });
    try {
      const load = watchLoad(backstage.pids);
      const scene = await openCrowd(backstage);
      all.push(await scene.moveAll());
      one.push(await scene.moveOne(), await scene.moveOne());
      used = load();
      console.error(
        `crowd ${round + 1} of ${crowds}: ${people} people ${all.at(-1)} ms, one alone ${one.slice(-2).join(', ')} ms`,
      );
      await scene.close();
    } finally {
      await backstage.close();
    }
  }
  if (crowds === 0) return empty;
  const what = `${people} people into 6 rooms at once: the last one in, all of them`;
  const b2 = compare({ id: 'B2', what, unit: 'ms', ours: all, floor: one, goal: goals.b2, controlled: false }, used);
  return { ...empty, measures: [b2.measure], voidBecause: b2.voidBecause, raw: { all, one } };
}

pinOurselves();
const parts = [await measureMoves(), await measureCrowds()];
const result: BenchResult = {
  ...empty,
  measures: parts.flatMap((part) => part.measures),
  voidBecause: parts.flatMap((part) => part.voidBecause),
  notes: parts.flatMap((part) => part.notes),
  raw: Object.assign({}, ...parts.map((part) => part.raw)),
};
console.log(showTable(result));
console.error(`Kept in ${path.relative('.', keepResult(path.join(import.meta.dirname, 'results'), result, new Date()))}`);
process.exit(0);
