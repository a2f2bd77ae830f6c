// Owns the door between browsers and LiveKit: who passes, into which LiveKit room, with which rights. Keeping it so afterwards is reconcile.ts's business.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '#platform/errors/app-error.ts';
import { refuseUpgrade } from '#platform/http/upgrades.ts';
import type { Login } from '#platform/live/login.ts';
import type { Snapshot } from '#platform/log/contract.ts';
import type { MediaLogger, MediaOptions } from './contract.ts';
import type { FreshRead } from './fresh-reads.ts';
import type { Placed } from './grants.ts';
import { placedIn, sameRights } from './grants.ts';
import { createKnocks } from './knocks.ts';
import type { KnownRooms } from './known-rooms.ts';
import type { Admitted, EndedLogin, Passage } from './passages.ts';
import { AdmittedPeople, createPassages, signedOut } from './passages.ts';
import type { Ration } from './ration.ts';
import type { Sfu } from './sfu.ts';
import { SfuAway, SfuFull } from './sfu.ts';
import type { Dialled } from './sfu-socket.ts';
import { acceptanceOf, dialSfu, joinSockets } from './sfu-socket.ts';
import type { Sight } from './sight.ts';
import type { SignalPath } from './signal-path.ts';
import type { Watches } from './watches.ts';

export interface GateOptions
  extends Pick<MediaOptions, 'livekit' | 'logins' | 'openings' | 'placementOf' | 'openRoomsOf' | 'allowedOrigins'> {
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
  /** Resolves when LiveKit has answered once more. */
  whenAnswering(): Promise<void>;
  letInWithinMs: number;
}

/** livekit-client asks why it was refused at once, and passes the answer on only then. */
const fullIsTrueForMs = 5000;
const takeOutAgainMs = 500;

const no = (code: string) => new AppError(403, code);
const unsure = (code: string) => new AppError(503, code);

