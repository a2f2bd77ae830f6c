// Owns what "@" means while one types, and where names stand in a text. Pure.
import { maxMentions } from '../contract.ts';

export interface Named {
  id: string;
  name: string;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
const mostShown = 6;

/** What was typed after the "@" before the caret; null where none is open. */
export function openMention(text: string, caret: number): { from: number; search: string } | null {
  const match = /(?:^|\s)@([^\s@]{0,30}(?: [^\s@]{1,30})?)$/u.exec(text.slice(0, caret));
  return match ? { from: caret - (match[1] as string).length - 1, search: match[1] as string } : null;
}

/** Those of whose name a word begins so. */
export function findNamed(people: readonly Named[], search: string): Named[] {
  const wanted = plain(search);
  const isMeant = ({ name }: Named) =>
    plain(name).startsWith(wanted) ||
    plain(name)
      .split(/[\s-]+/u)
      .some((word) => word.startsWith(wanted));
  const found: Named[] = [];
  for (const person of people) {
    if (person.name && isMeant(person)) found.push(person);
    if (found.length === mostShown) break;
  }
  return found;
}

/** Of those who were chosen, the ones whose name still stands in the text. */
export const stillMeant = (text: string, chosen: readonly Named[]): string[] =>
  [...new Set(chosen.filter(({ name }) => text.includes(`@${name}`)).map((one) => one.id))].slice(0, maxMentions);

/** Cuts a text at the names of those whom it mentions. */
export function markNames(text: string, names: readonly string[]): { text: string; isName: boolean }[] {
  const marks = names
    .filter(Boolean)
    .map((name) => `@${name}`)
    .sort((a, b) => b.length - a.length);
  const parts: { text: string; isName: boolean }[] = [];
  let plainFrom = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const mark = marks.find((one) => text.startsWith(one, at));
    if (!mark || at < plainFrom) continue;
    if (at > plainFrom) parts.push({ text: text.slice(plainFrom, at), isName: false });
    parts.push({ text: mark, isName: true });
    plainFrom = at + mark.length;
  }
  if (plainFrom < text.length) parts.push({ text: text.slice(plainFrom), isName: false });
  return parts;
}
