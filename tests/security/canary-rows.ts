// Owns the table of what is private: words that are found nowhere else, what plants them, and who may read them. canaries.test.ts searches.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { AnswersAnswer } from '#features/support/contract.ts';
import type { LiveClient } from '#tests/flows/live-client.ts';
import { supportAt } from '#tests/flows/support-bed.ts';
import { deck } from '#tests/materials/decks.ts';
import { upload } from '#tests/materials/upload.ts';
import type { Observer, Scene } from './canary-scene.ts';
import { observers, speakers } from './canary-scene.ts';

const run = randomUUID().slice(0, 8);
export const word = (name: string) => `canary-${name}-${run}`;

export interface Canary {
  /** Sends it on its way; whoever may read it must have it then. */
  plant(scene: Scene): Promise<unknown>;
  allowed: readonly Observer[];
  /** What to search for; without it, the word of its name. */
  find?: (received: string, scene: Scene) => boolean;
}

export const by = (scene: Scene, observer: Observer) => scene.clients[observer] as LiveClient;
const done = async (sending: Promise<unknown>) => expect(await sending).toBeNull();
export const said = (scene: Scene, observer: Observer, type: string, body: Record<string, unknown> = {}) =>
  done(by(scene, observer).send(type, body));
const already = async () => undefined;
/** Asks, and answers the number that speakers know it by. */
async function asked(scene: Scene, text: string): Promise<number> {
  await said(scene, 'owner', 'questions.ask', { text, anonymous: false });
  const host = by(scene, 'host');
  const number = () => {
    const everybody = host.all.questions.questions.find((one) => one.text === text);
    return (host.backstage.questions.waiting.find((one) => one.text === text) ?? everybody)?.number;
  };
  await host.until(() => number() !== undefined, 'the question');
  return number() as number;
}
/** A video on the speakers' list; answers its id. */
export async function embedded(scene: Scene, name: string, videoId: string): Promise<string> {
  await said(scene, 'host', 'materials.embed-video', { videoId, startSeconds: 0, name });
  const id = () => by(scene, 'host').backstage.materials.items.find((one) => one.name === name)?.id;
  await by(scene, 'host').until(() => id() !== undefined, 'the video');
  return id() as string;
}
const prepared = `cv-${run}`;
const whereabouts = randomUUID();
/** Who is in the Session from the beginning to the end on one socket. */
const witnesses: readonly Observer[] = [...speakers, 'support', 'owner', 'participant', 'waiting'];
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

export const canaries = {
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
  'question that is dropped before anybody else reads it': {
    async plant(scene) {
      await said(scene, 'host', 'questions.delete', { question: await asked(scene, word('dropped')) });
    },
    allowed: [...speakers, 'owner'],
    find: (received) => received.includes(word('dropped')),
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
  'its new name': {
    plant: (scene) => said(scene, 'host', 'materials.rename', { material: scene.material, name: word('renamed') }),
    allowed: speakers,
    find: (received) => received.includes(word('renamed')),
  },
  'a video that is prepared, and never shown': {
    plant: (scene) => embedded(scene, word('video'), prepared),
    allowed: speakers,
    find: (received) => received.includes(word('video')) || received.includes(prepared),
  },
  'what is rehearsed backstage': { plant: already, allowed: speakers, find: (received) => received.includes(word('rehearsed')) },
  'a published question that was deleted, for who comes later': {
    async plant(scene) {
      const question = await asked(scene, word('unpublished'));
      await by(scene, 'participant').until(() => scene.received('participant').includes(word('unpublished')), 'the question');
      await said(scene, 'host', 'questions.delete', { question });
    },
    allowed: witnesses,
    find: (received) => received.includes(word('unpublished')),
  },
  'a message that was deleted, for who comes later': {
    async plant(scene) {
      await said(scene, 'owner', 'chat.send', { channel: 'everyone', text: word('deleted') });
      const seq = () => by(scene, 'host').all.chat.messages.find((one) => one.text === word('deleted'))?.seq;
      await by(scene, 'host').until(() => seq() !== undefined, 'the message');
      await by(scene, 'participant').until(() => scene.received('participant').includes(word('deleted')), 'the message');
      await said(scene, 'host', 'chat.delete', { channel: 'everyone', seq: seq() });
    },
    allowed: witnesses,
    find: (received) => received.includes(word('deleted')),
  },
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
  'invitation taken back': {
    plant: (scene) => said(scene, 'cohost', 'requests.withdraw-invitation', { person: by(scene, 'participant').personId }),
    allowed: speakers,
    find: type('requests.invitation-withdrawn'),
  },
  'that one’s invitation was taken back': {
    plant: already,
    allowed: ['participant'],
    find: type('requests.your-invitation-was-withdrawn'),
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
  'where somebody who asked for support is': {
    plant: (scene) => done(scene.talk.send('support.note-place', { place: { page: 'companies', sessionId: whereabouts } })),
    allowed: ['support', 'organiser'],
    find: (received) => received.includes(whereabouts),
  },
  'canned answers': {
    async plant({ app, cookies }) {
      const { version } = await app.get<AnswersAnswer>(`${supportAt}/answers`, cookies.support);
      const answers = [{ language: 'en', title: word('canned'), text: word('canned') }];
      expect((await app.request('PATCH', `${supportAt}/answers`, cookies.support, { version, answers })).status).toBe(200);
    },
    allowed: ['support', 'organiser'],
    find: (received) => received.includes(word('canned')),
  },
} satisfies Record<string, Canary>;
