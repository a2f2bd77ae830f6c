// Words that are found nowhere else stand in every private field; every byte that twelve observers receive is searched for them.
// A capability with something private adds a row to the table: what it plants, and who may read it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveClient } from '#tests/flows/live-client.ts';
import { deck } from '#tests/materials/decks.ts';
import { upload } from '#tests/materials/upload.ts';
import type { Observer, Scene } from './canary-scene.ts';
import { canaryScene, observers, speakers } from './canary-scene.ts';
import { foreignSessions } from './foreign-sessions.ts';

const run = randomUUID().slice(0, 8);
const word = (name: string) => `canary-${name}-${run}`;

interface Canary {
  /** Sends it on its way; whoever may read it must have it then. */
  plant(scene: Scene): Promise<unknown>;
  allowed: readonly Observer[];
  /** What to search for; without it, the word of its name. */
  find?: (received: string, scene: Scene) => boolean;
}

const by = (scene: Scene, observer: Observer) => scene.clients[observer] as LiveClient;
const done = async (sending: Promise<unknown>) => expect(await sending).toBeNull();
const said = (scene: Scene, observer: Observer, type: string, body: Record<string, unknown> = {}) =>
  done(by(scene, observer).send(type, body));
const already = async () => undefined;
const diagnostics = {
  browser: word('diagnostics'),
  system: 'x',
  language: 'en',
  timeZone: 'UTC',
  screen: 'x',
  camera: 'granted',
  microphone: 'denied',
  devices: [{ kind: 'camera', label: word('device') }],
  connection: { online: true, roundTripMs: 1, kind: null, downlinkMbps: null },
  errors: [],
};
/** Its text and its author's id in one object. */
const together = (text: string, id: string) => (received: string) =>
  new RegExp(`\\{[^{}]*${text}[^{}]*${id}[^{}]*\\}|\\{[^{}]*${id}[^{}]*${text}[^{}]*\\}`).test(received);
const type = (name: string) => (received: string) => received.includes(`"${name}"`);

const canaries: Record<string, Canary> = {
  email: { plant: already, allowed: ['owner'] },
  password: { plant: already, allowed: [] },
  'time zone': { plant: already, allowed: ['owner'], find: (received) => received.includes('Pacific/Kiritimati') },
  'login token': {
    plant: already,
    allowed: [],
    find: (received, { cookies }) =>
      Object.values(cookies).some((cookie) => cookie && received.includes(cookie.split('=')[1] as string)),
  },
  'another event': { plant: already, allowed: [], find: (received) => received.includes(word('hidden')) },
  backstage: {
    plant: (scene) => said(scene, 'host', 'chat.send', { channel: 'backstage', text: word('backstage') }),
    allowed: speakers,
  },
  'question that waits': {
    plant: (scene) => said(scene, 'owner', 'questions.ask', { text: word('waits'), anonymous: false }),
    allowed: [...speakers, 'owner'],
    find: (received) => received.includes(word('waits')),
  },
  'anonymous author': {
    async plant(scene) {
      await said(scene, 'host', 'questions.set-options', { approval: false, anonymous: true });
      await said(scene, 'owner', 'questions.ask', { text: word('anonymous'), anonymous: true });
    },
    // Speakers learn the author beside the number of the question; nobody from the published text.
    allowed: [],
    find: (received, scene) => together(word('anonymous'), by(scene, 'owner').personId)(received),
  },
  'whose anonymous question it is': { plant: already, allowed: speakers, find: type('questions.received') },
  'who voted': {
    plant: async (scene) => {
      const all = by(scene, 'participant').slices.all as { questions: { questions: { number: number; text: string }[] } };
      await by(scene, 'participant').until(
        () => all !== by(scene, 'participant').slices.all || all.questions.questions.length > 0,
        'the question',
      );
      const list = (by(scene, 'participant').slices.all as typeof all).questions.questions;
      await said(scene, 'participant', 'questions.vote', { question: list.at(-1)?.number });
    },
    allowed: ['participant'],
    find: type('questions.you-voted'),
  },
  'what is prepared, and never shown': {
    async plant({ app, stream, material, cookies }) {
      const bytes = deck({ pages: 1, text: word('slide') });
      const sent = await upload({ app, session: stream, cookie: cookies.host }, bytes, { id: material, name: word('prepared') });
      expect(sent.status).toBe(201);
    },
    allowed: speakers,
    find: (received) => received.includes(word('prepared')) || received.includes(word('slide')),
  },
  'what is on the slides of it': { plant: already, allowed: speakers, find: (received) => received.includes(word('slide')) },
  'request for the stage': {
    plant: (scene) => said(scene, 'waiting', 'requests.send', { microphone: true, camera: false }),
    allowed: speakers,
    find: type('requests.sent'),
  },
  'one’s own request': { plant: already, allowed: ['waiting'], find: type('requests.you-asked') },
  invitation: {
    plant: (scene) => said(scene, 'host', 'requests.invite', { person: by(scene, 'participant').personId }),
    allowed: speakers,
    find: type('requests.invited'),
  },
  ban: {
    plant: (scene) => said(scene, 'host', 'chat.ban', { person: by(scene, 'participant').personId }),
    allowed: speakers,
    find: type('chat.banned'),
  },
  'who was removed, and by whom': { plant: already, allowed: speakers, find: type('people.removed') },
  'that one was removed': { plant: already, allowed: ['removed'], find: type('people.you-were-removed') },
  'after the removal': {
    plant: (scene) => said(scene, 'host', 'chat.send', { channel: 'everyone', text: word('after') }),
    // The outsider is not connected, but could be: older messages are theirs to read.
    allowed: observers.filter((one) => one !== 'removed' && one !== 'signed-out'),
    find: (received) => received.includes(word('after')),
  },
  'plan of breakout rooms': {
    async plant(scene) {
      await said(scene, 'host', 'breakouts.add-room', { name: word('plan') });
      await said(scene, 'cohost', 'breakouts.rename-room', { room: 'r1', name: 'Harbour' });
    },
    allowed: speakers,
    find: (received) => received.includes(word('plan')),
  },
  'what is said in a breakout room': {
    async plant(scene) {
      const inside = by(scene, 'returned').personId;
      await by(scene, 'host').until(() => inside in by(scene, 'host').all.people.present, 'them to be present');
      await said(scene, 'host', 'breakouts.move', { person: inside, room: 'r1' });
      await said(scene, 'host', 'breakouts.open');
      await said(scene, 'returned', 'chat.send', { channel: 'room:r1', text: word('inside') });
      await said(scene, 'returned', 'breakouts.set-media', { microphone: true });
    },
    allowed: ['returned'],
    find: (received) => received.includes(word('inside')) || received.includes('breakouts.media-set'),
  },
  'with what one was in a breakout room': {
    plant: already,
    allowed: ['returned'],
    find: (received) => received.includes('"breakouts":{"media":{"microphone":'),
  },
  'call for help': {
    plant: (scene) => said(scene, 'returned', 'breakouts.ask-for-help'),
    allowed: speakers,
    find: type('breakouts.help-asked'),
  },
  'support conversation': {
    plant: (scene) => done(scene.talk.send('support.send', { text: word('support'), diagnostics })),
    allowed: ['owner', 'support', 'organiser'],
    find: (received) => received.includes(word('support')),
  },
  'diagnostics, devices': {
    plant: already,
    allowed: ['support', 'organiser'],
    find: (received) => received.includes(word('diagnostics')) || received.includes(word('device')),
  },
};

