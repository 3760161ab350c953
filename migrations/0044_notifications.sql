-- Notices reach people by mail and push as well as in the application: how each wants to be told, where, and what became of it.
-- Nothing here or in what is sent names anybody: a code of a record and what is to be done.

-- A notice may be for one person; and each is handed to the channels once.
alter table notice
  add column user_id uuid references app_user,
  add column told_at timestamptz;
alter table notice drop constraint notice_check;
alter table notice add constraint notice_addressed check (unit_id is not null or role is not null or user_id is not null);
update notice set told_at = at;
create index notice_to_user on notice (user_id, at desc) where user_id is not null;
create index notice_untold on notice (at) where told_at is null;
drop policy to_me on notice;
drop policy seen on notice;
drop policy tell on notice;
create policy to_me on notice for select to mb_app using ((unit_id is null or unit_id = (select me_unit()))
  and (role is null or role = (select me_role())) and (user_id is null or user_id = (select me_user())));
create policy seen on notice for update to mb_app using ((unit_id is null or unit_id = (select me_unit()))
  and (role is null or role = (select me_role())) and (user_id is null or user_id = (select me_user())));
create policy tell on notice for insert to mb_app, mb_jobs with check (read_at is null and told_at is null);
grant select, update (told_at) on notice to mb_jobs;
create policy hand_on on notice for select to mb_jobs using (true);
create policy handed_on on notice for update to mb_jobs using (told_at is null) with check (told_at is not null);

-- A missed deadline is told to the supervisor whom the law's rule names: in the unit, else in its municipality, else nationally.
create function tell_deadline(p_kind text, p_record uuid, p_role text, p_unit uuid, p_municipality text, p_at timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_label text := case p_kind
    when 'case_file' then (select code from case_file where id = p_record)
    when 'referral' then (select code from referral where id = p_record)
    when 'report' then 'NJ-' || upper(right(p_record::text, 8)) end;
begin
  if v_label is null then
    return;
  end if;
  if p_role in ('state_agency', 'responsible_authority') then
    insert into notice (id, at, role, code, record_kind, record_id, label)
    values (gen_random_uuid(), p_at, p_role, 'clock_breached', p_kind, p_record, v_label);
    return;
  end if;
  insert into notice (id, at, unit_id, role, code, record_kind, record_id, label)
  select gen_random_uuid(), p_at, u.id, p_role, 'clock_breached', p_kind, p_record, v_label
  from unit u
  where u.active and exists (select from app_user a where a.unit_id = u.id and a.role = p_role and a.active)
    and (u.id = p_unit or u.municipality = p_municipality
      and not exists (select from app_user a where a.unit_id = p_unit and a.role = p_role and a.active));
end $$;
revoke execute on function tell_deadline(text, uuid, text, uuid, text, timestamptz) from public;
grant execute on function tell_deadline(text, uuid, text, uuid, text, timestamptz) to mb_jobs;

-- How one wants to be told ------------------------------------------------------------------------------------------------
create table notice_setting (
  user_id uuid primary key references app_user,
  language text not null check (language in ('sq', 'en')),
  -- Groups of kinds (src/domain/notice/kinds.ts): not shown in the application, and when by which channel.
  muted text[] not null default '{}' check (cardinality(muted) <= 20),
  mail jsonb not null check (pg_column_size(mail) <= 2000),
  push jsonb not null check (pg_column_size(push) <= 2000),
  -- Minutes after midnight in Tirana; the same twice means no quiet hours.
  quiet_from smallint not null check (quiet_from between 0 and 1439),
  quiet_to smallint not null check (quiet_to between 0 and 1439),
  daily_at smallint not null check (daily_at between 0 and 23),
  -- Codes on the lock screen only where the person asks for them.
  push_words text not null check (push_words in ('safe', 'code')),
  stopped_at timestamptz
);
-- Where mail goes, once the person has shown that it is theirs.
create table notice_address (
  user_id uuid primary key references app_user,
  address text check (length(address) between 3 and 254),
  confirmed_at timestamptz,
  -- Waiting to be confirmed: the new address and the code that was sent to it.
  asked text check (length(asked) between 3 and 254),
  code text check (code ~ '^[0-9]{8}$'),
  code_until timestamptz,
  tries smallint not null default 0,
  asks smallint not null default 0,
  asks_since timestamptz not null,
  check ((code is null) = (code_until is null)),
  check (confirmed_at is null or address is not null)
);
-- A browser that asked to be pushed to; it ends with the session it was asked in.
create table push_device (
  id uuid primary key,
  user_id uuid not null references app_user,
  session_id uuid not null,
  agent text not null check (length(agent) <= 40),
  endpoint text not null check (endpoint ~ '^https://' and length(endpoint) <= 1000),
  p256dh bytea not null check (length(p256dh) = 65),
  auth bytea not null check (length(auth) = 16),
  made_at timestamptz not null,
  ended_at timestamptz,
  ended_why text check (ended_why in ('by_owner', 'signed_out', 'gone', 'replaced')),
  check ((ended_at is null) = (ended_why is null))
);
create index push_device_of on push_device (user_id) where ended_at is null;
create index push_device_session on push_device (session_id) where ended_at is null;
create unique index push_device_once on push_device (md5(endpoint)) where ended_at is null;

-- What was or will be sent: one row a message to one person on one channel, retried until it is sent or dead.
create table notice_delivery (
  id uuid primary key,
  user_id uuid not null references app_user,
  channel text not null check (channel in ('mail', 'push')),
  purpose text not null default 'notices' check (purpose in ('notices', 'confirm', 'trial')),
  device_id uuid references push_device,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'dead', 'dropped')),
  due_at timestamptz not null,
  attempts smallint not null default 0,
  -- What went wrong last, as a code: never the other server's words, which may quote the address.
  fault text check (fault ~ '^[a-z_]{3,40}$'),
  fault_at timestamptz,
  made_at timestamptz not null,
  done_at timestamptz,
  check ((channel = 'push') = (device_id is not null)),
  check ((state = 'waiting') = (done_at is null))
);
create index notice_delivery_due on notice_delivery (due_at) where state = 'waiting';
create index notice_delivery_of on notice_delivery (user_id, made_at desc);
create index notice_delivery_dead on notice_delivery (done_at desc) where state = 'dead';
create index notice_delivery_age on notice_delivery (made_at);
create index notice_delivery_device on notice_delivery (device_id) where device_id is not null;
create table notice_delivery_item (
  delivery_id uuid not null references notice_delivery on delete cascade,
  notice_id uuid not null references notice,
  primary key (delivery_id, notice_id)
);
create index notice_delivery_item_notice on notice_delivery_item (notice_id);

