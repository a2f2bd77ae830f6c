// Owns PGlite's statements with parameters: prepared once by text, and one call into PGlite each instead of six.
// Its own `query` parses and plans each time, which costs several times what the statements of the log do.
import type { PGlite } from '@electric-sql/pglite';
import { parse, protocol, types } from '@electric-sql/pglite';
import { asText, parsers } from './values.ts';

/** The texts are few and fixed; this only guards against one that is put together at run time. */
const mostStatements = 300;
/** After these, a kept plan may give other columns than it promised. */
const changesTables = /\b(?:create|alter|drop)\b/i;
/** PGlite's own would make dates of some types; text is what the other database gives. */
const ourParsers = { ...Object.fromEntries(Object.keys(types.parsers).map((oid) => [oid, asText])), ...parsers };

export interface Result {
  rows: Record<string, unknown>[];
  command: string;
}
type Message = Awaited<ReturnType<PGlite['execProtocol']>>['messages'][number];

export class PreparedStatements {
  private readonly database: PGlite;
  private readonly names = new Map<string, string>();
  private lastNumber = 0;

  constructor(database: PGlite) {
    this.database = database;
  }

  /** Parameters are text, whatever their type: PostgreSQL infers it from the statement. */
  async run(text: string, params: (string | null)[]): Promise<Result> {
    const { serialize } = protocol;
    const known = this.names.get(text);
    if (known === undefined && this.names.size >= mostStatements) await this.forget();
    const name = known ?? `s${++this.lastNumber}`;
    const messages = await this.send([
      ...(known === undefined ? [serialize.parse({ name, text })] : []),
      serialize.bind({ statement: name, values: params }),
      serialize.describe({ type: 'P' }),
      serialize.execute({}),
      serialize.sync(),
    ]);
    // A statement outlives the failure of its first use, and the rollback of its transaction.
    if (messages.some((message) => message.name === 'parseComplete')) this.names.set(text, name);
    return toResult(messages);
  }

  /** Several statements, without parameters; the rows are the last one's. */
  async runScript(text: string): Promise<Result> {
    const messages = await this.send([protocol.serialize.query(text)]);
    if (changesTables.test(text)) await this.forget();
    return toResult(messages);
  }

  private async forget(): Promise<void> {
    const closing = [...this.names.values()].map((name) => protocol.serialize.close({ type: 'S', name }));
    this.names.clear();
    await this.send([...closing, protocol.serialize.sync()]);
  }

  private async send(parts: Uint8Array[]): Promise<Message[]> {
    return (await this.database.execProtocol(Buffer.concat(parts), { throwOnError: false })).messages;
  }
}

function toResult(messages: Message[]): Result {
  const failure = messages.find((message) => message.name === 'error');
  if (failure) throw failure;
  const last = parse.parseResults(messages, ourParsers).at(-1);
  const complete = messages.findLast((message) => message.name === 'commandComplete') as { text?: string } | undefined;
  return { rows: (last?.rows ?? []) as Record<string, unknown>[], command: complete?.text ?? '' };
}
