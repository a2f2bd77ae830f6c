// Owns how slowly a body may come: a small one within a time, an upload as long as it takes while it goes on. Whoever is slower is cut off, and holds nothing for nothing. Headers have Node's own limit.
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface BodyPace {
  /** For a whole body. */
  longestMs: number;
  /** An upload brings at least so many bytes in every such time. */
  windowMs: number;
  leastBytes: number;
}

/** As much comes over a telephone line with a modem. */
export const usualBodyPace: BodyPace = { longestMs: 300_000, windowMs: 30_000, leastBytes: 128 * 1024 };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its bodies are large: they have a pace instead of a time. */
    isUpload?: boolean;
  }
}

const hasBody = ({ headers }: FastifyRequest) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

export function keepBodyPace(app: FastifyInstance, { longestMs, windowMs, leastBytes }: BodyPace): void {
  app.addHook('onRequest', async (request) => {
    if (!hasBody(request)) return;
    const { raw } = request;
    const { socket } = raw;
    const isUpload = request.routeOptions.config.isUpload === true;
    let before = socket.bytesRead;
    const look = () => {
      const brought = socket.bytesRead - before;
      before = socket.bytesRead;
      if (raw.complete) clearInterval(clock);
      else if (!isUpload || brought < leastBytes) socket.destroy();
    };
    const clock = setInterval(look, isUpload ? windowMs : longestMs);
    clock.unref();
    raw.once('close', () => clearInterval(clock));
  });
}
