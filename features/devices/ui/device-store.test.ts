// Camera and microphone against a browser in memory: one question for both, what failed alone, releasing, unplugging, the remembered choice.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DevicesSnapshot } from './device-store.ts';
import { DeviceStore } from './device-store.ts';

interface FakeTrack {
  kind: string;
  stopped: boolean;
  stop(): void;
  onended: (() => void) | null;
}
let tracks: FakeTrack[] = [];
let failing: Record<string, string> = {};
let onDeviceChange: (() => void) | undefined;
let stores: DeviceStore[] = [];

const fakeTrack = (kind: string): FakeTrack => {
  const track: FakeTrack = {
    kind,
    stopped: false,
    onended: null,
    stop() {
      track.stopped = true;
    },
  };
  tracks.push(track);
  return track;
};

const getUserMedia = vi.fn(async (asked: MediaStreamConstraints) => {
  const kinds = [asked.video ? 'video' : '', asked.audio ? 'audio' : ''].filter(Boolean);
  const broken = kinds.find((kind) => failing[kind]);
  if (broken) throw { name: failing[broken] };
  const exact = (asked.video as MediaTrackConstraints)?.deviceId as ConstrainDOMStringParameters | undefined;
  if (exact?.exact === 'gone') throw { name: 'OverconstrainedError' };
  const made = kinds.map(fakeTrack);
  return { getTracks: () => made };
});
const media = {
  getUserMedia,
  enumerateDevices: async () => [
    { kind: 'videoinput', deviceId: 'default', label: 'Default' },
    { kind: 'videoinput', deviceId: 'cam', label: 'Desk camera', groupId: 'desk' },
    { kind: 'audioinput', deviceId: 'mic', label: 'Headset' },
  ],
  addEventListener: (_type: string, listener: () => void) => {
    onDeviceChange = listener;
  },
  removeEventListener: () => undefined,
} as unknown as MediaDevices;

const memory = new Map<string, string>();
beforeEach(() => {
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => void memory.set(key, value),
    removeItem: (key: string) => void memory.delete(key),
  });
  memory.clear();
  tracks = [];
  failing = {};
  stores = [];
  getUserMedia.mockClear();
});
afterEach(() => {
  for (const store of stores) store.stop();
  vi.unstubAllGlobals();
});

const create = () => {
  const store = new DeviceStore(media);
  stores.push(store);
  return store;
};
const is = (snapshot: DevicesSnapshot) => [snapshot.camera.is, snapshot.microphone.is];
const both = { camera: true, microphone: true };
const until = (store: DeviceStore, camera: string, microphone: string) =>
  vi.waitFor(() => expect(is(store.read())).toEqual([camera, microphone]));

describe('device store', () => {
  it('asks for both at once, and lists devices without aliases', async () => {
    const store = create();
    store.want(both);
    await until(store, 'on', 'on');
    expect(getUserMedia).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(store.read().lists.camera).toEqual([{ id: 'cam', label: 'Desk camera', group: 'desk' }]));
  });

  it('releases the device when it is not wanted, and opens it again', async () => {
    const store = create();
    store.want(both);
    await until(store, 'on', 'on');
    store.want({ camera: false, microphone: true });
    await until(store, 'off', 'on');
    expect(tracks.map((track) => track.stopped)).toEqual([true, false]);
    store.want(both);
    await until(store, 'on', 'on');
  });

  it('says which of the two failed and why, and tries again when asked or plugged in', async () => {
    failing = { video: 'NotReadableError' };
    const store = create();
    store.want(both);
    await until(store, 'trouble', 'on');
    expect(store.read().camera).toEqual({ is: 'trouble', trouble: 'busy' });
    failing = {};
    onDeviceChange?.();
    await until(store, 'on', 'on');
    failing = { video: 'NotAllowedError' };
    store.want({ camera: false, microphone: true });
    store.want(both);
    await until(store, 'trouble', 'on');
    expect(store.read().camera).toEqual({ is: 'trouble', trouble: 'blocked' });
    failing = {};
    store.checkAgain();
    await until(store, 'on', 'on');
  });

  it('takes any device when the remembered one is gone, and another when one is pulled out', async () => {
    memory.set('stagedoor.camera', 'gone');
    const store = create();
    store.want({ camera: true, microphone: false });
    await until(store, 'on', 'off');
    expect(getUserMedia).toHaveBeenCalledTimes(2);
    const [first] = tracks;
    first?.onended?.();
    await vi.waitFor(() => expect(tracks).toHaveLength(2));
    await until(store, 'on', 'off');
  });

  it('keeps the open device when a change fails, and remembers a choice', async () => {
    const store = create();
    store.want(both);
    await until(store, 'on', 'on');
    failing = { video: 'NotReadableError' };
    store.choose('camera', 'cam');
    await vi.waitFor(() => expect(getUserMedia).toHaveBeenCalledTimes(2));
    expect(is(store.read())).toEqual(['on', 'on']);
    expect(memory.get('stagedoor.camera')).toBe('cam');
  });

  it('explains a page without HTTPS', async () => {
    const store = new DeviceStore(undefined);
    stores.push(store);
    store.want(both);
    await until(store, 'trouble', 'trouble');
    expect(store.read().camera).toEqual({ is: 'trouble', trouble: 'insecure' });
  });
});
