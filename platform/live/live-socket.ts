// Owns one socket: what it says, in which order it is heard, how fast, and how it ends. What a viewer sees is stream-hub.ts's.
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { RawData, WebSocket } from 'ws';
import type { Clock } from '#platform/clock/clock.ts';
import type { Command, Log, Refusal } from '#platform/log/contract.ts';
import type { Login } from './login.ts';
import { encode } from './messages.ts';
import type { PresenceRows } from './presence-rows.ts';
import type { ClientMessage, Hello } from './protocol.ts';
import { clientMessage, closeCodes, protocolVersion } from './protocol.ts';
import type { Rate } from './rate-limit.ts';
import { RateLimit } from './rate-limit.ts';
import type { StreamHub } from './stream-hub.ts';
import { Viewer } from './stream-hub.ts';
import type { FollowedKind } from './stream-kind.ts';

export interface LiveSocketOptions {
  log: Log;
  kinds: readonly FollowedKind[];
  presence: PresenceRows;
  logger: Pick<Logger, 'warn' | 'error'>;
  clock: Clock;
  build: string;
  commandRate: Rate;
  /** Beyond this and what a hello asked for, a reader is too slow: it is closed, and comes back for the tail or the slice. */
  maxBufferedBytes: number;
  helloWithinMs: number;
}

/** Any message at all. Whoever is beyond this is broken or hostile. */
const messageRate: Rate = { perSecond: 100, burst: 300 };
/** A hello costs far more than a command. */
const helloRate: Rate = { perSecond: 1, burst: 10 };
/** A slow reader gets no close message through its full buffer. */
const closeWithinMs = 3_000;
const streamIdShape = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

type Watching = { kind: FollowedKind; hub: StreamHub; viewer: Viewer; streamId: string };

export function closeInTime(socket: WebSocket, code: number): void {
  socket.close(code);
  const timer = setTimeout(() => socket.terminate(), closeWithinMs);
  socket.once('close', () => clearTimeout(timer));
}

export class LiveSocket {
  readonly login: Login;
  /** Pings since the last sign of life; live-server.ts counts. */
  missedPings = 0;
  private readonly connectionId = randomUUID();
  private readonly socket: WebSocket;
  private readonly stream: Duplex;
  private readonly options: LiveSocketOptions;
  private readonly inbox: (Hello | (Command & { t: 'command' }))[] = [];
  private readonly messages: RateLimit;
  private readonly commands: RateLimit;
  private readonly hellos: RateLimit;
  private readonly helloTimer: NodeJS.Timeout;
  private draining = false;
  private closed = false;
  private greeted = false;
  /** Of what the last hello asked for, since nothing waited: were it not let through whole, its reader would come back for the same, on and on. */
  private owedBytes = 0;
  private watching: Watching | null = null;

  /** `stream` is what `socket` runs on. */
  constructor(socket: WebSocket, stream: Duplex, login: Login, options: LiveSocketOptions) {
    this.socket = socket;
    this.stream = stream;
    this.login = login;
    this.options = options;
    const now = options.clock.elapsedMs();
    this.messages = new RateLimit(messageRate, now);
    this.commands = new RateLimit(options.commandRate, now);
    this.hellos = new RateLimit(helloRate, now);
    this.helloTimer = setTimeout(() => this.close(closeCodes.comeBack), options.helloWithinMs);
    socket.on('message', (data, isBinary) => this.onMessage(data, isBinary));
    socket.on('pong', () => {
      this.missedPings = 0;
    });
    // ws closes by itself after an error (too large, invalid UTF-8, a broken connection).
    socket.on('error', () => undefined);
    socket.on('close', () => this.end());
  }

  ping(): void {
    this.missedPings++;
    this.socket.ping();
  }

  terminate(): void {
    this.end();
    this.socket.terminate();
  }

  close(code: number): void {
    if (this.closed) return;
    this.end();
    closeInTime(this.socket, code);
  }

