// Owns the bench "log": how many commands a second one Session takes (L1), and how soon a long Session's state is there (L2), against a bare embedded database.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '#platform/config/environment.ts';
import { boundToParent } from '#tools/launcher/processes.ts';
import type { LogReadings } from './log/worker.ts';
import { onServerCore, pinOurselves, watchLoad } from './rig/pinning.ts';
import type { BenchResult } from './rig/results.ts';
import { keepResult, showTable } from './rig/results.ts';
import { compare } from './rig/verdict.ts';

pinOurselves();
const [command, args] = onServerCore(process.execPath, [path.join(import.meta.dirname, 'log/worker.ts')]);
const child = spawn(...boundToParent(command, args, 'KILL'), {
  cwd: projectRoot,
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const load = watchLoad(child.pid ? [child.pid] : []);
const readings = await new Promise<LogReadings>((resolve, reject) => {
  child.once('message', (message) => resolve(message as LogReadings));
  child.once('exit', (code) => reject(new Error(`The worker of the bench ended with ${code}`)));
});

const { writes, reads } = readings;
const compared = [
  compare(
    { id: 'L1', what: 'commands acknowledged a second, one Session', unit: '/s', ...writes, goal: 5, atLeast: true },
    load(),
  ),
  compare({ id: 'L2', what: 'time to the state of 50,000 events', unit: 'ms', ...reads, goal: 1.5 }),
];
const result: BenchResult = {
  bench: 'log',
  measures: compared.map(({ measure }) => measure),
  voidBecause: compared.flatMap(({ voidBecause }) => voidBecause),
  notes: compared.flatMap(({ measure, control }) =>
    control ? [`${measure.id}: the floor against itself ${control.value.toFixed(3)}`] : [],
  ),
  raw: readings,
};
console.log(showTable(result));
console.log(`kept in ${keepResult(`${import.meta.dirname}/results`, result, new Date())}`);
