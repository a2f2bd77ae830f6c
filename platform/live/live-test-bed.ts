// Owns what the tests of the live server share: a small kind of stream, a server on a real log, and a viewer that folds. Only tests import it.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { Db } from '#platform/db/contract.ts';
import { answerUpgrades } from '#platform/http/upgrades.ts';
import type { Actor, Audience, AudienceEvent, Decider, Decision, Log, Slices } from '#platform/log/contract.ts';
import { refuse } from '#platform/log/contract.ts';
import { createLog } from '#platform/log/log.ts';
import type { LiveLimits, LiveServer } from './live-server.ts';
import { createLiveServer } from './live-server.ts';
import type { Login, Logins } from './login.ts';
import type { ServerMessage } from './protocol.ts';

export const origin = 'https://stage.example';
export const quiet = pino({ level: 'silent' });

export interface Board {
  notes: string[];
  hosts: string[];
}
const emptyBoard: Board = { notes: [], hosts: [] };
const shapes: Record<string, (body: Record<string, unknown>) => boolean> = {
  'board.post': (body) => typeof body.text === 'string' && typeof body.audience === 'string',
  'board.set-hosts': (body) => Array.isArray(body.hosts),
  'board.break': () => true,
};

/** Notes per audience. Hosts who joined as speakers belong to `backstage`. */
export const board: Decider = {
  kind: 'board',
  parseCommand(type, body) {
    return shapes[type]?.(body as Record<string, unknown>) ? { ok: true, body: body as Record<string, unknown> } : { ok: false };
  },
  initialSlice: () => emptyBoard,
  evolveSlice(_audience, slice, event) {
    const state = slice as Board;
    if (event.type === 'board.hosts-set') return { ...state, hosts: event.body.hosts as string[] };
    return { ...state, notes: [...state.notes, event.body.text as string] };
  },
  decide(_state, { type, body }): Decision {
    switch (type) {
      case 'board.post':
        if (body.text === 'rude') return refuse('rude', { words: 1 });
        return { events: [{ audience: body.audience as Audience, type: 'board.posted', body: { text: body.text } }] };
      case 'board.set-hosts':
        return { events: [{ audience: 'all', type: 'board.hosts-set', body: { hosts: body.hosts } }] };
      default:
        throw new Error('broken on purpose');
    }
  },
  consequences: (_state, facts) => facts,
  upcast: (event: AudienceEvent) => event,
  timers: () => [],
  summary: () => ({}),
};

const hostsOf = (state: Slices): string[] => ((state.all as Board | undefined) ?? emptyBoard).hosts;
export function boardAudiences(state: Slices, viewer: Actor): Audience[] {
  if (viewer.kind === 'system') return [];
  const own: Audience[] = ['all', `person:${viewer.personId}`];
  return viewer.as === 'speaker' && hostsOf(state).includes(viewer.personId) ? [...own, 'backstage'] : own;
}

export interface TestServer {
  http: Server;
  url: string;
  live: LiveServer;
  log: Log;
  endLogin(ended: { loginId: string } | { personId: string }): void;
  /** Streams that nobody may see. */
  hidden: Set<string>;
  close(): Promise<void>;
}

/** Cookie `login=<login id>.<person id>`; anything else is nobody. */
function loginFrom(cookie: string | undefined): Login | null {
  const [, loginId, personId] = /^login=([^.]+)\.(.+)$/.exec(cookie ?? '') ?? [];
  return loginId && personId ? { loginId, personId } : null;
}

