-- Signing in. Everything here belongs to mb_auth alone: the role that answers requests (mb_app) cannot read a hash,
-- a secret, a token or who tried to sign in, whatever it is made to run.

create table credential (
  user_id uuid primary key references app_user,
  -- Argon2id, PHC text; null until the first sign-in and after a reset.
  password_hash text check (password_hash like '$argon2id$%'),
  password_set_at timestamptz,
  -- One-time code handed over by an administrator; keyed hash.
  setup_hash bytea,
  setup_expires_at timestamptz,
  -- AES-256-GCM under a key that lies outside the database; user id as associated data.
  totp_secret bytea,
  totp_pending bytea,
  totp_since timestamptz,
  -- Time step of the last code taken: no code is good twice.
  totp_last_step bigint not null default 0,
  recovery_hashes bytea[] not null default '{}',
  check ((setup_hash is null) = (setup_expires_at is null))
);
create table session (
  id uuid primary key,
  token_hash bytea not null unique,
  user_id uuid not null references app_user,
  stage text not null check (stage in ('totp', 'enrol', 'full')),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  locked_at timestamptz,
  failed_unlocks smallint not null default 0,
  address_hash bytea not null,
  agent_family text not null check (length(agent_family) <= 40),
  revoked_at timestamptz,
  revoked_why text check (revoked_why in ('signed_out', 'by_owner', 'by_admin', 'replaced', 'password', 'unlocks', 'expired'))
);
create index session_by_user on session (user_id) where revoked_at is null;
create index session_by_age on session (created_at);
create table access_token (
  id uuid primary key,
  user_id uuid not null references app_user,
  name text not null check (length(name) between 1 and 80),
  token_hash bytea not null unique,
  scopes text[] not null check (scopes <@ array['read', 'write', 'statistics', 'export', 'admin'] and cardinality(scopes) > 0),
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index access_token_by_user on access_token (user_id) where revoked_at is null;
-- Keyed hashes only: whoever reads this table learns neither names nor addresses.
create table sign_in_attempt (
  id uuid primary key,
  at timestamptz not null,
  account_key bytea not null,
  address_key bytea not null,
  kind text not null check (kind in ('password', 'setup', 'totp', 'recovery', 'unlock')),
  -- Written as failed before the check begins, so that many at once cannot outrun the count.
  ok boolean not null default false,
  -- The sign-in (or unlocking) it belongs to was completed: failures before it no longer count. A right password
  -- alone completes nothing where a code is awaited, or guessing codes would be free.
  completed boolean not null default false
);
create index sign_in_attempt_by_account on sign_in_attempt (account_key, at desc);
create index sign_in_attempt_by_address on sign_in_attempt (address_key, at desc);
create index sign_in_attempt_by_age on sign_in_attempt (at);

select protect_table('credential', 'T5', 'password and second factor of each user, for signing in only');
select protect_table('session', 'T5', 'who is signed in; tokens and addresses only as hashes');
select protect_table('access_token', 'T5', 'tokens of programs, hashed, with scopes and expiry');
select protect_table('sign_in_attempt', 'T5', 'attempts to sign in under keyed hashes, kept 30 days');

grant select, insert, update on credential, session, access_token to mb_auth;
grant select, insert, update on sign_in_attempt to mb_auth;
create policy auth_all on credential to mb_auth using (true) with check (true);
create policy auth_all on session to mb_auth using (true) with check (true);
create policy auth_all on access_token to mb_auth using (true) with check (true);
create policy auth_all on sign_in_attempt to mb_auth using (true) with check (true);

-- The background worker sweeps what is no longer needed and reads nothing of it but its age.
grant delete, select (at) on sign_in_attempt to mb_jobs;
create policy sweep on sign_in_attempt to mb_jobs using (at < now() - interval '30 days');
grant delete, select (created_at) on session to mb_jobs;
create policy sweep on session to mb_jobs using (created_at < now() - interval '30 days');

-- What an administrator may do to another account, without reading anything of it. --------------------------------
create function must_be_admin_of(p_user uuid) returns void language plpgsql stable as $$
begin
  if me_role() is distinct from 'admin' or me_user() is not distinct from p_user then
    raise exception 'only another administrator may do this' using errcode = 'insufficient_privilege';
  end if;
end $$;

-- End every session and token of an account at once. Answers how many sessions ended.
create function end_sessions_of(p_user uuid, p_at timestamptz) returns integer language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  n integer;
begin
  perform must_be_admin_of(p_user);
  update session set revoked_at = p_at, revoked_why = 'by_admin' where user_id = p_user and revoked_at is null;
  get diagnostics n = row_count;
  update access_token set revoked_at = p_at where user_id = p_user and revoked_at is null;
  return n;
end $$;

-- Forget password, second factor and recovery codes of an account, and end its sessions.
create function forget_credentials(p_user uuid, p_at timestamptz) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  perform end_sessions_of(p_user, p_at);
  update credential set password_hash = null, password_set_at = null, setup_hash = null, setup_expires_at = null,
    totp_secret = null, totp_pending = null, totp_since = null, recovery_hashes = '{}'
  where user_id = p_user;
end $$;

-- Give an account without a password a one-time set-up code (its keyed hash); a new code replaces the old.
-- Answers false where a password is set: then the credentials must be reset first.
create function issue_setup_code(p_user uuid, p_hash bytea, p_expires timestamptz) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform must_be_admin_of(p_user);
  insert into credential (user_id, setup_hash, setup_expires_at) values (p_user, p_hash, p_expires)
  on conflict (user_id) do update set setup_hash = p_hash, setup_expires_at = p_expires
    where credential.password_hash is null;
  return found;
end $$;

-- What the list of users shows of signing in: no hashes, no secrets.
create function sign_in_state(p_users uuid[]) returns table (user_id uuid, has_password boolean, has_totp boolean,
    setup_expires_at timestamptz, last_seen_at timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if me_role() is distinct from 'admin' then
    raise exception 'only an administrator may ask this' using errcode = 'insufficient_privilege';
  end if;
  return query
    select u.id, c.password_hash is not null, c.totp_secret is not null, c.setup_expires_at,
      (select max(s.last_seen_at) from session s where s.user_id = u.id)
    from unnest(p_users) as u (id) left join credential c on c.user_id = u.id;
end $$;

revoke execute on function must_be_admin_of(uuid), end_sessions_of(uuid, timestamptz), forget_credentials(uuid, timestamptz),
  issue_setup_code(uuid, bytea, timestamptz), sign_in_state(uuid[]) from public;
grant execute on function end_sessions_of(uuid, timestamptz), forget_credentials(uuid, timestamptz),
  issue_setup_code(uuid, bytea, timestamptz), sign_in_state(uuid[]) to mb_app;
