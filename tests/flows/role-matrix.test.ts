// Every command in every role over the real protocol: denied means refused, nothing stored, nothing sent to anybody.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { closeCodes } from '#platform/live/protocol.ts';
import type { Power, Role } from '#session/powers.ts';
import { powers } from '#session/powers.ts';
import { acceptedOf } from './accepted-commands.ts';
import type { TestApp } from './app.ts';
import { soon, startTestApp } from './app.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { flowDatabases } from './flow-databases.ts';
import { LiveClient } from './live-client.ts';

let database: FlowDatabase;
let app: TestApp;
let stream: string;
const people = {} as Record<Exclude<Role, 'system'>, LiveClient>;
let watcher: LiveClient;
let visitorId: string;

const deck = randomUUID();
const bodies: Record<Power, () => { type: string; body: Record<string, unknown> }> = {
  'lifecycle.start': () => ({ type: 'lifecycle.start', body: {} }),
  'lifecycle.end': () => ({ type: 'lifecycle.end', body: {} }),
  'lifecycle.close-unattended': () => ({ type: 'lifecycle.close-unattended', body: { timerId: 'x' } }),
  'stage.enter': () => ({ type: 'stage.enter', body: { microphone: true, camera: true } }),
  'stage.leave': () => ({ type: 'stage.leave', body: {} }),
  'stage.set-media': () => ({ type: 'stage.set-media', body: { microphone: true } }),
  'stage.share-screen': () => ({ type: 'stage.share-screen', body: { on: true } }),
  'stage.stop-screen': () => ({ type: 'stage.stop-screen', body: { person: visitorId } }),
  'stage.mute': () => ({ type: 'stage.mute', body: { person: people.speaker.personId } }),
  'stage.remove': () => ({ type: 'stage.remove', body: { person: visitorId } }),
  'requests.send': () => ({ type: 'requests.send', body: { microphone: true, camera: true } }),
  'requests.withdraw': () => ({ type: 'requests.withdraw', body: {} }),
  'requests.cancel': () => ({ type: 'requests.cancel', body: {} }),
  'requests.accept-invitation': () => ({ type: 'requests.accept-invitation', body: { microphone: true, camera: true } }),
  'requests.decline-invitation': () => ({ type: 'requests.decline-invitation', body: {} }),
  'requests.set-media': () => ({ type: 'requests.set-media', body: { camera: false } }),
  'requests.approve': () => ({ type: 'requests.approve', body: { person: visitorId } }),
  'requests.decline': () => ({ type: 'requests.decline', body: { person: visitorId } }),
  'requests.invite': () => ({ type: 'requests.invite', body: { person: visitorId } }),
  'requests.withdraw-invitation': () => ({ type: 'requests.withdraw-invitation', body: { person: visitorId } }),
  'requests.set-open': () => ({ type: 'requests.set-open', body: { open: false } }),
  'requests.set-limit': () => ({ type: 'requests.set-limit', body: { limit: 3 } }),
  'requests.go-on-screen': () => ({ type: 'requests.go-on-screen', body: { timerId: 'x' } }),
  'materials.present': () => ({ type: 'materials.present', body: { material: deck } }),
  'materials.stop': () => ({ type: 'materials.stop', body: {} }),
  'materials.turn': () => ({ type: 'materials.turn', body: { page: 2 } }),
  'materials.set-playback': () => ({ type: 'materials.set-playback', body: { playing: true, positionMs: 0, rate: 1 } }),
  'materials.rename': () => ({ type: 'materials.rename', body: { material: deck, name: 'Slides' } }),
  'materials.delete': () => ({ type: 'materials.delete', body: { material: deck } }),
  'materials.reorder': () => ({ type: 'materials.reorder', body: { material: deck, before: null } }),
  'materials.set-downloadable': () => ({ type: 'materials.set-downloadable', body: { material: deck, downloadable: true } }),
  'materials.embed-video': () => ({
    type: 'materials.embed-video',
    body: { videoId: 'dQw4w9WgXcQ', startSeconds: 0, name: 'Tour' },
  }),
  'materials.add': () => ({
    type: 'materials.add',
    body: { material: deck, name: 'Slides', by: people.speaker.personId, pages: 3, bytes: 9, file: 'ab'.repeat(32), aspect: 1.5 },
  }),
  'people.remove': () => ({ type: 'people.remove', body: { person: visitorId } }),
  'people.readmit': () => ({ type: 'people.readmit', body: { person: people.removed.personId } }),
  'people.note-presence': () => ({ type: 'people.note-presence', body: { arrived: [], left: [visitorId] } }),
  'chat.send': () => ({ type: 'chat.send', body: { channel: 'everyone', text: 'Hello' } }),
  'chat.send-backstage': () => ({ type: 'chat.send', body: { channel: 'backstage', text: 'Hello' } }),
  'chat.delete': () => ({ type: 'chat.delete', body: { channel: 'everyone', seq: 1 } }),
  'chat.react': () => ({ type: 'chat.react', body: { channel: 'everyone', seq: 1, reaction: 'heart' } }),
  'chat.take-back': () => ({ type: 'chat.take-back', body: { channel: 'everyone', seq: 1, reaction: 'heart' } }),
  'chat.pause': () => ({ type: 'chat.pause', body: {} }),
  'chat.resume': () => ({ type: 'chat.resume', body: {} }),
  'chat.set-pace': () => ({ type: 'chat.set-pace', body: { messages: 1 } }),
  'chat.ban': () => ({ type: 'chat.ban', body: { person: visitorId } }),
  'chat.lift-ban': () => ({ type: 'chat.lift-ban', body: { person: visitorId } }),
  'questions.ask': () => ({ type: 'questions.ask', body: { text: 'Why?', anonymous: false } }),
  'questions.vote': () => ({ type: 'questions.vote', body: { question: 1 } }),
  'questions.take-back': () => ({ type: 'questions.take-back', body: { question: 1 } }),
  'questions.delete': () => ({ type: 'questions.delete', body: { question: 1 } }),
  'questions.set-answered': () => ({ type: 'questions.set-answered', body: { question: 1, answered: true } }),
  'questions.set-answering': () => ({ type: 'questions.set-answering', body: { question: 1, answering: true } }),
  'questions.approve': () => ({ type: 'questions.approve', body: { question: 1 } }),
  'questions.set-options': () => ({ type: 'questions.set-options', body: { approval: true, anonymous: false } }),
  'breakouts.add-room': () => ({ type: 'breakouts.add-room', body: {} }),
  'breakouts.remove-room': () => ({ type: 'breakouts.remove-room', body: { room: 'r1' } }),
  'breakouts.rename-room': () => ({ type: 'breakouts.rename-room', body: { room: 'r1', name: 'Harbour' } }),
  'breakouts.auto-assign': () => ({ type: 'breakouts.auto-assign', body: { how: 'even', seed: 1 } }),
  'breakouts.move': () => ({ type: 'breakouts.move', body: { person: visitorId, room: null } }),
  'breakouts.set-options': () => ({ type: 'breakouts.set-options', body: { freeChoice: true } }),
  'breakouts.discard': () => ({ type: 'breakouts.discard', body: {} }),
  'breakouts.open': () => ({ type: 'breakouts.open', body: {} }),
  'breakouts.extend': () => ({ type: 'breakouts.extend', body: { byMs: 60_000 } }),
  'breakouts.message-all': () => ({ type: 'breakouts.message-all', body: { text: 'Two more minutes' } }),
  'breakouts.dismiss-help': () => ({ type: 'breakouts.dismiss-help', body: { room: 'r1' } }),
  'breakouts.close-room': () => ({ type: 'breakouts.close-room', body: { room: 'r1' } }),
  'breakouts.close': () => ({ type: 'breakouts.close', body: {} }),
  'breakouts.close-now': () => ({ type: 'breakouts.close-now', body: {} }),
  'breakouts.keep-open': () => ({ type: 'breakouts.keep-open', body: { room: null } }),
  'breakouts.go': () => ({ type: 'breakouts.go', body: { room: null } }),
  'breakouts.set-media': () => ({ type: 'breakouts.set-media', body: { microphone: true } }),
  'breakouts.ask-for-help': () => ({ type: 'breakouts.ask-for-help', body: {} }),
  'breakouts.take-back-help': () => ({ type: 'breakouts.take-back-help', body: {} }),
  'breakouts.end-timer': () => ({ type: 'breakouts.end-timer', body: { timerId: 'x' } }),
  'breakouts.finish-closing': () => ({ type: 'breakouts.finish-closing', body: { timerId: 'x' } }),
  'breakouts.settle-moves': () => ({ type: 'breakouts.settle-moves', body: { timerId: 'x' } }),
};

