// Owns the proof of the configuration's rules: defaults, refusals with a way out, secrets made once, .env under the process's variables.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { environment, projectRoot } from './environment.ts';
import { ConfigError } from './problems.ts';
import { checkSettings, loadConfig, loadSettings } from './settings.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'stagedoor-config-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const good = 'q8Zt3vKx1LmNw7RbYs5UeHd2GfJc9PaT';
const others = { PUBLIC_URL: 'https://events.example.org', MEDIA_IP: '203.0.113.7' };
const wrong = (env: Record<string, string>, mode: 'start' | 'serve' | 'dev' = 'start') =>
  checkSettings(env, mode).problems.map((problem) => problem.variable);

describe('defaults', () => {
  test('npm start listens on this machine only, with demo data', () => {
    const { config, embeddedLivekit, given } = loadSettings({ DATA_DIR: dataDir }, 'start');
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      demo: true,
      logLevel: 'warn',
      livekit: { url: 'http://127.0.0.1:7880', apiKey: 'stagedoor' },
    });
    expect(config.databaseUrl).toBeUndefined();
    expect(config.metricsPort).toBeUndefined();
    expect(embeddedLivekit).toEqual({ port: 7880, tcpPort: 7881, udpPort: 7882, mediaIp: '127.0.0.1', servesOthers: false });
    expect([...given]).toEqual(['DATA_DIR']);
  });

  test('npm run serve has no demo data', () => {
    expect(loadConfig({ DATA_DIR: dataDir, ...others }, 'serve')).toMatchObject({
      demo: false,
      logLevel: 'info',
      host: '127.0.0.1',
      publicUrl: 'https://events.example.org',
    });
  });

  test('a relative DATA_DIR lies in the project folder, wherever the process was started', () => {
    expect(loadConfig({ DATA_DIR: path.relative(projectRoot, dataDir) }, 'start').dataDir).toBe(dataDir);
  });

  test('an empty variable counts as absent', () => {
    expect(loadConfig({ DATA_DIR: dataDir, PORT: '', DATABASE_URL: ' ' }, 'start').port).toBe(3000);
  });
});

