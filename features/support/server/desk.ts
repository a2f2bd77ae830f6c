// Owns what the desk lists: an event's conversations by their summaries, the last words of each, and where the person is now.
import { createHash } from 'node:crypto';
import type { Sql } from '#platform/db/contract.ts';
import type { DeskAnswer, DeskConversation, SupportPlace, SupportSummary, WhereNow } from '../contract.ts';

interface DeskRow {
  id: string;
  personId: string;
  summary: SupportSummary;
  author: string | null;
  text: string | null;
  at: string | null;
  sessionId: string | null;
  sessionTitle: string | null;
  onStage: boolean | null;
  isHere: boolean;
  placeTitle: string | null;
}

/** More than a team can have in view; the oldest come first. */
const listLimit = 300;
const resolvedLimit = 50;

/** One's own conversation is for the others of the team to answer. */
const columns = `
  select c.id, c.person_id as "personId", s.summary, last.author, last.text, last.at,
    inside.id as "sessionId", inside.title as "sessionTitle", inside.on_stage as "onStage", inside.id is not null or here.one is not null as "isHere",
    place.title as "placeTitle"
  from support_conversations c
  join streams s on s.id = c.id
  left join lateral (
    select body->>'author' as author, left(body->>'text', 160) as text, at from stream_events
    where stream_id = c.id and audience = 'all' and type = 'support.sent' order by seq desc limit 1
  ) last on true
  left join lateral (
    select p.id, p.title, coalesce(live.summary->'onStage' @> to_jsonb(c.person_id::text), false) as on_stage
    from presence at_session join program_points p on p.id = at_session.stream_id join streams live on live.id = p.id
    where at_session.person_id = c.person_id and p.event_id = c.event_id and at_session.expires_at > clock_timestamp()
    order by p.starts_at, p.id limit 1
  ) inside on true
  left join lateral (
    select 1 as one from presence at_talk
    where at_talk.stream_id = c.id and at_talk.person_id = c.person_id and at_talk.expires_at > clock_timestamp() limit 1
  ) here on true
  left join program_points place on place.event_id = c.event_id and place.id::text = s.summary->'place'->>'sessionId'
  where c.event_id = $1 and c.person_id <> $2 and (s.summary->>'sent')::integer > 0`;

function whereOf(row: DeskRow, place: SupportPlace | null): WhereNow {
  if (row.sessionId && row.sessionTitle !== null)
    return { is: 'in-session', sessionId: row.sessionId, title: row.sessionTitle, onStage: row.onStage === true };
  if (!row.isHere) return { is: 'away' };
  return { is: 'on-page', page: place?.page ?? 'other', sessionId: place?.sessionId ?? null, title: row.placeTitle };
}

function toConversation(row: DeskRow): DeskConversation {
  const { waitingSince, takenBy, resolvedAt, unread, place } = row.summary;
  return {
    id: row.id,
    personId: row.personId,
    waitingSince,
    takenBy,
    resolvedAt,
    unread,
    last: row.author && row.at ? { author: row.author, text: row.text ?? '', at: row.at } : null,
    where: whereOf(row, place),
  };
}

export async function readDesk(sql: Sql, eventId: string, viewerId: string): Promise<DeskAnswer> {
  const rows = await sql.query<DeskRow>(
    `${columns} and s.summary->>'resolvedAt' is null order by coalesce((s.summary->>'waitingSince')::timestamptz, last.at), c.id limit ${listLimit}`,
    [eventId, viewerId],
  );
  const open = rows.map(toConversation);
  const tag = createHash('sha256').update(JSON.stringify(open)).digest('base64url').slice(0, 22);
  return { tag, open, waiting: open.filter((one) => one.takenBy === null).length };
}

/** Those whose person, or any of whose messages, has the text in it; the newest first. */
export async function readResolved(sql: Sql, eventId: string, viewerId: string, text: string): Promise<DeskConversation[]> {
  const rows = await sql.query<DeskRow>(
    `${columns} and s.summary->>'resolvedAt' is not null
     and ($3 = '' or exists (
       select 1 from persons who where who.id = c.person_id and position(lower($3) in lower(who.name)) > 0
     ) or exists (
       select 1 from stream_events said where said.stream_id = c.id and said.audience = 'all' and said.type = 'support.sent'
         and position(lower($3) in lower(said.body->>'text')) > 0
     ))
     order by s.summary->>'resolvedAt' desc, c.id limit ${resolvedLimit}`,
    [eventId, viewerId, text],
  );
  return rows.map(toConversation);
}
