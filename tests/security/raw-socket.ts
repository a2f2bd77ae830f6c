// Owns a WebSocket client without manners: it masks, splits and breaks frames as it is told, and sees every byte that comes back.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { liveSocketPath } from '#platform/live/protocol.ts';

export interface RawFrame {
  payload: Buffer;
  /** 1 text, 2 binary, 0 continuation, 8 close, 9 ping, 10 pong; the others mean nothing. */
  opcode?: number;
  fin?: boolean;
  /** Reserved bits; the first says "compressed", which nobody agreed on. */
  rsv?: number;
  masked?: boolean;
  /** What the frame says of its length, whatever it has. */
  claimedLength?: number;
}

export function frameBytes({ payload, opcode = 1, fin = true, rsv = 0, masked = true, claimedLength }: RawFrame): Buffer {
  const length = claimedLength ?? payload.length;
  const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode];
  const mask = masked ? 0x80 : 0;
  if (length < 126) head.push(mask | length);
  else if (length < 65_536) head.push(mask | 126, length >> 8, length & 255);
  else {
    const wide = Buffer.alloc(8);
    wide.writeBigUInt64BE(BigInt(length));
    head.push(mask | 127, ...wide);
  }
  if (!masked) return Buffer.concat([Buffer.from(head), payload]);
  const key = randomBytes(4);
  return Buffer.concat([Buffer.from(head), key, payload.map((byte, at) => byte ^ (key[at % 4] as number))]);
}

const answer = /^\{"t":"(ack|refused|pong|welcome)"/;

export interface Heard {
  opcode: number;
  payload: Buffer;
}

export class RawSocket {
  /** Answers to what we said; what others cause is not kept. */
  readonly heard: Heard[] = [];
  closed = false;
  /** Of the server's close frame; 0 where it sent none. */
  closeCode = 0;
  private readonly socket: Socket;
  private bytes: Buffer = Buffer.alloc(0);
  private readonly watchers = new Set<() => void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.changed();
    });
  }

  static async open(port: number, headers: Record<string, string>): Promise<RawSocket> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const lines = Object.entries({
      host: `127.0.0.1:${port}`,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}`);
    socket.write([`GET ${liveSocketPath} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    let answer: Buffer = Buffer.alloc(0);
    while (!answer.includes('\r\n\r\n')) {
      const [chunk] = (await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [null])])) as [Buffer | null];
      if (!chunk) throw new Error('The handshake was refused');
      answer = Buffer.concat([answer, chunk]);
    }
    const end = answer.indexOf('\r\n\r\n') + 4;
    if (!answer.toString().startsWith('HTTP/1.1 101')) throw new Error(`The handshake was refused: ${answer.subarray(0, 40)}`);
    const raw = new RawSocket(socket);
    raw.receive(answer.subarray(end));
    return raw;
  }

  write(...frames: RawFrame[]): void {
    if (!this.closed) this.socket.write(Buffer.concat(frames.map(frameBytes)));
  }
  say(message: unknown): void {
    this.write({ payload: Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)) });
  }
  writeBytes(bytes: Buffer): void {
    if (!this.closed) this.socket.write(bytes);
  }
  end(): void {
    this.socket.destroy();
  }

  /** True when something more than `since` was heard, or the socket is closed; false when it took too long. */
  heardMore(since: number, patienceMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.heard.length <= since && !this.closed && this.closeCode === 0) return;
        clearTimeout(timer);
        this.watchers.delete(look);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.watchers.delete(look);
        resolve(false);
      }, patienceMs);
      this.watchers.add(look);
      look();
    });
  }

  private receive(chunk: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    for (;;) {
      const [first = 0, second = 0] = this.bytes;
      const short = second & 127;
      const headLength = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (this.bytes.length < headLength) break;
      const length = short === 126 ? this.bytes.readUInt16BE(2) : short === 127 ? Number(this.bytes.readBigUInt64BE(2)) : short;
      if (this.bytes.length < headLength + length) break;
      const payload = this.bytes.subarray(headLength, headLength + length);
      this.bytes = this.bytes.subarray(headLength + length);
      if ((first & 15) === 8) this.closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      else if ((first & 15) === 10 || answer.test(payload.toString('latin1', 0, 20)))
        this.heard.push({ opcode: first & 15, payload });
    }
    this.changed();
  }

  private changed(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}

export const portOf = ({ origin }: { origin: string }): number => Number(new URL(origin).port);
