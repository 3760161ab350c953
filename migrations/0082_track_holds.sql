-- A hold on a case, or on an adult's file, covers what hangs on its file of the track too: interviews, returns, packets, alerts at the border,
-- children told to a unit there, extracts given to a proceeding. Each of them can be erased by itself.
create function track_held(p_kind text, p_id uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select p_kind in ('interview', 'nrm_return', 'packet', 'shelter_stay', 'border_alert', 'border_check', 'border_screening', 'proceeding_order')
    and exists (select 1 from legal_hold h where h.lifted_at is null
      and (h.until is null or h.until >= (me_now() at time zone 'Europe/Tirane')::date)
      and (exists (select 1 from extracts_of_file(h.record_id) r where r.kind = p_kind and r.id = p_id)
        or exists (select 1 from doors_of_case(h.record_id) r where r.kind = p_kind and r.id = p_id)
        or exists (select 1 from nrm_file f cross join lateral (
            select * from records_of_nrm(f.id) union all select * from records_of_interviews(f.id)
            union all select * from crossings_of_nrm(f.id) union all select * from doors_of_nrm(f.id)) r
          where (f.id = h.record_id or f.case_id = h.record_id) and r.kind = p_kind and r.id = p_id)))
$$;
revoke all on function track_held(text, uuid) from public;
grant execute on function track_held(text, uuid) to mb_retention;
create function keep_track_held() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if track_held(new.kind, new.record_id) then
    raise exception 'a legal hold stands on % %', new.kind, new.record_id using errcode = 'object_not_in_prerequisite_state';
  end if;
  return new;
end $$;
create trigger keep_track_held before insert on event for each row when (new.type = 'Erased') execute function keep_track_held();
