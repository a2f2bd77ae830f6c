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

const kinds: readonly DeviceKind[] = ['camera', 'microphone'];

export const trackOf = (status: DeviceStatus): MediaStreamTrack | null => (status.is === 'on' ? status.track : null);

function constraintsOf(kind: DeviceKind, id: string): MediaTrackConstraints {
  const device = id ? { deviceId: { exact: id } } : {};
  if (kind === 'camera') return { ...device, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
  return { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
}

export class DeviceStore {
  readonly #media: MediaDevices | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #releases: (() => void)[] = [];
  #snapshot: DevicesSnapshot = { camera: { is: 'off' }, microphone: { is: 'off' }, lists: noDevices, chosen: readChosen() };
  #wanted: Record<DeviceKind, boolean> = { camera: false, microphone: false };
  #opening = false;
  #stopped = false;

  constructor(media: MediaDevices | undefined = globalThis.navigator?.mediaDevices) {
    this.#media = media;
    const onDeviceChange = () => void this.#devicesChanged();
    media?.addEventListener?.('devicechange', onDeviceChange);
    this.#releases.push(() => media?.removeEventListener?.('devicechange', onDeviceChange));
    for (const kind of kinds) this.#releases.push(watchPermission(kind, () => this.#tryAgain([kind])));
    void chooseSpeaker(this.#snapshot.chosen.speaker);
  }

  readonly read = (): DevicesSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What should be open now. Opening may take a while and may fail; the snapshot tells. */
  want(wanted: Record<DeviceKind, boolean>): void {
    const newly = kinds.filter((kind) => wanted[kind] && !this.#wanted[kind]);
    this.#wanted = wanted;
    this.#tryAgain(newly);
  }

  choose(kind: PickerKind, id: string): void {
    keepChosen(kind, id);
    this.#set({ chosen: { ...this.#snapshot.chosen, [kind]: id } });
    if (kind === 'speaker') void chooseSpeaker(id);
    else if (this.#wanted[kind] && this.#snapshot[kind].is === 'on') void this.#open([kind]);
    else if (this.#wanted[kind]) this.#tryAgain([kind]);
  }

  /** After something was allowed, freed or plugged in. It also happens by itself where browsers tell. */
  checkAgain(): void {
    this.#tryAgain(kinds);
  }

  stop(): void {
    this.#stopped = true;
    for (const kind of kinds) trackOf(this.#snapshot[kind])?.stop();
    for (const release of this.#releases) release();
    this.#listeners.clear();
  }

  #set(change: Partial<DevicesSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of [...this.#listeners]) listener();
  }

  #setStatus(kind: DeviceKind, status: DeviceStatus): void {
    this.#set({ [kind]: status });
  }

  #tryAgain(some: readonly DeviceKind[]): void {
    for (const kind of some) if (this.#snapshot[kind].is === 'trouble') this.#setStatus(kind, { is: 'off' });
    void this.#sync();
  }

  async #devicesChanged(): Promise<void> {
    await this.#refreshLists();
    const waiting = kinds.filter((kind) => {
      const status = this.#snapshot[kind];
      return status.is === 'trouble' && (status.trouble === 'missing' || status.trouble === 'busy');
    });
    this.#tryAgain(waiting);
  }

  async #refreshLists(): Promise<void> {
    const infos = (await this.#media?.enumerateDevices().catch(() => undefined)) ?? [];
    if (!this.#stopped) this.#set({ lists: listsOf(infos) });
  }

  async #sync(): Promise<void> {
    if (this.#opening || this.#stopped) return;
    for (const kind of kinds) {
      if (this.#wanted[kind] || this.#snapshot[kind].is === 'off') continue;
      trackOf(this.#snapshot[kind])?.stop();
      this.#setStatus(kind, { is: 'off' });
    }
    const missing = kinds.filter((kind) => this.#wanted[kind] && this.#snapshot[kind].is === 'off');
    if (missing.length === 0) return;
    this.#opening = true;
    for (const kind of missing) this.#setStatus(kind, { is: 'starting' });
    await this.#open(missing);
    this.#opening = false;
    for (const kind of kinds) if (this.#snapshot[kind].is === 'starting') this.#setStatus(kind, { is: 'off' });
    await this.#refreshLists();
    // Meanwhile something else may be wanted.
    await this.#sync();
  }

  async #open(asked: readonly DeviceKind[]): Promise<void> {
    try {
      const stream = await this.#ask(asked, true);
      for (const track of stream.getTracks()) this.#opened(track.kind === 'video' ? 'camera' : 'microphone', track);
    } catch (error) {
      // Together they are asked for once; if that fails, each alone tells which of them it was.
      if (asked.length > 1) for (const kind of asked) await this.#open([kind]);
      else for (const kind of asked) this.#failed(kind, error);
    }
  }

  /** The remembered device first; when it is gone, any. */
  async #ask(asked: readonly DeviceKind[], remembered: boolean): Promise<MediaStream> {
    if (!this.#media) throw new Error('the browser has no devices without HTTPS');
    const idOf = (kind: DeviceKind) => (remembered ? this.#snapshot.chosen[kind] : '');
    try {
      return await this.#media.getUserMedia({
        video: asked.includes('camera') && constraintsOf('camera', idOf('camera')),
        audio: asked.includes('microphone') && constraintsOf('microphone', idOf('microphone')),
      });
    } catch (error) {
      if (asked.some(idOf) && troubleOf(error) === 'missing') return this.#ask(asked, false);
      throw error;
    }
  }

  #opened(kind: DeviceKind, track: MediaStreamTrack): void {
    if (this.#stopped || !this.#wanted[kind]) {
      track.stop();
      return;
    }
    trackOf(this.#snapshot[kind])?.stop();
    // Pulled out, or taken away by the system: whatever else there is takes over.
    track.onended = () => {
      if (trackOf(this.#snapshot[kind]) !== track) return;
      this.#setStatus(kind, { is: 'off' });
      void this.#sync();
    };
    this.#setStatus(kind, { is: 'on', track });
  }

  #failed(kind: DeviceKind, error: unknown): void {
    // While another device of this kind is still open (a failed change), it stays.
    if (this.#snapshot[kind].is === 'on') return;
    this.#setStatus(kind, { is: 'trouble', trouble: this.#media ? troubleOf(error) : 'insecure' });
  }
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
