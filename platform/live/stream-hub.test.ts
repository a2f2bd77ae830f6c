// Races of one followed stream, driven by hand: a log whose answers come exactly when the test says so.
import { describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/clock.ts';
import type { Audience, AudienceEvent, Log, LoggedEvent, Snapshot } from '#platform/log/contract.ts';
import type { Board } from './live-test-bed.ts';
import { board, boardAudiences, quiet } from './live-test-bed.ts';
import { Pacer } from './pacer.ts';
import type { ServerMessage } from './protocol.ts';
import { StreamHub, Viewer } from './stream-hub.ts';

/** Long, for a busy machine; a state that comes is seen at once. */
const soon = { timeout: 4000, interval: 5 };
const streamId = 'a-stream';

/** Holds all events in memory; `tail` waits until `answerTails`. */
class HandLog {
  events: LoggedEvent[] = [];
  followers = new Set<(batch: LoggedEvent[], after: Snapshot) => void>();
  tails: (() => void)[] = [];
  snapshot: Snapshot = { streamId, head: 0, heads: new Map(), state: {}, lastAt: null };

  /** Commits, and tells unless `silently`: as another server would, before the hint. */
  append(audience: Audience, type: string, body: Record<string, unknown>, silently = false): void {
    const seq = (this.snapshot.heads.get(audience) ?? 0) + 1;
    const event: LoggedEvent = { rev: this.snapshot.head + 1, audience, seq, type, v: 1, at: '2026-11-23T19:00:00.000Z', body };
    const slice = this.snapshot.state[audience] ?? board.initialSlice(audience);
    const state = { ...this.snapshot.state, [audience]: board.evolveSlice(audience, slice, event) };
    this.snapshot = { ...this.snapshot, head: event.rev, heads: new Map([...this.snapshot.heads, [audience, seq]]), state };
    this.events.push(event);
    if (!silently) for (const follower of this.followers) follower([event], this.snapshot);
  }
  post(audience: Audience, text: string): void {
    this.append(audience, 'board.posted', { text });
  }
  setHosts(...hosts: string[]): void {
    this.append('all', 'board.hosts-set', { hosts });
  }
  async answerTails(): Promise<void> {
    for (const answer of this.tails.splice(0)) answer();
    await settled();
  }
  asLog(): Log {
    return {
      follow: async (_id: string, onBatch: (batch: LoggedEvent[], after: Snapshot) => void) => {
        this.followers.add(onBatch);
        return () => this.followers.delete(onBatch);
      },
      peek: () => this.snapshot,
      read: async () => this.snapshot,
      tail: (_id: string, audience: Audience, afterSeq: number) =>
        new Promise<AudienceEvent[]>((resolve) => {
          this.tails.push(() => resolve(this.events.filter((one) => one.audience === audience && one.seq > afterSeq)));
        }),
    } as unknown as Log;
  }
}

const settled = async () => {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
};

async function openHub(log: HandLog, frameGapMs = 0) {
  return StreamHub.open(streamId, {
    log: log.asLog(),
    logger: quiet,
    clock: systemClock,
    pacer: new Pacer(),
    decider: board,
    viewerAudiences: boardAudiences,
    audiencesDependOn: (state) => [(state.all as Board | undefined)?.hosts],
    frameGapMs,
  });
}

class Watcher {
  readonly bytes: Buffer[] = [];
  readonly viewer: Viewer;
  constructor(personId: string) {
    this.viewer = new Viewer({ kind: 'person', personId, as: 'speaker' }, (bytes) => this.bytes.push(bytes));
  }
  get messages(): ServerMessage[] {
    return this.bytes.map((bytes) => JSON.parse(bytes.toString('utf8', bytes.indexOf('{'))));
  }
  /** `frame all 2-3` and the like. */
  get heard(): string[] {
    return this.messages.map((message) => {
      if (message.t === 'frame') return `frame ${message.audience} ${message.from}-${message.to}`;
      if (message.t === 'slice') return `slice ${message.audience} ${message.seq}`;
      return message.t === 'gone' ? `gone ${message.audience}` : message.t;
    });
  }
}
const wanted = () => true;

describe('a followed stream', () => {
  test('a frame and a slice are encoded once for all who receive them', async () => {
    const log = new HandLog();
    const hub = await openHub(log);
    const [anna, ben] = [new Watcher('anna'), new Watcher('ben')];
    await hub.attach(anna.viewer, [], wanted);
    await hub.attach(ben.viewer, [], wanted);
    log.post('all', 'hello');
    await settled();
    expect(anna.heard).toEqual(['slice all 0', 'slice person:anna 0', 'frame all 1-1']);
    expect(anna.bytes[0]).toBe(ben.bytes[0]);
    expect(anna.bytes[2]).toBe(ben.bytes[2]);
  });

  test('under load, events share a frame', async () => {
    const log = new HandLog();
    const hub = await openHub(log, 30);
    const anna = new Watcher('anna');
    await hub.attach(anna.viewer, [], wanted);
    for (let n = 0; n < 10; n++) {
      log.post('all', `${n}`);
      await settled();
    }
    await expect.poll(() => anna.heard.at(-1), soon).toMatch(/-10$/);
    expect(anna.heard.filter((one) => one.startsWith('frame')).length).toBeLessThan(10);
  });

  test('a jump beyond the reach of a tail goes as the slice', async () => {
    const log = new HandLog();
    const hub = await openHub(log);
    const anna = new Watcher('anna');
    await hub.attach(anna.viewer, [], wanted);
    for (let n = 0; n < 600; n++) log.post('all', `${n}`);
    await settled();
    expect(anna.heard.at(-1)).toBe('slice all 600');
  });

  test('what is committed while a tail is read follows it, without a hole and without doubles', async () => {
    const log = new HandLog();
    for (const text of ['1', '2', '3']) log.post('all', text);
    const hub = await openHub(log);
    const anna = new Watcher('anna');
    await hub.attach(
      anna.viewer,
      [
        { audience: 'all', seq: 1 },
        { audience: 'person:anna', seq: 0 },
      ],
      wanted,
    );
    log.post('all', '4');
    await settled();
    expect(anna.heard).toEqual([]);
    await log.answerTails();
    log.post('all', '5');
    await settled();
    expect(anna.heard).toEqual(['frame all 2-4', 'frame all 5-5']);
  });

  test('a database that is ahead of what was shown does not double events', async () => {
    const log = new HandLog();
    for (const text of ['1', '2']) log.post('all', text);
    const hub = await openHub(log);
    const anna = new Watcher('anna');
    await hub.attach(
      anna.viewer,
      [
        { audience: 'all', seq: 1 },
        { audience: 'person:anna', seq: 0 },
      ],
      wanted,
    );
    log.append('all', 'board.posted', { text: '3' }, true);
    await log.answerTails();
    expect(anna.heard).toEqual(['frame all 2-2']);
  });

  test('many who come back with the same knowledge cost one query and one frame', async () => {
    const log = new HandLog();
    for (const text of ['1', '2', '3']) log.post('all', text);
    const hub = await openHub(log);
    const back = Array.from({ length: 50 }, (_, n) => new Watcher(`p${n}`));
    for (const one of back) {
      await hub.attach(
        one.viewer,
        [
          { audience: 'all', seq: 1 },
          { audience: `person:p${back.indexOf(one)}`, seq: 0 },
        ],
        wanted,
      );
    }
    expect(log.tails).toHaveLength(1);
    await log.answerTails();
    expect(new Set(back.map((one) => one.bytes[0])).size).toBe(1);
    expect(back.map((one) => one.heard)).toEqual(back.map(() => ['frame all 2-3']));
  });

  test('who loses an audience while its tail is read hears nothing of it', async () => {
    const log = new HandLog();
    log.setHosts('anna');
    for (const text of ['1', '2']) log.post('backstage', text);
    const hub = await openHub(log);
    const anna = new Watcher('anna');
    const known = [
      { audience: 'all', seq: 1 },
      { audience: 'person:anna', seq: 0 },
      { audience: 'backstage', seq: 1 },
    ];
    await hub.attach(anna.viewer, known, wanted);
    log.setHosts();
    await settled();
    await log.answerTails();
    log.post('backstage', '3');
    await settled();
    expect(anna.heard).toEqual(['gone backstage', 'frame all 2-2']);
  });

  test('who lost an audience and has it again before the tail is read gets the slice once', async () => {
    const log = new HandLog();
    log.setHosts('anna');
    for (const text of ['1', '2']) log.post('backstage', text);
    const hub = await openHub(log);
    const anna = new Watcher('anna');
    const known = [
      { audience: 'all', seq: 1 },
      { audience: 'person:anna', seq: 0 },
      { audience: 'backstage', seq: 1 },
    ];
    await hub.attach(anna.viewer, known, wanted);
    log.setHosts();
    await settled();
    log.setHosts('anna');
    await settled();
    await log.answerTails();
    log.post('backstage', '3');
    await settled();
    expect(anna.heard).toEqual(['gone backstage', 'frame all 2-2', 'frame all 3-3', 'slice backstage 2', 'frame backstage 3-3']);
  });

  test('when the last receiver leaves while another waits for a tail, the other still misses nothing', async () => {
    const log = new HandLog();
    for (const text of ['1', '2']) log.post('all', text);
    const hub = await openHub(log);
    const [anna, ben] = [new Watcher('anna'), new Watcher('ben')];
    await hub.attach(ben.viewer, [], wanted);
    await hub.attach(
      anna.viewer,
      [
        { audience: 'all', seq: 1 },
        { audience: 'person:anna', seq: 0 },
      ],
      wanted,
    );
    hub.detach(ben.viewer);
    log.post('all', '3');
    await settled();
    await log.answerTails();
    log.post('all', '4');
    await settled();
    expect(anna.heard).toEqual(['slice all 3', 'frame all 4-4']);
  });

  test('who has gone gets nothing more', async () => {
    const log = new HandLog();
    for (const text of ['1', '2']) log.post('all', text);
    const hub = await openHub(log);
    const anna = new Watcher('anna');
    await hub.attach(anna.viewer, [{ audience: 'all', seq: 1 }], wanted);
    hub.detach(anna.viewer);
    await log.answerTails();
    log.post('all', '3');
    await settled();
    expect(anna.heard).toEqual(['slice person:anna 0']);
  });

  test('what was committed between following and the first look is in the first slice', async () => {
    const log = new HandLog();
    const asLog = log.asLog();
    const slowFollow: Log = {
      ...asLog,
      async follow(id, onBatch) {
        const stop = await asLog.follow(id, onBatch);
        log.post('all', 'in between');
        return stop;
      },
    };
    const hub = await StreamHub.open(streamId, {
      log: slowFollow,
      logger: quiet,
      clock: systemClock,
      pacer: new Pacer(),
      decider: board,
      viewerAudiences: boardAudiences,
      audiencesDependOn: () => [],
      frameGapMs: 0,
    });
    const anna = new Watcher('anna');
    await hub.attach(anna.viewer, [], wanted);
    await settled();
    log.post('all', 'then');
    await settled();
    expect(anna.heard).toEqual(['slice all 1', 'slice person:anna 0', 'frame all 2-2']);
  });
});

test('very many large slices are spread over time, and all arrive', async () => {
  const log = new HandLog();
  log.post('all', 'x'.repeat(300_000));
  const hub = await openHub(log);
  const crowd = Array.from({ length: 30 }, (_, n) => new Watcher(`p${n}`));
  for (const one of crowd) await hub.attach(one.viewer, [], wanted);
  expect(crowd.filter((one) => one.bytes.length > 0).length).toBeLessThan(crowd.length);
  log.post('all', 'meanwhile');
  await expect.poll(() => crowd.every((one) => one.heard.some((heard) => heard.startsWith('slice all'))), soon).toBe(true);
  await settled();
  for (const one of crowd)
    expect(['slice all 2', 'frame all 2-2']).toContain(one.heard.filter((heard) => heard.includes(' all ')).at(-1));
});

test('who loses an audience while waiting in the crowd never gets its slice', async () => {
  const log = new HandLog();
  log.setHosts('anna');
  log.post('all', 'x'.repeat(300_000));
  log.post('backstage', 'secret');
  const hub = await openHub(log);
  const crowd = Array.from({ length: 20 }, (_, n) => new Watcher(`p${n}`));
  for (const one of crowd) await hub.attach(one.viewer, [], wanted);
  const anna = new Watcher('anna');
  await hub.attach(anna.viewer, [], wanted);
  log.setHosts();
  await expect.poll(() => anna.heard.filter((one) => one.startsWith('slice')).length, soon).toBe(2);
  log.post('backstage', 'more');
  log.post('all', 'end');
  await expect.poll(() => anna.heard.at(-1), soon).toMatch(/^frame all/);
  expect(anna.heard.filter((one) => one.includes('backstage'))).toEqual(['gone backstage']);
});
