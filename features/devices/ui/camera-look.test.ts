// The camera's way through a filter, in memory: nobody sees a frame that was not to be seen, and nothing stays open.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FilteredPicture } from '../contract.ts';
import { pictureSize } from './device-constraints.ts';
import type { DeviceNotice } from './device-notice.ts';
import { rawOf, trackOf } from './device-status.ts';
import { DeviceStore } from './device-store.ts';

interface FakeCamera {
  kind: 'video';
  id: string;
  stopped: boolean;
  stop(): void;
  getSettings(): { deviceId: string };
  /** Heights of the picture, later than at the opening. */
  asked: number[];
  applyConstraints(asked: MediaTrackConstraints): Promise<void>;
}
interface FakeFilter {
  of: FakeCamera;
  look: string;
  closed: boolean;
  tooSlow: () => void;
  ready(): void;
  fail(): void;
}

let cameras: FakeCamera[];
let filters: FakeFilter[];
let kept: string[];
let store: DeviceStore;
let told: DeviceNotice[];

const media = {
  async getUserMedia(asked: MediaStreamConstraints) {
    const id = String(((asked.video as MediaTrackConstraints).deviceId as ConstrainDOMStringParameters)?.exact ?? 'first');
    const camera: FakeCamera = {
      kind: 'video',
      id,
      stopped: false,
      stop: () => {
        camera.stopped = true;
      },
      getSettings: () => ({ deviceId: id }),
      asked: [],
      applyConstraints: async ({ height }) => void camera.asked.push(Number((height as ConstrainULongRange).ideal)),
    };
    cameras.push(camera);
    return { getTracks: () => [camera] };
  },
  enumerateDevices: async () => [],
} as unknown as MediaDevices;

const openFilter = (raw: MediaStreamTrack, look: string, tooSlow: () => void): Promise<FilteredPicture> =>
  new Promise((resolve, reject) => {
    const of = raw as unknown as FakeCamera;
    const filter: FakeFilter = {
      of,
      look,
      closed: false,
      tooSlow,
      ready: () =>
        resolve({
          track: { filtered: of.id } as unknown as MediaStreamTrack,
          async show(next) {
            if (next === 'missing') throw new Error('not found');
            filter.look = next;
          },
          close: () => {
            filter.closed = true;
          },
        }),
      fail: () => reject(new Error('no graphics')),
    };
    filters.push(filter);
  });

