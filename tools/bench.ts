// Owns the command bench: finds the benches that were named, or all, and runs them with LiveKit and the web in place. What they measure is bench/'s.
import './launcher/end-with-parent.ts';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { environment, projectRoot } from '#platform/config/environment.ts';
import { HouseError } from './cache.mjs';
import { ensureLivekit } from './launcher/livekit-binary.ts';
import { boundToParent } from './launcher/processes.ts';
import { runTool } from './launcher/run-tool.ts';
import { ensureWeb } from './launcher/web-build.ts';
import { runUntilSignal } from './run-until-signal.ts';

const folder = path.join(projectRoot, 'bench');
const known = readdirSync(folder)
  .filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))
  .map((one) => path.basename(one, '.ts'));

const given = process.argv.slice(2);
const firstOption = given.findIndex((word) => word.startsWith('-'));
/** Only what is counted, as the tests do. */
const onlyBudget = given.includes('--budget');
const named = onlyBudget ? ['budget'] : firstOption < 0 ? given : given.slice(0, firstOption);
const options = onlyBudget || firstOption < 0 ? [] : given.slice(firstOption);

await runUntilSignal(async (signal, say) => {
  const strange = named.filter((name) => !known.includes(name));
  if (strange.length > 0) throw new HouseError(`There is no bench ${strange.join(', ')}: npm run bench -- ${known.join(' | ')}`);
  if (!onlyBudget) await ensureLivekit({ say, signal, env: { ...environment() } });
  await ensureWeb({ say, signal });
  for (const name of named.length > 0 ? named : known) {
    const { code } = await runTool(...boundToParent(process.execPath, [path.join(folder, `${name}.ts`), ...options], 'TERM'), {
      cwd: projectRoot,
      signal,
      shown: true,
    });
    if (code !== 0) return code;
  }
  return 0;
});
