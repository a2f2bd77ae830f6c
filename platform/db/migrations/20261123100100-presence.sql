-- Who is connected right now, one row per connection. Unlogged: after a crash of the database the servers write their rows anew.
create unlogged table presence (
  connection_id uuid primary key,
  stream_id uuid not null,
  person_id uuid not null,
  joined_as text not null check (joined_as in ('speaker', 'participant')),
  server_id uuid not null,
  expires_at timestamptz not null
) with (fillfactor = 50);
create index presence_by_stream on presence (stream_id);
create index presence_by_server on presence (server_id);

-- Which server does a stream's work that only one may do. Times are the database's.
create table leases (
  stream_id uuid not null,
  name text not null,
  holder uuid not null,
  expires_at timestamptz not null,
  primary key (stream_id, name)
);
