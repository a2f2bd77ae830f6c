// Owns the life of one child process: started, started again when it dies, ended with everything that it started. Knows nothing of what it runs.
import { type ChildProcess, spawn } from 'node:child_process';
import { forget, note } from './pid-files.ts';
import { boundToParent, signalGroup } from './processes.ts';

export interface ChildSpec {
  /** Also the name of its pid file. */
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  dataDir: string;
  /** Asks it to end, one after the other; after that it is killed. */
  endSignals: readonly NodeJS.Signals[];
  /** What it gets when the launcher was killed and could not end it. */
  orphanSignal: 'TERM' | 'KILL';
  /** A Node process that loads end-with-parent.ts: the same promise where the system has no signal for it. */
  watchesParent: boolean;
  say: (line: string) => void;
  /** Asked when it ends by itself: false gives up. Before it was ever of use, another try would end the same way. */
  restartable: () => boolean;
  onGivenUp: (reason: string) => void;
}

export interface Supervised {
  readonly pid: number | undefined;
  /** Resolves when neither it nor anything that it started runs. */
  end(): Promise<void>;
}

type State = { is: 'running'; child: ChildProcess; since: number } | { is: 'waiting'; timer: NodeJS.Timeout } | { is: 'ended' };

const firstWaitMs = 200;
const longestWaitMs = 10_000;
/** Who ran this long was healthy: its next death is a new story. */
const healthyMs = 10_000;
const betweenSignalsMs = 300;
export const patienceMs = 3_000;

const manner = (code: number | null, signal: NodeJS.Signals | null) =>
  signal ? `was ended by ${signal}` : `ended with code ${code}`;

export function supervise(spec: ChildSpec): Supervised {
  let waitMs = firstWaitMs;
  let state: State = start();

  function start(): State {
    const [command, args] = boundToParent(spec.command, spec.args, spec.orphanSignal);
    // Its own group: Ctrl-C reaches the launcher only, which then ends all in order.
    const child = spawn(command, args, {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: spec.watchesParent ? ['ignore', 'inherit', 'inherit', 'ipc'] : ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', (error) => giveUp(`could not be started: ${error.message}`));
    child.on('exit', (code, signal) => died(child, manner(code, signal)));
    if (child.pid) note(spec.dataDir, spec.name, child.pid);
    return { is: 'running', child, since: Date.now() };
  }

  function giveUp(reason: string): void {
    if (state.is === 'ended') return;
    state = { is: 'ended' };
    spec.onGivenUp(`${spec.name} ${reason}`);
  }

  function died(child: ChildProcess, how: string): void {
    if (child.pid) signalGroup(child.pid, 'SIGKILL');
    forget(spec.dataDir, spec.name);
    if (state.is !== 'running' || state.child !== child) return;
    if (!spec.restartable()) {
      giveUp(how);
      return;
    }
    if (Date.now() - state.since > healthyMs) waitMs = firstWaitMs;
    spec.say(`${spec.name} ${how}; starting it again${waitMs > 1_000 ? ` in ${waitMs / 1_000} s` : ''}.`);
    const timer = setTimeout(() => {
      state = start();
    }, waitMs);
    state = { is: 'waiting', timer };
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }

  return {
    get pid() {
      return state.is === 'running' ? state.child.pid : undefined;
    },
    async end() {
      const before = state;
      state = { is: 'ended' };
      if (before.is === 'waiting') clearTimeout(before.timer);
      if (before.is === 'running') await endChild(before.child, spec.endSignals);
      forget(spec.dataDir, spec.name);
    },
  };
}

async function endChild(child: ChildProcess, signals: readonly NodeJS.Signals[]): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const timers = signals.map((signal, index) => setTimeout(() => signalGroup(pid, signal), index * betweenSignalsMs));
  timers.push(setTimeout(() => signalGroup(pid, 'SIGKILL'), patienceMs));
  await gone;
  for (const timer of timers) clearTimeout(timer);
}
