/** Alerts: left, prolonged, withdrawn, and what their owner says of a hit. */
import {
  decideAlert,
  decideAnswerHit,
  decideProlongAlert,
  decideWithdrawAlert,
} from '#domain/border/alert.ts'
import type { HitAnswer } from '#domain/border/kinds.ts'
import { documentKey } from '#domain/border/match.ts'
import type { Uuid } from '#domain/core.ts'
import { AnswerBorderHit, ProlongBorderAlert, SetBorderAlert, WithdrawBorderAlert } from '#wire/border.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { notFound } from '../problem.ts'
import { type Place, sealBytes } from '../sealing/index.ts'
import { openedKey } from '../sealing/keys.ts'
import type { WriteTx } from '../tx.ts'
import { partsOf } from './name.ts'
import { borderLaw } from './options.ts'
import { lockAlert } from './store.ts'

export const reasonPlace = (id: Uuid): Place => ({
  record: { kind: 'border_alert', id },
  tier: 'T4',
  at: id,
  name: 'border_alert_sensitive',
})

/** The case or file named must be open to the writer at the tier of names: absent and out of reach read the same. */
const mustKnow = async (
  tx: WriteTx,
  body: { readonly caseId?: Uuid | undefined; readonly nrmId?: Uuid | undefined },
): Promise<boolean> => {
  if (body.caseId !== undefined) {
    const rows = await tx.sql('select 1 from case_file_named where id = $1', [body.caseId])
    if (rows.length === 0) throw notFound('body.body.caseId')
    return true
  }
  if (body.nrmId === undefined) return false
  const rows = await tx.sql('select 1 from nrm_file_named where id = $1', [body.nrmId])
  if (rows.length === 0) throw notFound('body.body.nrmId')
  return true
}

const trimmed = (text: string | undefined): string | null => (text?.trim() ? text.trim() : null)

export const setAlert = command('border_alert.set', SetBorderAlert, async (tx, cmd) => {
  const { body, recordId: id } = cmd
  const decision = decideAlert(
    body,
    { subjectKnown: await mustKnow(tx, body), mostDays: borderLaw.alertMostDays },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'border_alert', id, version: 0 }, decision.events)
  await tx.sql(
    `insert into border_alert (id, version, kind, direction, step, phone, unit_id, role, case_id, nrm_id, sex, born_from, born_to, by_id, at,
       expires_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      id,
      version,
      body.kind,
      body.direction,
      body.step,
      body.phone,
      tx.actor.unitId,
      tx.actor.role,
      body.caseId ?? null,
      body.nrmId ?? null,
      body.sex,
      body.birth === undefined ? null : Number(body.birth.from.slice(0, 4)),
      body.birth === undefined ? null : Number(body.birth.to.slice(0, 4)),
      tx.actor.userId,
      tx.stamp.now,
      body.expiresOn,
    ],
  )
  const parts = partsOf([body.givenName, body.familyName, body.otherNames].filter(Boolean).join(' '))
  tx.later(
    `insert into border_alert_word (word, sound) select word, sound from jsonb_to_recordset($1::jsonb) as x (word text, sound text)
     on conflict do nothing`,
    [JSON.stringify(parts)],
  )
  tx.later(
    `insert into border_alert_named (id, given_name, family_name, other_names, birth_from, birth_to, birth_said, documents, words)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      trimmed(body.givenName),
      trimmed(body.familyName),
      trimmed(body.otherNames),
      body.birth?.from ?? null,
      body.birth?.to ?? null,
      body.birth?.said ?? null,
      body.documents,
      parts.map((part) => part.word),
    ],
  )
  const numbers = [...new Set(body.documents.map(documentKey).filter((one) => one !== ''))]
  for (const number of numbers)
    tx.later('insert into border_alert_document (alert_id, hash) values ($1, $2)', [id, tx.hashed(number)])
  const place = reasonPlace(id)
  tx.later('insert into border_alert_sensitive (id, sealed) values ($1, $2)', [
    id,
    sealBytes(openedKey(tx, place.record), place, body.reason),
  ])
  return done({ recordId: id, version })
})

export const withdrawAlert = command('border_alert.withdraw', WithdrawBorderAlert, async (tx, cmd) => {
  const alert = await lockAlert(tx, cmd.recordId)
  await mustBeFresh(tx, 'border_alert', cmd, ['alert'])
  const decision = decideWithdrawAlert(alert, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'border_alert', id: alert.id, version: alert.version },
    decision.events,
  )
  tx.later('update border_alert set withdrawn_at = $2, withdrawn_why = $3, version = $4 where id = $1', [
    alert.id,
    tx.stamp.now,
    cmd.body.why,
    version,
  ])
  return done({ recordId: alert.id, version })
})

export const prolongAlert = command('border_alert.prolong', ProlongBorderAlert, async (tx, cmd) => {
  const alert = await lockAlert(tx, cmd.recordId)
  await mustBeFresh(tx, 'border_alert', cmd, ['alert'])
  const decision = decideProlongAlert(alert, cmd.body, borderLaw.alertMostDays, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'border_alert', id: alert.id, version: alert.version },
    decision.events,
  )
  tx.later('update border_alert set expires_on = $2, version = $3 where id = $1', [
    alert.id,
    cmd.body.expiresOn,
    version,
  ])
  return done({ recordId: alert.id, version })
})

export const answerHit = command('border_alert.answer_hit', AnswerBorderHit, async (tx, cmd) => {
  const alert = await lockAlert(tx, cmd.recordId)
  const [hit] = await tx.sql<{ id: Uuid; answer: HitAnswer | null }>(
    'select id, answer from border_hit where id = $1 and alert_id = $2',
    [cmd.body.hitId, alert.id],
  )
  if (hit === undefined) throw notFound('body.body.hitId')
  const decision = decideAnswerHit(alert, hit, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'border_alert', id: alert.id, version: alert.version },
    decision.events,
  )
  tx.later('update border_hit set answer = $2, answered_at = $3, answered_by = $4 where id = $1', [
    hit.id,
    cmd.body.answer,
    tx.stamp.now,
    tx.actor.userId,
  ])
  tx.later('update border_alert set version = $2 where id = $1', [alert.id, version])
  return done({ recordId: alert.id, version })
})
