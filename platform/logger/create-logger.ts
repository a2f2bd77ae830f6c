// Owns the server's log lines: JSON on standard output, with secrets blotted out. What is worth a line is each part's own business.
import type { DestinationStream, Logger } from 'pino';
import { pino, stdSerializers } from 'pino';

const secretNames = ['password', 'cookie', 'authorization', 'access_token', 'secret', 'token', 'apiSecret'];
/** A name at the top, in an object, and in an object's object (`req.headers.cookie`). */
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Signalling addresses of the SFU carry their token in the query. */
const hideTokens = (url: string) => url.replace(/([?&](?:access_token|token)=)[^&#]*/g, '$1[hidden]');

/** LiveKit repeats in its error text the token that it refused. */
const hideSignedTokens = (text: string) => text.replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '[hidden]');

function serializeError(error: Error): object {
  const plain = stdSerializers.err(error);
  if (typeof plain?.message !== 'string') return plain;
  return { ...plain, message: hideSignedTokens(plain.message), stack: hideSignedTokens(plain.stack ?? '') };
}

export function createLogger(level: 'debug' | 'info' | 'warn' | 'error' | 'silent', destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: {
      paths: [...secretPaths, '*.headers["set-cookie"]', '*["set-cookie"]'],
      censor: '[hidden]',
    },
    serializers: {
      error: serializeError,
      err: serializeError,
      url: (url: unknown) => (typeof url === 'string' ? hideTokens(url) : url),
      req: (request: { method?: string; url?: string; ip?: string }) => ({
        method: request.method,
        url: hideTokens(request.url ?? ''),
        ip: request.ip,
      }),
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
