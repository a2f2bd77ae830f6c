-- Which uploaded file (sha-256 of its bytes) belongs to which material of which Session. Rows go with the Session; a file without a row is swept.
create table material_files (
  session_id uuid not null references streams (id) on delete cascade,
  material_id uuid not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  added_at timestamptz not null default clock_timestamp(),
  primary key (session_id, material_id)
);
create index material_files_hash on material_files (hash);
