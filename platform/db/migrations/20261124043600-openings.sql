-- In which order a person opened a Session's page, in whatever tab or device: of several, the newest has camera, microphone and place.
create table openings (
  stream_id uuid not null,
  person_id uuid not null,
  opening uuid not null,
  turn bigint generated always as identity,
  primary key (stream_id, person_id, opening)
);
create or replace function forget_stream() returns trigger language plpgsql as $$
begin
  delete from stream_events where stream_id = old.id;
  delete from stream_commands where stream_id = old.id;
  delete from openings where stream_id = old.id;
  return old;
end $$;

alter table presence add column opening uuid;
