// Owns the list of people who were erased, beside the database: a backup from before still has their words, and whoever restores it erases them again.
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '#platform/files/sync-folder.ts';

const listPath = (dataDir: string) => join(dataDir, 'erased-people');

/** On the disk before anything is erased: a second time changes nothing. */
export async function noteErased(dataDir: string, personId: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await appendFile(listPath(dataDir), `${personId}\n`, { flush: true });
  await syncFolder(dataDir);
}

export async function readErased(dataDir: string): Promise<string[]> {
  const text = await readFile(listPath(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return [...new Set(text.split('\n').filter((line) => line !== ''))];
}
