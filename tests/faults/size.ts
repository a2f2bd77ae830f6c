// Owns how much the tests do that have a full size (faults, security, some flows): little in every run, all of it with `npm run test:long`, which sets TEST_SIZE.

export const isLong = process.env.TEST_SIZE === 'long';

/** One of two sizes: `sized({ ci: 1_000, long: 10_000 })`. What is proven must be the same, only how often differs. */
export function sized<Size>({ ci, long }: { ci: Size; long: Size }): Size {
  return isLong ? long : ci;
}
