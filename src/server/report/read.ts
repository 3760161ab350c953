/** Reading reports: the unit's queue, one report by tier, and what a reporter may know of an own report. */
import type { z } from 'zod'
import type { Actor, Instant, Uuid } from '#domain/core.ts'
import { reporterStatus } from '#domain/report/decide.ts'
import { allowedActions, reportTier } from '#domain/report/policy.ts'
import { ListReports, MyReports, ReadReport } from '#wire/report.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { openBytes } from '../sealing/index.ts'
import { findKey } from '../sealing/keys.ts'
import type { Tx } from '../tx.ts'
import { intakeRules } from './options.ts'
import {
  birthOfRow,
  childrenOf,
  type ReportRow,
  reportColumns,
  reporterPlace,
  type SealedReporter,
  toReport,
} from './store.ts'

interface Listed extends ReportRow {
  readonly due_at: Instant | null
}

/** One way into the table by role, so that an index answers; row-level security holds whatever stands here. */
const scopeOf = ({ role }: Actor): string | null => {
  if (role === 'cpw' || role === 'cpu_head' || role === 'hotline') return 'unit_id = me_unit()'
  return role === 'state_agency' ? 'true' : null
}

const columns = `p.*, (select min(c.due_at) from clock c where c.record_id = p.id and c.rule = 'D01' and c.stopped_at is null) as due_at`

/** The page is cut from the pseudonymous table first; only then are clocks joined (decision 10). */
const pageSql = (scope: string): string => `with page as materialized (
    select ${reportColumns} from report
     where ${scope} and ($1::timestamptz is null or (received_at, id) < ($1, $2)) and ($3::text is null or state = $3)
     order by received_at desc, id desc limit $4)
  select ${columns} from page p order by received_at desc, id desc`

const oneSql = `select ${columns} from (select ${reportColumns} from report where id = $1) p`

const rowOf = (row: Listed) => ({
  id: row.id,
  state: row.state,
  immediacy: row.immediacy,
  source: row.source,
  channel: row.channel,
  municipality: row.municipality,
  unitId: row.unit_id,
  concerns: row.concerns,
  children: row.children,
  receivedAt: row.received_at,
  triagedAt: row.triaged_at,
  protectedAt: row.protected_at,
  screenOutProposedBy: row.screen_out_proposed_by,
  dueAt: row.due_at,
  version: row.version,
})

/** Own reports are in reach of the row policy too; only who handles reports opens them as such. */
const opens = (tx: Tx, row: ReportRow): boolean =>
  reportTier(
    tx.actor,
    { unitId: row.unit_id, createdBy: null, receivedAt: row.received_at },
    tx.now,
    intakeRules,
  ) > 0

export const listReports = endpoint({
  method: 'GET',
  url: '/api/reports',
  wire: ListReports,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const scope = scopeOf(tx.actor)
    const values = [after?.at ?? null, after?.id ?? null, query.state ?? null, query.limit + 1]
    const rows = scope === null ? [] : await tx.sql<Listed>(pageSql(scope), values)
    const items = rows.slice(0, query.limit)
    recordAccess(tx, { act: 'list', kind: 'report', ids: items.map((row) => row.id), tier: 'T2' })
    const last = rows.length > query.limit ? items.at(-1) : undefined
    return {
      items: items.map(rowOf),
      next: last === undefined ? null : cursorOf(last.received_at, last.id),
    }
  },
})

interface NamedRow {
  readonly narrative: string | null
  readonly place: string | null
  readonly lon: number | null
  readonly lat: number | null
  readonly companions: { relation: string; sex?: string; age?: number; description?: string }[]
}

type Named = NonNullable<z.input<typeof ReadReport.reply>['named']>

