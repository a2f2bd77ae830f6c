// Owns what a contract's shape can't say: which passwords are too weak, and which time zones exist.
import { AppError } from '#platform/errors/app-error.ts';
import { minPasswordLength, password } from '../contract.ts';

const fewestDifferentCharacters = 5;

/** Throws 422 `weak-password`. Length is what counts; the rest refuses only what nobody would call a password. */
export function refuseWeakPassword(candidate: unknown, email: unknown): void {
  const parsed = password.safeParse(candidate);
  const weak =
    !parsed.success ||
    new Set(parsed.data).size < fewestDifferentCharacters ||
    (typeof email === 'string' && parsed.data.toLowerCase() === email.trim().toLowerCase());
  if (weak) throw new AppError(422, 'weak-password', { minLength: minPasswordLength });
}

/** Names only: an offset like "+01:00" would be wrong half of the year. */
export function refuseUnknownTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined) return;
  try {
    if (!/^[A-Za-z]/.test(timeZone)) throw new RangeError(timeZone);
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new AppError(422, 'invalid', { field: 'timeZone' });
  }
}
