// What must never stand in a log line.
import { expect, test } from 'vitest';
import { createLogger } from './create-logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  write(createLogger('debug', { write: (line) => (text += line) }));
  return text;
}

test.each([
  [{ password: 'hunter2' }],
  [{ body: { password: 'hunter2', email: 'a@b.example' } }],
  [{ headers: { cookie: 'login=hunter2' } }],
  [{ request: { headers: { authorization: 'Bearer hunter2' } } }],
  [{ reply: { headers: { 'set-cookie': 'login=hunter2' } } }],
  [{ query: { access_token: 'hunter2' } }],
  [{ url: '/media/rtc?access_token=hunter2&auto_subscribe=1' }],
  [{ req: { method: 'GET', url: '/media/rtc/validate?x=1&access_token=hunter2', headers: { cookie: 'hunter2' } } }],
  [{ config: { livekit: { apiSecret: 'hunter2' }, secret: 'hunter2' } }],
])('%j is hidden', (fields) => {
  const line = logged((logger) => logger.info(fields, 'something'));
  expect(line).toContain('something');
  expect(line).not.toContain('hunter2');
});

test('an error keeps its message and stack, and what is harmless stays', () => {
  const line = logged((logger) => logger.warn({ error: new Error('no disk'), streamId: 'abc' }, 'trouble'));
  expect(JSON.parse(line)).toMatchObject({
    msg: 'trouble',
    streamId: 'abc',
    error: { message: 'no disk', stack: expect.any(String) },
  });
});

test('lines below the level are not written', () => {
  let text = '';
  createLogger('warn', { write: (line) => (text += line) }).info('chatter');
  expect(text).toBe('');
});

test('a signed token in an error’s text is hidden', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6e30.c2lnbmF0dXJl';
  const line = logged((logger) => logger.warn({ error: new Error(`invalid token: ${token}, signature is invalid`) }, 'trouble'));
  expect(line).not.toContain(token);
  expect(JSON.parse(line).error.message).toBe('invalid token: [hidden], signature is invalid');
});
