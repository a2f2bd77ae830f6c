// Owns a person's own conversation in this page: whether there is one, following it, what is unread. One per event, however many show it.
import type { LiveStore } from '#platform/live/client/live-store.ts';
import { api } from '#platform/ui/api.ts';
import type { Diagnostics, SupportPlace, SupportState, TalkSlice } from '../contract.ts';
import { supportPath } from '../contract.ts';
import { ownOf, talkOf } from '../core.ts';
import { connectTalk } from './talk-connection.ts';

export interface CorrespondenceSnapshot {
  /** `none`: one has never asked. */
  phase: 'asking' | 'none' | 'there';
  /** Null until its first state is there. */
  talk: TalkSlice | null;
  personId: string | null;
  /** Answers that were not read yet. */
  unread: number;
  lastAnswer: { seq: number; text: string } | null;
}

const retryMs = 5000;
const askAgainMs = 30_000;
/** Going from one page of an event to the next does not end it. */
const lingerMs = 5000;
const nothing: CorrespondenceSnapshot = { phase: 'asking', talk: null, personId: null, unread: 0, lastAnswer: null };

export class Correspondence {
  readonly #slug: string;
  readonly #listeners = new Set<() => void>();
  #store: LiveStore<SupportState> | null = null;
  #snapshot = nothing;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #askedAtMs = 0;
  #toldPlace: SupportPlace | null = null;
  #place: SupportPlace | null = null;
  #stopped = false;

  constructor(slug: string) {
    this.#slug = slug;
    document.addEventListener('visibilitychange', this.#lookAgain);
    void this.#find();
  }

  readonly read = (): CorrespondenceSnapshot => this.#snapshot;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins the conversation where there is none, so that every tab of the person has the same. */
  async open(): Promise<void> {
    if (this.#store) return;
    const { conversationId } = await api.post<{ conversationId: string }>(supportPath(this.#slug));
    this.#follow(conversationId);
  }

  send(text: string, diagnostics?: Diagnostics): Promise<void> {
    return this.#submit('support.send', diagnostics ? { text, diagnostics } : { text });
  }

  /** Everything up to here has been looked at. */
  markRead(): void {
    const { lastAnswer, unread } = this.#snapshot;
    if (unread > 0 && lastAnswer) void this.#submit('support.read', { seq: lastAnswer.seq }).catch(() => undefined);
  }

  /** Told to the team while the conversation is open. */
  notePlace(place: SupportPlace): void {
    this.#place = place;
    this.#tellPlace();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    document.removeEventListener('visibilitychange', this.#lookAgain);
    this.#store?.close();
  }

  #submit(type: string, body: Record<string, unknown>): Promise<void> {
    return this.#store ? this.#store.submit(type, body) : Promise.reject(new Error('no conversation'));
  }

  async #find(): Promise<void> {
    this.#askedAtMs = Date.now();
    try {
      const { conversationId } = await api.get<{ conversationId: string | null }>(supportPath(this.#slug));
      if (conversationId) this.#follow(conversationId);
      else if (!this.#store) this.#publish({ ...nothing, phase: 'none' });
    } catch {
      if (!this.#stopped) this.#retry = setTimeout(() => void this.#find(), retryMs);
    }
  }

  /** Begun on another device meanwhile. */
  readonly #lookAgain = (): void => {
    const isDue = Date.now() - this.#askedAtMs > askAgainMs;
    if (document.visibilityState === 'visible' && this.#snapshot.phase === 'none' && isDue) void this.#find();
  };

  #follow(conversationId: string): void {
    if (this.#store || this.#stopped) return;
    const store = connectTalk(conversationId);
    this.#store = store;
    store.subscribe(() => this.#renew(store));
    this.#renew(store);
  }

  #renew(store: LiveStore<SupportState>): void {
    const { slices, personId } = store.read();
    // The slices come one by one: without what was read, everything would look new for a moment.
    if (!slices.all || !personId || !slices[`person:${personId}`]) {
      this.#publish({ ...nothing, phase: 'there' });
      return;
    }
    const talk = talkOf(slices);
    const answers = talk.messages.filter((one) => one.author !== talk.person);
    const { readTo } = ownOf(slices, talk.person);
    const last = answers.at(-1);
    this.#publish({
      phase: 'there',
      talk,
      personId,
      unread: answers.filter((one) => one.seq > readTo).length,
      lastAnswer: last ? { seq: last.seq, text: last.text } : null,
    });
    this.#tellPlace();
  }

  #tellPlace(): void {
    const place = this.#place;
    const { talk } = this.#snapshot;
    if (!place || !talk || talk.sent === 0 || talk.resolvedAt || this.#toldPlace === place) return;
    this.#toldPlace = place;
    void this.#submit('support.note-place', { place }).catch(() => undefined);
  }

  #publish(next: CorrespondenceSnapshot): void {
    const before = this.#snapshot;
    if (before.phase === next.phase && before.talk === next.talk && before.unread === next.unread) return;
    this.#snapshot = next;
    for (const listener of [...this.#listeners]) listener();
  }
}

const shared = new Map<string, { one: Correspondence; users: number; ending: ReturnType<typeof setTimeout> | undefined }>();

/** The event's one; let go with the function that comes with it. */
export function shareCorrespondence(slug: string): { one: Correspondence; release: () => void } {
  const entry = shared.get(slug) ?? { one: new Correspondence(slug), users: 0, ending: undefined };
  shared.set(slug, entry);
  clearTimeout(entry.ending);
  entry.users += 1;
  let released = false;
  return {
    one: entry.one,
    release() {
      if (released) return;
      released = true;
      entry.users -= 1;
      if (entry.users > 0) return;
      entry.ending = setTimeout(() => {
        shared.delete(slug);
        entry.one.stop();
      }, lingerMs);
    },
  };
}
