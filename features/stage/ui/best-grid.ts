// Owns how many tiles stand in a row: the number for which 16:9 tiles become largest in the space there is. Pure.

export interface Grid {
  columns: number;
  /** Width of one tile in px. */
  tileWidth: number;
}

const ratio = 16 / 9;

/** On a stage that is wider than high, people beside each other are worth a little of their size. */
const besideEachOther = 0.85;

export function bestGrid(count: number, width: number, height: number, gap: number): Grid {
  const grids = Array.from({ length: count }, (_, index): Grid => {
    const columns = index + 1;
    const rows = Math.ceil(count / columns);
    const byWidth = (width - gap * (columns - 1)) / columns;
    const byHeight = ((height - gap * (rows - 1)) / rows) * ratio;
    return { columns, tileWidth: Math.floor(Math.max(0, Math.min(byWidth, byHeight))) };
  });
  const largest = Math.max(0, ...grids.map((grid) => grid.tileWidth));
  const enough = width > height ? largest * besideEachOther : largest;
  return grids.findLast((grid) => grid.tileWidth >= enough) ?? { columns: 1, tileWidth: 0 };
}
