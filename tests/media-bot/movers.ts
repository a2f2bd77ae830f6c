// Owns many people who move between LiveKit rooms: a few in each of several processes, and what these last told of them.
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Listener } from './hearing.ts';
import type { MoverOptions } from './mover.ts';

type Person = Pick<MoverOptions, 'name' | 'toneHz' | 'stays'>;

export interface MoversWish {
  origin: string;
  stream: string;
  people: Person[];
}

export interface MoverReport extends Pick<Listener, 'hears' | 'tones'> {
  name: string;
  personId: string;
  cookie: string;
  place: string | null;
  /** When the newest connection stood and sent what it may (epoch, ms). */
  arrivedAt: number;
  /** What LiveKit ever gave this person, by LiveKit room. */
  tokens: [room: string, token: string][];
}

export interface Movers {
  /** The newest word of everybody, in the order in which they were named. */
  reports(): MoverReport[];
  stop(): Promise<void>;
}

const inEach = 6;

export async function startMovers({ origin, stream, people }: MoversWish): Promise<Movers> {
  const children: ChildProcess[] = [];
  const latest: MoverReport[][] = [];
  const first: Promise<unknown>[] = [];
  const ended: string[] = [];
  let stopping = false;
  for (let from = 0; from < people.length; from += inEach) {
    const child = fork(path.join(import.meta.dirname, 'mover-process.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // At each connection LiveKit's library asks a shell script for the name of the system, where it finds one.
      env: { ...process.env, PATH: '' },
    });
    const at = children.push(child) - 1;
    child.on('message', (reports) => {
      latest[at] = reports as MoverReport[];
    });
    child.on('exit', (code, signal) => {
      if (!stopping) ended.push(`people from ${from + 1} on ended with ${code ?? signal}`);
    });
    first.push(once(child, 'message'));
    child.send({ origin, stream, people: people.slice(from, from + inEach) } satisfies MoversWish);
  }
  await Promise.all(first);
  return {
    reports() {
      if (ended.length > 0) throw new Error(ended.join(', '));
      return latest.flat();
    },
    async stop() {
      stopping = true;
      const gone = children.map((child) => (child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null));
      // LiveKit's library may never answer that a connection is closed.
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(gone);
    },
  };
}
