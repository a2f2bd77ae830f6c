// Owns how tests are found and run: one project for each part that `npm test` names, two for the flows: those of bots have the machine to themselves. What each part proves is CONTRIBUTING.md's.
import { defineConfig } from 'vitest/config';
import { sized } from '#tests/faults/size.ts';

const source = ['session', 'features', 'platform', 'shell', 'apps', 'tools', 'media', 'bench'];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        // Long, because tests wait for states: only one that would wait for ever is to end by time.
        test: {
          name: 'unit',
          include: source.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
          testTimeout: 60_000,
          hookTimeout: 120_000,
          globalSetup: ['tests/flows/postgres.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'repo', include: ['tests/repo/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'flows',
          include: ['tests/flows/**/*.test.ts'],
          testTimeout: sized({ ci: 180_000, long: 900_000 }),
          hookTimeout: 180_000,
          globalSetup: ['tests/flows/postgres.ts'],
        },
      },
      {
        extends: true,
        // One at a time, and not beside the flows: what bots hear in time says something only while they have the machine's cores.
        test: {
          name: 'media',
          include: ['tests/media-bot/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: sized({ ci: 180_000, long: 900_000 }),
          hookTimeout: 180_000,
          globalSetup: ['tests/flows/postgres.ts'],
        },
      },
      {
        extends: true,
        // One at a time: what breaks things on purpose must not break a neighbour's test.
        test: {
          name: 'faults',
          include: ['tests/{faults,security}/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: sized({ ci: 600_000, long: 3_600_000 }),
          hookTimeout: 180_000,
          globalSetup: ['tests/flows/postgres.ts'],
        },
      },
      {
        extends: true,
        // One at a time: each journey needs the machine's cores for its browsers and for LiveKit.
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
