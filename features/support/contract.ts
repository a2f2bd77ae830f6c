// Owns the words of support: what is said in a conversation, what the desk lists, canned answers. Rules: SPEC.md.
import { z } from 'zod';
import { storableText } from '#platform/log/contract.ts';

export const maxSupportLength = 2000;
/** The state keeps this many messages. */
export const recentSupportMessages = 200;
export const supportRate = { messages: 20, withinMs: 60_000 } as const;

const line = (max: number) =>
  storableText(max)
    .transform((value) => value.trim())
    .refine((value) => value.length > 0);

const permission = z.enum(['granted', 'denied', 'prompt', 'unknown']);
export type DevicePermission = z.infer<typeof permission>;
const deviceKind = z.enum(['camera', 'microphone', 'speaker']);

/** What a person agrees to send. Every field is shown before; nothing else is ever collected. */
export const diagnosticsShape = z.strictObject({
  browser: storableText(80),
  system: storableText(80),
  language: storableText(40),
  timeZone: storableText(64),
  screen: storableText(40),
  camera: permission,
  microphone: permission,
  /** Labels only where the browser gives them, which it does with permission. */
  devices: z.array(z.strictObject({ kind: deviceKind, label: storableText(120) })).max(30),
  connection: z.strictObject({
    online: z.boolean(),
    /** Of a request to this server, in milliseconds. */
    roundTripMs: z.number().min(0).max(600_000).nullable(),
    /** What the browser itself estimates, e.g. "4g". */
    kind: storableText(20).nullable(),
    downlinkMbps: z.number().min(0).max(100_000).nullable(),
  }),
  /** Of a Session's sound and pictures; null elsewhere, and from pages that do not know of it. */
  call: z
    .strictObject({
      state: z.enum(['idle', 'connecting', 'connected', 'reconnecting', 'elsewhere', 'refused']),
      /** As the media server judges this person's connection. */
      quality: z.enum(['good', 'poor', 'unknown']),
      /** Sound arrives, and the browser wants a click before it plays any. */
      soundBlocked: z.boolean(),
    })
    .nullable()
    .default(null),
  errors: z.array(z.strictObject({ at: z.iso.datetime(), text: storableText(200) })).max(10),
});
export type Diagnostics = z.infer<typeof diagnosticsShape>;

export const supportPages = [
  'lobby',
  'program',
  'schedule',
  'companies',
  'desk',
  'entrance',
  'inside',
  'ended',
  'other',
] as const;
export const supportPlace = z.strictObject({ page: z.enum(supportPages), sessionId: z.uuid().nullable() });
export type SupportPlace = z.infer<typeof supportPlace>;

export const supportCommands = {
  'support.send': z.object({ text: line(maxSupportLength), diagnostics: diagnosticsShape.optional() }),
  /** `seq` is the number of the last message that was read. */
  'support.read': z.object({ seq: z.number().int().min(1) }),
  'support.note-place': z.object({ place: supportPlace }),
  /** `from` is who has it as far as one knows, or null. */
  'support.take': z.object({ from: z.uuid().nullable() }),
  'support.hand-back': z.object({}),
  'support.resolve': z.object({}),
  'support.reopen': z.object({}),
};
export type SupportCommandType = keyof typeof supportCommands;

export type SupportEvent =
  | { audience: 'all'; type: 'support.opened'; body: { person: string } }
  | { audience: 'all'; type: 'support.sent'; body: { author: string; text: string; shared?: boolean } }
  | { audience: 'all'; type: 'support.taken'; body: { by: string } }
  | { audience: 'all'; type: 'support.handed-back'; body: { by: string } }
  | { audience: 'all'; type: 'support.resolved'; body: { by: string } }
  | { audience: 'all'; type: 'support.reopened'; body: { by: string } }
  | { audience: 'backstage'; type: 'support.team-set'; body: { team: string[] } }
  | { audience: 'backstage'; type: 'support.diagnostics-shared'; body: { diagnostics: Diagnostics } }
  | { audience: 'backstage'; type: 'support.place-noted'; body: { place: SupportPlace } }
  | { audience: 'backstage'; type: 'support.team-read'; body: { seq: number; by: string } }
  | { audience: `person:${string}`; type: 'support.person-read'; body: { seq: number } };

export interface SupportMessage {
  seq: number;
  author: string;
  text: string;
  at: string;
  /** Diagnostics came with it. */
  shared: boolean;
}
/** Slice `all`. */
export interface TalkSlice {
  /** Empty until the stream has begun. */
  person: string;
  messages: SupportMessage[];
  sent: number;
  takenBy: string | null;
  waitingSince: string | null;
  resolvedAt: string | null;
}
/** Slice `backstage`. */
export interface TeamSlice {
  team: string[];
  shared: { at: string; diagnostics: Diagnostics } | null;
  place: { at: string; place: SupportPlace } | null;
  readTo: number;
}
/** Slice `person:x`. */
export interface OwnSlice {
  readTo: number;
}
export type SupportState = { all?: TalkSlice; backstage?: TeamSlice } & { [person in `person:${string}`]?: OwnSlice };

/** Stored beside the head: what the desk lists without reading streams. No text of a message, so that erasing stays in one place. */
export interface SupportSummary {
  sent: number;
  takenBy: string | null;
  waitingSince: string | null;
  resolvedAt: string | null;
  /** The person wrote what the team has not read. */
  unread: boolean;
  place: SupportPlace | null;
  team: string[];
}

