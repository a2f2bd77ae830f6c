// Breakout rooms with real media: 24 people with a tone each, opened, shuffled, closed. Nobody is lost, nobody stays behind, no tone is where it does not belong.
import type { RoomServiceClient as Admin } from 'livekit-server-sdk';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { roomOfPerson } from '#features/breakouts/contract.ts';
import { mediaWebhookPath, placeParameter } from '#platform/media/contract.ts';
import { mainCallRoom } from '#session/placement.ts';
import type { SessionState } from '#session/state.ts';
import { allOf, backstageOf } from '#session/state.ts';
import { sized } from '#tests/faults/size.ts';
import type { TestApp } from '#tests/flows/app.ts';
import { soon, startTestApp } from '#tests/flows/app.ts';
import { differences } from './agreement.ts';
import { askUpgrade, rtcPath } from './ask.ts';
import { startBot } from './bot.ts';
import type { Listener } from './hearing.ts';
import { hearingOf, watchVoices, wronglyHeard } from './hearing.ts';
import type { TestLivekit } from './livekit.ts';
import { freeTcpPort, prepareLivekit } from './livekit.ts';
import type { Mover } from './mover.ts';
import { startMover } from './mover.ts';
import type { Movers } from './movers.ts';
import { startMovers } from './movers.ts';

const rounds = sized({ ci: 1, long: 5 });
const [people, rooms] = [24, 6];
const lowestToneHz = 300;
const toneStepHz = 100;
/** Every so manieth never leaves by themselves. */
const stayEvery = 4;
const backAgain = 4;

let livekit: TestLivekit;
let app: TestApp;
let admin: Admin;
let stream: string;
let host: Mover;
let movers: Movers;
const tones = new Map<string, number>();

beforeAll(async () => {
  const port = await freeTcpPort();
  livekit = await prepareLivekit({ webhookUrl: `http://127.0.0.1:${port}${mediaWebhookPath}`, mostTracks: 2000 });
  await livekit.start();
  const { url, apiKey, apiSecret } = livekit.config;
  admin = new RoomServiceClient(url, apiKey, apiSecret);
  app = await startTestApp({ port, livekit: livekit.config });
  stream = (await app.point(soon)).id;
  host = await startMover({ app, stream, name: 'host', as: 'speaker', toneHz: lowestToneHz + people * toneStepHz });
  await direct('stage.enter', { microphone: true, camera: false });
  await direct('lifecycle.start');
  const named = Array.from({ length: people }, (_, index) => ({
    ...{ name: `participant${index + 1}`, toneHz: lowestToneHz + index * toneStepHz, stays: index % stayEvery === 0 },
  }));
  for (const { name, toneHz } of named) tones.set(name, toneHz);
  movers = await startMovers({ origin: app.origin, stream, people: named });
});
afterAll(async () => {
  await Promise.all([movers?.stop(), host?.stop()]);
  await app?.close();
  await livekit?.remove();
});

const state = (): SessionState => host.client.state;
const direct = async (type: string, body: Record<string, unknown> = {}) => expect(await host.client.send(type, body)).toBeNull();
/** An acknowledgement may overtake the frame. */
const known = (isSo: () => boolean) => host.client.until(isSo, String(isSo));
const whereIs = (person: string) => roomOfPerson(allOf(state()).breakouts, person);
const belongsIn = (one: Pick<Listener, 'personId'>) => whereIs(one.personId);
const everybody = (): Listener[] => [
  { name: host.name, personId: host.personId, toneHz: host.toneHz, ...hearingOf(host.bot()) },
  ...movers.reports().map((one) => ({ ...one, toneHz: tones.get(one.name) ?? 0 })),
];

/** Two dozen people of two connections each share a machine with all they are connected to. */
const wait = { timeout: 60_000, interval: 100 };

/** From now on everybody is heard by everybody in their room by their own tone, and by nobody else. */
function everybodyIsHeard(): Promise<void> {
  const since = Date.now();
  return vi.waitFor(() => expect(wronglyHeard(everybody(), neighboursOf, since)).toEqual([]), wait);
}

/** LiveKit has exactly what the state says: also those who never leave by themselves are out of what they left. */
async function everybodyIsSettled(): Promise<void> {
  const ids = everybody().map((one) => one.personId);
  await vi.waitFor(async () => expect(await differences(admin, stream, state(), ids)).toEqual([]), wait);
}

/** Those who must be heard by this person. In the main call only the host has a voice. */
function neighboursOf(one: Listener, all: readonly Listener[]): Listener[] {
  const room = belongsIn(one);
  const together = all.filter((other) => other !== one && belongsIn(other) === room);
  return room === null ? together.filter((other) => other.personId === host.personId) : together;
}

