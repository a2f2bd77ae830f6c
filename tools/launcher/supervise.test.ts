// Owns the proof of supervision with true processes: started again, ended in time with all that they started, found when left behind.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { claimDataDir, endLeftover, forget, note, noted } from './pid-files.ts';
import { identify, isRunning, signalGroup } from './processes.ts';
import { type ChildSpec, type Supervised, supervise } from './supervise.ts';

let dataDir: string;
let children: Supervised[];
beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'stagedoor-supervise-'));
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.end()));
  rmSync(dataDir, { recursive: true, force: true });
});

const until = <T>(look: () => T | null | undefined | false) =>
  vi.waitFor(
    () => {
      const seen = look();
      if (!seen) throw new Error('not yet');
      return seen;
    },
    { timeout: 30_000, interval: 20 },
  );

/** A child that writes its pid (and that of a child of its own) and then waits, with `also` run before. */
function start(also = '', spec: Partial<ChildSpec> = {}) {
  const file = path.join(dataDir, 'pids');
  const script = `
    const { spawn } = require('node:child_process');
    ${also}
    const own = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    require('node:fs').writeFileSync(${JSON.stringify(file)}, process.pid + ' ' + own.pid);
    setInterval(() => {}, 1000);`;
  const said: string[] = [];
  const givenUp: string[] = [];
  const child = supervise({
    name: 'child',
    command: process.execPath,
    args: ['-e', script],
    env: process.env,
    cwd: dataDir,
    dataDir,
    endSignals: ['SIGTERM'],
    orphanSignal: 'KILL',
    watchesParent: false,
    say: (line) => said.push(line),
    restartable: () => true,
    onGivenUp: (reason) => givenUp.push(reason),
    ...spec,
  });
  children.push(child);
  const pids = async (not = '') => {
    const text = await until(() => {
      const now = readFileSync(file, { encoding: 'utf8', flag: 'a+' });
      return now !== not && now;
    });
    return { text, pid: Number(text.split(' ')[0]), own: Number(text.split(' ')[1]) };
  };
  return { child, said, givenUp, pids };
}

describe('a supervised child', () => {
  test('is started again when it dies, and what it had started is ended', async () => {
    const { said, pids, child } = start();
    const first = await pids();
    process.kill(first.pid, 'SIGKILL');
    const second = await pids(first.text);
    expect(second.pid).not.toBe(first.pid);
    expect(child.pid).toBe(second.pid);
    await until(() => identify(first.own) === null);
    expect(said).toEqual(['child was ended by SIGKILL; starting it again.']);
  });

  test('ends in order, and nothing is left', async () => {
    const { child, pids, said } = start();
    const { pid, own } = await pids();
    await child.end();
    expect(identify(pid)).toBeNull();
    await until(() => identify(own) === null);
    expect(noted(dataDir, 'child')).toBeNull();
    expect(said).toEqual([]);
  });

  test('is killed when it does not listen, in less than 5 seconds', async () => {
    const { child, pids } = start("process.on('SIGTERM', () => {});");
    const { pid } = await pids();
    const began = Date.now();
    await child.end();
    expect(Date.now() - began).toBeLessThan(4_500);
    expect(identify(pid)).toBeNull();
  });

  test('that waits for its people at the first signal goes at the second', async () => {
    const { child, pids } = start("let asked = 0; process.on('SIGTERM', () => { if (++asked === 2) process.exit(0); });", {
      endSignals: ['SIGTERM', 'SIGTERM'],
    });
    await pids();
    const began = Date.now();
    await child.end();
    expect(Date.now() - began).toBeLessThan(2_900);
  });

  test('that was never of use is not started again', async () => {
    const { givenUp, said, child } = start('process.exit(3);', { restartable: () => false });
    await until(() => givenUp.length > 0);
    expect(givenUp).toEqual(['child ended with code 3']);
    expect(said).toEqual([]);
    expect(child.pid).toBeUndefined();
  });

  test('waits longer and longer between tries', async () => {
    const { said, child } = start('process.exit(1);');
    await until(() => said.length >= 4);
    await child.end();
    expect(said[0]).toBe('child ended with code 1; starting it again.');
    expect(said[3]).toBe('child ended with code 1; starting it again in 1.6 s.');
  });
});

