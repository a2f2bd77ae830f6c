// Owns the few words that the design system itself says.
import { defineTexts } from './texts.ts';

export const partsTexts = defineTexts('parts', {
  en: {
    close: 'Close',
    notifications: 'Notifications',
    skip: 'Skip to content',
    events: 'Events',
    loading: 'Loading',
    tryAgain: 'Try again',
    toEvents: 'To the events',
    awayTitle: 'Stagedoor is out of reach',
    awayText: 'We keep trying. As soon as there is an answer, this page goes on by itself.',
    brokenTitle: 'This page came to a stop',
    brokenText: 'Something went wrong on our side. Loading it again usually helps.',
    missingTitle: 'There is nothing at this address',
    missingText: 'The link may be old or mistyped, or the event is not open to you.',
    staleTitle: 'This page may be out of date',
  },
  de: {
    close: 'Schließen',
    notifications: 'Meldungen',
    skip: 'Zum Inhalt springen',
    events: 'Events',
    loading: 'Wird geladen',
    tryAgain: 'Erneut versuchen',
    toEvents: 'Zu den Events',
    awayTitle: 'Stagedoor ist nicht erreichbar',
    awayText: 'Wir versuchen es weiter. Sobald eine Antwort kommt, geht es hier von selbst weiter.',
    brokenTitle: 'Diese Seite ist stehen geblieben',
    brokenText: 'Bei uns ist etwas schiefgegangen. Neu laden hilft meistens.',
    missingTitle: 'Unter dieser Adresse gibt es nichts',
    missingText: 'Der Link ist vielleicht alt oder vertippt, oder das Event steht Ihnen nicht offen.',
    staleTitle: 'Diese Seite ist vielleicht nicht mehr aktuell',
  },
});
