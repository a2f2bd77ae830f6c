// Owns F4: how much larger a server is for each connection, after all that can be forgotten is forgotten.
import { residentKilobytes } from '../rig/meter.ts';
import type { Target } from './target.ts';

/** These warm the server up: code is compiled, heaps have grown. */
const first = 300;

/** Kilobytes for each connection between the first ones and `people`. */
export async function memoryPerConnection(target: Target, people: number): Promise<number> {
  await target.grow(first);
  await target.forget();
  const before = residentKilobytes(target.pid());
  await target.grow(people);
  await target.forget();
  return (residentKilobytes(target.pid()) - before) / (people - first);
}
