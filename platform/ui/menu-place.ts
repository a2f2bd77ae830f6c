// Owns where a menu stands: by its button, inside the window, never larger than it. Pure.

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
export interface Size {
  width: number;
  height: number;
}
/** `maxHeight`: a longer menu scrolls. */
export interface Place {
  left: number;
  top: number;
  maxHeight: number;
}

const gapPx = 6;
const edgePx = 8;

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));

/** Under the button, ends aligned; above where there is more room. */
export function placeBelow(button: Box, menu: Size, view: Size): Place {
  const roomBelow = view.height - button.bottom - gapPx - edgePx;
  const roomAbove = button.top - gapPx - edgePx;
  const isBelow = menu.height <= roomBelow || roomBelow >= roomAbove;
  const maxHeight = Math.max(isBelow ? roomBelow : roomAbove, 0);
  const height = Math.min(menu.height, maxHeight);
  return {
    left: clamp(button.right - menu.width, edgePx, view.width - menu.width - edgePx),
    top: isBelow ? button.bottom + gapPx : button.top - gapPx - height,
    maxHeight,
  };
}

/** Beside its row: to the right, else to the left, else (a phone) over the row, so that its beginning can still be read. */
export function placeBeside(row: Box, menu: Size, view: Size): Place {
  const right = row.right + gapPx;
  const left = row.left - gapPx - menu.width;
  const isRight = right + menu.width <= view.width - edgePx;
  const isLeft = left >= edgePx;
  const maxHeight = view.height - 2 * edgePx;
  const height = Math.min(menu.height, maxHeight);
  return {
    left: isRight ? right : isLeft ? left : clamp(row.right - menu.width, edgePx, view.width - menu.width - edgePx),
    top: clamp(isRight || isLeft ? row.top - gapPx : row.bottom, edgePx, view.height - height - edgePx),
    maxHeight,
  };
}
