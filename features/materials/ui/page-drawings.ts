// Owns drawing pages ahead: the one that is shown first, then its neighbours, each in the size in which it will be seen. Outside React.
import type { PDFDocumentProxy } from './pdf-document.ts';

export interface Drawing {
  canvas: HTMLCanvasElement;
  /** Width by height. */
  aspect: number;
}
/** The space for a page, in pixels of the device's screen. */
export interface Box {
  width: number;
  height: number;
}
interface Work {
  page: number;
  size: string;
  done: Promise<Drawing>;
  cancel(): void;
}

/** More would not be shown by browsers; what is shown larger is a little less sharp. */
const mostPixels = 24_000_000;

const sizeOf = ({ width, height }: Box) => `${width}x${height}`;

export class PageDrawings {
  readonly #document: PDFDocumentProxy;
  #works: Work[] = [];

  constructor(document: PDFDocumentProxy) {
    this.#document = document;
  }

  /** Everything else that is drawn or being drawn is given up. */
  draw(page: number, ahead: readonly number[], box: Box): Promise<Drawing> {
    const size = sizeOf(box);
    const wanted = [page, ...ahead].filter((one) => one >= 1 && one <= this.#document.numPages);
    for (const work of this.#works) if (!wanted.includes(work.page) || work.size !== size) work.cancel();
    this.#works = this.#works.filter((work) => wanted.includes(work.page) && work.size === size);
    const first = this.#find(page, size) ?? this.#begin(page, box);
    void this.#continueWith(wanted.slice(1), box, first.done);
    return first.done;
  }

  close(): void {
    for (const work of this.#works) work.cancel();
    this.#works = [];
  }

  #find(page: number, size: string): Work | undefined {
    return this.#works.find((work) => work.page === page && work.size === size);
  }

  /** One after the other: pages ahead must not take time from the one that is waited for. */
  async #continueWith(pages: readonly number[], box: Box, before: Promise<unknown>): Promise<void> {
    const works = this.#works;
    await before.catch(() => undefined);
    for (const page of pages) {
      if (this.#works !== works) return;
      await (this.#find(page, sizeOf(box)) ?? this.#begin(page, box)).done.catch(() => undefined);
    }
  }

  #begin(page: number, box: Box): Work {
    const state = { cancelled: false, stop: () => {} };
    const work: Work = {
      page,
      size: sizeOf(box),
      done: this.#render(page, box, state),
      cancel: () => {
        state.cancelled = true;
        state.stop();
      },
    };
    this.#works.push(work);
    // What failed is tried again when it is wanted again.
    work.done.catch(() => {
      const at = this.#works.indexOf(work);
      if (at >= 0) this.#works.splice(at, 1);
    });
    return work;
  }

  async #render(number: number, box: Box, state: { cancelled: boolean; stop(): void }): Promise<Drawing> {
    const page = await this.#document.getPage(number);
    if (state.cancelled) throw new DOMException('Not wanted any more', 'AbortError');
    const natural = page.getViewport({ scale: 1 });
    const fitting = Math.min(box.width / natural.width, box.height / natural.height);
    const most = Math.sqrt(mostPixels / (natural.width * natural.height));
    const viewport = page.getViewport({ scale: Math.min(fitting, most) });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(viewport.width));
    canvas.height = Math.max(1, Math.round(viewport.height));
    const task = page.render({ canvas, viewport });
    state.stop = () => task.cancel();
    await task.promise;
    return { canvas, aspect: natural.width / natural.height };
  }
}
