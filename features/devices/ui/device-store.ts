// Owns camera and microphone of this tab: opens and releases them, says why not, follows what is plugged in. Outside React; sending them is platform/media's.
import { chooseSpeaker } from '#platform/media/client/sound.ts';
import type { ChosenDevices, DeviceLists, PickerKind } from './device-list.ts';
import { keepChosen, listsOf, noDevices, readChosen } from './device-list.ts';
import type { DeviceKind, DeviceTrouble } from './device-trouble.ts';
import { troubleOf } from './device-trouble.ts';

export type DeviceStatus =
  | { is: 'off' }
  | { is: 'starting' }
  | { is: 'on'; track: MediaStreamTrack }
  | { is: 'trouble'; trouble: DeviceTrouble };

export interface DevicesSnapshot {
  camera: DeviceStatus;
  microphone: DeviceStatus;
  lists: DeviceLists;
  chosen: ChosenDevices;
}

export interface DeviceStore {
  read(): DevicesSnapshot;
  subscribe(listener: () => void): () => void;
  /** What should be open now. Opening may take a while and may fail; the snapshot tells. */
  want(wanted: Record<DeviceKind, boolean>): void;
  choose(kind: PickerKind, id: string): void;
  /** After something was allowed, freed or plugged in. It also happens by itself where browsers tell. */
  checkAgain(): void;
  stop(): void;
}

const kinds: readonly DeviceKind[] = ['camera', 'microphone'];

export const trackOf = (status: DeviceStatus): MediaStreamTrack | null => (status.is === 'on' ? status.track : null);

function constraintsOf(kind: DeviceKind, id: string): MediaTrackConstraints {
  const device = id ? { deviceId: { exact: id } } : {};
  if (kind === 'camera') return { ...device, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
  return { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
}

export function createDeviceStore(media: MediaDevices | undefined = globalThis.navigator?.mediaDevices): DeviceStore {
  let snapshot: DevicesSnapshot = { camera: { is: 'off' }, microphone: { is: 'off' }, lists: noDevices, chosen: readChosen() };
  let wanted: Record<DeviceKind, boolean> = { camera: false, microphone: false };
  let opening = false;
  let stopped = false;
  const listeners = new Set<() => void>();
  const releases: (() => void)[] = [];

  const set = (change: Partial<DevicesSnapshot>) => {
    snapshot = { ...snapshot, ...change };
    for (const listener of [...listeners]) listener();
  };
  const setStatus = (kind: DeviceKind, status: DeviceStatus) => set({ [kind]: status });

  const refreshLists = async () => {
    const infos = (await media?.enumerateDevices().catch(() => undefined)) ?? [];
    if (!stopped) set({ lists: listsOf(infos) });
  };

  const release = (kind: DeviceKind) => {
    trackOf(snapshot[kind])?.stop();
    setStatus(kind, { is: 'off' });
  };

  const opened = (kind: DeviceKind, track: MediaStreamTrack) => {
    trackOf(snapshot[kind])?.stop();
    track.onended = () => {
      if (trackOf(snapshot[kind]) !== track) return;
      setStatus(kind, { is: 'off' });
      void sync();
    };
    setStatus(kind, { is: 'on', track });
  };

  /** The remembered device first; when it is gone, any. */
  const ask = async (asked: readonly DeviceKind[], own: boolean): Promise<MediaStream> => {
    if (!media?.getUserMedia) throw Object.assign(new Error('no devices without HTTPS'), { name: 'Insecure' });
    const chosen = (kind: DeviceKind) => (own ? snapshot.chosen[kind] : '');
    try {
      return await media.getUserMedia({
        video: asked.includes('camera') && constraintsOf('camera', chosen('camera')),
        audio: asked.includes('microphone') && constraintsOf('microphone', chosen('microphone')),
      });
    } catch (error) {
      if (own && asked.some(chosen) && troubleOf(error) === 'missing') return ask(asked, false);
      throw error;
    }
  };

  const open = async (asked: readonly DeviceKind[]): Promise<void> => {
    try {
      const stream = await ask(asked, true);
      for (const track of stream.getTracks()) {
        const kind = track.kind === 'video' ? 'camera' : 'microphone';
        if (stopped || !wanted[kind]) track.stop();
        else opened(kind, track);
      }
    } catch (error) {
      // Together they are asked for once; if that fails, each alone tells which of them it was.
      if (asked.length > 1) {
        for (const kind of asked) await open([kind]);
        return;
      }
      const trouble = media ? troubleOf(error) : 'insecure';
      for (const kind of asked) setStatus(kind, { is: 'trouble', trouble });
    }
  };

  async function sync(): Promise<void> {
    for (const kind of kinds) if (!wanted[kind] && snapshot[kind].is !== 'off' && !opening) release(kind);
    const missing = kinds.filter((kind) => wanted[kind] && snapshot[kind].is === 'off');
    if (opening || stopped || missing.length === 0) return;
    opening = true;
    for (const kind of missing) setStatus(kind, { is: 'starting' });
    await open(missing);
    opening = false;
    await refreshLists();
    for (const kind of kinds) if (snapshot[kind].is === 'starting') setStatus(kind, { is: 'off' });
    await sync();
  }

  const retry = (kind: DeviceKind) => {
    if (snapshot[kind].is === 'trouble') setStatus(kind, { is: 'off' });
  };
  const onDeviceChange = async () => {
    await refreshLists();
    for (const kind of kinds) {
      const status = snapshot[kind];
      if (status.is === 'trouble' && (status.trouble === 'missing' || status.trouble === 'busy')) retry(kind);
    }
    await sync();
  };

  media?.addEventListener?.('devicechange', onDeviceChange);
  releases.push(() => media?.removeEventListener?.('devicechange', onDeviceChange));
  for (const kind of kinds) {
    releases.push(
      watchPermission(kind, () => {
        retry(kind);
        void sync();
      }),
    );
  }
  void chooseSpeaker(snapshot.chosen.speaker);

  return {
    read: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    want(next) {
      for (const kind of kinds) if (next[kind] && !wanted[kind]) retry(kind);
      wanted = next;
      void sync();
    },
    choose(kind, id) {
      keepChosen(kind, id);
      set({ chosen: { ...snapshot.chosen, [kind]: id } });
      if (kind === 'speaker') return void chooseSpeaker(id);
      if (!wanted[kind]) return;
      retry(kind);
      if (snapshot[kind].is === 'on') void open([kind]);
      else void sync();
    },
    checkAgain() {
      for (const kind of kinds) retry(kind);
      void sync();
    },
    stop() {
      stopped = true;
      for (const kind of kinds) trackOf(snapshot[kind])?.stop();
      for (const done of releases) done();
      listeners.clear();
    },
  };
}

/** Tells when the person has allowed the device in the browser's own settings. Not every browser can. */
function watchPermission(kind: DeviceKind, onGranted: () => void): () => void {
  let status: PermissionStatus | null = null;
  const onChange = () => status?.state === 'granted' && onGranted();
  void globalThis.navigator?.permissions
    ?.query({ name: kind as PermissionName })
    .then((found) => {
      status = found;
      found.addEventListener('change', onChange);
    })
    .catch(() => undefined);
  return () => status?.removeEventListener('change', onChange);
}
