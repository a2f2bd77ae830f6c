// Owns a PostgreSQL server that a fault test may kill, freeze and starve: one that keeps its promises, unlike the careless one of other tests.

import type { PostgresOptions, PrivatePostgres } from '#tests/flows/postgres.ts';
import { startPostgres } from '#tests/flows/postgres.ts';
import { identify } from '#tools/launcher/processes.ts';
import { findPostgres } from '#tools/postgres-tools.ts';

/** What is acknowledged must have left the process. `fsync` is only for power cuts, which no test here can make. */
const careful = ['fsync=off', 'synchronous_commit=on', 'full_page_writes=on', 'max_connections=100', 'shared_buffers=16MB'];

export interface PostgresOfOurs extends PrivatePostgres {
  /** kill -9 of the server and everything it started, or of one process that serves a connection. */
  kill(which: 'all' | 'one'): Promise<void>;
  freeze(): void;
  thaw(): void;
}

const programs = findPostgres();
if (!programs)
  console.log(
    'Left out: faults of a PostgreSQL server. Its programs are not installed here, and one that we did not start is not ours to kill.',
  );

/** Empty where there is none: `describe.each` then leaves out, and the line above has said so. */
export const killablePostgres: { name: string; start: (options?: PostgresOptions) => Promise<PostgresOfOurs> }[] = programs
  ? [{ name: 'PostgreSQL server', start: (options) => start(programs, options) }]
  : [];

async function start(folder: string, options: PostgresOptions = {}): Promise<PostgresOfOurs> {
  const { settings = [], ...rest } = options;
  const server = await startPostgres(folder, { settings: [...careful, ...settings], ...rest });
  const signal = (pids: number[], name: NodeJS.Signals) => {
    for (const pid of pids) {
      try {
        process.kill(pid, name);
      } catch (error) {
        // One that served a connection may be gone by now.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  };
  return {
    ...server,
    async kill(which) {
      const pids = server.pids();
      signal(which === 'all' ? pids : pids.slice(-1), 'SIGKILL');
      while (which === 'all' && pids.some(lives)) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    freeze: () => signal(server.pids(), 'SIGSTOP'),
    thaw: () => signal(server.pids(), 'SIGCONT'),
    async end() {
      signal(server.pids(), 'SIGCONT');
      await server.end();
    },
  };
}

function lives(pid: number): boolean {
  return identify(pid) !== null;
}