select protect_table('notice_setting', 'T2', 'how each member of staff wants to be told of notices');
select protect_table('notice_address', 'T4', 'mail addresses of staff for notices, for their owner and the sender alone; codes until they are used');
select protect_table('push_device', 'T4', 'browsers that are pushed to: their addresses and keys, for the sender alone');
select protect_table('notice_delivery', 'T2', 'messages to staff and what became of them: codes, counts and times');
select protect_table('notice_delivery_item', 'T2', 'which notices a message carries');

grant select, insert, update on notice_setting to mb_app;
grant select on notice_setting to mb_jobs;
create policy own on notice_setting for select to mb_app using (user_id = (select me_user()));
create policy own_new on notice_setting for insert to mb_app with check (user_id = (select me_user()));
create policy own_change on notice_setting for update to mb_app using (user_id = (select me_user()));
create policy sender on notice_setting for select to mb_jobs using (true);

grant select (user_id, address, confirmed_at, asked, code_until) on notice_address to mb_app;
grant select on notice_address to mb_jobs;
create policy own on notice_address for select to mb_app using (user_id = (select me_user()));
create policy sender on notice_address for select to mb_jobs using (true);

grant select (id, user_id, agent, made_at, ended_at, ended_why), update (ended_at, ended_why) on push_device to mb_app;
grant select, update (ended_at, ended_why) on push_device to mb_jobs;
create policy own on push_device for select to mb_app using (user_id = (select me_user()));
create policy own_end on push_device for update to mb_app using (user_id = (select me_user()))
  with check (user_id = (select me_user()) and ended_at is not null);
create policy sender on push_device for select to mb_jobs using (true);
create policy sender_end on push_device for update to mb_jobs using (ended_at is null) with check (ended_why = 'gone');

