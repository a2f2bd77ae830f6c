// Owns the two servers of the fan-out bench as the bench sees them: ours and the bare one, each with its crowd, under one set of words.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { projectRoot } from '#platform/config/environment.ts';
import { liveSocketPath, protocolVersion } from '#platform/live/protocol.ts';
import { freePort } from '#tests/flows/app.ts';
import { boundToParent } from '#tools/launcher/processes.ts';
import type { Backstage } from '../rig/backstage.ts';
import { onServerCore } from '../rig/pinning.ts';
import { Listener } from './listener.ts';

export interface Target {
  name: 'ours' | 'floor';
  pid(): number;
  listeners: Listener[];
  /** Makes one event that all are told of. Senders take turns, as no single person may send so fast. */
  send(): void;
  /** Called for each event that a listener hears. */
  onEvent: (listener: number, seq: number, atMs: number) => void;
  onLost: (listener: number) => void;
  /** Opens sockets until there are so many. */
  grow(count: number): Promise<void>;
  /** Without a word to the server. */
  dropAll(): void;
  forget(): Promise<void>;
  killAndRestart(onKilled: () => void): Promise<void>;
  /** Ids that were sent and not yet answered, each with a way for the same person to send it again. */
  unanswered: Map<string, () => void>;
  refused: string[];
}

/** A vote's size: who, and a few letters. */
const words = (index: number) => `vote ${String(index).padStart(7, '0')}`;
/** Each may send 20 commands a second. */
const senders = 50;
/** Sockets that are being opened at the same time, while growing. */
const openingAtOnce = 50;

function target(name: Target['name'], make: (index: number, events: Pick<Target, 'onEvent' | 'onLost'>) => Listener) {
  const listeners: Listener[] = [];
  const events: Pick<Target, 'onEvent' | 'onLost'> = { onEvent: () => undefined, onLost: () => undefined };
  const grow = async (count: number) => {
    while (listeners.length < count) {
      const from = listeners.length;
      const added = Array.from({ length: Math.min(openingAtOnce, count - from) }, (_, offset) => make(from + offset, events));
      await Promise.all(added.map((one) => one.open()));
      listeners.push(...added);
    }
  };
  const dropAll = () => {
    for (const one of listeners.splice(0)) one.drop();
  };
  return Object.assign(events, { name, listeners, grow, dropAll });
}

export function openOurs(backstage: Backstage): Target {
  const [stream = ''] = backstage.sessions;
  const origin = `http://127.0.0.1:${backstage.appPort}`;
  const unanswered = new Map<string, () => void>();
  const refused: string[] = [];
  const part = target('ours', (index, events) => {
    return new Listener({
      port: backstage.appPort,
      path: liveSocketPath,
      headers: { origin, cookie: backstage.cookies[index] as string },
      hello: (have) =>
        JSON.stringify({
          t: 'hello',
          v: protocolVersion,
          stream,
          as: 'participant',
          have: have === null ? [] : [{ audience: 'all', seq: have }],
        }),
      onEvent: (seq, atMs) => events.onEvent(index, seq, atMs),
      onLost: () => events.onLost(index),
      onAnswer({ t, id }) {
        unanswered.delete(id);
        if (t === 'refused') refused.push(id);
      },
    });
  });
  let sent = 0;
  return Object.assign(part, {
    pid: backstage.app.pid,
    forget: backstage.app.forget,
    killAndRestart: backstage.app.killAndRestart,
    unanswered,
    refused,
    send() {
      const id = randomUUID();
      const command = { t: 'command', id, type: 'chat.send', body: { channel: 'everyone', text: words(sent) } };
      const said = JSON.stringify(command);
      const sender = part.listeners[sent++ % Math.min(senders, part.listeners.length)];
      unanswered.set(id, () => sender?.say(said));
      sender?.say(said);
    },
  });
}

/** The same bytes as ours, to the letter but for the number. */
function frameText(seq: number, index: number, author: string): string {
  const at = new Date().toISOString();
  const event = { seq, type: 'chat.sent', v: 1, at, body: { author, text: words(index) } };
  return JSON.stringify({ t: 'frame', audience: 'all', from: seq, to: seq, events: [event] });
}

async function startBare(port: number): Promise<ChildProcess> {
  const [command, args] = onServerCore(process.execPath, [path.join(import.meta.dirname, 'bare-server.ts')]);
  const child = spawn(...boundToParent(command, args, 'KILL'), {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ready = new Promise((resolve) => child.once('message', resolve));
  child.send({ port });
  await ready;
  return child;
}

export interface BareTarget extends Target {
  close(): void;
}

/** `answer` gives what one who says hello is sent: as many bytes as our server sends. */
export async function openBare(answerBytes: number): Promise<BareTarget> {
  const port = await freePort();
  let child = await startBare(port);
  const author = randomUUID();
  let seq = 0;
  const answer = () => `{"t":"slice","audience":"all","seq":${seq},"state":"`.padEnd(answerBytes, '.');
  const part = target('floor', (index, events) => {
    return new Listener({
      port,
      path: '/',
      headers: {},
      hello: () => `hello${answer()}`,
      onEvent: (number, atMs) => events.onEvent(index, number, atMs),
      onLost: () => events.onLost(index),
    });
  });
  return Object.assign(part, {
    pid: () => child.pid ?? 0,
    unanswered: new Map(),
    refused: [],
    send() {
      seq++;
      part.listeners[seq % Math.min(senders, part.listeners.length)]?.say(frameText(seq, seq, author));
    },
    async forget() {
      const forgotten = new Promise((resolve) => child.once('message', resolve));
      child.send('forget');
      await forgotten;
    },
    async killAndRestart(onKilled: () => void) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      onKilled();
      child = await startBare(port);
    },
    close: () => child.kill('SIGKILL'),
  });
}
