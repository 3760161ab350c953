-- Lists asked three policies for every name on them. A function that holds the caller's scope asks once: it belongs to
-- mb_search, which reads past the policies, and says the conditions of `case_file` and `case_file_named` word for word
-- (0005, `src/domain/case/policy.ts`). test/scopes compares both with the policies and with the oracle, at random.

grant select on clock to mb_search;
create policy search_reads on clock for select to mb_search using (true);
grant create on schema public to mb_search;

do $migration$
declare
  me constant text := $s$
#variable_conflict use_column
declare
  who uuid := me_user();
  place uuid := me_unit();
  acting text := me_role();
  near text := me_municipality();
  -- What a role identifies whatever the case; a worker's own cases and a head's unit are told by the row.
  identifies boolean := acting in ('municipal_director', 'responsible_authority')
    or acting = 'state_agency' and me_purpose() in ('monitoring', 'complaint', 'case_review');
begin
$s$;
  of_director constant text := $s$acting = 'municipal_director' and c.municipality = near
    and (c.has_measure or (c.status = 'CLOSURE_PROPOSED' and c.manager_is_head))$s$;
  of_authority constant text := $s$acting = 'responsible_authority'
    and c.vmt_status in ('vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited')$s$;
  named constant text := $s$coalesce(identifies or c.unit_id = place
    and (acting = 'cpu_head' or acting = 'cpw' and who in (c.manager_id, c.deputy_id)), false)$s$;
  -- One way in, in the order of its index; what is asked besides only filters. The cursor is always a bound of the index.
  way constant text := $s$(select c.* from case_file c where %s
      and (c.opened_at, c.id) < (coalesce(p_at, 'infinity'), coalesce(p_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      and (p_statuses is null or c.status = any (p_statuses))
      and (p_risk is null or c.risk_level is not distinct from nullif(p_risk, 'none'))
      and (p_due is null or exists (select 1 from clock d where d.record_id = c.id and d.record_kind = 'case_file'
        and d.stopped_at is null and d.paused_at is null and d.due_at < p_due))
      order by c.opened_at desc, c.id desc limit p_limit)$s$;
  -- One look-up a row (offset 0 keeps it so): the planner cannot know how short the page is.
  page constant text := $s$  return query with page as materialized (%s order by opened_at desc, id desc limit p_limit)
    select c.id, c.code, c.version, c.status, c.risk_level, c.vmt_status, c.has_measure, c.concerns, c.municipality, c.unit_id,
      c.manager_id, m.display_name, n.child, c.opened_at, c.closed_at, c.suspended_at is not null, c.transfer_to is not null,
      k.due_at, k.rule
    from page c left join app_user m on m.id = c.manager_id
      left join lateral (select nullif(concat_ws(' ', x.given_name, left(x.family_name, 1) || '.'), '') as child
        from person_named x where x.id = c.person_id and %s offset 0) n on true
      left join lateral (select x.due_at, x.rule from clock x where x.record_id = c.id and x.record_kind = 'case_file'
        and x.stopped_at is null and x.paused_at is null order by x.due_at limit 1) k on true
    order by c.opened_at desc, c.id desc;
$s$;
  ways text[];
begin
  execute 'create function list_cases(p_mine boolean, p_statuses text[], p_risk text, p_due timestamptz, p_at timestamptz, p_id uuid,
      p_limit integer)
    returns table (id uuid, code text, version integer, status text, risk_level text, vmt_status text, has_measure boolean,
      concerns text[], municipality text, unit_id uuid, manager_id uuid, manager_name text, child text, opened_at timestamptz,
      closed_at timestamptz, suspended boolean, transfer_pending boolean, next_due_at timestamptz, next_rule text)
    language plpgsql stable security definer set search_path = public, pg_temp rows 50 as ' || quote_literal(me
    || E'  if acting in (''cpw'', ''cpu_head'') and p_mine then\n'
    || format(page, format(way, 'c.manager_id = who and place in (c.unit_id, c.transfer_to)') || ' union all '
      || format(way, 'c.deputy_id = who and c.manager_id is distinct from who and place in (c.unit_id, c.transfer_to)'), named)
    || E'  elsif acting in (''cpw'', ''cpu_head'') then\n'
    || format(page, format(way, 'c.unit_id = place') || ' union all '
      || format(way, 'c.transfer_to = place and c.unit_id <> place'), named)
    || E'  else\n'
    || format(page, format(way, of_director || ' and (not p_mine or who in (c.manager_id, c.deputy_id))') || ' union all '
      || format(way, of_authority || ' and (not p_mine or who in (c.manager_id, c.deputy_id))') || ' union all '
      || format(way, 'acting = ''state_agency'' and (not p_mine or who in (c.manager_id, c.deputy_id))'), named)
    || E'  end if;\nend');

  -- Code, risk, sex, birth year and name of these cases, each as far as the caller's tier reaches; others are left out.
  execute 'create function case_faces(p_ids uuid[])
    returns table (id uuid, code text, risk_level text, sex text, born_to smallint, given_name text, family_name text)
    language plpgsql stable security definer set search_path = public, pg_temp rows 50 as ' || quote_literal(me
    || format($s$  return query select c.id, c.code, c.risk_level, p.sex, p.born_to, n.given_name, n.family_name
    from case_file c
      left join lateral (select x.sex, x.born_to from person x where x.id = c.person_id offset 0) p on true
      left join lateral (select x.given_name, x.family_name from person_named x where x.id = c.person_id and %s offset 0) n on true
    where c.id = any (p_ids)
      and coalesce(acting in ('cpw', 'cpu_head') and place in (c.unit_id, c.transfer_to) or acting = 'state_agency'
        or %s or %s, false);
end$s$, named, of_director, of_authority));
end $migration$;

