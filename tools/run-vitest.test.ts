// Owns the proof that no failure gets lost on the way to the closing line.
import { expect, test } from 'vitest';
import { countReport } from './run-vitest.ts';

const report = (passed: number, failed: number, files: { status: string; assertionResults: unknown[] }[] = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: files,
});

test('passed and failed tests are counted', () => {
  expect(countReport(report(3, 0), 0)).toEqual({ passed: 3, failed: 0, skipped: 0 });
  expect(countReport(report(3, 2, [{ status: 'failed', assertionResults: [1] }]), 1)).toEqual({
    passed: 3,
    failed: 2,
    skipped: 0,
  });
});

test('a file that could not be loaded counts as failed', () => {
  expect(countReport(report(3, 0, [{ status: 'failed', assertionResults: [] }]), 1).failed).toBe(1);
});

test('an error outside of any test counts as failed', () => {
  expect(countReport(report(3, 0, [{ status: 'passed', assertionResults: [1] }]), 1).failed).toBe(1);
});
