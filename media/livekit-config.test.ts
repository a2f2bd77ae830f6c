// Owns the proof that the embedded LiveKit is closed to other machines unless they are served, and never makes rooms by itself.
import { describe, expect, test } from 'vitest';
import { livekitConfig } from './livekit-config.ts';

const wish = {
  port: 7880,
  tcpPort: 7881,
  udpPort: 7882,
  mediaIp: '127.0.0.1',
  servesOthers: false,
  apiKey: 'stagedoor',
  apiSecret: 'secret',
  webhookUrl: 'http://127.0.0.1:3000/api/media/webhook',
  logLevel: 'warn',
} as const;
const parsed = (more: object = {}) => JSON.parse(livekitConfig({ ...wish, ...more }).replace(/^#.*\n/, ''));

describe('on one machine', () => {
  test('nothing listens beyond loopback', () => {
    expect(parsed()).toMatchObject({
      bind_addresses: ['127.0.0.1'],
      rtc: {
        udp_port: 7882,
        tcp_port: 0,
        node_ip: '127.0.0.1',
        enable_loopback_candidate: true,
        ips: { includes: ['127.0.0.1/32'] },
      },
    });
  });
});

describe('for other machines', () => {
  test('media are open under the advertised address; signalling stays on loopback', () => {
    const config = parsed({ servesOthers: true, mediaIp: '203.0.113.7' });
    expect(config.bind_addresses).toEqual(['127.0.0.1']);
    expect(config.rtc).toEqual({
      ...{ udp_port: 7882, tcp_port: 7881, node_ip: '203.0.113.7', use_external_ip: false },
      stun_servers: ['203.0.113.7:9'],
    });
  });
});

test('browsers are told of no server but this one', () => {
  for (const [mediaIp, told] of [
    ['127.0.0.1', '127.0.0.1:9'],
    ['2001:db8::7', '[2001:db8::7]:9'],
  ] as const)
    expect(parsed({ mediaIp }).rtc.stun_servers).toEqual([told]);
});

test('rooms are the app server’s business, and a node has a limit', () => {
  const config = parsed();
  expect(config.room.auto_create).toBe(false);
  expect(config.room.empty_timeout).toBeGreaterThan(24 * 3600);
  expect(config.room.departure_timeout).toBeGreaterThan(24 * 3600);
  expect(config.limit.num_tracks % 400).toBe(0);
  expect(config.limit.num_tracks).toBeGreaterThan(0);
  expect(config.webhook).toEqual({ api_key: 'stagedoor', urls: [wish.webhookUrl] });
});
