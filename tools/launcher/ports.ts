// Owns the question which ports are free, and the choice of another where one is taken. Who listens on them is launch.ts's.
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';

type Answer = 'free' | 'taken' | 'forbidden';

const answerOf = (error: NodeJS.ErrnoException): Answer => {
  if (error.code === 'EADDRINUSE') return 'taken';
  if (error.code === 'EACCES') return 'forbidden';
  // An address that this machine does not have (often ::1) is nobody's.
  return 'free';
};

const tryTcp = (port: number, host: string) =>
  new Promise<Answer>((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(answerOf(error)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('free')));
  });

/** Some systems let us listen on 127.0.0.1 beside somebody on 0.0.0.0. */
const somebodyAnswers = (port: number, host: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ port, host, timeout: 300 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(false));
  });

const tryUdp = (port: number, host: string) =>
  new Promise<Answer>((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', (error) => resolve(answerOf(error)));
    socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => resolve('free')));
  });

export interface PortWish {
  /** The variable that names it. */
  variable: 'PORT' | 'METRICS_PORT' | 'LIVEKIT_PORT' | 'LIVEKIT_TCP_PORT' | 'LIVEKIT_UDP_PORT';
  protocol: 'tcp' | 'udp';
  port: number;
  host: string;
}

export async function portIs({ protocol, port, host }: Omit<PortWish, 'variable'>): Promise<Answer> {
  if (protocol === 'udp') return tryUdp(port, host);
  // A browser that is sent to localhost may try ::1 first, and must not meet another program there.
  const hosts = host === '127.0.0.1' || host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
  for (const one of hosts) {
    const answer = await tryTcp(port, one);
    if (answer !== 'free') return answer;
    if (await somebodyAnswers(port, one)) return 'taken';
  }
  return 'free';
}

const highestPort = 65_535;

/** The next free port after the wished one. */
export async function freePortAfter(wish: PortWish, without: ReadonlySet<number>): Promise<number | null> {
  for (let port = wish.port + 1; port <= Math.min(wish.port + 200, highestPort); port++) {
    if (!without.has(port) && (await portIs({ ...wish, port })) === 'free') return port;
  }
  return null;
}

export interface ChosenPort extends PortWish {
  wished: number;
}
export interface PortProblem {
  wish: PortWish;
  reason: 'taken' | 'forbidden';
}

/** Each wish as it is where it is free; another port where `mayMove` allows it. */
export async function choosePorts(
  wishes: readonly PortWish[],
  mayMove: (wish: PortWish) => boolean,
): Promise<{ chosen: ChosenPort[]; problems: PortProblem[] }> {
  const used = new Set(wishes.map((wish) => wish.port));
  const chosen: ChosenPort[] = [];
  const problems: PortProblem[] = [];
  for (const wish of wishes) {
    const answer = await portIs(wish);
    const port = answer === 'free' ? wish.port : mayMove(wish) ? await freePortAfter(wish, used) : null;
    if (port !== null) {
      used.add(port);
      chosen.push({ ...wish, wished: wish.port, port });
    } else problems.push({ wish, reason: answer === 'forbidden' ? 'forbidden' : 'taken' });
  }
  return { chosen, problems };
}
