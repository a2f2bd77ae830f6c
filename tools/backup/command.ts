// Owns `npm run backup` and `npm run restore`: the configured database and files, to a folder and back, in words for a terminal.
import path from 'node:path';
import { supportDecider } from '#features/support/core.ts';
import { forgetConversations } from '#features/support/server/conversations.ts';
import { backUp } from '#platform/backup/back-up.ts';
import { readErased } from '#platform/backup/erased-people.ts';
import { type About, BackupError } from '#platform/backup/layout.ts';
import { restore } from '#platform/backup/restore.ts';
import { environment } from '#platform/config/environment.ts';
import { ConfigError } from '#platform/config/problems.ts';
import { loadConfig } from '#platform/config/settings.ts';
import type { Db } from '#platform/db/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { openFileStore } from '#platform/files/file-store.ts';
import type { Decider } from '#platform/log/contract.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { sessionDecider } from '#session/decider.ts';
import { erasePerson } from '#shell/accounts/server/erase-person.ts';

/** Backups from before somebody was erased have their words. */
async function eraseAgain(db: Db, dataDir: string): Promise<void> {
  const deciders = [sessionDecider, supportDecider] as unknown as Decider[];
  for (const personId of await readErased(dataDir)) await erasePerson({ db, deciders, forget: forgetConversations }, personId);
}

const wishes = { backup: (...to: Parameters<typeof restore>) => backUp(...to), restore } as const;

const count = ({ tables, files }: About) =>
  `${tables.reduce((sum, table) => sum + table.rows, 0)} rows of ${tables.length} tables and ${files} files`;

async function carryOut(wish: keyof typeof wishes, folder: string): Promise<void> {
  const config = loadConfig(environment(), 'start');
  const logger = createLogger('silent');
  const db = config.databaseUrl
    ? await openServerDatabase({ url: config.databaseUrl, logger })
    : await openEmbeddedDatabase({ dataDir: config.dataDir, logger });
  try {
    const about = await wishes[wish](db, await openFileStore(path.join(config.dataDir, 'files')), path.resolve(folder));
    if (wish === 'restore') await eraseAgain(db, config.dataDir);
    console.log(wish === 'backup' ? `Saved ${count(about)} to ${folder}.` : `Restored ${count(about)}, as of ${about.madeAt}.`);
  } finally {
    await db.close();
  }
}

const [wish, folder] = process.argv.slice(2);
if ((wish !== 'backup' && wish !== 'restore') || !folder) {
  console.log(`Give a folder: npm run ${wish ?? 'backup'} -- path/to/folder`);
  process.exit(2);
}
try {
  await carryOut(wish, folder);
} catch (error) {
  if (error instanceof AppError && error.code === 'data-dir-in-use')
    console.log('The server is running with its embedded database, which only one process can open. End it, and run this again.');
  else
    console.log(
      error instanceof BackupError || error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error),
    );
  process.exitCode = 1;
}
