// Camera and microphone against a browser in memory: one question for both, what failed alone, releasing, unplugging, the remembered choice.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceNotice } from './device-notice.ts';
import { deviceSettings } from './device-settings.ts';
import { trackOf } from './device-status.ts';
import type { DevicesSnapshot } from './device-store.ts';
import { DeviceStore } from './device-store.ts';

interface FakeTrack {
  kind: string;
  label: string;
  stopped: boolean;
  muted: boolean;
  stop(): void;
  getSettings(): { deviceId: string };
  onended: (() => void) | null;
  onmute: (() => void) | null;
}
let tracks: FakeTrack[] = [];
let failing: Record<string, string> = {};
let onDeviceChange: (() => void) | undefined;
let stores: DeviceStore[] = [];

const fakeTrack = (kind: string, id = ''): FakeTrack => {
  const track: FakeTrack = {
    kind,
    label: `${id || 'default'} ${kind}`,
    stopped: false,
    muted: false,
    getSettings: () => ({ deviceId: id }),
    onended: null,
    onmute: null,
    stop() {
      track.stopped = true;
    },
  };
  tracks.push(track);
  return track;
};

const usual = [
  { kind: 'videoinput', deviceId: 'default', label: 'Default' },
  { kind: 'videoinput', deviceId: 'cam', label: 'Desk camera', groupId: 'desk' },
  { kind: 'audioinput', deviceId: 'mic', label: 'Headset' },
  { kind: 'audiooutput', deviceId: 'ear', label: 'Built-in speaker', groupId: 'desk' },
];
let plugged: object[] = usual;

