// Owns which virtual backgrounds there are. Pure; how they are drawn is ui/segmented-picture.ts.

export const pictureNames = ['office', 'library', 'gradient', 'plants', 'city', 'event-stage'] as const;
export type PictureName = (typeof pictureNames)[number];
export type Background = 'none' | 'blur' | 'semi-blur' | PictureName;

export const backgrounds: readonly Background[] = ['none', 'blur', 'semi-blur', ...pictureNames];

export const isPicture = (name: string): name is PictureName => pictureNames.some((one) => one === name);

/** What was remembered may be of an older version. */
export const backgroundOf = (name: string | null): Background => backgrounds.find((one) => one === name) ?? 'none';

/** How far colours run into one another, in pixels of the picture. */
export const blurRadiusOf = (background: Background): number | null =>
  background === 'blur' ? 48 : background === 'semi-blur' ? 16 : null;
