// Owns what is said by itself about rooms, to be there before anything else of them has been fetched.
import { defineTexts } from '#platform/ui/texts.ts';

export const roomAnnouncements = defineTexts('roomAnnouncements', {
  en: {
    in: 'You are now in {{room}}.',
    back: 'You are back in the main call.',
    minute: 'One minute left in the rooms.',
    closing: 'The rooms are closing. Everyone returns to the main call.',
    roomClosing: '{{room}} is closing. You return to the main call.',
    keptOpen: 'The rooms stay open.',
    message: '{{name}} to all rooms: {{text}}',
    help: '{{room}} asks for help.',
  },
  de: {
    in: 'Sie sind jetzt in {{room}}.',
    back: 'Sie sind wieder im Hauptgespräch.',
    minute: 'Noch eine Minute in den Räumen.',
    closing: 'Die Räume schließen. Alle kehren ins Hauptgespräch zurück.',
    roomClosing: '{{room}} schließt. Sie kehren ins Hauptgespräch zurück.',
    keptOpen: 'Die Räume bleiben offen.',
    message: '{{name}} an alle Räume: {{text}}',
    help: '{{room}} bittet um Hilfe.',
  },
});
