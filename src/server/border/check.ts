/** A child at a crossing: recorded and looked up in one step, taken aside, told to the unit, screened in a language they read. */

import { answerOf, checkFault, decideCheck, decideProtect } from '#domain/border/check.ts'
import { type AlertStep, parentRelations } from '#domain/border/kinds.ts'
import { documentKey } from '#domain/border/match.ts'
import type { Uuid } from '#domain/core.ts'
import type { CompanionRelation, ReceiveBody } from '#domain/report/body.ts'
import { nameKey, phoneticKeys } from '#linkage/name.ts'
import { CheckAtBorder, ProtectAtBorder } from '#wire/border.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { notFound } from '../problem.ts'
import { receive } from '../report/receive.ts'
import { findRoute } from '../report/route.ts'
import type { WriteTx } from '../tx.ts'
import { partsOf } from './name.ts'
import { borderLaw } from './options.ts'
import { alertLabel, type CheckRow, deskOf, lockCheck } from './store.ts'

interface Found {
  readonly alert_id: Uuid
  readonly unit_id: Uuid
  readonly step: AlertStep
  readonly phone: string
  readonly by_document: boolean
  readonly by_name: boolean
}

const trimmed = (text: string | undefined): string | null => (text?.trim() ? text.trim() : null)
const yearOf = (day: string | undefined): number | null =>
  day === undefined ? null : Number(day.slice(0, 4))

/** What a look-up compares; nothing else of the child reaches the alerts. */
export const comparedOf = (
  tx: Pick<WriteTx, 'hashed'>,
  body: Pick<CheckAtBorder, 'givenName' | 'familyName' | 'birth' | 'document'>,
) => {
  const number = body.document.number === undefined ? '' : documentKey(body.document.number)
  return {
    document: number === '' ? null : tx.hashed(number),
    key: nameKey([body.givenName, body.familyName].filter(Boolean).join(' ')),
    given: partsOf(body.givenName ?? ''),
    family: partsOf(body.familyName ?? ''),
    sounds: phoneticKeys([body.givenName, body.familyName].filter(Boolean).join(' ')),
    from: yearOf(body.birth?.from),
    to: yearOf(body.birth?.to),
  }
}

/** Which alerts are met; `test/http/border` holds it against the rule. */
export const look = (
  tx: Pick<WriteTx, 'sql'>,
  asked: ReturnType<typeof comparedOf>,
  direction: CheckAtBorder['direction'],
): Promise<Found[]> =>
  tx.sql<Found>('select * from border_look($1, $2, $3, $4, $5, $6, $7, $8)', [
    asked.document,
    asked.given.map((part) => part.word),
    asked.given.map((part) => part.sound),
    asked.family.map((part) => part.word),
    asked.family.map((part) => part.sound),
    asked.from,
    asked.to,
    direction,
  ])

