// Where backgrounds can't be drawn, and why; what is remembered, and what of it can be had.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const memory = new Map<string, string>();
let context: object | null = {};

beforeEach(() => {
  vi.resetModules();
  memory.clear();
  context = {};
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => void memory.set(key, value),
    removeItem: (key: string) => void memory.delete(key),
  });
  vi.stubGlobal('VideoFrame', class {});
  vi.stubGlobal('createImageBitmap', () => undefined);
  vi.stubGlobal('MediaStreamTrackGenerator', class {});
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => context;
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

/** Anew each time: a page asks once. */
const load = () => import('./background-filter.ts');

it('a current browser with graphics can', async () => {
  expect((await load()).whyNoBackgrounds()).toBeNull();
});

it('without graphics acceleration it is the graphics', async () => {
  context = null;
  expect((await load()).whyNoBackgrounds()).toBe('graphics');
});

it('without frames to take apart it is the browser', async () => {
  vi.stubGlobal('VideoFrame', undefined);
  Reflect.deleteProperty(globalThis, 'VideoFrame');
  expect((await load()).whyNoBackgrounds()).toBe('browser');
});

it('remembers a choice, forgets none, and knows nothing of what an older version had', async () => {
  const { keepBackground, rememberedBackground } = await load();
  expect(rememberedBackground()).toBe('none');
  keepBackground('plants');
  expect(rememberedBackground()).toBe('plants');
  keepBackground('none');
  expect(memory.size).toBe(0);
  memory.set('stagedoor.background', 'beach');
  expect(rememberedBackground()).toBe('none');
});

it('what was remembered by a browser that could is none where it can’t', async () => {
  context = null;
  memory.set('stagedoor.background', 'blur');
  expect((await load()).rememberedBackground()).toBe('none');
});
