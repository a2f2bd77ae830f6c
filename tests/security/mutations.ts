// Owns what a hostile client makes of a valid message: other values, other shapes, other bytes, other frames. Chance comes from the caller.
import type { RawFrame } from './raw-socket.ts';

export type Dice = () => number;
/** `name` is the kind of mutation, for the report. */
export interface Mutated {
  name: string;
  frames: RawFrame[];
  /** The text, where it went as one whole text frame. */
  text: string | null;
}

export const pick = <T>(dice: Dice, list: readonly T[]): T => list[Math.floor(dice() * list.length)] as T;

/** JSON text, because some of it no object can hold. */
export const nastyJson: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '1.5',
  '1e308',
  '1e400',
  '-1e400',
  '9007199254740993',
  '-0',
  '2147483648',
  '1e-400',
  '""',
  '" "',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udfff x"',
  '"\\ud83d"',
  '"\\ufeff"',
  '"\\u202e\\u2066"',
  '"​"',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"toString":1}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '"__proto__"',
  '"constructor"',
  '"prototype"',
  '"hasOwnProperty"',
  '"toString"',
  '"valueOf"',
  '"all"',
  '"backstage"',
  '"system"',
  '"person:00000000-0000-7000-8000-000000000001"',
  '"room:x"',
  '"../../etc/passwd"',
  '"%00"',
  '"\'; drop table accounts; --"',
  '"$1"',
  '"{{constructor.constructor(\'return 1\')()}}"',
  '"<script>window.__x=1</script>"',
  '"NaN"',
  '"Infinity"',
  '"9e999"',
  '"1970-01-01T00:00:00Z"',
  '"+275760-09-13T00:00:00.000Z"',
  '"00000000-0000-0000-0000-000000000000"',
  '"ffffffff-ffff-ffff-ffff-ffffffffffff"',
  '"FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF"',
];

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepObject = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const grown: readonly (() => string)[] = [
  () => deep(10_000),
  () => deepObject(8_000),
  () => JSON.stringify('x'.repeat(60_000)),
  () => JSON.stringify('\u{1f600}'.repeat(14_000)),
  () => `[${'1,'.repeat(25_000)}1]`,
  () => `{${Array.from({ length: 4_000 }, (_, n) => `"k${n}":1`).join(',')}}`,
  () => JSON.stringify(`${'a'.repeat(30_000)}!`),
];
const prototypeKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'then', 'toJSON', ''];

/** A place in a message: the keys on the way. */
type Path = (string | number)[];

function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...at, key]))];
}

/** Writes the message with `put` (JSON text) in the place of `target`; null leaves the place out. */
function write(value: unknown, target: Path, put: string | null, more = '', at: Path = []): string | null {
  const here = at.length === target.length && at.every((key, index) => String(key) === String(target[index]));
  if (here && !more) return put;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => [key, write(inner, target, put, more, [...at, key])] as const);
  const kept = entries.filter(([, text]) => text !== null);
  if (Array.isArray(value)) return `[${kept.map(([, text]) => text).join(',')}]`;
  const fields = kept.map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  if (here && more) fields.push(more);
  return `{${fields.join(',')}}`;
}

const text = (name: string, json: string): Mutated => ({ name, text: json, frames: [{ payload: Buffer.from(json) }] });
const bytes = (name: string, ...frames: RawFrame[]): Mutated => ({ name, text: null, frames });

function changeValue(message: unknown, dice: Dice): Mutated {
  const target = pick(dice, paths(message));
  const big = dice() < 0.06;
  return text(big ? 'grown' : 'value', write(message, target, big ? pick(dice, grown)() : pick(dice, nastyJson)) ?? 'null');
}

function changeShape(message: unknown, dice: Dice): Mutated {
  const all = paths(message);
  if (dice() < 0.3) return text('left out', write(message, pick(dice, all), null) ?? '');
  const objects = all.filter((path) => {
    const place = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], message);
    return typeof place === 'object' && place !== null && !Array.isArray(place);
  });
  const key = pick(dice, [...prototypeKeys, 'id', 'personId', 'actor', 'as', 'role', 'isAdmin', 'audience', 'seq', 'at']);
  const more = `${JSON.stringify(key)}:${pick(dice, nastyJson)}`;
  return text('key added', write(message, pick(dice, objects), null, more) ?? '');
}

