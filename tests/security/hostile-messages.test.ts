// Thousands of broken and mutated messages on the live socket, over HTTP and at the doors of sockets, beside 25 people who chat and watch: these notice nothing,
// the server lives, keeps its memory, stores nothing that it did not accept, and tells nothing of its inside.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askFromOutside } from '#features/questions/contract.ts';
import { openEmbeddedDatabase } from '#platform/db/embedded.ts';
import { protocolVersion } from '#platform/live/protocol.ts';
import { commandEnvelope } from '#platform/log/contract.ts';
import { createLogger } from '#platform/logger/create-logger.ts';
import { sessionDecider } from '#session/decider.ts';
import { demoPassword } from '#shell/demo/server/ensure-demo.ts';
import type { EventSummary } from '#shell/events/contract.ts';
import { dice } from '#tests/faults/dice.ts';
import { sized } from '#tests/faults/size.ts';
import type { SentCommand } from '#tests/flows/accepted-commands.ts';
import { acceptedOf } from '#tests/flows/accepted-commands.ts';
import { soon } from '#tests/flows/app.ts';
import type { LiveClient } from '#tests/flows/live-client.ts';
import { attackHttp } from './hostile-requests.ts';
import { attackUpgrades } from './hostile-upgrades.ts';
import { mutate, pick } from './mutations.ts';
import { neighbours } from './neighbours.ts';
import { RawSocket } from './raw-socket.ts';
import type { CommandType } from './valid-bodies.ts';
import { commandTypes, validBody } from './valid-bodies.ts';
import type { WatchedServer } from './watched-server.ts';
import { startWatchedServer } from './watched-server.ts';

const messages = sized({ ci: 8_000, long: 100_000 });
const requests = sized({ ci: 1_500, long: 20_000 });
const upgrades = sized({ ci: 300, long: 5_000 });
const socketsAtOnce = 6;
const messagesPerSocket = 40;
/** Held after garbage collection. The chat's last messages and the like may come; what grows with every message may not. */
const mostMegabytesMore = 30;

interface Attacker {
  cookie: string;
  personId: string;
  stream: string;
  as: 'speaker' | 'participant';
  /** May not do anything at all there; elsewhere they are like anybody. */
  powerless: boolean;
}

let server: WatchedServer;
let stream: string;
let host: LiveClient;
let crowd: Awaited<ReturnType<typeof neighbours>>;
const attackers: Attacker[] = [];
/** Of whatever could be taken for a command. */
const sentIds = new Set<string>();
const validIds = new Set<string>();
const outcomes = new Map<string, number>();
const unanswered: string[] = [];
const roll = dice();

async function endedSession(): Promise<string> {
  const cookie = await server.signIn('organiser');
  const { events } = await server.get<{ events: EventSummary[] }>('/api/events', cookie);
  for (const { slug } of events) {
    const { program } = await server.get<{ program: { id: string; phase: string }[] }>(`/api/events/${slug}`, cookie);
    const ended = program.find((one) => one.phase === 'ended');
    if (ended) return ended.id;
  }
  throw new Error('The demo has no Session that ended');
}

async function addAttacker(name: string, as: Attacker['as'], where: string, powerless: boolean): Promise<void> {
  const client = await server.join(name, where, as);
  attackers.push({ cookie: await server.signIn(name), personId: client.personId, stream: where, as, powerless });
  await client.close();
}

beforeAll(async () => {
  server = await startWatchedServer();
  stream = (await server.point(soon)).id;
  host = await server.join('host', stream, 'speaker');
  expect(await host.send('stage.enter', { microphone: true, camera: true })).toBeNull();
  expect(await host.send('lifecycle.start')).toBeNull();
  const ended = await endedSession();
  await addAttacker('participant1', 'participant', stream, false);
  await addAttacker('participant2', 'speaker', stream, false);
  await addAttacker('participant3', 'participant', stream, true);
  await addAttacker('participant4', 'participant', ended, true);
  await addAttacker('participant5', 'speaker', ended, true);
  expect(await host.send('people.remove', { person: attackers[2]?.personId })).toBeNull();
  crowd = await neighbours(server, stream);
});
afterAll(async () => {
  await server.end();
  server.remove();
});

const hello = ({ stream: where, as }: Attacker) => ({
  t: 'hello',
  v: protocolVersion,
  stream: where,
  as,
  opening: randomUUID(),
  have: [{ audience: 'all', seq: 3 }],
});

/** What a participant may send. */
const participants = ['chat.react', 'chat.take-back', 'chat.send', 'questions.ask'] satisfies CommandType[];

function realMessage(attacker: Attacker): unknown {
  const chance = roll();
  if (chance < 0.08) return hello(attacker);
  if (chance < 0.12) return { t: 'ping' };
  // Most commands are a speaker's; some of what is stored must be theirs, or nothing is proven.
  const type = pick(roll, roll() < 0.2 ? participants : commandTypes);
  const body = validBody(type, { person: attackers[0]?.personId });
  return { t: 'command', id: randomUUID(), type, body };
}

function noteId(parsed: unknown): unknown {
  const { id } = (parsed ?? {}) as { id?: unknown };
  if (typeof id === 'string') sentIds.add(id);
  return parsed;
}

/** Keeps the ids of what is a valid command even after its mutation: only these may be stored. */
function noteValid(text: string | null): void {
  if (text === null) return;
  try {
    const parsed = noteId(JSON.parse(text));
    const command = commandEnvelope.parse(parsed);
    if (sessionDecider.parseCommand(command.type, command.body).ok) validIds.add(command.id.toLowerCase());
  } catch {
    // Not a command.
  }
}

