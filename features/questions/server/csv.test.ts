// What a spreadsheet makes of the file: quotes, lines, separators, and nothing that it would run.
import { expect, it } from 'vitest';
import type { CsvQuestion } from './csv.ts';
import { csvHead, csvLine } from './csv.ts';

const question: CsvQuestion = {
  number: 3,
  text: 'Why?',
  author: { id: 'a', name: 'رنا الخزامي', headline: '', organisation: 'Halden "Robotics"', avatarUrl: null },
  anonymous: true,
  votes: 12,
  state: 'waiting',
  at: '2026-12-09T13:04:05.678Z',
};

it('QA13 begins with a byte order mark, and names its columns by language', () => {
  expect(csvHead('en').startsWith('\ufeff"Number","Question",')).toBe(true);
  expect(csvHead('de').startsWith('\ufeff"Nummer";"Frage";')).toBe(true);
  expect(csvLine('en', question)).toBe(
    '3,"Why?","رنا الخزامي","Halden ""Robotics""","yes",12,"Waiting for approval","2026-12-09 13:04:05"\r\n',
  );
  expect(csvLine('de', { ...question, author: null, anonymous: false })).toContain('"";"";"nein";12;"Wartet auf Freigabe"');
});

it.each([
  '=HYPERLINK("https://evil.example")',
  '+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '  =1',
  '\u00a0=1',
  '＝1',
  "=cmd|' /C calc'!A0",
])('QA13 %j is never run', (text) => {
  const [, cell] = /^3,"('?)/.exec(csvLine('en', { ...question, text })) ?? [];
  expect(cell).toBe("'");
});

it('QA13 a line break stays within its cell', () => {
  expect(csvLine('en', { ...question, text: 'one\ntwo' })).toContain('"one\ntwo"');
});
