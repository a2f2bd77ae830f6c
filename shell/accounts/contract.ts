// Owns the words of accounts over HTTP: sign-up, sign-in, profile. Passwords and logins stay in server/.
import { z } from 'zod';
import type { Sql } from '#platform/db/contract.ts';
import { storableText } from '#platform/log/contract.ts';

export const language = z.enum(['en', 'de']);
export type Language = z.infer<typeof language>;
export const minPasswordLength = 10;
export const maxPasswordLength = 128;

const line = (max: number) => storableText(max).transform((value) => value.trim());
export const email = z
  .email()
  .max(254)
  .transform((value) => value.toLowerCase());
export const password = z.string().min(minPasswordLength).max(maxPasswordLength);

export const signUpBody = z.object({
  email,
  password,
  name: line(120).refine((value) => value.length > 0),
  language: language.optional(),
  timeZone: z.string().max(64).optional(),
});
export const signInBody = z.object({ email, password: z.string().max(maxPasswordLength) });
export const changePasswordBody = z.object({ current: z.string().max(maxPasswordLength), next: z.unknown() });

export const demoKinds = ['host', 'cohost', 'organiser', 'support', 'rep', 'participant'] as const;
/** The first of each kind is behind the one-click button. */
export const demoEmail = (kind: (typeof demoKinds)[number], place = 1) =>
  `${kind}${kind === 'participant' ? place : ''}@demo.example`;
export const demoSignInBody = z.object({ kind: z.enum(demoKinds) });
export const profileBody = z.object({
  name: line(120)
    .refine((value) => value.length > 0)
    .optional(),
  headline: line(160).optional(),
  organisation: line(120).optional(),
  timeZone: z.string().max(64).optional(),
  language: language.optional(),
});

/** What everyone who shares an event may see of a person. */
export interface PersonSummary {
  id: string;
  name: string;
  headline: string;
  /** Company or university. */
  organisation: string;
  /** Same-origin path, or null: initials are shown. */
  avatarUrl: string | null;
}
export interface OwnProfile extends PersonSummary {
  email: string;
  timeZone: string;
  language: Language;
}
export interface MeAnswer {
  /** Null when signed out. */
  me: OwnProfile | null;
  demo: boolean;
}
export interface DemoPerson {
  kind: (typeof demoKinds)[number];
  person: PersonSummary;
}

/**
 * POST /api/accounts/sign-up        signUpBody      → MeAnswer (signed in)  409 email-taken, 422 weak-password
 * POST /api/accounts/sign-in        signInBody      → MeAnswer              401 wrong-email-or-password, 429 too-many-attempts {retryAfterSeconds}
 * POST /api/accounts/demo-sign-in   demoSignInBody  → MeAnswer              404 not-found when demo is off
 * POST /api/accounts/sign-out                       → 204
 * POST /api/accounts/password       changePasswordBody → 204 (all other logins end)  401 signed-out, 403 wrong-password, 422 weak-password, 429 too-many-attempts
 * GET  /api/accounts/me                             → MeAnswer
 * PATCH /api/accounts/me            profileBody     → MeAnswer              401 signed-out
 * GET  /api/accounts/demo-people                    → { people: DemoPerson[] }  (empty when demo is off)
 */
export const accountsPath = '/api/accounts';

/** What the rest of the server asks of accounts: how people are shown. */
export interface Directory {
  /** In the order of `ids`, each person once; unknown ids are left out. */
  people(ids: readonly string[]): Promise<PersonSummary[]>;
}

export interface PersonDraft {
  name: string;
  headline?: string;
  organisation?: string;
  avatarUrl?: string | null;
  timeZone?: string;
  language?: Language;
  /** Absent: somebody who is named in a program and cannot sign in. `email` in lower case. */
  account?: { email: string; passwordHash: string; demo?: boolean };
}
/** How other parts of the server make people. */
export interface PeopleBook {
  hashPassword(password: string): Promise<string>;
  /** In the caller's transaction; the new ids, in the order of the drafts. Throws AppError 409 `email-taken`. */
  add(tx: Sql, drafts: readonly PersonDraft[]): Promise<string[]>;
}

/** `unknown`: no account has this e-mail. */
export type StandingOutcome = 'changed' | 'unchanged' | 'unknown';

/**
 * Whether an account may be used at all. Disabling ends its logins, and with them HTTP, live sockets and media, on all servers
 * within 2 s: at once by hint, at the latest by polling. Enabling brings no login back.
 */
export interface AccountStanding {
  disable(email: string): Promise<StandingOutcome>;
  enable(email: string): Promise<StandingOutcome>;
}

/** What an account's standing changes elsewhere, in the same transaction; what it answers is called after the commit. */
export type StandingConsequences = (tx: Sql, personId: string) => Promise<() => Promise<void>>;
