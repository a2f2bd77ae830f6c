// Owns the register of signalling sockets at this server's gate: whose they are, where they lead, and how they are shut.
import type { Duplex } from 'node:stream';
import { AppError } from '#platform/errors/app-error.ts';
import type { Login, Logins } from '#platform/live/login.ts';
import type { Placed } from './grants.ts';

export type EndedLogin = Parameters<Parameters<Logins['onEnded']>[0]>[0];

/** One socket, from the first byte of its request until it is closed. */
export interface Passage {
  readonly streamId: string;
  readonly socket: Duplex;
  /** Ends the checks when the socket is shut before it was let through; its reason is the answer. */
  readonly shut: AbortController;
  login: Login | null;
  /** What LiveKit was told of the person. */
  placed: Placed | null;
  open: boolean;
}

export interface Passages {
  register(streamId: string, socket: Duplex): Passage;
  /** Names the person. Shuts the socket if the login ended while it was looked up, and the person's oldest when they have too many. */
  identify(passage: Passage, login: Login): void;
  of(streamId: string): Iterable<Passage>;
  streams(): string[];
  /** Shuts the sockets of these logins, and remembers the end for those whose login is still being looked up. */
  endLogins(ended: EndedLogin): void;
  shut(passage: Passage, answer: AppError): void;
  shutAll(): void;
}

const matchesLogin = (login: Login, ended: EndedLogin): boolean =>
  'loginId' in ended ? ended.loginId === login.loginId : ended.personId === login.personId;

export const signedOut = () => new AppError(403, 'signed-out');
const goingAway = () => new AppError(503, 'media-unavailable');

/** A move takes two, a page that comes back one more. */
const mostPerPerson = 12;
const tooMany = () => new AppError(503, 'media-busy');

export function createPassages(): Passages {
  const byStream = new Map<string, Set<Passage>>();
  const byPerson = new Map<string, Set<Passage>>();
  /** Logins that ended while a passage did not know its login yet. */
  const missed = new Map<Passage, EndedLogin[]>();

  const remove = (passage: Passage) => {
    missed.delete(passage);
    const passages = byStream.get(passage.streamId);
    passages?.delete(passage);
    if (passages?.size === 0) byStream.delete(passage.streamId);
    const personId = passage.login?.personId ?? '';
    const own = byPerson.get(personId);
    own?.delete(passage);
    if (own?.size === 0) byPerson.delete(personId);
  };

  const shut = (passage: Passage, answer: AppError) => {
    passage.shut.abort(answer);
    if (passage.open) passage.socket.destroy();
  };

  const all = () => [...byStream.values()].flatMap((passages) => [...passages]);

  return {
    register(streamId, socket) {
      const passage: Passage = { streamId, socket, shut: new AbortController(), login: null, placed: null, open: false };
      const passages = byStream.get(streamId) ?? new Set();
      byStream.set(streamId, passages.add(passage));
      missed.set(passage, []);
      // Nobody waits for an answer any more. Let through later, it would put the same person's newer connection out.
      socket.on('end', () => {
        if (!passage.open) socket.destroy();
      });
      socket.on('close', () => {
        remove(passage);
        passage.shut.abort(goingAway());
      });
      return passage;
    },
    identify(passage, login) {
      passage.login = login;
      const ended = missed.get(passage) ?? [];
      missed.delete(passage);
      if (ended.some((one) => matchesLogin(login, one))) shut(passage, signedOut());
      // Gone while its login was looked up.
      if (passage.socket.destroyed) return;
      const own = byPerson.get(login.personId) ?? new Set();
      byPerson.set(login.personId, own.add(passage));
      const standing = [...own].filter((one) => !one.shut.signal.aborted);
      const [oldest] = standing;
      if (oldest && standing.length > mostPerPerson) shut(oldest, tooMany());
    },
    of: (streamId) => byStream.get(streamId) ?? [],
    streams: () => [...byStream.keys()],
    endLogins(ended) {
      for (const endings of missed.values()) endings.push(ended);
      for (const passage of all()) {
        if (passage.login && matchesLogin(passage.login, ended)) shut(passage, signedOut());
      }
    },
    shut,
    shutAll() {
      for (const passage of all()) shut(passage, goingAway());
    },
  };
}

export interface Admitted {
  room: string;
  login: Login;
}

const keyOf = (room: string, personId: string) => `${personId} ${room}`;

/** Who was let into which LiveKit room, by which login. Who moves is in two for a moment. */
export class AdmittedPeople {
  readonly #byStream = new Map<string, Map<string, Admitted>>();

  add(streamId: string, room: string, login: Login): void {
    const people = this.#byStream.get(streamId) ?? new Map();
    this.#byStream.set(streamId, people.set(keyOf(room, login.personId), { room, login }));
  }

  has(room: string, personId: string): boolean {
    return [...this.#byStream.values()].some((people) => people.has(keyOf(room, personId)));
  }

  /** Nobody is in any other room of this stream than these. */
  keepOnly(streamId: string, rooms: readonly string[]): void {
    const people = this.#byStream.get(streamId);
    for (const [key, { room }] of people ?? []) if (!rooms.includes(room)) people?.delete(key);
    if (people?.size === 0) this.#byStream.delete(streamId);
  }

  /** Takes out those who came by these logins; who came again by a newer one stays. */
  take(ended: EndedLogin): Admitted[] {
    const taken: Admitted[] = [];
    for (const people of this.#byStream.values()) {
      for (const [key, one] of people) {
        if (!matchesLogin(one.login, ended)) continue;
        people.delete(key);
        taken.push(one);
      }
    }
    return taken;
  }
}
