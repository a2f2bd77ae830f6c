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

export interface Connection {
  /** False when there is no open socket. */
  send(message: ClientMessage): boolean;
  /** The server has answered: the next break begins with the shortest pause again. */
  settled(): void;
  /** The network is back, or the tab was opened again: no pause now. */
  hurry(): void;
  stop(): void;
}

const shortestPauseMs = 300;
const longestPauseMs = 5000;
const pingEveryMs = 10_000;
const answerWithinMs = 10_000;
/** From here on the server says that coming back is of no use. */
const firstFinalCode = 4400;

export function pauseMs(attempt: number, random: () => number): number {
  const longest = Math.min(longestPauseMs, shortestPauseMs * 2 ** attempt);
  // At least half of it, so that a thousand tabs spread out and none of them hammers.
  return longest / 2 + (longest / 2) * random();
}

export function createConnection(options: ConnectionOptions): Connection {
  const random = options.random ?? Math.random;
  let socket: Socket | null = null;
  let isOpen = false;
  let stopped = false;
  let attempt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let pings: ReturnType<typeof setInterval> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const abandon = () => {
    clearInterval(pings);
    clearTimeout(silence);
    silence = undefined;
    isOpen = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    socket = null;
  };

  const lost = () => {
    abandon();
    if (stopped) return;
    clearTimeout(retry);
    retry = setTimeout(open, pauseMs(attempt++, random));
    options.onDown();
  };

  const ping = () => {
    if (!isOpen) return;
    socket?.send(JSON.stringify({ t: 'ping' } satisfies ClientMessage));
    // Counted from the ping, not from the last message: a sleeping tab must not take its own sleep for a dead line.
    silence ??= setTimeout(lost, answerWithinMs);
  };

  function open() {
    clearTimeout(retry);
    retry = undefined;
    const opened = options.openSocket();
    socket = opened;
    // A socket that neither opens nor closes (a captive portal) is given up as well.
    silence = setTimeout(lost, answerWithinMs);
    opened.onopen = () => {
      isOpen = true;
      pings = setInterval(ping, pingEveryMs);
      options.onOpen();
    };
    opened.onmessage = (event) => {
      clearTimeout(silence);
      silence = undefined;
      options.onMessage(JSON.parse(String(event.data)) as ServerMessage);
    };
    opened.onclose = (event) => {
      if (event.code >= firstFinalCode) {
        stop();
        options.onClosed(event.code);
      } else lost();
    };
  }

  function stop() {
    stopped = true;
    clearTimeout(retry);
    abandon();
  }

  open();
  return {
    send(message) {
      if (!isOpen || !socket) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    settled: () => {
      attempt = 0;
    },
    hurry() {
      if (stopped) return;
      if (isOpen) ping();
      else {
        abandon();
        open();
      }
    },
    stop,
  };
}
