// Owns a place between LiveKit and app servers where its webhooks can be lost, held back, doubled, put into another order or sent elsewhere.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mediaWebhookPath } from '#platform/media/contract.ts';

/** One webhook as LiveKit sent it. */
export interface Told {
  body: string;
  authorization: string;
}

export interface WebhookRelay {
  /** LiveKit sends its webhooks here. It is always told that all is well. */
  url: string;
  /** What happens with each. Default: it is lost. */
  onTold: (told: Told) => void;
  close(): Promise<void>;
}

export async function startWebhookRelay(): Promise<WebhookRelay> {
  const server = createServer(async (request, answer) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    answer.writeHead(200).end();
    relay.onTold({ body, authorization: request.headers.authorization ?? '' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const relay: WebhookRelay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    onTold: () => undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return relay;
}

/** Answers the app server's status; 0 when it is not there. */
export function passOn(origin: string, { body, authorization }: Told): Promise<number> {
  const headers = { 'content-type': 'application/webhook+json', ...(authorization ? { authorization } : {}) };
  return fetch(`${origin}${mediaWebhookPath}`, { method: 'POST', headers, body }).then(
    (answer) => answer.status,
    () => 0,
  );
}
