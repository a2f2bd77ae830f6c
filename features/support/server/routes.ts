// Owns the routes of support: one's own conversation, the team's desk. What is said goes over the live socket.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '#platform/errors/app-error.ts';
import type { Logins } from '#platform/live/login.ts';
import type { Directory } from '#shell/accounts/contract.ts';
import type { DeskAnswer, ResolvedAnswer, SupportMessage } from '../contract.ts';
import { answersBody } from '../contract.ts';
import { readAnswers, replaceAnswers } from './answers.ts';
import type { ConversationDeps } from './conversations.ts';
import { conversationAt, findConversation, isOfTeam, openConversation } from './conversations.ts';
import { readDesk, readResolved } from './desk.ts';
import { readOlder } from './older-messages.ts';

export interface SupportDeps extends ConversationDeps {
  logins: Pick<Logins, 'find'>;
  directory: Directory;
  /** Null also for an event that the person may not see. */
  findEvent(personId: string, slug: string): Promise<{ id: string } | null>;
}

const maxIds = 100;
const slugShape = /^[a-z0-9-]{1,100}$/;
const path = '/api/events/:slug/support';
const ids = z.object({ ids: z.string().max(maxIds * 40) });
const older = z.object({
  /** Without it, one's own. */
  conversation: z.uuid().optional(),
  before: z.coerce.number().int().min(1),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const known = z.object({ known: z.string().max(40).optional() });
const search = z.object({ text: z.string().max(200).default('') });

export function registerSupport(app: FastifyInstance, deps: SupportDeps): void {
  const { db, logins, directory } = deps;
  const visitOf = async (request: FastifyRequest): Promise<{ personId: string; eventId: string }> => {
    const login = await logins.find(request.headers);
    if (!login) throw new AppError(401, 'signed-out');
    const { slug } = request.params as { slug: string };
    const event = slugShape.test(slug) ? await deps.findEvent(login.personId, slug) : null;
    if (!event) throw new AppError(404, 'not-found');
    return { personId: login.personId, eventId: event.id };
  };
  const teamVisitOf = async (request: FastifyRequest) => {
    const visit = await visitOf(request);
    if (!(await isOfTeam(db, visit.eventId, visit.personId))) throw new AppError(403, 'not-allowed');
    return visit;
  };

  app.get(path, async (request) => {
    const { eventId, personId } = await visitOf(request);
    return { conversationId: await findConversation(db, eventId, personId) };
  });

  app.post(path, async (request) => {
    const { eventId, personId } = await visitOf(request);
    return { conversationId: await openConversation(deps, eventId, personId) };
  });

  app.get(`${path}/messages`, async (request): Promise<{ messages: SupportMessage[] }> => {
    const { eventId, personId } = await visitOf(request);
    const { conversation, before, limit } = older.parse(request.query);
    const own = await findConversation(db, eventId, personId);
    const isForMe = conversation === undefined || conversation === own || (await isOfTeam(db, eventId, personId));
    const id = conversation === undefined ? own : await conversationAt(db, eventId, conversation);
    // Who may not know of it gets the same answer as for one that does not exist.
    if (!id || !isForMe) throw new AppError(404, 'not-found');
    return { messages: await readOlder(db, id, before, limit) };
  });

  app.get(`${path}/people`, async (request) => {
    await visitOf(request);
    const asked = ids.parse(request.query).ids.split(',');
    if (asked.length > maxIds) throw new AppError(422, 'invalid', { field: 'ids' });
    return { people: await directory.people(asked.filter((id) => z.guid().safeParse(id).success)) };
  });

  app.get(`${path}/desk`, async (request): Promise<DeskAnswer | { tag: string; unchanged: true }> => {
    const { eventId, personId } = await teamVisitOf(request);
    const desk = await readDesk(db, eventId, personId);
    return known.parse(request.query).known === desk.tag ? { tag: desk.tag, unchanged: true } : desk;
  });

  app.get(`${path}/resolved`, async (request): Promise<ResolvedAnswer> => {
    const { eventId, personId } = await teamVisitOf(request);
    const text = search.parse(request.query).text.trim();
    const conversations = await readResolved(db, eventId, personId, text);
    return { conversations, people: await directory.people([...new Set(conversations.map((one) => one.personId))]) };
  });

  app.get(`${path}/answers`, async (request) => readAnswers(db, (await teamVisitOf(request)).eventId));

  app.patch(`${path}/answers`, async (request) => {
    const { eventId } = await teamVisitOf(request);
    const { version, answers } = answersBody.parse(request.body);
    return replaceAnswers(db, eventId, version, answers);
  });
}
