// Owns the command bench: finds the bench that was named and runs it with LiveKit and the web in place. What it measures is bench/'s.
import './launcher/end-with-parent.ts';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { environment, projectRoot } from '#platform/config/environment.ts';
import { HouseError } from './cache.mjs';
import { ensureLivekit } from './launcher/livekit-binary.ts';
import { boundToParent } from './launcher/processes.ts';
import { runTool } from './launcher/run-tool.ts';
import { ensureWeb } from './launcher/web-build.ts';
import { runUntilSignal } from './run-until-signal.ts';

const folder = path.join(projectRoot, 'bench');
const [name = '', ...rest] = process.argv.slice(2);

await runUntilSignal(async (signal, say) => {
  const file = path.join(folder, `${name}.ts`);
  if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
    const known = readdirSync(folder)
      .filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))
      .map((one) => path.basename(one, '.ts'));
    throw new HouseError(`Name one bench: npm run bench -- ${known.join(' | ')}`);
  }
  await ensureLivekit({ say, signal, env: { ...environment() } });
  await ensureWeb({ say, signal });
  const { code } = await runTool(...boundToParent(process.execPath, [file, ...rest], 'TERM'), {
    cwd: projectRoot,
    signal,
    shown: true,
  });
  return code;
});
