// A Session from backstage to its end, among several people over the real protocol: presence, chat, reload, restart, sign-out.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage } from '#features/chat/contract.ts';
import { closeCodes } from '#platform/live/protocol.ts';
import type { EntranceInfo } from '#shell/events/contract.ts';
import type { TestApp } from './app.ts';
import { soon, startTestApp } from './app.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { flowDatabases } from './flow-databases.ts';
import { LiveClient } from './live-client.ts';

const on = { microphone: true, camera: true };
let database: FlowDatabase;
let app: TestApp;
let stream: string;
let host: LiveClient;
let cohost: LiveClient;
let visitor: LiveClient;

describe.each(flowDatabases)('a Session on the $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    app = await startTestApp(database.config);
    stream = (await app.point(soon)).id;
  });
  afterAll(async () => {
    await app.close();
    await database.end();
  });

  it('two hours away cannot be started, and says from when', async () => {
    const later = (
      await app.get<{ program: { id: string; title: string; startsAt: string; iSpeak: boolean }[] }>(
        '/api/events/baltic-career-days',
        await app.signIn('host'),
      )
    ).program;
    const far = later.find((one) => one.iSpeak && Date.parse(one.startsAt) - Date.now() > 100 * 60_000);
    expect(far).toBeDefined();
    const speaker = await app.join('host', far?.id ?? '', 'speaker');
    const refusal = await speaker.send('lifecycle.start');
    expect(refusal?.code).toBe('too-early-to-start');
    expect(refusal?.details?.possibleAt).toBe(new Date(Date.parse(far?.startsAt ?? '') - 15 * 60_000).toISOString());
    await speaker.close();
  });

  it('has speakers backstage and a waiting participant, who knows who is there', async () => {
    host = await app.join('host', stream, 'speaker');
    expect(await host.send('stage.enter', on)).toBeNull();
    visitor = await app.join('participant1', stream);
    await visitor.until(() => visitor.all.stage.onStage.length === 1, 'the host backstage');
    const entrance = await app.get<EntranceInfo>(`/api/sessions/${stream}`, await app.signIn('cohost'));
    expect(entrance).toMatchObject({ mayJoinAs: ['speaker', 'participant'], removed: false });
    expect(entrance.inside.map((one) => one.name)).toEqual(['Tomasz Wiśniewolski']);
    expect((await app.get<EntranceInfo>(`/api/sessions/${stream}`, await app.signIn('participant9'))).mayJoinAs).toEqual([
      'participant',
    ]);
    cohost = await app.join('cohost', stream, 'speaker');
    await cohost.send('stage.enter', { microphone: false, camera: true });
    await host.until(() => Object.keys(host.all.people.present).length === 3, 'three people present');
    expect(host.all.people.present[visitor.personId]).toBe('participant');
  });

  it('has a backstage chat that the waiting never receive', async () => {
    const secret = `canary ${randomUUID()}`;
    expect(await host.send('chat.send', { channel: 'backstage', text: secret })).toBeNull();
    await cohost.until(() => cohost.backstage.chat.messages.some((one) => one.text === secret), 'the message backstage');
    expect((await visitor.send('chat.send', { channel: 'everyone', text: 'Hello?' }))?.code).toBe('session-not-live');
    expect(visitor.wire.join()).not.toContain(secret);
  });

  it('goes live by a speaker’s command, for everybody at once; saying it twice changes nothing', async () => {
    expect((await visitor.send('lifecycle.start'))?.code).toBe('not-allowed');
    const id = randomUUID();
    expect(await host.send('lifecycle.start', {}, id)).toBeNull();
    expect(await host.send('lifecycle.start', {}, id)).toBeNull();
    await visitor.until(() => visitor.all.lifecycle.phase === 'live', 'the start');
    expect((await cohost.send('lifecycle.start'))?.code).toBe('session-not-scheduled');
  });

  it('carries chat both ways, with history, and deletion for all', async () => {
    // What is proven here is the history, not the pace.
    expect(await host.send('chat.set-pace', { messages: 1000 })).toBeNull();
    for (let index = 0; index < 105; index++) {
      const refusal = await (index % 2 ? host : visitor).send('chat.send', { channel: 'everyone', text: `message ${index}` });
      if (refusal?.code === 'too-fast') index--;
    }
    for (const client of [host, visitor]) await client.until(() => client.all.chat.sent === 105, '105 messages');
    const oldest = visitor.all.chat.messages[0];
    const cookie = await app.signIn('participant1');
    const older = await app.get<{ messages: ChatMessage[] }>(
      `/api/sessions/${stream}/chat?channel=everyone&before=${oldest?.seq}`,
      cookie,
    );
    expect(older.messages.map((one) => one.text)).toEqual([0, 1, 2, 3, 4].map((index) => `message ${index}`));
    const target = older.messages[2];
    expect(await host.send('chat.delete', { channel: 'everyone', seq: target?.seq })).toBeNull();
    expect(await visitor.send('chat.delete', { channel: 'everyone', seq: host.all.chat.messages.at(-1)?.seq })).toBeNull();
    const after = await app.get<{ messages: ChatMessage[] }>(
      `/api/sessions/${stream}/chat?channel=everyone&before=${oldest?.seq}`,
      cookie,
    );
    expect(after.messages[2]).toMatchObject({ text: '', deleted: true });
  });

  it('a reload keeps the place on stage, and gets only what was missed', async () => {
    cohost.cut();
    await host.send('chat.send', { channel: 'everyone', text: 'while you were away' });
    await cohost.connect();
    await cohost.until(() => cohost.all.chat.messages.some((one) => one.text === 'while you were away'), 'the missed message');
    expect(cohost.all.stage.onStage.map((one) => one.person)).toEqual([host.personId, cohost.personId]);
    expect(cohost.all).toEqual(host.all);
  });

  it('who is gone for longer than the grace leaves stage and list', async () => {
    cohost.cut();
    await host.until(() => !(cohost.personId in host.all.people.present), 'the cohost to be gone');
    expect(host.all.stage.onStage.map((one) => one.person)).toEqual([host.personId]);
  });

  it('survives a restart of the server with nothing lost', async () => {
    const before = host.all.chat;
    await app.close();
    app = await startTestApp(app.config);
    host = await app.join('host', stream, 'speaker');
    expect(host.all.lifecycle.phase).toBe('live');
    expect(host.all.chat).toEqual(before);
    expect(host.all.stage.onStage.map((one) => one.person)).toEqual([host.personId]);
    visitor = await app.join('participant1', stream);
  });

  it('sign-out closes the sockets of that login within two seconds', async () => {
    const cookie = await app.signIn('participant3');
    const leaver = await new LiveClient({ origin: app.origin, cookie, stream, as: 'participant' }).connect();
    const before = Date.now();
    await app.request('POST', '/api/accounts/sign-out', cookie, {});
    await leaver.until(() => leaver.closedWith !== null, 'the socket to close');
    expect(leaver.closedWith).toBe(closeCodes.signedOut);
    expect(Date.now() - before).toBeLessThan(2000);
    expect(visitor.closedWith).toBeNull();
  });

  it('a removed person loses the Session and is told; a speaker lets them back in', async () => {
    const unlucky = await app.join('participant4', stream);
    expect(await host.send('people.remove', { person: unlucky.personId })).toBeNull();
    await unlucky.until(() => !('all' in unlucky.slices), 'the Session to go');
    const again = await app.join('participant4', stream);
    expect(Object.keys(again.slices)).toEqual([`person:${unlucky.personId}`]);
    expect((await app.get<EntranceInfo>(`/api/sessions/${stream}`, await app.signIn('participant4'))).removed).toBe(true);
    expect(visitor.wire.join()).not.toContain('people.removed');
    await host.send('people.readmit', { person: unlucky.personId });
    await again.until(() => 'all' in again.slices, 'the Session to be back');
  });

  it('ends for everybody, and stays ended', async () => {
    expect(await host.send('lifecycle.end')).toBeNull();
    await visitor.until(() => visitor.all.lifecycle.phase === 'ended', 'the end');
    expect((await visitor.send('chat.send', { channel: 'everyone', text: 'Bye' }))?.code).toBe('session-ended');
    expect((await host.send('lifecycle.start'))?.code).toBe('session-not-scheduled');
    expect((await app.point(soon)).phase).toBe('ended');
  });
});
