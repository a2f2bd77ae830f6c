// Owns a real LiveKit server for tests: started on free loopback ports, killed and started again on the same ones.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { LivekitWish } from '#media/livekit-config.ts';
import { livekitConfig } from '#media/livekit-config.ts';
import type { Config } from '#platform/config/contract.ts';
import { ensureLivekit } from '#tools/launcher/livekit-binary.ts';
import { eventually } from './eventually.ts';

export interface TestLivekit {
  config: Config['livekit'];
  start(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGSTOP: its ports stay open, and nothing answers. */
  freeze(): void;
  thaw(): void;
  remove(): Promise<void>;
}

export async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

/** `STAGEDOOR_LIVEKIT` names a binary to use instead of the pinned one. */
const binaryPath = () => process.env.STAGEDOOR_LIVEKIT ?? ensureLivekit({ say: () => undefined });

export interface LivekitOptions {
  webhookUrl: string;
  /** Instead of what a machine of this size carries. */
  mostTracks?: number;
}

export async function prepareLivekit({ webhookUrl, mostTracks }: LivekitOptions): Promise<TestLivekit> {
  const [binary, port, udpPort] = await Promise.all([binaryPath(), freeTcpPort(), freeUdpPort()]);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'stagedoor-livekit-'));
  const wish: LivekitWish = {
    port,
    tcpPort: 0,
    udpPort,
    mediaIp: '127.0.0.1',
    servesOthers: false,
    apiKey: 'test-key',
    apiSecret: randomBytes(32).toString('base64url'),
    webhookUrl,
    logLevel: 'error',
  };
  const file = path.join(folder, 'livekit.yaml');
  const told = JSON.parse(livekitConfig(wish).replace(/^#.*\n/, ''));
  if (mostTracks !== undefined) told.limit.num_tracks = mostTracks;
  await writeFile(file, JSON.stringify(told), { mode: 0o600 });
  const url = `http://127.0.0.1:${port}`;
  let ended: Promise<unknown> = Promise.resolve();
  let signal: (name: NodeJS.Signals) => void = () => undefined;

  const kill = async () => {
    signal('SIGKILL');
    await ended;
  };
  return {
    config: { url, apiKey: wish.apiKey, apiSecret: wish.apiSecret },
    async start() {
      const child = spawn(binary, ['--config', file], { stdio: 'ignore' });
      ended = once(child, 'exit');
      signal = (name) => void child.kill(name);
      await eventually(async () => (await fetch(url)).ok);
    },
    kill,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async remove() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
