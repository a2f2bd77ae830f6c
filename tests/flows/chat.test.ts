// The chat's races over the real protocol: a ban while sending, a storm of reactions, pausing against resuming, deleting what is being reacted to.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatMessage } from '#features/chat/contract.ts';
import type { Refusal } from '#platform/log/contract.ts';
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
let ben: LiveClient;

const everyone = { channel: 'everyone' };
/** As a browser does: what came too fast for the socket is sent again when the server said. */
async function send(client: LiveClient, type: string, body: Record<string, unknown> = {}): Promise<Refusal | null> {
  for (;;) {
    const refusal = await client.send(type, body);
    if (refusal?.code !== 'too-fast') return refusal;
    await sleep(Number(refusal.details?.retryAfterMs));
  }
}
const say = (client: LiveClient, text: string, more: Record<string, unknown> = {}) =>
  send(client, 'chat.send', { ...everyone, text, ...more });
const react = (client: LiveClient, seq: number, reaction = 'heart', type = 'chat.react') =>
  send(client, type, { ...everyone, seq, reaction });
const codes = (answers: ({ code: string } | null)[]) => answers.map((one) => one?.code ?? 'accepted');
const messageOf = (client: LiveClient, seq: number) => client.all.chat.messages.find((one) => one.seq === seq);
const own = (client: LiveClient) =>
  (client.slices[`person:${client.personId}`] as { chat: { banned: boolean } } | undefined)?.chat;
async function said(client: LiveClient, text: string): Promise<number> {
  expect(await say(client, text)).toBeNull();
  await host.until(() => host.all.chat.messages.some((one) => one.text === text), text);
  return host.all.chat.messages.findLast((one) => one.text === text)?.seq as number;
}
let markers = 0;
/** Everybody has everything: a word of the host came after it, and all have that. */
const agree = async () => {
  const mark = `mark ${markers++}`;
  expect(await say(host, mark)).toBeNull();
  for (const client of [host, cohost, ada, ben])
    await client.until(() => client.all.chat.messages.at(-1)?.text === mark, `${mark} with everybody`);
  for (const client of [cohost, ada, ben]) expect(client.all.chat).toEqual(host.all.chat);
};

