// Owns older chat messages over HTTP: what the state no longer holds. Deleted ones keep their place without their text.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Db } from '#platform/db/contract.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { Admission } from '#platform/live/admission.ts';
import type { Logins } from '#platform/live/login.ts';
import type { Actor, Audience, Log } from '#platform/log/contract.ts';
import type { ChatMessage, Reaction, ReactionCounts } from '../contract.ts';
import { channelAudience, chatChannel } from '../contract.ts';

const params = z.object({ sessionId: z.uuid() });
const query = z.object({
  channel: chatChannel,
  before: z.coerce.number().int().min(1),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export interface ChatHistoryParts {
  db: Db;
  log: Log;
  logins: Logins;
  admission: Admission;
  /** Which slices the person may hold. */
  audiencesOf(state: object, viewer: Actor): Audience[];
}

/** GET /api/sessions/:sessionId/chat?channel=everyone|backstage&before=seq&limit=50 → { messages: ChatMessage[] }, oldest first. */
export function registerChatHistory(app: FastifyInstance, parts: ChatHistoryParts): void {
  app.get('/api/sessions/:sessionId/chat', async (request) => {
    const login = await parts.logins.find(request.headers);
    if (!login) throw new AppError(401, 'signed-out');
    const { sessionId } = params.parse(request.params);
    const { channel, before, limit } = query.parse(request.query);
    const visible = await parts.admission.maySee(login.personId, sessionId);
    const snapshot = visible ? await parts.log.read(sessionId) : null;
    if (!snapshot) throw new AppError(404, 'not-found');
    const audience = channelAudience(channel);
    const viewer: Actor = { kind: 'person', personId: login.personId, as: 'speaker' };
    if (!parts.audiencesOf(snapshot.state, viewer).includes(audience)) throw new AppError(403, 'not-allowed');
    return { messages: await readMessages(parts.db, sessionId, audience, before, limit) };
  });
}

async function readMessages(
  db: Db,
  sessionId: string,
  audience: Audience,
  before: number,
  limit: number,
): Promise<ChatMessage[]> {
  const rows = await db.query<Row>(
    `select sent.seq, sent.at, sent.body, exists (
         select 1 from stream_events gone
         where gone.stream_id = sent.stream_id and gone.audience = sent.audience and gone.type = 'chat.deleted'
           and (gone.body->>'seq')::bigint = sent.seq
       ) or sent.body->>'text' = '' as deleted
     from stream_events sent
     where sent.stream_id = $1 and sent.audience = $2 and sent.type = 'chat.sent' and sent.seq < $3
     order by sent.seq desc limit $4`,
    [sessionId, audience, before, limit],
  );
  const counts = await countReactions(
    db,
    sessionId,
    audience,
    rows.filter((row) => !row.deleted).map((row) => row.seq),
  );
  return rows.reverse().map(({ seq, at, deleted, body: { author, text, ...more } }) => {
    if (deleted) return { seq, at, author, text: '', deleted };
    const given = counts.get(seq);
    return { seq, at, author, text, deleted, ...more, ...(given && { reactions: given }) };
  });
}

interface Row {
  seq: number;
  at: string;
  deleted: boolean;
  body: { author: string; text: string; replyTo?: number; mentions?: string[] };
}

async function countReactions(
  db: Db,
  sessionId: string,
  audience: Audience,
  seqs: readonly number[],
): Promise<Map<number, ReactionCounts>> {
  const counts = new Map<number, ReactionCounts>();
  if (seqs.length === 0) return counts;
  const rows = await db.query<{ message: string; reaction: Reaction; given: string }>(
    `select body->>'seq' as message, body->>'reaction' as reaction,
       sum(case type when 'chat.reacted' then 1 else -1 end)::text as given
     from stream_events
     where stream_id = $1 and audience = $2 and type in ('chat.reacted', 'chat.reaction-taken-back')
       and (body->>'seq')::bigint between $3 and $4
     group by 1, 2`,
    [sessionId, audience, Math.min(...seqs), Math.max(...seqs)],
  );
  for (const { message, reaction, given } of rows) {
    if (Number(given) <= 0 || !seqs.includes(Number(message))) continue;
    counts.set(Number(message), { ...counts.get(Number(message)), [reaction]: Number(given) });
  }
  return counts;
}
