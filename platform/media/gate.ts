// Owns the door between browsers and LiveKit: who passes, into which LiveKit room, with which rights. Keeping it so afterwards is reconcile.ts's business.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '#platform/errors/app-error.ts';
import type { Login } from '#platform/live/login.ts';
import type { Snapshot } from '#platform/log/contract.ts';
import type { MediaLogger, MediaOptions } from './contract.ts';
import type { FreshRead } from './fresh-reads.ts';
import type { Placed } from './grants.ts';
import { sameRights } from './grants.ts';
import type { KnownRooms } from './known-rooms.ts';
import type { EndedLogin, Passage } from './passages.ts';
import { createPassages, matchesLogin, signedOut } from './passages.ts';
import type { Ration } from './ration.ts';
import type { Sfu } from './sfu.ts';
import type { Dialled } from './sfu-socket.ts';
import { acceptanceOf, dialSfu, joinSockets } from './sfu-socket.ts';
import type { Sight } from './sight.ts';
import type { SignalPath } from './signal-path.ts';
import type { Watches } from './watches.ts';

export interface GateOptions
  extends Pick<MediaOptions, 'livekit' | 'logins' | 'admission' | 'placementOf' | 'openRoomsOf' | 'allowedOrigins'> {
  logger: MediaLogger;
  read: FreshRead;
  watches: Watches;
  rooms: KnownRooms;
  sfu: Sfu;
  ration: Ration;
  sight: Sight;
  /** LiveKit may differ from the state in this stream. */
  nudge(streamId: string): void;
  /** LiveKit closed a socket: it may be away. */
  suspect(): void;
  letInWithinMs?: number;
}

