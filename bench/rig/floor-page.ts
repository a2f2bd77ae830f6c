// Owns building and serving a bare page. What it does is its folder's page.ts's.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import type { LivekitAddress } from './livekit-rooms.ts';
import { signToken } from './livekit-rooms.ts';

export interface FloorPerson {
  identity: string;
  room: string;
  publish: boolean;
  /** Whether the token allows it already; as `publish`, where nothing is said. */
  mayPublish?: boolean;
  signalPort: number;
}

export interface FloorPage {
  /** The page's address for somebody in a LiveKit room; `signalPort` is where its signalling goes. */
  addressOf(who: FloorPerson): string;
  close(): Promise<void>;
}

const kinds: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' };

/** Each page is built alone: what one needs must not change how another is cut. */
export async function openFloorPage(
  livekit: LivekitAddress,
  page: 'floor' | 'stage-floor' | 'move-floor' = 'floor',
): Promise<FloorPage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stagedoor-floor-'));
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, page),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'esnext', modulePreload: false, chunkSizeWarningLimit: 2000 },
  });
  const server = createServer(async (request, response) => {
    const wanted = new URL(request.url ?? '/', 'http://floor').pathname;
    const file = path.join(folder, wanted === '/' ? 'index.html' : wanted);
    const content = file.startsWith(folder) ? await readFile(file).catch(() => null) : null;
    response.writeHead(content ? 200 : 404, { 'content-type': kinds[path.extname(file)] ?? 'application/octet-stream' });
    response.end(content ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    addressOf({ identity, room, publish, mayPublish = publish, signalPort }) {
      const token = signToken(livekit, identity, { roomJoin: true, room, canSubscribe: true, canPublish: mayPublish });
      const given = JSON.stringify({ url: `ws://127.0.0.1:${signalPort}`, token, publish });
      // Another query every time: a changed fragment alone would not load the page anew.
      return `http://127.0.0.1:${port}/?${Date.now()}#${encodeURIComponent(given)}`;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
