// Owns being inside: one live store, one media connection, the devices, and that they follow the state. Outside React; screens read and press.
import { trackOf } from '#features/devices/ui/device-status.ts';
import type { DeviceStore } from '#features/devices/ui/device-store.ts';
import type { DeviceTrouble } from '#features/devices/ui/device-trouble.ts';
import { inTheWay } from '#features/stage/screens.ts';
import type { ScreenChoice } from '#features/stage/ui/choose-screen.ts';
import { chooseScreen } from '#features/stage/ui/choose-screen.ts';
import type { LiveStoreOptions } from '#platform/live/client/live-store.ts';
import { LiveStore } from '#platform/live/client/live-store.ts';
import type { MediaIntent } from '#platform/media/client/media-client.ts';
import { MediaClient } from '#platform/media/client/media-client.ts';
import { ApiError } from '#platform/ui/api.ts';
import { placement } from '#session/placement.ts';
import { screensAround } from '#session/screens-view.ts';
import type { SessionState } from '#session/state.ts';
import { evolveSlice, initialSlice } from '#session/state.ts';
import type { Entry } from './entry-memory.ts';
import type { MyPart, Pressed, Switch } from './my-part.ts';
import { farewellOf, isOn, isSent, mediaCommand, myPart, settled, stillPressed } from './my-part.ts';
import type { ScreenTrouble } from './own-screen.ts';
import { OwnScreen } from './own-screen.ts';

export interface EngineOptions {
  sessionId: string;
  liveUrl: string;
  mediaUrl: string;
  entry: Entry;
  devices: DeviceStore;
  /** The entrance saw the Session live: the audience need not wait for the state before it connects. */
  isLive: boolean;
  onEntryChanged(entry: Entry): void;
  onTooOld(): void;
  /** Something I did was refused, my device failed, or my screen is no longer shared. */
  onTrouble(
    trouble: { code: string; details?: ApiError['details'] } | { device: Switch; why: DeviceTrouble } | { screen: ScreenTrouble },
  ): void;
  openSocket?: LiveStoreOptions['openSocket'];
  media?: MediaClient;
  chooseScreen?: () => Promise<ScreenChoice>;
}

export interface Switches {
  onStage: boolean;
  /** In a breakout room, where everybody has a microphone and a camera. */
  inRoom: boolean;
  /** The countdown before being on screen runs. */
  isComing: boolean;
  microphone: boolean;
  camera: boolean;
}

const switchNames: readonly Switch[] = ['microphone', 'camera'];
/** A press that another tab of mine overruled must not stay shown. */
const forgetPressAfterMs = 2000;
/** Leaving waits this long for the server to hear of it; the grace of presence does the rest. */
const leaveWithinMs = 800;

/** Two speakers press at the same time: what the slower one asked for has happened. */
const isDoneByAnother = (type: string, code: string, part: MyPart): boolean =>
  (type === 'lifecycle.start' && code === 'session-not-scheduled') ||
  (type === 'lifecycle.end' && code === 'session-not-live' && part.known && part.phase !== 'scheduled');

