// Owns decks that are locked as ISO 32000 says (7.6, RC4 of 128 bits), with keys that fit: by a password to open them, or only by one that owners have.
import { createHash } from 'node:crypto';
import { deckObjects, firstExtra } from './decks.ts';
import { type PdfObject, pdf } from './pdf-bytes.ts';

const filler = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const id = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const permissions = -44;
const md5 = (...parts: Uint8Array[]) => createHash('md5').update(Buffer.concat(parts)).digest();
const padded = (password: string) => Buffer.concat([Buffer.from(password, 'latin1'), filler]).subarray(0, 32);

/** Today's OpenSSL has it no more. */
function rc4(key: Uint8Array, bytes: Uint8Array): Buffer {
  const box = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => box[index & 255] as number;
  const swap = (one: number, other: number) => {
    const kept = at(one);
    box[one & 255] = at(other);
    box[other & 255] = kept;
  };
  for (let one = 0, other = 0; one < 256; one++) {
    other = (other + at(one) + (key[one % key.length] as number)) & 255;
    swap(one, other);
  }
  let [one, other] = [0, 0];
  return Buffer.from(bytes).map((byte) => {
    one = (one + 1) & 255;
    other = (other + at(one)) & 255;
    swap(one, other);
    return byte ^ at(at(one) + at(other));
  }) as Buffer;
}

/** Twenty times, the key changed a little each time. */
const often = (key: Uint8Array, bytes: Uint8Array) =>
  Array.from({ length: 20 }, (_, time) => key.map((byte) => byte ^ time)).reduce(
    (mixed: Buffer, one) => rc4(one, mixed),
    Buffer.from(bytes),
  );
const fiftyTimes = (hash: Buffer) => Array.from({ length: 50 }).reduce((mixed: Buffer) => md5(mixed), hash);

/** The words before and after a stream's bytes stay as they are. */
function sealed(object: PdfObject, number: number, key: Buffer): PdfObject {
  if (typeof object === 'string') return object;
  const start = object.indexOf('stream\n') + 'stream\n'.length;
  const end = object.lastIndexOf('\nendstream');
  const own = md5(key, Buffer.from([number & 255, number >> 8, 0, 0, 0]));
  return Buffer.concat([object.subarray(0, start), rc4(own, object.subarray(start, end)), object.subarray(end)]);
}

/** `user`: needed to open it; empty: everybody can. */
export function lockedDeck(user: string, owner: string): Buffer {
  const ownerPart = often(fiftyTimes(md5(padded(owner))), padded(user));
  const signed = Buffer.alloc(4);
  signed.writeInt32LE(permissions);
  const key = fiftyTimes(md5(padded(user), ownerPart, signed, id));
  const userPart = Buffer.concat([often(key, md5(filler, id)), Buffer.alloc(16)]);
  const objects = deckObjects({ pages: 1, text: 'Behind a lock' }).map((object, index) => sealed(object, index + 1, key));
  const hex = (bytes: Buffer) => `<${bytes.toString('hex')}>`;
  const lock = `<< /Filter /Standard /V 2 /R 3 /Length 128 /P ${permissions} /O ${hex(ownerPart)} /U ${hex(userPart)} >>`;
  return pdf([...objects, lock], { trailer: `/Encrypt ${firstExtra(1)} 0 R /ID [${hex(id)} ${hex(id)}]` });
}
