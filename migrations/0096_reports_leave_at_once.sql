-- The value of a part is looked at by one check in place of two, and without a function that would be read into every statement.
alter table event_part drop constraint event_part_is_sealed, drop constraint event_part_tier_check;
alter table event_part add constraint event_part_is_sealed
  check (tier = 'T3' or tier in ('T4', 'T5') and jsonb_typeof(body -> 'sealed') is not distinct from 'string') not valid;

-- A unit is not closed while something waits in it: nobody would see it any more. How much, and nothing of what.
create function unit_carries(p_unit uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select case when me_role() = 'admin' then (
    (select count(*) from report r where r.unit_id = p_unit and r.state in ('RECEIVED', 'TRIAGED'))
    + (select count(*) from case_file c where c.unit_id = p_unit and c.status not in ('ARCHIVED', 'CLOSED_NO_RISK'))
    + (select count(*) from referral f where f.to_unit_id = p_unit and f.state in ('SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'IN_SERVICE'))
    + (select count(*) from nrm_file n where n.unit_id = p_unit and n.subject = 'adult' and n.status <> 'exited')
  )::integer end
$$;
grant execute on function unit_carries(uuid) to mb_app;
