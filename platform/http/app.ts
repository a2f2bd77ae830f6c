// Owns the HTTP server that every part registers its routes on: headers, errors in one shape, same-origin writes, the built web.
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify, { LogController } from 'fastify';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import { isFull } from '#platform/db/contract.ts';
import type { ErrorBody } from '#platform/errors/app-error.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { type BodyPace, keepBodyPace, usualBodyPace } from './body-pace.ts';
import { ownOrigins } from './origins.ts';

export interface HttpOptions {
  /** Origin under which browsers reach us. */
  publicUrl: string;
  logger: Logger;
  bodyPace?: BodyPace;
}

/** Largest JSON body, in bytes. Uploads have their own route and limit. */
const maxBodyBytes = 256 * 1024;
const longestHeadersMs = 15_000;

export async function createHttpApp({ publicUrl, logger, bodyPace = usualBodyPace }: HttpOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger.child({ part: 'http' }, { level: logger.level === 'debug' ? 'debug' : 'warn' }),
    logController: new LogController({ disableRequestLogging: logger.level !== 'debug' }),
    bodyLimit: maxBodyBytes,
    // A reverse proxy on the same machine is believed about the client's address; nobody else is.
    trustProxy: 'loopback',
    forceCloseConnections: true,
    // Whoever writes slowly would hold a connection for nothing: Node's minute for headers is long, and for bodies it has one time for all.
    requestTimeout: 0,
    http: { headersTimeout: longestHeadersMs, connectionsCheckingInterval: 5_000 },
  }) as unknown as FastifyInstance;
  keepBodyPace(app, bodyPace);
  await app.register(cookie);
  await app.register(helmet, securityHeaders(publicUrl));
  app.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self)');
  });
  const origins = ownOrigins(publicUrl);
  app.addHook('onRequest', async (request) => refuseForeignWrites(request, origins));
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler(answerError);
  return app;
}

/** What the IFrame API consists of, and where its frame comes from: these two files' places and this host, nothing else of YouTube. */
const videoScripts = ['https://www.youtube.com/iframe_api', 'https://www.youtube.com/s/player/'];
const videoFrames = 'https://www.youtube-nocookie.com';

function securityHeaders(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  // Older Safari does not count a WebSocket of the same host as 'self'.
  // A policy can't name an address in brackets; there, 'self' must do.
  const named = [...ownOrigins(publicUrl)].filter((origin) => !origin.includes('['));
  const socketOrigins = named.map((origin) => origin.replace(/^http/, 'ws'));
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // WebAssembly decodes PDF images and virtual backgrounds; no other evaluation of text as code. YouTube: docs/adr/0009-video.md.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...videoScripts],
        frameSrc: [videoFrames],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", ...socketOrigins],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 15_552_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' as const },
  };
}

/** Server-to-server calls prove themselves otherwise (a signed body). */
const signedPaths = new Set(['/api/media/webhook']);
const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

function refuseForeignWrites(request: FastifyRequest, origins: ReadonlySet<string>): void {
  if (readingMethods.has(request.method) || signedPaths.has(request.url)) return;
  if (!origins.has(request.headers.origin ?? '')) throw new AppError(403, 'foreign-origin');
}

function answerError(error: FastifyError | AppError | ZodError, request: FastifyRequest, reply: FastifyReply): void {
  const send = (status: number, code: string, details: ErrorBody['error']['details'] = {}) =>
    reply.code(status).send({ error: { code, details } } satisfies ErrorBody);
  if (error instanceof AppError) {
    if (error.details.retryAfterSeconds) reply.header('retry-after', String(error.details.retryAfterSeconds));
    send(error.status, error.code, error.details);
    return;
  }
  if (error instanceof ZodError) {
    send(422, 'invalid', { field: error.issues[0]?.path.join('.') ?? '' });
    return;
  }
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status && status >= 400 && status < 500) {
    send(status, status === 413 ? 'too-large' : 'bad-request');
    return;
  }
  if (isFull(error)) {
    send(503, 'storage-full');
    return;
  }
  request.log.error({ err: error, method: request.method, url: request.url.split('?')[0] }, 'a request failed');
  send(500, 'internal');
}
