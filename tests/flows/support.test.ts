// Support over the real protocol on one server: from the first message to the end and again, the desk, and what others never learn.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnswersAnswer, ResolvedAnswer, SupportMessage } from '#features/support/contract.ts';
import { firstAnswers } from '#features/support/contract.ts';
import { diagnostics } from '#features/support/testing.ts';
import { closeCodes } from '#platform/live/protocol.ts';
import type { DraftEvent } from '#platform/log/contract.ts';
import type { TestApp } from './app.ts';
import { soon, startTestApp } from './app.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { flowDatabases } from './flow-databases.ts';
import type { LiveClient } from './live-client.ts';
import { follow, openOwn, ownOf, readDesk, supportAt, talkOf, teamOf, texts } from './support-bed.ts';

let database: FlowDatabase;
let app: TestApp;
const cookies: Record<string, string> = {};
let conversation: string;
let asker: LiveClient;
let supporter: LiveClient;
let organiser: LiveClient;
const clients: LiveClient[] = [];

const patience = { timeout: 20_000, interval: 100 };
const come = async (name: string, stream = conversation) => {
  const client = await follow(app, cookies[name] ?? '', stream);
  clients.push(client);
  return client;
};
const eventsStored = async () =>
  app.server.db.query('select rev, type from stream_events where stream_id = $1 order by rev', [conversation]);
const listed = async () => (await readDesk(app, cookies.support ?? '')).open.find((one) => one.id === conversation);

