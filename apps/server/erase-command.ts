// Owns `npm run erase-person`: ends a person's account, and takes their words out of everything that is stored, in words for a terminal.
import { supportDecider } from '#features/support/core.ts';
import { forgetConversations } from '#features/support/server/conversations.ts';
import { noteErased } from '#platform/backup/erased-people.ts';
import { environment } from '#platform/config/environment.ts';
import { ConfigError } from '#platform/config/problems.ts';
import { loadConfig } from '#platform/config/settings.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Decider } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { sessionDecider } from '#session/decider.ts';
import { createAccounts } from '#shell/accounts/server/accounts.ts';
import { erasePerson } from '#shell/accounts/server/erase-person.ts';
import { refreshRosters } from '#shell/events/server/roster.ts';

const inMemory = 'The running servers still hold what was said in memory: start each of them anew.';

async function carryOut(email: string): Promise<number> {
  const config = loadConfig(environment(), 'start');
  const logger = createLogger('silent');
  const db = config.databaseUrl
    ? await openServerDatabase({ url: config.databaseUrl, logger })
    : await openEmbeddedDatabase({ dataDir: config.dataDir, logger });
  try {
    // On a database server, others may run: theirs is the moment to migrate.
    if (!config.databaseUrl) await migrate(db);
    const [account] = await db.query<{ personId: string }>('select person_id as "personId" from accounts where email = $1', [
      email.trim().toLowerCase(),
    ]);
    if (!account) {
      console.log(`No account has the e-mail ${email}.`);
      return 1;
    }
    const deciders = [sessionDecider, supportDecider] as unknown as Decider[];
    const log = await createLog({ db, deciders, logger });
    const accounts = await createAccounts(db, config);
    // Out of every Session first, with all logins ended on every server.
    await accounts.standing(refreshRosters(log)).disable(email);
    await noteErased(config.dataDir, account.personId);
    const said = await erasePerson({ db, deciders, forget: forgetConversations }, account.personId);
    await accounts.logins.stop();
    await log.stop();
    console.log(`${email} is erased: the account, the name, and ${said} things that were said.`);
    console.log('Backups from before still have them; npm run restore erases them again.');
    if (config.databaseUrl) console.log(inMemory);
    return 0;
  } finally {
    await db.close();
  }
}

const [email] = process.argv.slice(2);
if (!email) {
  console.log("Give the account's e-mail: npm run erase-person -- person@example.org");
  process.exit(2);
}
process.exit(
  await carryOut(email).catch((error: unknown) => {
    const isRunning = error instanceof AppError && error.code === 'data-dir-in-use';
    if (isRunning)
      console.log(
        'The server is running with its embedded database, which only one process can open. End it, and run this again.',
      );
    else console.log(error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error));
    return 1;
  }),
);