export async function startServer(db: Db, limits: Partial<LiveLimits> = {}): Promise<TestServer> {
  const log = await createLog({ db, deciders: [board], logger: quiet, pollMs: 30 });
  const listeners = new Set<Parameters<Logins['onEnded']>[0]>();
  const hidden = new Set<string>();
  const server = createServer();
  const live = createLiveServer({
    log,
    db,
    logger: quiet,
    logins: {
      find: async (headers) => loginFrom(headers.cookie),
      onEnded(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    admission: { maySee: async (_personId, streamId) => !hidden.has(streamId) },
    build: 'build-1',
    allowedOrigins: [origin],
    decider: board,
    viewerAudiences: boardAudiences,
    audiencesDependOn: (state) => [hostsOf(state)],
    limits: { frameGapMs: 5, ...limits },
  });
  answerUpgrades(server, [live.door]);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    http: server,
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/live`,
    live,
    log,
    endLogin: (ended) => {
      for (const listener of listeners) listener(ended);
    },
    hidden,
    async close() {
      await live.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await log.stop();
    },
  };
}

export async function createBoard(db: Db, log: Log, hosts: string[] = []): Promise<string> {
  const id = randomUUID();
  const facts = [{ audience: 'all' as const, type: 'board.hosts-set', body: { hosts } }];
  await db.transaction((tx) => log.appendFacts(tx, id, facts, { kind: 'board' }));
  return id;
}

export const system: Actor = { kind: 'system' };
export function post(log: Log, streamId: string, audience: Audience, text: string): Promise<unknown> {
  return log.submit(streamId, system, { id: randomUUID(), type: 'board.post', body: { audience, text } });
}

/** A browser as protocol.ts describes it: holds slices, folds frames, asks for what is missing. */
export class TestViewer {
  readonly personId: string;
  readonly as: 'speaker' | 'participant';
  readonly loginId = randomUUID();
  readonly slices = new Map<Audience, { seq: number; state: unknown }>();
  readonly received: ServerMessage[] = [];
  holes = 0;
  closeCode: number | null = null;
  socket: WebSocket | null = null;

  constructor(personId: string = randomUUID(), as: 'speaker' | 'participant' = 'participant') {
    this.personId = personId;
    this.as = as;
  }

  open(url: string, headers: Record<string, string> = { origin }): Promise<this> {
    const socket = new WebSocket(url, { headers: { cookie: `login=${this.loginId}.${this.personId}`, ...headers } });
    this.socket = socket;
    this.closeCode = null;
    socket.on('message', (data) => {
      if (this.socket === socket) this.receive(JSON.parse(data.toString()) as ServerMessage);
    });
    socket.on('close', (code) => {
      if (this.socket === socket) this.closeCode = code;
    });
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(this));
      socket.on('error', reject);
    });
  }

  async join(url: string, stream: string): Promise<this> {
    await this.open(url);
    this.received.length = 0;
    this.hello(stream);
    await this.until(() => this.received.some((message) => message.t === 'welcome'));
    return this;
  }

  hello(stream: string, v = 1): void {
    const have = [...this.slices].map(([audience, { seq }]) => ({ audience, seq }));
    this.say({ t: 'hello', v, stream, as: this.as, have });
  }

  say(message: unknown): void {
    this.socket?.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  command(type: string, body: unknown, id: string = randomUUID()): string {
    this.say({ t: 'command', id, type, body });
    return id;
  }

  answer(id: string): ServerMessage | undefined {
    return this.received.find((message) => (message.t === 'ack' || message.t === 'refused') && message.id === id);
  }

  /** Leaves without a word, as a lost network does. */
  drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.on('error', () => undefined);
    socket?.terminate();
  }

  until(condition: () => unknown): Promise<void> {
    return expect.poll(condition, { timeout: 8000, interval: 5 }).toBeTruthy();
  }

  notes(audience: Audience): string[] | undefined {
    return (this.slices.get(audience)?.state as Board | undefined)?.notes;
  }

  private receive(message: ServerMessage): void {
    this.received.push(message);
    if (message.t === 'slice') this.slices.set(message.audience, { seq: message.seq, state: message.state });
    if (message.t === 'gone') this.slices.delete(message.audience);
    if (message.t !== 'frame') return;
    const slice = this.slices.get(message.audience);
    if (!slice || message.from > slice.seq + 1) {
      this.holes++;
      return;
    }
    for (const event of message.events) {
      if (event.seq <= slice.seq) continue;
      slice.state = board.evolveSlice(message.audience, slice.state, event);
      slice.seq = event.seq;
    }
  }
}
