// Owns Q&A over HTTP: asking from the Program page by the same command as inside, and the speakers' CSV.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '#platform/errors/app-error.ts';
import type { Admission } from '#platform/live/admission.ts';
import type { Logins } from '#platform/live/login.ts';
import type { Actor, Audience, Log } from '#platform/log/contract.ts';
import type { Directory } from '#shell/accounts/contract.ts';
import type { AskingInfo, QuestionsState, ReceivedQuestionsState } from '../contract.ts';
import { askFromOutside } from '../contract.ts';
import type { CsvLanguage, CsvQuestion } from './csv.ts';
import { csvHead, csvLine } from './csv.ts';

const params = z.object({ sessionId: z.uuid() });
const csvQuery = z.object({ language: z.enum(['en', 'de']).default('en') });
/** Names are asked for so many at a time, while the lines before are on their way. */
const linesAtOnce = 100;
const refused = 409;

export interface QuestionsRoutesParts {
  log: Pick<Log, 'read' | 'submit'>;
  logins: Pick<Logins, 'find'>;
  admission: Admission;
  directory: Directory;
  /** Which slices the person may hold. */
  audiencesOf(state: object, viewer: Actor): Audience[];
  questionsOf(state: object): { questions: QuestionsState; received: ReceivedQuestionsState };
}

export function registerQuestions(app: FastifyInstance, parts: QuestionsRoutesParts): void {
  const path = '/api/sessions/:sessionId/questions';
  const visit = async (request: FastifyRequest, needs: Audience, as: 'speaker' | 'participant') => {
    const login = await parts.logins.find(request.headers);
    if (!login) throw new AppError(401, 'signed-out');
    const { sessionId } = params.parse(request.params);
    const visible = await parts.admission.maySee(login.personId, sessionId);
    const snapshot = visible ? await parts.log.read(sessionId) : null;
    if (!snapshot) throw new AppError(404, 'not-found');
    const actor: Actor = { kind: 'person', personId: login.personId, as };
    if (!parts.audiencesOf(snapshot.state, actor).includes(needs)) throw new AppError(403, 'not-allowed');
    return { sessionId, actor, state: snapshot.state };
  };

  app.get(`${path}/asking`, async (request): Promise<AskingInfo> => {
    const { questions } = parts.questionsOf((await visit(request, 'all', 'participant')).state);
    return { ...questions.options, open: questions.questions.filter((one) => !one.answered).length };
  });

  app.post(path, async (request, reply) => {
    const { sessionId, actor } = await visit(request, 'all', 'participant');
    const { id, text, anonymous } = askFromOutside.parse(request.body);
    // Roles and rules are the Session's own, decided on the state of the commit.
    const outcome = await parts.log.submit(sessionId, actor, { id, type: 'questions.ask', body: { text, anonymous } });
    if (!outcome.ok) throw new AppError(refused, outcome.refusal.code, outcome.refusal.details);
    return reply.code(204).send();
  });

  app.get(`${path}.csv`, async (request, reply) => {
    const { state } = await visit(request, 'backstage', 'speaker');
    const { language } = csvQuery.parse(request.query);
    const { questions, received } = parts.questionsOf(state);
    reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="questions.csv"');
    return reply.send(Readable.from(lines(language, listQuestions(questions, received), parts.directory)));
  });
}

interface Listed extends Omit<CsvQuestion, 'author'> {
  authorId: string;
}

/** By number: the order in which they were asked. */
function listQuestions({ questions, answering }: QuestionsState, { waiting, authors }: ReceivedQuestionsState): Listed[] {
  const published = questions.map(({ number, text, author, votes, answered, at }): Listed => {
    const state = answered ? 'answered' : number === answering ? 'answering' : 'open';
    return { number, text, authorId: author ?? authors[number] ?? '', anonymous: author === null, votes, state, at };
  });
  const held = waiting.map(
    ({ number, text, author, anonymous, at }): Listed => ({
      number,
      text,
      authorId: author,
      anonymous,
      votes: 0,
      state: 'waiting',
      at,
    }),
  );
  return [...published, ...held].sort((a, b) => a.number - b.number);
}

async function* lines(language: CsvLanguage, questions: readonly Listed[], directory: Directory): AsyncGenerator<string> {
  yield csvHead(language);
  for (let index = 0; index < questions.length; index += linesAtOnce) {
    const some = questions.slice(index, index + linesAtOnce);
    const ids = [...new Set(some.map((one) => one.authorId).filter(Boolean))];
    const people = new Map((await directory.people(ids)).map((person) => [person.id, person]));
    yield some.map(({ authorId, ...one }) => csvLine(language, { ...one, author: people.get(authorId) ?? null })).join('');
  }
}
