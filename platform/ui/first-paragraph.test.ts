// Proves that cards show words, not Markdown.
import { expect, test } from 'vitest';
import { firstParagraph } from './first-paragraph.ts';

test.each([
  ['One line.\n\n**You will hear** more.', 'One line.'],
  ['# Title\n\nWith **bold**, *soft* and a [link](https://example.org).', 'With bold, soft and a link.'],
  ['- a list\n- only', ''],
  ['snake_case and 2 * 3 stay', 'snake_case and 2 * 3 stay'],
  ['two\nlines', 'two lines'],
  ['', ''],
])('%j', (markdown, expected) => {
  expect(firstParagraph(markdown)).toBe(expected);
});
