// Owns how large tiles are and how many stand in a row: 16:9, as large as the space allows, never too small to read a name. Pure.

export interface Grid {
  columns: number;
  /** Width of one tile in px. */
  tileWidth: number;
}

export interface PinnedGrid extends Grid {
  /** The others stand at the side of the one that is large, or below it. */
  isBeside: boolean;
  /** Width of the one that is large. */
  pinnedWidth: number;
}

const ratio = 16 / 9;

/** On a stage that is wider than high, people beside each other are worth a little of their size. */
const besideEachOther = 0.85;
/** Narrower, a name is three letters: then there are fewer in a row, and one scrolls. */
const leastWidth = 112;
/** Of the space, where the one that is large stands above the others. */
const pinnedShare = 0.62;
const sideShare = 0.2;
const widestSide = 272;

/** As many in a row as can be read, however many rows that makes. */
function scrolled(count: number, width: number, height: number, gap: number): Grid {
  const columns = Math.max(1, Math.min(count, Math.floor((width + gap) / (leastWidth + gap))));
  const byWidth = (width - gap * (columns - 1)) / columns;
  return { columns, tileWidth: Math.floor(Math.max(0, Math.min(byWidth, height * ratio))) };
}

export function bestGrid(count: number, width: number, height: number, gap: number): Grid {
  const grids = Array.from({ length: count }, (_, index): Grid => {
    const columns = index + 1;
    const rows = Math.ceil(count / columns);
    const byWidth = (width - gap * (columns - 1)) / columns;
    const byHeight = ((height - gap * (rows - 1)) / rows) * ratio;
    return { columns, tileWidth: Math.floor(Math.max(0, Math.min(byWidth, byHeight))) };
  });
  const largest = Math.max(0, ...grids.map((grid) => grid.tileWidth));
  if (largest < leastWidth) return scrolled(count, width, height, gap);
  const enough = width > height ? largest * besideEachOther : largest;
  return grids.findLast((grid) => grid.tileWidth >= enough) ?? { columns: 1, tileWidth: 0 };
}

/** One is large, `others` are small: at its side, or below it where the space is higher than wide. */
export function pinnedGrid(others: number, width: number, height: number, gap: number): PinnedGrid {
  const isBeside = width > height;
  if (others === 0) return { isBeside, columns: 1, tileWidth: 0, pinnedWidth: Math.floor(Math.min(width, height * ratio)) };
  if (!isBeside) {
    const pinnedWidth = Math.floor(Math.min(width, height * pinnedShare * ratio));
    return { isBeside, pinnedWidth, ...scrolled(others, width, height, gap) };
  }
  const side = Math.floor(Math.min(Math.max(leastWidth, width * sideShare), widestSide));
  const pinnedWidth = Math.floor(Math.max(0, Math.min(width - side - gap, height * ratio)));
  return { isBeside, columns: 1, tileWidth: side, pinnedWidth };
}