export class Gate {
  readonly #options: GateOptions;
  readonly #passages = createPassages();
  readonly #admitted = new AdmittedPeople();
  readonly #knocks = createKnocks();
  readonly #stopListening: () => void;
  readonly #stopped = new AbortController();
  #fullUntil = 0;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#stopListening = options.logins.onEnded((ended) => this.#endLogins(ended));
  }

  async upgrade(signal: SignalPath, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const passage = this.#passages.register(signal.streamId, socket);
    const tooLate = setTimeout(() => {
      if (!passage.open) this.#passages.shut(passage, unsure('media-unavailable'));
    }, this.#options.letInWithinMs);
    try {
      await this.#letThrough(signal, request, passage, head);
    } catch (error) {
      const { signal: shut } = passage.shut;
      const { status, code } = answerTo(shut.aborted ? shut.reason : error, this.#options.logger);
      refuseUpgrade(socket, `${status} ${reasonPhrases[status]}`, { error: { code, details: {} } });
    } finally {
      clearTimeout(tooLate);
    }
  }

  /** Throws what the upgrade would have been refused with. */
  async validate({ streamId, place, opening }: SignalPath, headers: IncomingHttpHeaders): Promise<void> {
    try {
      const login = await this.#loginFrom(headers);
      await this.#requireSight(streamId, login);
      this.#placeIn(place, login.personId, await this.#readHead(streamId));
      await this.#requireNewest(streamId, login, opening);
      if (performance.now() < this.#fullUntil) throw unsure('media-full');
    } catch (error) {
      throw answerTo(error, this.#options.logger);
    }
  }

  /** Shuts the sockets that no longer belong; answers whose rights are others now. */
  onChange(streamId: string, after: Snapshot): string[] {
    this.#admitted.keepOnly(streamId, this.#options.openRoomsOf(after.state, streamId));
    const changed: string[] = [];
    for (const passage of this.#passages.of(streamId)) {
      const { login, placed } = passage;
      if (!login || !placed) continue;
      const placement = this.#options.placementOf(after.state, streamId, login.personId);
      const here = placedIn(placement, placed.in);
      if (placement.in === null) this.#passages.shut(passage, no(placement.reason));
      // A room that is being left is stayed in, never entered.
      else if (!here || (!passage.open && placement.in !== placed.in)) this.#passages.shut(passage, unsure('media-moved'));
      else if (!sameRights(here, placed)) {
        passage.placed = here;
        changed.push(login.personId);
      }
    }
    return changed;
  }

  streams(): string[] {
    return this.#passages.streams();
  }

  stop(): void {
    this.#stopListening();
    this.#stopped.abort();
    this.#passages.shutAll();
  }

  async #letThrough(signal: SignalPath, request: IncomingMessage, passage: Passage, head: Buffer): Promise<void> {
    await this.#check(signal, passage, request.headers);
    const { response, socket: upstream, head: firstWords, placed } = await this.#dial(signal, request.headers, passage);
    if (passage.shut.signal.aborted || passage.socket.destroyed || !passage.login) {
      upstream.destroy();
      throw passage.shut.signal.reason ?? unsure('media-unavailable');
    }
    passage.open = true;
    this.#admitted.add(passage.streamId, placed.in, passage.login);
    passage.socket.write(acceptanceOf(response));
    if (firstWords.length > 0) passage.socket.write(firstWords);
    if (head.length > 0) upstream.write(head);
    joinSockets(passage.socket, upstream, this.#options.suspect);
    if (passage.placed !== placed) this.#options.nudge(passage.streamId);
  }

  /** Everything that must be known before LiveKit is asked. From its end on, `onChange` looks after the passage. */
  async #check({ place }: SignalPath, passage: Passage, headers: IncomingHttpHeaders): Promise<void> {
    const { streamId, shut } = passage;
    if (headers.origin === undefined) throw no('foreign-origin');
    const login = await this.#loginFrom(headers);
    this.#passages.identify(passage, login);
    await this.#requireSight(streamId, login);
    const release = await this.#options.watches.hold(streamId);
    if (passage.socket.closed) release();
    else passage.socket.once('close', release);
    const snapshot = await this.#readHead(streamId);
    const placeNow = () => this.#placeIn(place, login.personId, this.#newest(snapshot));
    if (!placeNow().onStage) await this.#queue(passage);
    shut.signal.throwIfAborted();
    passage.placed = placeNow();
  }

  async #queue({ shut }: Passage): Promise<void> {
    if (!(await this.#options.ration.admit(shut.signal))) throw unsure('media-busy');
  }

  /**
   * While LiveKit is away the socket is held: livekit-client's own tries grow far apart soon, and are counted.
   * A room that went with a restarted LiveKit is made again, once.
   */
  async #dial(signal: SignalPath, headers: IncomingHttpHeaders, passage: Passage) {
    const { rooms, suspect, whenAnswering } = this.#options;
    let roomsMade = 0;
    for (;;) {
      const { placed } = passage;
      if (!placed) throw unsure('media-unavailable');
      const dialled = await this.#dialOnce(signal, headers, passage, placed).catch((error: unknown) => {
        if (error instanceof SfuFull) throw this.#full();
        if (!(error instanceof SfuAway)) throw error;
        return null;
      });
      if (!dialled) {
        passage.shut.signal.throwIfAborted();
        suspect();
        await orAborted(whenAnswering(), passage.shut.signal);
        if (!placed.onStage) await this.#queue(passage);
      } else if (!('refusedWith' in dialled)) return { ...dialled, placed };
      else {
        if (dialled.refusedWith === 503) throw this.#full();
        if (dialled.refusedWith === 400) throw new AppError(400, 'bad-request');
        rooms.forget(placed.in);
        roomsMade += 1;
        if (dialled.refusedWith !== 404 || roomsMade > 1) throw unsure('media-unavailable');
      }
    }
  }

  #full(): AppError {
    this.#fullUntil = performance.now() + fullIsTrueForMs;
    return unsure('media-full');
  }

  async #dialOnce(signal: SignalPath, headers: IncomingHttpHeaders, passage: Passage, placed: Placed): Promise<Dialled> {
    const { rooms, sfu, livekit } = this.#options;
    // As late as possible: whoever opened the page meanwhile would be put out by this one.
    const newest = this.#requireNewest(passage.streamId, passage.login, signal.opening);
    await Promise.all([newest, rooms.ensure(placed.in), this.#silence(passage, placed)]);
    return dialSfu({
      livekitUrl: livekit.url,
      path: `${signal.path}${signal.query}`,
      token: await sfu.tokenFor(passage.login?.personId ?? '', placed),
      headers,
      signal: passage.shut.signal,
    });
  }

  /** Nobody is heard in two LiveKit rooms: the voice in those that are left is taken before the next one gives it, whatever the browser does. */
  async #silence({ streamId, login }: Passage, { leaving = [] }: Placed): Promise<void> {
    if (login) await Promise.all(leaving.map((room) => this.#silenceIn(room, streamId, login.personId)));
  }

  async #silenceIn(room: string, streamId: string, personId: string): Promise<void> {
    const { sfu, watches, placementOf, nudge } = this.#options;
    const there = await sfu.findParticipant(room, personId);
    if (!there?.permission.canPublish) return;
    await sfu.permit(room, personId, { ...there.permission, canPublish: false, canPublishSources: [] });
    const latest = watches.latest(streamId);
    // Back there by now: the reconciler, which may have given it already, gives it again.
    if (latest && placementOf(latest.state, streamId, personId).in === room) nudge(streamId);
  }

  async #loginFrom(headers: IncomingHttpHeaders): Promise<Login> {
    const { origin } = headers;
    if (origin !== undefined && !this.#options.allowedOrigins.includes(origin)) throw no('foreign-origin');
    const login = await this.#options.logins.find(headers);
    if (!login) throw signedOut();
    if (!this.#knocks.allow(login.personId, performance.now())) throw unsure('media-busy');
    return login;
  }

  /** A stream that does not exist looks like one that may not be seen. */
  async #requireSight(streamId: string, login: Login): Promise<void> {
    if (!(await this.#options.sight.ask(streamId, login.personId))) throw no('not-found');
  }

  async #requireNewest(streamId: string, login: Login | null, opening: string | null): Promise<void> {
    if (!login || !opening) return;
    if (!(await this.#options.openings.isNewest(streamId, login.personId, opening))) throw no('elsewhere');
  }

  async #readHead(streamId: string): Promise<Snapshot> {
    const snapshot = await this.#options.read(streamId);
    if (!snapshot) throw no('not-found');
    return snapshot;
  }

  #newest(snapshot: Snapshot): Snapshot {
    const latest = this.#options.watches.latest(snapshot.streamId);
    return latest && latest.head > snapshot.head ? latest : snapshot;
  }

  #placeIn(place: string | null, personId: string, { streamId, state }: Snapshot): Placed {
    const placement = this.#options.placementOf(state, streamId, personId);
    if (placement.in === null) throw no(placement.reason);
    // Not a no: the browser hears of the move by another way, and comes again.
    if (place !== null && place !== placement.in) throw unsure('media-moved');
    return placement;
  }

  /** Media can outlive its signalling socket, so that closing the socket is not enough. */
  #endLogins(ended: EndedLogin): void {
    // The account may have been disabled, and its login may have come in through another server.
    this.#options.sight.forget();
    this.#passages.endLogins(ended);
    for (const admitted of this.#admitted.take(ended)) void this.#takeOut(admitted);
  }

  /** Until LiveKit has done it: a sweep cannot know that the login ended. Who came again by a newer one stays. */
  async #takeOut({ room, login: { personId } }: Admitted): Promise<void> {
    const { sfu, logger } = this.#options;
    while (!this.#stopped.signal.aborted && !this.#admitted.has(room, personId)) {
      try {
        return await sfu.removeParticipant(room, personId);
      } catch (error) {
        logger.warn({ error, room }, 'could not take somebody who signed out out of a LiveKit room');
        await pause(takeOutAgainMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
      }
    }
  }
}

const reasonPhrases: Record<number, string> = { 400: 'Bad Request', 403: 'Forbidden', 503: 'Service Unavailable' };

/** Rejects with the signal's reason as soon as it is aborted. */
function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}

/** What is not a clear no is "try again": 401, 403 and 404 end livekit-client's reconnecting. */
function answerTo(error: unknown, logger: MediaLogger): AppError {
  if (error instanceof AppError && error.status in reasonPhrases) return error;
  logger.warn({ error }, 'could not let somebody through to LiveKit');
  return unsure('media-unavailable');
}
