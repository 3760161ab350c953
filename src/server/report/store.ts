/** Reports as rows: written by tier, locked for a decision, saved after it. */

import { randomUUID } from 'node:crypto'
import type { Instant, Uuid } from '#domain/core.ts'
import type { ListedChild, ReceiveBody, ReportedChild } from '#domain/report/body.ts'
import type { Report } from '#domain/report/state.ts'
import { notFound } from '../problem.ts'
import { type Place, sealBytes } from '../sealing/index.ts'
import { newKey } from '../sealing/keys.ts'
import type { Tx, WriteTx } from '../tx.ts'

export interface ReportRow {
  readonly id: Uuid
  readonly state: Report['state']
  readonly unit_id: Uuid
  readonly municipality: string | null
  readonly source: Report['source']
  readonly channel: ReceiveBody['channel']
  readonly immediacy: Report['immediacy']
  readonly concerns: string[]
  readonly activity: string | null
  readonly hotspot_id: Uuid | null
  readonly children: number
  readonly created_by: Uuid | null
  readonly occurred_at: Instant
  readonly received_at: Instant
  readonly triaged_at: Instant | null
  readonly screen_out_proposed_by: Uuid | null
  readonly screened_out_at: Instant | null
  readonly protected_at: Instant | null
  readonly version: number
}

export const reportColumns = `id, state, unit_id, municipality, source, channel, immediacy, concerns, activity, hotspot_id, children,
  created_by, occurred_at, received_at, triaged_at, screen_out_proposed_by, screened_out_at, protected_at, version`

/** The decision needs the state; the children's ids are read only where they matter. */
export const toReport = (row: ReportRow, childIds: readonly Uuid[] = []): Report => ({
  id: row.id,
  version: row.version,
  state: row.state,
  unitId: row.unit_id,
  municipality: row.municipality,
  source: row.source,
  immediacy: row.immediacy,
  createdBy: row.created_by,
  receivedAt: row.received_at,
  triagedAt: row.triaged_at,
  screenOutProposedBy: row.screen_out_proposed_by,
  screenedOutAt: row.screened_out_at,
  protectedAt: row.protected_at,
  childIds,
})

/** Locks the row for this actor, or is not found: absent and out of scope read the same. */
export const lockReport = async (tx: WriteTx, id: Uuid): Promise<{ report: Report; row: ReportRow }> => {
  const [row] = await tx.sql<ReportRow>(`select ${reportColumns} from report where id = $1 for update`, [id])
  if (row === undefined) throw notFound()
  return { report: toReport(row), row }
}

export const hotspotExists = async (tx: Tx, id: Uuid): Promise<boolean> =>
  (await tx.sql('select 1 from hotspot where id = $1', [id])).length > 0

/** Who reported, as sealed in one value. */
export type SealedReporter = {
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly relation: string | null
  readonly safeTime: string | null
}
export const reporterPlace = (reportId: Uuid, id: Uuid): Place => ({
  record: { kind: 'report', id: reportId },
  tier: 'T4',
  at: id,
  name: 'report_reporter',
})

const trimmed = (value: string | undefined): string | null => (value?.trim() ? value : null)

const childRow = (reportId: Uuid, given: ReportedChild, child: ListedChild, position: number) => ({
  id: child.childId,
  report_id: reportId,
  position,
  given_name: trimmed(given.givenName),
  family_name: trimmed(given.familyName),
  other_names: trimmed(given.otherNames),
  sex: child.sex,
  birth_from: child.birth?.from ?? null,
  birth_to: child.birth?.to ?? null,
  birth_said: child.birth?.said ?? null,
  citizenship: given.citizenship ?? null,
  description: trimmed(given.description),
  address: trimmed(given.address),
  contact: trimmed(given.contact),
})

