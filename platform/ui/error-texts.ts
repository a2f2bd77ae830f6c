// Owns the sentence for every error and refusal code that reaches a person: why, and what one can do. The codes are the contracts'.
import { ApiError } from './api.ts';
import { formatDuration, formatTime } from './format.ts';
import { currentLanguage, defineTexts } from './texts.ts';
import { viewerTimeZone } from './viewer.ts';

const en = {
  network: 'No connection to Stagedoor. Check your network, then try again.',
  internal: 'Something went wrong on our side. Try again in a moment.',
  'storage-full': 'The server has no room left, so this was not saved. Try again later.',
  unavailable: 'Stagedoor is restarting. It is back in a moment.',
  busy: 'Many people are signing in at once. Try again in {{wait}}.',
  'media-unavailable': 'Sound and video are out of reach for a moment. We keep trying.',
  invalid: 'Something in the form does not fit. Check what you entered.',
  'bad-request': 'That could not be understood. Reload the page and try again.',
  'foreign-origin': 'This address is not the one Stagedoor was set up for. Open it at its own address.',
  'too-large': 'That is too large.',
  'not-found': 'This does not exist, or you may not see it.',
  'signed-out': 'You are signed out. Sign in again to go on.',
  'email-taken': 'There is an account with this e-mail already. Sign in instead.',
  'wrong-password': 'That is not your password.',
  'weak-password': 'Choose a longer password, and not one of the well-known ones.',
  'wrong-email-or-password': 'E-mail or password is wrong.',
  'too-many-attempts': 'Too many attempts. Try again in {{wait}}.',
  'not-allowed': 'You may not do that here.',
  removed: 'A speaker removed you from this Session.',
  'session-not-scheduled': 'This Session cannot be started any more.',
  'too-early-to-start': 'Starting is possible from {{time}}.',
  'session-not-live': 'This Session is not live.',
  'session-ended': 'This Session has ended.',
  'timer-obsolete': 'This was decided already.',
  'stage-full': 'The stage is full: {{limit}} people are on it.',
  'not-on-stage': 'You are not on the stage.',
  'no-such-message': 'This message is gone already.',
  'not-your-message': 'You can delete only your own messages.',
  'message-too-old': 'Only the latest 100 messages can get reactions.',
  'chat-paused': 'The speakers have paused the chat. What you typed stays here.',
  'banned-from-chat': 'The speakers have taken the chat from you. You can still read it.',
  'chatting-too-fast': 'Those were many messages at once. You can send the next one in {{wait}}.',
  'cannot-ban-a-speaker': 'Speakers cannot be banned from the chat.',
  'cannot-remove-a-speaker': 'A speaker cannot be removed.',
  'already-removed': 'This person was removed already.',
  'not-removed': 'This person was let back in already.',
  'asking-too-fast': 'Those were many questions at once. You can ask the next one in {{wait}}.',
  'too-many-questions': 'There are as many questions as this Session can hold. Vote for the ones you like.',
  'not-anonymously': 'Questions are asked by name here.',
  'no-such-question': 'This question is gone already.',
  'already-answered': 'This question was answered already.',
  'not-your-question': 'You can delete only your own questions.',
  'support-too-many': 'That is a lot at once. You can write again in {{wait}}.',
  'support-not-begun': 'Nobody has written here yet.',
  'support-taken': 'Somebody else has taken this conversation.',
  'support-not-yours': 'You do not have this conversation any more.',
  'support-resolved': 'This conversation is resolved. Reopen it first.',
  'changed-meanwhile': 'Somebody else changed this meanwhile. Load it anew, then make your change again.',
  'unknown-command': 'This page is older than Stagedoor. Reload it and try again.',
} as const;

