// Owns who reads PDFs when: a few processes at once, each with limits of time and memory, ended with whatever they hold.
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '#platform/config/environment.ts';
import type { PageOrder, ReadingAnswer, ReadingOrder, Unreadable } from './reading-protocol.ts';

export type ReadPdf = { pages: number; aspect: number } | { unreadable: Unreadable | 'too-slow' };

export interface ReaderLimits {
  inspectMs: number;
  drawMs: number;
  /** For one page. */
  drawPageMs: number;
  /** Of the whole process, decoded pictures included. */
  memoryBytes: number;
  /** How many are inspected at once; small pictures are drawn for one deck at a time. */
  atOnce: number;
}
const usual: ReaderLimits = { inspectMs: 20_000, drawMs: 180_000, drawPageMs: 15_000, memoryBytes: 768 * 1024 * 1024, atOnce: 2 };
const heapMegabytes = 512;
const memoryEveryMs = 50;
export const thumbnailWidth = 240;
const modules = join(projectRoot, 'node_modules');
/** As it is named, and where it really is. */
const libraries = [modules, realpathSync(modules)];

export interface PdfReader {
  inspect(path: string, maxPages: number): Promise<ReadPdf>;
  /** Draws in small the page that `next` names, and again, until it names none (`over`) or a limit is met (`cut`). */
  drawPages(path: string, pages: PagesToDraw): Promise<'over' | 'cut' | 'unreadable' | 'closed'>;
  close(): void;
}
export interface PagesToDraw {
  next(): number | null;
  /** Null: it can't be drawn. */
  onPage(page: number, picture: Uint8Array | null): void;
}

export function createPdfReader(limits: Partial<ReaderLimits> = {}): PdfReader {
  const { inspectMs, drawMs, drawPageMs, memoryBytes, atOnce } = { ...usual, ...limits };
  const running = new Set<ChildProcess>();
  const inspecting = createTurns(atOnce);
  const drawing = createTurns(1);
  let closed = false;
  const run = async (order: ReadingOrder, ms: number, stepMs: number, onAnswer: Run['onAnswer']) =>
    closed ? 'limit' : runOne({ order, ms, stepMs, memoryBytes, running, onAnswer });

  return {
    inspect: (path, maxPages) =>
      inspecting(async () => {
        let read: ReadPdf | null = null;
        const end = await run({ kind: 'inspect', path, maxPages }, inspectMs, inspectMs, (answer) => {
          if (answer.kind === 'read') read = { pages: answer.pages, aspect: answer.aspect };
          if (answer.kind === 'unreadable') read = { unreadable: answer.why };
          return read === null ? null : 'over';
        });
        return read ?? { unreadable: end === 'limit' ? 'too-slow' : 'damaged' };
      }),
    drawPages: (path, { next, onPage }) =>
      drawing(async () => {
        let how: 'over' | 'cut' | 'unreadable' = 'cut';
        await run({ kind: 'draw', path, width: thumbnailWidth }, drawMs, drawPageMs, (answer) => {
          if (answer.kind === 'unreadable') how = 'unreadable';
          if (answer.kind === 'thumbnail') onPage(answer.page, answer.picture);
          const page = how === 'cut' ? next() : null;
          if (page !== null) return { kind: 'page', page };
          if (how === 'cut') how = 'over';
          return 'over';
        });
        return closed ? 'closed' : how;
      }),
    close() {
      closed = true;
      for (const one of running) one.kill('SIGKILL');
    },
  };
}

/** At most `most` at once; the others wait in the order in which they came. */
function createTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy--;
    }
  };
}

interface Run {
  order: ReadingOrder;
  ms: number;
  /** From one answer to the next. */
  stepMs: number;
  memoryBytes: number;
  running: Set<ChildProcess>;
  /** `over`: that was all. Else what it is to do next, if it does not know. */
  onAnswer(answer: ReadingAnswer): PageOrder | 'over' | null;
}

/** Resolves when the process is gone: `limit` when it was ended for time or memory. */
function runOne({ order, ms, stepMs, memoryBytes, running, onAnswer }: Run): Promise<'ended' | 'limit'> {
  const { execPath, execArgv } = command(order.path, ms);
  const child = fork(new URL('./reading-process.ts', import.meta.url), [], {
    execPath,
    execArgv,
    // It knows none of the server's secrets.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  running.add(child);
  return new Promise((resolve) => {
    let limited = false;
    const end = () => child.kill('SIGKILL');
    const endAtLimit = () => {
      limited = true;
      end();
    };
    const clock = setTimeout(endAtLimit, ms);
    const step = setTimeout(endAtLimit, stepMs);
    const scale = setInterval(() => {
      residentBytes(child.pid).then((bytes) => {
        if (bytes > memoryBytes) endAtLimit();
      });
    }, memoryEveryMs);
    const over = () => {
      clearTimeout(clock);
      clearTimeout(step);
      clearInterval(scale);
      running.delete(child);
      resolve(limited ? 'limit' : 'ended');
    };
    child.on('message', (answer: ReadingAnswer) => {
      step.refresh();
      const next = answer.kind === 'ready' ? order : onAnswer(answer);
      if (next === 'over') end();
      else if (next) child.send(next, () => undefined);
    });
    child.once('error', over);
    child.once('exit', over);
  });
}

/** It reads its own code and this one file. It writes nothing and starts nothing. */
function command(path: string, ms: number): { execPath: string; execArgv: string[] } {
  const readable = [import.meta.dirname, join(projectRoot, 'package.json'), path, ...libraries];
  const flags = [
    '--permission',
    '--allow-addons',
    ...readable.map((one) => `--allow-fs-read=${one}`),
    `--max-old-space-size=${heapMegabytes}`,
    '--no-warnings',
  ];
  if (process.platform === 'win32') return { execPath: process.execPath, execArgv: flags };
  // Should this server be killed, nobody is left to end a process that never looks up from its work: the system does.
  const seconds = Math.ceil(ms / 1000) + 5;
  return { execPath: '/bin/sh', execArgv: ['-c', `ulimit -t ${seconds}; exec "$0" "$@"`, process.execPath, ...flags] };
}

const pageBytes = 4096;

/** What the process holds in memory, where the system tells (Linux). Elsewhere the heap's own limit and the time must do. */
async function residentBytes(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(text.split(' ')[1] ?? 0) * pageBytes;
}
