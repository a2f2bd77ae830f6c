// Owns being deaf for a moment to a click on what has just moved under a resting hand: it was meant for what stood there before. Outside React.

const deafMs = 400;
/** Nearer than this the hand has not chosen another place. */
const nearPx = 12;

interface Place {
  x: number;
  y: number;
}

export class SteadyClicks {
  readonly #element: HTMLElement;
  readonly #rows: string;
  /** Where the hand was last; null when it is not in the list. */
  #hand: Place | null = null;
  #row: Element | null = null;
  #deafUntil: number;
  #deafAt: Place | null = null;
  #keysDeafUntil = 0;

  /** `rows` is what must not be confused with one another. A list that has just appeared may have done so under the hand. */
  constructor(element: HTMLElement, rows: string) {
    this.#element = element;
    this.#rows = rows;
    this.#deafUntil = performance.now() + deafMs;
    element.addEventListener('pointermove', this.#moved, { passive: true });
    element.addEventListener('pointerdown', this.#moved, { passive: true });
    element.addEventListener('pointerover', this.#over, { passive: true });
    element.addEventListener('pointerleave', this.#left, { passive: true });
    element.addEventListener('click', this.#clicked, { capture: true });
  }

  stop(): void {
    this.#element.removeEventListener('pointermove', this.#moved);
    this.#element.removeEventListener('pointerdown', this.#moved);
    this.#element.removeEventListener('pointerover', this.#over);
    this.#element.removeEventListener('pointerleave', this.#left);
    this.#element.removeEventListener('click', this.#clicked, { capture: true });
  }

  /** After each drawing: does something else lie under the hand, which has not moved? */
  look(): void {
    if (!this.#hand) return;
    const { x, y } = this.#hand;
    this.#see(this.#rowOf(document.elementFromPoint(x, y)));
  }

  /** The focus has been moved to another row: the key that is still coming down was not meant for it. */
  focusMoved(): void {
    this.#keysDeafUntil = performance.now() + deafMs;
  }

  #rowOf(target: EventTarget | null): Element | null {
    const row = target instanceof Element ? target.closest(this.#rows) : null;
    return row && this.#element.contains(row) ? row : null;
  }

  #see(row: Element | null): void {
    if (row && row !== this.#row) {
      this.#deafUntil = performance.now() + deafMs;
      this.#deafAt = this.#hand;
    }
    this.#row = row;
  }

  readonly #moved = (event: PointerEvent): void => {
    const { clientX: x, clientY: y, type } = event;
    const from = this.#deafAt;
    const isChosen = from ? Math.hypot(x - from.x, y - from.y) >= nearPx : type === 'pointermove';
    if (isChosen) this.#deafUntil = 0;
    this.#hand = { x, y };
    this.#row = this.#rowOf(event.target);
  };

  /** Browsers say so too when the page has moved under a pointer that rests. */
  readonly #over = ({ clientX: x, clientY: y, target }: PointerEvent): void => {
    if (this.#hand?.x === x && this.#hand.y === y) this.#see(this.#rowOf(target));
  };

  /** A finger leaves with every tap, and the next one comes down in the same place. */
  readonly #left = ({ pointerType }: PointerEvent): void => {
    if (pointerType === 'touch') return;
    this.#hand = null;
    this.#row = null;
  };

  readonly #clicked = (event: MouseEvent): void => {
    // A key's click says 0.
    const deafUntil = event.detail === 0 ? this.#keysDeafUntil : this.#deafUntil;
    if (performance.now() >= deafUntil) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
