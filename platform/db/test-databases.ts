// Owns fresh databases for tests: the embedded one always, a PostgreSQL server's too where TEST_DATABASE_URL names one.
import { randomUUID } from 'node:crypto';
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

async function openOnServer(url: string): Promise<TestDatabase> {
  const admin = await openServerDatabase({ url, logger: quietLogger, connections: 1 });
  const name = `stagedoor_test_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const openAnother = () => openServerDatabase({ url: own.href, logger: quietLogger, connections: 4 });
  const db = await openAnother();
  return {
    db,
    openAnother,
    async end() {
      await db.close();
      await admin.query(`drop database ${name} with (force)`);
      await admin.close();
    },
  };
}

const serverUrl = process.env.TEST_DATABASE_URL;

/** Write a suite once, and run it on each of these. */
export const testDatabases: { name: string; open: () => Promise<TestDatabase> }[] = [
  { name: 'embedded database', open: openEmbedded },
  ...(serverUrl ? [{ name: 'PostgreSQL server', open: () => openOnServer(serverUrl) }] : []),
];
