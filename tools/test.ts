// Owns the command test: the parts in their order, what each needs beforehand, and the closing line. How one part runs is run-vitest.ts's.
import './launcher/end-with-parent.ts';
import { globSync } from 'node:fs';
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

const parts = ['check', 'repo', 'unit', 'flows', 'faults', 'budget', 'browser'] as const;
type Part = (typeof parts)[number];

const words = process.argv.slice(2);
/** The fault and security tests do all of their work, not a part of it (tests/faults/size.ts). The children inherit it. */
if (words.includes('--long')) process.env.TEST_SIZE = 'long';
const given = words.filter((word) => word !== '--long');
const named = parts.find((part) => part === given[0]);
const filters = named ? given.slice(1) : given;

/** With a filter, only the parts that have a file of that name. The rules of the house are part of the check. */
function wantedParts(): readonly Part[] {
  if (named) return [named];
  if (filters.length === 0) return ['check', 'unit', 'flows', 'faults', 'budget', 'browser'];
  const files = {
    repo: 'tests/repo',
    flows: 'tests/{flows,media-bot}',
    faults: 'tests/{faults,security}',
    browser: 'tests/browser',
    unit: '{session,features,platform,shell,apps,tools,media,bench}',
  };
  return (['repo', 'unit', 'flows', 'faults', 'browser'] as const).filter((part) =>
    globSync(`${files[part]}/**/*.test.{ts,tsx}`, { cwd: projectRoot }).some((file) =>
      filters.some((filter) => file.includes(filter)),
    ),
  );
}

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

async function runPart(part: Part, say: (line: string) => void, signal: AbortSignal): Promise<Counts> {
  if (part === 'check') return runChecks(say, signal);
  if (part === 'budget') return runBudget(say, signal);
  if (part === 'faults' || part === 'browser') await ensureBrowserTools(say, signal);
  if (part === 'unit' || part === 'flows' || part === 'faults') await ensurePostgres(say, signal);
  if (part === 'flows' || part === 'faults' || part === 'browser') {
    await ensureLivekit({ say, signal, env: { ...environment() } });
    await ensureWeb({ say, signal });
  }
  return (await runVitest({ projects: [part], filters, signal, shown: true })).counts;
}

await runUntilSignal(async (signal, say) => {
  let counts = noCounts;
  for (const part of wantedParts()) {
    say(`\n── ${part} ──`);
    try {
      counts = addCounts(counts, await runPart(part, say, signal));
    } catch (error) {
      // What a part needs could not be had: the others still tell something.
      if (signal.aborted) throw error;
      say((error as Error).message);
      counts = addCounts(counts, { ...noCounts, failed: 1 });
    }
  }
  const { passed, failed, skipped } = counts;
  if (passed + failed === 0 && named !== 'check') say(`No test matches ${filters.join(' ')}.`);
  say(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 || (passed === 0 && named !== 'check') ? 1 : 0;
});
