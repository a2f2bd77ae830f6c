// Owns when stored files are swept: at the start, from time to time, and when the disk is full.
import type { Logger } from 'pino';
import type { Db } from '#platform/db/contract.ts';
import type { FileStore } from '#platform/files/contract.ts';
import { sweepFiles } from './file-rows.ts';

const everyMs = 10 * 60_000;
/** On a database server, others may share the folder, and be receiving. An embedded database has one server only. */
const sharedUploadMs = 60 * 60_000;

export interface FileKeeper {
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export async function createFileKeeper(parts: {
  db: Db;
  store: FileStore;
  logger: Pick<Logger, 'warn' | 'info'>;
}): Promise<FileKeeper> {
  const { db, store, logger } = parts;
  let sweeping: Promise<void> | null = null;
  const sweepAll = async (olderThanMs: number) => {
    try {
      const uploads = await store.sweep(olderThanMs);
      const files = await sweepFiles(db, store);
      if (uploads + files > 0) logger.info({ uploads, files }, 'swept files that nothing uses');
    } catch (error) {
      logger.warn({ error }, 'sweeping files failed; it is tried again later');
    }
  };
  const sweep = (olderThanMs: number) => {
    sweeping ??= sweepAll(olderThanMs).finally(() => {
      sweeping = null;
    });
    return sweeping;
  };
  await sweep(db.kind === 'embedded' ? -1 : sharedUploadMs);
  const timer = setInterval(() => void sweep(sharedUploadMs), everyMs);
  timer.unref();
  return {
    sweep: () => sweep(sharedUploadMs),
    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
