// Owns F6: the server is killed with everybody connected; how long until they have their state again, and what was lost or doubled.
import type { Target } from './target.ts';

export interface Return {
  /** From the moment the new server answers until 99 of 100 have their state again, the event sent after the start included. */
  ms: number;
  /** From the kill until the new server answered: the start of a process, not of this measure. */
  downMs: number;
  holes: number;
  doubled: number;
  /** Those that do not end at the last event, and commands that never got their answer. */
  behind: number;
}

const before = { perSecond: 20, seconds: 1 };
const retryMs = 10;
const longestMs = 60_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function killUnderLoad(target: Target): Promise<Return> {
  const { listeners } = target;
  for (let sent = 0; sent < before.perSecond * before.seconds; sent++) {
    target.send();
    await pause(1000 / before.perSecond);
  }
  let killedAtMs = 0;
  await target.killAndRestart(() => {
    killedAtMs = performance.now();
  });
  const scout = listeners[0] as Target['listeners'][number];
  while (
    !(await scout.open().then(
      () => true,
      () => false,
    ))
  )
    await pause(retryMs);
  const answeredAtMs = performance.now();
  const upToDateAtMs = listeners.map(() => Number.POSITIVE_INFINITY);
  upToDateAtMs[0] = answeredAtMs;
  target.onEvent = (listener, _seq, atMs) => {
    upToDateAtMs[listener] = atMs;
  };
  // What was sent and not answered is sent again, by the same person; then one event more, which all must get.
  const again = [...target.unanswered.values()];
  const returned = listeners.slice(1).map(async (listener, index) => {
    await listener.open();
    upToDateAtMs[index + 1] = Math.min(upToDateAtMs[index + 1] as number, performance.now());
  });
  await Promise.all(returned);
  for (const sendAgain of again) sendAgain();
  const deadline = performance.now() + longestMs;
  const sorted = () => [...upToDateAtMs].sort((one, other) => one - other);
  const ms = (sorted()[Math.floor(listeners.length * 0.99)] as number) - answeredAtMs;
  target.send();
  const head = () => Math.max(...listeners.map(({ seq }) => seq ?? 0));
  let stableSinceMs = performance.now();
  let last = -1;
  // Counted in the turn of the last look: presence too makes events, and one may be on its way to some of them a moment later.
  while (performance.now() < deadline) {
    if (head() !== last || listeners.some(({ seq }) => seq !== last)) stableSinceMs = performance.now();
    else if (performance.now() - stableSinceMs >= 1000) break;
    last = head();
    await pause(50);
  }
  target.onEvent = () => undefined;
  return {
    ms,
    downMs: answeredAtMs - killedAtMs,
    holes: listeners.reduce((sum, one) => sum + one.holes, 0),
    doubled: listeners.reduce((sum, one) => sum + one.doubled, 0),
    behind: listeners.filter(({ seq }) => seq !== head()).length,
  };
}
