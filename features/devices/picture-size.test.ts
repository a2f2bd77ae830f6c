// How large a picture is asked of the camera, from strong machines to weak ones.
import { expect, it } from 'vitest';
import { pictureSizeFor } from './picture-size.ts';

it.each([
  ['a machine of which nothing is known', {}, 720],
  ['a desktop', { cores: 12, memoryGb: 8 }, 720],
  ['a laptop with four cores', { cores: 4, memoryGb: 8 }, 540],
  ['a phone', { cores: 8, memoryGb: 4, isPhone: true }, 540],
  ['a phone that does not tell its cores', { isPhone: true }, 540],
  ['a small phone', { cores: 4, memoryGb: 4, isPhone: true }, 360],
  ['two cores', { cores: 2, memoryGb: 8 }, 360],
  ['little memory', { cores: 8, memoryGb: 2 }, 360],
  ['a desktop that was measured to be slow with a background', { cores: 8, wasTooSlow: true }, 540],
])('%s: %j gives %ip', (_, machine, height) => {
  const size = pictureSizeFor(machine);
  expect(size.height).toBe(height);
  expect(size.width / size.height).toBeCloseTo(16 / 9, 5);
});
