-- The log: one row per stream, its events, and the ids of the commands that were accepted.
create table streams (
  id uuid primary key,
  kind text not null,
  head bigint not null default 0,
  -- A few facts of the state after `head`, for lists of many streams.
  summary jsonb not null default '{}',
  -- When the next timer of the state after `head` is due.
  next_due_at timestamptz,
  last_at timestamptz,
  created_at timestamptz not null default now()
);
create index streams_next_due_at on streams (next_due_at) where next_due_at is not null;

create table stream_events (
  stream_id uuid not null references streams (id) on delete cascade,
  rev bigint not null,
  audience text not null,
  seq bigint not null,
  type text not null,
  v integer not null,
  at timestamptz not null,
  body jsonb not null,
  primary key (stream_id, rev)
);
create unique index stream_events_by_audience on stream_events (stream_id, audience, seq);
create index stream_events_by_type on stream_events (stream_id, audience, type, seq);

create table stream_commands (
  stream_id uuid not null references streams (id) on delete cascade,
  actor text not null,
  command_id text not null,
  head bigint not null,
  primary key (stream_id, actor, command_id)
);
