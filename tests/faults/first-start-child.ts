// Owns the very first start of an embedded database in a process of its own, to be killed meanwhile.
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { migrate } from '#platform/db/migrate.ts';
import { createLogger } from '#platform/logger/create-logger.ts';

const db = await openEmbeddedDatabase({ dataDir: process.argv[2] ?? '', logger: createLogger('silent') });
process.send?.('open');
await migrate(db);
process.send?.('migrated');
