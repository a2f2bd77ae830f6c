-- The key of an accepted command (platform/log/rows.ts says what it is made of) stands beside the last event that the command caused.
-- Only commands that caused none, and those from before, have a row of their own.
alter table stream_events add column command uuid;
create unique index stream_events_by_command on stream_events (command) where command is not null;

create table keyed_commands (
  key uuid primary key,
  stream_id uuid not null,
  head bigint not null
);
insert into keyed_commands (key, stream_id, head)
select left(
    case when command_id ~* '^[\da-f]{8}-[\da-f]{4}-' then lower(left(command_id, 8) || substr(command_id, 10, 4)) else '' end
      || encode(sha256(convert_to(stream_id::text || ' ' || actor || ' ' || command_id, 'UTF8')), 'hex'),
    32
  )::uuid, stream_id, head
from stream_commands;
drop table stream_commands;
alter table keyed_commands rename to stream_commands;
alter index keyed_commands_pkey rename to stream_commands_pkey;
create index stream_commands_by_stream on stream_commands (stream_id);
