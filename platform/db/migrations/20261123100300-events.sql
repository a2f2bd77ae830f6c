-- Events, their companies and their program. What happens in a Session is in its log (streams); these tables only point to it.
create table events (
  id uuid primary key,
  slug text not null,
  title text not null,
  -- Markdown without raw HTML.
  description text not null default '',
  organiser_name text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- IANA zone in which the event takes place.
  time_zone text not null,
  banner_url text not null,
  accent_hue double precision not null default 290,
  accent_chroma double precision not null default 0.19,
  -- Null: only those with a role see it.
  published_at timestamptz,
  -- What each Session of the event begins with; organisers will change it in Setup.
  start_window_ms integer not null default 900000,
  unattended_ms integer not null default 7200000,
  stage_limit integer not null default 25,
  created_at timestamptz not null default clock_timestamp()
);
create unique index events_slug on events (slug);

create table event_roles (
  event_id uuid not null references events (id) on delete cascade,
  person_id uuid not null references persons (id) on delete cascade,
  role text not null check (role in ('organiser', 'support')),
  primary key (event_id, person_id, role)
);
create index event_roles_person on event_roles (person_id);

create table companies (
  id uuid primary key,
  event_id uuid not null references events (id) on delete cascade,
  slug text not null,
  name text not null,
  tagline text not null default '',
  description text not null default '',
  logo_url text not null,
  links jsonb not null default '[]',
  jobs jsonb not null default '[]',
  position integer not null
);
create unique index companies_slug on companies (event_id, slug);

create table company_representatives (
  company_id uuid not null references companies (id) on delete cascade,
  person_id uuid not null references persons (id) on delete cascade,
  position integer not null,
  primary key (company_id, person_id)
);
create index company_representatives_person on company_representatives (person_id);

-- `id` is also the id of the Session's stream; the two are made in one transaction.
create table program_points (
  id uuid primary key references streams (id) deferrable initially deferred,
  event_id uuid not null references events (id) on delete cascade,
  format text not null default 'session' check (format in ('session')),
  kind text not null,
  title text not null,
  description text not null default '',
  starts_at timestamptz not null,
  duration_minutes integer not null check (duration_minutes > 0),
  capacity integer check (capacity > 0),
  created_at timestamptz not null default clock_timestamp()
);
create index program_points_event on program_points (event_id, starts_at);

create table point_companies (
  point_id uuid not null references program_points (id) on delete cascade,
  company_id uuid not null references companies (id) on delete cascade,
  position integer not null,
  primary key (point_id, company_id)
);
create index point_companies_company on point_companies (company_id);

create table point_speakers (
  point_id uuid not null references program_points (id) on delete cascade,
  person_id uuid not null references persons (id) on delete cascade,
  position integer not null,
  primary key (point_id, person_id)
);
create index point_speakers_person on point_speakers (person_id);

create table registrations (
  point_id uuid not null references program_points (id) on delete cascade,
  person_id uuid not null references persons (id) on delete cascade,
  registered_at timestamptz not null default clock_timestamp(),
  primary key (point_id, person_id)
);
create index registrations_person on registrations (person_id);

-- Everybody who has something to do with an event, once per role.
create view event_people as
  select event_id, person_id, role from event_roles
  union
  select c.event_id, r.person_id, 'rep' from company_representatives r join companies c on c.id = r.company_id
  union
  select p.event_id, r.person_id, 'participant' from registrations r join program_points p on p.id = r.point_id;

-- Who speaks in a Session: those it names, and the representatives of the companies that host it.
create view point_voices as
  select point_id, person_id from point_speakers
  union
  select h.point_id, r.person_id from point_companies h join company_representatives r on r.company_id = h.company_id;

-- What the installation remembers of itself, e.g. that the demo data was made.
create table settings (
  name text primary key,
  value jsonb not null
);
