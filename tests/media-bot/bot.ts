// Owns a person's media without a browser: a LiveKit client that hears, publishes a tone, and can be made to try what it may not.
import type { Room as LivekitRoom, RemoteTrack } from '@livekit/rtc-node';
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  ConnectionState,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  VideoSource,
} from '@livekit/rtc-node';

export type BotSource = 'camera' | 'microphone' | 'screen_share';

export interface Bot {
  room: LivekitRoom;
  /** The newest token that LiveKit pushed to this client. */
  token(): string | undefined;
  connected(): boolean;
  /** How often the connection ended for good. */
  disconnected(): number;
  /** Identities of others that this client knows of. */
  others(): string[];
  /** Identities whose tracks this client receives. */
  hears(): string[];
  /** How many pieces of audible sound have come from this identity, 10 ms each. */
  soundFrom(identity: string): number;
  publish(source: BotSource): Promise<void>;
  /** Resolves when the attempt has come to its end, which LiveKit's silence makes ten seconds late. */
  tryToPublish(source: BotSource): Promise<'published' | 'refused'>;
  published(): number;
  leave(): Promise<void>;
}

const trackSources = {
  camera: TrackSource.SOURCE_CAMERA,
  microphone: TrackSource.SOURCE_MICROPHONE,
  screen_share: TrackSource.SOURCE_SCREENSHARE,
} satisfies Record<BotSource, TrackSource>;

const sampleRate = 48_000;
const toneHz = 440;

export async function startBot(url: string, token: string): Promise<Bot> {
  const room = new Room();
  let ends = 0;
  room.on(RoomEvent.Disconnected, () => {
    ends += 1;
  });
  const tones: NodeJS.Timeout[] = [];
  const sound = new Map<string, number>();
  room.on(RoomEvent.TrackSubscribed, (track, _publication, { identity }) => {
    if (track.kind === TrackKind.KIND_AUDIO)
      void listen(track, () => sound.set(identity, (sound.get(identity) ?? 0) + 1)).catch(() => undefined);
  });

  const trackFor = (source: BotSource) => {
    if (source !== 'microphone') return LocalVideoTrack.createVideoTrack(source, new VideoSource(320, 180));
    const tone = new AudioSource(sampleRate, 1);
    const samples = sampleRate / 100;
    const wave = Int16Array.from({ length: samples }, (_, at) => 8000 * Math.sin((2 * Math.PI * toneHz * at) / sampleRate));
    const play = () => void tone.captureFrame(new AudioFrame(wave, sampleRate, 1, samples)).catch(() => undefined);
    tones.push(setInterval(play, 10));
    return LocalAudioTrack.createAudioTrack(source, tone);
  };

  await room.connect(url, token, { autoSubscribe: true, dynacast: true });
  const publish = async (source: BotSource) => {
    const options = new TrackPublishOptions();
    options.source = trackSources[source];
    await room.localParticipant?.publishTrack(trackFor(source), options);
  };
  return {
    room,
    token: () => room.token,
    connected: () => room.connectionState === ConnectionState.CONN_CONNECTED,
    disconnected: () => ends,
    others: () => [...room.remoteParticipants.keys()],
    hears: () =>
      [...room.remoteParticipants.values()]
        .filter((one) => [...one.trackPublications.values()].some((publication) => publication.track))
        .map((one) => one.identity),
    soundFrom: (identity) => sound.get(identity) ?? 0,
    publish,
    tryToPublish: (source) =>
      publish(source).then(
        () => 'published',
        () => 'refused',
      ),
    published: () => room.localParticipant?.trackPublications.size ?? 0,
    async leave() {
      for (const tone of tones) clearInterval(tone);
      await room.disconnect().catch(() => undefined);
    },
  };
}

/** Between silence, and what a codec makes of it, and the tone. */
const audible = 1000;

async function listen(track: RemoteTrack, onSound: () => void): Promise<void> {
  for await (const { data } of new AudioStream(track, sampleRate, 1)) if (data.some((sample) => sample > audible)) onSound();
}
