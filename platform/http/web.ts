// Owns serving the built web: precompressed files, long-lived assets, and one page for every address that is not a file.
import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#platform/errors/app-error.ts';

const yearSeconds = 31_536_000;

/** `webDir` holds index.html, assets/ with content hashes in the names, and .br and .gz beside the files. */
export async function registerWeb(app: FastifyInstance, webDir: string): Promise<void> {
  if (!existsSync(webDir)) {
    app.setNotFoundHandler(() => {
      throw new AppError(404, 'not-found');
    });
    return;
  }
  await app.register(fastifyStatic, {
    root: webDir,
    preCompressed: true,
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders(reply, path) {
      const hashed = path.includes('/assets/') || path.includes('/fonts/');
      reply.header('cache-control', hashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache');
    },
  });
  app.get('/', (_request, reply) => reply.sendFile('index.html'));
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && !request.url.startsWith('/api/') && !/\.[a-z0-9]+(\?|$)/i.test(request.url);
    if (!page) throw new AppError(404, 'not-found');
    return reply.sendFile('index.html');
  });
}
