// Owns the proof that a taken port is noticed, replaced where nobody else relies on it, and refused by name where somebody does.
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadSettings } from '#platform/config/settings.ts';
import { freePortAfter, portIs } from './ports.ts';
import { settlePorts } from './settle-ports.ts';

let dataDir: string;
let servers: { close: () => unknown }[];
beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'stagedoor-ports-'));
  servers = [];
});
afterEach(() => {
  for (const server of servers) server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function takeTcp(host: string, port = 0): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, resolve);
  });
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

async function takeUdp(port = 0): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
  servers.push(socket);
  return socket.address().port;
}

const tcp = (port: number, host = '127.0.0.1') => portIs({ protocol: 'tcp', port, host });

describe('portIs', () => {
  test('notices who listens on it, on any address of this machine', async () => {
    expect(await tcp(await takeTcp('127.0.0.1'))).toBe('taken');
    expect(await tcp(await takeTcp('0.0.0.0'))).toBe('taken');
    const free = await takeTcp('127.0.0.1');
    servers.pop()?.close();
    expect(await tcp(free)).toBe('free');
  });

  test('notices who would catch a browser that is sent to localhost', async () => {
    // Where there is no ::1, nobody can listen on it.
    const port = await takeTcp('::1').catch(() => null);
    if (port !== null) expect(await tcp(port)).toBe('taken');
  });

  test('knows UDP from TCP', async () => {
    // Free for TCP a moment ago: a number of chance may be another program's.
    const port = await takeUdp(await takeTcp('127.0.0.1').finally(() => servers.pop()?.close()));
    expect(await portIs({ protocol: 'udp', port, host: '127.0.0.1' })).toBe('taken');
    expect(await tcp(port)).toBe('free');
  });
});

test('the next free port passes over those in use and those given away', async () => {
  const port = await takeTcp('127.0.0.1');
  const next = await freePortAfter({ variable: 'PORT', protocol: 'tcp', port: port - 1, host: '127.0.0.1' }, new Set([port + 1]));
  expect(next).toBeGreaterThan(port + 1);
});

async function settle(env: Record<string, string>, mode: 'start' | 'serve' | 'dev' = 'start') {
  const said: string[] = [];
  const all = { DATA_DIR: dataDir, ...env };
  const settled = await settlePorts(all, loadSettings(all, mode), (line) => said.push(line));
  return { said, settled, config: loadSettings(settled.env, mode).config };
}

describe('npm start', () => {
  test('moves each taken port, says so, and announces the address that works', async () => {
    const web = await takeTcp('127.0.0.1');
    const sfu = await takeTcp('127.0.0.1');
    const media = await takeUdp();
    const { said, settled, config } = await settle({
      PORT: String(web),
      LIVEKIT_PORT: String(sfu),
      LIVEKIT_UDP_PORT: String(media),
    });
    expect(said).toHaveLength(3);
    expect(said[0]).toBe(`Port ${web} is taken; PORT is ${config.port} this time.`);
    expect(config.port).not.toBe(web);
    expect(config.publicUrl).toBe(`http://localhost:${config.port}`);
    expect(config.livekit.url).toBe(`http://127.0.0.1:${settled.env.LIVEKIT_PORT}`);
    expect(new Set([settled.env.PORT, settled.env.LIVEKIT_PORT, settled.env.LIVEKIT_UDP_PORT, String(web)]).size).toBe(4);
  });

  test('keeps the port that a PUBLIC_URL set by hand names', async () => {
    const port = String(await takeTcp('127.0.0.1'));
    await expect(settle({ PORT: port, PUBLIC_URL: `http://localhost:${port}` })).rejects.toThrow(
      `PORT: port ${port} (TCP) is taken`,
    );
  });
});

describe('npm run serve', () => {
  test('names every taken port and the way out', async () => {
    const web = String(await takeTcp('127.0.0.1'));
    const sfu = String(await takeTcp('127.0.0.1'));
    const serve = settle(
      { PORT: web, LIVEKIT_PORT: sfu, PUBLIC_URL: 'https://events.example.org', MEDIA_IP: '203.0.113.7' },
      'serve',
    );
    await expect(serve).rejects.toThrow(
      `PORT: port ${web} (TCP) is taken by another program. End that one, or set PORT to a free port.\nLIVEKIT_PORT: port ${sfu}`,
    );
  });
});

test('npm run dev puts the app server on a port behind the public one', async () => {
  const { settled, config } = await settle({}, 'dev');
  expect(config.port).not.toBe(settled.publicPort);
  expect(config.publicUrl).toBe(`http://localhost:${settled.publicPort}`);
});
