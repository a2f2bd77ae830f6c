// Owns which stream is whose conversation: beginning it once, who is the event's team now, and who may know of it (SU1, SU2).
import { randomUUID } from 'node:crypto';
import type { Db, Sql } from '#platform/db/contract.ts';
import type { Admission } from '#platform/live/admission.ts';
import type { DraftEvent, Log } from '#platform/log/contract.ts';
import { supportKind } from '../core.ts';

export interface ConversationDeps {
  db: Db;
  log: Log;
}

/** Ids of the people who answer at the event whose id `event` names in the statement. */
const teamOfEvent = (event: string) =>
  `array(select distinct person_id from event_roles where event_id = ${event} and role in ('support', 'organiser') order by person_id)`;

const teamSet = (team: readonly string[]): DraftEvent => ({ audience: 'backstage', type: 'support.team-set', body: { team } });

export async function isOfTeam(sql: Sql, eventId: string, personId: string): Promise<boolean> {
  const rows = await sql.query(
    "select 1 from event_roles where event_id = $1 and person_id = $2 and role in ('support', 'organiser') limit 1",
    [eventId, personId],
  );
  return rows.length > 0;
}

export async function findConversation(sql: Sql, eventId: string, personId: string): Promise<string | null> {
  const rows = await sql.query<{ id: string }>('select id from support_conversations where event_id = $1 and person_id = $2', [
    eventId,
    personId,
  ]);
  return rows[0]?.id ?? null;
}

/** Null where this event has no such conversation. */
export async function conversationAt(sql: Sql, eventId: string, id: string): Promise<string | null> {
  const rows = await sql.query<{ id: string }>('select id from support_conversations where event_id = $1 and id = $2', [
    eventId,
    id,
  ]);
  return rows[0]?.id ?? null;
}

/** Whoever comes second, also on another server, waits for the first, and gets the same. */
export async function openConversation({ db, log }: ConversationDeps, eventId: string, personId: string): Promise<string> {
  const known = await findConversation(db, eventId, personId);
  if (known) return known;
  return db.transaction(async (tx) => {
    const id = randomUUID();
    const [made] = await tx.query<{ team: string[] }>(
      `insert into support_conversations (id, event_id, person_id) values ($1, $2, $3)
       on conflict (event_id, person_id) do nothing returning to_jsonb(${teamOfEvent('$2')}) as team`,
      [id, eventId, personId],
    );
    if (!made) return (await findConversation(tx, eventId, personId)) as string;
    const opened: DraftEvent = { audience: 'all', type: 'support.opened', body: { person: personId } };
    await log.appendFacts(tx, id, [opened, teamSet(made.team)], { kind: supportKind });
    return id;
  });
}

/** Writes who is in the team now into the conversation, when it knows otherwise. */
export async function renewTeam({ db, log }: ConversationDeps, conversationId: string): Promise<void> {
  const changed = await db.transaction(async (tx) => {
    const [row] = await tx.query<{ team: string[]; known: unknown }>(
      `select to_jsonb(${teamOfEvent('c.event_id')}) as team, s.summary->'team' as known
       from support_conversations c join streams s on s.id = c.id where c.id = $1 for update of s`,
      [conversationId],
    );
    if (!row || JSON.stringify(row.team) === JSON.stringify(row.known)) return false;
    await log.appendFacts(tx, conversationId, [teamSet(row.team)]);
    return true;
  });
  if (changed) await log.announce(conversationId);
}

/** Conversations that somebody is connected to, and whose team is not the event's any more. */
export async function listOutdatedTeams(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select c.id from support_conversations c join streams s on s.id = c.id
     where c.id in (select stream_id from presence where expires_at > clock_timestamp())
       and s.summary->'team' is distinct from to_jsonb(${teamOfEvent('c.event_id')})`,
  );
  return rows.map((row) => row.id);
}

export function createSupportAdmission(deps: ConversationDeps): Admission {
  return {
    async maySee(personId, streamId) {
      const [row] = await deps.db.query<{ person: string; team: string[]; known: unknown }>(
        `select c.person_id as person, to_jsonb(${teamOfEvent('c.event_id')}) as team, s.summary->'team' as known
         from support_conversations c join streams s on s.id = c.id where c.id = $1`,
        [streamId],
      );
      if (!row || (row.person !== personId && !row.team.includes(personId))) return false;
      if (JSON.stringify(row.team) !== JSON.stringify(row.known)) await renewTeam(deps, streamId);
      return true;
    },
  };
}

/** Of who is erased: what both sides wrote, and where. */
export async function forgetConversations(tx: Sql, personId: string): Promise<void> {
  const rows = await tx.query<{ id: string }>('delete from support_conversations where person_id = $1 returning id', [personId]);
  await tx.query('delete from streams where id = any($1::uuid[])', [rows.map(({ id }) => id)]);
}
