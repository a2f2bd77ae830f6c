// Owns the names of the button and the sheet, known before the sheet is fetched, and of who has come meanwhile.
import { defineTexts } from '#platform/ui/texts.ts';

export const breakoutsTitles = defineTexts('breakoutsTitles', {
  en: {
    plan: 'Breakout Rooms',
    manage: 'Manage Rooms',
    latecomers_one: '{{count}} person came later',
    latecomers_other: '{{count}} people came later',
  },
  de: {
    plan: 'Breakout-Räume',
    manage: 'Räume verwalten',
    latecomers_one: '{{count}} Person kam später',
    latecomers_other: '{{count}} Personen kamen später',
  },
});
export const breakoutsTitle = (): string => breakoutsTitles.t('plan');
