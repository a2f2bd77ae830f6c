// Owns what a line of the CSV holds and how it is written (QA13): names of columns by language, nothing that a spreadsheet would run. Pure.
import type { PersonSummary } from '#shell/accounts/contract.ts';

export type CsvLanguage = 'en' | 'de';
export type CsvState = 'open' | 'answering' | 'answered' | 'waiting';
export interface CsvQuestion {
  number: number;
  text: string;
  /** Null when the person is not known any more. */
  author: PersonSummary | null;
  anonymous: boolean;
  votes: number;
  state: CsvState;
  at: string;
}

const words = {
  en: {
    columns: ['Number', 'Question', 'Asked by', 'Organisation', 'Anonymous', 'Votes', 'State', 'Asked at (UTC)'],
    states: { open: 'Open', answering: 'Answering live', answered: 'Answered', waiting: 'Waiting for approval' },
    yes: 'yes',
    no: 'no',
    separator: ',',
  },
  de: {
    columns: ['Nummer', 'Frage', 'Gestellt von', 'Organisation', 'Anonym', 'Stimmen', 'Stand', 'Gestellt am (UTC)'],
    states: { open: 'Offen', answering: 'Wird gerade beantwortet', answered: 'Beantwortet', waiting: 'Wartet auf Freigabe' },
    yes: 'ja',
    no: 'nein',
    separator: ';',
  },
} as const;

/** Without it Excel reads UTF-8 as something else. */
export const byteOrderMark = '\ufeff';
/** What makes a spreadsheet take a cell for a formula, also behind blanks; full-width signs count in some. */
const runs = /^[\s\u00a0]*[=+\-@|%＝＋－＠]|^[\t\r\n]/u;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = runs.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}

const line = (language: CsvLanguage, values: readonly (string | number)[]): string =>
  `${values.map(cell).join(words[language].separator)}\r\n`;

export const csvHead = (language: CsvLanguage): string => byteOrderMark + line(language, words[language].columns);

/** "2026-12-09 13:04:05": what spreadsheets take for an instant. */
const instant = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

export function csvLine(language: CsvLanguage, { number, text, author, anonymous, votes, state, at }: CsvQuestion): string {
  const { states, yes, no } = words[language];
  const who = [author?.name ?? '', author?.organisation ?? ''];
  return line(language, [number, text, ...who, anonymous ? yes : no, votes, states[state], instant(at)]);
}
