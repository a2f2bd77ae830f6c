// Owns the bench "pages": how soon a lobby and a Session stand and how still they stay (W2), how soon a full room answers a hand, and what a long list costs (W3).
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openScene } from './pages/scene.ts';
import type { Vitals } from './pages/vitals.ts';
import { openBackstage } from './rig/backstage.ts';
import type { Load } from './rig/pinning.ts';
import { pinOurselves, watchLoad } from './rig/pinning.ts';
import type { BenchResult, Measure } from './rig/results.ts';
import { keepResult, showTable } from './rig/results.ts';
import { median, ratioOf } from './rig/statistics.ts';
import { compare } from './rig/verdict.ts';

const { values: asked } = parseArgs({ options: { rounds: { type: 'string', default: '6' } } });
const rounds = Number(asked.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a whole number');

const goals = { lcpSeconds: 1.2, shift: 0.02, inp: 1.5, arrival: 1.3 };
const msPerSecond = 1000;

/** A goal of its own instead of a floor: shown as it is, with the interval of its median. */
function absolute(what: string, values: readonly number[], most: number, unit: string, isVoid: boolean): Measure {
  const result = median(values) === 0 ? { value: 0, low: 0, high: 0 } : ratioOf(values, [1]);
  const ours = `${median(values).toFixed(unit ? 2 : 3)} ${unit}`.trim();
  return { id: 'W2', what, ours, floor: '–', result, goal: `≤ ${most}`, met: isVoid ? null : result.value <= most };
}

interface Readings {
  lobby: Vitals[];
  session: Vitals[];
  inp: { ours: number[]; floor: number[] };
  arrivals: { ours: number[]; floor: number[] };
}

function judge({ lobby, session, inp, arrivals }: Readings, used: Load | null): BenchResult {
  const pages = { lobby, Session: session };
  const hand = compare(
    { id: 'W2', what: 'INP: 25 tiles and 500 people (floor: empty)', unit: 'ms', ...inp, goal: goals.inp },
    used,
  );
  const list = compare(
    { id: 'W3', what: 'an arrival among 5,000 (floor: among 50)', unit: 'ms', ...arrivals, goal: goals.arrival },
    used,
  );
  const compared = [hand, list];
  const isVoid = compared.some(({ voidBecause }) => voidBecause.length > 0);
  const standing = Object.entries(pages).flatMap(([name, all]) => [
    absolute(
      `LCP of the ${name}`,
      all.map(({ lcpMs }) => lcpMs / msPerSecond),
      goals.lcpSeconds,
      's',
      isVoid,
    ),
    absolute(
      `CLS of the ${name}`,
      all.map(({ shift }) => shift),
      goals.shift,
      '',
      isVoid,
    ),
  ]);
  return {
    bench: 'pages',
    measures: [...standing, ...compared.map(({ measure }) => measure)],
    voidBecause: compared.flatMap(({ voidBecause }) => voidBecause),
    notes: compared.map(({ measure, control }) => `${measure.id}: the floor against itself ${control?.value.toFixed(3)}`),
    raw: { lobby, session, inp, arrivals, load: used },
  };
}

async function measure(): Promise<BenchResult> {
  const backstage = await openBackstage({ sessions: 1, live: true });
  try {
    const scene = await openScene(backstage);
    try {
      const readings: Readings = { lobby: [], session: [], inp: { ours: [], floor: [] }, arrivals: { ours: [], floor: [] } };
      let load = watchLoad(backstage.pids);
      for (let round = -1; round < rounds; round++) {
        if (round === 0) load = watchLoad(backstage.pids);
        const lobby = await scene.standLobby();
        const session = await scene.standSession();
        const inp = { floor: [await scene.handle('empty')], ours: [await scene.handle('full'), await scene.handle('full')] };
        inp.floor.push(await scene.handle('empty'));
        const arrivals = { floor: [await scene.arrive('few')], ours: [await scene.arrive('many'), await scene.arrive('many')] };
        arrivals.floor.push(await scene.arrive('few'));
        console.error(
          `${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`}: LCP ${lobby.lcpMs.toFixed(0)}, ${session.lcpMs.toFixed(0)} ms; ` +
            `INP ${[inp.floor[0], ...inp.ours, inp.floor[1]].join(', ')} ms; arrival ${[arrivals.floor[0], ...arrivals.ours, arrivals.floor[1]].map((ms) => ms?.toFixed(1)).join(', ')} ms`,
        );
        if (round < 0) continue;
        readings.lobby.push(lobby);
        readings.session.push(session);
        for (const side of ['ours', 'floor'] as const) {
          readings.inp[side].push(...inp[side]);
          readings.arrivals[side].push(...arrivals[side]);
        }
      }
      return judge(readings, load());
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
