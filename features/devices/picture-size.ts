// Owns how large a picture the camera is asked for: 720p, less where the machine would rather drop frames. Pure.

export interface Machine {
  /** As the browser tells; unknown is taken for enough. */
  cores?: number;
  memoryGb?: number;
  isPhone?: boolean;
  /** It was measured to be too slow for a background, and one is on. */
  wasTooSlow?: boolean;
}

export interface PictureSize {
  width: number;
  height: number;
  frameRate: number;
}

const full: PictureSize = { width: 1280, height: 720, frameRate: 30 };
const middle: PictureSize = { width: 960, height: 540, frameRate: 24 };
const small: PictureSize = { width: 640, height: 360, frameRate: 24 };

/** Encoding 720p three times over (simulcast) takes about a core of a laptop; the call, the page and the person's other programs want theirs. */
export function pictureSizeFor({ cores = 8, memoryGb = 8, isPhone = false, wasTooSlow = false }: Machine): PictureSize {
  if (cores <= 2 || memoryGb <= 2) return small;
  if (cores <= 4 && (isPhone || wasTooSlow)) return small;
  if (cores <= 4 || isPhone || wasTooSlow) return middle;
  return full;
}
