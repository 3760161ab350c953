/**
 * An adult taken in from another register gets a file here, by a deliberate act of the Responsible Authority: one record or several at
 * once. The file begins with a potential victim whatever the other register says: a formal status is decided here by two accounts.
 */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { decideCheck, type ImportChecked } from '#domain/exchange/decide.ts'
import { keepsExchange } from '#domain/exchange/policy.ts'
import type { TrackRecord } from '#domain/exchange/track.ts'
import type { NrmOpened } from '#domain/nrm/state.ts'
import { OpenHtcds } from '#wire/exchange.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, refused } from '../command.ts'
import { tell } from '../notice/store.ts'
import { insertHistory, nextCode, startTrackClocks } from '../nrm/status.ts'
import { officeOf, openFile } from '../nrm/store.ts'
import { insertPerson } from '../person/store.ts'
import { invalid, notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'

interface Waiting {
  readonly source: string
  readonly source_id: string
  readonly subject: 'child' | 'adult'
  readonly state: string
  readonly record: TrackRecord
}

const personFor = (tx: WriteTx, { sex, citizenship, bornFrom, bornTo }: TrackRecord): Promise<Uuid> =>
  insertPerson(
    tx,
    {
      sex,
      citizenship,
      // The standard brings no name over: who the person is, is written down by whoever takes the file.
      identity: {
        givenName: null,
        familyName: null,
        otherNames: null,
        fatherName: null,
        motherName: null,
        birth:
          bornFrom === null || bornTo === null
            ? null
            : {
                from: `${bornFrom}-01-01`,
                to: `${bornTo}-12-31`,
                said: bornFrom === bornTo ? String(bornFrom) : `${bornFrom}–${bornTo}`,
              },
        birthPlace: null,
        address: null,
        contact: null,
      },
      adult: true,
    },
    { reportId: null, childId: null },
  )

const openOne = async (
  tx: WriteTx,
  one: Waiting,
  at: { readonly county: string; readonly unitId: Uuid; readonly reason: string },
): Promise<Uuid> => {
  const { record } = one
  const today = tiranaDay(tx.stamp.occurredAt)
  const on = record.openedOn !== null && record.openedOn < today ? record.openedOn : today
  const personId = await personFor(tx, record)
  const id = tx.stamp.newId()
  const known =
    record.municipality === null
      ? []
      : await tx.sql('select 1 from municipality where code = $1 and county = $2', [
          record.municipality,
          at.county,
        ])
  const event: NrmOpened = {
    type: 'NrmOpened',
    v: 1,
    facts: {
      code: await nextCode(tx, today),
      personId,
      caseId: null,
      subject: 'adult',
      status: 'vmt',
      unitId: at.unitId,
      structure: tx.actor.role,
      door: 'private',
      forms: record.forms.length === 0 ? ['unknown'] : record.forms.slice(0, 8),
      territory: record.territory,
      priorId: null,
      priorTrafficking: record.prior,
      municipality: known.length > 0 ? record.municipality : null,
      county: at.county,
      identificationId: tx.stamp.newId(),
      met: null,
      upward: true,
    },
    parts: [{ tier: 'T3', name: 'reason', body: at.reason }],
  }
  const file = await openFile(tx, id, event, { summary: null, contact: null })
  insertHistory(tx, {
    id: event.facts.identificationId,
    caseId: null,
    nrmId: id,
    personId,
    status: 'vmt',
    on,
    structure: event.facts.structure,
    forms: event.facts.forms,
    territory: event.facts.territory,
    priorTrafficking: event.facts.priorTrafficking,
    signatories: [],
    screeningId: null,
  })
  await startTrackClocks(tx, file)
  await tell(tx, {
    unitId: file.unitId,
    code: 'adult_identified',
    recordKind: 'nrm_file',
    recordId: id,
    label: file.code,
  })
  return id
}

const open = command('htcds.open', OpenHtcds, async (tx, { recordId, body }) => {
  if (!keepsExchange(tx.actor)) throw notFound()
  const [head] = await tx.sql<{ version: number }>(
    "select h.version from htcds_import i join record_head h on h.record_id = i.id and h.kind = 'htcds_import' where i.id = $1",
    [recordId],
  )
  if (head === undefined) throw notFound()
  const rows = await tx.sql<Waiting>(
    'select source, source_id, subject, state, record from htcds_record where import_id = $1 and source_id = any ($2) order by source_id',
    [recordId, body.sourceIds],
  )
  if (rows.length !== new Set(body.sourceIds).size)
    throw invalid({ field: 'body.sourceIds', code: 'unknown_code' })
  const opened: { sourceId: string; nrmId: Uuid }[] = []
  const left: { sourceId: string; code: string }[] = []
  const events: ImportChecked[] = []
  for (const one of rows) {
    const county = one.record.county ?? body.county
    const unitId = county === null ? null : await officeOf(tx, county)
    if (one.subject !== 'adult') left.push({ sourceId: one.source_id, code: 'nrm_may_be_child' })
    else if (one.state !== 'to_check') left.push({ sourceId: one.source_id, code: 'exchange_record_checked' })
    else if (county === null || unitId === null)
      left.push({ sourceId: one.source_id, code: 'nrm_county_needed' })
    else {
      const nrmId = await openOne(tx, one, { county, unitId, reason: body.reason })
      const decision = decideCheck(one, { sourceId: one.source_id, decision: 'taken', nrmId }, tx.stamp)
      if (!decision.ok) return refused(decision.refusal)
      events.push(...decision.events)
      opened.push({ sourceId: one.source_id, nrmId })
    }
  }
  if (events.length === 0) return done({ recordId, version: head.version, reply: { opened, left } })
  const version = await append(tx, { kind: 'htcds_import', id: recordId, version: head.version }, events)
  for (const { sourceId, nrmId } of opened)
    tx.later(
      `update htcds_record set state = 'taken', nrm_id = $3, checked_by = $4, checked_at = $5 where import_id = $1 and source_id = $2`,
      [recordId, sourceId, nrmId, tx.actor.userId, tx.now],
    )
  return done({ recordId, version, reply: { opened, left } })
})

export const openImportedCommands: readonly CommandHandler[] = [open]
