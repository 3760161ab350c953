-- Functions in SQL that policies ask for every row are planned anew by each statement, with all the policies of the tables they look at:
-- three milliseconds a bed, one an activity of a plan. In PL/pgSQL they keep their plans for the session (as in 0086).
-- Same questions, same rights of the caller, same answers.
create or replace function keeps_care_place(p_id uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select 1 from care_place p where p.id = p_id and care_keeper(p.unit_id));
end $$;

create or replace function bed_spoken_for(p_hold uuid) returns boolean language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  case
    when me_role() in ('cpw', 'cpu_head') then
      return exists (select 1 from placement_place p join bed_hold h on h.id = p.bed_hold_id
        where p.bed_hold_id = p_hold and h.held_by_unit = me_unit());
    when me_role() in ('social_service', 'shelter') then
      return exists (select 1 from shelter_stay_place s join bed_hold h on h.id = s.bed_hold_id
        where s.bed_hold_id = p_hold and h.held_by_unit = me_unit());
    else
      return false;
  end case;
end $$;

create or replace function holds_bed(p_hold uuid, p_unit uuid) returns boolean language plpgsql stable as $$
begin
  case
    when me_role() in ('cpw', 'cpu_head') then
      return exists (select 1 from placement_place p where p.bed_hold_id = p_hold)
        or coalesce(p_unit = me_unit() and not bed_spoken_for(p_hold), false);
    when me_role() = 'social_service' then
      return exists (select 1 from shelter_stay_place s where s.bed_hold_id = p_hold)
        or coalesce(p_unit = me_unit() and not bed_spoken_for(p_hold), false);
    else
      return false;
  end case;
end $$;

create or replace function care_need(p_place uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select 1 from bed_hold h where h.care_place_id = p_place and h.state in ('CONFIRMED', 'OCCUPIED')
    and h.held_by_id = me_user() and holds_bed(h.id, h.held_by_unit));
end $$;

create or replace function reads_bed_words(p_hold uuid, p_unit uuid, p_by uuid, p_place uuid) returns boolean language plpgsql stable as $$
begin
  return keeps_care_place(p_place)
    or coalesce(me_role() = 'state_agency' and me_purpose() in ('monitoring', 'complaint', 'case_review'), false)
    or coalesce(holds_bed(p_hold, p_unit) and (p_by = me_user() or me_role() = 'cpu_head'
      or exists (select 1 from placement_place p where p.bed_hold_id = p_hold)
      or exists (select 1 from shelter_stay_place s where s.bed_hold_id = p_hold)), false);
end $$;

create or replace function works_on_returns(p_nrm uuid) returns boolean language plpgsql stable as $$
begin
  if me_role() is null or me_role() not in ('responsible_authority', 'cpw', 'cpu_head', 'social_service') then
    return false;
  end if;
  return exists (select 1 from nrm_file_named f where f.id = p_nrm);
end $$;

create or replace function my_plan_bodies() returns setof text language plpgsql stable as $$
begin
  return query select b.code from plan_body b
    where b.institution_id = me_institution()
      or exists (select from institution i where i.id = me_institution() and i.kind = any (b.institution_kinds));
end $$;

create or replace function activity_standing(p_plan uuid, p_uid text) returns text language plpgsql stable as $$
begin
  if exists (select from action_plan p where p.id = p_plan and plan_is_mine(p.kind, p.municipality, p.county, p.institution_id)) then
    return 'owner';
  end if;
  if me_role() in ('cpw', 'field_team', 'admin', 'dpo', 'public', 'system') then
    return null;
  end if;
  if exists (select from action_plan p join action_plan_node n on n.plan_id = p.id and n.plan_version = p.current_version and n.uid = p_uid
      join action_plan_responsible r on r.node_id = n.id
    where p.id = p_plan and r.code in (select my_plan_bodies())) then
    return 'responsible';
  end if;
  return null;
end $$;
