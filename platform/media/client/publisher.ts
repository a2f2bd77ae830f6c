// Owns one published source (camera, microphone, screen or its sound): brings what LiveKit carries into line with what is wanted. Devices belong to whoever gives the track.
import type { LocalAudioTrack, LocalVideoTrack, Room, TrackPublishOptions } from 'livekit-client';

export type Livekit = typeof import('livekit-client');
export type Source = 'camera' | 'microphone' | 'screen' | 'screen-sound';

export interface Wanted {
  /** Null: nothing to send. */
  track: MediaStreamTrack | null;
  on: boolean;
  /** While off: published muted already, so that switching on is one word to LiveKit instead of a negotiation. */
  ready?: boolean;
  /** The state that says so may be out of date: where the server has muted the track, it stays muted. */
  unsure?: boolean;
}

export interface Publisher {
  want(wanted: Wanted): void;
  /** Takes back what is published and leaves the device as it is: another connection carries it now. Wanting again undoes it. */
  withdraw(): void;
  /** The connection stands, or rights have changed: what could not be done before may be possible now. */
  again(): void;
  /** A track was muted, by ourselves or by the server. */
  muted(sid: string): void;
  /** LiveKit has let go of the track by itself, e.g. because its device was pulled out. */
  forget(sid: string | undefined): void;
  stop(): void;
}

const tryAgainMs = 2000;
/** After the server muted what the person switched on in that moment. */
const unmuteAgainMs = 1000;
const nothing: Wanted = { track: null, on: false };

interface Kind {
  source: 'Camera' | 'Microphone' | 'ScreenShare' | 'ScreenShareAudio';
  isPicture: boolean;
  options: TrackPublishOptions;
  /** Without a track nothing is left that could be switched on again: it is taken back, not muted. */
  passing?: true;
}
const kinds: Record<Source, Kind> = {
  camera: { source: 'Camera', isPicture: true, options: { simulcast: true } },
  microphone: { source: 'Microphone', isPicture: false, options: { simulcast: true } },
  // Text is read or it is worth nothing: as sharp as it came, for everybody. A still screen costs next to nothing anyway.
  screen: { source: 'ScreenShare', isPicture: true, options: { simulcast: false }, passing: true },
  // Music and films, not a voice with pauses.
  'screen-sound': { source: 'ScreenShareAudio', isPicture: false, options: { dtx: false, red: false }, passing: true },
};

/** Marked as user-provided: LiveKit then never stops or reopens the device by itself. */
function makeLocal(livekit: Livekit, source: Source, track: MediaStreamTrack): LocalAudioTrack | LocalVideoTrack {
  const kind = kinds[source];
  const made = kind.isPicture
    ? new livekit.LocalVideoTrack(track, undefined, true)
    : new livekit.LocalAudioTrack(track, undefined, true);
  made.source = livekit.Track.Source[kind.source];
  return made;
}

/** Takes one step after the other until one says that nothing is left; a failed one is taken again a moment later. */
function stepping(step: () => Promise<boolean>): { goOn(): void; stop(): void } {
  let working = false;
  let stopped = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const work = async () => {
    if (working || stopped) return;
    working = true;
    clearTimeout(retry);
    try {
      while (!stopped && (await step()));
    } catch {
      // A connection that is just breaking: `again` tells when it stands; the timer is for what nobody tells.
      if (!stopped) retry = setTimeout(() => void work(), tryAgainMs);
    } finally {
      working = false;
    }
  };
  return {
    goOn: () => void work(),
    stop() {
      stopped = true;
      clearTimeout(retry);
    },
  };
}

/** The server mutes what its state has off. `mayUnmute`: the state that has it on is known to be the newest. */
function serverMutes(mayUnmute: () => boolean, goOn: () => void) {
  let muting = false;
  let holds = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    holds: () => holds,
    /** We mute it ourselves: that is not the server's doing. */
    async own(track: { mute(): Promise<unknown> }): Promise<void> {
      muting = true;
      await track.mute().finally(() => {
        muting = false;
      });
    },
    noticed(): void {
      if (muting) return;
      holds = true;
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!mayUnmute()) return;
        holds = false;
        goOn();
      }, unmuteAgainMs);
    },
    lift(): void {
      holds = false;
    },
    stop: () => clearTimeout(timer),
  };
}

const mayPublishIn = ({ ConnectionState }: Livekit, { localParticipant, state }: Room) =>
  Boolean(localParticipant.permissions?.canPublish) && state !== ConnectionState.Disconnected;
const isSame = (a: Wanted, b: Wanted) => a.track === b.track && a.on === b.on && a.ready === b.ready && a.unsure === b.unsure;

export function createPublisher(livekit: Livekit, room: Room, source: Source): Publisher {
  let wanted = nothing;
  let local: LocalAudioTrack | LocalVideoTrack | null = null;
  let withdrawn = false;

  const mayPublish = () => mayPublishIn(livekit, room);

  const publish = async (track: MediaStreamTrack, muted: boolean): Promise<true> => {
    const made = makeLocal(livekit, source, track);
    local = made;
    mutes.lift();
    try {
      if (muted) await made.mute();
      await room.localParticipant.publishTrack(made, { source: made.source, ...kinds[source].options });
      return true;
    } catch (error) {
      if (local === made) local = null;
      throw error;
    }
  };

  /** Never by muting, which would switch the device off for the other connection too. */
  const takeBack = async (): Promise<boolean> => {
    const gone = local;
    local = null;
    if (gone) await room.localParticipant.unpublishTrack(gone, false);
    return gone !== null;
  };

  /** One step towards what is wanted; false when there is nothing left to do, or nothing that can be done now. */
  const step = async (): Promise<boolean> => {
    const { track, on, ready } = wanted;
    if (withdrawn || (kinds[source].passing && !track)) return takeBack();
    if (!on && ready && track && !local && mayPublish()) return publish(track, true);
    if (!on || !track) {
      if (!local || local.isMuted) return false;
      await mutes.own(local);
      return true;
    }
    if (!local) return mayPublish() && publish(track, false);
    if (local.mediaStreamTrack !== track) {
      await local.replaceTrack(track, true);
      return true;
    }
    if (!local.isMuted || mutes.holds()) return false;
    await local.unmute();
    return true;
  };

  const work = stepping(step);
  const mutes = serverMutes(() => !wanted.unsure, work.goOn);

  return {
    want(next) {
      if (!withdrawn && isSame(next, wanted)) return;
      withdrawn = false;
      wanted = next;
      if (!next.on || !next.unsure) mutes.lift();
      // At once, whatever LiveKit is busy with: muted means that nothing is heard from this moment on.
      if (next.track) next.track.enabled = next.on;
      work.goOn();
    },
    withdraw() {
      withdrawn = true;
      work.goOn();
    },
    again: work.goOn,
    muted(sid) {
      if (wanted.on && local?.sid === sid) mutes.noticed();
    },
    forget(sid) {
      if (local && (sid === undefined || local.sid === sid)) local = null;
    },
    stop() {
      mutes.stop();
      work.stop();
    },
  };
}
