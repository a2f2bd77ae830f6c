// Owns the words of the Session's Q&A: questions, votes, answered, approval, anonymity. Rules: SPEC.md.
import { z } from 'zod';
import { storableText } from '#platform/log/contract.ts';

export const maxQuestionLength = 500;
/** One person's questions within `askWindowMs`. */
export const mostAsked = 5;
export const askWindowMs = 60_000;
export const mostQuestions = 1000;

const text = storableText(maxQuestionLength)
  .transform((value) => value.trim())
  .refine((value) => value.length > 0);
const question = z.number().int().min(1);

export const questionsCommands = {
  'questions.ask': z.object({ text, anonymous: z.boolean() }),
  'questions.vote': z.object({ question }),
  'questions.take-back': z.object({ question }),
  'questions.set-answered': z.object({ question, answered: z.boolean() }),
  'questions.set-answering': z.object({ question, answering: z.boolean() }),
  'questions.approve': z.object({ question }),
  'questions.delete': z.object({ question }),
  'questions.set-options': z.object({ approval: z.boolean(), anonymous: z.boolean() }),
};

/** `question` is the question's number. `author` is null for everybody who must not know them. */
export type QuestionsEvent =
  | {
      audience: 'all';
      type: 'questions.published';
      body: { question: number; text: string; author: string | null; askedAt: string };
    }
  /** Votes come by thousands: the count alone, and nothing of whose. */
  | { audience: 'all'; type: 'questions.counted'; body: { question: number; votes: number } }
  | { audience: 'all'; type: 'questions.answered'; body: { question: number; answered: boolean } }
  | { audience: 'all'; type: 'questions.answering'; body: { question: number | null } }
  | { audience: 'all'; type: 'questions.removed'; body: { question: number } }
  | { audience: 'all'; type: 'questions.options-set'; body: { approval: boolean; anonymous: boolean } }
  /** For what the others must not know: who asked anonymously, and with `text` what waits for approval. */
  | {
      audience: 'backstage';
      type: 'questions.received';
      body: { question: number; author: string; anonymous: boolean; text: string | null };
    }
  | { audience: 'backstage'; type: 'questions.approved'; body: { question: number; by: string } }
  | { audience: 'backstage'; type: 'questions.dropped'; body: { question: number; by: string } }
  | {
      audience: `person:${string}`;
      type: 'questions.you-asked';
      body: { question: number; anonymous: boolean; text: string | null };
    }
  | { audience: `person:${string}`; type: 'questions.yours-published'; body: { question: number } }
  | { audience: `person:${string}`; type: 'questions.yours-removed'; body: { question: number } }
  | { audience: `person:${string}`; type: 'questions.you-voted'; body: { question: number } }
  | { audience: `person:${string}`; type: 'questions.you-took-back'; body: { question: number } };

export interface QuestionOptions {
  /** Questions of participants wait until a speaker lets them through. */
  approval: boolean;
  /** Participants may ask without the other participants learning who. */
  anonymous: boolean;
}

export interface Question {
  number: number;
  text: string;
  /** Null where it was asked anonymously. */
  author: string | null;
  /** When it was asked, ISO 8601. */
  at: string;
  votes: number;
  answered: boolean;
}
/** In slice `all`. Published questions by number, not by rank. */
export interface QuestionsState {
  options: QuestionOptions;
  questions: readonly Question[];
  /** Number of the one that is being answered live. */
  answering: number | null;
  /** The largest number ever published. */
  last: number;
}

export interface WaitingQuestion {
  number: number;
  text: string;
  author: string;
  anonymous: boolean;
  at: string;
}
/** In slice `backstage`. */
export interface ReceivedQuestionsState {
  /** Not published yet, oldest first. */
  waiting: readonly WaitingQuestion[];
  /** Number → author of the published anonymous ones. */
  authors: Readonly<Record<string, string>>;
  /** The largest number ever received here. */
  last: number;
}

export interface OwnQuestion {
  number: number;
  anonymous: boolean;
  at: string;
  /** Null once it is published. */
  waitingText: string | null;
}
/** In slice `person:x`. */
export interface OwnQuestionsState {
  mine: readonly OwnQuestion[];
  /** Numbers of the questions that I voted for. */
  votes: readonly number[];
  /** When I asked last, at most `mostAsked` instants. */
  askedAt: readonly string[];
}

export type QuestionsRefusal =
  | 'session-not-scheduled'
  | 'session-ended'
  | 'asking-too-fast'
  | 'too-many-questions'
  | 'not-anonymously'
  | 'no-such-question'
  | 'already-answered'
  | 'not-your-question';

/**
 * GET  /api/sessions/:sessionId/questions/asking  → AskingInfo            what one must know to ask from outside
 * POST /api/sessions/:sessionId/questions         ← AskFromOutside → 204  409 with the refusal
 * GET  /api/sessions/:sessionId/questions.csv?language=en|de              for speakers; 403 not-allowed
 */
export interface AskingInfo {
  anonymous: boolean;
  approval: boolean;
  /** Open ones, published. */
  open: number;
}
export const askFromOutside = z.object({
  /** Kept while the same question is sent again. */
  id: z.uuid(),
  text,
  anonymous: z.boolean(),
});
