// Owns a person in the fault tests: the browser's own store on a real socket. It comes back and sends again as a browser does, and remembers what it was shown.
import { isDeepStrictEqual } from 'node:util';
import { WebSocket } from 'ws';
import { LiveStore } from '#platform/live/client/live-store.ts';
import type { ServerMessage } from '#platform/live/protocol.ts';
import { liveSocketPath } from '#platform/live/protocol.ts';
import type { Audience, AudienceEvent } from '#platform/log/contract.ts';
import type { AllSlice, BackstageSlice, SessionState } from '#session/state.ts';
import { allOf, backstageOf, evolveSlice, initialSlice } from '#session/state.ts';

const patienceMs = 120_000;

export interface PersonOptions {
  name: string;
  cookie: string;
  stream: string;
  as: 'speaker' | 'participant';
  /** Where the server is now, as its pages know it. */
  origin: () => string;
  /** Where to connect to, when something lies in between. */
  address?: () => string;
}

export class Person {
  readonly name: string;
  readonly store: LiveStore<SessionState>;
  /** Every event that was ever shown, by audience and number, as it came. */
  readonly shown = new Map<Audience, Map<number, AudienceEvent>>();
  /** What must never happen on a socket: a hole, a step back, one number with two contents. */
  readonly wrong: string[] = [];
  readonly acknowledged: string[] = [];
  readonly closeCodes: number[] = [];
  sockets = 0;
  bytes = 0;
  private pongs = 0;
  private socket: WebSocket | null = null;
  private readonly watchers = new Set<() => void>();

  constructor({ name, cookie, stream, as, origin, address = origin }: PersonOptions) {
    this.name = name;
    this.store = new LiveStore<SessionState>({
      url: '',
      streamId: stream,
      as,
      initialSlice,
      evolveSlice,
      openSocket: () => this.open(address(), { cookie, origin: origin() }),
    });
    this.store.subscribe(() => this.changed());
  }

  get state(): SessionState {
    return this.store.read().slices;
  }
  get all(): AllSlice {
    return allOf(this.state);
  }
  get backstage(): BackstageSlice {
    return backstageOf(this.state);
  }
  get isOpen(): boolean {
    return this.store.read().status.is === 'open';
  }
  get id(): string {
    return this.store.read().personId ?? '';
  }

  /** Resolves when it is committed, however often the connection breaks meanwhile. */
  async say(text: string, channel: 'everyone' | 'backstage' = 'everyone'): Promise<void> {
    await this.store.submit('chat.send', { channel, text });
    this.acknowledged.push(text);
    this.changed();
  }

  until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.watchers.delete(look);
      };
      const look = () => {
        if (!condition()) return;
        done();
        resolve();
      };
      const timer = setTimeout(() => {
        done();
        const { status } = this.store.read();
        reject(new Error(`${this.name} waited in vain for ${what}; ${JSON.stringify({ status, closes: this.closeCodes })}`));
      }, patienceMs);
      this.watchers.add(look);
    });
  }

  /** The connection ends without a goodbye. */
  cut(): void {
    this.socket?.terminate();
  }
  /** Reads nothing more, or goes on reading. */
  pause(): void {
    this.socket?.pause();
  }
  resume(): void {
    this.socket?.resume();
  }
  /** Resolves when the server has answered: its sockets are being heard. */
  ping(): Promise<void> {
    const before = this.pongs;
    this.socket?.send(JSON.stringify({ t: 'ping' }));
    return this.until(() => this.pongs > before, 'a pong');
  }
  leave(): void {
    this.store.close();
    this.socket?.terminate();
  }

  private open(address: string, headers: Record<string, string>) {
    const socket = new WebSocket(`${address.replace(/^http/, 'ws')}${liveSocketPath}`, { headers });
    this.socket = socket;
    this.sockets++;
    const last = new Map<Audience, number>();
    const browserSocket = {
      send: (text: string) => socket.send(text),
      close: () => socket.terminate(),
      onopen: null as (() => void) | null,
      onmessage: null as ((event: { data: unknown }) => void) | null,
      onclose: null as ((event: { code: number }) => void) | null,
    };
    socket.on('open', () => browserSocket.onopen?.());
    socket.on('message', (data) => {
      const text = String(data);
      this.bytes += Buffer.byteLength(text);
      this.witness(JSON.parse(text) as ServerMessage, last);
      browserSocket.onmessage?.({ data: text });
      this.changed();
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.closeCodes.push(code);
      browserSocket.onclose?.({ code });
      this.changed();
    });
    return browserSocket;
  }

  private witness(message: ServerMessage, last: Map<Audience, number>): void {
    if (message.t === 'pong') this.pongs++;
    if (message.t === 'slice') last.set(message.audience, message.seq);
    if (message.t === 'gone') last.delete(message.audience);
    if (message.t !== 'frame') return;
    const { audience, events } = message;
    const shown = this.shown.get(audience) ?? new Map<number, AudienceEvent>();
    this.shown.set(audience, shown);
    for (const event of events) {
      const before = last.get(audience);
      if (before !== undefined && event.seq !== before + 1) this.wrong.push(`${audience}: ${before}, then ${event.seq}`);
      last.set(audience, event.seq);
      const earlier = shown.get(event.seq);
      if (earlier && !isDeepStrictEqual(earlier, event)) this.wrong.push(`${audience} ${event.seq} was shown in two ways`);
      shown.set(event.seq, event);
    }
  }

  private changed(): void {
    for (const look of [...this.watchers]) look();
  }
}
