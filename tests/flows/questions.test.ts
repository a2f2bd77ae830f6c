// Q&A among people over the real protocol: races, storms, who receives what, asking from outside, and the file for speakers.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostAsked } from '#features/questions/contract.ts';
import { initialOwnQuestions } from '#features/questions/core.ts';
import type { PersonSlice } from '#session/state.ts';
import type { CompanyProfile } from '#shell/events/contract.ts';
import { sized } from '#tests/faults/size.ts';
import { addPeople } from './added-people.ts';
import type { TestApp } from './app.ts';
import { soon, startTestApp } from './app.ts';
import type { FlowDatabase } from './flow-databases.ts';
import { flowDatabases } from './flow-databases.ts';
import { LiveClient } from './live-client.ts';

/** All of it: 500 questions and 5,000 votes. What one socket may send at once bounds what each does. */
const houseSize = sized({ ci: 20, long: 100 });
const votesEach = 50;
const votesTwice = 5;

let database: FlowDatabase;
let app: TestApp;
let stream: string;
let host: LiveClient;
let cohost: LiveClient;
let ada: LiveClient;
let ben: LiveClient;

const numberOf = (client: LiveClient, text: string) =>
  client.all.questions.questions.find((one) => one.text === text)?.number ?? 0;
const find = (client: LiveClient, number: number) => client.all.questions.questions.find((one) => one.number === number);
const own = (client: LiveClient) =>
  (client.slices[`person:${client.personId}`] as PersonSlice | undefined)?.questions ?? initialOwnQuestions;

async function ask(client: LiveClient, text: string, anonymous = false): Promise<number> {
  expect(await client.send('questions.ask', { text, anonymous })).toBeNull();
  await host.until(() => numberOf(host, text) > 0, text);
  return numberOf(host, text);
}
const outside = (cookie: string, body: unknown) => app.request('POST', `/api/sessions/${stream}/questions`, cookie, body);

