// Proves that every German word of the sources is in the file apart, and nowhere else.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '#platform/config/environment.ts';
import { germanWordsOf, withoutGerman } from './german-apart.ts';

const file = (words: string, namespace = 'tea') =>
  `export const teaTexts = defineTexts('${namespace}', {\n  en: {\n    pour: 'Pour',\n  },\n  de: {\n${words}  },\n});\n`;

describe('German words', () => {
  it('are taken out of their file, whose lines stay where they were', () => {
    const code = file("    pour: 'Einschenken',\n    // Two.\n    'cup-{{n}}': 'Tasse „{{n}}“, }, da',\n");
    const left = withoutGerman(code);
    expect(left).not.toMatch(/Einschenken|Tasse/);
    expect(left.split('\n')).toHaveLength(code.split('\n').length);
    expect(left).toContain("pour: 'Pour'");
    expect(germanWordsOf([code])).toEqual({ tea: { pour: 'Einschenken', 'cup-{{n}}': 'Tasse „{{n}}“, }, da' } });
  });

  it('that are more than words, or of two files with one name, end the build', () => {
    expect(() => germanWordsOf([file('    pour: POUR,\n')])).toThrow('POUR');
    expect(() => germanWordsOf([file('    pour: 3,\n')])).toThrow('tea.pour is no text');
    expect(() => germanWordsOf([file("    pour: 'a',\n"), file("    pour: 'b',\n")])).toThrow('Two files');
  });

  it('of this project are all found: no file of texts has a form that is passed over', () => {
    const sources = globSync('{apps,features,platform,session,shell}/**/*texts.ts', { cwd: projectRoot }).map((name) =>
      readFileSync(path.join(projectRoot, name), 'utf8'),
    );
    const written = sources.filter((source) => source.includes("= defineTexts('"));
    expect(Object.keys(germanWordsOf(sources))).toHaveLength(written.length);
    for (const source of written) expect(withoutGerman(source)).not.toMatch(/[äöüß„]/i);
  });
});
