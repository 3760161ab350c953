/** Screenings of a case, or of an adult's file, with the words of their elements; what shows each only where the identified tier is open. */
import type { Instant, Uuid } from '#domain/core.ts'
import type { ScreeningSeen } from '#domain/document/file.ts'
import type { Language } from '#wire/words/index.ts'
import { screeningSets } from '../report/options.ts'
import type { Tx } from '../tx.ts'

interface Row {
  readonly id: Uuid
  readonly set: string
  readonly version: string
  readonly at: Instant
  readonly met: number
  readonly result: string
  readonly waits: boolean
  readonly codes: readonly string[]
}

/** @param of the case that they belong to, or the adult's file. */
export const screeningsOf = async (
  tx: Tx,
  of: 'case_id' | 'nrm_id',
  id: Uuid,
  tier: number,
  language: Language,
): Promise<ScreeningSeen[]> => {
  const [rows, shown] = await Promise.all([
    tx.sql<Row>(
      `select s.id, s.set_code as set, s.set_version as version, s.at, s.met, s.result, s.proposed_result is not null as waits,
         array(select jsonb_array_elements_text(e.facts -> 'items')) as codes
       from screening s join event e on e.record_id = s.id and e.seq = 1 where s.${of} = $1 order by s.at, s.id limit 200`,
      [id],
    ),
    tier < 3
      ? []
      : tx.sql<{ screening: Uuid; code: string; evidence: string }>(
          `select i.screening_id as screening, i.code, i.evidence from screening_item i join screening s on s.id = i.screening_id
           where s.${of} = $1`,
          [id],
        ),
  ])
  return rows.map(({ id: screening, codes, ...row }) => {
    const set = screeningSets.find((one) => one.code === row.set)
    return {
      ...row,
      set: set?.[language] ?? row.set,
      items: codes.map((code) => ({
        label: set?.items.find((item) => item.code === code)?.[language] ?? code,
        evidence: shown.find((one) => one.screening === screening && one.code === code)?.evidence ?? null,
      })),
    }
  })
}