describe('a killed launcher', () => {
  const launcherScript = (orphan: object) => `
    import { supervise } from ${JSON.stringify(path.join(import.meta.dirname, 'supervise.ts'))};
    supervise({ ...${JSON.stringify(orphan)}, env: process.env, say() {}, restartable: () => true, onGivenUp() {} });
    setInterval(() => {}, 1000);`;

  async function killedLauncher(spec: object) {
    const file = path.join(dataDir, 'launcher.ts');
    const common = { name: 'child', command: process.execPath, cwd: dataDir, dataDir, endSignals: ['SIGTERM'] };
    writeFileSync(file, launcherScript({ ...common, ...spec }));
    const launcher = spawn(process.execPath, [file], { stdio: 'inherit' });
    const child = await until(() => noted(dataDir, 'child'));
    return { child, kill: () => launcher.kill('SIGKILL') };
  }

  test('takes even a child along that knows nothing of it, where the system can', async () => {
    if (process.platform !== 'linux') return;
    const { child, kill } = await killedLauncher({
      args: ['-e', 'setInterval(() => {}, 1000)'],
      orphanSignal: 'KILL',
      watchesParent: false,
    });
    expect(isRunning(child)).toBe(true);
    kill();
    await until(() => !isRunning(child));
  });

  test('takes a Node child along, which closes in order', async () => {
    const preload = path.join(import.meta.dirname, 'end-with-parent.ts');
    const closed = path.join(dataDir, 'closed');
    const up = path.join(dataDir, 'up');
    const script = `
      const { writeFileSync } = require('node:fs');
      process.on('SIGTERM', () => { writeFileSync(${JSON.stringify(closed)}, ''); process.exit(); });
      writeFileSync(${JSON.stringify(up)}, '');
      setInterval(() => {}, 1000);`;
    const { child, kill } = await killedLauncher({
      args: ['--import', preload, '-e', script],
      orphanSignal: 'TERM',
      watchesParent: true,
    });
    await until(() => existsSync(up));
    kill();
    await until(() => !isRunning(child));
    expect(readFileSync(closed, 'utf8')).toBe('');
  });
});

describe('a leftover', () => {
  const orphan = async (also = '') => {
    const child = spawn(process.execPath, ['-e', `${also} console.log('up'); setInterval(() => {}, 1000)`], { detached: true });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return child.pid as number;
  };

  test('is found by its pid file and ended', async () => {
    const pid = await orphan();
    note(dataDir, 'child', pid);
    expect(await endLeftover(dataDir, 'child')).toBe(true);
    expect(identify(pid)).toBeNull();
    expect(await endLeftover(dataDir, 'child')).toBe(false);
  });

  test('that does not listen is killed', async () => {
    const pid = await orphan("process.on('SIGTERM', () => {});");
    note(dataDir, 'child', pid);
    expect(await endLeftover(dataDir, 'child', 200)).toBe(true);
    expect(identify(pid)).toBeNull();
  });

  test('whose pid now belongs to another process is left alone', async () => {
    const pid = await orphan();
    note(dataDir, 'child', pid);
    const file = path.join(dataDir, 'run/child.json');
    writeFileSync(file, JSON.stringify({ pid, started: 'long ago' }));
    expect(await endLeftover(dataDir, 'child')).toBe(false);
    expect(identify(pid)).not.toBeNull();
    signalGroup(pid, 'SIGKILL');
  });

  test('whose file is broken is no leftover', async () => {
    mkdirSync(path.join(dataDir, 'run'));
    for (const text of ['', '{', 'null', '{"pid":"x"}']) {
      writeFileSync(path.join(dataDir, 'run/child.json'), text);
      expect(await endLeftover(dataDir, 'child')).toBe(false);
    }
  });
});

describe('one launcher per DATA_DIR', () => {
  test('the second is told which process has it', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    note(dataDir, 'launcher', other.pid as number);
    expect(() => claimDataDir(dataDir)).toThrow(new RegExp(`already runs .*process ${other.pid}[\\s\\S]*DATA_DIR`));
    other.kill('SIGKILL');
    await until(() => identify(other.pid as number) === null);
    const release = claimDataDir(dataDir);
    expect(noted(dataDir, 'launcher')?.pid).toBe(process.pid);
    release();
    expect(noted(dataDir, 'launcher')).toBeNull();
  });

  test('forgetting twice is no error', () => {
    forget(dataDir, 'launcher');
    forget(dataDir, 'launcher');
  });
});
