// Owns how often a log-in may fail: per account and per address, counted in the database for all servers. Success counts nothing.
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Db } from '#platform/db/contract.ts';
import { AppError } from '#platform/errors/app-error.ts';

const windowSeconds = 15 * 60;
/** Many people share one address on a campus; one account is one person's. */
export const failuresAllowed = { account: 10, address: 100 } as const;

export type Subject = { account: string } | { address: string };

export interface Throttle {
  /** Throws 429 `too-many-attempts` while one of the subjects has failed too often. */
  check(subjects: readonly Subject[]): Promise<void>;
  fail(subjects: readonly Subject[]): Promise<void>;
}

/** In IPv6 a home or an office has a /64, and every device as many addresses in it as it likes. */
export function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  const plain = address.split('%')[0] as string;
  if (!isIPv6(plain)) return address;
  const [head = '', tail] = plain.split('::');
  const first = head ? head.split(':') : [];
  const last = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  const groups = [...first, ...zeros, ...last].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

export function createThrottle(db: Db, secret: string): Throttle {
  const keyOf = (subject: Subject) => {
    const text = 'account' in subject ? `account ${subject.account}` : `address ${network(subject.address)}`;
    return createHmac('sha256', secret).update(`login failure ${text}`).digest('base64url');
  };
  return {
    async check(subjects) {
      const limits = subjects.map((subject) => failuresAllowed['account' in subject ? 'account' : 'address']);
      // The n-th newest failure of a limit of n: until it is old enough, there are too many.
      const [row] = await db.query<{ seconds: number | null }>(
        `select max(extract(epoch from failed_at - clock_timestamp())) + $3::integer as seconds
         from (
           select asked.allowed, failures.failed_at,
             row_number() over (partition by failures.subject order by failures.failed_at desc) as place
           from unnest($1::text[], $2::integer[]) as asked (subject, allowed)
           join login_failures failures on failures.subject = asked.subject
           where failures.failed_at > clock_timestamp() - make_interval(secs => $3::integer)
         ) as recent
         where place = allowed`,
        [subjects.map(keyOf), limits, windowSeconds],
      );
      if (row?.seconds == null) return;
      throw new AppError(429, 'too-many-attempts', { retryAfterSeconds: Math.max(1, Math.ceil(row.seconds)) });
    },
    async fail(subjects) {
      await db.query(
        `with old as (delete from login_failures where failed_at < clock_timestamp() - make_interval(secs => $2::integer))
         insert into login_failures (subject) select unnest($1::text[])`,
        [subjects.map(keyOf), windowSeconds],
      );
    },
  };
}
