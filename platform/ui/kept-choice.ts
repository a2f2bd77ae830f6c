// Owns what a browser remembers of its user's choices. Storage can be forbidden or full; then a choice lasts until the reload.
const key = (name: string) => `stagedoor.${name}`;

export function readChoice(name: string): string | null {
  try {
    return localStorage.getItem(key(name));
  } catch {
    return null;
  }
}

/** Null forgets the choice. */
export function keepChoice(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key(name));
    else localStorage.setItem(key(name), value);
  } catch {
    // Nothing to do: the choice holds for this page.
  }
}