const getUserMedia = vi.fn(async (asked: MediaStreamConstraints) => {
  const kinds = [asked.video ? 'video' : '', asked.audio ? 'audio' : ''].filter(Boolean);
  const broken = kinds.find((kind) => failing[kind]);
  if (broken) throw { name: failing[broken] };
  const idOf = (one: boolean | MediaTrackConstraints | undefined) =>
    String(((one as MediaTrackConstraints)?.deviceId as ConstrainDOMStringParameters | undefined)?.exact ?? '');
  if (idOf(asked.video) === 'gone') throw { name: 'OverconstrainedError' };
  const made = kinds.map((kind) => fakeTrack(kind, idOf(kind === 'video' ? asked.video : asked.audio)));
  return { getTracks: () => made };
});
const media = {
  getUserMedia,
  enumerateDevices: async () => plugged,
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
  plugged = usual;
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
const listen = (store: DeviceStore): DeviceNotice[] => {
  const told: DeviceNotice[] = [];
  store.onNotice((notice) => told.push(notice));
  return told;
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

  it('changes the device in use, closes the one before only then, and remembers the choice', async () => {
    const store = create();
    store.want(both);
    await until(store, 'on', 'on');
    const before = trackOf(store.read().microphone);
    await store.choose('microphone', 'mic');
    expect(trackOf(store.read().microphone)).not.toBe(before);
    expect(is(store.read())).toEqual(['on', 'on']);
    expect(tracks.map((track) => [track.label, track.stopped])).toEqual([
      ['default video', false],
      ['default audio', true],
      ['mic audio', false],
    ]);
    expect(memory.get('stagedoor.microphone')).toBe('mic');
  });

  it('keeps the open device when a change fails, says why, and forgets the choice', async () => {
    const store = create();
    const told = listen(store);
    store.want(both);
    await until(store, 'on', 'on');
    failing = { video: 'NotReadableError' };
    await store.choose('camera', 'cam');
    expect(getUserMedia).toHaveBeenCalledTimes(2);
    expect(is(store.read())).toEqual(['on', 'on']);
    expect(tracks.some((track) => track.stopped)).toBe(false);
    expect(told).toEqual([{ is: 'kept', kind: 'camera', trouble: 'busy' }]);
    expect(store.read().chosen.camera).toBe('');
    expect(memory.get('stagedoor.camera')).toBeUndefined();
  });

  it('on a phone, which opens one camera at a time, closes the one before first, and comes back to it when the other fails', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (Linux; Android 10; K) Chrome/146.0.0.0 Mobile' });
    const store = create();
    const told = listen(store);
    store.want({ camera: true, microphone: false });
    await until(store, 'on', 'off');
    getUserMedia.mockImplementationOnce(async () => {
      throw { name: 'NotReadableError' };
    });
    getUserMedia.mockImplementationOnce(async () => {
      throw { name: 'NotReadableError' };
    });
    await store.choose('camera', 'cam');
    expect(told).toEqual([{ is: 'kept', kind: 'camera', trouble: 'busy' }]);
    expect(is(store.read())).toEqual(['on', 'off']);
    expect(tracks.map((track) => track.stopped)).toEqual([true, false]);
  });

  it('says what was pulled out and what took over, and what the system silences', async () => {
    const store = create();
    const told = listen(store);
    store.want(both);
    await until(store, 'on', 'on');
    const [, microphone] = tracks as [FakeTrack, FakeTrack];
    microphone.muted = true;
    microphone.onmute?.();
    expect(told).toEqual([{ is: 'silenced', kind: 'microphone' }]);
    expect(store.read().microphone).toMatchObject({ is: 'on', silenced: true });
    microphone.onended?.();
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(told[1]).toEqual({ is: 'unplugged', kind: 'microphone', label: 'default audio', now: 'default audio' });
    expect(store.read().microphone).toMatchObject({ is: 'on', silenced: false });
  });

  it('says what was taken away, and not that it was unplugged: also both at once, as when a permission is withdrawn', async () => {
    const store = create();
    const told = listen(store);
    store.want(both);
    await until(store, 'on', 'on');
    failing = { video: 'NotAllowedError', audio: 'NotAllowedError' };
    for (const track of [...tracks]) track.onended?.();
    await until(store, 'trouble', 'trouble');
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(told).toEqual([
      { is: 'lost', kind: 'camera', trouble: 'blocked' },
      { is: 'lost', kind: 'microphone', trouble: 'blocked' },
    ]);
    expect(store.read().camera).toEqual({ is: 'trouble', trouble: 'blocked', isTold: true });
    failing = {};
    store.checkAgain();
    await until(store, 'on', 'on');
    failing = { audio: 'NotFoundError' };
    tracks.at(-1)?.onended?.();
    await vi.waitFor(() => expect(told).toHaveLength(3));
    expect(told[2]).toEqual({ is: 'unplugged', kind: 'microphone', label: 'default audio', now: null });
  });

  it('offers what is plugged in, a headset as one thing', async () => {
    const store = create();
    const told = listen(store);
    store.want(both);
    await until(store, 'on', 'on');
    await vi.waitFor(() => expect(store.read().lists.microphone).toHaveLength(1));
    plugged = [
      ...usual,
      { kind: 'audioinput', deviceId: 'new-mic', label: 'Okto 2', groupId: 'okto' },
      { kind: 'audiooutput', deviceId: 'new-ear', label: 'Okto 2', groupId: 'okto' },
    ];
    onDeviceChange?.();
    await vi.waitFor(() => expect(told).toHaveLength(1));
    const devices = [
      { kind: 'microphone', id: 'new-mic' },
      { kind: 'speaker', id: 'new-ear' },
    ];
    expect(told[0]).toEqual({ is: 'arrived', label: 'Okto 2', devices });
  });

  it('remembers what was wrong when it is not wanted any more, and looks again without opening it for others', async () => {
    failing = { audio: 'NotAllowedError' };
    const store = create();
    store.want(both);
    await until(store, 'on', 'trouble');
    store.want({ camera: true, microphone: false });
    await until(store, 'on', 'trouble');
    store.checkAgain();
    await vi.waitFor(() => expect(getUserMedia).toHaveBeenCalledTimes(4));
    await until(store, 'on', 'trouble');
    failing = {};
    store.checkAgain();
    await until(store, 'on', 'off');
    expect(tracks.at(-1)).toMatchObject({ kind: 'audio', stopped: true });
  });

  it('opens the microphone anew when the treatment of sound is changed', async () => {
    const store = create();
    store.want(both);
    await until(store, 'on', 'on');
    deviceSettings.change('noiseSuppression', false);
    await vi.waitFor(() => expect(tracks).toHaveLength(3));
    expect(getUserMedia.mock.lastCall?.[0]).toMatchObject({ audio: { noiseSuppression: false, echoCancellation: true } });
    deviceSettings.change('noiseSuppression', true);
    await vi.waitFor(() => expect(tracks).toHaveLength(4));
  });

  it('explains a page without HTTPS', async () => {
    const store = new DeviceStore(undefined);
    stores.push(store);
    store.want(both);
    await until(store, 'trouble', 'trouble');
    expect(store.read().camera).toEqual({ is: 'trouble', trouble: 'insecure' });
  });
});
