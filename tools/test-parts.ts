// Owns which parts of the tests a command line asks for, and which files of each. Running them is test.ts's.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '#platform/config/environment.ts';

export const parts = ['check', 'repo', 'unit', 'flows', 'faults', 'budget', 'browser'] as const;
export type Part = (typeof parts)[number];

/** `filters`: parts of file names; none: all of the part's files. */
export interface WantedPart {
  part: Part;
  filters: readonly string[];
}

const folders = {
  repo: 'tests/repo',
  flows: 'tests/{flows,media-bot}',
  faults: 'tests/{faults,security}',
  browser: 'tests/browser',
  unit: '{session,features,platform,shell,apps,tools,media,bench}',
};
const filesOf = (part: keyof typeof folders): string[] => globSync(`${folders[part]}/**/*.test.{ts,tsx}`, { cwd: projectRoot });
const matches = (file: string, filters: readonly string[]) =>
  filters.length === 0 || filters.some((filter) => file.includes(filter));

/** Its tests ask tests/faults/size.ts how much to do. */
const hasFullSize = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8').includes('tests/faults/size.ts');

/** With `--long`, the fault and security tests, and of the flows those that have a full size. */
export function wantedParts(words: readonly string[]): WantedPart[] {
  const given = words.filter((word) => word !== '--long');
  const named = parts.find((part) => part === given[0]);
  const filters = named ? given.slice(1) : given;
  if (named) return [{ part: named, filters }];
  if (words.includes('--long')) {
    const flows = filesOf('flows').filter((file) => hasFullSize(file) && matches(file, filters));
    const faults = filesOf('faults').some((file) => matches(file, filters));
    return [
      ...(faults ? [{ part: 'faults' as const, filters }] : []),
      ...(flows.length > 0 ? [{ part: 'flows' as const, filters: flows }] : []),
    ];
  }
  // The rules of the house are part of the check.
  if (filters.length === 0)
    return (['check', 'unit', 'flows', 'faults', 'budget', 'browser'] as const).map((part) => ({ part, filters }));
  return (['repo', 'unit', 'flows', 'faults', 'browser'] as const)
    .filter((part) => filesOf(part).some((file) => matches(file, filters)))
    .map((part) => ({ part, filters }));
}
