-- The first day of reports is a record like any other: its row carries the id under which its events are chained. Without
-- it nobody could read where that chain stands, so the day could be set once and never moved.
alter table reporting_start add column id uuid not null default '00000000-0000-7000-8000-000000000015'
  check (id = '00000000-0000-7000-8000-000000000015');
