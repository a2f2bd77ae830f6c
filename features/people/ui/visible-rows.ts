// Owns which rows of a long list of equally high rows are in sight. Pure; a library for rows of any height would weigh 10 kB.

export interface Rows {
  first: number;
  /** One after the last. */
  end: number;
}

/** `top` is how far the list's beginning has been scrolled past the upper edge of the window, negative while it is below it. */
export function visibleRows(count: number, rowPx: number, top: number, windowPx: number, alsoAround: number): Rows {
  const clamp = (index: number) => Math.min(count, Math.max(0, index));
  return {
    first: clamp(Math.floor(top / rowPx) - alsoAround),
    end: clamp(Math.ceil((top + windowPx) / rowPx) + alsoAround),
  };
}
