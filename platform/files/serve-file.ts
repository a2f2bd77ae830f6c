// Owns answering with a stored file: whole or a range, known by its content, and harmless wherever it is opened.
import { createReadStream } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface ServedFile {
  path: string;
  bytes: number;
  hash: string;
  type: string;
  /** Null: to be shown, not to be saved. */
  saveAs: string | null;
}

/** What somebody uploaded runs nothing and reaches nothing, also when its address is opened in a tab. */
const sealed = "sandbox; default-src 'none'; frame-ancestors 'none'";

export function serveFile(request: FastifyRequest, reply: FastifyReply, file: ServedFile): FastifyReply {
  const tag = `"${file.hash}"`;
  reply.headers({
    etag: tag,
    'accept-ranges': 'bytes',
    // Whoever may see it no longer is asked again; whoever still may gets no byte twice.
    'cache-control': 'private, no-cache',
    'content-security-policy': sealed,
    'x-content-type-options': 'nosniff',
    'content-disposition': file.saveAs === null ? 'inline' : attachment(file.saveAs),
  });
  if (namesTag(request.headers['if-none-match'], tag)) return reply.code(304).send();
  reply.type(file.type);
  const condition = request.headers['if-range'];
  const range = condition === undefined || condition === tag ? rangeOf(request.headers.range, file.bytes) : null;
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.bytes}`).send();
  if (!range) {
    reply.header('content-length', file.bytes);
    return reply.send(createReadStream(file.path));
  }
  reply.code(206).headers({
    'content-range': `bytes ${range.start}-${range.end}/${file.bytes}`,
    'content-length': range.end - range.start + 1,
  });
  return reply.send(createReadStream(file.path, range));
}

const namesTag = (header: string | undefined, tag: string) =>
  header?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag || one.trim() === '*');

/** Null: the whole file, also for what asks for several ranges at once. `end` is inside. */
export function rangeOf(header: string | undefined, bytes: number): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [, from = '', to = ''] = match;
  if (from === '') {
    const length = Math.min(Number(to), bytes);
    return length === 0 ? 'unsatisfiable' : { start: bytes - length, end: bytes - 1 };
  }
  const start = Number(from);
  const end = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (start >= bytes) return 'unsatisfiable';
  return start > end ? null : { start, end };
}

/** A name for every system: plain for old readers, whole for the others (RFC 6266, RFC 8187). */
export function attachment(name: string): string {
  const safe = name.replace(/[\p{Cc}/\\:*?"<>|]/gu, '-').replace(/^\.+/, '');
  const plain = safe.replace(/[^\x20-\x7e]/g, '_').replace(/[%;]/g, '_');
  const whole = encodeURIComponent(safe.toWellFormed()).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
