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
import { keepLivekitQuiet } from './quiet-livekit.ts';

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
  /** Takes back what was published, also where the server has done so already. */
  unpublish(): void;
  leave(): Promise<void>;
}

const trackSources = {
  camera: TrackSource.SOURCE_CAMERA,
  microphone: TrackSource.SOURCE_MICROPHONE,
  screen_share: TrackSource.SOURCE_SCREENSHARE,
} satisfies Record<BotSource, TrackSource>;

/** Enough for the tones here; more would make two dozen bots in one process too slow. */
const sampleRate = 16_000;
const frameMs = 100;
const samplesInFrame = (sampleRate * frameMs) / 1000;
/** What is counted are pieces of 10 ms. */
const piecesInFrame = frameMs / 10;
const usualToneHz = 440;
const pitchIsFreshMs = 500;

export async function startBot(url: string, token: string, toneHz = usualToneHz): Promise<Bot> {
  keepLivekitQuiet();
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
        onSound: () => sound.set(identity, (sound.get(identity) ?? 0) + piecesInFrame),
        onPitch: (hz) => pitches.set(identity, { hz, at: performance.now() }),
      }).catch(() => undefined);
  });

  const trackFor = (source: BotSource) => {
    if (source !== 'microphone') return LocalVideoTrack.createVideoTrack(source, new VideoSource(320, 180));
    const tone = new AudioSource(sampleRate, 1);
    const wave = Int16Array.from(
      { length: samplesInFrame },
      (_, at) => 8000 * Math.sin((2 * Math.PI * toneHz * at) / sampleRate),
    );
    const play = () => void tone.captureFrame(new AudioFrame(wave, sampleRate, 1, samplesInFrame)).catch(() => undefined);
    tones.push(setInterval(play, frameMs));
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
    unpublish() {
      for (const tone of tones.splice(0)) clearInterval(tone);
      const sids = [...(room.localParticipant?.trackPublications.values() ?? [])].flatMap(({ sid }) => sid ?? []);
      // Never answered for what the server has taken back itself.
      for (const sid of sids) void room.localParticipant?.unpublishTrack(sid).catch(() => undefined);
    },
    async leave() {
      for (const tone of tones) clearInterval(tone);
      await room.disconnect().catch(() => undefined);
    },
  };
}

/** Between silence, and what a codec makes of it, and the tone. */
const audible = 1000;
interface Listener {
  onSound(): void;
  onPitch(hz: number): void;
}

async function listen(track: RemoteTrack, { onSound, onPitch }: Listener): Promise<void> {
  for await (const { data } of new AudioStream(track, { sampleRate, numChannels: 1, frameSizeMs: frameMs })) {
    if (!data.some((sample) => sample > audible)) continue;
    onSound();
    const hz = pitchOf(data);
    if (hz !== null) onPitch(hz);
  }
}

/** From the distances at which waves rise, without those over a gap: a busy machine does not send every piece of a tone. */
function pitchOf(samples: Int16Array): number | null {
  const rises: number[] = [];
  let wasBelow = false;
  for (const [at, sample] of samples.entries()) {
    if (wasBelow && sample > audible) rises.push(at);
    if (sample < -audible) wasBelow = true;
    else if (sample > audible) wasBelow = false;
  }
  const distances = rises.slice(1).map((at, index) => at - (rises[index] ?? at));
  const usual = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)];
  if (usual === undefined) return null;
  const whole = distances.filter((distance) => distance < usual * 1.5);
  return (sampleRate * whole.length) / whole.reduce((sum, distance) => sum + distance, 0);
}
