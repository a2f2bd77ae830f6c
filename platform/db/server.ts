// Owns a PostgreSQL server as the database: a pool for statements, and one more connection that listens.
import type { ClientBase, CustomTypesConfig } from 'pg';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Db, Sql } from './contract.ts';
import { assertCommitted, insideTransaction, refuseInsideTransaction } from './open-transaction.ts';
import { createServerListener } from './server-listener.ts';
import { asText, parsers, toText } from './values.ts';

export interface ServerOptions {
  url: string;
  logger: Pick<Logger, 'warn' | 'error'>;
  /** Statements and transactions that run at the same time; others wait. */
  connections?: number;
}

const types = { getTypeParser: (oid: number) => parsers[oid] ?? asText } as unknown as CustomTypesConfig;

export async function openServerDatabase({ url, logger, connections = 10 }: ServerOptions): Promise<Db> {
  const settings = {
    connectionString: url,
    types,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: 'stagedoor',
  };
  const pool = new Pool({
    ...settings,
    max: connections,
    // A server that vanished in the middle of a transaction must not hold a stream's row for ever.
    idle_in_transaction_session_timeout: 30_000,
    onConnect: (client) => client.query("set time zone 'UTC'; set datestyle = 'ISO, MDY'"),
  });
  pool.on('error', (error) => logger.warn({ error }, 'a connection to the database was lost'));
  const listener = createServerListener(settings, logger);

  const run = async (client: Pool | ClientBase, text: string, params?: readonly unknown[]) => {
    // Without parameters the text may hold several statements; the rows are the last one's.
    const result = await (params ? client.query(text, params.map(toText)) : client.query(text));
    return (Array.isArray(result) ? result.at(-1) : result) as { rows: unknown[]; command: string };
  };

  const db: Db = {
    kind: 'server',
    async query<Row>(text: string, params?: readonly unknown[]) {
      refuseInsideTransaction();
      return (await run(pool, text, params)).rows as Row[];
    },
    async transaction(work) {
      refuseInsideTransaction();
      const client = await pool.connect();
      let over = false;
      let broken: Error | undefined;
      const lost = (error: Error) => {
        broken = error;
      };
      // The pool listens for this only while a connection is idle; nobody listening would end the process.
      client.on('error', lost);
      const tx: Sql = {
        async query<Row>(text: string, params?: readonly unknown[]) {
          if (over) throw new Error('The transaction is over');
          return (await run(client, text, params)).rows as Row[];
        },
      };
      try {
        await client.query('begin');
        const result = await insideTransaction(() => work(tx));
        over = true;
        assertCommitted((await run(client, 'commit')).command);
        return result;
      } catch (error) {
        over = true;
        await client.query('rollback').catch(lost);
        throw error;
      } finally {
        client.off('error', lost);
        client.release(broken);
      }
    },
    async notify(channel, payload) {
      await run(pool, 'select pg_notify($1, $2)', [channel, payload]);
    },
    listen: listener.listen,
    async close() {
      await listener.close();
      await pool.end();
    },
  };
  try {
    await db.query('select 1');
  } catch (error) {
    await db.close();
    throw error;
  }
  return db;
}
