// Owns the cookie that carries a login's token. What the token is worth, logins.ts decides.
import type { IncomingHttpHeaders } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import type { FastifyReply } from 'fastify';

export interface LoginCookie {
  read(headers: IncomingHttpHeaders): string | null;
  write(reply: FastifyReply, token: string, maxAgeMs: number): void;
  clear(reply: FastifyReply): void;
}

export function createLoginCookie(publicUrl: string): LoginCookie {
  const secure = publicUrl.startsWith('https:');
  // With the prefix, browsers let neither a sub-domain nor plain HTTP plant one.
  const name = secure ? '__Host-stagedoor-login' : 'stagedoor-login';
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    read: (headers) => (headers.cookie ? (fastifyCookie.parse(headers.cookie)[name] ?? null) : null),
    write: (reply, token, maxAgeMs) => reply.setCookie(name, token, { ...attributes, maxAge: Math.floor(maxAgeMs / 1000) }),
    clear: (reply) => reply.clearCookie(name, attributes),
  };
}
