// Owns the command check: runs the checks and says whether all is well. What they are is checks.ts's.
import './launcher/end-with-parent.ts';
import { runChecks } from './checks.ts';
import { runUntilSignal } from './run-until-signal.ts';

await runUntilSignal(async (signal, say) => {
  const { failed } = await runChecks(say, signal);
  return failed === 0 ? 0 : 1;
});
