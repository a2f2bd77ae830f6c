// Owns chance that can be had again: every run prints its seed, and TEST_SEED repeats it.

const seed = Number(process.env.TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
let printed = false;

/** Numbers from 0 up to 1 (mulberry32). */
export function dice(): () => number {
  if (!printed) console.log(`Seed of this run: TEST_SEED=${seed}`);
  printed = true;
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
