// Owns PGlite, in a thread of its own: a slow statement must never stall the sockets. Order and transactions are embedded.ts's business.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';
import { asText, parsers } from './values.ts';

export type WorkerRequest =
  | { id: number; kind: 'query'; text: string; params: (string | null)[] | null }
  | { id: number; kind: 'close' };
export type WorkerAnswer =
  | { id: number; rows: Record<string, unknown>[]; command: string }
  | { id: number; failure: { message: string; fields: Record<string, unknown> } };

/** PGlite's own parsers make dates of some types; texts are what the other database gives. */
const ourParsers = { ...Object.fromEntries(Object.keys(types.parsers).map((oid) => [oid, asText])), ...parsers };
/** Parameters are text already, whatever their type. */
const noSerializers = new Proxy({}, { get: () => (text: string) => text });
const options = { parsers: ourParsers, serializers: noSerializers };

const port = parentPort;
if (!port) throw new Error('Runs only as a worker');

const database = await PGlite.create({ dataDir: workerData.dataDir });
await database.exec("set time zone 'UTC'; set datestyle = 'ISO, MDY'");

async function run(request: WorkerRequest & { kind: 'query' }): Promise<WorkerAnswer> {
  // Without parameters the text may hold several statements; the rows are the last one's.
  const result = request.params
    ? await database.query(request.text, request.params, options)
    : (await database.exec(request.text, options)).at(-1);
  const rows = (result?.rows ?? []) as Record<string, unknown>[];
  return { id: request.id, rows, command: (result as { command?: string } | undefined)?.command ?? '' };
}

async function answer(request: WorkerRequest): Promise<WorkerAnswer> {
  try {
    if (request.kind === 'query') return await run(request);
    await database.close();
    return { id: request.id, rows: [], command: '' };
  } catch (error) {
    const { message, code, detail, constraint, table, column, position } = error as Record<string, unknown>;
    return {
      id: request.id,
      failure: { message: String(message), fields: { code, detail, constraint, table, column, position } },
    };
  }
}

port.on('message', async (request: WorkerRequest) => port.postMessage(await answer(request)));
port.postMessage('ready');
