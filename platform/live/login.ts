// Owns what the live parts must know of a login: who it is, and when it ends. shell/accounts provides it.
import type { IncomingHttpHeaders } from 'node:http';

export interface Login {
  loginId: string;
  personId: string;
}

export interface Logins {
  /** The valid login that the request's cookie names, or null. Reads the database. */
  find(headers: IncomingHttpHeaders): Promise<Login | null>;
  /** Called on this server when logins end (sign-out, disabled account, age), also those ended by another server, within 2 s. */
  onEnded(listener: (ended: { loginId: string } | { personId: string }) => void): () => void;
}
