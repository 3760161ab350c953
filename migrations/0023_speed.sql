-- What creating a report cost the database beyond the rows themselves (bench/README.md), taken away where nothing is given up.

-- Counting. What a report or a clock contributes is told by its own columns: one function each, which the view and the triggers both
-- read, so that there is still one definition. The triggers ask it of the row that they hold, not of the table by its id.
grant create on schema public to mb_stats;
set role mb_stats;
create function counts_of_report(p_at timestamptz, p_municipality text, p_source text, p_channel text, p_state text, p_concerns text[],
    p_children smallint)
  returns table (measure text, month date, municipality text, sex text, age text, a text, b text, n bigint, s bigint)
  language sql stable parallel safe as $$
  select x.measure, tirana_month(p_at), coalesce(p_municipality, ''), ''::text, ''::text, x.a, x.b, 1::bigint, x.s from (
    select 'report'::text, p_source, p_channel, p_children::bigint
    union all select 'report_state', p_state, p_source, 0
    union all select 'report_concern', c, p_source, 0 from unnest(p_concerns) c
    union all select distinct 'report_group', g.name, p_source, 0::bigint from concern_group g where g.concern = any (p_concerns)
  ) x (measure, a, b, s)
$$;
create or replace view counted_report as
  select r.id, null::uuid as case_id, c.measure, c.month, c.municipality, c.sex, c.age, c.a, c.b, c.n, c.s
  from report r cross join lateral counts_of_report(r.occurred_at, r.municipality, r.source, r.channel, r.state, r.concerns, r.children) c;
create or replace function roll_report() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    insert into rollup_delta select measure, month, municipality, sex, age, a, b, -n, -s
      from counts_of_report(old.occurred_at, old.municipality, old.source, old.channel, old.state, old.concerns, old.children);
  end if;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, n, s
    from counts_of_report(new.occurred_at, new.municipality, new.source, new.channel, new.state, new.concerns, new.children);
  return null;
end $$;

create function counts_of_clock(p_statutory boolean, p_started timestamptz, p_municipality text, p_rule text, p_breaches integer,
    p_stopped timestamptz, p_due timestamptz)
  returns table (measure text, month date, municipality text, sex text, age text, a text, b text, n bigint, s bigint)
  language sql stable parallel safe as $$
  select 'clock'::text, tirana_month(p_started), coalesce(p_municipality, ''), ''::text, ''::text, p_rule,
    case when p_breaches > 0 or p_stopped > p_due then 'missed' when p_stopped is null then 'running' else 'kept' end, 1::bigint, 0::bigint
  where p_statutory
$$;
create or replace view counted_clock as
  select k.id, null::uuid as case_id, c.measure, c.month, c.municipality, c.sex, c.age, c.a, c.b, c.n, c.s
  from clock k cross join lateral counts_of_clock(k.statutory, k.started_at, k.municipality, k.rule, k.breaches, k.stopped_at, k.due_at) c;
create or replace function roll_clock() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    insert into rollup_delta select measure, month, municipality, sex, age, a, b, -n, -s
      from counts_of_clock(old.statutory, old.started_at, old.municipality, old.rule, old.breaches, old.stopped_at, old.due_at);
  end if;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, n, s
    from counts_of_clock(new.statutory, new.started_at, new.municipality, new.rule, new.breaches, new.stopped_at, new.due_at);
  return null;
end $$;

-- A reported child counts where a field team met it, and nowhere else: two look-ups tell. Before an insert its report may come in the
-- same statement and cannot be asked yet, so there the person is taken away as ever and given back after.
create or replace function roll_report_child() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sign integer := case tg_when when 'BEFORE' then -1 else 1 end;
  who uuid;
begin
  if new.person_id is null or tg_op = 'UPDATE' then
    perform from report r join unit u on u.id = r.created_unit where r.id = new.report_id and u.kind = 'field_team';
    if not found then
      return case tg_when when 'BEFORE' then new end;
    end if;
  end if;
  for who in select distinct coalesce(p.same_as, p.id) from person p
      where p.id in (new.person_id, case when tg_op = 'UPDATE' then old.person_id end) order by 1 loop
    perform roll_lock(who, true);
    insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_field_child where id = who;
  end loop;
  insert into rollup_delta select measure, month, municipality, sex, age, a, b, sign * n, sign * s from counted_field_child where id = new.id;
  return case tg_when when 'BEFORE' then new end;
end $$;
revoke execute on function counts_of_report(timestamptz, text, text, text, text, text[], smallint),
  counts_of_clock(boolean, timestamptz, text, text, integer, timestamptz, timestamptz) from public;
set role mb_owner;
revoke create on schema public from mb_stats;
-- Both sides of a change are in the row's two versions: nothing to take away beforehand.
drop trigger roll_out on report;
drop trigger roll_out on clock;

-- The ledger. `append_events` is the only door to `event_part`, and nobody may delete an event: the reference asked the event again for
-- every part, a quarter of what appending cost. `ledger verify` names a part that stands beside no event. Parts are read by the
-- events of their record.
alter table event_part drop constraint event_part_event_id_fkey;
drop index event_part_by_record;

