// Owns the browser's end of a live stream: holds the viewer's slices, sends commands, knows the server's clock. Outside React; use-live.ts reads it.
import type { ServerMessage } from '#platform/live/protocol.ts';
import { closeCodes, protocolVersion } from '#platform/live/protocol.ts';
import type { Slices } from '#platform/log/contract.ts';
import { ApiError } from '#platform/ui/api.ts';
import type { Socket } from './connection.ts';
import { createConnection } from './connection.ts';
import type { Folding, Held } from './held-slices.ts';
import { haveOf, nothingHeld, take } from './held-slices.ts';
import { createOutbox } from './outbox.ts';

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

export interface LiveStore<S extends Slices = Slices> {
  read(): LiveSnapshot<S>;
  subscribe(listener: () => void): () => void;
  /** Resolves when the command is committed, rejects with the refusal. A lost connection only delays it. */
  submit(type: string, body: Record<string, unknown>): Promise<void>;
  /** Milliseconds since 1970 by the server's clock. */
  serverNow(): number;
  close(): void;
}

export interface LiveStoreOptions extends Folding {
  url: string;
  streamId: string;
  as: 'speaker' | 'participant';
  /** One per browser tab, kept over reloads. */
  tab: string;
  /** This page can no longer talk to the server: load it anew at a harmless moment. */
  onTooOld?: () => void;
  openSocket?: (url: string) => Socket;
  random?: () => number;
}

const codeOfClose: Record<number, string> = {
  [closeCodes.signedOut]: 'signed-out',
  [closeCodes.forbidden]: 'not-allowed',
  [closeCodes.notFound]: 'not-found',
  [closeCodes.tooOld]: 'unknown-command',
};

export function createLiveStore<S extends Slices = Slices>(options: LiveStoreOptions): LiveStore<S> {
  const outbox = createOutbox();
  const listeners = new Set<() => void>();
  let held: Held = nothingHeld;
  let snapshot: LiveSnapshot<S> = { status: { is: 'connecting' }, slices: {} as S, personId: null };
  let offsetMs = 0;
  /** True from our hello to the server's welcome: what arrives in between may have holes that are being filled. */
  let greeting = false;

  const publish = (change: Partial<LiveSnapshot<S>>) => {
    const slices = held.slices as S;
    if (Object.keys(change).length === 0 && snapshot.slices === slices) return;
    snapshot = { ...snapshot, ...change, slices };
    for (const listener of [...listeners]) listener();
  };

  const greet = () => {
    greeting = true;
    const { streamId: stream, as, tab } = options;
    connection.send({ t: 'hello', v: protocolVersion, stream, as, tab, have: haveOf(held) });
  };

  const welcomed = (message: Extract<ServerMessage, { t: 'welcome' }>) => {
    if (message.v !== protocolVersion) {
      closed(closeCodes.tooOld);
      connection.stop();
      return;
    }
    greeting = false;
    connection.settled();
    offsetMs = Date.parse(message.now) - Date.now();
    for (const command of outbox.all()) connection.send({ t: 'command', ...command });
    publish({ status: { is: 'open' }, personId: message.personId });
  };

  const received = (message: ServerMessage) => {
    switch (message.t) {
      case 'welcome':
        return welcomed(message);
      case 'pong':
        offsetMs = Date.parse(message.now) - Date.now();
        return;
      case 'ack':
        return outbox.acknowledged(message.id);
      case 'refused':
        return outbox.refused(message.id, message.refusal.code, message.refusal.details);
      default: {
        const taken = take(held, message, options);
        held = taken.held;
        if (taken.hole && !greeting) greet();
        publish({});
      }
    }
  };

  function closed(code: number) {
    detach();
    outbox.failAll(codeOfClose[code] ?? 'internal');
    publish({ status: { is: 'closed', code } });
    if (code === closeCodes.tooOld) options.onTooOld?.();
  }

  const openSocket = options.openSocket ?? ((url: string) => new WebSocket(url) as unknown as Socket);
  const connection = createConnection({
    openSocket: () => openSocket(options.url),
    onOpen: greet,
    onMessage: received,
    onDown() {
      if (snapshot.status.is === 'open') publish({ status: { is: 'reconnecting', since: Date.now() } });
    },
    onClosed: closed,
    ...(options.random ? { random: options.random } : {}),
  });
  const detach = hurryOnReturn(connection.hurry);

  return {
    read: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    submit(type, body) {
      const { status } = snapshot;
      if (status.is === 'closed') return Promise.reject(new ApiError(0, codeOfClose[status.code] ?? 'internal'));
      const command = { id: crypto.randomUUID(), type, body };
      const answer = outbox.add(command);
      if (status.is === 'open') connection.send({ t: 'command', ...command });
      return answer;
    },
    serverNow: () => Date.now() + offsetMs,
    close() {
      detach();
      connection.stop();
      outbox.failAll('network');
      listeners.clear();
    },
  };
}

/** The network is back, or the tab is looked at again after a sleep. */
function hurryOnReturn(hurry: () => void): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const onVisible = () => document.visibilityState === 'visible' && hurry();
  window.addEventListener('online', hurry);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    window.removeEventListener('online', hurry);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
