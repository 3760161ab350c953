-- As in 0087, and one look more: a proposal that two persons are one, or are to be parted again, waits for a second person. And of whoever is
-- away also the promised beds and what a review asked to be mended.
create or replace function work_ways(out ways text[], out caseload integer) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
  who uuid := me_user();
  place uuid := me_unit();
  acting text := me_role();
  away uuid[];
  mine uuid[];
begin
  if acting is null or acting not in ('cpw', 'cpu_head') then
    return;
  end if;
  away := stood_in_for();
  select coalesce(array_agg(c.id), '{}'), count(*) filter (where c.closed_at is null and c.manager_id = who)
    into mine, caseload
    from case_file c where (c.manager_id = who or c.deputy_id = who or c.manager_id = any (away)) and place in (c.unit_id, c.transfer_to);
  ways := array_remove(array[
    case when exists (select from conference_invitation i where i.unit_id = place and i.state = 'open' and i.answer is null) then 'invitation' end,
    case when exists (select from conference_resolution r where r.case_id = any (mine) and r.action_id is null) then 'gtn_task' end,
    case when exists (select from court_hearing h where h.case_id = any (mine) and h.held is null) then 'hearing' end,
    case when exists (select from court_case k where k.case_id = any (mine) and k.stage <> 'withdrawn' and k.closed_on is null) then 'court_follow' end,
    case when exists (select from information_request r where r.case_id = any (mine) and r.state in ('received', 'lawful', 'unlawful')) then 'written_request' end,
    case when exists (select from bed_hold h where (h.held_by_id = who or h.held_by_id = any (away)) and h.state = 'CONFIRMED')
      or exists (select from care_place p join bed_hold h on h.care_place_id = p.id where p.unit_id = place and h.state = 'HELD') then 'bed' end,
    case when exists (select from care_place p where p.unit_id = place) then 'care_check' end,
    case when exists (select from case_review r where r.reviewer_id = who and r.done_at is null)
      or exists (select from case_review_action a where (a.owner_id = who or a.owner_id = any (away)) and a.done_on is null) then 'file_review' end,
    case when exists (select from person_merge m join case_file f on f.person_id in (m.person_id, m.into_id) and f.unit_id = place
      where m.state = 'proposed' and m.proposed_by <> who
        or m.state = 'confirmed' and m.parting_at is not null and m.parting_by <> who) then 'same_person' end,
    case when acting = 'cpu_head' or exists (select from escalation e where e.role = 'cpw') then 'escalation' end,
    case when unit_on_track() then 'track' end], null);
end $$;
