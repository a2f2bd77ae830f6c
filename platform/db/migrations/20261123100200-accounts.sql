-- People, their accounts and logins. A person may be known (a speaker in a program) without having an account.
create table persons (
  id uuid primary key,
  name text not null,
  headline text not null default '',
  -- Company or university.
  organisation text not null default '',
  -- A path of this server, or null: initials are shown.
  avatar_url text,
  time_zone text not null default 'UTC',
  language text not null default 'en',
  created_at timestamptz not null default clock_timestamp()
);

create table accounts (
  person_id uuid primary key references persons (id) on delete cascade,
  email text not null check (email = lower(email)),
  -- argon2id in PHC form. Null: there is another way to sign in.
  password_hash text,
  -- Everybody knows a demo account's password: it works only while demo data is allowed.
  demo boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
create unique index accounts_email on accounts (email);

create table logins (
  id uuid primary key,
  person_id uuid not null references accounts (person_id) on delete cascade,
  -- Keyed hash of the cookie's token: whoever reads this table can sign in as nobody.
  token_hash text not null unique,
  begun_at timestamptz not null default clock_timestamp(),
  -- To the hour.
  used_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
create index logins_person on logins (person_id);
create index logins_ended_at on logins (ended_at) where ended_at is not null;

-- Failed attempts of the last minutes. `subject` is a keyed hash: neither addresses nor mistyped e-mails are kept.
create table login_failures (
  subject text not null,
  failed_at timestamptz not null default clock_timestamp()
);
create index login_failures_subject on login_failures (subject, failed_at);
create index login_failures_failed_at on login_failures (failed_at);
