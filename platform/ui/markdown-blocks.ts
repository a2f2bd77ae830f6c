// Owns reading the Markdown that organisers and companies write: headings, paragraphs, lists, quotes, rules; bold, italic, code, links.
// HTML and pictures are not read: tags stay visible as typed. What it looks like is markdown.tsx.
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'em'; children: Inline[] }
  | { kind: 'link'; url: string; children: Inline[] };
export type Block =
  | { kind: 'heading'; level: number; children: Inline[] }
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' };

/** Deeper nesting is an attack, not a text. */
const deepest = 6;
const heading = /^(#{1,6})\s+(.*?)\s*#*$/;
const rule = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const fence = /^ {0,3}```/;
const quote = /^ {0,3}> ?/;
const bullet = /^( {0,3})([-*+]|(\d{1,9})[.)])( +)(?=\S)/;

const startsBlock = (line: string) =>
  heading.test(line) || rule.test(line) || fence.test(line) || quote.test(line) || bullet.test(line);

/** The lines of one list item: its first without the marker, and those that are indented below it. */
function itemAt(lines: readonly string[], from: number, marker: RegExpExecArray): { lines: string[]; next: number } {
  const indent = marker[0].length;
  const own = [(lines[from] ?? '').slice(indent)];
  let at = from + 1;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      if (!/^\s/.test(lines[at + 1] ?? '')) break;
      own.push('');
    } else if (/^ {2,}/.test(line)) own.push(line.replace(new RegExp(`^ {1,${indent}}`), ''));
    else if (startsBlock(line)) break;
    else own.push(line);
  }
  return { lines: own, next: at };
}

function listAt(lines: readonly string[], from: number, depth: number): { block: Block; next: number } {
  const first = bullet.exec(lines[from] ?? '');
  const ordered = first?.[3] !== undefined;
  const items: Block[][] = [];
  let at = from;
  while (at < lines.length) {
    const marker = bullet.exec(lines[at] ?? '');
    if (!marker || (marker[3] !== undefined) !== ordered || rule.test(lines[at] ?? '')) break;
    const item = itemAt(lines, at, marker);
    items.push(readLines(item.lines, depth + 1));
    at = item.next;
    // One empty line may stand between two items.
    if ((lines[at] ?? '').trim() === '' && bullet.test(lines[at + 1] ?? '')) at++;
  }
  return { block: { kind: 'list', ordered, start: Number(first?.[3] ?? 1), items }, next: at };
}

/** From `from` on, as long as `belongs` holds. */
function run(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && belongs(lines[at] ?? '')) at++;
  return at;
}

function blockAt(lines: readonly string[], at: number, depth: number): { block: Block; next: number } {
  const line = lines[at] ?? '';
  const title = heading.exec(line);
  if (title)
    return { block: { kind: 'heading', level: title[1]?.length ?? 1, children: readInline(title[2] ?? '') }, next: at + 1 };
  if (rule.test(line)) return { block: { kind: 'rule' }, next: at + 1 };
  if (fence.test(line)) {
    const end = run(lines, at + 1, (inner) => !fence.test(inner));
    return { block: { kind: 'code', text: lines.slice(at + 1, end).join('\n') }, next: end + 1 };
  }
  if (depth < deepest && quote.test(line)) {
    const end = run(lines, at, (inner) => quote.test(inner));
    const inner = lines.slice(at, end).map((quoted) => quoted.replace(quote, ''));
    return { block: { kind: 'quote', children: readLines(inner, depth + 1) }, next: end };
  }
  if (depth < deepest && bullet.test(line)) return listAt(lines, at, depth);
  const end = run(lines, at + 1, (inner) => inner.trim() !== '' && !startsBlock(inner));
  return { block: { kind: 'paragraph', children: readInline(lines.slice(at, end).join('\n').trim()) }, next: end };
}

function readLines(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    if ((lines[at] ?? '').trim() === '') at++;
    else {
      const { block, next } = blockAt(lines, at, depth);
      blocks.push(block);
      at = next;
    }
  }
  return blocks;
}

export const readMarkdown = (text: string): Block[] =>
  readLines(text.replace(/\r\n?/g, '\n').replaceAll('\t', '    ').split('\n'), 0);

const inlineMark = new RegExp(
  [
    String.raw`\\(?<escaped>[!-/:-@[-${'`'}{-~])`,
    '`(?<code>[^`\n]+)`',
    String.raw`(?<picture>!?)\[(?<label>(?:[^\][\\\n]|\\.){0,300})\]\((?<url>[^()\s]{1,2000})\)`,
    String.raw`(?<address>https?://[^\s<>()]{1,2000}[^\s<>().,;:!?'"*_])`,
    String.raw`(?<star>\*\*)(?=\S)(?<strong>[^\n]{0,2000}?\S)\*\*`,
    String.raw`(?<![\p{L}\p{N}_*])(?<one>[*_])(?=[^\s*_])(?<em>[^*_\n]{0,2000}?)(?<=\S)\k<one>(?![\p{L}\p{N}])`,
    String.raw`(?<hard> {2,}\n|\\\n)`,
  ].join('|'),
  'gu',
);
const safeUrl = /^(https?:\/\/|mailto:|\/(?![/\\]))/i;

function inlineOf(groups: Record<string, string | undefined>): Inline[] {
  if (groups.escaped !== undefined) return [{ kind: 'text', text: groups.escaped }];
  if (groups.code !== undefined) return [{ kind: 'code', text: groups.code }];
  if (groups.hard !== undefined) return [{ kind: 'break' }];
  if (groups.strong !== undefined) return [{ kind: 'strong', children: readInline(groups.strong) }];
  if (groups.em !== undefined) return [{ kind: 'em', children: readInline(groups.em) }];
  if (groups.address !== undefined)
    return [{ kind: 'link', url: groups.address, children: [{ kind: 'text', text: groups.address }] }];
  const label = readInline(groups.label ?? '').filter((part) => part.kind !== 'link');
  // A picture from elsewhere would tell its host who reads this: its words stay.
  if (groups.picture || !safeUrl.test(groups.url ?? '')) return label;
  return [{ kind: 'link', url: groups.url ?? '', children: label }];
}

export function readInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(inlineMark)) {
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push(...inlineOf(match.groups ?? {}));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}