function start(look: string): void {
  store = new DeviceStore(media, { openFilter, look, keepLook: (next) => kept.push(next) });
  store.onNotice((notice) => told.push(notice));
}
const seen = () => trackOf(store.read().camera) as unknown as { filtered: string } | FakeCamera | null;
const lastFilter = async (count: number): Promise<FakeFilter> => {
  await vi.waitFor(() => expect(filters).toHaveLength(count));
  return filters[count - 1] as FakeFilter;
};
const camera = { camera: true, microphone: false };
const nothing = { camera: false, microphone: false };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const memory = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => void memory.set(key, value),
    removeItem: (key: string) => void memory.delete(key),
  });
  [cameras, filters, kept, told] = [[], [], [], []];
});
afterEach(() => {
  store.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('with a remembered look, nothing is seen until the first changed frame is there', async () => {
  start('blur');
  store.want(camera);
  const filter = await lastFilter(1);
  expect(store.read().camera.is).toBe('starting');
  filter.ready();
  await vi.waitFor(() => expect(seen()).toEqual({ filtered: 'first' }));
  expect(rawOf(store.read().camera)).toBe(cameras[0]);
});

it('another look is put on the same track; none gives the camera itself, and closes the filter a moment later', async () => {
  start('blur');
  store.want(camera);
  const filter = await lastFilter(1);
  filter.ready();
  await vi.waitFor(() => expect(store.read().camera.is).toBe('on'));
  const before = seen();
  expect(await store.setLook('office')).toBe(true);
  expect(seen()).toBe(before);
  expect([filter.look, kept]).toEqual(['office', ['office']]);
  expect(await store.setLook('none')).toBe(true);
  expect(seen()).toBe(cameras[0]);
  expect(filter.closed).toBe(false);
  vi.runAllTimers();
  expect([filter.closed, cameras[0]?.stopped]).toEqual([true, false]);
});

it('the camera as it is stays seen until the look is there', async () => {
  start('none');
  store.want(camera);
  await vi.waitFor(() => expect(seen()).toBe(cameras[0]));
  const looking = store.setLook('plants');
  const filter = await lastFilter(1);
  expect(seen()).toBe(cameras[0]);
  filter.ready();
  await looking;
  expect(seen()).toEqual({ filtered: 'first' });
});

it('another camera goes through the same look, and the picture before stays until then', async () => {
  start('blur');
  store.want(camera);
  (await lastFilter(1)).ready();
  await vi.waitFor(() => expect(store.read().camera.is).toBe('on'));
  const changing = store.choose('camera', 'second');
  const second = await lastFilter(2);
  expect(seen()).toEqual({ filtered: 'first' });
  expect(cameras[0]?.stopped).toBe(false);
  second.ready();
  await changing;
  expect(seen()).toEqual({ filtered: 'second' });
  vi.runAllTimers();
  expect(cameras.map((one) => one.stopped)).toEqual([true, false]);
  expect(filters.map((one) => one.closed)).toEqual([true, false]);
});

it('switched off while the look is being fetched, the light goes out at once, and what comes late is closed', async () => {
  start('blur');
  store.want(camera);
  const filter = await lastFilter(1);
  store.want(nothing);
  await vi.waitFor(() => expect(store.read().camera.is).toBe('off'));
  expect(cameras[0]?.stopped).toBe(true);
  filter.ready();
  await vi.waitFor(() => expect(filter.closed).toBe(true));
  expect(store.read().camera.is).toBe('off');
});

it('a remembered look that cannot be had leaves the camera off, and says so; the next press shows it as it is', async () => {
  start('blur');
  store.want(camera);
  (await lastFilter(1)).fail();
  await vi.waitFor(() => expect(store.read().camera).toMatchObject({ is: 'trouble', trouble: 'look-failed' }));
  expect([told, store.read().look, cameras[0]?.stopped]).toEqual([[{ is: 'look-failed' }], 'none', true]);
  store.checkAgain();
  await vi.waitFor(() => expect(seen()).toBe(cameras[1]));
});

it('a look that cannot be had later leaves what was there', async () => {
  start('blur');
  store.want(camera);
  (await lastFilter(1)).ready();
  await vi.waitFor(() => expect(store.read().camera.is).toBe('on'));
  expect(await store.setLook('missing')).toBe(false);
  expect([store.read().look, told]).toEqual(['blur', [{ is: 'look-failed' }]]);
});

it('a machine that cannot keep up gets its plain picture back, is told, and is not asked for as much again', async () => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 8, userAgent: 'Chrome/146.0.0.0' });
  start('blur');
  store.want(camera);
  const filter = await lastFilter(1);
  filter.ready();
  await vi.waitFor(() => expect(store.read().camera.is).toBe('on'));
  filter.tooSlow();
  await vi.waitFor(() => expect(told).toEqual([{ is: 'look-too-slow' }]));
  expect(seen()).toBe(cameras[0]);
  expect([store.read().look, kept]).toEqual(['none', ['none']]);
  // From now on it is asked for less, as long as a background is on, and for a day.
  const day = 24 * 60 * 60 * 1000;
  const heights = [pictureSize('none'), pictureSize('blur'), pictureSize('blur', Date.now() + day)].map(({ height }) => height);
  expect(heights).toEqual([720, 540, 720]);
  expect(await store.setLook('none')).toBe(true);
  const looking = store.setLook('office');
  (await lastFilter(2)).ready();
  await looking;
  expect(cameras[0]?.asked).toEqual([540]);
  await store.setLook('none');
  expect(cameras[0]?.asked).toEqual([540, 720]);
});
