// Proves values, plurals and the change of language.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineTexts, setLanguage } from './texts.ts';

const texts = defineTexts('test', {
  en: { people_one: '{{count}} person', people_other: '{{count}} people', hello: 'Hello {{name}}, {{unknown}}' },
  de: { people_one: '{{count}} Person', people_other: '{{count}} Personen', hello: 'Guten Tag {{name}}, {{unknown}}' },
});

beforeEach(() => vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => {
  setLanguage('en');
  vi.unstubAllGlobals();
});

test('counts choose the plural', () => {
  expect(texts.t('people', { count: 1 })).toBe('1 person');
  expect(texts.t('people', { count: 0 })).toBe('0 people');
  expect(texts.t('people', { count: 2000 })).toBe('2,000 people');
});

test('values are filled in as they are, and what is not given stays visible', () => {
  expect(texts.t('hello', { name: '<b>$&</b>' })).toBe('Hello <b>$&</b>, {{unknown}}');
});

test('the language of the moment decides, and the document says it', () => {
  setLanguage('de');
  expect(texts.t('people', { count: 2000 })).toBe('2.000 Personen');
  expect(document.documentElement.lang).toBe('de');
});