/** Everything that the log holds of the Session except who is present, which changes by itself. */
async function stored(): Promise<unknown> {
  const events = await app.server.db.query(
    "select rev, type from stream_events where stream_id = $1 and type <> 'people.changed' order by rev",
    [stream],
  );
  const sent = Object.values(people).flatMap((one) => one.sent);
  return { events, accepted: await acceptedOf(app.server.db, sent) };
}
const notPresence = (client: LiveClient) => client.events.filter(({ event }) => event.type !== 'people.changed').length;

describe.each(flowDatabases)('on the $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    app = await startTestApp(database.config);
    stream = (await app.point(soon)).id;
    people.speaker = await app.join('host', stream, 'speaker');
    people.participant = await app.join('participant1', stream);
    people.support = await app.join('support', stream);
    people.removed = await app.join('participant2', stream);
    watcher = await app.join('cohost', stream, 'speaker');
    visitorId = (await app.join('participant3', stream)).personId;
    expect(await people.speaker.send('stage.enter', { microphone: true, camera: true })).toBeNull();
    expect(await people.speaker.send('lifecycle.start')).toBeNull();
    expect(await people.speaker.send('people.remove', { person: people.removed.personId })).toBeNull();
    await people.removed.until(() => !('all' in people.removed.slices), 'the removed person to lose the Session');
  });
  afterAll(async () => {
    await app.close();
    await database.end();
  });

  describe('denied', () => {
    for (const power of Object.keys(powers) as Power[]) {
      for (const role of ['speaker', 'participant', 'support', 'removed'] as const) {
        if ((powers[power] as readonly Role[]).includes(role)) continue;
        it(`${power} by ${role}`, async () => {
          const [before, seen] = [await stored(), notPresence(watcher)];
          const { type, body } = bodies[power]();
          const refusal = await people[role].send(type, body);
          // What only the system sends is not even a command from outside.
          const systemOnly = (powers[power] as readonly Role[]).every((one) => one === 'system');
          expect(refusal?.code).toBe(systemOnly ? 'bad-message' : role === 'removed' ? 'removed' : 'not-allowed');
          expect(await stored()).toEqual(before);
          expect(notPresence(watcher)).toBe(seen);
        });
      }
    }
  });

  describe('allowed', () => {
    it.each(['speaker', 'participant', 'support'] as const)('%s writes in the chat, and everybody receives it', async (role) => {
      const text = `from ${role}`;
      expect(await people[role].send('chat.send', { channel: 'everyone', text })).toBeNull();
      await watcher.until(() => watcher.all.chat.messages.some((message) => message.text === text), text);
      // Else that nothing was accepted of what is denied would prove nothing.
      expect(await acceptedOf(app.server.db, people[role].sent.slice(-1))).toHaveLength(1);
    });

    it('speakers write backstage', async () => {
      expect(await people.speaker.send('chat.send', { channel: 'backstage', text: 'psst' })).toBeNull();
      await watcher.until(() => watcher.backstage.chat.messages.some((message) => message.text === 'psst'), 'psst');
      for (const role of ['participant', 'support', 'removed'] as const) expect(people[role].wire.join()).not.toContain('psst');
    });
  });

  describe('from outside', () => {
    it('without a login there is no socket', async () => {
      const client = await connectAs('');
      expect(client.closedWith).not.toBeNull();
      expect(client.wire).toEqual([]);
    });

    it('a page of another origin gets no socket, with the cookie of a host', async () => {
      const answer = await app.request('GET', '/live', await app.signIn('host'), undefined, { origin: 'https://evil.example' });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    });

    it('an upgrade to any other address is refused, not left hanging', async () => {
      const code = await new Promise((resolve) => {
        const socket = new WebSocket(`${app.origin.replace('http', 'ws')}/elsewhere`);
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.on('error', () => undefined);
      });
      expect(code).toBe(404);
    });

    it('an unknown Session and a malformed one look the same', async () => {
      const cookie = await app.signIn('participant1');
      for (const id of [randomUUID(), 'x', '../..', `${stream}:all`]) {
        const client = await connectAs(cookie, id);
        expect(client.closedWith).toBe(closeCodes.notFound);
      }
    });

    it('a participant who says "speaker" is a participant', async () => {
      const liar = await app.join('participant5', stream, 'speaker');
      expect(Object.keys(liar.slices)).not.toContain('backstage');
      expect((await liar.send('lifecycle.end'))?.code).toBe('not-allowed');
    });

    it('a write from another origin is refused', async () => {
      const answer = await app.request(
        'POST',
        '/api/accounts/sign-out',
        await app.signIn('host'),
        {},
        { origin: 'https://evil.example' },
      );
      expect(answer.status).toBe(403);
    });

    it('older messages of the backstage chat are for speakers only', async () => {
      const path = `/api/sessions/${stream}/chat?channel=backstage&before=1000`;
      expect((await app.request('GET', path, await app.signIn('participant1'))).status).toBe(403);
      expect((await app.request('GET', path, await app.signIn('participant2'))).status).toBe(403);
      expect((await app.request('GET', path)).status).toBe(401);
      expect((await app.request('GET', path, await app.signIn('host'))).status).toBe(200);
    });
  });
});

async function connectAs(cookie: string, id = stream): Promise<LiveClient> {
  const client = new LiveClient({ origin: app.origin, cookie, stream: id, as: 'participant' });
  return client.connect();
}
