// Owns PGlite, in a thread of its own: a slow statement must never stall the sockets. Order and transactions are embedded.ts's business.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PreparedStatements } from './prepared-statements.ts';

export type WorkerRequest =
  | { id: number; kind: 'query'; text: string; params: (string | null)[] | null }
  | { id: number; kind: 'close' };
export type WorkerAnswer =
  | { id: number; rows: Record<string, unknown>[]; command: string }
  | { id: number; failure: { message: string; fields: Record<string, unknown> } };

const port = parentPort;
if (!port) throw new Error('Runs only as a worker');

const database = await PGlite.create({ dataDir: workerData.dataDir });
const statements = new PreparedStatements(database);
await statements.runScript("set time zone 'UTC'; set datestyle = 'ISO, MDY'");

async function answer(request: WorkerRequest): Promise<WorkerAnswer> {
  try {
    if (request.kind === 'close') {
      await database.close();
      return { id: request.id, rows: [], command: '' };
    }
    const { id, text, params } = request;
    return { id, ...(params ? await statements.run(text, params) : await statements.runScript(text)) };
  } catch (error) {
    const { message, severity, code, detail, constraint, table, column, position } = error as Record<string, unknown>;
    return {
      id: request.id,
      failure: { message: String(message), fields: { severity, code, detail, constraint, table, column, position } },
    };
  }
}

let turn: Promise<void> = Promise.resolve();
port.on('message', (request: WorkerRequest) => {
  turn = turn.then(async () => port.postMessage(await answer(request)));
});
port.postMessage('ready');
