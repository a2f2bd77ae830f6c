// Owns Sessions that a person of the demo has no business in: of an event that is not published, of another company, of the past.
import type { EventDetail, EventSummary } from '#shell/events/contract.ts';
import { createProgramBook } from '#shell/events/server/program-book.ts';
import type { TestApp } from '#tests/flows/app.ts';

export const hiddenSlug = 'not-published-yet';
const dayMs = 24 * 60 * 60 * 1000;

/** `words` stand in all texts of the hidden event. */
export async function foreignSessions(app: TestApp, words = 'Hidden') {
  const { db, log } = app.server;
  const book = createProgramBook(log);
  const [owner] = await db.query<{ id: string }>('select person_id as id from accounts where email = $1', [
    'participant30@demo.example',
  ]);
  const startsAt = new Date(Date.now() + dayMs).toISOString();
  const unpublished = await db.transaction(async (tx) => {
    const eventId = await book.addEvent(tx, {
      slug: hiddenSlug,
      title: `${words} event`,
      description: `${words} description`,
      organiserName: `${words} organiser`,
      startsAt,
      endsAt: new Date(Date.now() + 2 * dayMs).toISOString(),
      timeZone: 'UTC',
      bannerUrl: '',
      accent: { hue: 200, chroma: 0.1 },
      published: false,
      roles: [{ personId: owner?.id as string, role: 'organiser' }],
    });
    return book.addPoint(tx, eventId, {
      kind: 'Workshop',
      title: `${words} Session`,
      description: `${words} details`,
      startsAt,
      durationMinutes: 60,
      capacity: null,
      companyIds: [],
      speakerIds: [],
    });
  });
  const cookie = await app.signIn('organiser');
  const { events } = await app.get<{ events: EventSummary[] }>('/api/events', cookie);
  const details = await Promise.all(events.map(({ slug }) => app.get<EventDetail>(`/api/events/${slug}`, cookie)));
  const ended = details.flatMap((one) => one.program).find((point) => point.phase === 'ended');
  if (!ended) throw new Error('The demo has no Session that ended');
  return {
    unpublished,
    unpublishedSlug: hiddenSlug,
    otherCompany: (await app.point('From a thesis to a first job')).id,
    ended: ended.id,
  };
}
