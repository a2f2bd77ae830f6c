// Owns the embedded database: PGlite in DATA_DIR, run in a worker thread, one statement or transaction at a time.
import { EventEmitter } from 'node:events';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Db, Sql } from './contract.ts';
import { DatabaseAway } from './contract.ts';
import { lockDataDir } from './data-dir-lock.ts';
import type { WorkerAnswer, WorkerRequest } from './embedded-worker.ts';
import { assertCommitted, insideTransaction, refuseInsideTransaction } from './open-transaction.ts';
import { toText } from './values.ts';

export interface EmbeddedOptions {
  /** The database lies in its folder `database`. `memory://`: nothing is kept (tests). */
  dataDir: string;
  logger: Pick<Logger, 'warn' | 'error'>;
  /** The database is gone for good in this process: it should end, and be started again. */
  onLost?: () => void;
}

interface Answered {
  rows: Record<string, unknown>[];
  command: string;
}
type Run = (text: string, params?: readonly unknown[]) => Promise<Answered>;

export async function openEmbeddedDatabase({ dataDir, logger, onLost }: EmbeddedOptions): Promise<Db> {
  const inMemory = dataDir === 'memory://';
  const unlock = inMemory ? () => undefined : lockDataDir(dataDir);
  try {
    const made = inMemory ? inPlace : prepareFolder(dataDir);
    const connection = await startWorker(inMemory ? dataDir : join(dataDir, folderName), logger, onLost);
    made();
    return embeddedDatabase(connection, unlock, logger);
  } catch (error) {
    unlock();
    throw error;
  }
}

const folderName = 'database';
/** Lies beside the folder from before its first file until the database in it is whole. */
const beingMadeName = 'database.being-made';
const inPlace = () => undefined;

/**
 * What a first start left that was killed while making the database holds nobody's data, and PGlite would stumble over it: away with it.
 * Anything else that is there is somebody's, however it looks.
 */
function prepareFolder(dataDir: string): () => void {
  const folder = join(dataDir, folderName);
  const beingMade = join(dataDir, beingMadeName);
  const wasBeingMade = existsSync(beingMade);
  if (!wasBeingMade && existsSync(join(folder, 'PG_VERSION'))) return inPlace;
  if (!wasBeingMade && existsSync(folder) && readdirSync(folder).length > 0) throw new Error(damaged(folder));
  writeFileSync(beingMade, '');
  // First of all on the disk: after a power cut, a half-made database must not be without it.
  syncFolderNow(dataDir);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return () => {
    rmSync(beingMade);
    // Were it back after a power cut, the next start would take the whole database for a half-made one.
    syncFolderNow(dataDir);
  };
}

const damaged = (folder: string) =>
  `${folder} holds something that is no whole database (PG_VERSION is missing), so nothing was changed there. ` +
  'Is a copy still under way, or the disk damaged? To begin anew or to restore a backup, move that folder away first.';

function syncFolderNow(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function embeddedDatabase(connection: Connection, unlock: () => void, logger: EmbeddedOptions['logger']): Db {
  let queue: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    if (closing) return Promise.reject(new Error('The database is closed'));
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  };

  const hints = new EventEmitter().setMaxListeners(0);
  const sqlOn = (run: Run): Sql => ({
    query: async <Row>(text: string, params?: readonly unknown[]) => (await run(text, params)).rows as Row[],
  });

  const transact = async <T>(work: (tx: Sql) => Promise<T>): Promise<T> => {
    let over = false;
    const tx = sqlOn((text, params) => {
      if (over) throw new Error('The transaction is over');
      return connection.run(text, params);
    });
    // Not waited for: the worker takes it before the first statement, and a turn between the threads is saved.
    const begun = connection.run('begin');
    begun.catch(() => undefined);
    try {
      const result = await insideTransaction(() => work(tx));
      over = true;
      await begun;
      assertCommitted((await connection.run('commit')).command);
      return result;
    } catch (error) {
      over = true;
      // After a commit that failed there is nothing to roll back, and PostgreSQL only warns.
      await connection.run('rollback').catch((reason) => logger.warn({ error: reason }, 'rollback failed'));
      throw error;
    }
  };

  return {
    kind: 'embedded',
    async query<Row>(text: string, params?: readonly unknown[]) {
      refuseInsideTransaction();
      return (await inTurn(() => connection.run(text, params))).rows as Row[];
    },
    async transaction(work) {
      refuseInsideTransaction();
      return inTurn(() => transact(work));
    },
    // One process: its listeners are all there are.
    async notify(channel, payload) {
      setImmediate(() => hints.emit(`hint ${channel}`, payload));
    },
    async listen(channel, onPayload) {
      const guarded = (payload: string) => {
        try {
          onPayload(payload);
        } catch (error) {
          logger.error({ error, channel }, 'a listener failed');
        }
      };
      hints.on(`hint ${channel}`, guarded);
      return async () => {
        hints.off(`hint ${channel}`, guarded);
      };
    },
    close() {
      closing ??= queue.then(async () => {
        hints.removeAllListeners();
        await connection.close();
        unlock();
      });
      return closing;
    },
  };
}

interface Connection {
  run: Run;
  close(): Promise<void>;
}

function startWorker(folder: string, logger: EmbeddedOptions['logger'], onLost?: () => void): Promise<Connection> {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData: { dataDir: folder }, execArgv: [] });
  const waiting = new Map<number, { resolve: (answer: Answered) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let lost: Error | null = null;
  let ending = false;

  const ask = (request: { kind: 'close' } | { kind: 'query'; text: string; params: (string | null)[] | null }) =>
    new Promise<Answered>((resolve, reject) => {
      if (lost) return reject(lost);
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...request } satisfies WorkerRequest);
    });
  const connection: Connection = {
    run: (text, params) => ask({ kind: 'query', text, params: params ? params.map(toText) : null }),
    async close() {
      ending = true;
      if (!lost) await ask({ kind: 'close' });
      await worker.terminate();
    },
  };

  return new Promise((resolve, reject) => {
    let ready = false;
    const lose = (error: Error) => {
      if (lost) return;
      lost = new DatabaseAway(error);
      for (const one of waiting.values()) one.reject(lost);
      waiting.clear();
      reject(error);
      if (!ready || ending) return;
      logger.error({ error }, 'the embedded database has stopped');
      onLost?.();
    };
    worker.on('error', (error) => lose(error as Error));
    worker.on('exit', () => lose(new Error('The embedded database has stopped')));
    worker.on('message', (message: 'ready' | WorkerAnswer) => {
      if (message === 'ready') {
        ready = true;
        resolve(connection);
        return;
      }
      // A server would restart itself after this, e.g. when its log finds no room on the disk; in here nothing answers any more.
      if ('failure' in message && message.failure.fields.severity === 'PANIC') {
        lose(new Error(message.failure.message));
        void worker.terminate();
        return;
      }
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if ('failure' in message) asked?.reject(Object.assign(new Error(message.failure.message), message.failure.fields));
      else asked?.resolve(message);
    });
  });
}
