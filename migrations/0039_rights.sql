-- Lawful erasure of names outside of cases: officials in seats and posts, professionals, minutes and recommendations, businesses of one
-- person, payers, whoever a report or an evidence names. What counts stays: codes, days, states, amounts.

-- Every text of a document that is more than a code becomes a dash.
create function without_texts(p jsonb) returns jsonb language sql immutable as $$
  select case jsonb_typeof(p)
    when 'object' then coalesce((select jsonb_object_agg(key, without_texts(value)) from jsonb_each(p)), '{}')
    when 'array' then coalesce((select jsonb_agg(without_texts(value) order by at) from jsonb_array_elements(p) with ordinality x (value, at)), '[]')
    when 'string' then case when p #>> '{}' ~ '^[a-z0-9_.:-]{0,60}$' then p else '"–"' end
    else p end
$$;

-- Empties what one kind of record holds of a person. `p_record` is the record whose chain says so, `p_id` the seat, the post or the record
-- itself. Only in the transaction that appended the Erased event, and only by the retention role.
create function erase_names(p_kind text, p_chain text, p_record uuid, p_id uuid) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from event e where e.record_id = p_record and e.kind = p_chain and e.type = 'Erased'
      and e.xid = pg_current_xact_id()) then
    raise exception 'nothing is erased without its event' using errcode = 'insufficient_privilege';
  end if;
  case p_kind
    when 'body_member' then
      delete from body_member_named where member_id = p_id;
    when 'net_tenure' then
      delete from net_tenure_named where id = p_id;
    when 'body_meeting' then
      update body_meeting set agenda = '–', reason = case when reason is null then null else '–' end where id = p_id;
      update body_minutes set text = '–', decisions = '{}' where meeting_id = p_id;
    when 'body_recommendation' then
      update body_recommendation set text = '–', note = case when note is null then null else '–' end where id = p_id;
    when 'professional' then
      update professional_named set given_name = '–', family_name = '–', birth_year = 1900, name_key = '' where id = p_id;
      update professional set employer = case when employer is null then null else '–' end, user_id = null where id = p_id;
    when 'training' then
      update training set title = '–', organiser = '–', venue = null, funder = null, curriculum = null where id = p_id;
    when 'activity_record' then
      update activity_record set title = '–', funder = null, details = without_texts(details), parties = without_texts(parties) where id = p_id;
    when 'business' then
      update business set name = '–', nipt = null, code_measures = case when code_measures is null then null else '–' end where id = p_id;
      update business_sanction set ground = '–' where business_id = p_id;
    when 'net_actor' then
      update net_actor set name_sq = '–', name_en = '–', does_sq = '–', does_en = '–', website = null, source = null, listed = false where id = p_id;
    when 'net_project' then
      update net_project set name_sq = '–', name_en = '–', does_sq = '–', does_en = '–', source = null, listed = false where id = p_id;
    when 'plan_report' then
      -- Published editions are public documents and stay.
      update plan_report_content set content = '{"summary":"","difficulties":"","next":"","activities":[]}' where id = p_id;
      update plan_report set reason = null where id = p_id;
      update plan_report_step set reason = null where report_id = p_id;
    when 'activity_execution' then
      update activity_status set reason = null where execution_id = p_id;
      delete from activity_deliverable_file where execution_id = p_id;
      update activity_deliverable set title = '–', number = null where execution_id = p_id;
      update activity_spending set document = '–', payer = null, reversed_why = case when reversed_why is null then null else '–' end
        where execution_id = p_id;
      update activity_tranche set payer = '–' where execution_id = p_id;
    when 'indicator_value' then
      update indicator_value set evidence = '–', reason = null where id = p_id;
    when 'local_budget_line' then
      update local_budget_line set note = null where id = p_id;
    else
      raise exception 'records of kind % hold no names to erase', p_kind;
  end case;
  -- The row follows its chain, so that the next act on it decides on the version that stands.
  execute format('update %I set version = (select h.version from record_head h where h.record_id = $1 and h.kind = $2) where id = $1%s', p_chain,
    case when p_chain = 'indicator_value' then ' and stands' else '' end) using p_record, p_chain;
end $$;
grant execute on function erase_names(text, text, uuid, uuid) to mb_retention;

-- Which records fall under such a name: the seat's body, the post's structure, a meeting with what was recommended in it.
create function records_of_names(p_kind text, p_id uuid) returns table (kind text, id uuid, chain text, record uuid, fact text)
  language sql stable security definer set search_path = public, pg_temp as $$
    select p_kind, m.id, 'body', m.body_id, 'memberId' from body_member m where p_kind = 'body_member' and m.id = p_id
    union all
    select p_kind, t.id, 'net_structure', t.structure_id, 'tenureId' from net_tenure t where p_kind = 'net_tenure' and t.id = p_id
    union all
    select 'body_recommendation', r.id, 'body_recommendation', r.id, null from body_recommendation r where p_kind = 'body_meeting' and r.meeting_id = p_id
    union all
    select p_kind, p_id, p_kind, p_id, null where p_kind <> all (array['body_member', 'net_tenure'])
$$;
grant execute on function records_of_names(text, uuid) to mb_retention;

-- Where a report stood at the end of a day, from its steps: due from the day it was opened, null before. For whoever may see the report.
create function report_status_on(p_report uuid, p_day date) returns text language sql stable security definer
  set search_path = public, pg_temp as $$
  select coalesce((select s.to_status from plan_report_step s where s.report_id = r.id and (s.at at time zone 'Europe/Tirane')::date <= p_day
      order by s.seq desc limit 1), 'DUE')
  from plan_report r where r.id = p_report and (r.opened_at at time zone 'Europe/Tirane')::date <= p_day
    and (me_role() = 'coordinator' or report_is_mine(r.institution_id, r.unit_id) or r.published_at is not null)
$$;
grant execute on function report_status_on(uuid, date) to mb_app;

-- Institutions of bodies and bodies of plans are two lists with a purpose each (who sits, who is named); here is how they join.
alter table body_institution add column plan_body text references plan_body deferrable initially deferred;
comment on column body_institution.plan_body is 'the same body as plans name it';
-- A reporting officer speaks for the seats of their institution, whatever code the list of seats gives it; for a county's or a town's
-- seats only under its own code.
create or replace function answered_codes() returns text[] language sql stable as $$
  select case when me_role() = 'plan_officer' then array(select i.code from body_institution i
    where coalesce(i.plan_body, i.code) in (select my_plan_bodies()) and (i.level = 'national' or i.code = i.plan_body)) else '{}' end
$$;