describe('shapes', () => {
  test.each([
    ['PORT', 'abc'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['HOST', 'http://x'],
    ['DATABASE_URL', 'mysql://x/y'],
    ['LIVEKIT_URL', '10.0.0.5:7880'],
    ['MEDIA_IP', 'media.example.org'],
    ['METRICS_PORT', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['DEMO', 'maybe'],
    ['PUBLIC_URL', 'events.example.org'],
    ['PUBLIC_URL', 'https://events.example.org/path'],
    ['PUBLIC_URL', 'https://user:pass@events.example.org'],
    ['PUBLIC_URL', 'ftp://localhost'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(wrong({ [name]: value })).toEqual([name]);
  });

  test('outside addresses are brought to one form', () => {
    const env = { DATA_DIR: dataDir, LIVEKIT_URL: 'ws://10.0.0.5:7880/', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: good };
    const settings = loadSettings({ ...env, PUBLIC_URL: 'http://localhost:3000/' }, 'start');
    expect(settings.config.livekit).toEqual({ url: 'http://10.0.0.5:7880', apiKey: 'key', apiSecret: good });
    expect(settings.config.publicUrl).toBe('http://localhost:3000');
    expect(settings.embeddedLivekit).toBeNull();
  });

  test('all problems are told at once, each with its variable and way out', () => {
    const load = () => loadConfig({ PORT: 'abc', LOG_LEVEL: 'loud', SECRET: 'short' }, 'serve');
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/4 settings are wrong/);
    for (const part of [
      'PORT: "abc" can’t be used',
      '1 to 65535',
      'LOG_LEVEL: ',
      'SECRET: it has only 5',
      'openssl rand',
      'PUBLIC_URL: it is missing',
    ]) {
      expect(load).toThrow(part);
    }
  });

  test('a secret is never repeated in a message', () => {
    const weak = 'stagedoor-stagedoor-0123456789-abcdef';
    const { problems } = checkSettings({ ...others, SECRET: weak }, 'serve');
    expect(JSON.stringify(problems)).not.toContain(weak);
    expect(problems.map((problem) => problem.variable)).toEqual(['SECRET']);
  });
});

describe('serving other machines', () => {
  test('demo data is refused unless DEMO=1 is set by hand', () => {
    expect(wrong({ HOST: '0.0.0.0', MEDIA_IP: '203.0.113.7' })).toEqual(['DEMO']);
    expect(wrong({ ...others })).toEqual(['DEMO']);
    expect(wrong({ ...others }, 'dev')).toEqual(['DEMO']);
    expect(wrong({ ...others, DEMO: '1' })).toEqual([]);
    expect(wrong({ ...others, DEMO: '0' })).toEqual([]);
  });

  test.each(['127.0.0.1', 'localhost', '::1', '127.8.8.8'])('%s is this machine', (host) => {
    expect(wrong({ HOST: host })).toEqual([]);
  });

  test('npm run serve needs PUBLIC_URL, https unless it is localhost', () => {
    expect(wrong({}, 'serve')).toEqual(['PUBLIC_URL']);
    expect(wrong({ PUBLIC_URL: 'http://events.example.org', MEDIA_IP: '203.0.113.7' }, 'serve')).toEqual(['PUBLIC_URL']);
    expect(wrong({ PUBLIC_URL: 'http://localhost:3000' }, 'serve')).toEqual([]);
  });

  test('the embedded LiveKit needs the address that it is reached under', () => {
    expect(wrong({ PUBLIC_URL: 'https://events.example.org' }, 'serve')).toEqual(['MEDIA_IP']);
    const outside = { LIVEKIT_URL: 'http://10.0.0.5:7880', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: good };
    expect(wrong({ PUBLIC_URL: 'https://events.example.org', ...outside }, 'serve')).toEqual([]);
    expect(loadSettings({ DATA_DIR: dataDir, ...others }, 'serve').embeddedLivekit).toMatchObject({
      servesOthers: true,
      mediaIp: '203.0.113.7',
    });
  });
});

describe('secrets', () => {
  test.each(['short', 'a'.repeat(40), 'changeme-changeme-changeme-changeme-xyz', 'stagedoor-wfkjqhwefkjqhwkjfhwqkjfh'])(
    '%s is too weak',
    (secret) => {
      expect(wrong({ ...others, SECRET: secret }, 'serve')).toEqual(['SECRET']);
    },
  );

  test('a good one is taken as it is', () => {
    expect(loadConfig({ DATA_DIR: dataDir, SECRET: good }, 'start').secret).toBe(good);
  });

  test('an outside LiveKit needs its key and secret, and no known one in production', () => {
    const url = { ...others, LIVEKIT_URL: 'http://10.0.0.5:7880' };
    expect(wrong(url, 'serve')).toEqual(['LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET']);
    const development = { LIVEKIT_API_KEY: 'devkey', LIVEKIT_API_SECRET: 'secret' };
    expect(wrong({ ...url, ...development }, 'serve')).toEqual(['LIVEKIT_API_SECRET']);
    expect(wrong({ LIVEKIT_URL: 'http://127.0.0.1:7880', ...development }, 'start')).toEqual([]);
  });

  test('absent ones are made once, kept, different, and readable by their owner only', () => {
    const first = loadConfig({ DATA_DIR: dataDir }, 'start');
    const second = loadConfig({ DATA_DIR: dataDir }, 'start');
    expect(Buffer.from(first.secret, 'base64url')).toHaveLength(32);
    expect(second.secret).toBe(first.secret);
    expect(second.livekit.apiSecret).toBe(first.livekit.apiSecret);
    expect(first.livekit.apiSecret).not.toBe(first.secret);
    expect(statSync(path.join(dataDir, 'secrets/login-secret')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(dataDir, 'secrets')).mode & 0o777).toBe(0o700);
  });

  test('a DATA_DIR that can’t hold them is named with the way out', () => {
    const file = path.join(dataDir, 'a-file');
    writeFileSync(file, '');
    expect(() => loadConfig({ DATA_DIR: file }, 'start')).toThrow(
      /SECRET: a secret could not be made in .*a-file[\s\S]*point DATA_DIR to another/,
    );
  });
});

test('one port for two things is refused', () => {
  expect(wrong({ PORT: '7880' })).toEqual(['LIVEKIT_PORT']);
  expect(wrong({ METRICS_PORT: '3000' })).toEqual(['METRICS_PORT']);
});

test('.env lies under the variables of the process', () => {
  writeFileSync(path.join(dataDir, '.env'), 'PORT=4000\nLOG_LEVEL="warn" # quiet\n');
  expect(environment(dataDir, { PORT: '5000' })).toEqual({ PORT: '5000', LOG_LEVEL: 'warn' });
  rmSync(path.join(dataDir, '.env'));
  expect(environment(dataDir, { PORT: '5000' })).toEqual({ PORT: '5000' });
});

test('a secret that was half written is reported, never used', () => {
  loadConfig({ DATA_DIR: dataDir }, 'start');
  const file = path.join(dataDir, 'secrets/login-secret');
  writeFileSync(file, '');
  expect(() => loadConfig({ DATA_DIR: dataDir }, 'start')).toThrow(/is empty: delete it/);
  expect(readFileSync(file, 'utf8')).toBe('');
});