export class SessionEngine {
  readonly live: LiveStore<SessionState>;
  readonly media: MediaClient;
  readonly devices: DeviceStore;
  readonly screen: OwnScreen;
  readonly as: Entry['as'];
  readonly #options: EngineOptions;
  readonly #listeners = new Set<() => void>();
  readonly #releases: (() => void)[] = [];
  #entry: Entry;
  #opening = crypto.randomUUID();
  #pressed: Pressed = {};
  #room: string | null = null;
  #switches: Switches;
  /** Standing for which going on stage was asked already. */
  #askedToEnter: string | null = null;
  /** What a participant looks at before they ask. */
  #preview: Record<Switch, boolean> | null = null;
  /** Until the first state says otherwise, or the stage was left. */
  #mayBeOnStage = true;
  #following = false;
  #changed = false;
  #stopped = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#entry = options.entry;
    this.as = options.entry.as;
    const { microphone, camera } = options.entry;
    this.#switches = { onStage: false, inRoom: false, isComing: false, microphone, camera };
    this.devices = options.devices;
    this.media = options.media ?? new MediaClient({ url: options.mediaUrl, opening: () => this.#opening });
    this.live = new LiveStore<SessionState>({
      url: options.liveUrl,
      streamId: options.sessionId,
      as: options.entry.as,
      opening: () => this.#opening,
      evolveSlice,
      initialSlice,
      onTooOld: options.onTooOld,
      openSocket: options.openSocket,
    });
    this.screen = new OwnScreen({
      choose: options.chooseScreen ?? chooseScreen,
      submit: (type, body) => this.live.submit(type, body),
      inTheWay: () => this.#inTheWay(),
      onChange: () => this.#follow(),
      onTrouble: (trouble) => this.#stopped || options.onTrouble(trouble),
    });
    this.media.prepare();
    this.#releases.push(
      this.live.subscribe(this.#follow),
      this.devices.subscribe(this.#follow),
      this.media.subscribe(this.#follow),
    );
    this.#follow();
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  readonly readSwitches = (): Switches => this.#switches;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  part(): MyPart {
    const { slices, personId } = this.live.read();
    return myPart(slices, personId, this.as);
  }

  /** A command whose refusal is told to the person by itself. */
  readonly act = async (type: string, body: Record<string, unknown>): Promise<boolean> => {
    try {
      await this.live.submit(type, body);
      return true;
    } catch (error) {
      const { code, details } = error instanceof ApiError ? error : new ApiError(0, 'internal');
      if (isDoneByAnother(type, code, this.part())) return true;
      if (!this.#stopped) this.#options.onTrouble({ code, details });
      return false;
    }
  };

  async toggle(name: Switch): Promise<void> {
    const part = this.part();
    if (!settled(part)) return;
    const on = !isOn(part, this.#pressed, name);
    this.#press(name, on);
    if (on) this.devices.checkAgain();
    const accepted = await this.act(mediaCommand(part), { [name]: on });
    const forget = () => this.#pressed[name] === on && this.#press(name, undefined);
    if (accepted) setTimeout(forget, forgetPressAfterMs);
    else forget();
  }

  /** Opens what somebody who is not on stage wants to see of themself; null closes it again. */
  readonly preview = (wanted: Record<Switch, boolean> | null): void => {
    this.#preview = wanted;
    this.#follow();
  };

  /** Of my tabs and devices this one is the newest from now on. */
  readonly continueHere = (): void => {
    this.#opening = crypto.randomUUID();
    this.live.openAgain();
    this.media.continueHere();
  };

  async leave(): Promise<void> {
    const farewell = farewellOf(this.part());
    if (farewell) {
      const left = this.live.submit(farewell, {}).catch(() => undefined);
      await Promise.race([left, new Promise((resolve) => setTimeout(resolve, leaveWithinMs))]);
    }
    this.stop();
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const release of this.#releases) release();
    this.media.stop();
    this.screen.close();
    this.live.close();
    this.devices.want({ camera: false, microphone: false });
    this.#listeners.clear();
  }

  #press(name: Switch, on: boolean | undefined): void {
    const { [name]: _, ...others } = this.#pressed;
    this.#pressed = on === undefined ? others : { ...others, [name]: on };
    this.#follow();
  }

  /** Brings everything into line with the state. Runs again whenever any part of it changes. */
  readonly #follow = (): void => {
    if (this.#stopped) return;
    this.#changed = true;
    if (this.#following) return;
    this.#following = true;
    // What is done here may change what it was decided on.
    while (this.#changed && !this.#stopped) {
      this.#changed = false;
      const part = this.part();
      this.#forgetPressesOfFormerRoom(part);
      this.#pressed = stillPressed(part, this.#pressed);
      this.#enterStage(part);
      this.#leaveStage(part);
      this.#openDevices(part);
      this.screen.follow(part, this.#isElsewhere());
      this.media.follow(this.#intent(part));
      this.#giveUpBrokenDevices(part);
      this.#show(part);
    }
    this.#following = false;
  };

  /** What was pressed in one place says nothing about another. */
  #forgetPressesOfFormerRoom(part: MyPart): void {
    if (!part.known || part.room === this.#room) return;
    this.#room = part.room;
    this.#pressed = {};
  }

  #isElsewhere(): boolean {
    return this.media.read().status.is === 'elsewhere';
  }

  /** A speaker goes on stage by being inside; also again after a long break. Another tab of mine that left is respected. */
  #enterStage(part: MyPart): void {
    if (this.as !== 'speaker' || !part.known || this.live.read().status.is !== 'open') return;
    if (part.onStage) {
      this.#askedToEnter = null;
      return;
    }
    const possible = !part.removed && (part.phase === 'scheduled' || part.phase === 'live');
    if (!possible || this.#isElsewhere() || this.#askedToEnter === part.standing) return;
    this.#askedToEnter = part.standing;
    const { microphone, camera } = this.#entry;
    const broken = (name: Switch) => this.devices.read()[name].is === 'trouble';
    void this.act('stage.enter', { microphone: microphone && !broken('microphone'), camera: camera && !broken('camera') });
  }

  /** Who comes in to watch, while another tab of theirs stands on stage, must not be shown from here: the newest tab decides. */
  #leaveStage(part: MyPart): void {
    if (this.as !== 'participant' || !this.#mayBeOnStage || !part.known) return;
    if (part.standsAsSpeaker && this.media.read().status.is !== 'connected') return;
    this.#mayBeOnStage = false;
    if (part.standsAsSpeaker) void this.live.submit('stage.leave', {}).catch(() => undefined);
  }

  #openDevices(part: MyPart): void {
    const over = part.known && (part.removed || part.phase === 'ended');
    // A participant's are open only before they ask, in the countdown, and on stage.
    const unused = this.as !== 'speaker' && !settled(part) && !this.#preview;
    if (over || unused || this.#isElsewhere()) {
      this.devices.want({ camera: false, microphone: false });
      return;
    }
    if (this.as !== 'speaker' && !settled(part) && this.#preview) {
      this.devices.want({ camera: this.#preview.camera, microphone: this.#preview.microphone });
      return;
    }
    const entering = !settled(part);
    const wanted = (name: Switch) => (entering ? this.#entry[name] : isOn(part, this.#pressed, name));
    // Muting keeps the microphone open, so that the next word is heard at once; the camera's light goes out.
    const microphone = wanted('microphone') || this.devices.read().microphone.is === 'on';
    this.devices.want({ camera: wanted('camera'), microphone });
  }

  #intent(part: MyPart): MediaIntent {
    const { camera, microphone } = this.devices.read();
    // What is only looked at is nobody else's: handed over, it would be switched off, and the preview with it.
    const isMine = this.as === 'speaker' || settled(part) !== null;
    const send = (name: Switch, opened: MediaStreamTrack | null) => ({
      track: isMine ? opened : null,
      on: opened !== null && isSent(part, this.#pressed, name),
      ready: part.known && part.countdown !== null,
      unsure: this.live.read().status.is !== 'open',
    });
    return {
      connect: part.known ? part.mayConnect : this.#options.isLive && this.as === 'participant',
      standing: part.known ? part.standing : 'unknown',
      self: this.live.read().personId,
      place: this.#place(part),
      onStage: part.known ? part.here : [],
      hasPictures: part.known && part.hasPictures,
      camera: send('camera', trackOf(camera)),
      microphone: send('microphone', trackOf(microphone)),
      screen: part.known && part.sharing ? this.screen.tracks : null,
      screens: part.known ? part.screens : [],
      microphones: part.known ? part.microphones : [],
    };
  }

  #inTheWay(): string | null {
    const { slices, personId } = this.live.read();
    return personId === null ? null : inTheWay(screensAround(slices, personId));
  }

  /** The LiveKit room where the state has me, as the server reckons it. */
  #place(part: MyPart): string | null {
    const { slices, personId } = this.live.read();
    return part.known && personId ? placement(slices, this.#options.sessionId, personId).in : null;
  }

  /** The state must not say that I am seen when my camera does not work. */
  #giveUpBrokenDevices(part: MyPart): void {
    const now = settled(part);
    if (!now || this.#isElsewhere()) return;
    for (const name of switchNames) {
      const status = this.devices.read()[name];
      if (status.is !== 'trouble' || !now[name] || this.#pressed[name] === false) continue;
      this.#pressed = { ...this.#pressed, [name]: false };
      if (!status.isTold) this.#options.onTrouble({ device: name, why: status.trouble });
      void this.act(mediaCommand(part), { [name]: false });
    }
  }

  #show(part: MyPart): void {
    const onStage = part.known && part.onStage !== null;
    const inRoom = part.known && part.inRoom !== null;
    const isComing = !onStage && part.known && part.countdown !== null;
    const on = (name: Switch) => (settled(part) ? isOn(part, this.#pressed, name) : this.#entry[name]);
    const next: Switches = { onStage, inRoom, isComing, microphone: on('microphone'), camera: on('camera') };
    const { microphone, camera } = next;
    if (this.as === 'speaker' && onStage && !inRoom && (microphone !== this.#entry.microphone || camera !== this.#entry.camera)) {
      this.#entry = { as: this.as, microphone, camera };
      this.#options.onEntryChanged(this.#entry);
    }
    const before = this.#switches;
    if (
      before.onStage === onStage &&
      before.inRoom === inRoom &&
      before.isComing === isComing &&
      before.microphone === microphone &&
      before.camera === camera
    )
      return;
    this.#switches = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