  /** Nothing is heard on it any more, though its peer may not know yet. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** From here on nothing is heard and nothing sent, whatever is still under way. */
  private end(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.helloTimer);
    this.inbox.length = 0;
    this.stopWatching();
    this.options.presence.remove(this.connectionId);
  }

  private send(bytes: Buffer, owed = false): void {
    if (this.closed) return;
    const waiting = this.stream.writableLength;
    if (waiting === 0) this.owedBytes = 0;
    if (waiting > this.options.maxBufferedBytes + this.owedBytes) {
      this.close(closeCodes.comeBack);
      return;
    }
    if (owed) this.owedBytes += bytes.length;
    // Ours are whole frames, and so are those that ws writes on the same stream: pongs and the close.
    if (this.socket.readyState === this.socket.OPEN) this.stream.write(bytes);
  }

  private onMessage(data: RawData, isBinary: boolean): void {
    if (this.closed) return;
    this.missedPings = 0;
    const message = isBinary ? null : parseMessage(data);
    const now = this.options.clock.elapsedMs();
    if (!message || this.messages.take(now) > 0 || !this.maySay(message, now)) {
      this.close(closeCodes.badMessage);
      return;
    }
    if (message.t === 'ping') {
      this.send(encode({ t: 'pong', now: this.instant() }));
      return;
    }
    if (message.t === 'hello') {
      clearTimeout(this.helloTimer);
      this.greeted = true;
    } else {
      const retryAfterMs = this.commands.take(now);
      if (retryAfterMs > 0) {
        this.refuse(message.id, { code: 'too-fast', details: { retryAfterMs } });
        return;
      }
    }
    this.inbox.push(message);
    if (!this.draining) void this.drain();
  }

  private maySay(message: ClientMessage, nowMs: number): boolean {
    if (message.t === 'hello') return this.hellos.take(nowMs) === 0;
    return message.t === 'ping' || this.greeted;
  }

  /** One after the other: a command that failed must not be overtaken by the next. */
  private async drain(): Promise<void> {
    this.draining = true;
    try {
      for (let message = this.inbox.shift(); message; message = this.inbox.shift()) {
        await (message.t === 'hello' ? this.greet(message) : this.carryOut(message));
      }
    } catch (error) {
      // Unknown whether it was stored: no answer, and the client sends what is unanswered again, with the same ids.
      this.options.logger.warn({ error, personId: this.login.personId }, 'a socket is closed because its message failed');
      this.close(closeCodes.comeBack);
    }
    this.draining = false;
  }

  private async greet(hello: Hello): Promise<void> {
    const { presence, build } = this.options;
    if (hello.v < protocolVersion) return this.close(closeCodes.tooOld);
    // A newer browser met a server that is about to be replaced.
    if (hello.v > protocolVersion) return this.close(closeCodes.comeBack);
    const { personId } = this.login;
    const streamId = hello.stream;
    this.stopWatching();
    // Whoever asks again without having read gets nothing on top.
    this.owedBytes = 0;
    const kind = streamIdShape.test(streamId) ? await this.kindOf(personId, streamId) : null;
    if (this.closed) return;
    if (!kind) return this.close(closeCodes.notFound);
    const hub = await kind.hubs.acquire(streamId);
    if (this.closed) return kind.hubs.release(streamId);
    const viewer = new Viewer({ kind: 'person', personId, as: hello.as }, (bytes, owed) => this.send(bytes, owed));
    this.watching = { kind, hub, viewer, streamId };
    presence.put(this.connectionId, { streamId, personId, as: hello.as, opening: hello.opening });
    this.send(encode({ t: 'welcome', v: protocolVersion, now: this.instant(), build, personId }));
    await hub.attach(viewer, hello.have, () => !this.closed);
  }

  private async kindOf(personId: string, streamId: string): Promise<FollowedKind | null> {
    for (const kind of this.options.kinds) if (await kind.admission.maySee(personId, streamId)) return kind;
    return null;
  }

  private stopWatching(): void {
    if (!this.watching) return;
    const { kind, hub, viewer, streamId } = this.watching;
    this.watching = null;
    hub.detach(viewer);
    kind.hubs.release(streamId);
  }

  private async carryOut({ id, type, body }: Command): Promise<void> {
    if (!this.watching) return;
    const { kind, viewer, streamId } = this.watching;
    const parsed = kind.decider.parseCommand(type, body);
    if (!parsed.ok) return this.refuse(id, { code: 'bad-message' });
    const outcome = await this.options.log.submit(streamId, viewer.actor, { id, type, body: parsed.body });
    if (outcome.ok) this.send(encode({ t: 'ack', id }));
    else this.refuse(id, outcome.refusal);
  }

  private refuse(id: string, refusal: Refusal): void {
    this.send(encode({ t: 'refused', id, refusal }));
  }

  private instant(): string {
    return new Date(this.options.clock.now()).toISOString();
  }
}

function parseMessage(data: RawData): ClientMessage | null {
  try {
    const parsed = clientMessage.safeParse(JSON.parse(data.toString()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
