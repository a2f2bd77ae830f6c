// Invariant: what a viewer folds is exactly the slices of their audiences, over any history, on two servers, with any losses.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { migrate } from '#platform/db/migrate.ts';
import type { TestDatabase } from '#platform/db/test-databases.ts';
import { testDatabases } from '#platform/db/test-databases.ts';
import type { Audience } from '#platform/log/contract.ts';
import type { TestServer } from './live-test-bed.ts';
import { board, boardAudiences, createBoard, post, startServer, system, TestViewer } from './live-test-bed.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const people = 3;
const person = fc.nat({ max: people - 1 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('post' as const), where: fc.constantFrom('all', 'backstage', 'own'), who: person }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('burst' as const), who: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hosts' as const), hosts: fc.uniqueArray(person) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drop' as const), who: person }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('join' as const), who: person, second: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('greet again' as const), who: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 15 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

for (const { name, open } of testDatabases) {
  describe(`viewers on the ${name}`, () => {
    let database: TestDatabase;
    let servers: [TestServer, TestServer];
    beforeAll(async () => {
      database = await open();
      await migrate(database.db);
      servers = [await startServer(database.db), await startServer(database.db)];
    });
    afterAll(async () => {
      await Promise.all(servers.map((server) => server.close()));
      await database.end();
    });

    async function play(steps: readonly Step[]): Promise<void> {
      const [first, second] = servers;
      const stream = await createBoard(database.db, first.log);
      const viewers = Array.from({ length: people }, (_, n) => new TestViewer(randomUUID(), n === 0 ? 'participant' : 'speaker'));
      const viewer = (index: number) => viewers[index] as TestViewer;
      const sent: Promise<unknown>[] = [];
      let texts = 0;
      const say = (audience: Audience) => sent.push(post(texts % 2 ? first.log : second.log, stream, audience, `${texts++}`));
      const act = async (one: Step) => {
        switch (one.do) {
          case 'post':
            return say(one.where === 'own' ? `person:${viewer(one.who).personId}` : (one.where as Audience));
          case 'burst':
            // Beyond the reach of a tail.
            for (let n = 0; n < 520; n++) say('all');
            return;
          case 'hosts': {
            const hosts = one.hosts.map((index) => viewer(index).personId);
            return sent.push(first.log.submit(stream, system, { id: randomUUID(), type: 'board.set-hosts', body: { hosts } }));
          }
          case 'drop':
            return viewer(one.who).drop();
          case 'join':
            viewer(one.who).drop();
            return viewer(one.who).join((one.second ? second : first).url, stream);
          case 'greet again':
            return viewer(one.who).socket && viewer(one.who).hello(stream);
          case 'wait':
            return new Promise((resolve) => setTimeout(resolve, one.ms));
        }
      };
      for (const one of steps) await act(one);
      await Promise.all(sent);
      for (const one of viewers) if (!one.socket) await one.join(first.url, stream);

      const truth = await first.log.read(stream);
      for (const one of viewers) {
        const audiences = boardAudiences(truth?.state ?? {}, { kind: 'person', personId: one.personId, as: one.as });
        const expected = audiences.map((audience) => ({
          audience,
          seq: truth?.heads.get(audience) ?? 0,
          state: truth?.state[audience] ?? board.initialSlice(audience),
        }));
        const folded = () => [...one.slices].map(([audience, { seq, state }]) => ({ audience, seq, state }));
        const sorted = <T extends { audience: string }>(list: T[]) => list.toSorted((a, b) => (a.audience < b.audience ? -1 : 1));
        await expect.poll(() => sorted(folded()), { timeout: 8000, interval: 5 }).toEqual(sorted(expected));
        expect(one.holes).toBe(0);
        one.drop();
      }
    }

    test('hold exactly their slices, without a hole on the way', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => play(steps)),
        { numRuns: 25, endOnFailure: true },
      );
    });
  });
}
