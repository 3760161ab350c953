/** The net as it stood on a day: the one source of denominators for percentage indicators. */
import type { Day } from '#domain/core.ts'
import { coverageOf, type Net, type NetGroup, type NetPlaces } from '#domain/net/coverage.ts'
import type { Tx } from '../tx.ts'

const groups = `with there as (
    select id, kind, municipality, county, crossing from net_structure
    where valid_from <= $1 and (valid_to is null or valid_to >= $1)
  ), post as (
    select p.structure_id, p.duty, p.full_time, p.in_job_description, t.sex
    from there s join net_position p on p.structure_id = s.id and p.valid_from <= $1 and (p.valid_to is null or p.valid_to >= $1)
    left join net_tenure t on t.position_id = p.id and t.from_day <= $1 and (t.to_day is null or t.to_day >= $1)
  ), each as (
    select s.id, s.kind, s.municipality, s.county, s.crossing,
      count(p.duty)::integer as posts,
      (count(*) filter (where p.sex is not null))::integer as filled,
      (count(*) filter (where p.sex is not null and p.full_time))::integer as full_time,
      (count(*) filter (where p.sex is not null and p.in_job_description))::integer as described,
      coalesce(bool_or(p.sex is not null and p.duty = 'school_protector'), false) as protector,
      coalesce(bool_or(p.sex is not null and p.duty = 'school_protector' and p.full_time), false) as full_protector,
      coalesce(bool_or(p.sex = 'female' and p.duty = 'police_officer'), false) as woman_officer,
      coalesce(bool_or(p.sex = 'female' and p.duty = 'social_worker'), false) as female_social_worker,
      coalesce(bool_or(p.sex is not null and p.duty in ('social_worker', 'psychologist')), false) as carer,
      coalesce(bool_or(p.sex is not null and p.duty = 'coordinator' and p.full_time), false) as full_coordinator,
      (count(*) filter (where p.sex = 'female' and p.duty = 'police_officer' and p.full_time))::integer as women_officers,
      (count(*) filter (where p.sex is not null and p.duty = 'psychologist'))::integer as psychologists,
      (count(*) filter (where p.sex is not null and p.duty = 'database_officer' and p.full_time))::integer as data_officers,
      (count(*) filter (where p.sex is not null and p.duty = 'secretary' and p.full_time))::integer as secretaries
    from there s left join post p on p.structure_id = s.id group by 1, 2, 3, 4, 5
  )
  select kind, municipality, county, crossing, count(*)::integer as structures, sum(posts)::integer as posts,
    sum(filled)::integer as filled, sum(full_time)::integer as "fullTime", sum(described)::integer as "inJobDescription",
    (count(*) filter (where full_time >= 2))::integer as "twoFullTime",
    (count(*) filter (where protector))::integer as "withProtector",
    (count(*) filter (where full_protector))::integer as "withFullTimeProtector",
    (count(*) filter (where woman_officer))::integer as "withWomanOfficer",
    (count(*) filter (where female_social_worker))::integer as "withFemaleSocialWorker",
    (count(*) filter (where carer))::integer as "withCarer",
    (count(*) filter (where full_coordinator))::integer as "withFullTimeCoordinator",
    sum(women_officers)::integer as "womenOfficersFullTime", sum(psychologists)::integer as psychologists,
    sum(data_officers)::integer as "dataOfficersFullTime", sum(secretaries)::integer as "secretariesFullTime"
  from each group by 1, 2, 3, 4`

export interface NetOnDay extends Net {
  readonly groups: readonly NetGroup[]
}

/** Everything that stood on that day, with the shares of the country that it covers. */
export const netAsOf = async (tx: Tx, day: Day): Promise<NetOnDay> => {
  const [found, municipalities, crossings, counties, bodies] = await Promise.all([
    tx.sql<NetGroup>(groups, [day]),
    tx.sql<NetPlaces['municipalities'][number]>('select code, name, county from municipality order by code'),
    tx.sql<NetPlaces['crossings'][number]>(
      `select b.id, b.name, b.municipality, m.county from border_crossing b join municipality m on m.code = b.municipality
       order by b.id`,
    ),
    tx.sql<NetPlaces['counties'][number]>('select code, name from county order by code'),
    tx.sql<NetPlaces['bodies'][number]>('select county, kind from net_county_bodies($1)', [day]),
  ])
  return { ...coverageOf(day, { municipalities, crossings, counties, bodies }, found), groups: found }
}
