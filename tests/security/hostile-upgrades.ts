// Owns broken and mutated requests for a WebSocket, at the live door, at the media gate and at paths of nobody, and rude ends of them.
// Each is answered and let go, whatever its peer does; only one that the gate may let in can wait there, and these break off.
import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { nastyParts } from './hostile-requests.ts';
import type { Dice } from './mutations.ts';
import { pick } from './mutations.ts';

interface Attack {
  port: number;
  origin: string;
  roll: Dice;
  count: number;
  cookies: readonly string[];
  stream: string;
  inside: RegExp;
}

interface Asked {
  lines: string[];
  /** Sent at once behind the request, as if the door were open already. */
  more: Buffer;
  end: 'waits for the server' | 'resets at once' | 'closes its side at once';
}

const patienceMs = 20_000;
/** LiveKit is not there: the gate holds whom it would let in. */
const waitsAtTheGateMs = 500;
/** A server that let go answers what is still written with a reset. */
const probeEveryMs = 500;
const atOnce = 40;

function requestFor({ roll, cookies, stream, origin, port }: Attack): Asked {
  const good = [`/media/${stream}/rtc/v1`, `/media/${stream}/rtc`];
  const paths = ['/live', '/livex', '/live/', '//live', '/media', '/media/', '/media/x', `/media/${stream}`, '/', '/api/health'];
  const others = [`/media/${randomUUID()}/rtc/v1`, `/media/${stream}/rtc/v1/validate`, 'http://evil.example/live', '*'];
  const path = pick(roll, roll() < 0.4 ? good : [...paths, ...others]) + (roll() < 0.15 ? pick(roll, nastyParts) : '');
  const names = ['place', 'opening', 'join_request', 'access_token', 'reconnect', 'sid', '__proto__'];
  const query =
    roll() < 0.5 ? `?${pick(roll, names)}=${pick(roll, nastyParts)}&${pick(roll, names)}=${pick(roll, nastyParts)}` : '';
  const header = (name: string, usual: string, odd: readonly string[]) => {
    const chance = roll();
    return chance < 0.8 ? [`${name}: ${usual}`] : chance < 0.9 ? [`${name}: ${pick(roll, odd)}`] : [];
  };
  const lines = [
    `GET ${path}${query} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...header('connection', 'Upgrade', ['Upgrade, close', 'keep-alive, Upgrade', 'x'.repeat(3000)]),
    ...header('upgrade', 'websocket', ['h2c', 'WEBSOCKET, websocket', 'x'.repeat(3000)]),
    ...header('sec-websocket-version', '13', ['0', '8', '999', 'x']),
    ...header('sec-websocket-key', randomBytes(16).toString('base64'), ['', 'x', 'x'.repeat(3000)]),
    ...header('origin', origin, ['null', 'https://evil.example', `${origin}.evil.example`, 'x'.repeat(3000)]),
    ...header('cookie', pick(roll, cookies), ['stagedoor-login=a', '=', 'x'.repeat(3000)]),
    ...(roll() < 0.1 ? ['sec-websocket-extensions: permessage-deflate; client_max_window_bits=999'] : []),
    ...(roll() < 0.1 ? ['sec-websocket-protocol: a, a, ,'] : []),
  ];
  const more = roll() < 0.2 ? randomBytes(1 + Math.floor(roll() * 5000)) : Buffer.alloc(0);
  const end = pick(roll, ['waits for the server', 'waits for the server', 'resets at once', 'closes its side at once'] as const);
  return { lines, more, end };
}

/** The answer's status, or how it ended without one. */
function ask({ port, inside }: Attack, { lines, more, end }: Asked, mayWait: boolean): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let words = '';
    let probes: NodeJS.Timeout | undefined;
    const done = (outcome: string) => {
      for (const timer of [...timers, probes]) clearTimeout(timer);
      resolve(inside.test(words) ? `tells of the inside: ${words.slice(0, 300)}` : outcome);
      socket.destroy();
    };
    const status = () => /^HTTP\/1\.1 (\d{3})/.exec(words)?.[1];
    const timers = [
      setTimeout(() => done(status() ? `${status()}, and never let go` : 'no answer'), patienceMs),
      setTimeout(() => {
        if (!mayWait || status()) return;
        socket.resetAndDestroy();
        done('waited at the gate');
      }, waitsAtTheGateMs),
    ];
    socket.on('error', () => undefined);
    socket.on('close', () => done(status() ?? 'closed'));
    socket.on('end', () => {
      probes = setInterval(() => socket.write('x'), probeEveryMs);
    });
    socket.on('data', (chunk) => {
      words += chunk.toString('latin1');
      // Taken for an ordinary request, whose connection may be used again.
      if (status() === '101' || /\r\nconnection: keep-alive\r\n/i.test(words)) done(status() as string);
    });
    socket.write(Buffer.concat([Buffer.from([...lines, '', ''].join('\r\n'), 'latin1'), more]), () => {
      if (end === 'closes its side at once') socket.end();
      if (end !== 'resets at once') return;
      socket.resetAndDestroy();
      done('reset');
    });
  });
}

const expected = new Set(['101', '200', '400', '403', '404', '426', '431', '503', 'closed', 'reset', 'waited at the gate']);

export async function attackUpgrades(attack: Attack): Promise<{ wrong: string[]; outcomes: Record<string, number> }> {
  const wrong: string[] = [];
  const outcomes: Record<string, number> = {};
  let left = attack.count;
  const worker = async () => {
    while (left-- > 0) {
      const asked = requestFor(attack);
      const outcome = await ask(attack, asked, asked.lines[0]?.includes(`/media/${attack.stream}/rtc`) ?? false);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      if (!expected.has(outcome)) wrong.push(`${outcome}: ${asked.end} ${JSON.stringify(asked.lines).slice(0, 600)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { wrong, outcomes };
}