grant select, insert (id, user_id, channel, purpose, device_id, due_at, made_at), update (state, due_at, attempts, done_at) on notice_delivery to mb_app;
grant select, insert, update, delete on notice_delivery to mb_jobs;
grant select, insert, delete on notice_delivery_item to mb_jobs;
-- Administrators see that messages fail and send them again; of whom and of what they are told nothing.
create policy own_or_admin on notice_delivery for select to mb_app using (user_id = (select me_user()) or (select me_role()) = 'admin');
create policy own_new on notice_delivery for insert to mb_app with check (user_id = (select me_user()) and purpose <> 'notices');
create policy own_or_admin_change on notice_delivery for update to mb_app using (user_id = (select me_user()) or (select me_role()) = 'admin')
  with check (state = 'waiting' or state = 'dropped' and user_id = (select me_user()));
create policy sender on notice_delivery to mb_jobs using (true) with check (true);
create policy sender on notice_delivery_item to mb_jobs using (true) with check (true);

-- An address is believed once the code that was sent to it comes back. At most five codes a day, five tries a code; the code itself is
-- read by the sender alone.
create function ask_address(p_address text, p_code text, p_at timestamptz) returns text language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  r notice_address;
begin
  select * into r from notice_address where user_id = me_user() for update;
  if r.user_id is not null and r.asks_since > p_at - interval '1 day' and r.asks >= 5 then
    return 'often';
  end if;
  insert into notice_address (user_id, address, asked, code, code_until, asks, asks_since)
  values (me_user(), p_address, p_address, p_code, p_at + interval '30 minutes', 1, p_at)
  on conflict (user_id) do update set asked = p_address, code = p_code, code_until = p_at + interval '30 minutes', tries = 0,
    address = case when notice_address.confirmed_at is null then p_address else notice_address.address end,
    asks = case when notice_address.asks_since > p_at - interval '1 day' then notice_address.asks + 1 else 1 end,
    asks_since = case when notice_address.asks_since > p_at - interval '1 day' then notice_address.asks_since else p_at end;
  return 'asked';
end $$;
create function confirm_address(p_code text, p_at timestamptz) returns text language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  r notice_address;
begin
  select * into r from notice_address where user_id = me_user() for update;
  if r.code is null then
    return 'none';
  end if;
  if r.code_until < p_at or r.tries >= 5 then
    return 'expired';
  end if;
  if r.code <> p_code then
    update notice_address set tries = tries + 1 where user_id = r.user_id;
    return 'wrong';
  end if;
  update notice_address set address = asked, asked = null, code = null, code_until = null, confirmed_at = p_at where user_id = r.user_id;
  return 'confirmed';
end $$;
-- What is forgotten is where mail goes, not how often a code was asked for: or forgetting would give five new codes, to any address.
create function forget_address() returns void language sql security definer set search_path = public, pg_temp as $$
  update notice_address set address = null, confirmed_at = null, asked = null, code = null, code_until = null where user_id = me_user()
$$;
-- A browser belongs to whoever asked for it last; ten at a time are enough for anybody.
create function add_device(p_id uuid, p_session uuid, p_agent text, p_endpoint text, p_p256dh bytea, p_auth bytea, p_at timestamptz)
  returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from session where id = p_session and user_id = me_user() and revoked_at is null) then
    return false;
  end if;
  update push_device set ended_at = p_at, ended_why = 'replaced' where md5(endpoint) = md5(p_endpoint) and ended_at is null;
  if (select count(*) from push_device where user_id = me_user() and ended_at is null) >= 10 then
    return false;
  end if;
  insert into push_device (id, user_id, session_id, agent, endpoint, p256dh, auth, made_at)
  values (p_id, me_user(), p_session, p_agent, p_endpoint, p_p256dh, p_auth, p_at);
  return true;
end $$;
-- Signing out, or being signed out, ends what was pushed to that browser.
create function end_devices() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update push_device set ended_at = now(), ended_why = 'signed_out' where session_id = old.id and ended_at is null;
  return null;
end $$;
create trigger end_devices after update of revoked_at on session for each row
  when (new.revoked_at is not null and old.revoked_at is null) execute function end_devices();
create trigger end_devices_too after delete on session for each row execute function end_devices();

revoke execute on function ask_address(text, text, timestamptz), confirm_address(text, timestamptz), forget_address(),
  add_device(uuid, uuid, text, text, bytea, bytea, timestamptz), end_devices() from public;
grant execute on function ask_address(text, text, timestamptz), confirm_address(text, timestamptz), forget_address(),
  add_device(uuid, uuid, text, text, bytea, bytea, timestamptz) to mb_app;
