-- As in 0115, and the facilities whose staff a unit is: their beds would go on being offered, and nobody would answer who asks for one.
create or replace function unit_carries(p_unit uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select case when me_role() = 'admin' then (
    (select count(*) from report r where r.unit_id = p_unit and r.state in ('RECEIVED', 'TRIAGED'))
    + (select count(*) from case_file c where c.unit_id = p_unit and c.status not in ('ARCHIVED', 'CLOSED_NO_RISK'))
    + (select count(*) from case_file c where c.transfer_to = p_unit)
    + (select count(*) from referral f where f.to_unit_id = p_unit and f.state in ('SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'IN_SERVICE'))
    + (select count(*) from nrm_file n where n.unit_id = p_unit and n.subject = 'adult' and n.status <> 'exited')
    + (select count(*) from self_report s where s.unit_id = p_unit and s.state <> 'CLOSED')
    + (select count(*) from complaint_question q where q.unit_id = p_unit and q.answered_at is null)
    + (select count(*) from interview i where p_unit in (i.police_unit_id, i.social_unit_id)
        and i.state in ('SCHEDULED', 'HELD', 'PROPOSED', 'DISSENT', 'REVIEW'))
    + (select count(*) from care_place p join bed_hold h on h.care_place_id = p.id where p.unit_id = p_unit
        and (h.state = 'OCCUPIED' or h.state in ('HELD', 'CONFIRMED') and h.expires_at > me_now()))
    + (select count(*) from care_place p where p.unit_id = p_unit and p.kind = 'facility' and p.status in ('approved', 'suspended'))
    + (select count(*) from border_alert b where b.unit_id = p_unit and b.withdrawn_at is null
        and b.expires_on >= (me_now() at time zone 'Europe/Tirane')::date)
  )::integer end
$$;
