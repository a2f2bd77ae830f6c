// Owns the bench "fanout": what it costs to tell everybody (F1, F2, F7), how soon they know (F5), what a connection holds (F4), and a kill with everybody there (F6).
import { parseArgs } from 'node:util';
import { memoryPerConnection } from './fanout/memory.ts';
import type { Return } from './fanout/return.ts';
import { killUnderLoad } from './fanout/return.ts';
import type { BareTarget, Target } from './fanout/target.ts';
import { openBare, openOurs } from './fanout/target.ts';
import type { Window } from './fanout/windows.ts';
import { inTurns, runWindow, untilQuiet } from './fanout/windows.ts';
import type { Backstage } from './rig/backstage.ts';
import { openBackstage } from './rig/backstage.ts';
import { pinOurselves, watchLoad } from './rig/pinning.ts';
import type { BenchResult } from './rig/results.ts';
import { keepResult, showTable } from './rig/results.ts';
import { compare } from './rig/verdict.ts';

const { values: asked } = parseArgs({
  options: { blocks: { type: 'string', default: '6' }, people: { type: 'string', default: '1000' } },
});
const blocks = Number(asked.blocks);
const people = Number(asked.people);
const crowds = [100, 500, 2000];
const kills = 3;
const memories = 3;
/** About as much as our server says to one who comes back. */
const answerBytes = 400;
const slow = { perSecond: 10, seconds: 2.5 };
const fast = { perSecond: 200, seconds: 2.5 };
/** As fast as raw sockets are told without a queue: what an event costs does not depend on it. */
const floorFast = { perSecond: 50, seconds: 2.5 };

const result: BenchResult = { bench: 'fanout', measures: [], voidBecause: [], notes: [], raw: {} };
const raw: Record<string, unknown> = {};
const cpu = (windows: readonly Window[]) => windows.map(({ cpuMicros }) => cpuMicros);
const say = (line: string) => console.error(line);

function add(...[one, load]: Parameters<typeof compare>): void {
  const { measure, voidBecause, control } = compare(one, load);
  result.measures.push(measure);
  result.voidBecause.push(...voidBecause);
  if (control) result.notes.push(`${one.id}: the floor against itself ${control.value.toFixed(3)}`);
  if (load)
    result.notes.push(
      `${one.id}: the generator used ${(load.generator * 100).toFixed(0)} % of its core, the machine ${load.machine.toFixed(2)} cores`,
    );
}

async function memory(backstage: Backstage, bare: BareTarget): Promise<void> {
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < memories; round++) {
    for (const [one, values] of [
      [bare, floor],
      [openOurs(backstage), ours],
    ] as const) {
      values.push(await memoryPerConnection(one, people));
      one.dropAll();
      await one.killAndRestart(() => undefined);
    }
  }
  add({ id: 'F4', what: 'memory per connection', unit: 'kB', ours, floor, goal: 2, controlled: false });
  raw.memory = { ours, floor };
}

async function costs(ours: Target, bare: Target, servers: number[]): Promise<void> {
  say('F1, F5: 10 events a second');
  let load = watchLoad(servers);
  const slowly = await inTurns([bare, slow], [ours, slow], blocks);
  const slowLoad = load();
  add(
    {
      id: 'F1',
      what: `CPU per event and person, ${people} sockets, 10/s`,
      unit: 'µs',
      ours: cpu(slowly.ours),
      floor: cpu(slowly.floor),
      goal: 1.15,
    },
    slowLoad,
  );
  say('F2: 200 events a second');
  load = watchLoad(servers);
  const quickly = await inTurns([bare, floorFast], [ours, fast], blocks);
  add(
    {
      id: 'F2',
      what: `the same at 200/s (floor: at ${floorFast.perSecond}/s)`,
      unit: 'µs',
      ours: cpu(quickly.ours),
      floor: cpu(quickly.floor),
      goal: 0.25,
    },
    load(),
  );
  const late = (windows: readonly Window[]) => windows.map(({ p99 }) => p99);
  add(
    {
      id: 'F5',
      what: `p99 of the way to ${people} sockets, 10/s`,
      unit: 'ms',
      ours: late(slowly.ours),
      floor: late(slowly.floor),
      goal: 1.5,
      controlled: false,
    },
    slowLoad,
  );
  raw.slow = slowly;
  raw.fast = quickly;
}

async function kill(ours: Target, bare: Target): Promise<void> {
  const readings = { ours: [] as Return[], floor: [] as Return[] };
  for (let round = 0; round < kills; round++) {
    say(`F6: kill ${round + 1} of ${kills}`);
    readings.floor.push(await killUnderLoad(bare));
    readings.ours.push(await killUnderLoad(ours));
  }
  const ms = (returns: readonly Return[]) => returns.map((one) => one.ms);
  add({
    id: 'F6',
    what: 'killed: until 99 % have their state again',
    unit: 'ms',
    ours: ms(readings.ours),
    floor: ms(readings.floor),
    goal: 1.5,
    controlled: false,
  });
  const wrong =
    readings.ours.reduce((sum, { holes, doubled, behind }) => sum + holes + doubled + behind, 0) + ours.unanswered.size;
  result.measures.push({
    id: 'F6',
    what: 'events lost, doubled or unanswered',
    ours: String(wrong),
    floor: '–',
    result: { value: wrong, low: wrong, high: wrong },
    goal: '0',
    met: wrong === 0,
  });
  raw.kills = readings;
}

async function growth(backstage: Backstage, servers: (ours: Target) => number[]): Promise<void> {
  const ours = openOurs(backstage);
  const readings: Record<number, Window[]> = {};
  for (const count of crowds) {
    say(`F7: ${count} people`);
    await ours.grow(count);
    await untilQuiet(ours);
    await runWindow(ours, slow);
    const load = watchLoad(servers(ours));
    const windows: Window[] = [];
    for (let run = 0; run < 4; run++) windows.push(await runWindow(ours, slow));
    readings[count] = windows;
    if (count === crowds[0]) continue;
    add(
      {
        id: 'F7',
        what: `CPU per event and person, ${count} people (floor: ${crowds[0]})`,
        unit: 'µs',
        ours: cpu(windows),
        floor: cpu(readings[crowds[0] as number] as Window[]),
        goal: 1.2,
        controlled: false,
      },
      load(),
    );
  }
  ours.dropAll();
  raw.growth = readings;
}

pinOurselves();
const backstage = await openBackstage({ sessions: 1, people: Math.max(people, ...crowds), live: true });
const bare = await openBare(answerBytes);
try {
  const servers = () => [backstage.livekitPid, backstage.app.pid(), bare.pid()];
  say('F4: memory');
  await memory(backstage, bare);
  const ours = openOurs(backstage);
  await bare.grow(people);
  await ours.grow(people);
  await untilQuiet(ours);
  await costs(ours, bare, servers());
  await kill(ours, bare);
  ours.dropAll();
  bare.dropAll();
  await growth(backstage, servers);
} finally {
  bare.close();
  await backstage.close();
}
result.raw = raw;
console.log(showTable(result));
console.log(`kept in ${keepResult(`${import.meta.dirname}/results`, result, new Date())}`);
