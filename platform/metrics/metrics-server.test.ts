// The metrics page: our gauges and the process's own, on a port of its own, nothing else there.
import { expect, test } from 'vitest';
import { startMetrics } from './metrics-server.ts';

test('tells the gauges as they are when asked', async () => {
  let sockets = 3;
  const metrics = await startMetrics({
    host: '127.0.0.1',
    port: 0,
    gauges: { sockets: { help: 'Open sockets', read: () => sockets } },
  });
  const read = async () => (await fetch(`http://127.0.0.1:${metrics.port}/metrics`)).text();
  expect(await read()).toContain('stagedoor_sockets 3');
  sockets = 4;
  const text = await read();
  expect(text).toContain('stagedoor_sockets 4');
  expect(text).toContain('stagedoor_process_resident_memory_bytes');
  expect((await fetch(`http://127.0.0.1:${metrics.port}/`)).status).toBe(404);
  await metrics.close();
});

test('a taken port is an error at the start', async () => {
  const first = await startMetrics({ host: '127.0.0.1', port: 0, gauges: {} });
  await expect(startMetrics({ host: '127.0.0.1', port: first.port, gauges: {} })).rejects.toThrow('EADDRINUSE');
  await first.close();
});