let scene: Scene;
beforeAll(async () => {
  const owner = {
    email: `${word('email')}@uni.example`,
    password: `${word('password')} long`,
    name: 'Owner',
    timeZone: 'Pacific/Kiritimati',
  };
  scene = await canaryScene(owner, async (app) => (await foreignSessions(app, word('hidden'))).unpublished);
  await said(scene, 'host', 'stage.enter', { microphone: true, camera: true });
  await said(scene, 'host', 'lifecycle.start');
  await said(scene, 'host', 'questions.set-options', { approval: true, anonymous: true });
  const removed = by(scene, 'removed');
  await said(scene, 'host', 'people.remove', { person: removed.personId });
  await removed.until(() => !('all' in removed.slices), 'the removed person to lose the Session');
  for (const { plant } of Object.values(canaries)) await plant(scene);
  await by(scene, 'participant').until(() => scene.received('participant').includes(word('after')), 'what was said last');
  await scene.lookAround();
});
afterAll(() => scene?.close());

describe('every byte that is received', () => {
  it.each(Object.keys(canaries))('%s: only for whom it is', (name) => {
    const { allowed, find = (received: string) => received.includes(word(name)) } = canaries[name] as Canary;
    const seenBy = observers.filter((observer) => find(scene.received(observer), scene));
    expect(seenBy.filter((observer) => !allowed.includes(observer))).toEqual([]);
    // A canary that nobody sees proves nothing, unless it is for nobody.
    if (allowed.length > 0) expect(seenBy).not.toEqual([]);
  });

  it.each(observers)('%s receives no audience but their own', (observer) => {
    const client = scene.clients[observer];
    const further = speakers.includes(observer) ? ['backstage'] : observer === 'returned' ? ['room:r1'] : [];
    const mine = ['all', `person:${client?.personId}`, ...further];
    const heard = (client?.wire ?? []).flatMap((text) => /"audience":"([^"]+)"/.exec(text)?.[1] ?? []);
    expect([...new Set(heard)].filter((audience) => !mine.includes(audience))).toEqual([]);
  });

  it('was much, and from everybody', () => {
    for (const observer of observers) expect(scene.received(observer).length, observer).toBeGreaterThan(5_000);
  });
});