grant execute on function list_cases(boolean, text[], text, timestamptz, timestamptz, uuid, integer) to mb_app;
grant execute on function case_faces(uuid[]) to mb_app;
alter function list_cases(boolean, text[], text, timestamptz, timestamptz, uuid, integer) owner to mb_search;
alter function case_faces(uuid[]) owner to mb_search;
revoke create on schema public from mb_search;

-- The only door into the ledger, as in 0001 and with the same hashes, in fewer steps: each loop over a query and each row
-- inserted by itself cost as much as the hash. The parts of an event go in together.
create or replace function append_events(p_kind text, p_record uuid, p_version integer, p_events jsonb, p_command uuid,
    p_recorded timestamptz, p_occurred timestamptz)
  returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare
  h record_head;
  e event;
  item jsonb;
  part jsonb;
  parts jsonb;
  salt bytea;
  salts bytea[];
  digests text;
begin
  e.actor_id := me_user();
  e.role := me_role();
  if e.actor_id is null or e.role is null then
    raise exception 'an event needs an actor' using errcode = 'insufficient_privilege';
  end if;
  if p_version = 0 then
    h := row (p_record, p_kind, 0, sha256(convert_to(p_kind || E'\n' || p_record::text, 'UTF8')));
  else
    select * into h from record_head where record_id = p_record and kind = p_kind for update;
    if h.version is distinct from p_version then
      return null;
    end if;
  end if;
  e.record_id := p_record;
  e.kind := p_kind;
  e.recorded_at := date_trunc('milliseconds', p_recorded);
  e.unit_id := me_unit();
  e.command_id := p_command;
  e.xid := pg_current_xact_id();
  e.feed_epoch := 1;
  for at in 0 .. jsonb_array_length(p_events) - 1 loop
    item := p_events -> at;
    parts := coalesce(item -> 'parts', '[]');
    h.version := h.version + 1;
    e.id := (item ->> 'id')::uuid;
    e.seq := h.version;
    e.type := item ->> 'type';
    e.v := (item ->> 'v')::smallint;
    e.facts := item -> 'facts';
    e.touches := '{}';
    if jsonb_array_length(coalesce(item -> 'touches', '[]')) > 0 then
      e.touches := array(select jsonb_array_elements_text(item -> 'touches'));
    end if;
    e.occurred_at := date_trunc('milliseconds', coalesce((item ->> 'occurredAt')::timestamptz, p_occurred));
    digests := '';
    salts := '{}';
    for n in 0 .. jsonb_array_length(parts) - 1 loop
      part := parts -> n;
      salt := uuid_send(gen_random_uuid());
      salts := salts || salt;
      digests := digests || case when n = 0 then '' else ' ' end || (part ->> 'tier') || ':' || (part ->> 'name') || ':'
        || part_digest(salt, part ->> 'tier', part ->> 'name', part -> 'body');
    end loop;
    e.digests := digests;
    e.prev := h.hash;
    e.hash := sha256(e.prev || convert_to(event_text(e), 'UTF8'));
    insert into event values (e.*);
    if digests <> '' then
      insert into event_part (event_id, tier, name, record_id, kind, body, salt)
      select e.id, p.value ->> 'tier', p.value ->> 'name', p_record, p_kind, p.value -> 'body', salts[p.ordinality]
      from jsonb_array_elements(parts) with ordinality p;
    end if;
    h.hash := e.hash;
  end loop;
  if p_version = 0 then
    insert into record_head values (h.*);
  else
    update record_head set version = h.version, hash = h.hash where record_id = p_record;
  end if;
  return h.version;
end $$;

-- A record has few clocks: one index answers for those that run and those that ended, and each new clock keeps one less.
create index clock_of_record_due on clock (record_id, due_at);
drop index clock_next_of_record;
drop index clock_of_record;
