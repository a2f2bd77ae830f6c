// Owns a PostgreSQL server as the database: a pool for statements, and one more connection that listens.
import type { ClientBase, CustomTypesConfig } from 'pg';
import { DatabaseError, Pool } from 'pg';
import type { Logger } from 'pino';
import type { Db, Sql } from './contract.ts';
import { DatabaseAway } from './contract.ts';
import { assertCommitted, insideTransaction, refuseInsideTransaction } from './open-transaction.ts';
import { createServerListener } from './server-listener.ts';
import { asText, parsers, toText } from './values.ts';

export interface ServerOptions {
  url: string;
  logger: Pick<Logger, 'warn' | 'error'>;
  /** Statements and transactions that run at the same time; others wait. */
  connections?: number;
  /** A connection that is silent for so long is given up. Longer than any stall that people should not notice. */
  answerWithinMs?: number;
}

const brief: ReadonlySet<string> = new Set(['begin', 'commit', 'rollback', 'select 1']);
const types = { getTypeParser: (oid: number) => parsers[oid] ?? asText } as unknown as CustomTypesConfig;

/** The server's own ends: of one connection, of all, or none accepted yet. */
const awayStates = /^(08|57P)/;
const asAway = (error: unknown): unknown =>
  error instanceof DatabaseError && !awayStates.test(error.code ?? '') ? error : new DatabaseAway(error);

const runWithin =
  (answerWithinMs: number) =>
  async (client: Pool | ClientBase, text: string, params?: readonly unknown[]): Promise<{ rows: unknown[]; command: string }> => {
    // Without parameters the text may hold several statements (a migration), which take the time they need; the rows are the last one's.
    const timed = { text, ...(params ? { values: params.map(toText) } : {}), query_timeout: answerWithinMs };
    try {
      const result = await (params || brief.has(text) ? client.query(timed) : client.query(text));
      return Array.isArray(result) ? result.at(-1) : result;
    } catch (error) {
      throw asAway(error);
    }
  };

export async function openServerDatabase(options: ServerOptions): Promise<Db> {
  const { url, logger, connections = 10, answerWithinMs = 20_000 } = options;
  const settings = {
    connectionString: url,
    types,
    keepAlive: true,
    connectionTimeoutMillis: answerWithinMs,
    application_name: 'stagedoor',
  };
  const pool = new Pool({
    ...settings,
    max: connections,
    // A server that vanished in the middle of a transaction must not hold a stream's row for long.
    idle_in_transaction_session_timeout: answerWithinMs / 2,
    onConnect: (client) => client.query("set time zone 'UTC'; set datestyle = 'ISO, MDY'"),
  });
  pool.on('error', (error) => logger.warn({ error }, 'a connection to the database was lost'));
  const listener = createServerListener(settings, logger);

  const run = runWithin(answerWithinMs);

  const db: Db = {
    kind: 'server',
    async query<Row>(text: string, params?: readonly unknown[]) {
      refuseInsideTransaction();
      return (await run(pool, text, params)).rows as Row[];
    },
    async transaction(work) {
      refuseInsideTransaction();
      const client = await pool.connect().catch((error) => {
        throw asAway(error);
      });
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
        await run(client, 'begin');
        const result = await insideTransaction(() => work(tx));
        over = true;
        assertCommitted((await run(client, 'commit')).command);
        return result;
      } catch (error) {
        over = true;
        if (error instanceof DatabaseAway) lost(error);
        else await run(client, 'rollback').catch(lost);
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
