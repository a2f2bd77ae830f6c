// What speakers do about people at the same moment: removing against removing, readmitting against removing, a ban that outlasts a removal; arrivals come together.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from './app.ts';
import { soon, startTestApp } from './app.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { flowDatabases } from './flow-databases.ts';
import type { LiveClient } from './live-client.ts';

let database: FlowDatabase;
let app: TestApp;
let stream: string;
let host: LiveClient;
let cohost: LiveClient;
let ada: LiveClient;

const about = (client: LiveClient, type: string) => client.send(type, { person: ada.personId });
const isOut = () => !('all' in ada.slices);

describe.each(flowDatabases)('people on the $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    app = await startTestApp(database.config);
    stream = (await app.point(soon)).id;
    host = await app.join('host', stream, 'speaker');
    cohost = await app.join('cohost', stream, 'speaker');
    ada = await app.join('participant1', stream);
    expect(await host.send('lifecycle.start')).toBeNull();
  });
  afterAll(async () => {
    await app.close();
    await database.end();
  });

  it('PE3 two speakers remove the same person: once, and the slower is told', async () => {
    const answers = await Promise.all([about(host, 'people.remove'), about(cohost, 'people.remove')]);
    expect(answers.map((one) => one?.code ?? 'accepted').sort()).toEqual(['accepted', 'already-removed']);
    await ada.until(isOut, 'the Session to go');
    expect((await ada.send('chat.send', { channel: 'everyone', text: 'x' }))?.code).toBe('removed');
  });

  it('PE5, CH16 who is let back in is banned from the chat as before', async () => {
    expect(await about(host, 'chat.ban')).toBeNull();
    expect(await about(cohost, 'people.readmit')).toBeNull();
    await ada.until(() => !isOut(), 'the Session to be back');
    expect((await ada.send('chat.send', { channel: 'everyone', text: 'x' }))?.code).toBe('banned-from-chat');
    expect(await about(cohost, 'chat.lift-ban')).toBeNull();
    expect(await ada.send('chat.send', { channel: 'everyone', text: 'thank you' })).toBeNull();
  });

  it('PE3, PE5 removing and readmitting at once ends in one of both, the same for everybody', async () => {
    await Promise.all(
      Array.from({ length: 6 }, (_, turn) => about(turn % 2 ? host : cohost, turn % 2 ? 'people.remove' : 'people.readmit')),
    );
    // A word of each, so that both have everything that came before.
    expect(await host.send('chat.send', { channel: 'backstage', text: 'that was it' })).toBeNull();
    for (const one of [host, cohost])
      await one.until(() => one.backstage.chat.messages.at(-1)?.text === 'that was it', 'the last word');
    expect(cohost.backstage.people).toEqual(host.backstage.people);
    const out = ada.personId in host.backstage.people.removed;
    await ada.until(() => isOut() === out, 'what the speakers see');
    if (out) expect(await about(host, 'people.readmit')).toBeNull();
  });

  it('PE2 eight who come at once arrive in few events, and everybody is there', async () => {
    const events = () => host.events.filter(({ event }) => event.type === 'people.changed').length;
    const before = events();
    const began = Date.now();
    const many = await Promise.all(Array.from({ length: 8 }, (_, index) => app.join(`participant${index + 5}`, stream)));
    const here = () => many.every((one) => one.personId in host.all.people.present);
    await host.until(here, 'all eight');
    expect(events() - before).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 1000) + 1);
  });
});
