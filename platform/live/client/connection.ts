// Owns one socket after the other: opening, pings, noticing a dead one, coming back with growing pauses. What is said on it is live-store.ts.
import type { ClientMessage, ServerMessage } from '#platform/live/protocol.ts';

/** What we use of a WebSocket. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export interface ConnectionOptions {
  openSocket(): Socket;
  onOpen(): void;
  onMessage(message: ServerMessage): void;
  /** The socket is gone; another attempt follows by itself. */
  onDown(): void;
  /** The server does not want us back (codes from 4400 on). */
  onClosed(code: number): void;
  random?: () => number;
}

const shortestPauseMs = 300;
const longestPauseMs = 5000;
const pingEveryMs = 10_000;
const answerWithinMs = 10_000;
/** When the browser has said that something happened to the network. */
const hurriedAnswerMs = 3000;
/** From here on the server says that coming back is of no use. */
const firstFinalCode = 4400;

export function pauseMs(attempt: number, random: () => number): number {
  const longest = Math.min(longestPauseMs, shortestPauseMs * 2 ** attempt);
  // At least half of it, so that a thousand tabs spread out and none of them hammers.
  return longest / 2 + (longest / 2) * random();
}

export class Connection {
  readonly #options: ConnectionOptions;
  #socket: Socket | null = null;
  #isOpen = false;
  #stopped = false;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pings: ReturnType<typeof setInterval> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  open(): void {
    clearTimeout(this.#retry);
    const socket = this.#options.openSocket();
    this.#socket = socket;
    // A socket that neither opens nor closes (a captive portal) is given up as well.
    this.#silence = setTimeout(this.#lost, answerWithinMs);
    socket.onopen = () => {
      this.#isOpen = true;
      this.#pings = setInterval(this.#ping, pingEveryMs);
      this.#options.onOpen();
    };
    socket.onmessage = (event) => {
      clearTimeout(this.#silence);
      this.#silence = undefined;
      this.#options.onMessage(JSON.parse(String(event.data)) as ServerMessage);
    };
    socket.onclose = (event) => {
      if (event.code < firstFinalCode) this.#lost();
      else {
        this.stop();
        this.#options.onClosed(event.code);
      }
    };
  }

  /** False when there is no open socket. */
  send(message: ClientMessage): boolean {
    if (!this.#isOpen || !this.#socket) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** The server has answered: the next break begins with the shortest pause again. */
  settled(): void {
    this.#attempt = 0;
  }

  /** The network has come or gone, or the tab is looked at again: no pause now, and no long trust in an open socket. */
  readonly hurry = (): void => {
    if (this.#stopped) return;
    if (this.#isOpen) {
      clearTimeout(this.#silence);
      this.#silence = undefined;
      this.#ask(hurriedAnswerMs);
    } else {
      this.#abandon();
      this.open();
    }
  };

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#abandon();
  }

  readonly #ping = (): void => this.#ask(answerWithinMs);

  #ask(withinMs: number): void {
    if (!this.send({ t: 'ping' })) return;
    // Counted from the ping, not from the last message: a sleeping tab must not take its own sleep for a dead line.
    this.#silence ??= setTimeout(this.#lost, withinMs);
  }

  readonly #lost = (): void => {
    this.#abandon();
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.open(), pauseMs(this.#attempt++, this.#options.random ?? Math.random));
    this.#options.onDown();
  };

  #abandon(): void {
    clearInterval(this.#pings);
    clearTimeout(this.#silence);
    this.#silence = undefined;
    this.#isOpen = false;
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }
}
