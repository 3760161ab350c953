/** Files of the trafficking track as rows, written past the policies: for tests that count or hand on what others write. */
import { uuidv7 } from '#server/ids.ts'
import { unitId, userId } from '#test/cast.ts'
import { openFor, putChild } from './case-life.ts'
import type { TestApp } from './harness.ts'

export interface TrackRow {
  readonly subject?: 'child' | 'adult'
  readonly sex?: string
  readonly born?: number
  readonly citizenship?: string
  readonly structure?: string
  readonly forms?: readonly string[]
  readonly territory?: string
  readonly phase?: string
  readonly prior?: string
  /** Status and day, the first of them `vmt`. */
  readonly steps: readonly (readonly [string, string])[]
}

let number = 0
/** Gives the file's id; a child gets a case of the unit in Tirana. */
export const putTrack = async (
  app: TestApp,
  row: TrackRow,
): Promise<{ id: string; caseId: string | null }> => {
  number += 1
  const { admin } = app.db
  const subject = row.subject ?? 'adult'
  const personId = await putChild(app, 'Fshehur', `Mbiemri${number}`)
  await admin('update person set sex = $2, born_from = $3, born_to = $3, citizenship = $4 where id = $1', [
    personId,
    row.sex ?? 'female',
    row.born ?? (subject === 'child' ? 2014 : 1995),
    row.citizenship ?? 'AL',
  ])
  const caseId = subject === 'child' ? (await openFor(app, 'cpw-tirana', { personId })).caseId : null
  const id = uuidv7()
  const status = row.steps.at(-1)![0]
  const at = (day: string) => `${day}T10:00:00Z`
  if (caseId !== null) await admin('update case_file set vmt_status = $2 where id = $1', [caseId, status])
  await admin(
    `insert into nrm_file (id, code, version, person_id, case_id, subject, status, phase, unit_id, structure, door, forms, territory, prior_id,
       municipality, county, opened_by, opened_unit, opened_at, status_at, exited_at)
     values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, 'field', $10, $11, $12, '53', 'AL-11', $13, $8, $14, $15, $16)`,
    [
      id,
      `MKR-2026-${String(90_000 + number)}`,
      personId,
      caseId,
      subject,
      status,
      row.phase ?? null,
      unitId(caseId === null ? 'shelter-tirana' : 'cpu-tirana'),
      row.structure ?? 'police',
      row.forms ?? ['labour'],
      row.territory ?? 'internal',
      row.prior ?? null,
      userId('police'),
      at(row.steps[0]![1]),
      at(row.steps.at(-1)![1]),
      status === 'exited' ? at(row.steps.at(-1)![1]) : null,
    ],
  )
  await admin('insert into nrm_file_named (id) values ($1)', [id])
  for (const [step, day] of row.steps)
    await admin(
      `insert into identification_record (id, case_id, nrm_id, person_id, status, on_day, structure, forms, territory, prior_trafficking, signatories, by_id, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '{}', $11, $12)`,
      [
        uuidv7(),
        caseId,
        id,
        personId,
        step,
        day,
        row.structure ?? 'police',
        row.forms ?? ['labour'],
        row.territory ?? 'internal',
        row.prior !== undefined,
        userId('police'),
        at(day),
      ],
    )
  return { id, caseId }
}
