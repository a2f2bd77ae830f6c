// Owns the running of Vitest's projects and the counting of what came out. Which projects there are is vitest.config.ts's.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '#platform/config/environment.ts';
import { boundToParent } from './launcher/processes.ts';
import { runTool } from './launcher/run-tool.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 };
export const addCounts = (one: Counts, other: Counts): Counts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** A file that could not be loaded, and an error outside of any test, each count as one that failed. */
export function countReport(report: Report, code: number): Counts {
  const unloadable = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = report.numFailedTests + unloadable;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

export interface VitestRun {
  projects: readonly string[];
  /** Parts of file names. */
  filters?: readonly string[];
  signal: AbortSignal;
  shown: boolean;
}

export async function runVitest({
  projects,
  filters = [],
  signal,
  shown,
}: VitestRun): Promise<{ counts: Counts; output: string }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'stagedoor-report-'));
  const report = path.join(folder, 'report.json');
  const args = [
    path.join(projectRoot, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--passWithNoTests',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ];
  try {
    const { code, output } = await runTool(...boundToParent(process.execPath, args, 'TERM'), { cwd: projectRoot, signal, shown });
    const text = await readFile(report, 'utf8').catch(() => null);
    const counts = text === null ? { ...noCounts, failed: code === 0 ? 0 : 1 } : countReport(JSON.parse(text) as Report, code);
    return { counts, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