describe.each(flowDatabases)('Q&A on the $name', ({ open }) => {
  beforeAll(async () => {
    database = await open();
    app = await startTestApp(database.config);
    stream = (await app.point(soon)).id;
  });
  afterAll(async () => {
    await app.close();
    await database.end();
  });

  it('QA1 begins on the Program page: asked from outside, without being present, once however often it is sent', async () => {
    const cookie = await app.signIn('participant9');
    expect(await app.get(`/api/sessions/${stream}/questions/asking`, cookie)).toEqual({
      anonymous: true,
      approval: false,
      open: 0,
    });
    const question = { id: randomUUID(), text: '  From the program  ', anonymous: false };
    expect((await outside(cookie, question)).status).toBe(204);
    expect((await outside(cookie, question)).status).toBe(204);
    host = await app.join('host', stream, 'speaker');
    cohost = await app.join('cohost', stream, 'speaker');
    ada = await app.join('participant1', stream);
    ben = await app.join('participant2', stream);
    expect(host.all.questions.questions).toMatchObject([{ number: 1, text: 'From the program', votes: 0 }]);
    expect(Object.keys(host.all.people.present)).not.toContain(host.all.questions.questions[0]?.author);
  });

  it('is closed to strangers and to what does not fit', async () => {
    const cookie = await app.signIn('participant9');
    const one = { id: randomUUID(), text: 'x', anonymous: false };
    expect((await app.request('POST', `/api/sessions/${stream}/questions`, undefined, one)).status).toBe(401);
    expect((await app.request('POST', `/api/sessions/${randomUUID()}/questions`, cookie, one)).status).toBe(404);
    expect((await outside(cookie, { ...one, text: ' ' })).status).toBe(422);
    expect((await outside(cookie, { ...one, text: 'x'.repeat(501) })).status).toBe(422);
    const foreign = await app.request('POST', `/api/sessions/${stream}/questions`, cookie, one, {
      origin: 'https://evil.example',
    });
    expect(foreign.status).toBe(403);
    expect(host.all.questions.questions).toHaveLength(1);
  });

  it('QA5 nobody but speakers and the author receives who asked anonymously', async () => {
    const number = await ask(ada, 'What do you earn?', true);
    await ben.until(() => find(ben, number) !== undefined, 'the question');
    const mentions = ben.wire.filter((line) => line.includes('"questions.') && line.includes(ada.personId));
    expect(mentions).toEqual([]);
    await host.until(() => host.backstage.questions.authors[number] === ada.personId, 'the author, backstage');
    await ada.until(() => own(ada).mine.some((one) => one.number === number && one.anonymous), 'my own question');
    const latecomer = await app.join('participant3', stream);
    expect(find(latecomer, number)).toMatchObject({ author: null });
    expect(latecomer.wire.filter((line) => line.includes('What do you earn?') && line.includes(ada.personId))).toEqual([]);
  });

  it('QA6 what waits for approval reaches no participant, and two speakers approve it once', async () => {
    expect(await host.send('questions.set-options', { approval: true, anonymous: true })).toBeNull();
    expect(await ada.send('questions.ask', { text: 'canary-waits', anonymous: false })).toBeNull();
    await ada.until(() => own(ada).mine.some((one) => one.waitingText === 'canary-waits'), 'that it waits');
    await host.until(() => host.backstage.questions.waiting.length === 1, 'the waiting question');
    const number = host.backstage.questions.waiting[0]?.number ?? 0;
    expect((await ben.send('questions.vote', { question: number }))?.code).toBe('no-such-question');
    expect(ben.wire.join()).not.toContain('canary-waits');
    const answers = await Promise.all([host, cohost].map((one) => one.send('questions.approve', { question: number })));
    expect(answers).toEqual([null, null]);
    await ben.until(() => find(ben, number)?.text === 'canary-waits', 'the approved question');
    expect(ben.all.questions.questions.filter((one) => one.number === number)).toHaveLength(1);
    expect(await host.send('questions.set-options', { approval: false, anonymous: true })).toBeNull();
  });

  it('QA7 one person in three tabs presses at once, also the same command twice: one vote', async () => {
    const number = await ask(ada, 'Once?');
    const tabs = [ben, await app.join('participant2', stream), await app.join('participant2', stream)];
    const id = randomUUID();
    const body = { question: number };
    await Promise.all([
      ...tabs.map((tab) => tab.send('questions.vote', body)),
      ben.send('questions.vote', body, id),
      tabs[1]?.send('questions.vote', body, id),
    ]);
    for (const watcher of [...tabs, host]) await watcher.until(() => find(watcher, number)?.votes === 1, 'one vote');
    for (const tab of tabs) await tab.until(() => own(tab).votes.filter((one) => one === number).length === 1, 'my vote');
    await Promise.all(tabs.map((tab) => tab.send('questions.take-back', body)));
    await host.until(() => find(host, number)?.votes === 0, 'no vote');
  });

  it('QA7 a storm: everybody votes and takes back at random, and the counts are exactly the votes that stand', async () => {
    const numbers = [await ask(host, 'Storm A'), await ask(host, 'Storm B'), await ask(host, 'Storm C')];
    const names = Array.from({ length: 12 }, (_, index) => `participant${index + 1}`);
    const crowd = await Promise.all(names.map((name) => app.join(name, stream)));
    const presses = crowd.flatMap((client, who) =>
      numbers.flatMap((question, which) => {
        // Everybody presses each button a different number of times; odd ones end with their vote.
        const times = 1 + ((who * 5 + which * 3) % 4);
        return Array.from({ length: times }, (_, index) =>
          client.send(index % 2 === 0 ? 'questions.vote' : 'questions.take-back', { question }),
        );
      }),
    );
    expect(new Set(await Promise.all(presses))).toEqual(new Set([null]));
    for (const [which, question] of numbers.entries()) {
      const standing = crowd.filter((_, who) => (1 + ((who * 5 + which * 3) % 4)) % 2 === 1).length;
      for (const watcher of [host, ...crowd])
        await watcher.until(() => find(watcher, question)?.votes === standing, `${standing} votes`);
      expect(crowd.filter((client) => own(client).votes.includes(question))).toHaveLength(standing);
    }
    expect(ben.all).toEqual(host.all);
  });

  it('a full house asks and votes, some votes sent twice: each is counted once, and everybody has the same counts', async () => {
    const cookies = await addPeople(app.server, houseSize);
    const crowd = await Promise.all(
      cookies.map((cookie) => new LiveClient({ origin: app.origin, cookie, stream, as: 'participant' }).connect()),
    );
    const texts = crowd.map((_, who) => Array.from({ length: mostAsked }, (_, which) => `House ${who}.${which}`));
    const asked = crowd.flatMap((client, who) =>
      (texts[who] ?? []).map((text) => client.send('questions.ask', { text, anonymous: who % 2 === 0 })),
    );
    expect(new Set(await Promise.all(asked))).toEqual(new Set([null]));
    const all = texts.flat();
    await host.until(() => all.every((text) => numberOf(host, text) > 0), 'all questions');
    const numbers = all.map((text) => numberOf(host, text));
    expect(new Set(numbers).size).toBe(houseSize * mostAsked);
    const expected = new Map<number, number>();
    const votes = crowd.flatMap((client, who) =>
      Array.from({ length: votesEach }, (_, which) => {
        const question = numbers[(who * who + which * 7) % numbers.length] ?? 0;
        expected.set(question, (expected.get(question) ?? 0) + 1);
        const id = randomUUID();
        const body = { question };
        if (which < votesTwice) client.sendRaw(JSON.stringify({ t: 'command', id, type: 'questions.vote', body }));
        return client.send('questions.vote', body, id);
      }),
    );
    expect(new Set(await Promise.all(votes))).toEqual(new Set([null]));
    const isCounted = (client: LiveClient) => numbers.every((one) => find(client, one)?.votes === (expected.get(one) ?? 0));
    for (const watcher of [host, ...crowd]) await watcher.until(() => isCounted(watcher), 'the exact counts');
    expect(numbers.reduce((sum, one) => sum + (find(host, one)?.votes ?? 0), 0)).toBe(houseSize * votesEach);
    for (const client of crowd) expect(own(client).votes).toHaveLength(votesEach);
    for (const client of crowd) client.cut();
  });

  it('QA11 deleted while everybody votes: each vote counts before or is refused after, and nothing is left', async () => {
    const question = await ask(ada, 'Deleted in between');
    const crowd = [ben, ...(await Promise.all([4, 5, 6, 7].map((n) => app.join(`participant${n}`, stream))))];
    const outcomes = await Promise.all([
      ...crowd.slice(0, 2).map((one) => one.send('questions.vote', { question })),
      host.send('questions.delete', { question }),
      cohost.send('questions.delete', { question }),
      ada.send('questions.delete', { question }),
      ...crowd.slice(2).map((one) => one.send('questions.vote', { question })),
    ]);
    expect(outcomes.slice(2, 5).filter((refusal) => refusal === null)).toHaveLength(1);
    for (const refusal of outcomes) expect([undefined, 'no-such-question']).toContain(refusal?.code);
    for (const watcher of [host, ada, ...crowd])
      await watcher.until(() => find(watcher, question) === undefined, 'it to be gone');
  });

  it('QA10 two speakers mark different questions at once: everybody sees the same one', async () => {
    const [first, second] = [numberOf(host, 'Storm A'), numberOf(host, 'Storm B')];
    const mark = (client: LiveClient, question: number) => client.send('questions.set-answering', { question, answering: true });
    expect(await Promise.all([mark(host, first), mark(cohost, second)])).toEqual([null, null]);
    await ada.until(() => ada.all.questions.answering !== null, 'one of them');
    await ada.until(() => ada.all.questions.answering === host.all.questions.answering, 'the same');
    expect([first, second]).toContain(ada.all.questions.answering);
    const answered = ada.all.questions.answering ?? 0;
    expect(await cohost.send('questions.set-answered', { question: answered, answered: true })).toBeNull();
    await ada.until(() => ada.all.questions.answering === null && find(ada, answered)?.answered === true, 'the tick');
    expect((await mark(host, answered))?.code).toBe('already-answered');
  });

  it('QA3 the sixth within a minute is refused, and says when it is possible', async () => {
    const eager = await app.join('participant8', stream);
    const asked = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) => eager.send('questions.ask', { text: `Eager ${n}`, anonymous: false })),
    );
    const refusals = asked.flatMap((refusal) => refusal ?? []);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toMatchObject({ code: 'asking-too-fast' });
    expect(refusals[0]?.details?.retryAfterSeconds).toBeGreaterThan(50);
    const answer = await outside(await app.signIn('participant8'), {
      id: randomUUID(),
      text: 'By the other door',
      anonymous: false,
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([409, expect.stringMatching(/^\d+$/)]);
  });

  it('QA13 speakers take all of it away as CSV, participants do not', async () => {
    await ask(ada, '=HYPERLINK("https://evil.example")');
    const path = `/api/sessions/${stream}/questions.csv`;
    for (const name of ['participant1', 'support'])
      expect((await app.request('GET', path, await app.signIn(name))).status).toBe(403);
    expect((await app.request('GET', path)).status).toBe(401);
    const answer = await app.request('GET', `${path}?language=de`, await app.signIn('organiser'));
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
    expect(lines[0]).toContain('"Frage";"Gestellt von"');
    expect(lines).toHaveLength(1 + host.all.questions.questions.length);
    expect(lines.some((line) => line.includes(`"'=HYPERLINK(""https://evil.example"")"`))).toBe(true);
    const anonymous = lines.find((line) => line.includes('What do you earn?'));
    expect(anonymous).toMatch(/^\d+;"What do you earn\?";"[^"]+";.*"ja"/);
  });

  it('survives a reconnect and a removal, and closes with the Session', async () => {
    ben.cut();
    await ask(cohost, 'While away');
    await ben.connect();
    await ben.until(() => numberOf(ben, 'While away') > 0, 'what was asked meanwhile');
    expect(ben.all.questions).toEqual(host.all.questions);
    expect(await host.send('people.remove', { person: ben.personId })).toBeNull();
    expect((await outside(await app.signIn('participant2'), { id: randomUUID(), text: 'x', anonymous: false })).status).toBe(403);
    expect(await host.send('stage.enter', { microphone: true, camera: true })).toBeNull();
    expect(await host.send('lifecycle.start')).toBeNull();
    expect(await host.send('lifecycle.end')).toBeNull();
    expect((await ada.send('questions.vote', { question: numberOf(ada, 'While away') }))?.code).toBe('session-ended');
    const late = await outside(await app.signIn('participant4'), { id: randomUUID(), text: 'Too late', anonymous: false });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ error: { code: 'session-ended' } });
    expect((await app.request('GET', `/api/sessions/${stream}/questions.csv`, await app.signIn('host'))).status).toBe(200);
  });

  it('tells a Session’s companies with all that their page says', async () => {
    const cookie = await app.signIn('participant1');
    const { companies } = await app.get<{ companies: CompanyProfile[] }>(`/api/sessions/${stream}/companies`, cookie);
    expect(companies[0]).toMatchObject({ name: 'Halden Robotics', jobs: expect.any(Array), links: expect.any(Array) });
    expect(companies[0]?.representatives.length).toBeGreaterThan(0);
    expect(companies[0]?.sessions.map((one) => one.id)).toContain(stream);
    expect((await app.request('GET', `/api/sessions/${stream}/companies`)).status).toBe(401);
    expect((await app.request('GET', `/api/sessions/${randomUUID()}/companies`, cookie)).status).toBe(404);
  });
});