export type SupportRefusal =
  | 'not-allowed'
  | 'support-too-many'
  | 'support-not-begun'
  | 'support-taken'
  | 'support-not-yours'
  | 'support-resolved';

export type WhereNow =
  /** Connected to a Session of this event now. */
  | { is: 'in-session'; sessionId: string; title: string; onStage: boolean }
  /** A page of the event is open. */
  | { is: 'on-page'; page: SupportPlace['page']; sessionId: string | null; title: string | null }
  | { is: 'away' };

export interface DeskConversation {
  id: string;
  personId: string;
  waitingSince: string | null;
  takenBy: string | null;
  resolvedAt: string | null;
  unread: boolean;
  /** Cut for the list; null when it was erased. */
  last: { author: string; text: string; at: string } | null;
  where: WhereNow;
}
export interface DeskAnswer {
  /** Names this content: asking with `known` gets `{ tag, unchanged: true }` while it is the same. */
  tag: string;
  open: DeskConversation[];
  /** How many wait, for the badge. */
  waiting: number;
}
export interface ResolvedAnswer {
  conversations: DeskConversation[];
  people: { id: string; name: string; headline: string; organisation: string; avatarUrl: string | null }[];
}

export const answerLanguage = z.enum(['en', 'de']);
export const cannedAnswer = z.strictObject({ language: answerLanguage, title: line(80), text: line(maxSupportLength) });
export type CannedAnswer = z.infer<typeof cannedAnswer>;
export const maxAnswers = 100;
export const answersBody = z.strictObject({ version: z.number().int().min(0), answers: z.array(cannedAnswer).max(maxAnswers) });
export interface AnswersAnswer {
  version: number;
  answers: CannedAnswer[];
}

/**
 * GET   /api/events/:slug/support                          → { conversationId: string | null }   one's own
 * POST  /api/events/:slug/support                          → { conversationId: string }          begins it
 * GET   /api/events/:slug/support/messages?before=seq&limit=50[&conversation=id]   → { messages: SupportMessage[] }   oldest first; one's own, or for the team any
 * GET   /api/events/:slug/support/people?ids=a,b           → { people: PersonSummary[] }
 * GET   /api/events/:slug/support/desk?known=tag           → DeskAnswer | { tag, unchanged: true }   403 not-allowed for all but the team
 * GET   /api/events/:slug/support/resolved?text=           → ResolvedAnswer                      the same
 * GET   /api/events/:slug/support/answers                  → AnswersAnswer                       the same
 * PATCH /api/events/:slug/support/answers  answersBody     → AnswersAnswer                       the same; 409 changed-meanwhile
 * The conversation itself is followed over the live socket, by its id.
 */
export const supportPath = (slug: string): string => `/api/events/${encodeURIComponent(slug)}/support`;

/** Under which the web keeps how many wait: the tab shows it, the desk knows it sooner. */
export const supportWaitingKey = (slug: string) => ['events', slug, 'support-waiting'] as const;

/** What an event's desk begins with. */
export const firstAnswers: readonly CannedAnswer[] = [
  { language: 'en', title: 'Hello', text: 'Hello, thank you for writing. I am looking into it.' },
  {
    language: 'en',
    title: 'Allow camera and microphone',
    text: 'Your browser blocks the camera or the microphone. Click the icon at the left of the address, allow both for this site, then load the page anew.',
  },
  {
    language: 'en',
    title: 'Device in use',
    text: 'Another program seems to be using the camera or the microphone. Please close other video calls, then switch the device off and on here.',
  },
  {
    language: 'en',
    title: 'No sound',
    text: 'Please check that the right speaker is chosen under Settings, and that this tab is not muted. Does the test sound work at the entrance?',
  },
  {
    language: 'en',
    title: 'Weak connection',
    text: 'Your connection is weak at the moment. It helps to turn the camera off, to move closer to the router, or to use a cable.',
  },
  { language: 'en', title: 'All well?', text: 'Is everything working now? Otherwise write to me again, at any time.' },
  { language: 'de', title: 'Begrüßung', text: 'Guten Tag, danke für Ihre Nachricht. Ich sehe es mir an.' },
  {
    language: 'de',
    title: 'Kamera und Mikrofon erlauben',
    text: 'Ihr Browser blockiert Kamera oder Mikrofon. Klicken Sie auf das Symbol links neben der Adresse, erlauben Sie beides für diese Seite und laden Sie sie neu.',
  },
  {
    language: 'de',
    title: 'Gerät belegt',
    text: 'Vermutlich benutzt ein anderes Programm Kamera oder Mikrofon. Bitte schließen Sie andere Videogespräche und schalten Sie das Gerät hier aus und wieder ein.',
  },
  {
    language: 'de',
    title: 'Kein Ton',
    text: 'Bitte prüfen Sie, ob unter „Einstellungen“ der richtige Lautsprecher gewählt und dieser Tab nicht stummgeschaltet ist. Hören Sie den Testton am Eingang?',
  },
  {
    language: 'de',
    title: 'Schwache Verbindung',
    text: 'Ihre Verbindung ist gerade schwach. Es hilft, die Kamera auszuschalten, näher an den Router zu gehen oder ein Kabel zu benutzen.',
  },
  { language: 'de', title: 'Alles in Ordnung?', text: 'Funktioniert jetzt alles? Sonst schreiben Sie mir jederzeit wieder.' },
];
