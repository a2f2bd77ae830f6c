// Owns the names of the button and the sheet, known before the sheet is fetched.
import { defineTexts } from '#platform/ui/texts.ts';

export const breakoutsTitles = defineTexts('breakoutsTitles', {
  en: { plan: 'Breakout Rooms', manage: 'Manage Rooms' },
  de: { plan: 'Breakout-Räume', manage: 'Räume verwalten' },
});
export const breakoutsTitle = (): string => breakoutsTitles.t('plan');
