-- Whatever a stream belongs to takes it along: a Session's program point, a conversation with support. Its events, ids, openings and the rows of its files go with the stream.
create function forget_own_stream() returns trigger language plpgsql as $$
begin
  delete from streams where id = old.id;
  return old;
end $$;
create trigger forget_own_stream after delete on program_points for each row execute function forget_own_stream();
create trigger forget_own_stream after delete on support_conversations for each row execute function forget_own_stream();

create or replace function forget_stream() returns trigger language plpgsql as $$
begin
  delete from stream_events where stream_id = old.id;
  delete from stream_commands where stream_id = old.id;
  delete from openings where stream_id = old.id;
  delete from presence where stream_id = old.id;
  delete from leases where stream_id = old.id;
  return old;
end $$;