function changeText(message: unknown, dice: Dice): Mutated {
  const json = JSON.stringify(message);
  const at = Math.floor(dice() * json.length);
  switch (Math.floor(dice() * 6)) {
    case 0:
      return text('cut', json.slice(0, at));
    case 1:
      return text(
        'inserted',
        json.slice(0, at) + pick(dice, ['\0', '"', '{', '}', '\\', '\ufeff', ',', '\u2028', '/*', '1e999']) + json.slice(at),
      );
    case 2:
      return text('twice', json + json);
    case 3:
      return text('same key twice', json.replace('{', `{"t":"ping",`));
    case 4:
      return text(
        'not JSON',
        pick(dice, ['', ' ', 'null', '0', 'hello', '[]', '"t"', 'undefined', 'NaN', '{t:"ping"}', "{'t':'ping'}", '\ufeff{}']),
      );
    default:
      return text('white space', ` \n\t${json}${' '.repeat(1 + Math.floor(dice() * 4000))}`);
  }
}

function changeBytes(message: unknown, dice: Dice): Mutated {
  const payload = Buffer.from(JSON.stringify(message));
  const half = Math.floor(payload.length / 2);
  const badUtf8 = Buffer.from(payload);
  badUtf8[half] = pick(dice, [0xff, 0xfe, 0xc0, 0xc1, 0x80, 0xed, 0xf8]);
  const noise = Buffer.from(Array.from({ length: 1 + Math.floor(dice() * 300) }, () => Math.floor(dice() * 256)));
  const kinds: (() => Mutated)[] = [
    () => bytes('binary', { payload, opcode: 2 }),
    () => bytes('noise', { payload: noise, opcode: pick(dice, [1, 2]) }),
    () => bytes('bad UTF-8', { payload: badUtf8 }),
    () => bytes('fragments', { payload: payload.subarray(0, half), fin: false }, { payload: payload.subarray(half), opcode: 0 }),
    () =>
      bytes(
        'fragments, bad UTF-8 over the edge',
        { payload: Buffer.from([0xf0, 0x9f]), fin: false },
        { payload: Buffer.from([0x98]), opcode: 0 },
      ),
    () =>
      bytes(
        'many fragments',
        { payload: Buffer.from('"'), fin: false },
        ...Array.from({ length: 300 }, (): RawFrame => ({ payload: Buffer.from('x'), opcode: 0, fin: false })),
        { payload: Buffer.from('"'), opcode: 0 },
      ),
    () => bytes('a fragment never ended, then a message', { payload: payload.subarray(0, half), fin: false }, { payload }),
    () => bytes('a continuation of nothing', { payload, opcode: 0 }),
    () => bytes('compressed, as nobody agreed', { payload, rsv: pick(dice, [4, 2, 1, 7]) }),
    () => bytes('opcode that means nothing', { payload, opcode: pick(dice, [3, 4, 7, 11, 15]) }),
    () => bytes('not masked', { payload, masked: false }),
    () => bytes('too long a control frame', { payload: Buffer.alloc(126), opcode: pick(dice, [8, 9, 10]) }),
    () => bytes('control frame in pieces', { payload: Buffer.from('x'), opcode: 9, fin: false }),
    () =>
      bytes('close without sense', {
        payload: pick(dice, [Buffer.from([0]), Buffer.from([0, 1]), Buffer.from([3, 237]), Buffer.from([3, 232, 0xff])]),
        opcode: 8,
      }),
    () =>
      bytes('pings and pongs', { payload: noise.subarray(0, 100), opcode: 9 }, { payload: noise.subarray(0, 100), opcode: 10 }),
    () => bytes('larger than allowed', { payload: Buffer.alloc(65 * 1024 + 1, 0x20) }),
    () => bytes('claims to be huge', { payload, claimedLength: pick(dice, [2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER]) }),
    () => bytes('empty', { payload: Buffer.alloc(0), opcode: pick(dice, [0, 1, 2]) }),
  ];
  return pick(dice, kinds)();
}

export function mutate(message: unknown, dice: Dice): Mutated {
  const way = dice();
  if (way < 0.5) return changeValue(message, dice);
  if (way < 0.72) return changeShape(message, dice);
  if (way < 0.85) return changeText(message, dice);
  return changeBytes(message, dice);
}

/** The same for bodies over HTTP, where frames mean nothing. */
export function mutateText(message: unknown, dice: Dice): Mutated & { text: string } {
  const way = dice();
  const mutated = way < 0.55 ? changeValue(message, dice) : way < 0.8 ? changeShape(message, dice) : changeText(message, dice);
  return { ...mutated, text: mutated.text ?? '' };
}
