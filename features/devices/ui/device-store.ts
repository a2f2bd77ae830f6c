// Owns camera and microphone of this tab: opens and releases them, says why not, follows what is plugged in. Outside React; sending them is platform/media's.
import { chooseSpeaker } from '#platform/media/client/sound.ts';
import type { OpenFilter } from '../contract.ts';
import { plainLook } from '../contract.ts';
import { CameraPicture } from './camera-picture.ts';
import { constraintsOf, noteTooSlow, pictureSize } from './device-constraints.ts';
import type { ChosenDevices, DeviceLists, PickerKind } from './device-list.ts';
import { arrivals, deviceOf, keepChosen, listsOf, noDevices, readChosen } from './device-list.ts';
import type { DeviceNotice } from './device-notice.ts';
import { askFor } from './device-request.ts';
import { deviceSettings } from './device-settings.ts';
import type { DeviceStatus } from './device-status.ts';
import { rawOf } from './device-status.ts';
import type { DeviceKind } from './device-trouble.ts';
import { isPhone, troubleOf } from './device-trouble.ts';
import { watchPermission } from './watch-permission.ts';

export interface DevicesSnapshot {
  camera: DeviceStatus;
  microphone: DeviceStatus;
  lists: DeviceLists;
  chosen: ChosenDevices;
  /** What the camera's picture goes through. */
  look: string;
}

export interface DeviceStoreOptions {
  openFilter?: OpenFilter;
  /** The look of last time. */
  look?: string;
  keepLook?: (look: string) => void;
}

/** A camera for oneself alone, beside the one that others may see. */
export interface BorrowedCamera {
  track: MediaStreamTrack;
  giveBack(): void;
}

const kinds: readonly DeviceKind[] = ['camera', 'microphone'];

export class DeviceStore {
  readonly #media: MediaDevices | undefined;
  readonly #options: DeviceStoreOptions;
  readonly #picture: CameraPicture;
  readonly #listeners = new Set<() => void>();
  readonly #noticed = new Set<(notice: DeviceNotice) => void>();
  readonly #releases: (() => void)[] = [];
  #snapshot: DevicesSnapshot;
  #wanted: Record<DeviceKind, boolean> = { camera: false, microphone: false };
  /** The change that counts is the last one asked for. */
  readonly #changes: Record<DeviceKind, number> = { camera: 0, microphone: 0 };
  /** Ended by themselves a moment ago, with their names; whether others take over is being found out. */
  readonly #losing = new Map<DeviceKind, string>();
  #opening = false;
  #stopped = false;

  constructor(media: MediaDevices | undefined = globalThis.navigator?.mediaDevices, options: DeviceStoreOptions = {}) {
    this.#media = media;
    this.#options = options;
    this.#snapshot = {
      camera: { is: 'off' },
      microphone: { is: 'off' },
      lists: noDevices,
      chosen: readChosen(),
      look: options.look ?? plainLook,
    };
    this.#picture = new CameraPicture(options.openFilter, () => void this.#giveUpLook('look-too-slow'));
    const onDeviceChange = () => void this.#devicesChanged();
    media?.addEventListener?.('devicechange', onDeviceChange);
    this.#releases.push(() => media?.removeEventListener?.('devicechange', onDeviceChange));
    for (const kind of kinds) this.#releases.push(watchPermission(kind, () => this.#tryAgain([kind])));
    this.#releases.push(this.#followSettings());
    void chooseSpeaker(this.#snapshot.chosen.speaker);
  }

  readonly read = (): DevicesSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly onNotice = (listener: (notice: DeviceNotice) => void): (() => void) => {
    this.#noticed.add(listener);
    return () => this.#noticed.delete(listener);
  };

