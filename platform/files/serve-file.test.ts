// Proves how ranges are read and names are written into headers; that they are sent so is the flow tests'.
import { expect, test } from 'vitest';
import { attachment, rangeOf } from './serve-file.ts';

test.each([
  ['bytes=0-3', { start: 0, end: 3 }],
  ['bytes=4-', { start: 4, end: 9 }],
  ['bytes=-4', { start: 6, end: 9 }],
  ['bytes=-400', { start: 0, end: 9 }],
  ['bytes=8-400', { start: 8, end: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-4', null],
  ['bytes=-', null],
  ['bytes=0-1,3-4', null],
  ['lines=0-1', null],
  [undefined, null],
])('of ten bytes, %s', (header, range) => {
  expect(rangeOf(header, 10)).toEqual(range);
});

test.each([
  ['Slides.pdf', `attachment; filename="Slides.pdf"; filename*=UTF-8''Slides.pdf`],
  ['../../etc/passwd', `attachment; filename="-..-etc-passwd"; filename*=UTF-8''-..-etc-passwd`],
  ['a"\r\nx-evil: 1', `attachment; filename="a---x-evil- 1"; filename*=UTF-8''a---x-evil-%201`],
  ['Übersicht (neu).pdf', `attachment; filename="_bersicht (neu).pdf"; filename*=UTF-8''%C3%9Cbersicht%20%28neu%29.pdf`],
  ['50 %; x', `attachment; filename="50 __ x"; filename*=UTF-8''50%20%25%3B%20x`],
  ['\ud800', `attachment; filename="_"; filename*=UTF-8''%EF%BF%BD`],
])('saves %s under a name that means nothing else', (name, header) => {
  expect(attachment(name)).toBe(header);
});