const openRooms = () => {
  const { breakouts } = allOf(state());
  return breakouts.is === 'none' ? [] : breakouts.rooms;
};
const livekitRooms = async () =>
  (await admin.listRooms())
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${stream}.`))
    .sort();

/** In the rounds before. */
const tried = new Set<string>();

/** Tokens and addresses of rooms that are closed open nothing, at LiveKit itself and at the gate. */
async function closedRoomsStayClosed(): Promise<void> {
  const main = mainCallRoom(stream, 1);
  const old = movers
    .reports()
    .flatMap((one) => one.tokens.filter(([room]) => room !== main).map(([room, token]) => ({ one, room, token })))
    .filter(({ token }) => !tried.has(token));
  for (const { token } of old) tried.add(token);
  expect(new Set(old.map(({ room }) => room)).size).toBeGreaterThanOrEqual(rooms);
  await Promise.all(old.map(({ token }) => expect(startBot(livekit.config.url, token)).rejects.toThrow()));
  for (const { one, room } of old.slice(0, rooms)) {
    const path = `${rtcPath(stream)}&${new URLSearchParams({ [placeParameter]: room })}`;
    expect(await askUpgrade(app.origin, path, { cookie: one.cookie })).toEqual({ status: 503, code: 'media-moved' });
  }
  expect(await livekitRooms()).toEqual([main]);
}

describe(`${people} people in ${rooms} breakout rooms on a real LiveKit`, () => {
  it('are all in the main call first, where only the host is heard', async () => {
    await everybodyIsHeard();
    // Presence is told once a second: only who is present is assigned.
    await known(() => movers.reports().every(({ personId }) => personId in allOf(state()).people.present));
    for (let at = 0; at < rooms; at += 1) await direct('breakouts.add-room', {});
    await known(() => backstageOf(state()).breakouts.rooms.length === rooms);
  });

  for (let round = 1; round <= rounds; round += 1) {
    describe(`round ${round} of ${rounds}`, () => {
      it('opened: everybody is heard in their own room, and nowhere else', async () => {
        const voices = watchVoices(admin, stream);
        await direct('breakouts.auto-assign', { how: 'even', seed: round });
        await direct('breakouts.open');
        await known(() => openRooms().length === rooms);
        await everybodyIsHeard();
        const sizes = openRooms().map(({ id }) => movers.reports().filter((one) => belongsIn(one) === id).length);
        expect(sizes).toEqual(Array.from({ length: rooms }, () => people / rooms));
        expect(await voices()).toEqual([]);
      });

      it('shuffled: everybody moves at once, some come straight back', async () => {
        const voices = watchVoices(admin, stream);
        // Each of a room goes to another one, so that rooms stay as large as they are: who hears twice as many needs twice the cores.
        const ids = openRooms().map(({ id }) => id);
        const moves = ids.flatMap((from, at) =>
          movers
            .reports()
            .filter((one) => belongsIn(one) === from)
            .map(({ personId: person }, nth) => ({ person, from, to: ids[(at + 1 + nth) % rooms] as string })),
        );
        expect(moves.length).toBe(people);
        await Promise.all(moves.map(({ person, to }) => direct('breakouts.move', { person, room: to })));
        // There and back, before anybody can have arrived.
        await Promise.all(moves.slice(0, backAgain).map(({ person, from }) => direct('breakouts.move', { person, room: from })));
        await known(() => moves.every(({ person, from, to }, at) => whereIs(person) === (at < backAgain ? from : to)));
        await everybodyIsHeard();
        expect(await voices()).toEqual([]);
      });

      if (round === 1) {
        it('LiveKit is killed meanwhile: everybody is heard in their own room again, and nobody is in two', async () => {
          const before = structuredClone(openRooms());
          const where = everybody().map(belongsIn);
          await livekit.kill();
          await livekit.start();
          const voices = watchVoices(admin, stream);
          await everybodyIsHeard();
          expect(await voices()).toEqual([]);
          await everybodyIsSettled();
          expect(openRooms()).toEqual(before);
          expect(everybody().map(belongsIn)).toEqual(where);
        });

        it('a host hops in and out again', async () => {
          const [room] = openRooms();
          await direct('breakouts.go', { room: room?.id });
          await known(() => belongsIn(host) === room?.id);
          await everybodyIsHeard();
          await direct('breakouts.go', { room: null });
          await known(() => belongsIn(host) === null);
          await everybodyIsHeard();
        });
      }

      it('closed: everybody is back, no room is left, and nothing old opens anything', async () => {
        const voices = watchVoices(admin, stream);
        await direct('breakouts.close-now');
        await known(() => openRooms().length === 0);
        await everybodyIsHeard();
        expect(await voices()).toEqual([]);
        await everybodyIsSettled();
        await closedRoomsStayClosed();
      });
    });
  }
});
