// Owns the browser's idea of the server's time: a wrong clock on someone's computer must not bend countdowns.
let offsetMs = 0;

/** Within this much the two clocks count as equal: the `Date` header has whole seconds, and the answer took its time. */
const toleranceMs = 3000;

export function noteServerTime(iso: string): void {
  const serverMs = Date.parse(iso);
  if (Number.isNaN(serverMs)) return;
  const difference = serverMs - Date.now();
  if (Math.abs(difference - offsetMs) > toleranceMs) offsetMs = Math.abs(difference) > toleranceMs ? difference : 0;
}

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = (): number => Date.now() + offsetMs;
