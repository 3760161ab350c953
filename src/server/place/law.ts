/** Changes to the calendar and confirmation of deadlines. Clocks that run keep the day and the rule they began with. */
import { decideConfirmRule, decideSetHoliday, decideStrikeHoliday } from '#domain/clock/law.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day } from '#domain/core.ts'
import { ConfirmRule, SetHoliday, StrikeHoliday } from '#wire/place.ts'
import { append } from '../append.ts'
import { forgetLaw } from '../clock/law.ts'
import { command, done, refused } from '../command.ts'
import { notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'

const lockHoliday = async (tx: WriteTx, id: string): Promise<{ day: Day; version: number } | null> => {
  const [row] = await tx.sql<{ day: Day; version: number }>(
    tx.actor.role === 'state_agency'
      ? 'select day, version from holiday where id = $1 for update'
      : 'select day, version from holiday where id = $1',
    [id],
  )
  return row ?? null
}

export const setHoliday = command('reference.set_holiday', SetHoliday, async (tx, cmd) => {
  const { body } = cmd
  const known = await lockHoliday(tx, cmd.recordId)
  const decision = decideSetHoliday(known, body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [twin] = await tx.sql('select 1 from holiday where day = $1 and name_en = $2 and id <> $3', [
    body.day,
    body.nameEn,
    cmd.recordId,
  ])
  if (twin !== undefined) return refused({ code: 'clock_holiday_known', field: 'nameEn' })
  const version = await append(
    tx,
    { kind: 'holiday', id: cmd.recordId, version: known?.version ?? 0 },
    decision.events,
  )
  if (known === null)
    await tx.sql(
      `insert into holiday (id, version, day, name_sq, name_en, kind, effective_from, confirmed, source)
       values ($1, $2, $3, $4, $5, 'decided', $3, $6, $7)`,
      [cmd.recordId, version, body.day, body.nameSq, body.nameEn, body.confirmed, body.source],
    )
  else
    await tx.sql(
      'update holiday set name_sq = $2, source = $3, confirmed = $4, struck = false, version = $5 where id = $1',
      [cmd.recordId, body.nameSq, body.source, body.confirmed, version],
    )
  forgetLaw()
  return done({ recordId: cmd.recordId, version })
})

export const strikeHoliday = command('reference.strike_holiday', StrikeHoliday, async (tx, cmd) => {
  const known = await lockHoliday(tx, cmd.recordId)
  if (known === null) throw notFound()
  const decision = decideStrikeHoliday(known, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'holiday', id: cmd.recordId, version: known.version },
    decision.events,
  )
  await tx.sql('update holiday set struck = true, source = $2, version = $3 where id = $1', [
    cmd.recordId,
    cmd.body.source,
    version,
  ])
  forgetLaw()
  return done({ recordId: cmd.recordId, version })
})

export const confirmRule = command('reference.confirm_rule', ConfirmRule, async (tx, cmd) => {
  const [known] = await tx.sql<{ ruleSet: string; code: string; version: number }>(
    'select rule_set as "ruleSet", code, version from rule where id = $1',
    [cmd.recordId],
  )
  if (known === undefined) throw notFound()
  const decision = decideConfirmRule({ ruleSet: known.ruleSet, code: known.code }, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'rule', id: cmd.recordId, version: known.version },
    decision.events,
  )
  await tx.sql(
    "update rule set verification = 'V', legal_source = $2, confirmed_on = $3, version = $4 where id = $1",
    [cmd.recordId, cmd.body.source, tiranaDay(tx.now), version],
  )
  forgetLaw()
  return done({ recordId: cmd.recordId, version, reply: { code: known.code } })
})
