// What becomes a link in a message, and what never does.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linkify } from './linkify.ts';

const links = (text: string) => linkify(text).flatMap((part) => (part.href ? [part.href] : []));

it.each([
  ['see https://example.org/a?b=1#c.', ['https://example.org/a?b=1#c']],
  ['(https://example.org/x)', ['https://example.org/x']],
  ['https://example.org/wiki/Fleet_(ships), and', ['https://example.org/wiki/Fleet_(ships)']],
  ['two: http://a.example https://b.example!', ['http://a.example/', 'https://b.example/']],
  ['javascript:alert(1) data:text/html,x ftp://a.example mailto:a@b.example', []],
  ['https://', []],
  ['see www.example.org/a, or WWW.Example.ORG.', ['https://www.example.org/a', 'https://www.example.org/']],
  ['www. www.example xwww.example.org a@www.example.org/', []],
  ['xhttps://example.org', []],
])('%s', (text, expected) => {
  expect(links(text)).toEqual(expected);
});

it('loses no character, and links only to the web', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('https://a.example/', 'http://', 'javascript:', ')', '.', ' ', '\n', 'https://[::1]:80/x'),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const text = words.join('');
      const parts = linkify(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const { href } of parts) if (href) expect(href).toMatch(/^https?:\/\//);
    }),
  );
});
