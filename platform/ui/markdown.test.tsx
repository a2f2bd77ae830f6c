// Proves what Markdown becomes, and that nothing in it can reach beyond a text: no HTML, no pictures, no strange addresses.
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Markdown } from './markdown.tsx';

const html = (text: string) =>
  renderToStaticMarkup(<Markdown text={text} />)
    .replace('<div class="prose">', '')
    .replace(/<\/div>$/, '')
    .replaceAll(' target="_blank" rel="noopener noreferrer nofollow"', '');

test.each([
  ['one\ntwo\n\nthree', '<p>one\ntwo</p><p>three</p>'],
  ['# Big\n## Also\n### Smaller ###', '<h3>Big</h3><h3>Also</h3><h4>Smaller</h4>'],
  ['**bold**, *soft*, _soft_ and `code*`', '<p><strong>bold</strong>, <em>soft</em>, <em>soft</em> and <code>code*</code></p>'],
  ['**bold with *soft* in it**', '<p><strong>bold with <em>soft</em> in it</strong></p>'],
  ['snake_case_name and 2 * 3 * 4', '<p>snake_case_name and 2 * 3 * 4</p>'],
  ['\\*no\\*', '<p>*no*</p>'],
  ['- a\n- b\n  more\n\n- c', '<ul><li>a</li><li>b\nmore</li><li>c</li></ul>'],
  ['3. three\n4. four', '<ol start="3"><li>three</li><li>four</li></ol>'],
  ['- a\n  - inner\n- b', '<ul><li>a<ul><li>inner</li></ul></li><li>b</li></ul>'],
  ['text\n- a', '<p>text</p><ul><li>a</li></ul>'],
  ['> said\n> so', '<blockquote><p>said\nso</p></blockquote>'],
  ['---', '<hr/>'],
  ['```\n<a> *\n```', '<pre>&lt;a&gt; *</pre>'],
  ['hard  \nbreak', '<p>hard<br/>break</p>'],
  ['[jobs](https://example.org/a?b=c)', '<p><a href="https://example.org/a?b=c">jobs</a></p>'],
  ['see https://example.org/x.', '<p>see <a href="https://example.org/x">https://example.org/x</a>.</p>'],
  ['', ''],
])('%j', (text, expected) => {
  expect(html(text)).toBe(expected);
});

test.each([
  ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
  ['[x](javascript:alert)', '<p>x</p>'],
  ['[x](//elsewhere.example)', '<p>x</p>'],
  ['![spy](https://elsewhere.example/pixel.png)', '<p>spy</p>'],
])('%j stays harmless', (text, expected) => {
  expect(html(text)).toBe(expected);
});

test('endless nesting and endless marks end', () => {
  expect(html(`${'> '.repeat(5000)}deep`).length).toBeLessThan(40_000);
  const started = performance.now();
  html('*'.repeat(20_000));
  html('['.repeat(20_000));
  html('**a '.repeat(5000));
  html('_a '.repeat(5000));
  expect(performance.now() - started).toBeLessThan(5000);
});
