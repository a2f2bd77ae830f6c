// Owns what a tab remembers of being inside: as what one joined, and with which devices. It survives a reload and ends with the tab.

export interface Entry {
  as: 'speaker' | 'participant';
  microphone: boolean;
  camera: boolean;
}

const key = (sessionId: string) => `stagedoor.inside.${sessionId}`;

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}
function write(name: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    // Forbidden storage: a reload leads to the entrance again.
  }
}

export function recallEntry(sessionId: string): Entry | null {
  const text = read(key(sessionId));
  if (!text) return null;
  try {
    const { as, microphone, camera } = JSON.parse(text) as Partial<Entry>;
    if (as !== 'speaker' && as !== 'participant') return null;
    return { as, microphone: microphone === true, camera: camera === true };
  } catch {
    return null;
  }
}

export const keepEntry = (sessionId: string, entry: Entry | null): void => write(key(sessionId), entry && JSON.stringify(entry));

const reloadedKey = 'stagedoor.reloaded';
const notAgainWithinMs = 60_000;

/** For a page that is too old to talk to the server. Never twice in a row: a server that is itself too old must not make a loop. */
export function reloadOnce(): void {
  const last = Number(read(reloadedKey) ?? 0);
  if (Date.now() - last < notAgainWithinMs) return;
  write(reloadedKey, String(Date.now()));
  location.reload();
}
