-- Every server asks each second which logins have just ended or grown too old.
create index logins_used_at on logins (used_at) where ended_at is null;
create index logins_begun_at on logins (begun_at) where ended_at is null;
