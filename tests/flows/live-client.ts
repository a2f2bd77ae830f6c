// Owns a person's socket in the flow tests: the real protocol over `ws`, folding like a browser, waiting for states.
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { ServerMessage } from '#platform/live/protocol.ts';
import { liveSocketPath, protocolVersion } from '#platform/live/protocol.ts';
import type { Audience, AudienceEvent, Refusal } from '#platform/log/contract.ts';
import type { AllSlice, BackstageSlice, SessionState } from '#session/state.ts';
import { allOf, backstageOf, evolveSlice, initialSlice } from '#session/state.ts';
import type { SentCommand } from './accepted-commands.ts';

const patienceMs = 15_000;

export interface LiveClientOptions {
  /** Origin of the server, e.g. `http://127.0.0.1:3000`. */
  origin: string;
  cookie: string;
  stream: string;
  as: 'speaker' | 'participant';
  /** How a stream of another kind is folded. */
  folding?: { evolveSlice: typeof evolveSlice; initialSlice: typeof initialSlice };
}

export class LiveClient {
  readonly options: LiveClientOptions;
  readonly slices: Record<string, unknown> = {};
  readonly heads = new Map<Audience, number>();
  /** Everything received, as it came over the wire. */
  readonly wire: string[] = [];
  readonly events: { audience: Audience; event: AudienceEvent }[] = [];
  /** Every command of this person, answered or not. */
  readonly sent: SentCommand[] = [];
  closedWith: number | null = null;
  personId = '';
  private greeted = false;
  private socket: WebSocket | null = null;
  private readonly answers = new Map<string, (answer: Refusal | null) => void>();
  private readonly watchers = new Set<() => void>();

  constructor(options: LiveClientOptions) {
    this.options = options;
  }

  get state(): SessionState {
    return this.slices as SessionState;
  }
  get all(): AllSlice {
    return allOf(this.state);
  }
  get backstage(): BackstageSlice {
    return backstageOf(this.state);
  }

  /** Opens a socket and says hello with what is known. Resolves when the first state is there, or the server closed. */
  async connect(): Promise<this> {
    const { origin, cookie, stream, as } = this.options;
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}${liveSocketPath}`, { headers: { cookie, origin } });
    this.socket = socket;
    this.closedWith = null;
    this.greeted = false;
    socket.on('open', () => {
      const have = [...this.heads].map(([audience, seq]) => ({ audience, seq }));
      socket.send(JSON.stringify({ t: 'hello', v: protocolVersion, stream, as, have }));
    });
    socket.on('message', (data) => this.socket === socket && this.receive(String(data)));
    const close = (code: number) => {
      // The end of an earlier socket says nothing of this one.
      if (this.socket !== socket) return;
      this.closedWith = code;
      this.changed();
    };
    socket.on('close', close);
    socket.on('error', () => close(1006));
    await this.until(() => (this.greeted && this.heads.size > 0) || this.closedWith !== null, 'the first state');
    return this;
  }

  /** Null when acknowledged, else the refusal. */
  send(type: string, body: Record<string, unknown> = {}, id = randomUUID()): Promise<Refusal | null> {
    this.sent.push({ stream: this.options.stream, personId: this.personId, id });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No answer to ${type}`)), patienceMs);
      this.answers.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.sendRaw(JSON.stringify({ t: 'command', id, type, body }));
    });
  }

  sendRaw(text: string | Buffer): void {
    this.socket?.send(text);
  }

  /** Waits for a state; fails with the last one after a while. */
  until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.watchers.delete(watcher);
        reject(
          new Error(
            `Waited in vain for ${what}; closed with ${this.closedWith}; state ${JSON.stringify(this.slices).slice(0, 2000)}`,
          ),
        );
      }, patienceMs);
      const watcher = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.watchers.delete(watcher);
        resolve();
      };
      this.watchers.add(watcher);
    });
  }

  /** Cuts the socket without a goodbye. */
  cut(): void {
    this.socket?.terminate();
  }

  async close(): Promise<void> {
    const { socket } = this;
    if (!socket || socket.readyState === WebSocket.CLOSED) return;
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.close();
    });
  }

  private receive(text: string): void {
    this.wire.push(text);
    const message = JSON.parse(text) as ServerMessage;
    switch (message.t) {
      case 'welcome':
        this.greeted = true;
        this.personId = message.personId;
        break;
      case 'slice':
        this.slices[message.audience] = message.state;
        this.heads.set(message.audience, message.seq);
        break;
      case 'frame':
        this.fold(message.audience, message.events);
        break;
      case 'gone':
        delete this.slices[message.audience];
        this.heads.delete(message.audience);
        break;
      case 'ack':
        this.answers.get(message.id)?.(null);
        break;
      case 'refused':
        this.answers.get(message.id)?.(message.refusal);
        break;
      case 'pong':
        break;
    }
    this.changed();
  }

  private fold(audience: Audience, events: AudienceEvent[]): void {
    for (const event of events) {
      const head = this.heads.get(audience) ?? 0;
      if (event.seq <= head) continue;
      if (event.seq !== head + 1) throw new Error(`A hole in ${audience}: ${head} then ${event.seq}`);
      const folding = this.options.folding ?? { evolveSlice, initialSlice };
      this.slices[audience] = folding.evolveSlice(audience, this.slices[audience] ?? folding.initialSlice(audience), event);
      this.heads.set(audience, event.seq);
      this.events.push({ audience, event });
    }
  }

  private changed(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}
