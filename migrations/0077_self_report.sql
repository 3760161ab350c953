-- An adult who says «this happens to me» without signing in. It is no report of a child and no file of the track: whoever identifies opens
-- one afterwards. It goes to the regional social service of the county, or to the Responsible Authority where the place is not told.
create table self_report (
  id uuid primary key,
  version integer not null check (version > 0),
  state text not null check (state in ('NEW', 'TAKEN', 'CLOSED')),
  danger text not null check (danger in ('yes', 'no', 'unknown')),
  language text not null check (language ~ '^[a-z]{2}$'),
  municipality text references municipality,
  county text check (county ~ '^AL-[0-9]{2}$'),
  unit_id uuid not null references unit,
  received_at timestamptz not null,
  -- Keyed hash of the receipt.
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  taken_by uuid,
  taken_at timestamptz,
  closed_at timestamptz,
  closed_why text check (closed_why in ('file_opened', 'helped_otherwise', 'not_reached', 'no_trafficking', 'duplicate')),
  check ((state = 'NEW') = (taken_at is null) and (taken_by is null) = (taken_at is null)),
  check ((state = 'CLOSED') = (closed_at is not null) and (closed_at is null) = (closed_why is null))
);
create index self_report_newest on self_report (received_at desc, id desc);
create index self_report_of_unit on self_report (unit_id, received_at desc);
create table self_report_named (
  id uuid primary key references self_report,
  name text check (length(name) <= 120),
  story text check (length(story) <= 4000),
  place text check (length(place) <= 400),
  contact text check (length(contact) <= 120),
  -- How and when it is safe to reach the person.
  safe text check (length(safe) <= 400)
);
create table self_report_word (
  id uuid primary key,
  self_report_id uuid not null references self_report,
  body text not null check (length(body) <= 10000),
  at timestamptz not null
);
create index self_report_word_of on self_report_word (self_report_id, at);
select protect_table('self_report', 'T2', 'adults who wrote for themselves: when, to which office, whether somebody has taken it; no name');
select protect_table('self_report_named', 'T3', 'what an adult wrote of themselves and how to reach them safely');
select protect_table('self_report_word', 'T3', 'what an adult added later with the receipt');
grant select, insert on self_report, self_report_named to mb_app;
grant select on self_report_word to mb_app;
grant update (version, state, taken_by, taken_at, closed_at, closed_why) on self_report to mb_app;

create function reads_self_report(p_unit uuid, p_county text) returns boolean language sql stable as $$
  select case me_role() when 'responsible_authority' then true
    when 'social_service' then p_unit = me_unit() or coalesce(p_county = me_county(), false) else false end
$$;
grant execute on function reads_self_report(uuid, text) to mb_app;
create policy see on self_report for select to mb_app using (reads_self_report(unit_id, county));
create policy work on self_report for update to mb_app using (reads_self_report(unit_id, county)) with check (reads_self_report(unit_id, county));
create policy public_writes on self_report for insert to mb_app with check ((select me_role()) = 'public' and state = 'NEW');
create policy see on self_report_named for select to mb_app using (exists (select 1 from self_report s where s.id = self_report_named.id));
create policy public_writes on self_report_named for insert to mb_app with check ((select me_role()) = 'public');
create policy see on self_report_word for select to mb_app
  using (exists (select 1 from self_report s where s.id = self_report_word.self_report_id));
create trigger follow_event_new after insert on self_report for each row execute function follow_event('self_report', 'id', 'version');
create trigger follow_event after update on self_report for each row when (old.* is distinct from new.*)
  execute function follow_event('self_report', 'id', 'version');
create trigger follow_event_new after insert on self_report_named for each row execute function follow_event('self_report', 'id');

-- What a receipt opens: when it came and whether someone has looked.
create function read_self_receipt(p_hash bytea) returns table (received_at timestamptz, taken_at timestamptz) language sql stable security definer
  set search_path = public, pg_temp as $$
  select s.received_at, s.taken_at from self_report s where s.code_hash = p_hash
$$;
revoke all on function read_self_receipt(bytea) from public;
grant execute on function read_self_receipt(bytea) to mb_app;
create function add_by_self_receipt(p_hash bytea, p_id uuid, p_text text, p_at timestamptz, p_open_since timestamptz)
  returns table (self_report_id uuid, version integer) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r self_report;
begin
  select s.* into r from self_report s where s.code_hash = p_hash and s.received_at >= p_open_since for update;
  if r.id is null then
    return;
  end if;
  insert into self_report_word (id, self_report_id, body, at) values (p_id, r.id, p_text, p_at);
  update self_report set version = r.version + 1 where id = r.id;
  return query select r.id, r.version;
end $$;
revoke all on function add_by_self_receipt(bytea, uuid, text, timestamptz, timestamptz) from public;
grant execute on function add_by_self_receipt(bytea, uuid, text, timestamptz, timestamptz) to mb_app;

create function erase_self_report(p_id uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_id and e.kind = 'self_report' and e.type = 'Erased' and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  update self_report_named set name = null, story = null, place = null, contact = null, safe = null where id = p_id;
  delete from self_report_word where self_report_id = p_id;
  update self_report set version = (select h.version from record_head h where h.record_id = p_id) where id = p_id;
end $$;
revoke all on function erase_self_report(uuid) from public;
grant execute on function erase_self_report(uuid) to mb_retention;
