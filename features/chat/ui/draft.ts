// Owns what was typed and not sent, and where it would go: a draft per channel, kept per tab and Session, over reloads.
import type { ChatChannel } from '../contract.ts';
import type { Choice } from './channel-choice.ts';
import type { Named } from './mentions.ts';

export interface Draft {
  text: string;
  /** Those who were chosen after an "@". */
  mentions: readonly Named[];
}
export interface Writing {
  /** Null until one has chosen, or has been given, a channel. */
  choice: Choice | null;
  drafts: Readonly<Partial<Record<ChatChannel, Draft>>>;
}

export const noDraft: Draft = { text: '', mentions: [] };
const nothing: Writing = { choice: null, drafts: {} };
const key = (sessionId: string) => `stagedoor.chat-draft.${sessionId}`;
const isChannel = (value: unknown): value is ChatChannel =>
  typeof value === 'string' && /^(everyone|backstage|room:r\d{1,6})$/.test(value);

/** Whatever is kept there, also by a version before this one. */
export function readWriting(kept: string | null): Writing {
  try {
    const { choice, drafts } = (JSON.parse(kept ?? '{}') ?? {}) as { choice?: Partial<Choice>; drafts?: Writing['drafts'] };
    const isChoice = isChannel(choice?.from) && isChannel(choice?.channel);
    const sound = Object.entries(drafts ?? {}).filter(
      ([channel, draft]) => isChannel(channel) && typeof draft?.text === 'string' && Array.isArray(draft.mentions),
    );
    return { choice: isChoice ? (choice as Choice) : null, drafts: Object.fromEntries(sound) };
  } catch {
    return nothing;
  }
}

export function recallWriting(sessionId: string): Writing {
  try {
    return readWriting(sessionStorage.getItem(key(sessionId)));
  } catch {
    return nothing;
  }
}

export function keepWriting(sessionId: string, writing: Writing): void {
  try {
    sessionStorage.setItem(key(sessionId), JSON.stringify(writing));
  } catch {
    // Without storage it lasts until the reload.
  }
}

/** What was typed in a breakout room that one is no longer in. */
export const leftIn = ({ drafts }: Writing, own: ChatChannel): ChatChannel | null =>
  own === 'everyone' ? ((Object.keys(drafts) as ChatChannel[]).find((one) => one.startsWith('room:')) ?? null) : null;

/** What was typed elsewhere, behind what is typed here. */
export function withMoved(writing: Writing, from: ChatChannel, to: ChatChannel): Writing {
  const [moved, here] = [writing.drafts[from] ?? noDraft, writing.drafts[to] ?? noDraft];
  const text = here.text.trim() ? `${here.text.trimEnd()} ${moved.text}` : moved.text;
  return withDraft(withDraft(writing, from, noDraft), to, { text, mentions: [...here.mentions, ...moved.mentions] });
}

export function withDraft(writing: Writing, channel: ChatChannel, draft: Draft): Writing {
  const { [channel]: _, ...others } = writing.drafts;
  return { ...writing, drafts: draft.text ? { ...others, [channel]: draft } : others };
}
