// Owns my own shared screen: chosen in the browser, named in the state, and over as soon as either says so. Outside React.
import type { ScreenChoice } from '#features/stage/ui/choose-screen.ts';
import type { ScreenTracks } from '#platform/media/client/media-call.ts';
import { ApiError } from '#platform/ui/api.ts';
import type { MyPart } from './my-part.ts';

export type ScreenTrouble =
  /** The browser could not. */
  | 'failed'
  /** It is over without my doing. */
  | 'ended';

export interface OwnScreenOptions {
  choose(): Promise<ScreenChoice>;
  submit(type: string, body: Record<string, unknown>): Promise<unknown>;
  /** Who has to be asked before I share. */
  inTheWay(): string | null;
  onChange(): void;
  onTrouble(trouble: { screen: ScreenTrouble } | { code: string; details?: ApiError['details'] }): void;
}

export interface OwnScreenSnapshot {
  isSharing: boolean;
  /** What is sent. */
  picture: MediaStreamTrack | null;
  /** Their screen or material ends if I go on. */
  asks: string | null;
}

/** The state must have said so by then: somebody else took over in the same moment. */
const forgetAfterMs = 2000;

export class OwnScreen {
  readonly #options: OwnScreenOptions;
  readonly #listeners = new Set<() => void>();
  #tracks: ScreenTracks | null = null;
  #snapshot: OwnScreenSnapshot = { isSharing: false, picture: null, asks: null };
  #asks: string | null = null;
  #isChoosing = false;
  /** Asked for, and not yet in the state. */
  #isStarting = false;
  /** The state says that I share, here or in another tab. */
  #isNamed = false;
  #isEnding = false;
  /** How often it was started: answers to an earlier start say nothing about this one. */
  #starts = 0;
  #isClosed = false;
  #forget: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OwnScreenOptions) {
    this.#options = options;
  }

  readonly read = (): OwnScreenSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get tracks(): ScreenTracks | null {
    return this.#tracks;
  }

  /** Call inside a click. While sharing: another window takes the place of the one before, and nobody sees a gap. */
  readonly share = async (): Promise<void> => {
    const by = this.#tracks ? null : this.#options.inTheWay();
    if (by === null) await this.#choose(false);
    else this.#ask(by);
  };

  /** To the question whether somebody else's may end. A click too. */
  readonly answer = async (yes: boolean): Promise<void> => {
    this.#ask(null);
    if (!yes) this.#drop();
    else if (this.#tracks) await this.#tell(true);
    else await this.#choose(true);
  };

  /** The state follows. */
  readonly stop = (): void => this.#drop();

  /** Brings it into line with the state. */
  follow(part: MyPart, isElsewhere: boolean): void {
    if (isElsewhere) {
      this.#drop();
      return;
    }
    if (!part.known) return;
    this.#isNamed = part.sharing;
    if (!part.sharing) this.#isEnding = false;
    else if (this.#forget !== undefined) this.#started();
    // A page that has just been opened, or whose screen has ended, shows nothing, whatever the state remembers.
    if (part.sharing && !this.#tracks && !this.#isChoosing) this.#end();
    if (part.sharing || !this.#tracks || this.#isStarting) return;
    this.#drop();
    const isStillHere = part.onStage !== null || part.inRoom !== null;
    if (isStillHere && part.phase !== 'ended' && !part.removed) this.#options.onTrouble({ screen: 'ended' });
  }

  close(): void {
    this.#isClosed = true;
    this.#drop();
    this.#listeners.clear();
  }

  async #choose(takeOver: boolean): Promise<void> {
    if (this.#isChoosing) return;
    this.#isChoosing = true;
    const choice = await this.#options.choose();
    this.#isChoosing = false;
    if (choice.is === 'failed') this.#options.onTrouble({ screen: 'failed' });
    if (choice.is !== 'chosen') return;
    const { picture, sound } = choice.screen;
    if (this.#isClosed) {
      for (const track of [picture, sound]) track?.stop();
      return;
    }
    const before = this.#tracks;
    this.#tracks = { picture, sound };
    // The browser's own bar, or the window is gone.
    picture.addEventListener('ended', () => this.#tracks?.picture === picture && this.#drop());
    if (before) this.#changed();
    else await this.#tell(takeOver);
    // After the new one has taken its place.
    for (const track of [before?.picture, before?.sound]) track?.stop();
  }

  async #tell(takeOver: boolean): Promise<void> {
    const start = ++this.#starts;
    this.#isStarting = true;
    this.#changed();
    try {
      await this.#options.submit('stage.share-screen', { on: true, ...(takeOver && { takeOver }) });
      if (start !== this.#starts || !this.#isStarting) return;
      if (this.#isNamed) this.#started();
      else this.#forget = setTimeout(() => this.#started(), forgetAfterMs);
    } catch (error) {
      if (start !== this.#starts || !this.#tracks) return;
      const { code, details } = error instanceof ApiError ? error : new ApiError(0, 'internal');
      const by = code === 'presenting-already' ? details?.by : undefined;
      // Somebody was faster. What I chose is kept for the answer.
      if (typeof by === 'string') {
        this.#ask(by);
        return;
      }
      this.#drop();
      this.#options.onTrouble({ code, details });
    }
  }

  #started(): void {
    clearTimeout(this.#forget);
    this.#forget = undefined;
    this.#isStarting = false;
    this.#changed();
  }

  #end(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#options.submit('stage.share-screen', { on: false }).catch(() => {
      this.#isEnding = false;
    });
  }

  #ask(by: string | null): void {
    this.#asks = by;
    this.#changed();
  }

  #drop(): void {
    const gone = this.#tracks;
    clearTimeout(this.#forget);
    this.#forget = undefined;
    this.#isStarting = false;
    if (!gone && this.#asks === null) return;
    this.#tracks = null;
    this.#asks = null;
    for (const track of [gone?.picture, gone?.sound]) track?.stop();
    this.#changed();
  }

  #changed(): void {
    const before = this.#snapshot;
    const asks = this.#asks;
    const picture = asks === null ? (this.#tracks?.picture ?? null) : null;
    if (picture !== before.picture || asks !== before.asks) {
      this.#snapshot = { isSharing: picture !== null, picture, asks };
      for (const listener of [...this.#listeners]) listener();
    }
    this.#options.onChange();
  }
}
