// Owns that a change of place is a move without a gap: the next connection is made while the former one is seen and heard, then takes its place.
// When to try again, and what the person is told of it, is media-client.ts.
import type { CallEvents, EndReason, MediaCall, ScreenTracks } from './media-call.ts';
import type { Wanted } from './publisher.ts';

/** What is used of a connection, so that tests can stand in for it. */
export type Call = Pick<
  MediaCall,
  'connect' | 'roomName' | 'send' | 'withdraw' | 'setOnStage' | 'awaitPicture' | 'placesChanged' | 'close'
>;

export interface CallIntent {
  /** The LiveKit room where my media belongs. Null: not known yet; the server decides. */
  place: string | null;
  /** Whom the state has on screen there. */
  onStage: readonly string[];
  /** Somebody else there sends a picture: a move is complete when the first one has come. */
  hasPictures: boolean;
  camera: Wanted;
  microphone: Wanted;
  /** My own screen. */
  screen?: ScreenTracks | null;
  /** Whose screens the state names there. */
  screens?: readonly string[];
  /** Whose microphones the state has on there. */
  microphones?: readonly string[];
}

export interface Heard {
  speaking: ReadonlySet<string>;
  poor: ReadonlySet<string>;
}

export interface TwoCallsEvents {
  onAnswered(): void;
  /** What is seen and heard is the connection that stands where I belong. */
  onShown(): void;
  onMending(): void;
  onHeard(heard: Heard): void;
  /** `isShown`: it was the one seen and heard, and there is none now. Otherwise the former one still is. */
  onEnded(reason: EndReason, isShown: boolean): void;
}

interface Held {
  call: Call;
  place: string | null;
  connected: boolean;
  heard: Heard;
}

const nobody: ReadonlySet<string> = new Set();
/** Somebody's camera is said to be on, and no picture comes: they may be on their way too. */
export const longestWaitMs = 2500;

/** LiveKit sends no pictures to a hidden tab. */
const isUnseen = () => typeof document !== 'undefined' && document.hidden;

export class TwoCalls {
  readonly #make: (place: string | null, events: CallEvents) => Call;
  readonly #told: TwoCallsEvents;
  #shown: Held | null = null;
  /** Made while the other stands elsewhere. */
  #next: Held | null = null;
  #intent: CallIntent | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(make: (place: string | null, events: CallEvents) => Call, told: TwoCallsEvents) {
    this.#make = make;
    this.#told = told;
  }

  /** What is seen and heard is not where I belong. */
  get isMoving(): boolean {
    return this.#shown !== null && !this.#isRight(this.#shown);
  }

  /** No connection leads to where I belong, nor is one being made. */
  get isMissing(): boolean {
    return !this.#shown || (this.isMoving && !this.#next);
  }

  open(): void {
    if (!this.#intent || !this.isMissing) return;
    const { place } = this.#intent;
    const held: Held = { place, connected: false, heard: { speaking: nobody, poor: nobody }, call: null as unknown as Call };
    held.call = this.#make(place, this.#eventsOf(held));
    if (this.#shown) this.#next = held;
    else this.#shown = held;
    void held.call.connect();
    this.follow(this.#intent);
  }

  /** Brings both connections into line with what is wanted. */
  follow(intent: CallIntent): void {
    this.#intent = intent;
    if (this.#next && !this.#isRight(this.#next)) this.#dropNext();
    if (this.#shown && !this.#isRight(this.#shown)) {
      // What has shown nothing yet is no loss.
      if (!this.#shown.connected) this.#close();
      else this.#shown.call.withdraw();
    } else if (this.#next) this.#dropNext();
    const { onStage, camera, microphone, screen, screens, microphones } = intent;
    const right = this.#next ?? (this.isMoving ? null : this.#shown);
    right?.call.send(camera, microphone, screen);
    if (right && right === this.#shown) right.call.setOnStage(onStage, screens, microphones);
    if (!this.#next) return;
    this.#next.call.awaitPicture(onStage);
    this.#showNextWhenReady();
  }

  placesChanged(place: string): void {
    this.#shown?.call.placesChanged(place);
  }

  close(): void {
    this.#dropNext();
    this.#close();
  }

  #isRight({ place, call }: Held): boolean {
    const [is, wanted] = [place ?? call.roomName(), this.#intent?.place ?? null];
    return is === null || wanted === null || is === wanted;
  }

  #close(): void {
    const held = this.#shown;
    this.#shown = null;
    held?.call.close();
  }

  #dropNext(): void {
    const held = this.#next;
    this.#next = null;
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    held?.call.close();
  }

  #showNextWhenReady(): void {
    if (!this.#next?.connected) return;
    if (!this.#intent?.hasPictures || isUnseen()) this.#showNext();
    else this.#waiting ??= setTimeout(() => this.#showNext(), longestWaitMs);
  }

  /** In one turn: the listener never hears two places, and never none. */
  #showNext(): void {
    const [former, held, intent] = [this.#shown, this.#next, this.#intent];
    if (!held || !intent) return;
    this.#next = null;
    this.#shown = held;
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    // Elements that both have use for go from one to the other without a blank.
    held.call.setOnStage(intent.onStage, intent.screens, intent.microphones);
    former?.call.close();
    this.#told.onHeard(held.heard);
    this.#told.onShown();
  }

  #eventsOf(held: Held): CallEvents {
    const isShown = () => held === this.#shown;
    const hear = (change: Partial<Heard>) => {
      held.heard = { ...held.heard, ...change };
      if (isShown()) this.#told.onHeard(held.heard);
    };
    return {
      onAnswered: () => {
        if (!isShown()) return;
        // The server may have decided otherwise than the state that came meanwhile.
        if (this.#intent) this.follow(this.#intent);
        this.#told.onAnswered();
      },
      onConnected: () => {
        held.connected = true;
        if (isShown()) this.#told.onShown();
        else if (held === this.#next) this.#showNextWhenReady();
      },
      onPicture: () => {
        if (held === this.#next && held.connected) this.#showNext();
      },
      // The former one is not mended any more: the server opens only the next.
      onMending: () => isShown() && !this.isMoving && this.#told.onMending(),
      onEnded: (reason) => this.#ended(held, reason),
      onSpeaking: (speaking) => hear({ speaking }),
      onPoor: (poor) => hear({ poor }),
    };
  }

  #ended(held: Held, reason: EndReason): void {
    if (held === this.#next) {
      this.#next = null;
      clearTimeout(this.#waiting);
      this.#waiting = undefined;
      // Another tab of mine took over there, and speaks for all places.
      if (reason === 'elsewhere') this.#close();
      this.#told.onEnded(reason, this.#shown === null);
    } else if (held === this.#shown) {
      this.#shown = null;
      if (reason === 'elsewhere') this.#dropNext();
      if (this.#next?.connected) this.#showNext();
      else if (this.#next) this.#promoteNext();
      else this.#told.onEnded(reason, true);
    }
  }

  /** Nothing is shown any more; what is being made is all there is. */
  #promoteNext(): void {
    this.#shown = this.#next;
    this.#next = null;
    this.#told.onHeard({ speaking: nobody, poor: nobody });
    this.#told.onMending();
  }
}
