/** Labour inspections: recorded with the report of every minor found, read without a word about a child. */
import { suppress } from '#disclosure/suppress.ts'
import type { Uuid } from '#domain/core.ts'
import { decideInspection, mayInspect, mayReadInspections } from '#domain/inspection/inspection.ts'
import {
  InspectionFigures,
  InspectionList,
  type InspectionRow,
  ReadInspection,
  RecordInspection,
} from '#wire/inspection.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { countyOf, dayCursor, periodOf } from '../prevention/place.ts'
import { invalid, notFound } from '../problem.ts'
import { receive } from '../report/receive.ts'
import { findRoute } from '../report/route.ts'
import type { Tx } from '../tx.ts'

const businessKnown = async (tx: Tx, id: Uuid | undefined): Promise<boolean> =>
  id !== undefined && (await tx.sql('select 1 from business where id = $1', [id])).length > 0

export const recordInspection = command('inspection.record', RecordInspection, async (tx, cmd) => {
  const { body, recordId: id } = cmd
  const county = await countyOf(tx, body.municipality)
  if (county === null) throw invalid({ field: 'body.body.municipality', code: 'unknown_code' })
  const { report } = body
  if (body.minors.length > 0 && report === undefined)
    throw invalid({ field: 'body.body.report', code: 'required' })
  const reportId = body.minors.length > 0 ? report!.reportId : null
  const decision = decideInspection(
    body,
    { businessKnown: await businessKnown(tx, body.businessId), reportId },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  // The children first: whatever else fails, no inspection stands beside minors whom nobody was told of.
  if (reportId !== null) {
    const told = await receive(
      tx,
      reportId,
      {
        source: 'labour_inspectorate',
        channel: 'field',
        place: { municipality: body.municipality, text: body.place },
        immediacy: report!.immediacy,
        concerns: report!.concerns,
        narrative: report!.narrative,
        children: body.minors,
      },
      await findRoute(tx, body.municipality),
    )
    if (!told.ok) return told
  }
  const version = await append(tx, { kind: 'inspection', id, version: 0 }, decision.events)
  await tx.sql(
    `insert into inspection (id, version, joint_with, sector, business_id, municipality, county, on_day, workers_checked, minors, adults,
       measures, report_id, unit_id, by_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      id,
      version,
      [...new Set(body.jointWith)],
      body.sector,
      body.businessId ?? null,
      body.municipality,
      county,
      body.on,
      body.workersChecked,
      body.minors.length,
      body.adults,
      [...new Set(body.measures)],
      reportId,
      tx.actor.unitId,
      tx.actor.userId,
      tx.stamp.now,
    ],
  )
  tx.later('insert into inspection_named (id, employer, nipt, place, notes) values ($1, $2, $3, $4, $5)', [
    id,
    body.employer,
    body.nipt ?? null,
    body.place,
    body.notes?.trim() ? body.notes : null,
  ])
  return done({ recordId: id, version, reply: { reportId } })
})

const columns = `i.id, i.on_day::text as "on", i.municipality, i.sector, i.joint_with as "jointWith", i.workers_checked as "workersChecked",
  i.minors, i.adults, i.measures, i.report_id is not null as told, n.employer, i.business_id as "businessId"`

export const listInspections = endpoint({
  method: 'GET',
  url: '/api/inspections',
  wire: InspectionList,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<InspectionRow>(
      `select ${columns} from inspection i left join inspection_named n on n.id = i.id
       where $1::date is null or (i.on_day, i.id) < ($1, $2::uuid) order by i.on_day desc, i.id desc limit $3`,
      [after?.at.slice(0, 10) ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    if (page.length > 0)
      recordAccess(tx, { act: 'list', kind: 'inspection', ids: page.map((row) => row.id), tier: 'T2' })
    return {
      items: page,
      next: rows.length > query.limit && last !== undefined ? cursorOf(dayCursor(last.on), last.id) : null,
      mayRecord: mayInspect(tx.actor),
    }
  },
})

type Whole = InspectionRow & { nipt: string | null; place: string | null; notes: string | null }
export const readInspection = endpoint({
  method: 'GET',
  url: '/api/inspections/{id}',
  wire: ReadInspection,
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<Whole>(
      `select ${columns}, n.nipt, n.place, n.notes from inspection i left join inspection_named n on n.id = i.id where i.id = $1`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    recordAccess(tx, { act: 'read', kind: 'inspection', ids: [params.id], tier: 'T3' })
    return row
  },
})

interface Sector {
  readonly sector: InspectionRow['sector']
  readonly inspections: number
  readonly joint: number
  readonly minors: number
  readonly adults: number
}
/** Signed-in readers of aggregates see no figure of 1 to 4 of people found (decision 13). */
const upTo = 4

export const readInspectionFigures = endpoint({
  method: 'GET',
  url: '/api/inspection-figures',
  wire: InspectionFigures,
  handle: async (tx, { query }) => {
    const { from, until } = periodOf(tx, query)
    const rows = mayReadInspections(tx.actor)
      ? await tx.sql<Sector>(
          `select sector, count(*)::integer as inspections, count(*) filter (where cardinality(joint_with) > 0)::integer as joint,
             sum(minors)::integer as minors, sum(adults)::integer as adults
           from inspection where on_day >= $1 and on_day < $2 group by sector order by sector`,
          [from, until],
        )
      : []
    const hidden = suppress({ cells: rows.map((row) => [row.minors, row.adults]) }, { upTo }).cells
    const whole = mayInspect(tx.actor)
    const total = (of: (row: Sector) => number) => rows.reduce((sum, row) => sum + of(row), 0)
    return {
      from,
      until,
      rows: rows.map((row, at) =>
        whole ? row : { ...row, minors: hidden[at]?.[0] ?? null, adults: hidden[at]?.[1] ?? null },
      ),
      totals: {
        inspections: total((row) => row.inspections),
        joint: total((row) => row.joint),
        minors: total((row) => row.minors),
        adults: total((row) => row.adults),
      },
    }
  },
})

export const inspectionCommands = [recordInspection]
export const inspectionEndpoints = [listInspections, readInspection, readInspectionFigures]