export const checkAtBorder = command('border.check', CheckAtBorder, async (tx, cmd) => {
  const { body } = cmd
  const desk = await deskOf(tx)
  const place = checkFault(body, { ...desk, mostAnHour: borderLaw.lookUpsAnHour }, tx.stamp)
  if (!place.ok) return refused(place.refusal)
  const { crossing } = place
  const asked = comparedOf(tx, body)
  const [found, odd] = await Promise.all([
    look(tx, asked, body.direction),
    tx.sql<{ odd: boolean }>('select border_document_odd($1, $2, $3) as odd', [
      asked.document,
      asked.key,
      asked.sounds,
    ]),
  ])
  const met = found.map(({ alert_id, step, phone }) => ({ alertId: alert_id, step, phone }))
  const documentOdd = odd[0]?.odd === true
  const decision = decideCheck(body, crossing, met)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'border_check', id: cmd.recordId, version: 0 }, decision.events)
  await tx.sql(
    `insert into border_check (id, version, crossing, unit_id, direction, category, sex, citizenship, born_from, born_to, document_kind,
       hit, document_odd, by_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      cmd.recordId,
      version,
      crossing,
      tx.actor.unitId,
      body.direction,
      body.category,
      body.sex,
      body.citizenship ?? null,
      asked.from,
      asked.to,
      body.document.kind,
      met.length > 0,
      documentOdd,
      tx.actor.userId,
      tx.stamp.occurredAt,
    ],
  )
  tx.later(
    `insert into border_check_named (id, given_name, family_name, birth_from, birth_to, birth_said, document_number, document_hash, name_key,
       sounds, companions) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      cmd.recordId,
      trimmed(body.givenName),
      trimmed(body.familyName),
      body.birth?.from ?? null,
      body.birth?.to ?? null,
      body.birth?.said ?? null,
      body.document.number ?? null,
      asked.document,
      asked.key,
      asked.sounds,
      JSON.stringify(body.escorts),
    ],
  )
  if (found.length > 0) {
    tx.later(
      `insert into border_hit (id, check_id, alert_id, crossing, direction, category, by_document, by_name, at)
       select h.id, $1, h.alert_id, $2, $3, $4, h.by_document, h.by_name, $5
       from jsonb_to_recordset($6::jsonb) as h (id uuid, alert_id uuid, by_document boolean, by_name boolean)`,
      [
        cmd.recordId,
        crossing,
        body.direction,
        body.category,
        tx.stamp.occurredAt,
        JSON.stringify(found.map((hit) => ({ ...hit, id: tx.stamp.newId() }))),
      ],
    )
    await Promise.all(
      found.map((hit) =>
        tell(tx, {
          unitId: hit.unit_id,
          code: 'border_hit',
          recordKind: 'border_alert',
          recordId: hit.alert_id,
          label: alertLabel(hit.alert_id),
        }),
      ),
    )
  }
  recordAccess(tx, {
    act: 'search',
    kind: 'border_alert',
    tier: 'T3',
    term: tx.hashed(`${asked.key}\n${asked.from ?? ''}\n${documentKey(body.document.number ?? '')}`),
    code: met.length > 0 ? 'hit' : 'no_hit',
  })
  const answer = answerOf(met, documentOdd)
  return done({
    recordId: cmd.recordId,
    version,
    reply: { step: answer.step, phones: [...answer.phones] },
  })
})

const companionOf = (relation: NonNullable<CheckRow['escorts']>[number]['relation']): CompanionRelation => {
  if (parentRelations.includes(relation)) return 'parent'
  if (relation === 'sibling') return 'sibling'
  if (relation === 'grandparent' || relation === 'relative') return 'relative'
  return relation === 'unknown' ? 'unknown' : 'other_adult'
}

/** The report that a check becomes: nothing is written twice at the booth. */
const reportOf = (
  check: CheckRow,
  said: Pick<ReceiveBody, 'immediacy' | 'concerns' | 'narrative'> & { readonly protection: boolean },
): ReceiveBody => ({
  source: 'border_police',
  channel: 'field',
  immediacy: said.immediacy,
  concerns: said.concerns,
  narrative: said.narrative,
  immediateProtection: said.protection,
  place: { municipality: check.municipality, text: `Pika kufitare ${check.crossingName}` },
  children: [
    {
      givenName: check.givenName ?? undefined,
      familyName: check.familyName ?? undefined,
      sex: check.sex,
      birth:
        check.birthFrom === null || check.birthTo === null
          ? undefined
          : { from: check.birthFrom, to: check.birthTo, said: check.birthSaid ?? '' },
      citizenship: check.citizenship ?? undefined,
      description:
        check.documentNumber === null ? undefined : `${check.documentKind}: ${check.documentNumber}`,
    },
  ],
  companions: (check.escorts ?? []).map(({ relation, name }) => ({
    relation: companionOf(relation),
    description: name,
  })),
})

/** Protection first: the child goes to the unit of the crossing's municipality before anything is asked. */
export const protectAtBorder = command('border.protect', ProtectAtBorder, async (tx, cmd) => {
  const check = await lockCheck(tx, cmd.recordId)
  const fits = decideProtect(check, { reportId: cmd.body.reportId, childId: check.id }, tx.stamp)
  if (!fits.ok) return refused(fits.refusal)
  if (!check.named) throw notFound()
  const route = await findRoute(tx, check.municipality)
  const told = await receive(tx, cmd.body.reportId, reportOf(check, cmd.body), route)
  if (!told.ok) return told
  const [childId] = told.reply.childIds as readonly Uuid[]
  const decision = decideProtect(check, { reportId: cmd.body.reportId, childId: childId! }, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'border_check', id: check.id, version: check.version },
    decision.events,
  )
  tx.later('update border_check set report_id = $2, child_id = $3, version = $4 where id = $1', [
    check.id,
    cmd.body.reportId,
    childId,
    version,
  ])
  return done({ recordId: check.id, version, reply: { reportId: cmd.body.reportId, childId: childId! } })
})