const namedOf = async (tx: Tx, id: Uuid, row: NamedRow): Promise<Named> => {
  const [children, additions, abroad] = await Promise.all([
    childrenOf(tx, id),
    tx.sql<{ at: Instant; by: 'reporter' | 'staff'; text: string }>(
      'select at, by_whom as by, text from report_addition where report_id = $1 order by at, id',
      [id],
    ),
    tx.sql<NonNullable<Named['consulate']>>(
      'select country, post, papers, wishes_return as "wishesReturn" from report_consulate where id = $1',
      [id],
    ),
  ])
  return {
    narrative: row.narrative,
    place: row.place,
    companions: row.companions,
    consulate: abroad[0] ?? null,
    children: children.map((child) => ({
      childId: child.id,
      personId: child.person_id,
      caseId: child.case_id,
      givenName: child.given_name,
      familyName: child.family_name,
      otherNames: child.other_names,
      sex: child.sex,
      birth: birthOfRow(child),
      citizenship: child.citizenship,
      description: child.description,
      address: child.address,
      contact: child.contact,
    })),
    additions,
  }
}

interface ReporterRow {
  readonly id: Uuid
  readonly sealed: Buffer
  readonly may_call_back: boolean
}

const reporterOf = async (tx: Tx, reportId: Uuid, row: ReporterRow) => {
  const place = reporterPlace(reportId, row.id)
  const said = openBytes(await findKey(tx, place.record), place, row.sealed)
  return { ...(said as SealedReporter), mayCallBack: row.may_call_back }
}

export const readReport = endpoint({
  method: 'GET',
  url: '/api/reports/{id}',
  wire: ReadReport,
  handle: async (tx, { params }) => {
    const [[row], [named], [reporter]] = await Promise.all([
      tx.sql<Listed>(oneSql, [params.id]),
      tx.sql<NamedRow>('select narrative, place, lon, lat, companions from report_named where id = $1', [
        params.id,
      ]),
      tx.sql<ReporterRow>('select id, sealed, may_call_back from report_reporter where report_id = $1', [
        params.id,
      ]),
    ])
    // Whoever sent it reads its status under /mine and no more.
    if (row === undefined || !opens(tx, row)) throw notFound()
    recordAccess(tx, {
      act: 'read',
      kind: 'report',
      ids: [row.id],
      tier: reporter ? 'T4' : named ? 'T3' : 'T2',
    })
    return {
      ...rowOf(row),
      activity: row.activity,
      hotspotId: row.hotspot_id,
      point:
        named === undefined || named.lon === null || named.lat === null
          ? null
          : { lon: named.lon, lat: named.lat },
      actions: [...allowedActions(tx.actor, toReport(row))],
      named: named === undefined ? null : await namedOf(tx, row.id, named),
      reporter: reporter === undefined ? null : await reporterOf(tx, row.id, reporter),
    }
  },
})

export const myReports = endpoint({
  method: 'GET',
  url: '/api/reports/mine',
  wire: MyReports,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<ReportRow & { child_ids: Uuid[]; screened: { child: Uuid; set: string }[] }>(
      `select ${reportColumns},
          array(select jsonb_array_elements_text(e.facts -> 'childIds') from event e where e.record_id = report.id and e.seq = 1) as child_ids,
          coalesce((select jsonb_agg(jsonb_build_object('child', s.child_id, 'set', s.set_code)) from screening s
            where s.report_id = report.id and s.screener_id = $1), '[]') as screened
        from report where created_by = $1 and received_at > $2::timestamptz - make_interval(days => $3)
          and ($4::timestamptz is null or (received_at, id) < ($4, $5))
        order by received_at desc, id desc limit $6`,
      [tx.actor.userId, tx.now, intakeRules.ownReportDays, after?.at ?? null, after?.id ?? null, query.limit],
    )
    recordAccess(tx, { act: 'list', kind: 'report', ids: rows.map((row) => row.id), tier: 'T2' })
    const last = rows.length === query.limit ? rows.at(-1) : undefined
    return {
      items: rows.map((row) => ({
        id: row.id,
        receivedAt: row.received_at,
        municipality: row.municipality,
        children: row.children,
        status: reporterStatus(toReport(row), tx.now, intakeRules),
        listed: row.child_ids.map((childId) => ({
          childId,
          screened: row.screened.filter((one) => one.child === childId).map((one) => one.set),
        })),
      })),
      next: last === undefined ? null : cursorOf(last.received_at, last.id),
    }
  },
})
