// The gate with a stand-in for LiveKit: what reaches LiveKit, what the browser is answered, and that a socket ends when it no longer belongs.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#platform/errors/app-error.ts';
import type { Placement } from './contract.ts';
import type { BedOptions, Entry, GateBed } from './testing/gate-bed.ts';
import { inAudience, livekitRoom, onStage, startGateBed } from './testing/gate-bed.ts';

let bed: GateBed;
const start = async (options?: BedOptions) => {
  bed = await startGateBed(options);
  return bed;
};
afterEach(() => bed.stop());

describe('what reaches LiveKit', () => {
  it('is a fresh token of ours, and of the browser only what the handshake needs', async () => {
    await start();
    bed.place('anna', onStage);
    const query = '?access_token=stolen&join_request=CgA&publish=twin&attributes=e30&auto_subscribe=1';
    const { status } = await bed.enter('anna', { query });
    expect(status).toBe(101);
    const asked = bed.livekit.asked[0];
    expect(asked?.url).toBe('/rtc/v1?join_request=CgA&auto_subscribe=1');
    expect(Object.keys(asked?.headers ?? {}).sort()).toEqual([
      'authorization',
      'connection',
      'host',
      'sec-websocket-key',
      'sec-websocket-version',
      'upgrade',
    ]);
    const token = asked?.headers.authorization?.replace('Bearer ', '') ?? '';
    const claims = await new TokenVerifier('key', 'a-secret-that-must-not-be-logged-anywhere').verify(token);
    expect(claims.sub).toBe('anna');
    expect(claims.video).toEqual({
      roomJoin: true,
      room: livekitRoom,
      canSubscribe: true,
      canPublish: true,
      canPublishSources: ['camera', 'microphone'],
      canPublishData: false,
      canUpdateOwnMetadata: false,
      canSubscribeMetrics: false,
      canManageAgentSession: false,
      hidden: false,
    });
    expect((claims.exp ?? Number.POSITIVE_INFINITY) - Date.now() / 1000).toBeLessThan(60);
  });

  it('grants the audience nothing but hearing', async () => {
    await start();
    bed.place('ben', inAudience);
    await bed.enter('ben');
    const token = bed.livekit.asked[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
    const { video } = await new TokenVerifier('key', 'a-secret-that-must-not-be-logged-anywhere').verify(token);
    expect(video).toMatchObject({ canPublish: false, canSubscribe: true, hidden: true });
    expect(video).not.toHaveProperty('canPublishSources');
  });

  it('serves the older path too', async () => {
    await start();
    bed.place('ben', inAudience);
    await bed.enter('ben', { path: '/rtc', query: '?access_token=x&reconnect=1&sid=PA_1' });
    expect(bed.livekit.asked[0]?.url).toBe('/rtc?reconnect=1&sid=PA_1');
  });

  it('is one call for the room, however many come', async () => {
    await start();
    const people = Array.from({ length: 20 }, (_, at) => `person${at}`);
    for (const person of people) bed.place(person, inAudience);
    const entries = await Promise.all(people.map((person) => bed.enter(person)));
    expect(entries.map((entry) => entry.status)).toEqual(people.map(() => 101));
    expect(bed.livekit.created).toEqual([livekitRoom]);
  });
});

describe('of a person who opened the Session in several places', () => {
  const [older, newer] = [randomUUID(), randomUUID()];
  const from = (opening: string) => ({ query: `?opening=${opening}` });

  it('only the newest is let through, however the older one asks', async () => {
    await start();
    bed.place('anna', onStage);
    expect((await bed.enter('anna', from(older))).status).toBe(101);
    expect((await bed.enter('anna', from(older))).status).toBe(101);
    expect((await bed.enter('anna', from(newer))).status).toBe(101);
    const asked = bed.livekit.asked.length;
    expect(await bed.enter('anna', from(older))).toMatchObject({ status: 403, code: 'elsewhere' });
    await expect(bed.why('anna', older)).rejects.toMatchObject({ status: 403, code: 'elsewhere' });
    expect(bed.livekit.asked.length).toBe(asked);
    expect((await bed.enter('anna', from(newer))).status).toBe(101);
  });

  it('an older one that waits for LiveKit does not come after the newer one', async () => {
    await start();
    bed.place('anna', onStage);
    bed.livekit.apiStatus = 503;
    const waiting = bed.enter('anna', from(older));
    await vi.waitFor(() => expect(bed.suspicions()).toBe(1));
    await bed.why('anna', newer);
    bed.livekit.apiStatus = 200;
    bed.livekitBack.resolve();
    expect(await waiting).toMatchObject({ status: 403, code: 'elsewhere' });
  });
});

describe('what the browser is answered', () => {
  it('is its socket after all when LiveKit had lost the room', async () => {
    await start();
    bed.place('anna', onStage);
    bed.livekit.answers = [404, 'socket'];
    expect((await bed.enter('anna')).status).toBe(101);
    expect(bed.livekit.created).toEqual([livekitRoom, livekitRoom]);
  });

  it.each([401, 403, 404, 429, 500])('is "try again" when LiveKit says %i', async (status) => {
    await start();
    bed.place('anna', onStage);
    bed.livekit.answers = [status];
    expect(await bed.enter('anna')).toMatchObject({ status: 503, code: 'media-unavailable' });
  });

  it('says that LiveKit is full, also to the question why', async () => {
    await start();
    bed.place('anna', onStage);
    await bed.why('anna');
    bed.livekit.answers = [503];
    expect(await bed.enter('anna')).toMatchObject({ status: 503, code: 'media-full' });
    await expect(bed.why('anna')).rejects.toMatchObject({ status: 503, code: 'media-full' });
  });

  it('says that LiveKit is full when it makes no room because of that', async () => {
    await start();
    bed.place('anna', onStage);
    bed.livekit.apiStatus = 500;
    bed.livekit.apiBody = { code: 'unknown', msg: 'reached configured limit for node' };
    expect(await bed.enter('anna')).toMatchObject({ status: 503, code: 'media-full' });
  });

  it('is "try again" when LiveKit cannot make the room for long', async () => {
    await start({ letInWithinMs: 100 });
    bed.place('anna', onStage);
    bed.livekit.apiStatus = 500;
    expect(await bed.enter('anna')).toMatchObject({ status: 503, code: 'media-unavailable' });
    expect(bed.livekit.asked).toEqual([]);
    expect(bed.suspicions()).toBe(1);
  });

  it('waits for a LiveKit that is away, and is the socket when it is back', async () => {
    await start();
    bed.place('anna', onStage);
    bed.livekit.apiStatus = 503;
    const entry = bed.enter('anna');
    await vi.waitUntil(() => bed.suspicions() === 1);
    bed.livekit.apiStatus = 200;
    bed.livekitBack.resolve();
    expect((await entry).status).toBe(101);
  });

  it('does not wait when the person no longer belongs', async () => {
    await start();
    bed.place('anna', onStage);
    bed.livekit.apiStatus = 503;
    const entry = bed.enter('anna');
    await vi.waitUntil(() => bed.suspicions() === 1);
    bed.place('anna', { in: null, reason: 'session-ended' });
    expect(await entry).toMatchObject({ status: 403, code: 'session-ended' });
  });

  it('is "try again" when LiveKit says nothing at all', async () => {
    await start({ letInWithinMs: 100 });
    bed.place('anna', onStage);
    bed.livekit.answers = ['silence'];
    expect(await bed.enter('anna')).toMatchObject({ status: 503, code: 'media-unavailable' });
  });

  it('is "try again" when another part fails, in whatever words', async () => {
    await start();
    bed.place('anna', onStage);
    for (const error of [new Error('away'), new AppError(404, 'not-found'), new AppError(401, 'who')]) {
      bed.maySee = () => Promise.reject(error);
      expect(await bed.enter('anna')).toMatchObject({ status: 503, code: 'media-unavailable' });
    }
  });

  it('is no when the login ended while it was looked up', async () => {
    await start();
    bed.place('anna', onStage);
    const looking = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    bed.beforeFind = () => {
      looking.resolve();
      return answer.promise;
    };
    const entry = bed.enter('anna');
    await looking.promise;
    bed.endLogin('anna');
    answer.resolve();
    expect(await entry).toMatchObject({ status: 403, code: 'signed-out' });
    expect(bed.livekit.asked).toEqual([]);
  });

  it('is no when a newer state was told while an older one was read', async () => {
    await start();
    bed.place('anna', onStage);
    bed.beforeReadAnswer = async () => bed.place('anna', { in: null, reason: 'removed' });
    expect(await bed.enter('anna')).toMatchObject({ status: 403, code: 'removed' });
    expect(bed.livekit.asked).toEqual([]);
  });

  it('is no when the state changed while LiveKit was asked', async () => {
    await start();
    bed.place('ben', inAudience);
    bed.livekit.answers = ['silence'];
    const entry = bed.enter('ben');
    await vi.waitUntil(() => bed.livekit.asked.length === 1);
    bed.place('ben', { in: null, reason: 'removed' });
    expect(await entry).toMatchObject({ status: 403, code: 'removed' });
  });

  it('never names a secret in the log', async () => {
    await start({ letInWithinMs: 200 });
    bed.place('anna', onStage);
    await bed.enter('anna', { query: '?access_token=stolen' });
    bed.livekit.answers = [500];
    await bed.enter('anna', { query: '?access_token=stolen' });
    bed.livekit.answers = ['silence'];
    await bed.enter('anna', { query: '?access_token=stolen' });
    bed.maySee = () => Promise.reject(new Error('away'));
    await bed.enter('anna', { query: '?access_token=stolen' });
    expect(bed.logged()).toContain('could not let somebody through');
    for (const secret of ['stolen', 'login-of=anna', 'a-secret-that', 'Bearer', 'eyJ'])
      expect(bed.logged()).not.toContain(secret);
  });
});

describe('rationed entry', () => {
  it('lets those on stage in first, and tells who waited too long to try again', async () => {
    await start({ ration: { perSecond: 0.001, burst: 1, maxWaitMs: 200 } });
    for (const person of ['ben', 'cara']) bed.place(person, inAudience);
    bed.place('anna', onStage);
    expect((await bed.enter('ben')).status).toBe(101);
    const waiting = bed.enter('cara');
    expect((await bed.enter('anna')).status).toBe(101);
    expect(await waiting).toMatchObject({ status: 503, code: 'media-busy' });
  });

  it('answers with the state after the wait', async () => {
    await start({ ration: { perSecond: 0.001, burst: 0, maxWaitMs: 300 } });
    bed.place('ben', inAudience);
    const entry = bed.enter('ben');
    bed.place('ben', { in: null, reason: 'removed' });
    expect(await entry).toMatchObject({ code: expect.stringMatching(/removed|media-busy/) });
    expect(bed.livekit.asked).toEqual([]);
  });
});

describe('one person with many sockets', () => {
  it('has so many and no more: beyond that their oldest is closed, nobody else’s', async () => {
    await start();
    for (const person of ['anna', 'ben']) bed.place(person, onStage);
    const neighbour = await bed.enter('ben');
    const entries: Entry[] = [];
    for (let n = 0; n < 20; n += 1) {
      const entry = await bed.enter('anna');
      entry.socket?.resume();
      entries.push(entry);
    }
    expect(new Set(entries.map(({ status }) => status))).toEqual(new Set([101]));
    const stand = () => entries.map(({ socket }) => socket?.closed === false);
    await vi.waitFor(() => expect(stand()).toEqual(entries.map((_, index) => index >= 8)));
    expect(neighbour.socket?.closed).toBe(false);
  });

  it('may ask so often and no more', async () => {
    await start();
    for (const person of ['anna', 'ben']) bed.place(person, onStage);
    const answers = await Promise.allSettled(Array.from({ length: 200 }, () => bed.why('anna')));
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(new Set(refused)).toEqual(new Set(['media-busy']));
    expect(refused.length).toBeGreaterThan(100);
    expect(await bed.enter('anna')).toMatchObject({ status: 503, code: 'media-busy' });
    expect((await bed.enter('ben')).status).toBe(101);
  });
});

describe('an open socket', () => {
  async function openSocket(person = 'anna') {
    bed.place(person, onStage);
    const { socket } = await bed.enter(person);
    const livekit = bed.livekit.sockets.at(-1);
    if (!socket || !livekit) throw new Error('no socket');
    livekit.resume();
    return { browser: socket, livekit };
  }

  it('carries bytes both ways', async () => {
    await start();
    const { browser, livekit } = await openSocket();
    livekit.write('from LiveKit');
    expect(String((await once(browser, 'data'))[0])).toBe('from LiveKit');
    browser.write('from the browser');
    expect(String((await once(livekit, 'data'))[0])).toBe('from the browser');
  });

  it('ends at both sides when one ends', async () => {
    await start();
    const first = await openSocket();
    first.browser.destroy();
    await once(first.livekit, 'end');
    expect(bed.suspicions()).toBe(0);
    const second = await openSocket();
    second.browser.resume();
    second.livekit.destroy();
    await once(second.browser, 'close');
    expect(bed.suspicions()).toBe(1);
  });

  it('is never let through for a browser that gave up while LiveKit was away: it would put a newer one out', async () => {
    await start();
    bed.place('anna', onStage);
    bed.livekit.apiStatus = 503;
    const patience = new AbortController();
    const held = bed.enter('anna', { giveUp: patience.signal });
    await vi.waitUntil(() => bed.suspicions() > 0);
    patience.abort();
    await expect(held).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(bed.gate.streams()).toEqual([]);
    bed.livekit.apiStatus = 200;
    bed.livekitBack.resolve();
    expect((await bed.enter('anna')).status).toBe(101);
    expect(bed.livekit.asked).toHaveLength(1);
  });

  it('makes LiveKit wait for a browser that does not read', async () => {
    await start();
    const { browser, livekit } = await openSocket();
    browser.pause();
    const chunk = Buffer.alloc(1024 * 1024);
    const offered = 128;
    let carried = 0;
    const carry = () => {
      carried += 1;
      if (carried < offered) livekit.write(chunk, carry);
    };
    livekit.write(chunk, carry);
    // Both hops fill the kernel's buffers, then nothing moves any more.
    let before = -1;
    let still = 0;
    await vi.waitUntil(() => {
      still = carried === before ? still + 1 : 0;
      before = carried;
      return still > 5;
    });
    expect(carried).toBeLessThan(offered / 2);
    browser.destroy();
  });

  it.each<[string, Placement]>([
    ['is removed', { in: null, reason: 'removed' }],
    ['belongs elsewhere', { in: `${livekitRoom}0`, publish: [], hidden: true, onStage: false }],
  ])('is closed when its person %s', async (_name, placement) => {
    await start();
    const { browser, livekit } = await openSocket();
    const other = await openSocket('ben');
    browser.resume();
    bed.place('anna', placement);
    await Promise.all([once(browser, 'close'), once(livekit, 'end')]);
    expect(other.browser.closed).toBe(false);
  });

  it('is closed when its login ends', async () => {
    await start();
    const { browser, livekit } = await openSocket();
    browser.resume();
    bed.endLogin('anna');
    await Promise.all([once(browser, 'close'), once(livekit, 'end')]);
  });

  it('leads to its person being taken out of LiveKit, also when LiveKit fails at first', async () => {
    await start();
    const { browser } = await openSocket();
    browser.resume();
    bed.livekit.apiStatus = 500;
    bed.endLogin('anna');
    await vi.waitUntil(() => bed.logged().includes('could not take somebody who signed out'));
    bed.livekit.apiStatus = 200;
    await vi.waitUntil(() => bed.livekit.removed.includes('anna'), { timeout: 5000 });
  });

  it('stays when its person only gets other rights', async () => {
    await start();
    const { browser, livekit } = await openSocket();
    bed.place('anna', inAudience);
    livekit.write('still there');
    expect(String((await once(browser, 'data'))[0])).toBe('still there');
  });
});
