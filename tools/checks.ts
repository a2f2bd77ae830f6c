// Owns what `npm run check` checks: types, lint and format, the rules of the house, unused code. All at once, each told by name.
import path from 'node:path';
import { projectRoot } from '#platform/config/environment.ts';
import { runTool } from './launcher/run-tool.ts';
import { addCounts, type Counts, noCounts, runVitest } from './run-vitest.ts';

interface Outcome {
  counts: Counts;
  output: string;
}

/** A check counts only when it fails: passing ones are not tests. */
async function tool(name: string, args: readonly string[], signal: AbortSignal): Promise<Outcome> {
  const { code, output } = await runTool(process.execPath, [path.join(projectRoot, 'node_modules', name), ...args], {
    cwd: projectRoot,
    signal,
  });
  return { counts: { ...noCounts, failed: code === 0 ? 0 : 1 }, output };
}

const checks: { name: string; run: (signal: AbortSignal) => Promise<Outcome> }[] = [
  { name: 'types', run: (signal) => tool('typescript/bin/tsc', ['-p', '.'], signal) },
  { name: 'lint and format', run: (signal) => tool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'], signal) },
  { name: 'rules of the house', run: (signal) => runVitest({ projects: ['repo'], signal, shown: false }) },
  { name: 'unused code', run: (signal) => tool('knip/bin/knip.js', ['--no-progress'], signal) },
];

export async function runChecks(say: (line: string) => void, signal: AbortSignal): Promise<Counts> {
  const counts = await Promise.all(
    checks.map(async ({ name, run }) => {
      const began = Date.now();
      const outcome = await run(signal);
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      if (outcome.counts.failed === 0) say(`✓ ${name} (${seconds} s)`);
      else say(`✗ ${name} (${seconds} s)\n${outcome.output}\n`);
      return outcome.counts;
    }),
  );
  return counts.reduce(addCounts, noCounts);
}
