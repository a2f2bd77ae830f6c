// Owns noticing the first picture on a connection that is not shown yet: it asks for pictures though no tile offers an element for them.
import type { RemoteTrack, RemoteVideoTrack, Room } from 'livekit-client';
import type { Livekit } from './publisher.ts';

export interface FirstPicture {
  /** Whose pictures are awaited. */
  of(persons: readonly string[]): void;
  /** Leaves tiles the time to take over, so that LiveKit is not told to stop in between. */
  stopSoon(): void;
  stop(): void;
}

const takeOverMs = 1000;
/** As a small tile asks for. */
const [width, height] = [320, 180];

/** LiveKit sends only what somebody looks at: this is somebody who does. */
const onlooker = (element: object): Parameters<RemoteVideoTrack['observeElementInfo']>[0] => ({
  element,
  width: () => width,
  height: () => height,
  visible: true,
  pictureInPicture: false,
  visibilityChangedAt: undefined,
  observe: () => undefined,
  stopObserving: () => undefined,
});

/** Resolves its purpose at the first picture that could be drawn; returns how to look away. */
function lookAt(track: RemoteVideoTrack, onPicture: () => void): () => void {
  const element = document.createElement('video');
  element.muted = true;
  element.onloadeddata = onPicture;
  element.srcObject = new MediaStream([track.mediaStreamTrack]);
  void element.play().catch(() => undefined);
  const info = onlooker(element);
  track.observeElementInfo(info);
  return () => {
    track.stopObservingElementInfo(info);
    element.onloadeddata = null;
    element.srcObject = null;
  };
}

export function createFirstPicture(livekit: Livekit, room: Room, onPicture: () => void): FirstPicture {
  const { RoomEvent, Track } = livekit;
  let awaited: ReadonlySet<string> = new Set();
  const looking = new Map<RemoteTrack, () => void>();
  let stopping: ReturnType<typeof setTimeout> | undefined;

  const look = () => {
    for (const { identity, trackPublications } of room.remoteParticipants.values()) {
      for (const { track } of trackPublications.values()) {
        if (track?.kind !== Track.Kind.Video || looking.has(track as RemoteTrack) || !awaited.has(identity)) continue;
        looking.set(track as RemoteTrack, lookAt(track as RemoteVideoTrack, onPicture));
      }
    }
  };
  const lookAway = (track: RemoteTrack) => {
    looking.get(track)?.();
    looking.delete(track);
  };
  room.on(RoomEvent.TrackSubscribed, look);
  room.on(RoomEvent.TrackUnsubscribed, lookAway);

  const stop = () => {
    clearTimeout(stopping);
    room.off(RoomEvent.TrackSubscribed, look);
    room.off(RoomEvent.TrackUnsubscribed, lookAway);
    for (const track of [...looking.keys()]) lookAway(track);
  };
  return {
    of(persons) {
      awaited = new Set(persons);
      look();
    },
    stopSoon() {
      stopping ??= setTimeout(stop, takeOverMs);
    },
    stop,
  };
}
