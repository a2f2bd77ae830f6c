// Owns a person's media without a browser: a LiveKit client that hears, publishes a tone, and can be made to try what it may not.
import type { Room as LivekitRoom } from '@livekit/rtc-node';
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

export interface Tone {
  hz: number;
  /** Epoch, ms. */
  at: number;
}

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
  /** The last tone that came over the present track of this identity; null while none has. */
  heardFrom(identity: string): Tone | null;
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
/** The length of a word, and the time from one to the next. */
const [wordMs, rhythmMs] = [600, 2400];

interface Playing {
  end(): void;
}
export interface Voice {
  toneHz: number;
  /** As people speak: two dozen who sound without a pause take more than all of a small machine. */
  inWords: boolean;
}

export async function startBot(url: string, token: string, voice: Voice = { toneHz: 440, inWords: false }): Promise<Bot> {
  keepLivekitQuiet();
  const frameMs = voice.inWords ? 300 : 100;
  const samplesInFrame = (sampleRate * frameMs) / 1000;
  const room = new Room();
  let ends = 0;
  const tones: Playing[] = [];
  const ears = new Set<ReadableStreamDefaultReader<AudioFrame>>();
  /** LiveKit's library goes on with all of this after a connection has ended: each move would make the process slower. */
  const letGo = () => {
    for (const tone of tones.splice(0)) tone.end();
    for (const ear of ears) void ear.cancel().catch(() => undefined);
    ears.clear();
  };
  room.on(RoomEvent.Disconnected, () => {
    ends += 1;
    letGo();
    const held = room as unknown as { ffiHandle?: { dispose(): void } };
    held.ffiHandle?.dispose();
    delete held.ffiHandle;
  });
  const sound = new Map<string, number>();
  const heard = new Map<string, Tone>();
  room.on(RoomEvent.TrackSubscribed, (track, _publication, { identity }) => {
    if (track.kind !== TrackKind.KIND_AUDIO) return;
    const ear = new AudioStream(track, { sampleRate, numChannels: 1, frameSizeMs: frameMs }).getReader();
    ears.add(ear);
    void listen(ear, {
      // Counted in pieces of 10 ms.
      onSound: () => sound.set(identity, (sound.get(identity) ?? 0) + frameMs / 10),
      onPitch: (hz) => heard.set(identity, { hz, at: Date.now() }),
    })
      .catch(() => undefined)
      .finally(() => ears.delete(ear));
  });

  room.on(RoomEvent.TrackUnsubscribed, (_track, _publication, { identity }) => void heard.delete(identity));

  const trackFor = (source: BotSource) => {
    if (source !== 'microphone') return LocalVideoTrack.createVideoTrack(source, new VideoSource(320, 180));
    const tone = new AudioSource(sampleRate, 1);
    const wave = Int16Array.from(
      { length: samplesInFrame },
      (_, at) => 8000 * Math.sin((2 * Math.PI * voice.toneHz * at) / sampleRate),
    );
    let playedMs = 0;
    const play = () => {
      playedMs += frameMs;
      if (voice.inWords && playedMs % rhythmMs >= wordMs) return;
      void tone.captureFrame(new AudioFrame(wave, sampleRate, 1, samplesInFrame)).catch(() => undefined);
    };
    const track = LocalAudioTrack.createAudioTrack(source, tone);
    const playing = setInterval(play, frameMs);
    tones.push({
      end() {
        clearInterval(playing);
        void track.close().catch(() => undefined);
      },
    });
    return track;
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
    heardFrom: (identity) => heard.get(identity) ?? null,
    publish,
    tryToPublish: (source) =>
      publish(source).then(
        () => 'published',
        () => 'refused',
      ),
    published: () => room.localParticipant?.trackPublications.size ?? 0,
    unpublish() {
      for (const tone of tones.splice(0)) tone.end();
      const sids = [...(room.localParticipant?.trackPublications.values() ?? [])].flatMap(({ sid }) => sid ?? []);
      // Never answered for what the server has taken back itself.
      for (const sid of sids) void room.localParticipant?.unpublishTrack(sid).catch(() => undefined);
    },
    async leave() {
      letGo();
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

async function listen(ear: ReadableStreamDefaultReader<AudioFrame>, { onSound, onPitch }: Listener): Promise<void> {
  for (let next = await ear.read(); !next.done; next = await ear.read()) {
    const { data } = next.value;
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
