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
  /** The pitch (Hz) of what came last from this identity; null when none has come within the last half second. */
  pitchFrom(identity: string): number | null;
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
const usualToneHz = 440;
const pitchIsFreshMs = 500;

export async function startBot(url: string, token: string, toneHz = usualToneHz): Promise<Bot> {
  const room = new Room();
  let ends = 0;
  room.on(RoomEvent.Disconnected, () => {
    ends += 1;
  });
  const tones: NodeJS.Timeout[] = [];
  const sound = new Map<string, number>();
  const pitches = new Map<string, { hz: number; at: number }>();
  room.on(RoomEvent.TrackSubscribed, (track, _publication, { identity }) => {
    if (track.kind === TrackKind.KIND_AUDIO)
      void listen(track, {
        onSound: () => sound.set(identity, (sound.get(identity) ?? 0) + 1),
        onPitch: (hz) => pitches.set(identity, { hz, at: performance.now() }),
      }).catch(() => undefined);
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
    pitchFrom(identity) {
      const last = pitches.get(identity);
      return last && performance.now() - last.at < pitchIsFreshMs ? last.hz : null;
    },
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
/** Long enough to tell neighbouring tones apart by counting their waves. */
const pitchWindow = sampleRate / 10;

interface Listener {
  onSound(): void;
  onPitch(hz: number): void;
}

async function listen(track: RemoteTrack, { onSound, onPitch }: Listener): Promise<void> {
  let [samples, rises, wasBelow] = [0, 0, false];
  for await (const { data } of new AudioStream(track, sampleRate, 1)) {
    const isAudible = data.some((sample) => sample > audible);
    if (isAudible) onSound();
    else [samples, rises] = [0, 0];
    if (!isAudible) continue;
    for (const sample of data) {
      if (wasBelow && sample > audible) rises += 1;
      if (sample < -audible) wasBelow = true;
      else if (sample > audible) wasBelow = false;
    }
    samples += data.length;
    if (samples < pitchWindow) continue;
    onPitch((rises * sampleRate) / samples);
    [samples, rises] = [0, 0];
  }
}
