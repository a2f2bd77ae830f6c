// Owns what happens to an upload: received aside, looked at, kept, and only then added to the Session. Whatever goes wrong leaves nothing.
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Db } from '#platform/db/contract.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { FileStore, Received } from '#platform/files/contract.ts';
import { isDiskFull, TooManyBytes } from '#platform/files/contract.ts';
import type { Log } from '#platform/log/contract.ts';
import type { PdfFacts } from '../contract.ts';
import { cleanName } from '../contract.ts';
import type { FileKeeper } from './file-keeper.ts';
import { forgetFile, keepFile } from './file-rows.ts';
import type { PdfReader } from './pdf-reader.ts';
import type { Thumbnails } from './thumbnails.ts';

/** Enough for a whole event at once; the server's memory and disk stay out of any one person's hands. */
const mostAtOnce = 12;
const mostPerPerson = 3;
const tryAgainSeconds = 10;

const tooManyRequests = 429;
const conflict = 409;
const tooLarge = 413;
const unprocessable = 422;
const outOfRoom = 507;

export interface UploadLimits {
  maxBytes: number;
  maxPages: number;
}
export interface Upload {
  sessionId: string;
  materialId: string;
  by: string;
  fileName: string;
  from: IncomingMessage;
  /** Whoever sent it has left: they want it no longer. */
  isGone(): boolean;
}
export interface UploadParts {
  db: Db;
  log: Pick<Log, 'submit'>;
  store: FileStore;
  keeper: FileKeeper;
  reader: PdfReader;
  thumbnails: Thumbnails;
  limits: UploadLimits;
}

export function createUploads(parts: UploadParts): (upload: Upload) => Promise<PdfFacts> {
  const { store, keeper, limits } = parts;
  const underWay: string[] = [];
  return async (upload) => {
    const { by, from } = upload;
    const mine = underWay.filter((one) => one === by).length;
    if (underWay.length >= mostAtOnce || mine >= mostPerPerson)
      throw new AppError(tooManyRequests, 'uploads-busy', { retryAfterSeconds: tryAgainSeconds });
    underWay.push(by);
    let received: Received | null = null;
    try {
      const announced = Number(from.headers['content-length'] ?? 0);
      if (announced > limits.maxBytes) throw tooLargeError(limits);
      if (announced > (await store.roomLeft())) throw new AppError(outOfRoom, 'storage-full');
      received = await store.receive(Readable.from(onlyPdf(from), { objectMode: false }), limits.maxBytes);
      return await take(parts, upload, received);
    } catch (error) {
      throw inWords(error, upload, limits, keeper);
    } finally {
      from.resume();
      if (received) await store.drop(received);
      underWay.splice(underWay.indexOf(by), 1);
    }
  };
}

const tooLargeError = ({ maxBytes }: UploadLimits) =>
  new AppError(tooLarge, 'pdf-too-large', { limitMb: Math.floor(maxBytes / 1024 / 1024) });

function inWords(error: unknown, { isGone }: Upload, limits: UploadLimits, keeper: FileKeeper): unknown {
  if (error instanceof TooManyBytes) return tooLargeError(limits);
  if (isDiskFull(error)) {
    void keeper.sweep();
    return new AppError(outOfRoom, 'storage-full');
  }
  const { code } = error as NodeJS.ErrnoException;
  if (!(error instanceof AppError) && (isGone() || code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE'))
    return new AppError(400, 'upload-cut');
  return error;
}

const headLength = 64;
/** By what it holds, not by what it is called: what begins as something else is something else, whatever follows. */
const beginsAsPdf = (head: Buffer) => /^(?:\xef\xbb\xbf)?[\s\0]*%PDF-\d/.test(head.toString('latin1'));

/** Ends with the first bytes of what is no PDF, so that nobody waits for the rest. */
async function* onlyPdf(from: IncomingMessage): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  // Not ended with the loop: the answer, which says why, goes over the same connection.
  for await (const chunk of from.iterator({ destroyOnReturn: false })) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < headLength) continue;
    if (!beginsAsPdf(head.subarray(0, headLength))) throw new AppError(unprocessable, 'not-a-pdf');
    yield head;
    head = null;
  }
  if (!head) return;
  if (head.length === 0) throw new AppError(unprocessable, 'pdf-empty');
  if (!beginsAsPdf(head)) throw new AppError(unprocessable, 'not-a-pdf');
  yield head;
}

const reasons = {
  encrypted: 'pdf-encrypted',
  damaged: 'pdf-damaged',
  empty: 'pdf-empty',
  'too-many-pages': 'pdf-too-many-pages',
  'too-slow': 'pdf-too-slow',
} as const;

async function take(parts: UploadParts, upload: Upload, received: Received): Promise<PdfFacts> {
  const { db, log, store, keeper, reader, thumbnails, limits } = parts;
  const { sessionId, materialId, by } = upload;
  const read = await reader.inspect(received.path, limits.maxPages);
  if ('unreadable' in read) throw new AppError(unprocessable, reasons[read.unreadable], { limit: limits.maxPages });
  if (upload.isGone()) throw new AppError(400, 'upload-cut');
  await keepFile(db, store, { sessionId, materialId }, received);
  const { hash: file, bytes } = received;
  const facts = { name: nameOf(upload.fileName), ...read, bytes, file };
  // The material's id is the command's too: sent twice, it is added once.
  const command = { id: materialId, type: 'materials.add', body: { material: materialId, by, ...facts } };
  const outcome = await log.submit(sessionId, { kind: 'system' }, command);
  if (!outcome.ok) {
    await forgetFile(db, { sessionId, materialId });
    await keeper.sweep();
    throw new AppError(conflict, outcome.refusal.code, outcome.refusal.details);
  }
  thumbnails.prepare(file, read.pages);
  return { kind: 'pdf', id: materialId, downloadable: false, ...facts };
}

/** What the file is called where it comes from, without its folder and its ending. */
export function nameOf(fileName: string): string {
  const last = fileName.split(/[/\\]/).findLast((part) => !/^\s*\.{0,2}\s*$/.test(part)) ?? '';
  return cleanName(last.replace(/\.pdf$/i, '')) || 'Presentation';
}
