// Owns decks as programs in the world write them: a browser's print, Cairo, Ghostscript; the same words in the scripts that this machine has fonts for.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { pageHeight, pageWidth } from './decks.ts';

/** A word of each script, and what of it every producer keeps as text: some write the forms of letters, not the letters. */
export const scripts: readonly { name: string; word: string; kept: RegExp }[] = [
  { name: 'Latin', word: 'Zażółć robot', kept: /robot/ },
  { name: 'Cyrillic', word: 'Привет робот', kept: /робот/ },
  { name: 'Greek', word: 'Γειά ρομπότ', kept: /ρομπότ/ },
  { name: 'Hebrew', word: 'שלום רובוט', kept: /\p{Script=Hebrew}/u },
  { name: 'Arabic', word: 'مرحبا روبوت', kept: /\p{Script=Arabic}/u },
  { name: 'Devanagari', word: 'नमस्ते रोबोट', kept: /\p{Script=Devanagari}/u },
  { name: 'Chinese', word: '你好机器人', kept: /机器人/ },
];

const size = 84;
const ground = '#103050';
const linesOf = (words: readonly string[]) => [words.slice(0, 4), words.slice(4)];

/** Two pages: four words and three, large, light on dark. */
async function printed(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage();
  const pages = linesOf(scripts.map(({ word }) => `<p>${word}</p>`)).map((lines) => `<section>${lines.join('')}</section>`);
  await page.setContent(
    `<style>@page { size: ${pageWidth}px ${pageHeight}px; margin: 0 } body { margin: 0 } p { margin: 0 }
     section { height: ${pageHeight}px; box-sizing: border-box; padding: 24px 48px; break-after: page; background: ${ground}; color: white; font: bold ${size}px/120px sans-serif }
     section:last-child { break-after: auto }</style>${pages.join('')}`,
  );
  const bytes = await page.pdf({ width: `${pageWidth}px`, height: `${pageHeight}px`, printBackground: true });
  await page.close();
  return bytes;
}

const drawing = (
  words: readonly string[],
) => `<svg xmlns="http://www.w3.org/2000/svg" width="${pageWidth}" height="${pageHeight}">
  <rect width="100%" height="100%" fill="${ground}"/>
  ${words.map((word, line) => `<text x="48" y="${110 + 120 * line}" font-family="sans-serif" font-weight="bold" font-size="${size}" fill="white">${word}</text>`).join('')}
</svg>`;

const program = `%!PS
<< /PageSize [${pageWidth} ${pageHeight}] >> setpagedevice
0.06 0.19 0.31 setrgbcolor 0 0 ${pageWidth} ${pageHeight} rectfill
1 setgray /Times-Bold findfont ${2 * size} scalefont setfont 48 280 moveto (A robot) show
/Courier-Bold findfont ${size} scalefont setfont 48 120 moveto (and 12 arms) show showpage
`;

function run(command: string, args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${command} failed: ${stderr}`);
}

export interface Produced {
  name: string;
  bytes: Buffer;
  pages: number;
}

/** Chromium prints two pages; Cairo draws the same words; Ghostscript writes a program's page, then the printed ones anew. */
export async function producedDecks(browser: Browser): Promise<Produced[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-decks-'));
  const at = (name: string) => join(folder, name);
  try {
    const chromium = await printed(browser);
    writeFileSync(at('printed.pdf'), chromium);
    const drawings = linesOf(scripts.map(({ word }) => word)).map((words, index) => {
      writeFileSync(at(`${index}.svg`), drawing(words));
      return at(`${index}.svg`);
    });
    run('rsvg-convert', ['--format=pdf', `--output=${at('cairo.pdf')}`, ...drawings]);
    writeFileSync(at('program.ps'), program);
    const quietly = ['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE', '-sDEVICE=pdfwrite'];
    // The program's fonts go along too, those that every reader has by its own: they would look as each machine's do.
    const withFonts = ['-c', '<< /NeverEmbed [ ] >> setdistillerparams', '-f'];
    run('gs', [...quietly, '-o', at('ghostscript.pdf'), ...withFonts, at('program.ps'), at('printed.pdf')]);
    return [
      { name: 'printed', bytes: chromium, pages: 2 },
      { name: 'cairo', bytes: readFileSync(at('cairo.pdf')), pages: 2 },
      { name: 'ghostscript', bytes: readFileSync(at('ghostscript.pdf')), pages: 3 },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