/** Asking from outside is a command too, over HTTP. */
function noteValidQuestion(text: string): void {
  try {
    validIds.add(askFromOutside.parse(noteId(JSON.parse(text))).id.toLowerCase());
  } catch {
    // Not a question.
  }
}

/** One socket's worth. Each message is answered by something, or ends the socket; none is left hanging. */
async function attackOnce(attacker: Attacker, most: number): Promise<number> {
  const raw = await RawSocket.open(server.port, { cookie: attacker.cookie, origin: server.origin });
  // Now and then a mutated greeting, else a real one: behind it the commands are reached.
  if (roll() < 0.9) raw.say(hello(attacker));
  let said = 0;
  while (said < most && !raw.closed && raw.closeCode === 0) {
    const { name, frames, text } = mutate(realMessage(attacker), roll);
    noteValid(text);
    const before = raw.heard.length;
    raw.write(...frames);
    // A ping behind it: whatever the message was, the socket must say something, or end.
    if (name !== 'claims to be huge') raw.say({ t: 'ping' });
    else raw.end();
    said += 1;
    if (!(await raw.heardMore(before, 10_000))) unanswered.push(`${name}: ${text?.slice(0, 200)}`);
    const outcome = raw.closeCode || (raw.closed ? 'cut' : 'answered');
    outcomes.set(String(outcome), (outcomes.get(String(outcome)) ?? 0) + 1);
    for (const { payload } of raw.heard.splice(0)) expect(payload.toString()).not.toMatch(inside);
  }
  raw.end();
  return said;
}

/** What an answer must never show: places in the code, modules, statements. */
const inside =
  /(\\n|\n) +at |file:\/\/\/|node_modules|node:internal|\.ts:\d+|ZodError|SyntaxError|\bselect [\w.,"* ]{1,80} from |PGlite/;

async function attack(count: number): Promise<void> {
  let left = count;
  const worker = async (index: number) => {
    for (let turn = index; left > 0; turn += 1) {
      const most = Math.min(messagesPerSocket, left);
      left -= most;
      const said = await attackOnce(attackers[turn % attackers.length] as Attacker, most);
      left += most - said;
    }
  };
  await Promise.all(Array.from({ length: socketsAtOnce }, (_, index) => worker(index)));
}

describe('hostile clients beside 25 people', () => {
  it(`${messages} messages, ${requests} requests and ${upgrades} upgrades: the others notice nothing, and the server lives`, async () => {
    await crowd.talk('alone', 100);
    const before = await server.memory();
    const beside = crowd.talkUntilStopped('beside');
    await attack(Math.floor(messages / 2));
    const half = await server.memory();
    await attack(Math.ceil(messages / 2));
    const cookies = attackers.map((one) => one.cookie);
    const [http, doors] = await Promise.all([
      attackHttp({ server, roll, count: requests, cookies, stream, inside, onBody: noteValidQuestion }),
      attackUpgrades({ port: server.port, origin: server.origin, roll, count: upgrades, cookies, stream, inside }),
    ]);
    await beside.stop();
    const after = await server.memory();

    const megabytes = (kind: 'held' | 'resident') => [before, half, after].map((one) => one[kind].toFixed(0)).join(' → ');
    console.log(
      `Messages by outcome ${JSON.stringify(Object.fromEntries(outcomes))}; requests by status ${JSON.stringify(http.statuses)}; upgrades ${JSON.stringify(doors.outcomes)}; ` +
        `held ${megabytes('held')} MB, resident ${megabytes('resident')} MB; ${crowd.report()}`,
    );

    expect(server.exitCode()).toBeNull();
    expect(unanswered).toEqual([]);
    expect(http.wrong).toEqual([]);
    expect(doors.wrong).toEqual([]);
    await crowd.expectNothingNoticed(host);
    expect(after.held - before.held).toBeLessThan(mostMegabytesMore);
  });

  it('what was logged is little, and holds no secret', () => {
    const cookies = attackers.map((one) => one.cookie.split('=')[1] as string);
    const whole = server.lines.join('\n');
    for (const secret of [...cookies, demoPassword, 'only for these tests']) expect(whole).not.toContain(secret);
    expect(server.lines.length).toBeLessThan(200);
    expect(Math.max(0, ...server.lines.map((line) => line.length))).toBeLessThan(10_000);
  });

  it('an error that nobody caught ends it in good order: one line in the log, and everybody is told to come back', async () => {
    await server.fail();
    expect(server.exitCode()).toBe(1);
    expect(server.lines.at(-1)).toContain('an error that nobody caught');
    await crowd.expectToldToComeBack();
  });

  it('nothing was stored but what was a valid command of somebody who may send it', async () => {
    await server.end();
    const db = await openEmbeddedDatabase({ dataDir: server.dataDir, logger: createLogger('silent') });
    const streams = new Set([stream, ...attackers.map((one) => one.stream)]);
    const tried = [...streams].flatMap((where) =>
      attackers.flatMap(({ personId }) => Array.from(sentIds, (id) => ({ stream: where, personId, id }))),
    );
    const accepted = await acceptedOf(db, tried);
    const powerless = attackers.filter((one) => one.powerless);
    const mayNot = (sent: SentCommand) => powerless.some((one) => sent.personId === one.personId && sent.stream === one.stream);
    await db.close();
    // Else the two below would prove nothing.
    expect(accepted.length).toBeGreaterThan(10);
    expect(accepted.filter(mayNot)).toEqual([]);
    expect(accepted.filter((one) => !validIds.has(one.id.toLowerCase()))).toEqual([]);
    expect(validIds.size).toBeGreaterThan(messages / 100);
  });
});
