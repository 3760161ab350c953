import { openStatuses } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import { addYears } from '#domain/day.ts'
import { OpenCase } from '#wire/case.ts'
import { command, done, refused } from '../command.ts'
import { notFound } from '../problem.ts'
import { intakeRules } from '../report/options.ts'
import { getOwnPlace } from './lookup.ts'
import { openCase } from './open.ts'

/**
 * A case that the unit opens by itself, without a report, for a person it already knows. The reply carries the code.
 * Refused for an adult, and where the person has an open case in this unit.
 */
export const openByHand = command('case.open', OpenCase, async (tx, cmd) => {
  const [person] = await tx.sql<{ born_to: number | null }>('select born_to from person where id = $1', [
    cmd.body.personId,
  ])
  if (person === undefined) throw notFound()
  const strange = cmd.body.concerns.findIndex((code) => !intakeRules.concerns.includes(code))
  if (strange >= 0) return refused({ code: 'unknown_code', field: `concerns.${strange}` })
  const today = tiranaDay(tx.now)
  if (person.born_to !== null && addYears(`${person.born_to}-12-31`, 18) <= today)
    return refused({ code: 'case_person_not_child', field: 'personId' })
  const open = await tx.sql(
    'select 1 from case_file where person_id = $1 and unit_id = $2 and status = any ($3)',
    [cmd.body.personId, tx.actor.unitId, openStatuses],
  )
  if (open.length > 0) return refused({ code: 'case_open_already', field: 'personId' })
  const place = await getOwnPlace(tx)
  if (place === null) return refused({ code: 'not_allowed' })
  const opened = await openCase(tx, {
    caseId: cmd.recordId,
    personId: cmd.body.personId,
    reportId: null,
    unitId: tx.actor.unitId,
    ...place,
    concerns: cmd.body.concerns,
    urgent: false,
    summary: cmd.body.summary,
    ...(cmd.body.take
      ? { manager: { id: tx.actor.userId, isHead: tx.actor.role === 'cpu_head' } }
      : { manager: null }),
  })
  if (!opened.ok) return refused(opened.refusal)
  return done({ recordId: opened.caseId, version: opened.version, reply: { code: opened.code } })
})
