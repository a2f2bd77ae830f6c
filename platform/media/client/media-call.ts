// Owns one connection to LiveKit, from its making to its end: options, events, what is sent and shown on it. Whether there should be one is media-client.ts.
import type { Participant, ReconnectPolicy, Room } from 'livekit-client';
import { pauseMs } from '#platform/live/client/connection.ts';
import type { FirstPicture } from './first-picture.ts';
import { createFirstPicture } from './first-picture.ts';
import type { PeopleOnScreen, VideoPlaces } from './people-on-screen.ts';
import { createPeopleOnScreen } from './people-on-screen.ts';
import type { Livekit, Publisher, Source, Wanted } from './publisher.ts';
import { createPublisher } from './publisher.ts';
import type { Speaking } from './speaking.ts';
import { createSpeaking } from './speaking.ts';

/** Why a connection has ended. `elsewhere`: the same person opened the Session again, and the newest wins. `no`: a committed refusal. */
export type EndReason = 'elsewhere' | 'no' | 'lost';

export interface CallEvents {
  /** The server has let us in; the transport is still being set up. */
  onAnswered(): void;
  onConnected(): void;
  /** LiveKit is mending the connection by itself. */
  onMending(): void;
  onEnded(reason: EndReason): void;
  /** The first picture of those awaited has come. */
  onPicture(): void;
  onSpeaking(persons: ReadonlySet<string>): void;
  onPoor(persons: ReadonlySet<string>): void;
}

/** What a shared screen consists of. */
export interface ScreenTracks {
  picture: MediaStreamTrack;
  /** Null: the browser or the person gave none. */
  sound: MediaStreamTrack | null;
}
const sources: readonly Source[] = ['camera', 'microphone', 'screen', 'screen-sound'];
const wantTrack = (track: MediaStreamTrack | null | undefined): Wanted => ({ track: track ?? null, on: Boolean(track) });

/** The server's gate knows us by our login and puts in the real token; livekit-client only wants something well-formed. */
const placeholderToken = 'eyJhbGciOiJub25lIn0.e30.';

const mostTries = 10;
/** The gate holds who comes while LiveKit is away, so that short pauses cost little. */
const longestPauseAt = 3;
/** LiveKit's own pauses grow to ten seconds, which is all the time that is promised for pictures and sound to be back. */
export const reconnectPolicy: ReconnectPolicy = {
  nextRetryDelayInMs: ({ retryCount }) =>
    retryCount < mostTries ? pauseMs(Math.min(retryCount, longestPauseAt), Math.random) : null,
};

export function makeRoom(livekit: Livekit, audioContext: AudioContext): Room {
  // Its own words about lost and mended connections are for its developers; the person gets ours.
  livekit.setLogLevel(livekit.LogLevel.silent);
  return new livekit.Room({
    adaptiveStream: true,
    dynacast: true,
    reconnectPolicy,
    webAudioMix: { audioContext },
    stopLocalTrackOnUnpublish: false,
    publishDefaults: { simulcast: true, stopMicTrackOnMute: false },
  });
}

export class MediaCall {
  readonly #livekit: Livekit;
  readonly #room: Room;
  readonly #url: string;
  readonly #events: CallEvents;
  readonly #publishers: Record<Source, Publisher>;
  readonly #screen: PeopleOnScreen;
  readonly #speaking: Speaking;
  #firstPicture: FirstPicture | null = null;
  #poor: ReadonlySet<string> = new Set();
  #ended = false;
  /** A failing connect tells in its error what the event before it leaves out, or the other way round: both are asked. */
  #connecting = false;
  #replaced = false;

  constructor(livekit: Livekit, room: Room, url: string, places: VideoPlaces, events: CallEvents) {
    this.#livekit = livekit;
    this.#room = room;
    this.#url = url;
    this.#events = events;
    const publishers = sources.map((source) => [source, createPublisher(livekit, room, source)] as const);
    this.#publishers = Object.fromEntries(publishers) as Record<Source, Publisher>;
    this.#screen = createPeopleOnScreen(livekit, room, places);
    this.#speaking = createSpeaking(events.onSpeaking);
    this.#listen();
  }

