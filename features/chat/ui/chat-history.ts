// Owns the messages that this tab has of each channel: the state's last hundred, and older ones as they were fetched. Pure but for fetching.
import type { ChatChannel, ChatMessage } from '../contract.ts';

export interface ShownMessage extends ChatMessage {
  channel: ChatChannel;
  key: string;
}
export type Known = Readonly<Partial<Record<ChatChannel, readonly ChatMessage[]>>>;
export const nothingKnown: Known = {};

/** What was once seen stays, though the state lets go of it; of two versions the state's counts. */
export function remember(known: readonly ChatMessage[], fresh: readonly ChatMessage[]): readonly ChatMessage[] {
  if (fresh.length === 0 || known === fresh) return known;
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  let changed = false;
  for (const message of fresh) {
    const before = bySeq.get(message.seq);
    // A deletion never comes undone by an older answer.
    if (before === message || (before?.deleted && !message.deleted)) continue;
    bySeq.set(message.seq, message);
    changed = true;
  }
  return changed ? [...bySeq.values()].sort((a, b) => a.seq - b.seq) : known;
}

/** Takes the words out of messages that were deleted after the state had let go of them. */
export function forget(known: readonly ChatMessage[], seqs: readonly number[]): readonly ChatMessage[] {
  if (!known.some((one) => !one.deleted && seqs.includes(one.seq))) return known;
  return known.map((one) => {
    if (one.deleted || !seqs.includes(one.seq)) return one;
    const { seq, at, author } = one;
    return { seq, at, author, text: '', deleted: true };
  });
}

export interface Channelled {
  channel: ChatChannel;
  messages: readonly ChatMessage[];
  /** There are older ones at the server. */
  hasOlder: boolean;
}

/** One list by time. Where one channel's past is not fetched yet, the other's is not shown either: nothing appears in between later. */
export function merge(channels: readonly Channelled[]): ShownMessage[] {
  const from = channels
    .filter((one) => one.hasOlder && one.messages[0])
    .map((one) => one.messages[0]?.at ?? '')
    .sort()
    .at(-1);
  return channels
    .flatMap(({ channel, messages }) => messages.map((message) => ({ ...message, channel, key: `${channel}-${message.seq}` })))
    .filter((message) => from === undefined || message.at >= from)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.key < b.key ? -1 : 1));
}

/** The channel whose past must be fetched next to show more: the one that begins last. */
export function nextToFetch(channels: readonly Channelled[]): { channel: ChatChannel; before: number } | null {
  const open = channels.filter((one) => one.hasOlder && one.messages.length > 0);
  const last = open.sort((a, b) => ((a.messages[0]?.at ?? '') < (b.messages[0]?.at ?? '') ? 1 : -1))[0];
  const first = last?.messages[0];
  return last && first ? { channel: last.channel, before: first.seq } : null;
}
