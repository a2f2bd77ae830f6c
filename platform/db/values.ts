// Owns how values travel: parameters as PostgreSQL's text, columns back as plain JavaScript values. The same for both databases.

type Parser = (text: string) => unknown;

/** Parameters go as text, and PostgreSQL infers their types: so one rule serves both databases. */
export function toText(param: unknown): string | null {
  switch (typeof param) {
    case 'string':
      return param;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(param);
    case 'undefined':
      return null;
    case 'object':
      if (param === null) return null;
      if (param instanceof Date) return param.toISOString();
      if (param instanceof Uint8Array) return `\\x${Buffer.from(param).toString('hex')}`;
      return Array.isArray(param) ? arrayToText(param) : JSON.stringify(param);
    default:
      throw new TypeError(`A ${typeof param} is no parameter`);
  }
}

function arrayToText(items: readonly unknown[]): string {
  const parts = items.map((item) => {
    if (Array.isArray(item)) return arrayToText(item);
    const text = toText(item);
    return text === null ? 'NULL' : `"${text.replace(/[\\"]/g, '\\$&')}"`;
  });
  return `{${parts.join(',')}}`;
}

/** Connections run in UTC with ISO dates, so only the digits need moving. Anything unusual (infinity, years BC) stays as it is. */
export function instantFromText(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?\+00$/.exec(text);
  return match ? `${match[1]}T${match[2]}.${(match[3] ?? '.').slice(1, 4).padEnd(3, '0')}Z` : text;
}

function numberFromText(text: string): number {
  const value = Number(text);
  // A bigint beyond this would come back as another number than was stored.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
  return value;
}

function bytesFromText(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'));
}

/** `{1,"a \"b\"",NULL,{2}}` → nested arrays, each item parsed as one of the array's type. */
export function arrayFromText(text: string, parse: Parser): unknown[] {
  let at = 0;
  const readQuoted = (): string => {
    let value = '';
    for (at++; text[at] !== '"'; at++) {
      if (text[at] === '\\') at++;
      value += text[at];
    }
    at++;
    return value;
  };
  const readBare = (): unknown => {
    const start = at;
    while (text[at] !== ',' && text[at] !== '}') at++;
    const bare = text.slice(start, at);
    return bare === 'NULL' ? null : parse(bare);
  };
  const readArray = (): unknown[] => {
    const items: unknown[] = [];
    at++;
    while (text[at] !== '}') {
      if (text[at] === ',') at++;
      if (text[at] === '{') items.push(readArray());
      else if (text[at] === '"') items.push(parse(readQuoted()));
      else items.push(readBare());
    }
    at++;
    return items;
  };
  // A text with bounds, `[0:1]={a,b}`, begins later.
  at = text.indexOf('{');
  return readArray();
}

const scalar: [oid: number, arrayOid: number, parse: Parser][] = [
  [16, 1000, (text) => text === 't'],
  [17, 1001, bytesFromText],
  [20, 1016, numberFromText],
  [21, 1005, Number],
  [23, 1007, Number],
  [25, 1009, String],
  [26, 1028, Number],
  [114, 199, (text) => JSON.parse(text)],
  [700, 1021, Number],
  [701, 1022, Number],
  [1043, 1015, String],
  [1184, 1185, instantFromText],
  [1700, 1231, numberFromText],
  [2950, 2951, String],
  [3802, 3807, (text) => JSON.parse(text)],
];

/** By the column's type number. A type that is missing here comes as PostgreSQL's text. */
export const parsers: Readonly<Record<number, Parser>> = Object.fromEntries(
  scalar.flatMap(([oid, arrayOid, parse]): [number, Parser][] => [
    [oid, parse],
    [arrayOid, (text) => arrayFromText(text, parse)],
  ]),
);

export const asText: Parser = (text) => text;
