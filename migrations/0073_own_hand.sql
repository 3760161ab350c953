-- A head who gave herself a case, or stands beside its worker by her own word, reads its sensitive tier as any head does: once she has said that
-- it is for supervision. Whoever was given it by another reads it as its worker. Null: given before this was kept, by whom is not known here.

alter table case_file add column manager_by uuid, add column deputy_by uuid;
update case_file c set manager_by = e.by from (
  select distinct on (record_id) record_id, (facts->>'by')::uuid as by, facts->>'managerId' as manager
  from event where kind = 'case_file' and type in ('CaseAssigned', 'TransferAccepted') order by record_id, seq desc) e
where e.record_id = c.id and e.manager = c.manager_id::text and c.manager_is_head;

create or replace function save_case(p jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r case_file := jsonb_populate_record(null::case_file, p);
begin
  if not exists (select 1 from event e where e.record_id = r.id and e.kind = 'case_file' and e.seq = r.version
      and e.xid = pg_current_xact_id()) then
    raise exception 'a case changes only together with its event' using errcode = 'insufficient_privilege';
  end if;
  update case_file set version = r.version, unit_id = r.unit_id, municipality = r.municipality, county = r.county,
    manager_id = r.manager_id, manager_is_head = r.manager_is_head, deputy_id = r.deputy_id, status = r.status,
    risk_level = r.risk_level, risk_at = r.risk_at, child_seen_at = r.child_seen_at, vmt_status = r.vmt_status,
    has_measure = r.has_measure, transfer_to = r.transfer_to, concerns = r.concerns, closed_at = r.closed_at,
    closure_reason = r.closure_reason, suspended_at = r.suspended_at, episode = r.episode, episode_at = r.episode_at,
    returned = r.returned, alerts = r.alerts, detail = r.detail, manager_by = r.manager_by, deputy_by = r.deputy_by
  where id = r.id and version < r.version;
  if not found then
    raise exception 'case % is newer than what was to be saved', r.id;
  end if;
end $$;

do $$
declare
  t text;
  key text;
  own text;
begin
  for t, key, own in values ('case_file_sensitive', 'id', 'c.id'), ('case_text_sensitive', 'case_id', 'c.id'),
    ('answer_sensitive', 'case_id', 'c.id'), ('person_sensitive', 'id', 'c.person_id')
  loop
    execute format($p$create policy own_hand on %1$I as restrictive for select to mb_app using (
      (select me_role()) is distinct from 'cpu_head' or coalesce((select me_purpose()) = 'supervision', false)
      or exists (select 1 from case_file c where %3$s = %1$I.%2$I
        and ((c.manager_id = (select me_user()) and c.manager_by is distinct from c.manager_id)
          or (c.deputy_id = (select me_user()) and c.deputy_by is distinct from c.deputy_id))))$p$, t, key, own);
  end loop;
end $$;
-- Where a child lives hidden is of that tier too; an open place is read with the identified core.
create policy own_hand on placement_place as restrictive for select to mb_app using (
  not hidden or (select me_role()) is distinct from 'cpu_head' or coalesce((select me_purpose()) = 'supervision', false)
  or exists (select 1 from case_file c where c.id = placement_place.case_id
    and ((c.manager_id = (select me_user()) and c.manager_by is distinct from c.manager_id)
      or (c.deputy_id = (select me_user()) and c.deputy_by is distinct from c.deputy_id))));
