// Owns hashing passwords: argon2id, never more at once than the machine has cores. Whose password it is, others know.
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '#platform/errors/app-error.ts';

/** OWASP's least memory for argon2id; 2 is argon2id in a const enum that type stripping can't read. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Beyond this many waiting, a person would wait longer than they look at a spinner. */
const maxWaiting = 1000;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Null stands for an account that does not exist: takes the same time, and is false. */
  matches(passwordHash: string | null, password: string): Promise<boolean>;
  /** Runs `work` when a core is free for it. Hash only inside. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

export function createPasswords(cores: number = availableParallelism()): Passwords {
  const waiting: (() => void)[] = [];
  let running = 0;
  const decoy = hash(randomBytes(32), cost);
  return {
    hash: (password) => hash(password, cost),
    async matches(passwordHash, password) {
      const right = await verify(passwordHash ?? (await decoy), password);
      return right && passwordHash !== null;
    },
    async inTurn(work) {
      if (running < cores) running++;
      else if (waiting.length >= maxWaiting) throw new AppError(503, 'busy', { retryAfterSeconds: 10 });
      // Whoever ends hands their place on, so `running` stays as it is.
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
