// Owns the connection that listens for hints: it comes back by itself, and listens again to all that was asked for.
import type { ClientConfig } from 'pg';
import { Client, escapeIdentifier } from 'pg';
import type { Logger } from 'pino';
import type { Db } from './contract.ts';

/** A half-open connection gives no error: only a question that stays without an answer shows it. */
const probeMs = 10_000;
const firstRetryMs = 200;
const longestRetryMs = 5_000;

export interface ServerListener {
  listen: Db['listen'];
  close(): Promise<void>;
}

export function createServerListener(settings: ClientConfig, logger: Pick<Logger, 'warn' | 'error'>): ServerListener {
  const listeners = new Map<string, Set<(payload: string) => void>>();
  let connected: Promise<Client> | null = null;
  let retryMs = firstRetryMs;
  let retry: NodeJS.Timeout | undefined;
  let probe: NodeJS.Timeout | undefined;
  let closed = false;

  const dispatch = (channel: string, payload: string) => {
    for (const onPayload of listeners.get(channel) ?? []) {
      try {
        onPayload(payload);
      } catch (error) {
        logger.error({ error, channel }, 'a listener failed');
      }
    }
  };

  const connect = async (): Promise<Client> => {
    // A name of its own: whoever looks at the database sees which connection must not be cut by idle limits.
    const client = new Client({ ...settings, application_name: 'stagedoor listener', query_timeout: probeMs });
    let broken = false;
    const lose = (error: Error) => {
      if (broken) return;
      broken = true;
      clearInterval(probe);
      client.end().catch(() => undefined);
      if (closed) return;
      connected = null;
      logger.warn({ error }, 'the listening connection to the database was lost');
      retry = setTimeout(() => void ensure().catch(() => undefined), retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('The connection ended')));
    client.on('notification', ({ channel, payload }) => dispatch(channel, payload ?? ''));
    try {
      await client.connect();
      // Channels asked for while this runs are listened to by `listen` itself; twice does no harm.
      for (const channel of listeners.keys()) await client.query(`listen ${escapeIdentifier(channel)}`);
    } catch (error) {
      lose(error as Error);
      throw error;
    }
    retryMs = firstRetryMs;
    clearInterval(probe);
    probe = setInterval(() => void client.query('select 1').catch(lose), probeMs);
    return client;
  };
  const ensure = () => {
    connected ??= connect();
    return connected;
  };

  return {
    async listen(channel, onPayload) {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(onPayload));
      const client = await ensure();
      await client.query(`listen ${escapeIdentifier(channel)}`);
      return async () => {
        known.delete(onPayload);
        if (known.size > 0 || closed) return;
        listeners.delete(channel);
        await (await ensure()).query(`unlisten ${escapeIdentifier(channel)}`);
      };
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(probe);
      const client = await connected?.catch(() => null);
      await client?.end();
    },
  };
}
