-- The national lines: who is at the line, what came in, what nobody took. No name, no number, no word of what was said: that
-- belongs to a report, and a call without one leaves codes alone.

create table line_shift (
  id uuid primary key,
  version integer not null check (version > 0),
  unit_id uuid not null references unit,
  operator_id uuid not null,
  -- Trained for this line, as the plan asks of its staff.
  trained boolean not null,
  from_at timestamptz not null,
  to_at timestamptz,
  -- Until when it counts while nobody has ended it.
  at_most timestamptz not null check (at_most > from_at),
  check (to_at > from_at and to_at <= at_most)
);
create index line_shift_of_unit on line_shift (unit_id, from_at desc);
create unique index line_shift_one_open on line_shift (operator_id) where to_at is null;

create table line_call (
  id uuid primary key,
  version integer not null check (version > 0),
  unit_id uuid not null references unit,
  operator_id uuid not null,
  at timestamptz not null,
  minutes smallint not null check (minutes between 0 and 600),
  channel text not null check (channel in ('phone', 'app', 'chat', 'message', 'letter', 'in_person')),
  caller text not null check (caller in ('child', 'person_concerned', 'relative', 'citizen', 'professional', 'silent', 'not_serious', 'not_said')),
  topic text not null check (topic in ('trafficking', 'child_in_danger', 'violence', 'missing_person', 'migration', 'advice', 'services', 'nothing')),
  anonymous boolean not null,
  language text not null check (language ~ '^[a-z]{2,3}$'),
  county text references county,
  outcomes text[] not null check (cardinality(outcomes) between 1 and 8 and outcomes <@ array['report', 'emergency_112', 'other_line', 'service',
    'advice', 'call_back', 'ended_early', 'none']),
  report_id uuid references report,
  check (report_id is null or 'report' = any (outcomes))
);
create index line_call_of_unit on line_call (unit_id, at desc, id desc);
create unique index line_call_of_report on line_call (report_id) where report_id is not null;

create table line_missed (
  id uuid primary key,
  version integer not null check (version > 0),
  unit_id uuid not null references unit,
  hour timestamptz not null check (date_trunc('hour', hour at time zone 'UTC') = hour at time zone 'UTC'),
  missed smallint not null check (missed between 0 and 2000),
  called_back smallint not null check (called_back between 0 and missed),
  unique (unit_id, hour)
);

select protect_table('line_shift', 'T2', 'shifts at a national line: operator, hours, whether trained');
select protect_table('line_call', 'T2', 'contacts with a national line in codes: no name, no number, nothing that was said');
select protect_table('line_missed', 'T2', 'calls that nobody took, by hour, as the exchange counted them');
grant select, insert on line_shift, line_call, line_missed to mb_app;
grant update (version, to_at) on line_shift to mb_app;
grant update (version, report_id) on line_call to mb_app;
grant update (version, missed, called_back) on line_missed to mb_app;
do $$
declare
  t text;
begin
  foreach t in array array['line_shift', 'line_call', 'line_missed'] loop
    execute format('create policy own_line on %I for select to mb_app using ((select me_role()) = ''hotline'' and unit_id = (select me_unit()))', t);
    execute format('create policy own_line_changes on %I for update to mb_app using ((select me_role()) = ''hotline'' and unit_id = (select me_unit()))', t);
    execute format('create trigger follow_event_new after insert on %I for each row execute function follow_event(%L, ''id'', ''version'')', t, t);
    execute format('create trigger follow_event after update on %I for each row when (old.* is distinct from new.*)
      execute function follow_event(%L, ''id'', ''version'')', t, t);
    execute format('create policy statistics_read on %I for select to mb_stats using (true)', t);
  end loop;
end $$;
create policy own_line_begins on line_shift for insert to mb_app
  with check ((select me_role()) = 'hotline' and unit_id = (select me_unit()) and operator_id = (select me_user()));
create policy own_line_takes on line_call for insert to mb_app
  with check ((select me_role()) = 'hotline' and unit_id = (select me_unit()) and operator_id = (select me_user()));
create policy own_line_counts on line_missed for insert to mb_app
  with check ((select me_role()) = 'hotline' and unit_id = (select me_unit()));

-- What the figures of the lines are made of, and nothing that says who sat at the line: for those who answer for them, and for the
-- plan's indicators, which whoever reads the plan reads.
grant select (id, unit_id, trained, from_at, to_at, at_most) on line_shift to mb_stats;
grant select (id, unit_id, at, minutes, channel, caller, topic, anonymous, county, outcomes, report_id) on line_call to mb_stats;
grant select (id, unit_id, hour, missed, called_back) on line_missed to mb_stats;

grant create on schema public to mb_stats;
set role mb_stats;
create function line_shifts_between(p_from timestamptz, p_until timestamptz)
  returns table (unit_id uuid, trained boolean, from_at timestamptz, to_at timestamptz, at_most timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select s.unit_id, s.trained, s.from_at, s.to_at, s.at_most from line_shift s
   where s.from_at < p_until and coalesce(s.to_at, s.at_most) > p_from order by s.from_at
$$;
-- One row for each line and what its calls have in common; `hour` is of the day, Tirana's.
create function line_calls_between(p_from timestamptz, p_until timestamptz)
  returns table (unit_id uuid, channel text, caller text, topic text, county text, hour integer, outcomes text[], reported boolean, n bigint, minutes bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  select c.unit_id, c.channel, c.caller, c.topic, coalesce(c.county, ''), extract(hour from c.at at time zone 'Europe/Tirane')::integer, c.outcomes,
    c.report_id is not null, count(*), sum(c.minutes)
    from line_call c where c.at >= p_from and c.at < p_until
   group by 1, 2, 3, 4, 5, 6, 7, 8
$$;
create function line_missed_between(p_from timestamptz, p_until timestamptz)
  returns table (unit_id uuid, hour integer, missed bigint, called_back bigint)
  language sql stable security definer set search_path = public, pg_temp as $$
  select m.unit_id, extract(hour from m.hour at time zone 'Europe/Tirane')::integer, sum(m.missed), sum(m.called_back)
    from line_missed m where m.hour >= p_from and m.hour < p_until group by 1, 2
$$;
revoke all on function line_shifts_between(timestamptz, timestamptz), line_calls_between(timestamptz, timestamptz),
  line_missed_between(timestamptz, timestamptz) from public;
grant execute on function line_shifts_between(timestamptz, timestamptz), line_calls_between(timestamptz, timestamptz),
  line_missed_between(timestamptz, timestamptz) to mb_app;
set role mb_owner;
revoke create on schema public from mb_stats;
