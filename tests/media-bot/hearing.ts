// Owns judging who hears whom in LiveKit: each by their own tone, nobody else, and no voice in two LiveKit rooms.
import type { RoomServiceClient } from 'livekit-server-sdk';
import type { Bot, Tone } from './bot.ts';

export interface Listener {
  name: string;
  personId: string;
  toneHz: number;
  /** Whose tracks they receive. */
  hears: readonly string[];
  /** What came last over the present track of each identity. */
  tones: Readonly<Record<string, Tone | null>>;
}

/** What a bot hears, of whom, by what tones; nothing while there is none. */
export function hearingOf(bot: Bot | null): Pick<Listener, 'hears' | 'tones'> {
  const hears = bot?.hears() ?? [];
  return { hears, tones: Object.fromEntries(hears.map((other) => [other, bot?.heardFrom(other) ?? null])) };
}

/** As near as a tenth of a second can tell. */
const nearHz = 40;
const lookEveryMs = 100;

/** In words; empty when everybody hears exactly those, and has heard each since then (epoch, ms) by their own tone. */
export function wronglyHeard(
  all: readonly Listener[],
  neighboursOf: (one: Listener, all: readonly Listener[]) => readonly Listener[],
  since: number,
): string[] {
  return all.flatMap((one) => {
    const who = neighboursOf(one, all);
    const heard = [...one.hears].sort();
    const ids = who.map((other) => other.personId).sort();
    const found = heard.join() === ids.join() ? [] : [`${one.name} hears ${heard.length}, not ${ids.length}`];
    for (const other of who) {
      const tone = one.tones[other.personId];
      if (!tone || tone.at < since) found.push(`${one.name} hears nothing from ${other.name}`);
      else if (Math.abs(tone.hz - other.toneHz) > nearHz)
        found.push(`${one.name} hears ${tone.hz} from ${other.name}, not ${other.toneHz}`);
    }
    return found;
  });
}

/** Nobody has a voice in two LiveKit rooms: who was published in both in one look and still in both in the next was so in between. */
export function watchVoices(admin: RoomServiceClient, stream: string): () => Promise<string[]> {
  const twice = new Set<string>();
  let stopped = false;
  const look = async () => {
    const voices = new Set<string>();
    const there = (await admin.listRooms().catch(() => []))
      .map(({ name }) => name)
      .filter((name) => name.startsWith(`${stream}.`));
    for (const room of there) {
      const inside = await admin.listParticipants(room).catch(() => []);
      for (const { identity, tracks } of inside) if (tracks.length > 0) voices.add(`${identity} ${room}`);
    }
    return voices;
  };
  const watching = (async () => {
    while (!stopped) {
      const [before, after] = [await look(), await look()];
      const both = [...before].filter((voice) => after.has(voice)).map((voice) => voice.split(' ')[0] as string);
      for (const identity of both.filter((one, at) => both.indexOf(one) !== at)) twice.add(identity);
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  })();
  return async () => {
    stopped = true;
    await watching;
    return [...twice];
  };
}
