// Owns which ports this start uses: those that were wished, others where one is taken and nobody else relies on it, or a clear refusal.
import type { Environment } from '#platform/config/environment.ts';
import type { Settings } from '#platform/config/settings.ts';
import { HouseError } from '#tools/cache.mjs';
import { choosePorts, freePortAfter, type PortProblem, type PortWish } from './ports.ts';

function wishesOf({ config, embeddedLivekit }: Settings): PortWish[] {
  const wishes: PortWish[] = [{ variable: 'PORT', protocol: 'tcp', port: config.port, host: config.host }];
  if (config.metricsPort) wishes.push({ variable: 'METRICS_PORT', protocol: 'tcp', port: config.metricsPort, host: config.host });
  if (!embeddedLivekit) return wishes;
  const mediaHost = embeddedLivekit.servesOthers ? '0.0.0.0' : '127.0.0.1';
  wishes.push({ variable: 'LIVEKIT_PORT', protocol: 'tcp', port: embeddedLivekit.port, host: '127.0.0.1' });
  if (embeddedLivekit.servesOthers) {
    wishes.push({ variable: 'LIVEKIT_TCP_PORT', protocol: 'tcp', port: embeddedLivekit.tcpPort, host: mediaHost });
  }
  wishes.push({ variable: 'LIVEKIT_UDP_PORT', protocol: 'udp', port: embeddedLivekit.udpPort, host: mediaHost });
  return wishes;
}

function explain({ wish, reason }: PortProblem): string {
  const name = `${wish.variable}: port ${wish.port} (${wish.protocol.toUpperCase()})`;
  if (reason === 'forbidden')
    return `${name} may only be used by root. Set ${wish.variable} to one from 1024, with a reverse proxy before it.`;
  return `${name} is taken by another program. End that one, or set ${wish.variable} to a free port.`;
}

/** The environment for the children, with the chosen ports in it. `publicPort` is where browsers come in. */
export async function settlePorts(
  env: Environment,
  settings: Settings,
  say: (line: string) => void,
): Promise<{ env: Environment; publicPort: number }> {
  const { config, embeddedLivekit, given } = settings;
  // Beyond this machine, a proxy or a firewall was told the ports.
  const alone = config.mode !== 'serve' && !embeddedLivekit?.servesOthers && config.host === '127.0.0.1';
  const mayMove = (wish: PortWish) => alone && !(wish.variable === 'PORT' && given.has('PUBLIC_URL'));
  const { chosen, problems } = await choosePorts(wishesOf(settings), mayMove);
  if (problems.length > 0) throw new HouseError(problems.map(explain).join('\n'));
  const moved: Record<string, string> = {};
  for (const { variable, port, wished } of chosen) {
    moved[variable] = String(port);
    if (port !== wished) say(`Port ${wished} is taken; ${variable} is ${port} this time.`);
  }
  const publicPort = Number(moved.PORT);
  if (config.mode !== 'dev') return { env: { ...env, ...moved }, publicPort };
  const used = new Set(chosen.map((one) => one.port));
  const behind = await freePortAfter({ variable: 'PORT', protocol: 'tcp', port: publicPort + 100, host: '127.0.0.1' }, used);
  if (behind === null)
    throw new HouseError(`No free port above ${publicPort + 100} for the app server behind the development server.`);
  const PUBLIC_URL = given.has('PUBLIC_URL') ? config.publicUrl : `http://localhost:${publicPort}`;
  return { env: { ...env, ...moved, PORT: String(behind), PUBLIC_URL }, publicPort };
}
