// Owns one person of the crowd: a WebSocket client on a bare TCP socket, as cheap as can be, so that the server and not the crowd is measured.
// It counts events, and notices every hole and every double; it folds nothing.
import type { Socket } from 'node:net';
import { connect } from 'node:net';

export interface ListenerWish {
  port: number;
  path: string;
  headers: Record<string, string>;
  /** What is said first; `have` is the last number of audience `all` that is known, null for none. */
  hello: (have: number | null) => string;
  /** Each event of audience `all`: its number, and when its bytes were read. */
  onEvent: (seq: number, atMs: number) => void;
  onAnswer?: (message: { t: string; id: string }) => void;
  onLost?: () => void;
}

const text = 0x1;
const close = 0x8;
const ping = 0x9;
/** A mask of zeros changes nothing. */
const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);
const frameStart = Buffer.from('{"t":"frame","audience":"all","from":');
const sliceStart = Buffer.from('{"t":"slice","audience":"all","seq":');
const digitZero = 0x30;
const digitNine = 0x39;
const nothing = Buffer.alloc(0);
/** All sockets of this process are read into it, one after the other. */
const sharedBuffer = Buffer.allocUnsafeSlow(256 * 1024);

export class Listener {
  /** Number of the last event of audience `all`; null before its state came. */
  seq: number | null = null;
  bytes = 0;
  holes = 0;
  doubled = 0;
  private readonly wish: ListenerWish;
  private socket: Socket | null = null;
  private rest: Buffer = nothing;
  private upgraded = false;
  private onState: (() => void) | null = null;

  constructor(wish: ListenerWish) {
    this.wish = wish;
  }

  /** Resolves when the server has brought it up to date: a slice, a tail, or a welcome when nothing is missing. */
  open(): Promise<void> {
    this.upgraded = false;
    this.rest = nothing;
    return new Promise((resolve, reject) => {
      this.onState = resolve;
      const { port, path, headers } = this.wish;
      const socket = connect({
        port,
        host: '127.0.0.1',
        onread: { buffer: sharedBuffer, callback: (length) => this.onRead(sharedBuffer.subarray(0, length)) },
      });
      this.socket = socket;
      socket.setNoDelay();
      socket.on('error', reject);
      socket.on('close', () => {
        if (this.socket !== socket) return;
        this.socket = null;
        reject(new Error('The socket was closed'));
        this.wish.onLost?.();
      });
      const lines = Object.entries({
        host: `127.0.0.1:${port}`,
        upgrade: 'websocket',
        connection: 'Upgrade',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'c3RhZ2Vkb29yLWJlbmNoIQ==',
        ...headers,
      }).map(([name, value]) => `${name}: ${value}`);
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    });
  }

  say(words: string): void {
    const length = Buffer.byteLength(words);
    const header =
      length < 126
        ? Buffer.from([0x81, 0x80 | length, 0, 0, 0, 0])
        : Buffer.from([0x81, 0xfe, length >> 8, length & 255, 0, 0, 0, 0]);
    this.socket?.write(Buffer.concat([header, Buffer.from(words)]));
  }

  /** Leaves without a word. */
  drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.destroy();
  }

  private onRead(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    const data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const used = this.upgraded ? this.readFrames(data, 0) : this.readUpgrade(data);
    this.rest = used < data.length ? Buffer.from(data.subarray(used)) : nothing;
    return true;
  }

  private readUpgrade(data: Buffer): number {
    const end = data.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    if (!data.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) {
      this.socket?.destroy();
      return data.length;
    }
    this.upgraded = true;
    this.say(this.wish.hello(this.seq));
    return this.readFrames(data, end + 4);
  }

  private readFrames(data: Buffer, from: number): number {
    let at = from;
    while (data.length - at >= 2) {
      const short = (data[at + 1] as number) & 0x7f;
      const headerLength = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length - at < headerLength) break;
      const length = short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
      const begin = at + headerLength;
      if (data.length - begin < length) break;
      this.onFrame((data[at] as number) & 0x0f, data, begin, begin + length);
      at = begin + length;
    }
    return at;
  }

  private onFrame(opcode: number, data: Buffer, begin: number, end: number): void {
    if (opcode === ping) this.socket?.write(pong);
    if (opcode === close) this.socket?.destroy();
    if (opcode !== text) return;
    if (startsWith(data, begin, frameStart)) this.onEvents(data, begin + frameStart.length);
    else if (startsWith(data, begin, sliceStart)) {
      this.seq = readNumber(data, begin + sliceStart.length).value;
      this.upToDate();
    } else if (data[begin + 6] === 'w'.charCodeAt(0)) {
      // Where nothing is missing, nothing more comes.
      if (this.seq !== null) this.upToDate();
    } else if (this.wish.onAnswer && ['a', 'r'].includes(String.fromCharCode(data[begin + 6] as number))) {
      this.wish.onAnswer(JSON.parse(data.toString('utf8', begin, end)));
    }
  }

  private onEvents(data: Buffer, at: number): void {
    const first = readNumber(data, at);
    const last = readNumber(data, first.end + ',"to":'.length);
    const known = this.seq ?? first.value - 1;
    if (first.value > known + 1) this.holes++;
    if (first.value <= known) this.doubled += Math.min(known, last.value) - first.value + 1;
    this.seq = Math.max(known, last.value);
    const now = performance.now();
    for (let seq = Math.max(first.value, known + 1); seq <= last.value; seq++) this.wish.onEvent(seq, now);
    this.upToDate();
  }

  private upToDate(): void {
    this.onState?.();
    this.onState = null;
  }
}

function startsWith(data: Buffer, at: number, start: Buffer): boolean {
  return data.compare(start, 0, start.length, at, Math.min(at + start.length, data.length)) === 0;
}

function readNumber(data: Buffer, from: number): { value: number; end: number } {
  let value = 0;
  let end = from;
  for (let digit = data[end]; digit !== undefined && digit >= digitZero && digit <= digitNine; digit = data[++end])
    value = value * 10 + digit - digitZero;
  return { value, end };
}
