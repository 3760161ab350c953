/** What workers carry, as the rows say. */
import { type CaseStatus, isOpen, openStatuses, type RiskLevel } from '#domain/case/state.ts'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { type Carried, carriedStatuses, loadOf, weightOf } from '#domain/supervision/caseload.ts'
import { meanOf } from '#domain/supervision/completeness.ts'
import { ListUnitLoads, ReadLoads, type UnitLoad } from '#wire/supervision.ts'
import { recordAccess } from '../access.ts'
import { endpoint } from '../endpoint.ts'
import { forbidden } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { scoredFiles } from './files.ts'
import { ceilingSource, supervisionLaw } from './reference.ts'

/** Load of each of these workers of one unit; whoever carries nothing has nought. */
export const loadsOf = async (
  tx: Tx,
  unitId: Uuid,
  workers: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, number>> => {
  const rows = await tx.sql<Carried & { manager: Uuid }>(
    `select manager_id as manager, status, risk_level as risk from case_file
     where unit_id = $1 and manager_id = any ($2::uuid[]) and status = any ($3)`,
    [unitId, workers, carriedStatuses],
  )
  return new Map(
    workers.map((id) => [
      id,
      loadOf(
        supervisionLaw,
        rows.filter((row) => row.manager === id),
      ),
    ]),
  )
}

interface PersonRow {
  readonly id: Uuid
  readonly name: string
  readonly role: string
  readonly until: Day | null
  readonly deputy: string | null
  readonly lastTalk: Day | null
}
const DAY = 86_400_000
const ago = (now: Instant, days: number): Instant => new Date(Date.parse(now) - days * DAY).toISOString()

/** Each worker of the head's unit against the ceiling. */
export const readLoads = endpoint({
  method: 'GET',
  url: '/api/supervision/loads',
  wire: ReadLoads,
  handle: async (tx) => {
    if (tx.actor.role !== 'cpu_head') throw forbidden()
    const { unitId } = tx.actor
    const today = tiranaDay(tx.now)
    const [people, files, moved] = await Promise.all([
      tx.sql<PersonRow>(
        `select u.id, u.display_name as name, u.role, a.until_day::text as until, d.display_name as deputy,
           (select max(s.held_on)::text from supervision_session s where s.worker_id = u.id) as "lastTalk"
         from app_user u left join worker_absence a on a.worker_id = u.id and $2::date between a.from_day and a.until_day
             and (a.ended_on is null or $2::date < a.ended_on)
           left join app_user d on d.id = a.deputy_id
         where u.unit_id = $1 and u.role in ('cpw', 'cpu_head') and u.active order by u.display_name, u.id`,
        [unitId, today],
      ),
      scoredFiles(tx, unitId, null),
      tx.sql<{ manager: Uuid; n: number }>(
        `select manager_id as manager, (count(*) filter (where opened_at >= $2) - count(*) filter (where closed_at >= $2))::int as n
         from case_file where unit_id = $1 and manager_id is not null and (opened_at >= $2 or closed_at >= $2) group by manager_id`,
        [unitId, ago(tx.now, 30)],
      ),
    ])
    const workers = people.map(({ until, deputy, ...who }) => {
      const own = files.filter(({ row }) => row.manager_id === who.id)
      const open = own.filter(({ row }) => isOpen(row))
      const load = loadOf(
        supervisionLaw,
        own.map(({ row }) => ({ status: row.status, risk: row.risk_level })),
      )
      const at = (risk: string | null) => open.filter(({ row }) => row.risk_level === risk).length
      return {
        ...who,
        open: open.length,
        byRisk: {
          none: at(null),
          low: at('low'),
          medium: at('medium'),
          high: at('high'),
          immediate: at('immediate'),
        },
        followUp: own.length - open.length,
        load,
        over: load > supervisionLaw.ceiling,
        late: own.reduce((sum, one) => sum + one.late, 0),
        complete: meanOf(open.map((one) => one.score)),
        trend: moved.find((one) => one.manager === who.id)?.n ?? 0,
        away: until === null ? null : { until, deputy: deputy ?? '' },
      }
    })
    if (files.length > 0)
      recordAccess(tx, { act: 'list', kind: 'case_file', ids: files.map(({ row }) => row.id), tier: 'T2' })
    return { ceiling: supervisionLaw.ceiling, ...ceilingSource, workers }
  },
})

interface UnitRow extends Omit<UnitLoad, 'load' | 'over'> {
  readonly carried: readonly {
    readonly manager: Uuid
    readonly status: CaseStatus
    readonly risk: RiskLevel | null
    readonly n: number
  }[]
}

/** The units of the country for the State Agency, the municipality's for its director; talks only as a number. */
export const listUnitLoads = endpoint({
  method: 'GET',
  url: '/api/supervision/units',
  wire: ListUnitLoads,
  handle: async (tx) => {
    const { role } = tx.actor
    if (role !== 'state_agency' && role !== 'cpu_head') return { ceiling: supervisionLaw.ceiling, items: [] }
    const rows = await tx.sql<UnitRow>(
      `with carried as (select unit_id, jsonb_agg(jsonb_build_object('manager', manager_id, 'status', status, 'risk', risk_level, 'n', n)) as list,
           coalesce(sum(n) filter (where status = any ($3)), 0)::int as open
         from (select unit_id, manager_id, status, risk_level, count(*)::int as n from case_file where status = any ($2)
           group by unit_id, manager_id, status, risk_level) one group by unit_id),
         late as (select unit_id, count(distinct record_id)::int as n from clock where record_kind = 'case_file' and stopped_at is null
           and paused_at is null and due_at < $1 group by unit_id)
       select u.id, u.name_sq as "nameSq", u.name_en as "nameEn", u.municipality, s.staff as workers, coalesce(c.open, 0) as open,
         coalesce(c.list, '[]') as carried, coalesce(l.n, 0) as late, s.sessions as talks, s.workers as "talkedWith"
       from supervision_counts($4, $5) s join unit u on u.id = s.unit_id left join carried c on c.unit_id = u.id
         left join late l on l.unit_id = u.id order by u.name_sq, u.id limit 200`,
      [tx.now, carriedStatuses, openStatuses, tiranaDay(ago(tx.now, 90)), addDays(tiranaDay(tx.now), 1)],
    )
    return {
      ceiling: supervisionLaw.ceiling,
      items: rows.map(({ carried, ...unit }) => {
        const loads = new Map<Uuid, number>()
        for (const { manager, n, ...one } of carried)
          loads.set(manager, (loads.get(manager) ?? 0) + n * weightOf(supervisionLaw, one))
        return {
          ...unit,
          load: [...loads.values()].reduce((sum, one) => sum + one, 0),
          over: [...loads].filter(([id, load]) => id !== null && load > supervisionLaw.ceiling).length,
        }
      }),
    }
  },
})
