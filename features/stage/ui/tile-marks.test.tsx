// The marks of a tile: what others read of a poor connection, and that oneself gets advice and the way to it.
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { TileMarks } from './tile-marks.tsx';

const html = (props: Parameters<typeof TileMarks>[0]) => renderToStaticMarkup(<TileMarks {...props} />);

it('nothing where all is well', () => {
  expect(html({ isPoor: false, isCameraOff: false })).toBe('');
});

it('somebody else’s poor connection is an image with its name', () => {
  const marks = html({ isPoor: true, isCameraOff: true });
  expect(marks).toContain('role="img" aria-label="Poor connection"');
  expect(marks).toContain('aria-label="Camera off"');
  expect(marks).not.toContain('<button');
});

it('one’s own is a button that says what helps, and leads on', () => {
  const marks = html({ isPoor: true, isCameraOff: false, onAdvice: () => undefined });
  expect(marks).toMatch(/<button type="button" class="poor" aria-label="Poor connection: go nearer to your router/);
});
