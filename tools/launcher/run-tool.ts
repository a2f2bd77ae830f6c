// Owns the running of a tool that ends by itself (go, vite, vitest): its output kept or shown, and it ends with all that it started when we do.
import { type StdioOptions, spawn } from 'node:child_process';
import { signalGroup } from './processes.ts';

export interface ToolResult {
  code: number;
  /** The last words of both outputs. */
  output: string;
}

export interface ToolOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  /** Its output goes to the terminal; otherwise it is kept. */
  shown?: boolean;
}

const keptCharacters = 20_000;

/** Rejects with ENOENT when the command is not there, and with the signal's reason when aborted. */
export function runTool(
  command: string,
  args: readonly string[],
  { cwd, env, signal, shown }: ToolOptions = {},
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stdio: StdioOptions = shown ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, env, detached: true, stdio });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-keptCharacters);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const abort = () => {
      if (!child.pid) return;
      signalGroup(child.pid, 'SIGTERM');
      setTimeout(() => child.exitCode === null && child.pid && signalGroup(child.pid, 'SIGKILL'), 2_000).unref();
    };
    signal?.addEventListener('abort', abort);
    child.on('error', reject);
    child.on('exit', () => signal?.aborted && child.pid && signalGroup(child.pid, 'SIGKILL'));
    child.on('close', (code) => {
      signal?.removeEventListener('abort', abort);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code: code ?? 1, output: output.trim() });
    });
  });
}
