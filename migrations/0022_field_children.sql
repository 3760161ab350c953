-- Each report's child asked how often its person was met: of every report of the country, because a query named twice is computed
-- whole before it is looked into. The two halves now name their own way in, and a person's root has an index.
create index person_root on person ((coalesce(same_as, id)));

grant create on schema public to mb_stats;
set role mb_stats;
create or replace view counted_field_child as
  select root as id, 'field_child/' || span as measure, month, coalesce(min(municipality), '') as municipality, min(sex) as sex, ''::text as age,
    ''::text as a, ''::text as b, 1::bigint as n, 0::bigint as s
  from (
    select coalesce(p.same_as, p.id) as root, span.name as span,
      make_date(extract(year from d.day)::integer, ((extract(month from d.day)::integer - 1) / span.months) * span.months + 1, 1) as month,
      u.municipality, p.sex
    from person p join report_child k on k.person_id = p.id join report r on r.id = k.report_id
      join unit u on u.id = r.created_unit and u.kind = 'field_team'
      cross join lateral (select (r.occurred_at at time zone 'Europe/Tirane')::date as day) d
      cross join (values ('quarter', 3), ('half', 6), ('year', 12)) span (name, months)
  ) met group by root, span, month
  union all
  select k.id, 'field_child/' || span.name,
    make_date(extract(year from d.day)::integer, ((extract(month from d.day)::integer - 1) / span.months) * span.months + 1, 1),
    coalesce(u.municipality, ''), k.sex, '', '', '', 1, 0
  from report_child k join report r on r.id = k.report_id join unit u on u.id = r.created_unit and u.kind = 'field_team'
    cross join lateral (select (r.occurred_at at time zone 'Europe/Tirane')::date as day) d
    cross join (values ('quarter', 3), ('half', 6), ('year', 12)) span (name, months)
  where k.person_id is null;
set role mb_owner;
revoke create on schema public from mb_stats;
