// Owns the figures for those who run the server: Prometheus text on a port of its own, which browsers never reach.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export interface MetricsOptions {
  host: string;
  port: number;
  /** Read when somebody asks: name and explanation to value. */
  gauges: Record<string, { help: string; read: () => number }>;
}

export interface MetricsServer {
  port: number;
  close(): Promise<void>;
}

/** GET /metrics in Prometheus' text format; everything else is 404. Rejects when the port is taken. */
export async function startMetrics({ host, port, gauges }: MetricsOptions): Promise<MetricsServer> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'stagedoor_' });
  for (const [name, { help, read }] of Object.entries(gauges)) {
    new Gauge({
      name: `stagedoor_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
