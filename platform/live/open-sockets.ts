// Owns which live sockets are open on this server, and how many one person may have of them.
import type { LiveSocket } from './live-socket.ts';
import type { Login } from './login.ts';
import { closeCodes } from './protocol.ts';

export interface OpenSockets extends Iterable<LiveSocket> {
  readonly size: number;
  /** Beyond the person's number, their oldest is closed. */
  add(socket: LiveSocket): void;
  remove(socket: LiveSocket): void;
  endLogins(isEnded: (login: Login) => boolean): void;
}

export function createOpenSockets(mostPerPerson: number): OpenSockets {
  const all = new Set<LiveSocket>();
  const byPerson = new Map<string, Set<LiveSocket>>();
  return {
    [Symbol.iterator]: () => all.values(),
    get size() {
      return all.size;
    },
    add(socket) {
      all.add(socket);
      const { personId } = socket.login;
      const own = byPerson.get(personId) ?? new Set();
      byPerson.set(personId, own.add(socket));
      const heard = [...own].filter((one) => !one.isClosed);
      if (heard.length > mostPerPerson) heard[0]?.close(closeCodes.tooMany);
      // Whoever opens them without end does not answer the goodbye either.
      if (own.size > 2 * mostPerPerson) [...own][0]?.terminate();
    },
    remove(socket) {
      all.delete(socket);
      const { personId } = socket.login;
      const own = byPerson.get(personId);
      own?.delete(socket);
      if (own?.size === 0) byPerson.delete(personId);
    },
    endLogins(isEnded) {
      for (const socket of all) if (isEnded(socket.login)) socket.close(closeCodes.signedOut);
    },
  };
}
