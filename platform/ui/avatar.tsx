// Owns how a person looks where there is no video: their picture, or initials on a colour of their own. Decorative: the name stands beside it.
import { useState } from 'react';

export interface AvatarPerson {
  id: string;
  name: string;
  avatarUrl?: string | null;
}

const graphemes = (text: string) =>
  Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), (part) => part.segment);

export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => (word ? (graphemes(word)[0] ?? '') : ''));
  return letters.join('').toLocaleUpperCase();
}

/** The same person has the same colour on every screen. */
export function hueOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index++) hash = (hash * 31 + id.charCodeAt(index)) >>> 0;
  return hash % 360;
}

const sizes = { s: ' avatar--s', m: '', l: ' avatar--l' } as const;

export function Avatar({ person, size = 'm' }: { person: AvatarPerson; size?: keyof typeof sizes }) {
  const [broken, setBroken] = useState<string | null>(null);
  const url = person.avatarUrl && person.avatarUrl !== broken ? person.avatarUrl : null;
  return (
    <span className={`avatar${sizes[size]}`} style={{ '--h': hueOf(person.id) } as React.CSSProperties} aria-hidden="true">
      {url ? <img src={url} alt="" onError={() => setBroken(url)} /> : initials(person.name)}
    </span>
  );
}
