// Owns the command test: what each part needs beforehand, and the closing line. Which parts: test-parts.ts; how one runs: run-vitest.ts.
import './launcher/end-with-parent.ts';
import { environment, projectRoot } from '#platform/config/environment.ts';
import { ensureBrowserTools } from './browser-tools.ts';
import { runChecks } from './checks.ts';
import { ensureLivekit } from './launcher/livekit-binary.ts';
import { boundToParent } from './launcher/processes.ts';
import { runTool } from './launcher/run-tool.ts';
import { ensureWeb } from './launcher/web-build.ts';
import { ensurePostgres } from './postgres-tools.ts';
import { runUntilSignal } from './run-until-signal.ts';
import { addCounts, type Counts, noCounts, runVitest } from './run-vitest.ts';
import type { WantedPart } from './test-parts.ts';
import { wantedParts } from './test-parts.ts';

const words = process.argv.slice(2);
/** Tests that have a full size do all of their work, not a part of it (tests/faults/size.ts). The children inherit it. */
if (words.includes('--long')) process.env.TEST_SIZE = 'long';
const wanted = wantedParts(words);

/** What can be counted, against its limits: one test. */
async function runBudget(say: (line: string) => void, signal: AbortSignal): Promise<Counts> {
  await ensureWeb({ say, signal });
  const { code } = await runTool(...boundToParent(process.execPath, ['bench/budget.ts'], 'TERM'), {
    cwd: projectRoot,
    signal,
    shown: true,
  });
  return { ...noCounts, [code === 0 ? 'passed' : 'failed']: 1 };
}

async function runPart({ part, filters }: WantedPart, say: (line: string) => void, signal: AbortSignal): Promise<Counts> {
  if (part === 'check') return runChecks(say, signal);
  if (part === 'budget') return runBudget(say, signal);
  if (part === 'faults' || part === 'browser') await ensureBrowserTools(say, signal);
  if (part === 'unit' || part === 'flows' || part === 'faults') await ensurePostgres(say, signal);
  if (part === 'flows' || part === 'faults' || part === 'browser') {
    await ensureLivekit({ say, signal, env: { ...environment() } });
    await ensureWeb({ say, signal });
  }
  const projects = part === 'flows' ? ['flows', 'media'] : [part];
  return (await runVitest({ projects, filters, signal, shown: true })).counts;
}

await runUntilSignal(async (signal, say) => {
  let counts = noCounts;
  for (const one of wanted) {
    say(`\n── ${one.part} ──`);
    try {
      counts = addCounts(counts, await runPart(one, say, signal));
    } catch (error) {
      // What a part needs could not be had: the others still tell something.
      if (signal.aborted) throw error;
      say((error as Error).message);
      counts = addCounts(counts, { ...noCounts, failed: 1 });
    }
  }
  const { passed, failed, skipped } = counts;
  const isOnlyCheck = wanted.length === 1 && wanted[0]?.part === 'check';
  if (passed + failed === 0 && !isOnlyCheck) say(`No test matches ${words.join(' ')}.`);
  say(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 || (passed === 0 && !isOnlyCheck) ? 1 : 0;
});
