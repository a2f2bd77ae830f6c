// What is drawn when: the page that is waited for first, its neighbours after it, and nothing that nobody wants any more (rule MA29).
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PageDrawings } from './page-drawings.ts';
import type { PDFDocumentProxy } from './pdf-document.ts';

interface Begun {
  page: number;
  cancelled: boolean;
  finish(): void;
  fail(): void;
}
let begun: Begun[];
const box = { width: 800, height: 450 };

/** A document that draws when it is told to. */
function slowDocument(numPages: number): PDFDocumentProxy {
  const getPage = async (page: number) => ({
    getViewport: ({ scale }: { scale: number }) => ({ width: 1600 * scale, height: 900 * scale }),
    render: () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      let isDone = false;
      const finish = () => {
        isDone = true;
        resolve();
      };
      const work: Begun = { page, cancelled: false, finish, fail: () => reject(new Error('broken')) };
      begun.push(work);
      const cancel = () => {
        work.cancelled = !isDone;
        reject(new Error('cancelled'));
      };
      return { promise, cancel };
    },
  });
  return { numPages, getPage } as unknown as PDFDocumentProxy;
}
const pagesBegun = () => begun.map((work) => work.page);
const last = () => begun.at(-1) as Begun;

beforeEach(() => {
  begun = [];
  vi.stubGlobal('document', { createElement: () => ({ width: 0, height: 0 }) });
});
afterEach(() => vi.unstubAllGlobals());

it('draws the page that is waited for, then one neighbour after the other', async () => {
  const drawings = new PageDrawings(slowDocument(5));
  const first = drawings.draw(2, [3, 4, 1], box);
  await vi.waitFor(() => expect(pagesBegun()).toEqual([2]));
  last().finish();
  expect((await first).canvas).toMatchObject({ width: 800, height: 450 });
  await vi.waitFor(() => expect(pagesBegun()).toEqual([2, 3]));
  last().finish();
  await vi.waitFor(() => expect(pagesBegun()).toEqual([2, 3, 4]));
});

it('has a neighbour at once, and gives up what is not wanted any more', async () => {
  const drawings = new PageDrawings(slowDocument(9));
  const first = drawings.draw(1, [2, 3, 0], box);
  await vi.waitFor(() => expect(pagesBegun()).toEqual([1]));
  last().finish();
  await first;
  await vi.waitFor(() => expect(pagesBegun()).toEqual([1, 2]));
  last().finish();
  await vi.waitFor(() => expect(pagesBegun()).toEqual([1, 2, 3]));
  await drawings.draw(2, [], box);
  expect(begun.map((work) => work.cancelled)).toEqual([false, false, true]);
  expect(pagesBegun()).toEqual([1, 2, 3]);
});

it('draws anew for another size, and what failed when it is wanted again', async () => {
  const drawings = new PageDrawings(slowDocument(1));
  const failing = drawings.draw(1, [], box);
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  last().fail();
  await expect(failing).rejects.toThrow('broken');
  const again = drawings.draw(1, [], box);
  await vi.waitFor(() => expect(begun).toHaveLength(2));
  last().finish();
  await again;
  const larger = drawings.draw(1, [], { width: 1600, height: 900 });
  await vi.waitFor(() => expect(begun).toHaveLength(3));
  last().finish();
  expect((await larger).canvas.width).toBe(1600);
});
