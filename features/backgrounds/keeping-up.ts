// Owns when a machine can't keep up with a virtual background: the work of each frame, measured, against what fluent video leaves for it. Pure.

export interface KeepingUpLimits {
  /** Below this many frames a second one looks like a row of photographs. 0: whatever it takes. */
  leastFramesPerSecond: number;
  /** The first frames build what later ones use. */
  warmUpMs: number;
  /** One hiccup is no reason. */
  overMs: number;
}

export const usualLimits: KeepingUpLimits = { leastFramesPerSecond: 10, warmUpMs: 4000, overMs: 5000 };

export interface KeepingUp {
  /** Notes a frame that took so long; true once the machine can't keep up. */
  note(now: number, tookMs: number): boolean;
}

export function createKeepingUp({ leastFramesPerSecond, warmUpMs, overMs }: KeepingUpLimits = usualLimits): KeepingUp {
  const mostMs = leastFramesPerSecond > 0 ? 1000 / leastFramesPerSecond : Number.POSITIVE_INFINITY;
  let firstAt: number | null = null;
  let frames: { at: number; tookMs: number }[] = [];
  return {
    note(now, tookMs) {
      firstAt ??= now;
      if (now - firstAt < warmUpMs) return false;
      frames.push({ at: now, tookMs });
      // At least what was measured over the whole time, however few frames that were.
      while (frames.length > 2 && now - (frames[1]?.at ?? now) >= overMs) frames = frames.slice(1);
      if (now - (frames[0]?.at ?? now) < overMs) return false;
      return frames.reduce((sum, one) => sum + one.tookMs, 0) / frames.length > mostMs;
    },
  };
}
