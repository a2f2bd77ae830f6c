// Owns until when messages to all rooms are known here: those from before one came, and those that one has closed. Per tab and Session, over reloads.
const key = (sessionId: string) => `stagedoor.rooms.known.${sessionId}`;
/** Where there is no storage, for as long as the page lives. */
const kept = new Map<string, string>();

export function keepKnown(sessionId: string, at: string): string {
  kept.set(sessionId, at);
  try {
    sessionStorage.setItem(key(sessionId), at);
  } catch {
    // What was closed is shown again after a reload.
  }
  return at;
}

/** The first time, what was said before `now` is none of mine. */
export function recallKnown(sessionId: string, now: () => number): string {
  let known = kept.get(sessionId) ?? null;
  try {
    known ??= sessionStorage.getItem(key(sessionId));
  } catch {
    // As if nothing had been kept.
  }
  return known ?? keepKnown(sessionId, new Date(now()).toISOString());
}
