// Owns the bench "media": what LiveKit spends on a packet in the main call of a Session, entered through our gate with our rights, and in a bare room (M1).
import { parseArgs } from 'node:util';
import { openMediaScene } from './media/scene.ts';
import type { MediaWindow } from './media/windows.ts';
import { runMediaWindow } from './media/windows.ts';
import { openBackstage } from './rig/backstage.ts';
import { pinOurselves, watchLoad } from './rig/pinning.ts';
import type { BenchResult } from './rig/results.ts';
import { keepResult, showTable } from './rig/results.ts';
import { compare } from './rig/verdict.ts';

const { values: asked } = parseArgs({ options: { blocks: { type: 'string', default: '4' } } });
const blocks = Number(asked.blocks);
const listeners = 8;

pinOurselves();
const backstage = await openBackstage({ sessions: 1, people: listeners });
const readings = { ours: [] as MediaWindow[], floor: [] as MediaWindow[] };
let measured: ReturnType<typeof compare>;
try {
  const scene = await openMediaScene(backstage, listeners);
  const run = (one: 'ours' | 'floor') => runMediaWindow(backstage.livekitPid, scene[one]);
  await run('floor');
  await run('ours');
  const load = watchLoad(backstage.pids);
  for (let block = 0; block < blocks; block++) {
    for (const one of ['floor', 'ours', 'ours', 'floor'] as const) {
      const window = await run(one);
      readings[one].push(window);
      console.error(`M1 ${one}: ${window.secondsPerMillion.toFixed(1)} s for a million packets (${window.packets} counted)`);
    }
  }
  const spent = (windows: readonly MediaWindow[]) => windows.map(({ secondsPerMillion }) => secondsPerMillion);
  measured = compare(
    {
      id: 'M1',
      what: `LiveKit's CPU per million packets, 2 speak, ${listeners} listen`,
      unit: 's',
      ours: spent(readings.ours),
      floor: spent(readings.floor),
      goal: 1.05,
    },
    load(),
  );
  await scene.close();
} finally {
  await backstage.close();
}
const { measure, voidBecause, control } = measured;
const notes = control ? [`M1: the floor against itself ${control.value.toFixed(3)}`] : [];
const result: BenchResult = { bench: 'media', measures: [measure], voidBecause, notes, raw: readings };
console.log(showTable(result));
console.log(`kept in ${keepResult(`${import.meta.dirname}/results`, result, new Date())}`);
process.exit(0);
