-- What is on its way to a unit while that unit closes (a report whose way another process remembers, a referral decided a moment before)
-- waits for the closing and is then begun again with what is true now: nothing lands where nobody looks.
create function unit_stands() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  place uuid;
  stands boolean;
begin
  if tg_argv[0] = 'to' then
    place := new.to_unit_id;
  else
    place := new.unit_id;
  end if;
  select u.active into stands from unit u where u.id = place for share;
  if not stands then
    raise exception 'the unit is closed' using errcode = 'serialization_failure';
  end if;
  return new;
end $$;
revoke all on function unit_stands() from public;
create trigger unit_stands before insert on report for each row execute function unit_stands('at');
create trigger unit_stands_moved before update on report for each row when (old.unit_id <> new.unit_id) execute function unit_stands('at');
create trigger unit_stands before insert on case_file for each row execute function unit_stands('at');
create trigger unit_stands_moved before update on case_file for each row when (old.unit_id <> new.unit_id) execute function unit_stands('at');
create trigger unit_stands before insert on transfer for each row when (new.status = 'pending') execute function unit_stands('to');
create trigger unit_stands before insert on referral for each row execute function unit_stands('to');
-- A child's file lies where its case lies.
create trigger unit_stands before insert on nrm_file for each row when (new.subject = 'adult') execute function unit_stands('at');
create trigger unit_stands_moved before update on nrm_file for each row when (new.subject = 'adult' and old.unit_id <> new.unit_id)
  execute function unit_stands('at');
create trigger unit_stands before insert on self_report for each row execute function unit_stands('at');

-- As in 0096, and what else waits in a unit: transfers offered to it, adults who wrote for themselves, questions of a complaint, interviews
-- that it is called to, those who live in its shelter, the facilities whose staff it is (their beds would go on being offered,
-- and nobody would answer), alerts at the border that call it.
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