describe.each(flowDatabases)('chat on the $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    app = await startTestApp(database.config);
    stream = (await app.point(soon)).id;
    host = await app.join('host', stream, 'speaker');
    cohost = await app.join('cohost', stream, 'speaker');
    ada = await app.join('participant1', stream);
    ben = await app.join('participant2', stream);
    expect(await send(host, 'lifecycle.start')).toBeNull();
    await host.until(() => Object.keys(host.all.people.present).length === 4, 'everybody to be present');
  });
  beforeEach(async () => {
    expect(await send(host, 'chat.set-pace', { messages: 1000 })).toBeNull();
  });
  afterAll(async () => {
    await app.close();
    await database.end();
  });

  it('CH13 a ban among twenty messages: those before it stand, those after it are refused, nobody else learns of it', async () => {
    const sending = Array.from({ length: 20 }, (_, index) => say(ada, `storm ${index}`));
    const banning = Promise.all([host, cohost].map((one) => send(one, 'chat.ban', { person: ada.personId })));
    const answers = codes(await Promise.all(sending));
    expect(codes(await banning)).toEqual(['accepted', 'accepted']);
    await ada.until(() => own(ada)?.banned === true, 'being told');
    expect(answers.filter((one) => one !== 'accepted').every((one) => one === 'banned-from-chat')).toBe(true);
    expect(codes([await say(ada, 'after')])).toEqual(['banned-from-chat']);
    await agree();
    const stored = host.all.chat.messages.filter((one) => one.text.startsWith('storm')).length;
    expect(stored).toBe(answers.filter((one) => one === 'accepted').length);
    expect(Object.keys(host.backstage.chat.banned)).toEqual([ada.personId]);
    expect(ben.wire.join()).not.toMatch(/chat\.(banned|you-were-banned)/);
    expect(await send(cohost, 'chat.lift-ban', { person: ada.personId })).toBeNull();
    expect(await say(ada, 'thank you')).toBeNull();
  });

  it('CH10 a storm of reactions is counted once per person, whatever is given and taken back how often', async () => {
    const seq = await said(host, 'react to this');
    const clients = [host, cohost, ada, ben];
    const storm = clients.flatMap((client) => [
      ...Array.from({ length: 10 }, () => react(client, seq)),
      react(client, seq, 'wow'),
      react(client, seq, 'wow', 'chat.take-back'),
      react(client, seq, 'clap'),
    ]);
    expect(new Set(codes(await Promise.all(storm)))).toEqual(new Set(['accepted']));
    await agree();
    expect(messageOf(host, seq)?.reactions).toEqual({ heart: 4, clap: 4 });
    await ben.until(() => ben.events.filter(({ event }) => event.type === 'chat.you-reacted').length >= 3, 'mine');
    expect(ada.wire.filter((text) => text.includes('chat.reacted')).join()).not.toContain(ben.personId);
  });

  it('CH12 pausing against resuming ends as the last of them said, and no message is half there', async () => {
    const before = host.all.chat.sent;
    const turns = Array.from({ length: 10 }, (_, index) => index);
    const moderating = turns.flatMap(() => [send(host, 'chat.pause'), send(cohost, 'chat.resume')]);
    const sending = turns.map((index) => say(ada, `turn ${index}`));
    expect(new Set(codes(await Promise.all(moderating)))).toEqual(new Set(['accepted']));
    const answers = codes(await Promise.all(sending));
    expect(answers.every((one) => one === 'accepted' || one === 'chat-paused')).toBe(true);
    await agree();
    // One of them is the host's mark.
    expect(host.all.chat.sent - before - 1).toBe(answers.filter((one) => one === 'accepted').length);
    expect(await send(host, 'chat.pause')).toBeNull();
    expect(codes([await say(ben, 'x'), await say(cohost, 'speakers go on')])).toEqual(['chat-paused', 'accepted']);
    expect(await send(host, 'chat.resume')).toBeNull();
    await ben.until(() => !ben.all.chat.paused, 'the chat to go on');
    expect(await say(ben, 'again')).toBeNull();
  });

  it('CH5 deleting what is being reacted to leaves no reaction, in the state and in the history', async () => {
    const seq = await said(ada, 'soon gone');
    const reacting = [host, cohost, ada, ben].map((client) => react(client, seq));
    const deleting = send(ada, 'chat.delete', { ...everyone, seq });
    const more = [host, ben].map((client) => react(client, seq, 'wow'));
    expect(codes([await deleting])).toEqual(['accepted']);
    const answers = codes(await Promise.all([...reacting, ...more]));
    expect(answers.every((one) => one === 'accepted' || one === 'no-such-message')).toBe(true);
    await agree();
    expect(messageOf(ben, seq)).toEqual({ seq, at: expect.any(String), author: ada.personId, text: '', deleted: true });
    expect(await history(ben, seq + 1, 1)).toEqual([messageOf(ben, seq)]);
  });

  it('CH7 history carries replies, mentions and reactions; a message deleted later is told to all', async () => {
    const first = await said(ben, 'the first of many');
    await react(ada, first);
    await react(cohost, first);
    expect(await say(host, '@Ada see above', { replyTo: first, mentions: [ada.personId, host.personId] })).toBeNull();
    await agree();
    const answer = host.all.chat.messages.at(-2) as ChatMessage;
    expect(answer).toMatchObject({ replyTo: first, mentions: [ada.personId] });
    for (let index = 0; index < 101; index++) await say(host, `more ${index}`);
    await agree();
    expect(messageOf(ada, first)).toBeUndefined();
    const [one, two] = await history(ada, answer.seq + 1, 2);
    expect(one).toMatchObject({ seq: first, text: 'the first of many', reactions: { heart: 2 } });
    expect(two).toEqual(answer);
    expect(codes([await react(ben, first)])).toEqual(['message-too-old']);
    expect(await send(host, 'chat.delete', { ...everyone, seq: first })).toBeNull();
    await ada.until(() => ada.all.chat.deletedEarlier.includes(first), 'the late deletion');
    expect((await history(ada, first + 1, 1))[0]).toMatchObject({ text: '', deleted: true });
    expect((await history(ada, first + 1, 1))[0]?.reactions).toBeUndefined();
  });

  it('CH14 the sixth at once waits some seconds, on all sockets of a person together', async () => {
    expect(await send(host, 'chat.set-pace', { messages: 5 })).toBeNull();
    const twin = await app.join('participant3', stream);
    const other = await app.join('participant3', stream);
    const answers = codes(
      await Promise.all(Array.from({ length: 8 }, (_, index) => say(index % 2 ? twin : other, `fast ${index}`))),
    );
    expect(answers.filter((one) => one === 'accepted')).toHaveLength(5);
    expect(answers.filter((one) => one === 'chatting-too-fast')).toHaveLength(3);
    const refusal = await say(twin, 'once more');
    expect(refusal?.details?.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect(refusal?.details?.retryAfterSeconds).toBeLessThanOrEqual(5);
  });
});

async function history(client: LiveClient, before: number, limit: number): Promise<ChatMessage[]> {
  const path = `/api/sessions/${stream}/chat?channel=everyone&before=${before}&limit=${limit}`;
  return (await app.get<{ messages: ChatMessage[] }>(path, client.options.cookie)).messages;
}
