// Owns `npm run disable-account` and `enable-account`: one operation of shell/accounts on the configured database, in words for a terminal.
import { environment } from '#platform/config/environment.ts';
import { ConfigError } from '#platform/config/problems.ts';
import { loadConfig } from '#platform/config/settings.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openServerDatabase } from '#platform/db/server.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { createLog } from '#platform/log/log.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { sessionDecider } from '#session/decider.ts';
import { createAccounts } from '#shell/accounts/server/accounts.ts';
import { refreshRosters } from '#shell/events/server/roster.ts';

type Wish = 'disable' | 'enable';

const done: Record<Wish, { changed: string; unchanged: string }> = {
  disable: {
    changed: 'is disabled. Its logins have ended, on every server.',
    unchanged: 'was disabled already. Nothing was changed.',
  },
  enable: {
    changed: 'is enabled. Its owner can sign in again.',
    unchanged: 'was enabled already. Nothing was changed.',
  },
};

async function carryOut(wish: Wish, email: string): Promise<number> {
  const config = loadConfig(environment(), 'start');
  const logger = createLogger('silent');
  const db = config.databaseUrl
    ? await openServerDatabase({ url: config.databaseUrl, logger })
    : await openEmbeddedDatabase({ dataDir: config.dataDir, logger });
  try {
    // On a database server, others may run: theirs is the moment to migrate.
    if (!config.databaseUrl) await migrate(db);
    const log = await createLog({ db, deciders: [sessionDecider], logger });
    const accounts = await createAccounts(db, config);
    const outcome = await accounts.standing(refreshRosters(log))[wish](email);
    await accounts.logins.stop();
    await log.stop();
    console.log(outcome === 'unknown' ? `No account has the e-mail ${email}.` : `${email} ${done[wish][outcome]}`);
    return outcome === 'unknown' ? 1 : 0;
  } finally {
    await db.close();
  }
}

const [wish, email] = process.argv.slice(2);
if ((wish !== 'disable' && wish !== 'enable') || !email) {
  console.log(`Give the account's e-mail: npm run ${wish ?? 'disable'}-account -- person@example.org`);
  process.exit(2);
}
process.exit(
  await carryOut(wish, email).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'data-dir-in-use') {
      console.log(
        'The server is running with its embedded database, which only one process can open. End it, and run this again.',
      );
      return 1;
    }
    console.log(error instanceof ConfigError ? error.message : String((error as Error)?.stack ?? error));
    return 1;
  }),
);
