/** The sets in force, the screenings of a case, and its history of identification. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import type { IdentificationStatus } from '#domain/identification.ts'
import type { ScreeningResult, ScreeningSetCode, Setting, Subject, Territory } from '#domain/screening.ts'
import { CaseIdentification, CaseScreenings, ScreeningSets } from '#wire/screening.ts'
import { recordAccess } from '../access.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { screeningSets } from '../report/options.ts'
import type { Tx } from '../tx.ts'

export const readScreeningSets = endpoint({
  method: 'GET',
  url: '/api/screening-sets',
  wire: ScreeningSets,
  handle: async (tx, { query }) => {
    const on = query.on ?? tiranaDay(tx.now)
    return {
      items: screeningSets.filter(
        (set) => set.effectiveFrom <= on && (set.effectiveTo === null || on <= set.effectiveTo),
      ),
    }
  },
})

interface Row {
  readonly id: Uuid
  readonly set_code: ScreeningSetCode
  readonly set_version: string
  readonly subject: Subject
  readonly forms: string[]
  readonly territory: Territory
  readonly setting: Setting
  readonly met: number
  readonly dimensions: string[]
  readonly advised: ScreeningResult
  readonly result: ScreeningResult
  readonly proposed_result: ScreeningResult | null
  readonly screener_id: Uuid
  readonly at: Instant
  readonly version: number
  readonly codes: string[]
}

const mustSeeCase = async (tx: Tx, id: Uuid): Promise<{ vmt_status: IdentificationStatus }> => {
  const [row] = await tx.sql<{ vmt_status: IdentificationStatus }>(
    'select vmt_status from case_file where id = $1',
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

export const readCaseScreenings = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/screenings',
  wire: CaseScreenings,
  handle: async (tx, { params }) => {
    await mustSeeCase(tx, params.id)
    // The element codes are pseudonymous facts of the event; what shows them lies in the identified tier.
    const rows = await tx.sql<Row>(
      `select s.id, set_code, set_version, subject, forms, territory, setting, met, dimensions, advised, result, proposed_result,
         screener_id, at, version, array(select jsonb_array_elements_text(e.facts -> 'items')) as codes
         from screening s join event e on e.record_id = s.id and e.seq = 1 where s.case_id = $1 order by at desc, s.id desc limit 200`,
      [params.id],
    )
    const evidence = await tx.sql<{ screening_id: Uuid; code: string; evidence: string }>(
      'select screening_id, code, evidence from screening_item where screening_id = any ($1::uuid[])',
      [rows.map((row) => row.id)],
    )
    recordAccess(tx, {
      act: 'read',
      kind: 'case_file',
      ids: [params.id],
      tier: evidence.length > 0 ? 'T3' : 'T2',
    })
    return {
      items: rows.map((row) => ({
        id: row.id,
        set: row.set_code,
        version: row.set_version,
        subject: row.subject,
        forms: row.forms,
        territory: row.territory,
        setting: row.setting,
        met: row.met,
        dimensions: row.dimensions,
        advised: row.advised,
        result: row.result,
        proposedResult: row.proposed_result,
        screenerId: row.screener_id,
        at: row.at,
        recordVersion: row.version,
        mayDecide:
          row.proposed_result !== null && tx.actor.role === 'cpu_head' && row.screener_id !== tx.actor.userId,
        items: row.codes.map((code) => ({
          code,
          evidence:
            evidence.find((one) => one.screening_id === row.id && one.code === code)?.evidence ?? null,
        })),
      })),
    }
  },
})

interface IdentificationRow {
  readonly id: Uuid
  readonly status: IdentificationStatus
  readonly on: Day
  readonly structure: string
  readonly forms: string[]
  readonly territory: Territory
  readonly priorTrafficking: boolean
  readonly signatories: string[]
  readonly screeningId: Uuid | null
  readonly recordedAt: Instant
}

export const readCaseIdentification = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/identification',
  wire: CaseIdentification,
  handle: async (tx, { params }) => {
    const file = await mustSeeCase(tx, params.id)
    const items = await tx.sql<IdentificationRow>(
      `select id, status, on_day as "on", structure, forms, territory, prior_trafficking as "priorTrafficking", signatories,
         screening_id as "screeningId", at as "recordedAt"
         from identification_record where case_id = $1 order by at desc, id desc limit 200`,
      [params.id],
    )
    recordAccess(tx, { act: 'read', kind: 'case_file', ids: [params.id], tier: 'T2' })
    return { status: file.vmt_status, items }
  },
})
