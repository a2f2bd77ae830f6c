// Owns W1: how much JavaScript the built web has for the first pages and for all of a Session, as it travels (gzip).
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

export interface PageWeight {
  /** What must be there before an event page or the entrance is drawn: the entry, the Session's route, and all that they import. */
  firstPages: number;
  /** That, and everything that either may load later: the stage, LiveKit, every panel, dialog and menu. Not the other pages. */
  session: number;
  /** What each large tool weighs that is fetched only when somebody uses it, beyond all of a Session. */
  apart: Record<string, number>;
}

/**
 * Weighed apart, because most people in a Session never fetch them, and those who do wait for nothing else meanwhile.
 * Presentations: reading PDFs takes pdf.js; the list is for speakers.
 * German: a reader fetches one language; the English words are in each part, the German ones in a file of their own.
 * Backgrounds: telling a person from a room takes MediaPipe's code, whatever one writes around it.
 */
const onlyWhenUsed: Record<string, RegExp> = {
  german: /^german-words-/,
  backgrounds: /^segmented-picture-/,
  presentations: /^(?:presentation-pdf|materials-sheet|materials-before)-/,
};

const written = /(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g;
const loadedLater = /\bimport\(\s*["'`]\.\/([\w.-]+\.js)["'`]/g;
const sessionRoute = /^session-route-/;
const otherPage = /-(?:route|page)-/;
const bytesPerKilobyte = 1000;
const isApart = (name: string) => Object.values(onlyWhenUsed).some((pattern) => pattern.test(name));

export function weighPages(webDir: string): PageWeight {
  const folder = path.join(webDir, 'assets');
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const texts = new Map(names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
  const named = (name: string, pattern: RegExp) =>
    [...(texts.get(name) ?? '').matchAll(pattern)].map((match) => match[1] as string).filter((one) => texts.has(one));
  const reach = (from: readonly string[], later: boolean): Set<string> => {
    const found = new Set<string>();
    const visit = (name: string) => {
      if (found.has(name)) return;
      found.add(name);
      for (const one of named(name, written)) visit(one);
      if (later) for (const one of named(name, loadedLater)) if (!otherPage.test(one) && !isApart(one)) visit(one);
    };
    for (const name of from) visit(name);
    return found;
  };
  const html = readFileSync(path.join(webDir, 'index.html'), 'utf8');
  const [, entry = ''] = /<script type="module"[^>]* src="\/assets\/([^"]+)"/.exec(html) ?? [];
  const route = names.find((name) => sessionRoute.test(name)) ?? '';
  if (!texts.has(entry) || !texts.has(route)) throw new Error('The built web has no entry or no route for Sessions');
  const others = [...html.matchAll(/<script src="\/([^"]+)"/g)].map((match) =>
    readFileSync(path.join(webDir, match[1] as string)),
  );
  const weigh = (chunks: Iterable<string>) =>
    [...[...chunks].map((name) => Buffer.from(texts.get(name) as string)), ...others].reduce(
      (sum, content) => sum + gzipSync(content, { level: 9 }).length,
      0,
    ) / bytesPerKilobyte;
  const session = reach([entry, route], true);
  const beyond = (pattern: RegExp) => {
    const own = reach(
      names.filter((name) => pattern.test(name)),
      false,
    );
    return (
      [...own]
        .filter((name) => !session.has(name))
        .reduce((sum, name) => sum + gzipSync(texts.get(name) as string, { level: 9 }).length, 0) / bytesPerKilobyte
    );
  };
  const apart = Object.fromEntries(Object.entries(onlyWhenUsed).map(([what, pattern]) => [what, beyond(pattern)]));
  return { firstPages: weigh(reach([entry, route], false)), session: weigh(session), apart };
}
