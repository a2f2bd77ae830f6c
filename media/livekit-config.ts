// Owns what the embedded LiveKit server is told: where it listens, what it refuses, whom it informs. Starting it is the launcher's.
import { isIPv6 } from 'node:net';
import os from 'node:os';

export interface LivekitWish {
  port: number;
  tcpPort: number;
  udpPort: number;
  /** Address that browsers are told for media. */
  mediaIp: string;
  /** False: nothing of it can be reached from another machine. */
  servesOthers: boolean;
  apiKey: string;
  apiSecret: string;
  webhookUrl: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** Rooms live as long as the app server wants: it deletes them. By default an empty one goes after minutes, with a Session still in it. */
const roomLifeSeconds = 7 * 24 * 3600;
/** Measured: beyond it, one core no longer forwards in time. A node without a limit takes everybody down with it. */
const tracksPerCore = 400;

/**
 * Where browsers may ask how they look from outside. Left out, LiveKit names companies' servers, which would learn who is in a Session.
 * No answer is needed: this server sees them as they are. It must not be the address of media, whose packets would be taken for such answers.
 */
const nobodyElse = (ip: string) => `${isIPv6(ip) ? `[${ip}]` : ip}:9`;

/** JSON, which is YAML too. The file holds the API secret: mode 0600. */
export function livekitConfig(wish: LivekitWish): string {
  const onLoopback = {
    // The TCP listener of v1.13.5 knows no address: it would be open to the network. On one machine, UDP always gets through.
    tcp_port: 0,
    ips: { includes: ['127.0.0.1/32'] },
    enable_loopback_candidate: true,
  };
  const config = {
    bind_addresses: ['127.0.0.1'],
    port: wish.port,
    keys: { [wish.apiKey]: wish.apiSecret },
    rtc: {
      udp_port: wish.udpPort,
      tcp_port: wish.tcpPort,
      node_ip: wish.mediaIp,
      use_external_ip: false,
      stun_servers: [nobodyElse(wish.mediaIp)],
      ...(wish.servesOthers ? {} : onLoopback),
    },
    room: { auto_create: false, empty_timeout: roomLifeSeconds, departure_timeout: roomLifeSeconds },
    webhook: { api_key: wish.apiKey, urls: [wish.webhookUrl] },
    limit: { num_tracks: tracksPerCore * os.availableParallelism() },
    logging: { level: wish.logLevel, json: false },
  };
  return `# Written by Stagedoor at every start: changes here are lost.\n${JSON.stringify(config, null, 2)}\n`;
}
