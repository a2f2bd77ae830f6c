// Owns telling LiveKit's library for Node to keep its log to itself. It hands every line of every level to JavaScript, where it is dropped:
// forty thousand in ten seconds from six people who move, so that their process stands still for seconds and answers nothing.
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { AudioSource } from '@livekit/rtc-node';

interface Bindings {
  livekitInitialize(tell: (event: Uint8Array) => void, captureLogs: boolean, version: string): void;
  FfiEvent: { fromBinary(bytes: Uint8Array): unknown };
}

let isQuiet = false;

/** The library has no switch for it: what it has set up is set up once more, with the same receiver and without the log. */
export function keepLivekitQuiet(): void {
  if (isQuiet) return;
  isQuiet = true;
  // What it does not hand over, it writes to the terminal.
  process.env.RUST_LOG ??= 'off';
  // The receiver is made at the first use of anything.
  void new AudioSource(16_000, 1).close();
  const receiver = (globalThis as { _ffiClientInstance?: EventEmitter })._ffiClientInstance;
  if (!receiver) throw new Error('LiveKit’s library has its receiver elsewhere by now');
  const theirs = createRequire(import.meta.resolve('@livekit/rtc-node'));
  const { livekitInitialize, FfiEvent } = theirs('@livekit/rtc-ffi-bindings') as Bindings;
  livekitInitialize((bytes) => void receiver.emit('ffi_event', FfiEvent.fromBinary(bytes)), false, 'stagedoor');
}
