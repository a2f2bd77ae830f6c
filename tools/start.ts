// Owns the commands start, serve and dev: what they print, and how they end. What happens in between is launcher/launch.ts's.
import './launcher/end-with-parent.ts';
import type { Config } from '#platform/config/contract.ts';
import { environment } from '#platform/config/environment.ts';
import { launch } from './launcher/launch.ts';
import { runUntilSignal } from './run-until-signal.ts';

const modes: readonly Config['mode'][] = ['start', 'serve', 'dev'];
const mode = modes.find((one) => one === process.argv[2]) ?? 'start';

await runUntilSignal(async (signal, say) => {
  await launch({ mode, env: environment(), say, signal });
  return 0;
});
