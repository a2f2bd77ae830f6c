// Owns the names of virtual backgrounds, long and short, for whoever opens them before they are fetched.
import { defineTexts } from '#platform/ui/texts.ts';

const { t } = defineTexts('backgrounds-title', {
  en: { title: 'Virtual backgrounds', short: 'Backgrounds' },
  de: { title: 'Virtuelle Hintergründe', short: 'Hintergründe' },
});

export const backgroundsTitle = (): string => t('title');
export const backgroundsShortTitle = (): string => t('short');
