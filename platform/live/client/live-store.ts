// Owns the browser's end of a live stream: holds the viewer's slices, sends commands, knows the server's clock. Outside React; use-live.ts reads it.
import type { ServerMessage } from '#platform/live/protocol.ts';
import { closeCodes, protocolVersion } from '#platform/live/protocol.ts';
import type { Refusal, Slices } from '#platform/log/contract.ts';
import { ApiError } from '#platform/ui/api.ts';
import type { Socket } from './connection.ts';
import { Connection } from './connection.ts';
import type { Folding, Held } from './held-slices.ts';
import { haveOf, nothingHeld, take } from './held-slices.ts';
import { createOutbox, newCommandId } from './outbox.ts';

/** `since` and all other instants here are milliseconds of the browser's own clock. */
export type LiveStatus =
  | { is: 'connecting' }
  | { is: 'open' }
  | { is: 'reconnecting'; since: number }
  | { is: 'closed'; code: number };

export interface LiveSnapshot<S extends Slices> {
  status: LiveStatus;
  /** Absent slices are at their initial value, or not ours. */
  slices: S;
  /** Who the server takes us for; null until it has answered. */
  personId: string | null;
}

export interface LiveStoreOptions extends Folding {
  url: string;
  streamId: string;
  as: 'speaker' | 'participant';
  /** Which opening of the page this is by now. */
  opening?: () => string;
  /** This page can no longer talk to the server: load it anew at a harmless moment. */
  onTooOld?: () => void;
  openSocket?: (url: string) => Socket;
  random?: () => number;
}

const tooFast = 'too-fast';
const slowDownMs = 1000;

const codeOfClose: Record<number, string> = {
  [closeCodes.signedOut]: 'signed-out',
  [closeCodes.notFound]: 'not-found',
  [closeCodes.tooOld]: 'unknown-command',
  [closeCodes.tooMany]: 'too-many-pages',
};

export class LiveStore<S extends Slices = Slices> {
  readonly #options: LiveStoreOptions;
  readonly #connection: Connection;
  readonly #outbox = createOutbox();
  readonly #listeners = new Set<() => void>();
  readonly #stopHurrying: () => void;
  #held: Held = nothingHeld;
  #snapshot: LiveSnapshot<S> = { status: { is: 'connecting' }, slices: {} as S, personId: null };
  #offsetMs = 0;
  /** True from our hello to the server's welcome: what arrives in between may have holes that are being filled. */
  #greeting = false;

  constructor(options: LiveStoreOptions) {
    this.#options = options;
    const openSocket = options.openSocket ?? ((url: string) => new WebSocket(url) as unknown as Socket);
    this.#connection = new Connection({
      openSocket: () => openSocket(options.url),
      onOpen: () => this.#greet(),
      onMessage: (message) => this.#received(message),
      onDown: () => {
        if (this.#snapshot.status.is === 'open') this.#publish({ status: { is: 'reconnecting', since: Date.now() } });
      },
      onClosed: (code) => this.#closed(code),
      random: options.random,
    });
    this.#stopHurrying = hurryOnReturn(this.#connection.hurry);
    this.#connection.open();
  }

  readonly read = (): LiveSnapshot<S> => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Milliseconds since 1970 by the server's clock. */
  readonly serverNow = (): number => Date.now() + this.#offsetMs;

  /** Resolves when the command is committed, rejects with the refusal. A lost connection only delays it. */
  readonly submit = (type: string, body: Record<string, unknown>): Promise<void> => {
    const { status } = this.#snapshot;
    if (status.is === 'closed') return Promise.reject(new ApiError(0, codeOfClose[status.code] ?? 'internal'));
    const command = { id: newCommandId(), type, body };
    const answer = this.#outbox.add(command);
    if (status.is === 'open') this.#connection.send({ t: 'command', ...command });
    return answer;
  };

  close(): void {
    this.#stopHurrying();
    this.#connection.stop();
    this.#outbox.failAll('network');
    this.#listeners.clear();
  }

  /** The page counts as opened anew: the server hears of it at once. */
  openAgain(): void {
    this.#greet();
  }

  #greet(): void {
    this.#greeting = true;
    const { streamId: stream, as, opening } = this.#options;
    this.#connection.send({ t: 'hello', v: protocolVersion, stream, as, opening: opening?.(), have: haveOf(this.#held) });
  }

  #received(message: ServerMessage): void {
    switch (message.t) {
      case 'welcome':
        this.#welcomed(message);
        break;
      case 'pong':
        this.#offsetMs = Date.parse(message.now) - Date.now();
        break;
      case 'ack':
        this.#outbox.acknowledged(message.id);
        break;
      case 'refused':
        this.#refused(message.id, message.refusal);
        break;
      default: {
        const taken = take(this.#held, message, this.#options);
        this.#held = taken.held;
        if (taken.hole && !this.#greeting) this.#greet();
        this.#publish({});
      }
    }
  }

  #refused(id: string, { code, details }: Refusal): void {
    const command = this.#outbox.all().find((one) => one.id === id);
    // Not an answer to what was asked, only to how fast: the same is sent again when the server said.
    if (code === tooFast && command) {
      setTimeout(() => this.#connection.send({ t: 'command', ...command }), Number(details?.retryAfterMs ?? slowDownMs));
    } else this.#outbox.refused(id, code, details);
  }

  #welcomed(message: Extract<ServerMessage, { t: 'welcome' }>): void {
    if (message.v !== protocolVersion) {
      this.#connection.stop();
      this.#closed(closeCodes.tooOld);
      return;
    }
    this.#greeting = false;
    this.#connection.settled();
    this.#offsetMs = Date.parse(message.now) - Date.now();
    for (const command of this.#outbox.all()) this.#connection.send({ t: 'command', ...command });
    this.#publish({ status: { is: 'open' }, personId: message.personId });
  }

  #closed(code: number): void {
    this.#stopHurrying();
    this.#outbox.failAll(codeOfClose[code] ?? 'internal');
    this.#publish({ status: { is: 'closed', code } });
    if (code === closeCodes.tooOld) this.#options.onTooOld?.();
  }

  #publish(change: Partial<LiveSnapshot<S>>): void {
    const slices = this.#held.slices as S;
    if (Object.keys(change).length === 0 && this.#snapshot.slices === slices) return;
    this.#snapshot = { ...this.#snapshot, ...change, slices };
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The network has come or gone, or the tab is looked at again after a sleep. */
function hurryOnReturn(hurry: () => void): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const onVisible = () => document.visibilityState === 'visible' && hurry();
  window.addEventListener('online', hurry);
  window.addEventListener('offline', hurry);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    window.removeEventListener('online', hurry);
    window.removeEventListener('offline', hurry);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
