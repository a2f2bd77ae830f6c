// Owns joining messages of a conversation from two sources, each once and by number. Pure.
import type { SupportMessage } from '../contract.ts';

/** Of two versions `fresh` counts; the same array where nothing is new. */
export function rememberMessages(known: readonly SupportMessage[], fresh: readonly SupportMessage[]): readonly SupportMessage[] {
  const bySeq = new Map(known.map((one) => [one.seq, one]));
  const isNew = (one: SupportMessage) => bySeq.get(one.seq) !== one;
  if (!fresh.some(isNew)) return known;
  for (const one of fresh) bySeq.set(one.seq, one);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
