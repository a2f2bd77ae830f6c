// Owns the lock on DATA_DIR: two processes on one embedded database would lose acknowledged rows without a word.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#platform/errors/app-error.ts';

/** Node has no flock. An open SQLite transaction holds a lock of the kernel's, which ends with the process, however that ends. */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const file = new DatabaseSync(join(dataDir, 'lock.sqlite'));
  try {
    file.exec('pragma busy_timeout = 0; begin exclusive');
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode === 5) throw new AppError(503, 'data-dir-in-use', { dataDir });
    throw error;
  }
  return () => file.close();
}
