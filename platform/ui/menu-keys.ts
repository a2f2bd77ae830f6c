// Owns where the focus of a menu goes for a key: arrows, Home, End, typed letters. Pure.

/** The row that is meant now, or null when the key does not move. `index` is -1 while no row has the focus. */
export function rowForKey(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowUp':
      return index <= 0 ? count - 1 : index - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** The next row that begins with what was typed. One letter again and again walks through the rows that begin with it. */
export function rowForLetters(letters: string, labels: readonly string[], index: number): number | null {
  const search = plain(letters);
  if (search === '') return null;
  const isOneLetter = [...search].every((letter) => letter === search[0]);
  const wanted = isOneLetter ? (search[0] as string) : search;
  // A longer word may still mean the row that has the focus; a single letter means another one.
  const from = isOneLetter ? index + 1 : Math.max(index, 0);
  for (let step = 0; step < labels.length; step++) {
    const row = (from + step) % labels.length;
    if (plain(labels[row] ?? '').startsWith(wanted)) return row;
  }
  return null;
}

const pauseMs = 700;

/** Letters typed one after the other belong together until a pause. `atMs` may be counted from anywhere. */
export function createTyping(): (letter: string, atMs: number) => string {
  let letters = '';
  let lastMs = Number.NEGATIVE_INFINITY;
  return (letter, atMs) => {
    letters = atMs - lastMs > pauseMs ? letter : letters + letter;
    lastMs = atMs;
    return letters;
  };
}
