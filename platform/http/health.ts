// Owns the health page: what each part says of itself. The launcher and a load balancer read it.
import type { FastifyInstance } from 'fastify';

export interface PartHealth {
  status: 'ok' | 'degraded' | 'down';
  /** For people who run the server; never a secret, never text from outside. */
  note?: string;
}
export type HealthCheck = () => Promise<PartHealth>;
export interface HealthAnswer {
  status: PartHealth['status'];
  parts: Record<string, PartHealth>;
}

const checkTimeoutMs = 3000;

/** GET /api/health: 200 while the server can work (also degraded), 503 when a part that it can't work without is down. */
export function registerHealth(app: FastifyInstance, checks: Record<string, HealthCheck>, essential: readonly string[]): void {
  app.get('/api/health', async (_request, reply) => {
    const entries = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await within(check)] as const));
    const parts = Object.fromEntries(entries);
    const down = essential.some((name) => parts[name]?.status === 'down');
    const degraded = Object.values(parts).some((part) => part.status !== 'ok');
    const answer: HealthAnswer = { status: down ? 'down' : degraded ? 'degraded' : 'ok', parts };
    return reply.code(down ? 503 : 200).send(answer);
  });
}

async function within(check: HealthCheck): Promise<PartHealth> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PartHealth>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'down', note: 'no answer' }), checkTimeoutMs);
  });
  const answer = check().catch((): PartHealth => ({ status: 'down', note: 'failed' }));
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