describe.each(flowDatabases)('on the $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    app = await startTestApp(database.config);
    for (const name of ['support', 'organiser', 'host', 'participant1', 'participant2']) cookies[name] = await app.signIn(name);
  });
  afterAll(async () => {
    for (const client of clients.splice(0)) client.cut();
    await app.close();
    await database.end();
  });

  it('two tabs that begin at once begin the same conversation (SU1)', async () => {
    const cookie = cookies.participant1 ?? '';
    expect((await app.get<{ conversationId: string | null }>(supportAt, cookie)).conversationId).toBeNull();
    const begun = await Promise.all(Array.from({ length: 6 }, () => openOwn(app, cookie)));
    expect(new Set(begun).size).toBe(1);
    conversation = begun[0] ?? '';
    expect(await app.get(supportAt, cookie)).toEqual({ conversationId: conversation });
    expect((await readDesk(app, cookies.support ?? '')).open).toEqual([]);
  });

  it('a message waits at the desk, with what the person agreed to send; both tabs have it', async () => {
    asker = await come('participant1');
    const otherTab = await come('participant1');
    const text = 'My microphone is not found <script>alert(1)</script>';
    expect(await asker.send('support.send', { text, diagnostics })).toBeNull();
    await otherTab.until(() => texts(otherTab).includes(text), 'the message in the other tab');
    const one = await listed();
    expect(one).toMatchObject({ personId: asker.personId, takenBy: null, unread: true, last: { author: asker.personId, text } });
    expect(one?.waitingSince).toBe(talkOf(asker).waitingSince);
    supporter = await come('support');
    organiser = await come('organiser');
    for (const client of [supporter, organiser]) expect(teamOf(client).shared?.diagnostics).toEqual(diagnostics);
    expect(asker.wire.join() + otherTab.wire.join()).not.toContain(diagnostics.browser);
  });

  it('two take it at once: the first counts, the second is told who it was (SU8)', async () => {
    const answers = await Promise.all([supporter, organiser].map((one) => one.send('support.take', { from: null })));
    const refused = answers.filter((one) => one !== null);
    expect(refused).toHaveLength(1);
    await asker.until(() => talkOf(asker).takenBy !== null, 'somebody to take it');
    const winner = talkOf(asker).takenBy;
    expect([supporter.personId, organiser.personId]).toContain(winner);
    expect(refused[0]).toEqual({ code: 'support-taken', details: { by: winner } });
    expect((await listed())?.takenBy).toBe(winner);
    // From here on it is the supporter's.
    if (winner !== supporter.personId) expect(await supporter.send('support.take', { from: winner })).toBeNull();
  });

  it('the answer arrives, stays unread until it was read, also for a later tab (SU12)', async () => {
    expect(await supporter.send('support.send', { text: 'Which browser do you use?' })).toBeNull();
    await asker.until(() => texts(asker).length === 2, 'the answer');
    const afterReload = await come('participant1');
    expect(ownOf(afterReload)?.readTo ?? 0).toBeLessThan(talkOf(afterReload).messages.at(-1)?.seq ?? 0);
    expect(await afterReload.send('support.read', { seq: talkOf(afterReload).messages.at(-1)?.seq })).toBeNull();
    await asker.until(() => ownOf(asker)?.readTo === talkOf(asker).messages.at(-1)?.seq, 'the other tab to know');
  });

  it('the desk sees where the person is, and that they went', async () => {
    expect(await asker.send('support.note-place', { place: { page: 'program', sessionId: null } })).toBeNull();
    await vi.waitFor(async () => expect((await listed())?.where).toMatchObject({ is: 'on-page', page: 'program' }), patience);
    const session = await app.point(soon);
    const inside = await app.join('participant1', session.id);
    await vi.waitFor(async () => {
      const where = (await listed())?.where;
      expect(where).toEqual({ is: 'in-session', sessionId: session.id, title: session.title, onStage: false });
    }, patience);
    // A participant on screen is on stage as well.
    const onScreen: DraftEvent = {
      audience: 'all',
      type: 'stage.entered',
      body: { person: inside.personId, microphone: true, camera: true, as: 'participant' },
    };
    await app.server.db.transaction((tx) => app.server.log.appendFacts(tx, session.id, [onScreen]));
    await vi.waitFor(async () => expect((await listed())?.where).toMatchObject({ is: 'in-session', onStage: true }), patience);
    await inside.close();
    await vi.waitFor(async () => expect((await listed())?.where.is).toBe('on-page'), patience);
    expect(await readDesk(app, cookies.support ?? '')).toEqual(await readDesk(app, cookies.support ?? ''));
  });

  it('what has not changed is not sent again', async () => {
    const { tag } = await readDesk(app, cookies.support ?? '');
    expect(await app.get(`${supportAt}/desk?known=${tag}`, cookies.support ?? '')).toEqual({ tag, unchanged: true });
  });

  it('resolved, found by what was said, opened again by writing (SU6)', async () => {
    expect(await supporter.send('support.resolve')).toBeNull();
    expect(await listed()).toBeUndefined();
    const found = async (text: string) =>
      (await app.get<ResolvedAnswer>(`${supportAt}/resolved?text=${encodeURIComponent(text)}`, cookies.support ?? ''))
        .conversations;
    expect((await found('which BROWSER')).map((one) => one.id)).toEqual([conversation]);
    expect(await found('never said')).toEqual([]);
    expect(await found('%')).toEqual([]);
    expect(await asker.send('support.send', { text: 'Again it is gone' })).toBeNull();
    expect(await listed()).toMatchObject({ takenBy: null, resolvedAt: null });
    expect(await found('')).toEqual([]);
  });

  describe('nobody else', () => {
    it.each(['participant2', 'host'])('%s does not even learn that it exists', async (name) => {
      const stranger = await come(name);
      expect(stranger.closedWith).toBe(closeCodes.notFound);
      expect(stranger.wire).toEqual([]);
      const before = await eventsStored();
      for (const path of ['desk', 'resolved', 'answers'])
        expect((await app.request('GET', `${supportAt}/${path}`, cookies[name])).status).toBe(403);
      expect((await app.request('PATCH', `${supportAt}/answers`, cookies[name], { version: 0, answers: [] })).status).toBe(403);
      expect(await eventsStored()).toEqual(before);
    });

    it('without a login there is nothing', async () => {
      for (const path of ['', '/desk', '/people?ids=x'])
        expect((await app.request('GET', `${supportAt}${path}`)).status).toBe(401);
      expect((await app.request('POST', '/api/events/no-such-event/support', cookies.participant1, {})).status).toBe(404);
    });

    it('the media gate and the Session’s routes know nothing of conversations', async () => {
      for (const path of [`/api/sessions/${conversation}`, `/api/sessions/${conversation}/chat?channel=everyone&before=9`])
        expect((await app.request('GET', path, cookies.participant1)).status).toBe(404);
    });

    it('the person cannot do what the team may, and a Session’s commands mean nothing here', async () => {
      const before = await eventsStored();
      for (const [type, body] of [
        ['support.take', { from: null }],
        ['support.hand-back', {}],
        ['support.resolve', {}],
        ['support.reopen', {}],
      ] as const)
        expect((await asker.send(type, body))?.code).toBe('not-allowed');
      expect((await supporter.send('support.note-place', { place: { page: 'lobby', sessionId: null } }))?.code).toBe(
        'not-allowed',
      );
      expect((await asker.send('chat.send', { channel: 'everyone', text: 'x' }))?.code).toBe('bad-message');
      expect(await eventsStored()).toEqual(before);
    });

    it('who loses the role loses the conversation while it is open (SU2)', async () => {
      const { db } = app.server;
      const role = [supporter.personId];
      const [row] = await db.query<{ event_id: string }>('select event_id from support_conversations where id = $1', [
        conversation,
      ]);
      const params = [row?.event_id, ...role];
      await db.query("delete from event_roles where event_id = $1 and person_id = $2 and role = 'support'", params);
      await supporter.until(() => Object.keys(supporter.slices).length === 0, 'the slices to go');
      const seen = supporter.wire.length;
      expect(await asker.send('support.send', { text: 'not for them' })).toBeNull();
      expect((await supporter.send('support.send', { text: 'still here' }))?.code).toBe('not-allowed');
      expect(supporter.wire.slice(seen).join()).not.toContain('not for them');
      expect((await app.request('GET', `${supportAt}/desk`, cookies.support)).status).toBe(403);
      await db.query("insert into event_roles (event_id, person_id, role) values ($1, $2, 'support')", params);
      await supporter.until(() => texts(supporter).includes('not for them'), 'the slices to come back');
    });
  });

  it('what the state has let go of is read page by page, by the person and by the team only (SU14)', async () => {
    const said = Array.from({ length: 230 }, (_, index): DraftEvent => {
      return { audience: 'all', type: 'support.sent', body: { author: supporter.personId, text: `long ago ${index}` } };
    });
    await app.server.db.transaction((tx) => app.server.log.appendFacts(tx, conversation, said));
    await app.server.log.announce(conversation);
    await asker.until(() => texts(asker).at(-1) === 'long ago 229', 'the last one');
    const [first] = talkOf(asker).messages;
    expect(first?.text).toBe('long ago 30');
    const page = (name: string, more = '') =>
      app.request('GET', `${supportAt}/messages?before=${first?.seq}&limit=50${more}`, cookies[name]);
    const own = (await (await page('participant1')).json()) as { messages: SupportMessage[] };
    expect(own.messages.map((one) => one.text).slice(-2)).toEqual(['long ago 28', 'long ago 29']);
    expect(own.messages[0]).toMatchObject({ author: asker.personId, shared: true });
    const ofThat = `&conversation=${conversation}`;
    for (const name of ['support', 'organiser', 'participant1']) expect(await (await page(name, ofThat)).json()).toEqual(own);
    for (const name of ['participant2', 'host']) {
      expect((await page(name, ofThat)).status).toBe(404);
      expect((await page(name)).status).toBe(404);
    }
    expect((await page('nobody', ofThat)).status).toBe(401);
    expect((await page('support', `&conversation=${randomUUID()}`)).status).toBe(404);
  });

  it('canned answers: a set to begin with; of two who change them at once, the second is told', async () => {
    const path = `${supportAt}/answers`;
    const first = await app.get<AnswersAnswer>(path, cookies.support ?? '');
    expect(first).toEqual({ version: 0, answers: firstAnswers });
    const answers = [{ language: 'en', title: 'Short', text: randomUUID() }];
    const change = (who: string, version: number) => app.request('PATCH', path, cookies[who], { version, answers });
    const both = await Promise.all([change('support', 0), change('organiser', 0)]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
    expect(await app.get(path, cookies.organiser ?? '')).toEqual({ version: 1, answers });
    expect((await change('support', 1)).status).toBe(200);
    expect((await app.request('PATCH', path, cookies.support, { version: 2, answers: [{ title: 'x' }] })).status).toBe(422);
  });
});
