// Owns one connection to LiveKit, from its making to its end: options, events, what is sent and shown on it. Whether there should be one is media-client.ts.
import type { Participant, Room } from 'livekit-client';
import type { VideoPlaces } from './people-on-screen.ts';
import { createPeopleOnScreen } from './people-on-screen.ts';
import type { Livekit, Wanted } from './publisher.ts';
import { createPublisher } from './publisher.ts';
import { createSpeaking } from './speaking.ts';

/** Why a connection has ended. `elsewhere`: the same person connected again, and the newest wins. `no`: a committed refusal. */
export type EndReason = 'elsewhere' | 'no' | 'lost';

export interface CallEvents {
  onConnected(): void;
  /** LiveKit is mending the connection by itself. */
  onMending(): void;
  onEnded(reason: EndReason): void;
  onSpeaking(persons: ReadonlySet<string>): void;
  onPoor(persons: ReadonlySet<string>): void;
}

export interface MediaCall {
  connect(): void;
  send(camera: Wanted, microphone: Wanted): void;
  setOnStage(persons: readonly string[]): void;
  placesChanged(person: string): void;
  close(): void;
}

/** The server's gate knows us by our login and puts in the real token; livekit-client only wants something well-formed. */
const placeholderToken = 'eyJhbGciOiJub25lIn0.e30.';

export function makeRoom(livekit: Livekit, audioContext: AudioContext): Room {
  return new livekit.Room({
    adaptiveStream: true,
    dynacast: true,
    webAudioMix: { audioContext },
    stopLocalTrackOnUnpublish: false,
    publishDefaults: { simulcast: true, stopMicTrackOnMute: false },
  });
}

export function createMediaCall(livekit: Livekit, room: Room, url: string, places: VideoPlaces, events: CallEvents): MediaCall {
  const { RoomEvent, DisconnectReason, ConnectionErrorReason, ConnectionQuality } = livekit;
  const camera = createPublisher(livekit, room, 'camera');
  const microphone = createPublisher(livekit, room, 'microphone');
  const screen = createPeopleOnScreen(livekit, room, places);
  const speaking = createSpeaking(events.onSpeaking);
  let poor: ReadonlySet<string> = new Set();
  let ended = false;
  /** A failing connect tells why in its error; the event that comes before it does not. */
  let connecting = false;

  const release = () => {
    ended = true;
    camera.stop();
    microphone.stop();
    speaking.stop();
    screen.stop();
    room.removeAllListeners();
  };
  const end = (reason: EndReason) => {
    if (ended) return;
    release();
    events.onEnded(reason);
  };
  const publishAgain = () => {
    camera.again();
    microphone.again();
  };
  const noteQuality = (quality: string, participant: Participant) => {
    const isPoor = quality === ConnectionQuality.Poor || quality === ConnectionQuality.Lost;
    if (isPoor === poor.has(participant.identity)) return;
    const next = new Set(poor);
    if (isPoor) next.add(participant.identity);
    else next.delete(participant.identity);
    poor = next;
    events.onPoor(poor);
  };

  room
    // Rights are known from here on; publishing now runs beside the setting up of the transport.
    .on(RoomEvent.SignalConnected, publishAgain)
    .on(RoomEvent.ParticipantPermissionsChanged, publishAgain)
    .on(RoomEvent.Reconnecting, events.onMending)
    .on(RoomEvent.Reconnected, () => {
      events.onConnected();
      publishAgain();
    })
    .on(RoomEvent.LocalTrackUnpublished, ({ trackSid }) => {
      camera.forget(trackSid);
      microphone.forget(trackSid);
    })
    .on(RoomEvent.ActiveSpeakersChanged, (speakers) => speaking.heard(speakers.map((one) => one.identity)))
    .on(RoomEvent.ConnectionQualityChanged, noteQuality)
    .on(RoomEvent.Disconnected, (reason) => {
      if (!connecting) end(reason === DisconnectReason.DUPLICATE_IDENTITY ? 'elsewhere' : 'lost');
    });

  return {
    async connect() {
      connecting = true;
      try {
        await room.connect(url, placeholderToken);
        connecting = false;
        if (!ended) events.onConnected();
      } catch (error) {
        const { reason, context } = error as { reason?: number; context?: unknown };
        if (reason === ConnectionErrorReason.NotAllowed) end('no');
        else if (context === DisconnectReason.DUPLICATE_IDENTITY) end('elsewhere');
        else end('lost');
      }
    },
    send(wantedCamera, wantedMicrophone) {
      camera.want(wantedCamera);
      microphone.want(wantedMicrophone);
    },
    setOnStage: screen.setOnStage,
    placesChanged: screen.placesChanged,
    close() {
      if (ended) return;
      release();
      void room.disconnect(false);
    },
  };
}
