// Owns where the tests get a PostgreSQL server from: what is installed, or Debian's package when we may install it. Running one is tests/flows/postgres.ts's.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isDebian } from './browser-tools.ts';
import { HouseError, needSpace } from './cache.mjs';
import { runTool } from './launcher/run-tool.ts';

const debiansFolder = '/usr/lib/postgresql';

function debiansNewest(): string[] {
  if (!existsSync(debiansFolder)) return [];
  const versions = readdirSync(debiansFolder).filter((name) => Number(name) >= 15);
  return versions.sort((one, other) => Number(other) - Number(one)).map((version) => path.join(debiansFolder, version, 'bin'));
}

/** The folder with PostgreSQL's own programs, or null. Debian keeps them off PATH. */
export function findPostgres(): string | null {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const complete = (folder: string) => ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name)));
  return [...debiansNewest(), ...onPath].find(complete) ?? null;
}

/** Installs PostgreSQL where it is missing and we may. Elsewhere the tests say what they leave out. */
export async function ensurePostgres(say: (line: string) => void, signal: AbortSignal): Promise<void> {
  if (process.env.TEST_DATABASE_URL || findPostgres() || !isDebian() || process.getuid?.() !== 0) return;
  await needSpace('/usr', 300, 'installing postgresql');
  say('Flow tests: installing postgresql with apt-get (about a minute, once)…');
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'postgresql']]) {
    const { code, output } = await runTool('apt-get', args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      signal,
    });
    if (code !== 0)
      throw new HouseError(
        `${output}\n\napt-get ${args[0]} failed; its own words are above. Install PostgreSQL 15 or newer, or set TEST_DATABASE_URL.`,
      );
  }
}
