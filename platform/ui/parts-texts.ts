// Owns the few words that the design system itself says.
import { defineTexts } from './texts.ts';

export const partsTexts = defineTexts('parts', {
  en: { close: 'Close', notifications: 'Notifications', menuFailed: 'The menu could not be loaded', tryAgain: 'Try again' },
  de: {
    close: 'Schließen',
    notifications: 'Meldungen',
    menuFailed: 'Das Menü konnte nicht geladen werden',
    tryAgain: 'Erneut versuchen',
  },
});
