// Owns the last errors of this page, for somebody who asks support and agrees to send them. Kept in memory only; nothing personal stays in them.

export interface KeptError {
  at: string;
  text: string;
}

const mostKept = 10;
const longest = 200;
const kept: KeptError[] = [];
let started = false;

/** Addresses may hold secrets, quoted words may be somebody's: what is left is the kind of error and where it came from. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/giu, '(address)')
    .replace(/\bdata:\S+/giu, '(address)')
    .replace(/\S+@\S+/gu, '(e-mail)')
    .replace(/"[^"]*"|“[^”]*”|„[^“”]*[“”]|`[^`]*`|(?<![\p{L}\p{N}])'[^']*'/gu, '(text)')
    .replace(/(?:\/[\w.%~-]+){2,}\/?(?:\?\S*)?/gu, '(path)')
    .replace(/[\w-]*\d[\w-]{15,}|[\w-]{24,}/gu, '(id)')
    .replace(/\p{Cs}|\0/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, longest);
}

export function keepError(reason: unknown, at = new Date()): void {
  const text =
    reason instanceof Error
      ? withoutSecrets(`${reason.name}: ${reason.message}`)
      : typeof reason === 'string'
        ? withoutSecrets(reason)
        : '';
  if (!text || kept.at(-1)?.text === text) return;
  kept.push({ at: at.toISOString(), text });
  if (kept.length > mostKept) kept.shift();
}

export const keptErrors = (): KeptError[] => [...kept];

/** Once per page. */
export function startErrorRing(target: Pick<Window, 'addEventListener'> = window): void {
  if (started) return;
  started = true;
  target.addEventListener('error', (event) => keepError((event as ErrorEvent).error ?? (event as ErrorEvent).message));
  target.addEventListener('unhandledrejection', (event) => keepError((event as PromiseRejectionEvent).reason));
}
