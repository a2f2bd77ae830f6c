// Owns the canned answers of an event's desk: read, and replaced as a whole by whoever saw the newest version.
import type { Sql } from '#platform/db/contract.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { AnswersAnswer, CannedAnswer } from '../contract.ts';
import { firstAnswers } from '../contract.ts';

export async function readAnswers(sql: Sql, eventId: string): Promise<AnswersAnswer> {
  const [row] = await sql.query<AnswersAnswer>('select version, answers from support_answers where event_id = $1', [eventId]);
  return row ?? { version: 0, answers: [...firstAnswers] };
}

export async function replaceAnswers(
  sql: Sql,
  eventId: string,
  version: number,
  answers: readonly CannedAnswer[],
): Promise<AnswersAnswer> {
  const [row] = await sql.query<AnswersAnswer>(
    `insert into support_answers (event_id, version, answers) select $1, 1, $3::jsonb where $2 = 0 or exists (select 1 from support_answers where event_id = $1)
     on conflict (event_id) do update set version = support_answers.version + 1, answers = excluded.answers where support_answers.version = $2
     returning version, answers`,
    [eventId, version, JSON.stringify(answers)],
  );
  if (!row) throw new AppError(409, 'changed-meanwhile');
  return row;
}