-- As before, with the same hashes. The text of an event is put together here: `event_text`, called, was parsed and planned anew for
-- every event, because what it calls may depend on settings and a function that says it does not is never merged into its caller.
create or replace function append_events(p_kind text, p_record uuid, p_version integer, p_events jsonb, p_command uuid,
    p_recorded timestamptz, p_occurred timestamptz)
  returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  who constant uuid := me_user();
  acting constant text := me_role();
  place constant uuid := me_unit();
  recorded constant timestamptz := date_trunc('milliseconds', p_recorded);
  at_seq integer := p_version;
  item jsonb;
  at_id uuid;
  facts jsonb;
  touches text[];
  occurred timestamptz;
  parts jsonb;
  part jsonb;
  salt bytea;
  salts bytea[];
  digests text;
  before bytea;
  here bytea;
begin
  if who is null or acting is null then
    raise exception 'an event needs an actor' using errcode = 'insufficient_privilege';
  end if;
  if p_version = 0 then
    here := sha256(convert_to(p_kind || E'\n' || p_record::text, 'UTF8'));
  else
    select h.version, h.hash into at_seq, here from record_head h where h.record_id = p_record and h.kind = p_kind for update;
    if at_seq is distinct from p_version then
      return null;
    end if;
  end if;
  for at in 0 .. jsonb_array_length(p_events) - 1 loop
    item := p_events -> at;
    at_seq := at_seq + 1;
    at_id := item ->> 'id';
    facts := item -> 'facts';
    touches := '{}';
    if item -> 'touches' <> '[]' then
      touches := array(select jsonb_array_elements_text(item -> 'touches'));
    end if;
    occurred := date_trunc('milliseconds', coalesce((item ->> 'occurredAt')::timestamptz, p_occurred));
    parts := item -> 'parts';
    digests := '';
    salts := '{}';
    for n in 0 .. coalesce(jsonb_array_length(parts), 0) - 1 loop
      part := parts -> n;
      salt := uuid_send(gen_random_uuid());
      salts := salts || salt;
      digests := digests || case n when 0 then '' else ' ' end || (part ->> 'tier') || ':' || (part ->> 'name') || ':'
        || encode(sha256(salt || convert_to((part ->> 'tier') || E'\n' || (part ->> 'name') || E'\n' || (part -> 'body')::text, 'UTF8')), 'hex');
    end loop;
    before := here;
    here := sha256(before || convert_to(at_id::text || E'\n' || p_record::text || E'\n' || p_kind || E'\n' || at_seq::text
      || E'\n' || (item ->> 'type') || E'\n' || (item ->> 'v')::smallint::text || E'\n' || facts::text || E'\n' || array_to_string(touches, ',')
      || E'\n' || digests || E'\n' || (extract(epoch from occurred) * 1000)::bigint::text
      || E'\n' || (extract(epoch from recorded) * 1000)::bigint::text || E'\n' || who::text || E'\n' || coalesce(place::text, '')
      || E'\n' || acting || E'\n' || coalesce(p_command::text, ''), 'UTF8'));
    insert into event (id, record_id, kind, seq, type, v, facts, touches, digests, occurred_at, recorded_at, actor_id, unit_id, role,
      command_id, xid, prev, hash)
    values (at_id, p_record, p_kind, at_seq, item ->> 'type', (item ->> 'v')::smallint, facts, touches, digests, occurred, recorded,
      who, place, acting, p_command, pg_current_xact_id(), before, here);
    if digests <> '' then
      insert into event_part (event_id, tier, name, record_id, kind, body, salt)
      select at_id, p.value ->> 'tier', p.value ->> 'name', p_record, p_kind, p.value -> 'body', salts[p.ordinality]
      from jsonb_array_elements(parts) with ordinality p;
    end if;
  end loop;
  if p_version = 0 then
    insert into record_head (record_id, kind, version, hash) values (p_record, p_kind, at_seq, here);
  else
    update record_head h set version = at_seq, hash = here where h.record_id = p_record;
  end if;
  return at_seq;
end $$;

-- A report's unit is there, or the report is refused; units are never deleted. The reference locked the unit's one row for every
-- report that came in for it, and eight at a time wrote down who shares that lock.
alter table report drop constraint report_unit_id_fkey;
drop policy anyone_reports on report;
create policy anyone_reports on report for insert to mb_app
  with check (created_by is not distinct from (case when (select me_role()) = 'public' then null else (select me_user()) end)
    and exists (select from unit u where u.id = unit_id));

create or replace function save_report(p jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r report := jsonb_populate_record(null::report, p);
begin
  if not exists (select from event e where e.record_id = r.id and e.kind = 'report' and e.seq = r.version
      and e.xid = pg_current_xact_id()) then
    raise exception 'a report changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from unit u where u.id = r.unit_id) then
    raise exception 'a report lies at a unit that is there' using errcode = 'foreign_key_violation';
  end if;
  update report set state = r.state, unit_id = r.unit_id, municipality = r.municipality, immediacy = r.immediacy,
      triaged_at = r.triaged_at, screen_out_proposed_by = r.screen_out_proposed_by, screened_out_at = r.screened_out_at,
      protected_at = r.protected_at, version = r.version
    where id = r.id and version < r.version;
end $$;

-- Twice the same.
drop index person_by_root;