const errorTexts = defineTexts('errors', {
  en,
  de: {
    network: 'Keine Verbindung zu Stagedoor. Prüfen Sie Ihr Netzwerk und versuchen Sie es erneut.',
    internal: 'Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.',
    'storage-full': 'Auf dem Server ist kein Platz mehr; das wurde nicht gespeichert. Versuchen Sie es später noch einmal.',
    unavailable: 'Stagedoor startet neu und ist gleich wieder da.',
    busy: 'Gerade melden sich viele an. Versuchen Sie es in {{wait}} wieder.',
    'media-unavailable': 'Ton und Bild sind gerade nicht erreichbar. Wir versuchen es weiter.',
    invalid: 'Etwas im Formular passt nicht. Prüfen Sie Ihre Eingaben.',
    'bad-request': 'Das war nicht verständlich. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
    'foreign-origin': 'Stagedoor ist für eine andere Adresse eingerichtet. Öffnen Sie es unter seiner eigenen Adresse.',
    'too-large': 'Das ist zu groß.',
    'not-found': 'Das gibt es nicht, oder Sie dürfen es nicht sehen.',
    'signed-out': 'Sie sind abgemeldet. Melden Sie sich wieder an, um fortzufahren.',
    'email-taken': 'Zu dieser E-Mail-Adresse gibt es bereits ein Konto. Melden Sie sich an.',
    'wrong-password': 'Das ist nicht Ihr Passwort.',
    'weak-password': 'Wählen Sie ein längeres Passwort, und keines der allseits bekannten.',
    'wrong-email-or-password': 'E-Mail-Adresse oder Passwort stimmt nicht.',
    'too-many-attempts': 'Zu viele Versuche. Versuchen Sie es in {{wait}} wieder.',
    'not-allowed': 'Das dürfen Sie hier nicht.',
    removed: 'Eine sprechende Person hat Sie aus dieser Session entfernt.',
    'session-not-scheduled': 'Diese Session lässt sich nicht mehr starten.',
    'too-early-to-start': 'Starten ist ab {{time}} möglich.',
    'session-not-live': 'Diese Session ist nicht live.',
    'session-ended': 'Diese Session ist beendet.',
    'timer-obsolete': 'Das ist schon entschieden.',
    'stage-full': 'Die Bühne ist voll: {{limit}} Personen sind darauf.',
    'not-on-stage': 'Sie sind nicht auf der Bühne.',
    'no-such-message': 'Diese Nachricht ist schon weg.',
    'not-your-message': 'Sie können nur Ihre eigenen Nachrichten löschen.',
    'message-too-old': 'Reaktionen sind nur auf die letzten 100 Nachrichten möglich.',
    'chat-paused': 'Die Sprechenden haben den Chat angehalten. Was Sie geschrieben haben, bleibt hier.',
    'banned-from-chat': 'Die Sprechenden haben Ihnen das Schreiben im Chat entzogen. Lesen können Sie weiter.',
    'chatting-too-fast': 'Das waren viele Nachrichten auf einmal. Die nächste können Sie in {{wait}} senden.',
    'cannot-ban-a-speaker': 'Sprechenden kann der Chat nicht entzogen werden.',
    'cannot-remove-a-speaker': 'Sprechende können nicht entfernt werden.',
    'already-removed': 'Diese Person wurde bereits entfernt.',
    'not-removed': 'Diese Person wurde bereits wieder zugelassen.',
    'asking-too-fast': 'Das waren viele Fragen auf einmal. Die nächste können Sie in {{wait}} stellen.',
    'too-many-questions': 'Mehr Fragen fasst diese Session nicht. Stimmen Sie für die, die Ihnen wichtig sind.',
    'not-anonymously': 'Hier werden Fragen mit Namen gestellt.',
    'no-such-question': 'Diese Frage ist schon weg.',
    'already-answered': 'Diese Frage ist schon beantwortet.',
    'not-your-question': 'Sie können nur Ihre eigenen Fragen löschen.',
    'support-too-many': 'Das ist viel auf einmal. Sie können in {{wait}} wieder schreiben.',
    'support-not-begun': 'Hier hat noch niemand geschrieben.',
    'support-taken': 'Jemand anderes hat dieses Gespräch übernommen.',
    'support-not-yours': 'Sie haben dieses Gespräch nicht mehr.',
    'support-resolved': 'Dieses Gespräch ist erledigt. Öffnen Sie es zuerst wieder.',
    'changed-meanwhile': 'Das hat inzwischen jemand anderes geändert. Laden Sie es neu und ändern Sie es noch einmal.',
    'unknown-command': 'Diese Seite ist älter als Stagedoor. Laden Sie sie neu und versuchen Sie es noch einmal.',
  },
});

type Details = Record<string, string | number>;

/** In the language of the moment. An unknown code says that it was not the person's fault. */
export function errorText(code: string, details: Details = {}): string {
  const values: Details = { ...details };
  if (details.retryAfterSeconds !== undefined) {
    values.wait = formatDuration(Number(details.retryAfterSeconds) * 1000, currentLanguage());
  }
  if (details.possibleAt !== undefined) values.time = formatTime(String(details.possibleAt), viewerTimeZone(), currentLanguage());
  return errorTexts.t((Object.hasOwn(en, code) ? code : 'internal') as keyof typeof en, values);
}

/** For what a request threw, whatever it was. */
export const errorTextOf = (error: unknown): string =>
  error instanceof ApiError ? errorText(error.code, error.details) : errorText('internal');
