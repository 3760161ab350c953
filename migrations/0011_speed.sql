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
