// Owns how every tool ends: on Ctrl-C and SIGTERM in order, on an expected failure with its message, otherwise with a stack.
import { ConfigError } from '#platform/config/problems.ts';
import { HouseError } from './cache.mjs';

const lastResortMs = 4_500;

/** Exits the process with the answer of `work`, when it is there; `work` ends early and cleans up when its signal is aborted. */
export async function runUntilSignal(
  work: (signal: AbortSignal, say: (line: string) => void) => Promise<number>,
): Promise<never> {
  const say = (line: string) => console.log(line);
  const abort = new AbortController();
  const onSignal = () => {
    if (abort.signal.aborted) return;
    abort.abort(new HouseError('Ended.'));
    setTimeout(() => process.exit(1), lastResortMs).unref();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  try {
    process.exit(await work(abort.signal, say));
  } catch (error) {
    if (abort.signal.aborted) process.exit(130);
    say(
      error instanceof HouseError || error instanceof ConfigError
        ? `\n${error.message}`
        : String((error as Error)?.stack ?? error),
    );
    process.exit(1);
  }
}