/** Writes a received report with its tiers. Nothing is read back: a member of the public may not see what it wrote. */
export const insertReport = (
  tx: WriteTx,
  id: Uuid,
  version: number,
  body: ReceiveBody,
  to: {
    readonly unitId: Uuid
    readonly children: readonly ListedChild[]
    readonly protectedAt: Instant | null
  },
): void => {
  const { actor, now, occurredAt } = tx.stamp
  const signedIn = actor.role !== 'public'
  // One statement for the row, its words and its children: each on its own would be bound, begun and answered.
  tx.later(
    `with told as (insert into report_named (id, narrative, place, lon, lat, companions) values ($1, $17, $18, $19, $20, $21)),
       child as (insert into report_child (id, report_id, position, given_name, family_name, other_names, sex, birth_from, birth_to,
           birth_said, citizenship, description, address, contact)
         select id, report_id, position, given_name, family_name, other_names, sex, birth_from, birth_to, birth_said, citizenship,
           description, address, contact from jsonb_populate_recordset(null::report_child, $22::jsonb))
     insert into report (id, state, unit_id, municipality, source, channel, immediacy, concerns, activity, hotspot_id, children,
       created_by, created_unit, occurred_at, received_at, protected_at, version)
     values ($1, 'RECEIVED', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      id,
      to.unitId,
      body.place.municipality,
      body.source,
      body.channel,
      to.protectedAt === null ? body.immediacy : 'immediate',
      [...new Set(body.concerns)],
      body.activity ?? null,
      body.place.hotspotId ?? null,
      to.children.length,
      signedIn ? actor.userId : null,
      signedIn ? actor.unitId : null,
      occurredAt,
      now,
      to.protectedAt,
      version,
      trimmed(body.narrative),
      trimmed(body.place.text),
      body.place.point?.lon ?? null,
      body.place.point?.lat ?? null,
      JSON.stringify(body.companions ?? []),
      JSON.stringify(to.children.map((child, at) => childRow(id, body.children[at]!, child, at))),
    ],
  )
  const { reporter } = body
  if (
    reporter &&
    (reporter.name || reporter.phone || reporter.email || reporter.relation || reporter.safeTime)
  ) {
    const place = reporterPlace(id, randomUUID())
    const { key, keep } = newKey(tx, place.record)
    keep()
    tx.later('insert into report_reporter (id, report_id, sealed, may_call_back) values ($1, $2, $3, $4)', [
      place.at,
      id,
      sealBytes(key, place, {
        name: trimmed(reporter.name),
        phone: trimmed(reporter.phone),
        email: trimmed(reporter.email),
        relation: trimmed(reporter.relation),
        safeTime: trimmed(reporter.safeTime),
      } satisfies SealedReporter),
      reporter.mayCallBack,
    ])
  }
}

/** Writes the state after a decision, in the transaction of its event; the caller may lose sight of it by this. */
export const saveReport = (tx: WriteTx, report: Report, version: number): void =>
  tx.later('select save_report($1)', [
    JSON.stringify({
      id: report.id,
      state: report.state,
      unit_id: report.unitId,
      municipality: report.municipality,
      immediacy: report.immediacy,
      triaged_at: report.triagedAt,
      screen_out_proposed_by: report.screenOutProposedBy,
      screened_out_at: report.screenedOutAt,
      protected_at: report.protectedAt,
      version,
    }),
  ])

export const insertAddition = (tx: WriteTx, reportId: Uuid, by: 'reporter' | 'staff', text: string): void =>
  tx.later('insert into report_addition (id, report_id, at, by_whom, text) values ($1, $2, $3, $4, $5)', [
    tx.stamp.newId(),
    reportId,
    tx.stamp.now,
    by,
    text,
  ])

export interface ChildRow {
  readonly id: Uuid
  readonly given_name: string | null
  readonly family_name: string | null
  readonly other_names: string | null
  readonly sex: ListedChild['sex']
  readonly birth_from: string | null
  readonly birth_to: string | null
  readonly birth_said: string | null
  readonly citizenship: string | null
  readonly description: string | null
  readonly address: string | null
  readonly contact: string | null
  readonly person_id: Uuid | null
  readonly case_id: Uuid | null
}

export const childrenOf = (tx: Tx, reportId: Uuid): Promise<ChildRow[]> =>
  tx.sql<ChildRow>(
    `select id, given_name, family_name, other_names, sex, birth_from, birth_to, birth_said, citizenship, description, address,
       contact, person_id, case_id from report_child where report_id = $1 order by position`,
    [reportId],
  )

export const birthOfRow = (row: {
  birth_from: string | null
  birth_to: string | null
  birth_said: string | null
}) =>
  row.birth_from === null || row.birth_to === null
    ? null
    : { from: row.birth_from, to: row.birth_to, said: row.birth_said ?? '' }

/** How a notice names a report: by the end of its id, never by a name. */
export const labelOf = (reportId: Uuid): string => `NJ-${reportId.slice(-8).toUpperCase()}`
