// Owns the databases that a flow runs on, as an app server's configuration names them: embedded always, PostgreSQL where the run has one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '#platform/config/contract.ts';
import { createServerDatabase, serverUrl } from '#platform/db/test-databases.ts';

export interface FlowDatabase {
  config: Pick<Config, 'dataDir' | 'databaseUrl'>;
  /** Removes it. App servers must be closed before. */
  end(): Promise<void>;
}

function openFolder(): FlowDatabase {
  const dataDir = mkdtempSync(join(tmpdir(), 'stagedoor-flow-'));
  return { config: { dataDir }, end: async () => rmSync(dataDir, { recursive: true, force: true }) };
}

async function openOnServer(server: string): Promise<FlowDatabase> {
  const { config, end: removeFolder } = openFolder();
  const { url, end } = await createServerDatabase(server);
  return {
    config: { ...config, databaseUrl: url },
    async end() {
      await end();
      await removeFolder();
    },
  };
}

/** Where several app servers can share one database. Empty where this run has no PostgreSQL server. */
export const sharedDatabases: { name: string; open: () => Promise<FlowDatabase> }[] = serverUrl
  ? [{ name: 'PostgreSQL server', open: () => openOnServer(serverUrl as string) }]
  : [];

/** Write a flow once, and run it on each of these. */
export const flowDatabases: typeof sharedDatabases = [
  { name: 'embedded database', open: async () => openFolder() },
  ...sharedDatabases,
];