export interface Gate {
  upgrade(signal: SignalPath, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Throws what the upgrade would have been refused with. */
  validate(signal: SignalPath, headers: IncomingHttpHeaders): Promise<void>;
  /** Shuts the sockets that no longer belong; answers whose rights are others now. */
  onChange(streamId: string, after: Snapshot): string[];
  streams(): string[];
  stop(): void;
}

/** livekit-client waits 15 s for its socket. */
const defaultLetInWithinMs = 12_000;

const no = (code: string) => new AppError(403, code);
const unsure = (code: string) => new AppError(503, code);

export function createGate(options: GateOptions): Gate {
  const { livekit, logins, admission, logger, read, watches, rooms, sfu, ration, sight } = options;
  const passages = createPassages();
  /** By stream and person, who was let into which LiveKit room by which login: media can outlive its signalling socket. */
  const admitted = new Map<string, Map<string, { room: string; login: Login }>>();

  const placeIn = (streamId: string, personId: string, snapshot: Snapshot): Placed => {
    const placement = options.placementOf(snapshot.state, streamId, personId);
    if (placement.in === null) throw no(placement.reason);
    return placement;
  };

  async function loginFrom(headers: IncomingHttpHeaders): Promise<Login> {
    const { origin } = headers;
    if (origin !== undefined && !options.allowedOrigins.includes(origin)) throw no('foreign-origin');
    const login = await logins.find(headers);
    if (!login) throw signedOut();
    return login;
  }

  /** A stream that does not exist looks like one that may not be seen. */
  async function requireSight(streamId: string, login: Login): Promise<void> {
    if (!(await admission.maySee(login.personId, streamId))) throw no('not-found');
    sight.note(streamId, login.personId);
  }

  async function readHead(streamId: string): Promise<Snapshot> {
    const snapshot = await read(streamId);
    if (!snapshot) throw no('not-found');
    return snapshot;
  }

  const newest = (snapshot: Snapshot): Snapshot => {
    const latest = watches.latest(snapshot.streamId);
    return latest && latest.head > snapshot.head ? latest : snapshot;
  };

  /** Everything that must be known before LiveKit is asked. From here on `onChange` looks after the passage. */
  async function check(passage: Passage, headers: IncomingHttpHeaders): Promise<Placed> {
    const { streamId, shut } = passage;
    if (headers.origin === undefined) throw no('foreign-origin');
    const login = await loginFrom(headers);
    passages.identify(passage, login);
    await requireSight(streamId, login);
    const release = await watches.hold(streamId);
    if (passage.socket.closed) release();
    else passage.socket.once('close', release);
    let snapshot = await readHead(streamId);
    let placed = placeIn(streamId, login.personId, newest(snapshot));
    if (!placed.onStage) {
      if (!(await ration.admit(shut.signal))) throw unsure('media-busy');
      snapshot = newest(snapshot);
      placed = placeIn(streamId, login.personId, snapshot);
    }
    shut.signal.throwIfAborted();
    passage.placed = placed;
    return placed;
  }

  async function dialOnce(signal: SignalPath, headers: IncomingHttpHeaders, passage: Passage, placed: Placed): Promise<Dialled> {
    try {
      await rooms.ensure(placed.in);
      return await dialSfu({
        livekitUrl: livekit.url,
        path: `${signal.path}${signal.query}`,
        token: await sfu.tokenFor(passage.login?.personId ?? '', placed),
        headers,
        signal: passage.shut.signal,
      });
    } catch (error) {
      if (!passage.shut.signal.aborted) options.suspect();
      throw error;
    }
  }

  /** The room may have gone with a LiveKit that was restarted: then it is made again, once. */
  async function dial(signal: SignalPath, headers: IncomingHttpHeaders, passage: Passage, placed: Placed) {
    for (let attempt = 1; ; attempt += 1) {
      const dialled = await dialOnce(signal, headers, passage, placed);
      if (!('refusedWith' in dialled)) return dialled;
      rooms.forget(placed.in);
      if (dialled.refusedWith === 400) throw new AppError(400, 'bad-request');
      if (dialled.refusedWith !== 404 || attempt > 1) throw unsure('media-unavailable');
    }
  }

  async function letThrough(signal: SignalPath, request: IncomingMessage, passage: Passage, head: Buffer): Promise<void> {
    const placed = await check(passage, request.headers);
    const { response, socket: upstream, head: firstWords } = await dial(signal, request.headers, passage, placed);
    if (passage.shut.signal.aborted || passage.socket.destroyed || !passage.login) {
      upstream.destroy();
      throw passage.shut.signal.reason;
    }
    passage.open = true;
    const people = admitted.get(passage.streamId) ?? new Map();
    admitted.set(passage.streamId, people.set(passage.login.personId, { room: placed.in, login: passage.login }));
    passage.socket.write(acceptanceOf(response));
    if (firstWords.length > 0) passage.socket.write(firstWords);
    if (head.length > 0) upstream.write(head);
    joinSockets(passage.socket, upstream, options.suspect);
    if (passage.placed !== placed) options.nudge(passage.streamId);
  }

  function onChange(streamId: string, after: Snapshot): string[] {
    if (options.openRoomsOf(after.state, streamId).length === 0) admitted.delete(streamId);
    const changed: string[] = [];
    for (const passage of passages.of(streamId)) {
      const { login, placed } = passage;
      if (!login || !placed) continue;
      const placement = options.placementOf(after.state, streamId, login.personId);
      if (placement.in === null) passages.shut(passage, no(placement.reason));
      else if (placement.in !== placed.in) passages.shut(passage, unsure('media-moved'));
      else if (!sameRights(placement, placed)) {
        passage.placed = placement;
        changed.push(login.personId);
      }
    }
    return changed;
  }

  function endLogins(ended: EndedLogin): void {
    passages.endLogins(ended);
    for (const people of admitted.values()) {
      for (const [personId, { room, login }] of people) {
        if (!matchesLogin(login, ended)) continue;
        people.delete(personId);
        sfu
          .removeParticipant(room, personId)
          .catch((error) => logger.warn({ error, room }, 'could not take somebody who signed out out of a LiveKit room'));
      }
    }
  }

  const stopListening = logins.onEnded(endLogins);

  return {
    async upgrade(signal, request, socket, head) {
      const passage = passages.register(signal.streamId, socket);
      const tooLate = setTimeout(() => {
        if (!passage.open) passages.shut(passage, unsure('media-unavailable'));
      }, options.letInWithinMs ?? defaultLetInWithinMs);
      try {
        await letThrough(signal, request, passage, head);
      } catch (error) {
        const { signal: shut } = passage.shut;
        refuse(socket, answerTo(shut.aborted ? shut.reason : error, logger));
      } finally {
        clearTimeout(tooLate);
      }
    },
    async validate({ streamId }, headers) {
      try {
        const login = await loginFrom(headers);
        await requireSight(streamId, login);
        placeIn(streamId, login.personId, await readHead(streamId));
      } catch (error) {
        throw answerTo(error, logger);
      }
    },
    onChange,
    streams: passages.streams,
    stop() {
      stopListening();
      passages.shutAll();
    },
  };
}

const reasonPhrases: Record<number, string> = { 400: 'Bad Request', 403: 'Forbidden', 503: 'Service Unavailable' };

/** What is not a clear no is "try again": 401, 403 and 404 end livekit-client's reconnecting. */
function answerTo(error: unknown, logger: MediaLogger): AppError {
  if (error instanceof AppError && error.status in reasonPhrases) return error;
  logger.warn({ error }, 'could not let somebody through to LiveKit');
  return unsure('media-unavailable');
}

/** The last word on a socket that is not let through. */
function refuse(socket: Duplex, { status, code }: AppError): void {
  if (socket.destroyed) return;
  const body = JSON.stringify({ error: { code, details: {} } });
  socket.end(
    [
      `HTTP/1.1 ${status} ${reasonPhrases[status] ?? ''}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  setTimeout(() => socket.destroy(), 2000).unref();
}
