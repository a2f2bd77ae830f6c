-- Support: which person's conversation with which event's team is which stream. `id` is the stream's id; the two are made in one transaction.
create table support_conversations (
  id uuid primary key references streams (id) deferrable initially deferred,
  event_id uuid not null references events (id) on delete cascade,
  person_id uuid not null references persons (id) on delete cascade,
  created_at timestamptz not null default clock_timestamp()
);
-- Two tabs may begin at once: one of them finds the other's.
create unique index support_conversations_person on support_conversations (event_id, person_id);

-- Canned answers of an event's desk. No row: those that every desk begins with.
create table support_answers (
  event_id uuid primary key references events (id) on delete cascade,
  version integer not null,
  answers jsonb not null
);

-- Where a person is connected now.
create index presence_by_person on presence (person_id);
