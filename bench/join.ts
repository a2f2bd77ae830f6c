// Owns the bench "join": how long it takes to be in (J1), in how many round trips (J2), and how long a start takes (J3), each against a bare page.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '#tests/flows/app.ts';
import { measureJoins, measureTrips, warmUps } from './join/rounds.ts';
import { openScene } from './join/scene.ts';
import { judgeJoins, judgeTrips } from './join/verdict.ts';
import { openBackstage } from './rig/backstage.ts';
import { openDelayProxy } from './rig/delay-proxy.ts';
import { pinOurselves, watchLoad } from './rig/pinning.ts';
import type { BenchResult } from './rig/results.ts';
import { keepResult, showTable } from './rig/results.ts';

const { values: asked } = parseArgs({
  options: {
    runs: { type: 'string', default: '12' },
    trips: { type: 'string', default: '5' },
  },
});
const runs = Number(asked.runs);
const trips = Number(asked.trips);
if (![runs, trips].every((count) => Number.isInteger(count) && count >= 0))
  throw new Error('--runs and --trips are whole numbers');

const empty: BenchResult = { bench: 'join', measures: [], voidBecause: [], notes: [], raw: {} };

async function joins(): Promise<BenchResult> {
  if (runs === 0) return empty;
  const backstage = await openBackstage({ sessions: 1 + warmUps + runs });
  try {
    const origin = `http://127.0.0.1:${backstage.appPort}`;
    const scene = await openScene({ backstage, origin, signalPort: backstage.livekitPort });
    try {
      let load = watchLoad(backstage.pids);
      const readings = await measureJoins(scene, backstage.sessions.slice(1), runs, () => {
        load = watchLoad(backstage.pids);
      });
      return judgeJoins(readings, load());
    } finally {
      await scene.close();
    }
  } finally {
    await backstage.close();
  }
}

/** All that browsers ask of us, and the bare page of LiveKit, goes through a network that is slow at will; pictures do not. */
async function roundTrips(): Promise<BenchResult> {
  if (trips === 0) return empty;
  const appPort = await freePort();
  const ourNetwork = await openDelayProxy(appPort);
  const backstage = await openBackstage({ sessions: 1, appPort, publicPort: ourNetwork.port });
  const floorNetwork = await openDelayProxy(backstage.livekitPort);
  try {
    const origin = `http://127.0.0.1:${ourNetwork.port}`;
    const scene = await openScene({ backstage, origin, signalPort: floorNetwork.port });
    try {
      return judgeTrips(await measureTrips(scene, [ourNetwork, floorNetwork], trips));
    } finally {
      await scene.close();
    }
  } finally {
    await Promise.all([ourNetwork.close(), floorNetwork.close()]);
    await backstage.close();
  }
}

pinOurselves();
const parts = [await joins(), await roundTrips()];
const result: BenchResult = {
  bench: 'join',
  measures: parts.flatMap((part) => part.measures),
  voidBecause: parts.flatMap((part) => part.voidBecause),
  notes: parts.flatMap((part) => part.notes),
  raw: Object.assign({}, ...parts.map((part) => part.raw)),
};
console.log(showTable(result));
console.error(`Kept in ${path.relative('.', keepResult(path.join(import.meta.dirname, 'results'), result, new Date()))}`);
process.exit(0);