  /** What should be open now. Opening may take a while and may fail; the snapshot tells. */
  want(wanted: Record<DeviceKind, boolean>): void {
    const newly = kinds.filter((kind) => wanted[kind] && !this.#wanted[kind]);
    this.#wanted = wanted;
    // A background that is still being fetched is no reason to keep the light on.
    if (!wanted.camera && this.#snapshot.camera.is === 'starting') this.#picture.drop();
    this.#tryAgain(newly);
  }

  /** Resolves when it is in use, or when it is known that what was in use stays. */
  async choose(kind: PickerKind, id: string): Promise<void> {
    const before = this.#snapshot.chosen[kind];
    this.#noteChosen(kind, id);
    if (kind === 'speaker') await chooseSpeaker(id);
    else if (!this.#wanted[kind] || this.#snapshot[kind].is !== 'on') {
      if (this.#wanted[kind]) this.#tryAgain([kind]);
    } else if (!(await this.#change(kind, id)) && this.#snapshot.chosen[kind] === id) this.#noteChosen(kind, before);
  }

  /** Resolves to whether the camera has it; with the camera off, it will have it. */
  async setLook(look: string): Promise<boolean> {
    try {
      await this.#fitTo(look);
      const track = await this.#picture.setLook(look);
      this.#noteLook(look);
      if (track && this.#snapshot.camera.is === 'on') this.#setStatus('camera', { ...this.#snapshot.camera, track });
      return true;
    } catch {
      this.#tell({ is: 'look-failed' });
      return false;
    }
  }

  /** A machine that was too slow for a background is asked for less while one is on. */
  async #fitTo(look: string): Promise<void> {
    if (pictureSize(look).height === pictureSize(this.#snapshot.look).height) return;
    await rawOf(this.#snapshot.camera)
      ?.applyConstraints(constraintsOf('camera', '', look))
      .catch(() => undefined);
  }

  /** For trying looks on before others see them. Rejects with what the browser says. */
  async borrowCamera(): Promise<BorrowedCamera> {
    const raw = rawOf(this.#snapshot.camera);
    if (raw) {
      const track = raw.clone();
      track.enabled = true;
      return { track, giveBack: () => track.stop() };
    }
    const [track] = (await this.#ask(['camera'])).getTracks();
    if (!track) throw new Error('The browser gave no track');
    void this.#refreshLists();
    return { track, giveBack: () => track.stop() };
  }

  /** For whoever opens none, and still has loudspeakers to choose from. */
  listAll(): void {
    void this.#refreshLists();
  }

  /** After something was allowed, freed or plugged in. It also happens by itself where browsers tell. */
  checkAgain(): void {
    const [wanted, unwanted] = [kinds.filter((kind) => this.#wanted[kind]), kinds.filter((kind) => !this.#wanted[kind])];
    for (const kind of unwanted) if (this.#snapshot[kind].is === 'trouble') void this.#probe(kind);
    this.#tryAgain(wanted);
  }

  stop(): void {
    this.#stopped = true;
    for (const kind of kinds) this.#close(kind);
    for (const release of this.#releases) release();
    this.#listeners.clear();
    this.#noticed.clear();
  }

  #set(change: Partial<DevicesSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of [...this.#listeners]) listener();
  }

  #setStatus(kind: DeviceKind, status: DeviceStatus): void {
    this.#set({ [kind]: status });
  }

  #tell(notice: DeviceNotice): void {
    for (const listener of [...this.#noticed]) listener(notice);
  }

  #noteChosen(kind: PickerKind, id: string): void {
    keepChosen(kind, id);
    this.#set({ chosen: { ...this.#snapshot.chosen, [kind]: id } });
  }

  #noteLook(look: string): void {
    this.#options.keepLook?.(look);
    this.#set({ look });
  }

  async #giveUpLook(why: 'look-failed' | 'look-too-slow'): Promise<void> {
    if (this.#snapshot.look === plainLook) return;
    await this.setLook(plainLook);
    if (why === 'look-too-slow') noteTooSlow();
    this.#tell({ is: why });
  }

  #close(kind: DeviceKind): void {
    if (kind === 'camera') this.#picture.drop();
    else rawOf(this.#snapshot[kind])?.stop();
  }

  #followSettings(): () => void {
    let { noiseSuppression, echoCancellation } = deviceSettings.read();
    return deviceSettings.subscribe(() => {
      const now = deviceSettings.read();
      if (now.noiseSuppression === noiseSuppression && now.echoCancellation === echoCancellation) return;
      ({ noiseSuppression, echoCancellation } = now);
      if (this.#snapshot.microphone.is === 'on') void this.#change('microphone', this.#idInUse('microphone'));
    });
  }

  #idInUse(kind: DeviceKind): string {
    const { chosen, lists } = this.#snapshot;
    return deviceOf(lists[kind], rawOf(this.#snapshot[kind]))?.id ?? chosen[kind];
  }

  #tryAgain(some: readonly DeviceKind[]): void {
    for (const kind of some) if (this.#snapshot[kind].is === 'trouble') this.#setStatus(kind, { is: 'off' });
    void this.#sync();
  }

  async #devicesChanged(): Promise<void> {
    const before = this.#snapshot.lists;
    await this.#refreshLists();
    const { lists, chosen } = this.#snapshot;
    for (const arrived of arrivals(before, lists)) this.#tell({ is: 'arrived', ...arrived });
    // A speaker that is gone plays nowhere; one that comes back is the one that was chosen.
    const wasThere = before.speaker.some(({ id }) => id === chosen.speaker);
    const isThere = lists.speaker.some(({ id }) => id === chosen.speaker);
    if (chosen.speaker && wasThere !== isThere) void chooseSpeaker(isThere ? chosen.speaker : '');
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
      const { is } = this.#snapshot[kind];
      // What was wrong is still worth knowing when it is not wanted any more.
      if (this.#wanted[kind] || is === 'off' || is === 'trouble') continue;
      this.#close(kind);
      this.#setStatus(kind, { is: 'off' });
    }
    const missing = kinds.filter((kind) => this.#wanted[kind] && this.#snapshot[kind].is === 'off');
    if (missing.length === 0) return this.#tellLosses();
    this.#opening = true;
    for (const kind of missing) this.#setStatus(kind, { is: 'starting' });
    await this.#open(missing);
    this.#opening = false;
    for (const kind of kinds) if (this.#snapshot[kind].is === 'starting') this.#setStatus(kind, { is: 'off' });
    await this.#refreshLists();
    // Meanwhile something else may be wanted.
    await this.#sync();
  }

  #tellLosses(): void {
    for (const [kind, label] of this.#losing) {
      this.#losing.delete(kind);
      const status = this.#snapshot[kind];
      const trouble = status.is === 'trouble' ? status.trouble : 'missing';
      if (trouble === 'missing') this.#tell({ is: 'unplugged', kind, label, now: rawOf(status)?.label || null });
      else if (trouble !== 'look-failed') this.#tell({ is: 'lost', kind, trouble });
    }
  }

  /** Whether it could be had, for somebody who does not want it on yet. */
  async #probe(kind: DeviceKind): Promise<void> {
    try {
      for (const track of (await this.#ask([kind])).getTracks()) track.stop();
      if (this.#snapshot[kind].is === 'trouble') this.#setStatus(kind, { is: 'off' });
      await this.#refreshLists();
    } catch (error) {
      if (this.#snapshot[kind].is === 'trouble') this.#failed(kind, error);
    }
  }

  async #open(asked: readonly DeviceKind[]): Promise<void> {
    let opened: MediaStreamTrack[];
    try {
      opened = (await this.#ask(asked)).getTracks();
    } catch (error) {
      // Together they are asked for once; if that fails, each alone tells which of them it was.
      if (asked.length > 1) for (const kind of asked) await this.#open([kind]);
      else for (const kind of asked) this.#failed(kind, error);
      return;
    }
    await Promise.all(opened.map((track) => this.#opened(track.kind === 'video' ? 'camera' : 'microphone', track)));
  }

  async #ask(asked: readonly DeviceKind[]): Promise<MediaStream> {
    if (!this.#media) throw new Error('the browser has no devices without HTTPS');
    return askFor(this.#media, asked, this.#snapshot);
  }

  /** Another device while one is in use: that one stays until the other is there. Resolves to whether it is. */
  async #change(kind: DeviceKind, id: string): Promise<boolean> {
    this.#changes[kind] += 1;
    const turn = this.#changes[kind];
    const before = this.#idInUse(kind);
    const open = async (one: string) => {
      const constraints = constraintsOf(kind, one, this.#snapshot.look);
      const stream = await this.#media?.getUserMedia(kind === 'camera' ? { video: constraints } : { audio: constraints });
      const [track] = stream?.getTracks() ?? [];
      if (!track) throw new Error('The browser gave no track');
      if (turn === this.#changes[kind]) await this.#opened(kind, track);
      else track.stop();
    };
    try {
      try {
        await open(id);
      } catch (error) {
        if (troubleOf(error) !== 'busy' || !isPhone(globalThis.navigator)) throw error;
        // Most phones open one camera at a time: the last picture stands for a moment.
        const raw = rawOf(this.#snapshot[kind]);
        if (raw) raw.onended = null;
        raw?.stop();
        await open(id).catch(async (still: unknown) => {
          await open(before);
          throw still;
        });
      }
      await this.#refreshLists();
      return true;
    } catch (error) {
      if (turn === this.#changes[kind]) this.#tell({ is: 'kept', kind, trouble: troubleOf(error) });
      return false;
    }
  }

  async #opened(kind: DeviceKind, raw: MediaStreamTrack): Promise<void> {
    const isUnwanted = () => this.#stopped || !this.#wanted[kind];
    if (isUnwanted()) return raw.stop();
    this.#watch(kind, raw);
    const silenced = raw.muted === true;
    if (kind === 'microphone') {
      const before = rawOf(this.#snapshot.microphone);
      this.#setStatus(kind, { is: 'on', track: raw, raw, silenced });
      before?.stop();
      return;
    }
    let track: MediaStreamTrack | null;
    try {
      track = await this.#picture.take(raw, this.#snapshot.look);
    } catch {
      // Nobody must be seen as they did not want to be: the camera stays off, and the next press opens it as it is.
      await this.#giveUpLook('look-failed');
      if (!isUnwanted() && this.#snapshot.camera.is !== 'on')
        this.#setStatus(kind, { is: 'trouble', trouble: 'look-failed', isTold: true });
      return;
    }
    if (track && isUnwanted()) this.#picture.drop();
    else if (track) this.#setStatus(kind, { is: 'on', track, raw, silenced: raw.muted === true });
  }

  #watch(kind: DeviceKind, raw: MediaStreamTrack): void {
    const isInUse = () => rawOf(this.#snapshot[kind]) === raw;
    // Pulled out, or taken away by the system: whatever else there is takes over.
    raw.onended = () => {
      if (!isInUse()) return;
      const label = deviceOf(this.#snapshot.lists[kind], raw)?.label || raw.label;
      this.#close(kind);
      this.#setStatus(kind, { is: 'off' });
      this.#losing.set(kind, label);
      void this.#sync();
    };
    const onSilence = () => {
      const status = this.#snapshot[kind];
      if (status.is !== 'on' || !isInUse()) return;
      this.#setStatus(kind, { ...status, silenced: raw.muted });
      if (raw.muted) this.#tell({ is: 'silenced', kind });
    };
    raw.onmute = onSilence;
    raw.onunmute = onSilence;
  }

  #failed(kind: DeviceKind, error: unknown): void {
    const trouble = this.#media ? troubleOf(error) : 'insecure';
    this.#setStatus(kind, { is: 'trouble', trouble, ...(this.#losing.has(kind) && { isTold: true }) });
  }
}
