// Owns the camera's way through a filter: what is seen changes only when the next picture is there, and nothing of the last one is left open.
import type { FilteredPicture, OpenFilter } from '../contract.ts';
import { plainLook } from '../contract.ts';

interface Shown {
  raw: MediaStreamTrack;
  filtered: FilteredPicture | null;
}

/** What is no longer wanted goes on for so long, so that whoever still sends it has taken the next one: no black frame in between. */
const lingerMs = 500;

const trackOf = ({ raw, filtered }: Shown): MediaStreamTrack => filtered?.track ?? raw;

function end({ raw, filtered }: Shown): void {
  filtered?.close();
  raw.stop();
}

export class CameraPicture {
  readonly #openFilter: OpenFilter | undefined;
  readonly #onTooSlow: () => void;
  #shown: Shown | null = null;
  /** One change after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #visit = 0;
  /** What is still being made when the camera is dropped is not waited for. */
  #dropped = Promise.withResolvers<null>();

  constructor(openFilter: OpenFilter | undefined, onTooSlow: () => void) {
    this.#openFilter = openFilter;
    this.#onTooSlow = onTooSlow;
  }

  /** The camera's own track, before any filter. */
  get raw(): MediaStreamTrack | null {
    return this.#shown?.raw ?? null;
  }

  /** Another camera, or the first one. Null: dropped meanwhile. Rejects where the look cannot be had; the camera given is closed then. */
  take(raw: MediaStreamTrack, look: string): Promise<MediaStreamTrack | null> {
    const visit = this.#visit;
    return this.#inTurn(async () => {
      try {
        const next = visit === this.#visit ? await this.#make(raw, look) : null;
        if (next) return this.#show(next, visit);
        raw.stop();
        return null;
      } catch (error) {
        raw.stop();
        throw error;
      }
    });
  }

  /** Another look of the camera that is open. Null: none is. Rejects where it cannot be had, and leaves the look before. */
  setLook(look: string): Promise<MediaStreamTrack | null> {
    const visit = this.#visit;
    return this.#inTurn(async () => {
      const before = this.#shown;
      if (!before || visit !== this.#visit) return null;
      if (before.filtered && look !== plainLook) {
        await before.filtered.show(look);
        return before.filtered.track;
      }
      if (!before.filtered && look === plainLook) return before.raw;
      const next = await this.#make(before.raw, look);
      return next && this.#show(next, visit);
    });
  }

  drop(): void {
    this.#visit += 1;
    this.#dropped.resolve(null);
    this.#dropped = Promise.withResolvers();
    if (this.#shown) end(this.#shown);
    this.#shown = null;
  }

  #inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const done = this.#queue.then(change, change);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #make(raw: MediaStreamTrack, look: string): Promise<Shown | null> {
    const filtering = this.#filter(raw, look);
    const made = await Promise.race([filtering.then((filtered): Shown => ({ raw, filtered })), this.#dropped.promise]);
    if (!made) void filtering.then((late) => late?.close()).catch(() => undefined);
    return made;
  }

  async #filter(raw: MediaStreamTrack, look: string): Promise<FilteredPicture | null> {
    if (look === plainLook || !this.#openFilter) return null;
    const filtered = await this.#openFilter(raw, look, () => {
      if (this.#shown?.filtered === filtered) this.#onTooSlow();
    });
    return filtered;
  }

  #show(next: Shown, visit: number): MediaStreamTrack | null {
    if (visit !== this.#visit) {
      end(next);
      return null;
    }
    const before = this.#shown;
    this.#shown = next;
    if (before) {
      const isSameCamera = before.raw === next.raw;
      setTimeout(() => (isSameCamera ? before.filtered?.close() : end(before)), lingerMs);
    }
    return trackOf(next);
  }
}
