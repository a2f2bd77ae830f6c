// Owns fresh databases for tests: the embedded one always, a PostgreSQL server's too where the run has one (tests/flows/postgres.ts).
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import type { Db } from './contract.ts';
import { openEmbeddedDatabase } from './embedded.ts';
import { openServerDatabase } from './server.ts';

export const quietLogger = { warn: () => undefined, error: () => undefined };

export interface TestDatabase {
  db: Db;
  /** Another server on the same database; null where there can be only one. */
  openAnother: (() => Promise<Db>) | null;
  /** Closes `db` and removes the database. Others must be closed before. */
  end(): Promise<void>;
}

async function openEmbedded(): Promise<TestDatabase> {
  const db = await openEmbeddedDatabase({ dataDir: 'memory://', logger: quietLogger });
  return { db, openAnother: null, end: () => db.close() };
}

/** A new, empty database on the server. `end` throws everybody out and removes it. */
export async function createServerDatabase(serverUrl: string): Promise<{ url: string; end(): Promise<void> }> {
  const admin = await openServerDatabase({ url: serverUrl, logger: quietLogger, connections: 1 });
  const name = `stagedoor_test_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`create database ${name}`);
  const own = new URL(serverUrl);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    async end() {
      await admin.query(`drop database ${name} with (force)`);
      await admin.close();
    },
  };
}

async function openOnServer(serverUrl: string): Promise<TestDatabase> {
  const { url, end } = await createServerDatabase(serverUrl);
  const openAnother = () => openServerDatabase({ url, logger: quietLogger, connections: 4 });
  const db = await openAnother();
  return {
    db,
    openAnother,
    async end() {
      await db.close();
      await end();
    },
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    testDatabaseUrl: string | null;
  }
}

/** Null where this run has no PostgreSQL server. */
export const serverUrl = inject('testDatabaseUrl') ?? null;
/** Write a suite once, and run it on each of these. */
export const testDatabases: { name: string; open: () => Promise<TestDatabase> }[] = [
  { name: 'embedded database', open: openEmbedded },
  ...(serverUrl ? [{ name: 'PostgreSQL server', open: () => openOnServer(serverUrl) }] : []),
];
