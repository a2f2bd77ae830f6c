// Owns which parts of a message are links: http, https and www. only, without the punctuation that ends a sentence. Pure.

export type Part = { text: string; href?: string };

const address = /(?:\bhttps?:\/\/|(?<![\p{L}\p{N}@./-])www\.(?=[\p{L}\p{N}-]+\.))[^\s<>"'`]+/giu;
const trailing = /[.,;:!?…]+$/u;
const closers: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

const count = (text: string, sign: string) => text.split(sign).length - 1;

/** "(see https://example.org/a)." keeps its bracket and its full stop outside. */
function trim(link: string): string {
  let text = link;
  for (;;) {
    const before = text;
    text = text.replace(trailing, '');
    const last = text.at(-1) ?? '';
    const opener = closers[last];
    if (opener && count(text, last) > count(text, opener)) text = text.slice(0, -1);
    if (text === before) return text;
  }
}

export function linkify(message: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of message.matchAll(address)) {
    const link = trim(match[0]);
    const full = /^https?:/iu.test(link) ? link : `https://${link}`;
    if (!URL.canParse(full)) continue;
    if (match.index > end) parts.push({ text: message.slice(end, match.index) });
    parts.push({ text: link, href: new URL(full).href });
    end = match.index + link.length;
  }
  if (end < message.length) parts.push({ text: message.slice(end) });
  return parts;
}