  async connect(): Promise<void> {
    const { ConnectionErrorReason, DisconnectReason } = this.#livekit;
    this.#connecting = true;
    try {
      await this.#room.connect(this.#url, placeholderToken);
      this.#connecting = false;
      if (!this.#ended) this.#events.onConnected();
    } catch (error) {
      const { reason, context, message } = error as { reason?: number; context?: unknown; message?: string };
      // The message is the gate's answer, as it came.
      if (reason === ConnectionErrorReason.NotAllowed) this.#end(message?.includes('"elsewhere"') ? 'elsewhere' : 'no');
      else this.#end(this.#replaced || context === DisconnectReason.DUPLICATE_IDENTITY ? 'elsewhere' : 'lost');
    }
  }

  /** The LiveKit room that this leads to, once it is known. */
  roomName(): string | null {
    return this.#room.name || null;
  }

  /** Nothing is shown or heard here yet: asks for the pictures of these people, and tells when the first has come. */
  awaitPicture(persons: readonly string[]): void {
    this.#firstPicture ??= createFirstPicture(this.#livekit, this.#room, this.#events.onPicture);
    this.#firstPicture.of(persons);
  }

  /** Sends nothing any more; the devices stay as they are. */
  withdraw(): void {
    for (const source of sources) this.#publishers[source].withdraw();
  }

  send(camera: Wanted, microphone: Wanted, screen: ScreenTracks | null = null): void {
    this.#publishers.camera.want(camera);
    this.#publishers.microphone.want(microphone);
    this.#publishers.screen.want(wantTrack(screen?.picture));
    this.#publishers['screen-sound'].want(wantTrack(screen?.sound));
  }

  setOnStage(persons: readonly string[], screens?: readonly string[], microphones?: readonly string[]): void {
    this.#screen.setOnStage(persons, screens, microphones);
    this.#firstPicture?.stopSoon();
  }

  placesChanged(place: string): void {
    this.#screen.placesChanged(place);
  }

  close(): void {
    if (this.#ended) return;
    this.#release();
    void this.#room.disconnect(false);
  }

  #listen(): void {
    const { RoomEvent, DisconnectReason } = this.#livekit;
    this.#room
      // Rights are known from here on; publishing now runs beside the setting up of the transport.
      .on(RoomEvent.SignalConnected, () => {
        this.#publishAgain();
        this.#events.onAnswered();
      })
      .on(RoomEvent.ParticipantPermissionsChanged, this.#publishAgain)
      .on(RoomEvent.Reconnecting, this.#events.onMending)
      .on(RoomEvent.Reconnected, () => {
        this.#events.onConnected();
        this.#publishAgain();
      })
      .on(RoomEvent.TrackMuted, ({ trackSid }, participant) => {
        if (participant === this.#room.localParticipant) for (const source of sources) this.#publishers[source].muted(trackSid);
      })
      .on(RoomEvent.LocalTrackUnpublished, ({ trackSid }) => {
        for (const source of sources) this.#publishers[source].forget(trackSid);
      })
      .on(RoomEvent.ActiveSpeakersChanged, (speakers) => this.#speaking.heard(speakers.map((one) => one.identity)))
      .on(RoomEvent.ConnectionQualityChanged, this.#noteQuality)
      .on(RoomEvent.Disconnected, (reason) => {
        const replaced = reason === DisconnectReason.DUPLICATE_IDENTITY;
        if (this.#connecting) this.#replaced ||= replaced;
        else this.#end(replaced ? 'elsewhere' : 'lost');
      });
  }

  readonly #publishAgain = (): void => {
    for (const source of sources) this.#publishers[source].again();
  };

  readonly #noteQuality = (quality: string, participant: Participant): void => {
    const { ConnectionQuality } = this.#livekit;
    const isPoor = quality === ConnectionQuality.Poor || quality === ConnectionQuality.Lost;
    if (isPoor === this.#poor.has(participant.identity)) return;
    const next = new Set(this.#poor);
    if (isPoor) next.add(participant.identity);
    else next.delete(participant.identity);
    this.#poor = next;
    this.#events.onPoor(next);
  };

  #end(reason: EndReason): void {
    if (this.#ended) return;
    this.#release();
    this.#events.onEnded(reason);
  }

  #release(): void {
    this.#ended = true;
    for (const source of sources) this.#publishers[source].stop();
    this.#speaking.stop();
    this.#screen.stop();
    this.#firstPicture?.stop();
    this.#room.removeAllListeners();
  }
}
