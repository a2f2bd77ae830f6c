-- Every stored command pays for each index and each foreign key that its rows have. The keys only served deleting: a trigger does that.
alter table stream_events drop constraint stream_events_stream_id_fkey;
alter table stream_commands drop constraint stream_commands_stream_id_fkey;
create function forget_stream() returns trigger language plpgsql as $$
begin
  delete from stream_events where stream_id = old.id;
  delete from stream_commands where stream_id = old.id;
  return old;
end $$;
create trigger forget_stream after delete on streams for each row execute function forget_stream();

-- What is frequent is found by audience and number; only what is rare is looked for by its type.
drop index stream_events_by_type;
create index stream_events_rare_by_type on stream_events (stream_id, audience, type, seq)
  where type not in ('chat.sent', 'questions.counted', 'questions.you-voted', 'questions.you-took-back', 'people.changed');
