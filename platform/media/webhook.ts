// Owns the door for LiveKit's webhooks: checked against the API secret, then taken as a hint and nothing more. They can be late, lost or out of order.
import type { FastifyInstance } from 'fastify';
import type { WebhookEvent } from 'livekit-server-sdk';
import { WebhookReceiver } from 'livekit-server-sdk';
import type { Config } from '#platform/config/contract.ts';
import { AppError } from '#platform/errors/app-error.ts';
import { mediaWebhookPath } from './contract.ts';

const largestBytes = 256 * 1024;

/** The signature covers the body byte by byte, so it must not be parsed before. */
export function registerWebhook(
  app: FastifyInstance,
  { apiKey, apiSecret }: Config['livekit'],
  onEvent: (event: WebhookEvent) => void,
): void {
  const receiver = new WebhookReceiver(apiKey, apiSecret);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: largestBytes }, (_request, body, done) => done(null, body));
    scope.post(mediaWebhookPath, async (request, reply) => {
      const body = typeof request.body === 'string' ? request.body : '';
      const event = await receiver.receive(body, request.headers.authorization).catch(() => {
        throw new AppError(401, 'bad-signature');
      });
      onEvent(event);
      return reply.code(204).send();
    });
  });
}
