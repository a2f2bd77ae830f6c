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

const kinds: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
};

export interface BarePage {
  /** The page's address, with what it is to do. Another one every time: a changed fragment alone would not load the page anew. */
  addressOf(given: unknown): string;
  close(): Promise<void>;
}

/** A folder below `rig`. Each page is built alone: what one needs must not change how another is cut. `more`: files beside the page's own, by their path. */
export async function serveBarePage(page: string, more: ReadonlyMap<string, string | Buffer> = new Map()): Promise<BarePage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stagedoor-floor-'));
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, page),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'esnext', modulePreload: false, chunkSizeWarningLimit: 2000 },
  });
  const find = async (wanted: string): Promise<Buffer | null> => {
    const known = more.get(wanted);
    if (known !== undefined && typeof known !== 'string') return known;
    const file = known ?? path.join(folder, wanted === '/' ? 'index.html' : wanted);
    return known || file.startsWith(folder) ? readFile(file).catch(() => null) : null;
  };
  const server = createServer(async (request, response) => {
    const wanted = new URL(request.url ?? '/', 'http://floor').pathname;
    const content = await find(wanted);
    const kind = kinds[wanted === '/' ? '.html' : path.extname(wanted)] ?? 'application/octet-stream';
    response.writeHead(content ? 200 : 404, { 'content-type': kind });
    response.end(content ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    addressOf: (given) => `http://127.0.0.1:${port}/?${Date.now()}#${encodeURIComponent(JSON.stringify(given))}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function openFloorPage(
  livekit: LivekitAddress,
  page: 'floor' | 'stage-floor' | 'move-floor' = 'floor',
): Promise<FloorPage> {
  const { addressOf, close } = await serveBarePage(page);
  return {
    addressOf({ identity, room, publish, mayPublish = publish, signalPort }) {
      const token = signToken(livekit, identity, { roomJoin: true, room, canSubscribe: true, canPublish: mayPublish });
      return addressOf({ url: `ws://127.0.0.1:${signalPort}`, token, publish });
    },
    close,
  };
}
