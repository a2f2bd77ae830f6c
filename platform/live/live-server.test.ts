// The live server on a real log and real sockets: who gets in, what each sees, and how sockets end.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { migrate } from '#platform/db/migrate.ts';
import type { TestDatabase } from '#platform/db/test-databases.ts';
import { testDatabases } from '#platform/db/test-databases.ts';
import type { TestServer } from './live-test-bed.ts';
import { createBoard, origin, post, startServer, TestViewer } from './live-test-bed.ts';
import { closeCodes, maxMessageBytes } from './protocol.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
/** Long, for a busy machine; a state that comes is seen at once. */
const soon = { timeout: 8000, interval: 10 };

for (const { name, open } of testDatabases) {
  describe(`live server on the ${name}`, () => {
    let database: TestDatabase;
    let server: TestServer;
    let other: TestServer;
    beforeAll(async () => {
      database = await open();
      await migrate(database.db);
      server = await startServer(database.db, { commandRate: { perSecond: 1000, burst: 1000 } });
      other = await startServer(database.db);
    });
    afterAll(async () => {
      await server.close();
      await other.close();
      await database.end();
    });
    const newBoard = (hosts: string[] = []) => createBoard(database.db, server.log, hosts);

    describe('the way in', () => {
      test.each([[{ origin: 'https://evil.example' }], [{ origin: `${origin}.evil.example` }], [{ origin: '' }]])(
        'a page of another origin is refused: %j',
        async (headers) => {
          await expect(new TestViewer().open(server.url, headers)).rejects.toThrow('403');
        },
      );

      test('the path is exact, and may carry a query', async () => {
        for (const path of ['/livex', '/live/', '/media/rtc'])
          await expect(new TestViewer().open(server.url.replace('/live', path))).rejects.toThrow('404');
        const viewer = await new TestViewer().open(`${server.url}?x=1`);
        viewer.drop();
      });

      test('without a login the socket closes with the reason', async () => {
        const viewer = await new TestViewer().open(server.url, { origin, cookie: 'login=' });
        await viewer.until(() => viewer.closeCode === closeCodes.signedOut);
      });

      test('what somebody without a login sends on the way out harms nobody', async () => {
        const viewer = new TestViewer();
        const opening = viewer.open(server.url, { origin, cookie: 'login=' });
        // At once, before the close arrives.
        viewer.socket?.on('open', () => viewer.say('x'.repeat(maxMessageBytes + 1)));
        await opening;
        await viewer.until(() => viewer.closeCode !== null);
        const next = await new TestViewer().join(server.url, await newBoard());
        next.drop();
      });

      test('a stream that may not be seen and one that cannot exist look the same', async () => {
        const stream = await newBoard();
        server.hidden.add(stream);
        for (const one of [stream, 'nonsense']) {
          const viewer = await new TestViewer().open(server.url);
          viewer.hello(one);
          await viewer.until(() => viewer.closeCode === closeCodes.notFound);
          expect(viewer.received).toEqual([]);
        }
      });

      test('an older browser must reload, a newer one comes back', async () => {
        const stream = await newBoard();
        for (const [v, code] of [
          [0, closeCodes.tooOld],
          [99, closeCodes.comeBack],
        ] as const) {
          const viewer = await new TestViewer().open(server.url);
          viewer.hello(stream, v);
          await viewer.until(() => viewer.closeCode === code);
        }
      });

      test('who says nothing is sent away', async () => {
        const impatient = await startServer(database.db, { helloWithinMs: 30 });
        const viewer = await new TestViewer().open(impatient.url);
        await viewer.until(() => viewer.closeCode === closeCodes.comeBack);
        await impatient.close();
      });

      test('a login that ends closes its sockets, and no others', async () => {
        const stream = await newBoard();
        const leaving = await new TestViewer().join(server.url, stream);
        const disabled = await new TestViewer().join(server.url, stream);
        const staying = await new TestViewer().join(server.url, stream);
        server.endLogin({ loginId: leaving.loginId });
        server.endLogin({ personId: disabled.personId });
        await leaving.until(() => leaving.closeCode === closeCodes.signedOut);
        await disabled.until(() => disabled.closeCode === closeCodes.signedOut);
        await post(server.log, stream, 'all', 'still here');
        await staying.until(() => staying.notes('all')?.includes('still here'));
        staying.drop();
      });
    });

    test('one person’s sockets have a number: the oldest is closed for good, nobody else’s', async () => {
      const few = await startServer(database.db, { socketsPerPerson: 3 });
      const stream = await newBoard();
      const neighbour = await new TestViewer().join(few.url, stream);
      const person = randomUUID();
      const opened: TestViewer[] = [];
      for (let n = 0; n < 7; n++) {
        opened.push(await new TestViewer(person).join(few.url, stream));
        await expect.poll(() => few.live.counts().sockets, soon).toBe(1 + Math.min(3, n + 1));
      }
      for (const viewer of opened.slice(0, 4)) await viewer.until(() => viewer.closeCode === closeCodes.tooMany);
      for (const viewer of [neighbour, ...opened.slice(4)]) expect(viewer.closeCode).toBeNull();
      await few.close();
    });

    test('one who opens sockets without end and answers no goodbye has twice their number at most', async () => {
      const few = await startServer(database.db, { socketsPerPerson: 3 });
      const neighbour = await new TestViewer().join(few.url, await newBoard());
      const person = randomUUID();
      const deaf: TestViewer[] = [];
      for (let n = 0; n < 40; n++) {
        const viewer = await new TestViewer(person).open(few.url);
        viewer.socket?.pause();
        deaf.push(viewer);
        expect(few.live.counts().sockets).toBeLessThanOrEqual(1 + 2 * 3);
      }
      await neighbour.until(() => few.live.counts().sockets === 1 + 3);
      expect(neighbour.closeCode).toBeNull();
      for (const viewer of deaf) viewer.drop();
      await few.close();
    });

    describe('hostile messages', () => {
      test.each([
        ['no JSON', '{'],
        ['no message', '{"t":"what"}'],
        ['a command before hello', JSON.stringify({ t: 'command', id: randomUUID(), type: 'board.post', body: {} })],
        ['a hello of the wrong shape', JSON.stringify({ t: 'hello', v: 1 })],
        ['null', 'null'],
        ['deep nesting', '['.repeat(30_000)],
      ])('%s closes the socket', async (_, text) => {
        const viewer = await new TestViewer().open(server.url);
        viewer.say(text);
        await viewer.until(() => viewer.closeCode === closeCodes.badMessage);
      });

      test('binary and oversized messages close the socket', async () => {
        const binary = await new TestViewer().open(server.url);
        binary.socket?.send(Buffer.from('{"t":"ping"}'), { binary: true });
        await binary.until(() => binary.closeCode === closeCodes.badMessage);
        const large = await new TestViewer().open(server.url);
        large.say('x'.repeat(maxMessageBytes + 1));
        await large.until(() => large.closeCode === 1009);
      });

      test('a flood closes the socket', async () => {
        const viewer = await new TestViewer().open(server.url);
        for (let n = 0; n < 1000; n++) viewer.say({ t: 'ping' });
        await viewer.until(() => viewer.closeCode === closeCodes.badMessage);
      });

      test('a command of a wrong body is refused, and the socket stays', async () => {
        const viewer = await new TestViewer().join(server.url, await newBoard());
        const bad = viewer.command('board.post', { text: 7 });
        const unknown = viewer.command('board.what', {});
        const good = viewer.command('board.post', { audience: 'all', text: 'fine' });
        await viewer.until(() => viewer.answer(good));
        expect(viewer.answer(bad)).toEqual({ t: 'refused', id: bad, refusal: { code: 'bad-message' } });
        expect(viewer.answer(unknown)).toEqual({ t: 'refused', id: unknown, refusal: { code: 'bad-message' } });
        expect(viewer.answer(good)).toEqual({ t: 'ack', id: good });
        viewer.drop();
      });

      test('too many commands are refused with the time to wait', async () => {
        const viewer = await new TestViewer().join(other.url, await newBoard());
        const ids = Array.from({ length: 65 }, (_, n) => viewer.command('board.post', { audience: 'all', text: `${n}` }));
        await viewer.until(() => ids.every((id) => viewer.answer(id)));
        expect(viewer.answer(ids[59] as string)).toMatchObject({ t: 'ack' });
        expect(viewer.answer(ids[64] as string)).toMatchObject({
          t: 'refused',
          refusal: { code: 'too-fast', details: { retryAfterMs: expect.any(Number) } },
        });
        viewer.drop();
      });
    });

    describe('what a viewer sees', () => {
      test('first the welcome, then a slice of each of their audiences, also of those without events', async () => {
        const viewer = new TestViewer();
        await viewer.join(server.url, await newBoard());
        await viewer.until(() => viewer.slices.size === 2);
        expect(viewer.received[0]).toMatchObject({ t: 'welcome', v: 1, build: 'build-1', personId: viewer.personId });
        expect(viewer.received.slice(1)).toEqual([
          { t: 'slice', audience: 'all', seq: 1, state: { notes: [], hosts: [] } },
          { t: 'slice', audience: `person:${viewer.personId}`, seq: 0, state: { notes: [], hosts: [] } },
        ]);
        viewer.drop();
      });

      test('messages of every length arrive whole', async () => {
        const stream = await newBoard();
        const viewer = await new TestViewer().join(server.url, stream);
        await viewer.until(() => viewer.slices.size === 2);
        const around = (middle: number, step: number) => Array.from({ length: 12 }, (_, n) => middle + (n - 6) * step);
        // The frame's own words come on top; its length field grows at 126 and at 65,536 bytes.
        const texts = [...around(6, 1), ...around(65_380, 10), 200_000].map(
          (length) => 'ü'.repeat(length % 2) + 'x'.repeat(length),
        );
        for (const text of texts) await post(server.log, stream, 'all', text);
        await viewer.until(() => viewer.notes('all')?.length === texts.length);
        expect(viewer.notes('all')).toEqual(texts);
        viewer.drop();
      });

      test("ping is answered with the server's time", async () => {
        const viewer = await new TestViewer().open(server.url);
        viewer.say({ t: 'ping' });
        await viewer.until(() => viewer.received.length === 1);
        expect(viewer.received[0]).toEqual({ t: 'pong', now: expect.stringMatching(/^\d{4}-.*Z$/) });
        viewer.drop();
      });

      test('each audience gets its events and no other; nothing of rev shows', async () => {
        const host = new TestViewer(randomUUID(), 'speaker');
        const stream = await newBoard([host.personId]);
        const guest = new TestViewer();
        await Promise.all([host.join(server.url, stream), guest.join(other.url, stream)]);
        await host.until(() => host.slices.size === 3 && guest.slices.size === 2);
        await post(server.log, stream, 'backstage', 'secret');
        await post(server.log, stream, `person:${host.personId}`, 'for the host');
        await post(server.log, stream, `person:${guest.personId}`, 'for the guest');
        await post(server.log, stream, 'all', 'hello');
        await host.until(() => host.notes('all')?.length === 1);
        await guest.until(() => guest.notes('all')?.length === 1);
        expect(host.notes('backstage')).toEqual(['secret']);
        expect(guest.notes(`person:${guest.personId}`)).toEqual(['for the guest']);
        expect(JSON.stringify(guest.received)).not.toMatch(/secret|for the host|"rev"/);
        host.drop();
        guest.drop();
      });

      test('who becomes a host gets the slice; who no longer is one loses it and hears no more', async () => {
        const viewer = new TestViewer(randomUUID(), 'speaker');
        const lowered = new TestViewer(viewer.personId, 'participant');
        const stream = await newBoard();
        await post(server.log, stream, 'backstage', 'before');
        await Promise.all([viewer.join(server.url, stream), lowered.join(server.url, stream)]);
        viewer.command('board.set-hosts', { hosts: [viewer.personId] });
        await viewer.until(() => viewer.notes('backstage')?.length === 1);
        await post(server.log, stream, 'backstage', 'during');
        await viewer.until(() => viewer.notes('backstage')?.length === 2);
        viewer.command('board.set-hosts', { hosts: [] });
        await viewer.until(() => !viewer.slices.has('backstage'));
        await post(server.log, stream, 'backstage', 'after');
        await post(server.log, stream, 'all', 'end');
        await viewer.until(() => viewer.notes('all')?.includes('end'));
        await lowered.until(() => lowered.notes('all')?.includes('end'));
        expect(viewer.slices.has('backstage')).toBe(false);
        expect(viewer.holes).toBe(0);
        expect(lowered.received.some((message) => 'audience' in message && message.audience === 'backstage')).toBe(false);
        viewer.drop();
        lowered.drop();
      });

      test('who comes back gets only the tail; who was away for long, the slice; what is lost meanwhile, gone', async () => {
        const viewer = new TestViewer(randomUUID(), 'speaker');
        const stream = await newBoard([viewer.personId]);
        await viewer.join(server.url, stream);
        await viewer.until(() => viewer.slices.size === 3);
        viewer.drop();
        await post(server.log, stream, 'all', 'missed');
        await server.log.submit(stream, { kind: 'system' }, { id: randomUUID(), type: 'board.set-hosts', body: { hosts: [] } });
        await viewer.join(other.url, stream);
        await viewer.until(() => viewer.notes('all')?.includes('missed') && !viewer.slices.has('backstage'));
        expect(viewer.received.map((message) => message.t)).not.toContain('slice');
        viewer.drop();
        await Promise.all(Array.from({ length: 600 }, (_, n) => post(server.log, stream, 'all', `${n}`)));
        await viewer.join(server.url, stream);
        await viewer.until(() => viewer.notes('all')?.includes('599'));
        expect(viewer.received.filter((message) => message.t === 'slice')).toHaveLength(1);
        viewer.drop();
      });

      test('who knows more than the database gets the slice', async () => {
        const stream = await newBoard();
        const viewer = new TestViewer();
        viewer.slices.set('all', { seq: 70, state: 'of a lost future' });
        await viewer.join(server.url, stream);
        await viewer.until(() => viewer.notes('all')?.length === 0 && viewer.slices.get('all')?.seq === 1);
        viewer.drop();
      });

      test('saying hello again on the same socket mends a hole', async () => {
        const stream = await newBoard();
        const viewer = await new TestViewer().join(server.url, stream);
        await viewer.until(() => viewer.slices.size === 2);
        await post(server.log, stream, 'all', 'one');
        await viewer.until(() => viewer.notes('all')?.length === 1);
        viewer.slices.delete('all');
        viewer.hello(stream);
        await viewer.until(() => viewer.notes('all')?.length === 1);
        await post(server.log, stream, 'all', 'two');
        await viewer.until(() => viewer.notes('all')?.length === 2);
        expect(viewer.holes).toBe(0);
        viewer.drop();
      });
    });

    describe('commands', () => {
      test('are carried out in the order in which one socket sends them', async () => {
        const viewer = await new TestViewer().join(server.url, await newBoard());
        const texts = Array.from({ length: 200 }, (_, n) => `${n}`);
        for (const text of texts) viewer.command('board.post', { audience: 'all', text });
        await viewer.until(() => viewer.notes('all')?.length === 200);
        expect(viewer.notes('all')).toEqual(texts);
        viewer.drop();
      });

      test('a repeated id is acknowledged again and changes nothing; a refusal carries its facts', async () => {
        const stream = await newBoard();
        const viewer = await new TestViewer().join(server.url, stream);
        const id = viewer.command('board.post', { audience: 'all', text: 'once' });
        viewer.command('board.post', { audience: 'all', text: 'once' }, id);
        const rude = viewer.command('board.post', { audience: 'all', text: 'rude' });
        await viewer.until(() => viewer.answer(rude) && viewer.notes('all')?.length);
        expect(viewer.received.filter((message) => message.t === 'ack')).toHaveLength(2);
        expect(viewer.answer(rude)).toEqual({ t: 'refused', id: rude, refusal: { code: 'rude', details: { words: 1 } } });
        expect((await server.log.read(stream))?.heads.get('all')).toBe(2);
        viewer.drop();
      });

      test('when the outcome is unknown, nothing is answered and the socket closes: the client sends again', async () => {
        const viewer = await new TestViewer().join(server.url, await newBoard());
        const broken = viewer.command('board.break', {});
        const after = viewer.command('board.post', { audience: 'all', text: 'not overtaking' });
        await viewer.until(() => viewer.closeCode === closeCodes.comeBack);
        expect(viewer.answer(broken)).toBeUndefined();
        expect(viewer.answer(after)).toBeUndefined();
      });
    });

    describe('the end of sockets', () => {
      test('a reader who is too slow is closed, and gets everything after coming back', async () => {
        const stream = await newBoard();
        const slow = await new TestViewer().join(server.url, stream);
        await slow.until(() => slow.slices.size === 2);
        slow.socket?.pause();
        const text = 'x'.repeat(50_000);
        for (let n = 0; n < 200 && server.live.counts().sockets > 0; n++) await post(server.log, stream, 'all', text);
        await expect.poll(() => server.live.counts(), soon).toEqual({ sockets: 0, streams: 0 });
        slow.drop();
        await slow.join(server.url, stream);
        const head = (await server.log.read(stream))?.heads.get('all');
        await slow.until(() => slow.slices.get('all')?.seq === head);
        slow.drop();
      });

      test('a slice larger than a slow reader may have waiting arrives whole, with what is said meanwhile', async () => {
        const stream = await newBoard();
        // More than all buffers on the way hold.
        const part = 'x'.repeat(2 * 1024 * 1024);
        for (let n = 0; n < 8; n++) await post(server.log, stream, 'all', part);
        const slow = await new TestViewer().open(server.url);
        slow.socket?.pause();
        slow.hello(stream);
        const neighbour = await new TestViewer().join(server.url, stream);
        await neighbour.until(() => neighbour.notes('all')?.length === 8);
        for (let n = 0; n < 20; n++) await post(server.log, stream, 'all', `${n}`);
        await neighbour.until(() => neighbour.notes('all')?.length === 28);
        slow.socket?.resume();
        await slow.until(() => slow.notes('all')?.length === 28);
        expect(slow.closeCode).toBeNull();
        expect(slow.received.filter((message) => message.t === 'slice' && message.audience === 'all')).toHaveLength(1);
        slow.drop();
        neighbour.drop();
      });

      test('whoever asks for a large slice again and again without reading is closed', async () => {
        const stream = await newBoard();
        const part = 'x'.repeat(2 * 1024 * 1024);
        for (let n = 0; n < 8; n++) await post(server.log, stream, 'all', part);
        const greedy = await new TestViewer().open(server.url);
        greedy.socket?.pause();
        for (let n = 0; n < 5; n++) greedy.hello(stream);
        await expect.poll(() => server.live.counts().sockets, soon).toBe(0);
        greedy.drop();
      });

      test('a peer that answers no ping is cut', async () => {
        const strict = await startServer(database.db, { pingEveryMs: 30 });
        const dead = await new TestViewer().join(strict.url, await newBoard());
        const alive = await new TestViewer().join(strict.url, await newBoard());
        dead.socket?.pause();
        await expect.poll(() => strict.live.counts().sockets, soon).toBe(1);
        expect(alive.closeCode).toBeNull();
        dead.drop();
        await strict.close();
        await alive.until(() => alive.closeCode === closeCodes.comeBack);
      });

      test('a server that closes sends everybody back at once and forgets their presence', async () => {
        const going = await startServer(database.db);
        const stream = await newBoard();
        const viewer = await new TestViewer().join(going.url, stream);
        const rows = () => database.db.query('select person_id, joined_as from presence where stream_id = $1', [stream]);
        await expect.poll(rows, soon).toEqual([{ person_id: viewer.personId, joined_as: 'participant' }]);
        await going.close();
        await viewer.until(() => viewer.closeCode === closeCodes.comeBack);
        expect(await rows()).toEqual([]);
        await expect(new TestViewer().open(going.url)).rejects.toThrow();
      });

      test('streams that nobody watches are no longer followed', async () => {
        const viewer = await new TestViewer().join(server.url, await newBoard());
        expect(server.live.counts().streams).toBeGreaterThan(0);
        viewer.drop();
        await expect.poll(() => server.live.counts(), soon).toEqual({ sockets: 0, streams: 0 });
      });
    });
  });
}
