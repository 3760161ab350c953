/** What the events of a proceeding make of its rows, its clock of 90 days (D38) and its notices. */
import { dueAt, warnAt } from '#domain/clock/due.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { isTrafficking } from '#domain/justice/articles.ts'
import { type Linked, stateOfClaim } from '#domain/justice/people.ts'
import type { Proceeding, ProceedingEvent } from '#domain/justice/state.ts'
import type { NoticeCode } from '#wire/notice.ts'
import { append } from '../append.ts'
import { insert, update } from '../case/rows-sql.ts'
import { getRule } from '../clock/law.ts'
import { uuidv7 } from '../ids.ts'
import { tell } from '../notice/store.ts'
import { type Place, sealed } from '../sealing/index.ts'
import type { WriteTx } from '../tx.ts'
import { articles } from './reference.ts'
import type { Locked, ProceedingRow } from './store.ts'

/** The row under which an event's words are found again. */
export const subjectOf = (id: Uuid, event: ProceedingEvent): Uuid => {
  const facts = event.facts as Readonly<Record<string, unknown>>
  for (const key of ['articleId', 'victimId', 'suspectId', 'aidId', 'measureId', 'assetId', 'claimId'])
    if (key !== 'victimId' || !('aidId' in facts || 'measureId' in facts || 'claimId' in facts))
      if (typeof facts[key] === 'string') return facts[key]
  return id
}
export const textPlace = (proceedingId: Uuid, at: Uuid, name: string): Place => ({
  record: { kind: 'proceeding', id: proceedingId },
  tier: 'T4',
  at,
  name,
})

/** Words of the events, T3 plain and T4 sealed; those of a step lie under the step's row. After `append`. */
export const writeTexts = (
  tx: WriteTx,
  id: Uuid,
  events: readonly ProceedingEvent[],
  steps: ReadonlyMap<ProceedingEvent, Uuid>,
): void => {
  for (const event of events)
    for (const { tier, name, body } of event.parts ?? []) {
      // Kept in rows of their own, where each is asked for by itself.
      if (['number', 'facts', 'name'].includes(name)) continue
      const own = uuidv7()
      insert(tx, tier === 'T3' ? 'proceeding_text' : 'proceeding_text_sensitive', {
        id: own,
        proceeding_id: id,
        subject_id: steps.get(event) ?? subjectOf(id, event),
        name,
        body: JSON.stringify(tier === 'T3' ? body : sealed(tx, textPlace(id, own, name), body)),
        at: tx.now,
      })
    }
}

export interface Extra {
  /** Of the victim that the events link. */
  readonly link?: Linked | null
  /** The victim that the suspect is said to be. */
  readonly victimId?: Uuid | null
  readonly number?: string | undefined
}

const step = (tx: WriteTx, id: Uuid, values: Record<string, unknown>): Uuid => {
  const own = uuidv7()
  insert(tx, 'proceeding_step', {
    id: own,
    proceeding_id: id,
    at: tx.now,
    by_id: tx.actor.userId,
    ...values,
  })
  return own
}

/** Rows beside the proceeding's own; returns the columns of its own row that change. */
export const writeRows = (
  tx: WriteTx,
  p: Pick<Proceeding, 'id' | 'stage' | 'articles' | 'claims'>,
  events: readonly ProceedingEvent[],
  extra: Extra,
): { readonly row: Record<string, unknown>; readonly steps: ReadonlyMap<ProceedingEvent, Uuid> } => {
  const row: Record<string, unknown> = {}
  const steps = new Map<ProceedingEvent, Uuid>()
  const { id } = p
  for (const event of events) {
    switch (event.type) {
      case 'ProceedingOpened':
        step(tx, id, { kind: 'opened', to_stage: event.facts.stage, on_day: event.facts.on })
        break
      case 'ProceedingArticleSet': {
        const f = event.facts
        if (f.replaces !== null) update(tx, 'proceeding_article', f.replaces, { until: f.on })
        insert(tx, 'proceeding_article', {
          id: f.articleId,
          proceeding_id: id,
          article: f.article,
          on_day: f.on,
          replaces: f.replaces,
        })
        if (isTrafficking(articles, f.article)) row.track = true
        break
      }
      case 'ProceedingMoved': {
        const f = event.facts
        steps.set(
          event,
          step(tx, id, {
            kind: 'moved',
            from_stage: f.from,
            to_stage: f.to,
            code: f.outcome,
            on_day: f.on,
          }),
        )
        Object.assign(row, {
          stage: f.to,
          stage_on: f.on,
          outcome: f.outcome,
          next_on: null,
          next_what: null,
        })
        break
      }
      case 'ProceedingClosed': {
        const f = event.facts
        steps.set(
          event,
          step(tx, id, {
            kind: 'closed',
            from_stage: f.from,
            to_stage: 'closed',
            code: f.reason,
            on_day: f.on,
          }),
        )
        Object.assign(row, {
          stage: 'closed',
          stage_on: f.on,
          closed_from: f.from,
          closed_reason: f.reason,
          next_on: null,
          next_what: null,
        })
        break
      }
      case 'ProceedingReopened': {
        const f = event.facts
        steps.set(
          event,
          step(tx, id, {
            kind: 'reopened',
            from_stage: f.from,
            to_stage: f.to,
            code: f.ground,
            on_day: f.on,
          }),
        )
        Object.assign(row, { stage: f.to, stage_on: f.on, closed_from: null, closed_reason: null })
        if (['report', 'investigation', 'charged', 'trial'].includes(f.to)) row.outcome = null
        break
      }
      case 'ProceedingReferred': {
        const f = event.facts
        steps.set(
          event,
          step(tx, id, {
            kind: 'referred',
            from_unit: f.fromUnit,
            to_unit: f.toUnit,
            article: f.article,
            on_day: f.on,
          }),
        )
        break
      }
      case 'ProceedingNextSet':
        Object.assign(row, { next_on: event.facts.on, next_what: event.facts.what })
        break
      case 'ProceedingAuthorityTold':
        row.told_at = event.facts.at
        break
      case 'ProceedingVictimAdded': {
        const f = event.facts
        insert(tx, 'proceeding_victim', {
          id: f.victimId,
          proceeding_id: id,
          pseudonym: f.pseudonym,
          subject: f.subject,
          cooperation: f.cooperation,
          at: tx.now,
        })
        break
      }
      case 'ProceedingVictimLinked':
        update(tx, 'proceeding_victim', event.facts.victimId, {
          nrm_id: extra.link?.nrmId ?? null,
          case_id: extra.link?.caseId ?? null,
          code: event.facts.code,
        })
        if (extra.link?.nrmId) row.track = true
        // Named by its code alone: whoever keeps the case notices where it was the wrong one.
        else if (extra.link?.caseId && tx.actor.role === 'prosecutor')
          tx.later('select tell_case_linked($1, $2, $3)', [p.id, extra.link.caseId, tx.now])
        break
      case 'ProceedingCooperationSet':
        update(tx, 'proceeding_victim', event.facts.victimId, { cooperation: event.facts.cooperation })
        break
      case 'ProceedingSuspectAdded': {
        const f = event.facts
        insert(tx, 'proceeding_suspect', {
          id: f.suspectId,
          proceeding_id: id,
          pseudonym: f.pseudonym,
          status: f.status,
          status_on: f.on,
          official: f.official,
          victim_id: extra.victimId ?? null,
          at: tx.now,
        })
        break
      }
      case 'ProceedingSuspectMoved':
        update(tx, 'proceeding_suspect', event.facts.suspectId, {
          status: event.facts.status,
          status_on: event.facts.on,
        })
        break
      case 'ProceedingAidAssigned': {
        const f = event.facts
        insert(tx, 'proceeding_aid', {
          id: f.aidId,
          proceeding_id: id,
          victim_id: f.victimId,
          kind: f.kind,
          basis: f.basis,
          stage: p.stage,
          on_day: f.on,
        })
        break
      }
      case 'ProceedingAidEnded':
        update(tx, 'proceeding_aid', event.facts.aidId, { until: event.facts.on })
        break
      case 'ProceedingMeasureTaken': {
        const f = event.facts
        insert(tx, 'proceeding_measure', {
          id: f.measureId,
          proceeding_id: id,
          victim_id: f.victimId,
          measure: f.measure,
          on_day: f.on,
        })
        break
      }
      case 'ProceedingMeasureEnded':
        update(tx, 'proceeding_measure', event.facts.measureId, { until: event.facts.on })
        break
      case 'ProceedingAssetSeized': {
        const f = event.facts
        insert(tx, 'proceeding_asset', {
          id: f.assetId,
          proceeding_id: id,
          kind: f.kind,
          value: f.value,
          state: 'seized',
          seized_on: f.on,
          state_on: f.on,
        })
        break
      }
      case 'ProceedingAssetSettled':
        update(tx, 'proceeding_asset', event.facts.assetId, {
          state: event.facts.state,
          state_on: event.facts.on,
        })
        break
      case 'ProceedingCompensationClaimed': {
        const f = event.facts
        const again = p.claims.some((one) => one.id === f.claimId)
        if (again)
          update(tx, 'proceeding_claim', f.claimId, { route: f.route, claimed: f.amount, claimed_on: f.on })
        else
          insert(tx, 'proceeding_claim', {
            id: f.claimId,
            proceeding_id: id,
            victim_id: f.victimId,
            route: f.route,
            state: 'claimed',
            claimed: f.amount,
            claimed_on: f.on,
          })
        break
      }
      case 'ProceedingCompensationDecided': {
        const f = event.facts
        update(tx, 'proceeding_claim', f.claimId, {
          state: stateOfClaim(f.amount, 0),
          awarded: f.amount,
          awarded_on: f.on,
        })
        break
      }
      case 'ProceedingCompensationPaid': {
        const f = event.facts
        const before = p.claims.find((one) => one.id === f.claimId)
        const paid = (before?.paid ?? 0) + f.amount
        update(tx, 'proceeding_claim', f.claimId, {
          state: stateOfClaim(before?.awarded ?? null, paid),
          paid,
          paid_on: f.on,
          bailiff: f.bailiff,
        })
        break
      }
    }
  }
  return { row, steps }
}

/** D38 from now on, by the rule in force; nothing while it is switched off. */
const updateDue = async (tx: WriteTx): Promise<Record<string, unknown>> => {
  const { rule, holidays } = await getRule(tx, 'D38', tiranaDay(tx.now))
  const by = rule.enabled ? dueAt(rule, tx.now, holidays) : null
  return { update_by: by, update_warn: by === null ? null : warnAt(tx.now, by, rule.warnAt) }
}

/** Acts by which the prosecution itself tells the Responsible Authority how far it is. */
const tells: readonly ProceedingEvent['type'][] = [
  'ProceedingMoved',
  'ProceedingClosed',
  'ProceedingReopened',
  'ProceedingAuthorityTold',
]

/**
 * The clock of 90 days runs on open proceedings of the track that an office holds; each word to the authority begins it anew,
 * and a late one is counted.
 */
export const clockOf = async (
  tx: WriteTx,
  row: Pick<ProceedingRow, 'update_by' | 'track' | 'office_unit' | 'updates_late' | 'stage'>,
  changed: Record<string, unknown>,
  events: readonly ProceedingEvent[],
): Promise<Record<string, unknown>> => {
  const told = tx.actor.role === 'prosecutor' && events.some((event) => tells.includes(event.type))
  const open = (changed.stage ?? row.stage) !== 'closed'
  const runs = (row.track || changed.track === true) && row.office_unit !== null && open
  const late = told && row.update_by !== null && tx.now > row.update_by ? 1 : 0
  return {
    ...(told ? { told_at: tx.now, updates_late: row.updates_late + late } : {}),
    ...(!runs
      ? row.update_by === null
        ? {}
        : { update_by: null, update_warn: null }
      : told || row.update_by === null
        ? await updateDue(tx)
        : {}),
  }
}

/** To the Responsible Authority, where it follows the proceeding: by its code. */
export const tellAuthority = async (tx: WriteTx, p: { id: Uuid; code: string }, code: NoticeCode) =>
  tell(tx, { role: 'responsible_authority', code, recordKind: 'proceeding', recordId: p.id, label: p.code })

/** Appends what was decided and writes the rows; returns the new version. */
export const record = async (
  tx: WriteTx,
  { row, proceeding: p }: Locked,
  events: readonly ProceedingEvent[],
  extra: Extra = {},
): Promise<number> => {
  const version = await append(tx, { kind: 'proceeding', id: p.id, version: p.version }, events)
  const { row: changed, steps } = writeRows(tx, p, events, extra)
  writeTexts(tx, p.id, events, steps)
  if (extra.number !== undefined) update(tx, 'proceeding_named', p.id, { number: extra.number })
  const clock = await clockOf(tx, row, changed, events)
  update(tx, 'proceeding', p.id, { ...changed, ...clock, version })
  if ((row.track || changed.track === true) && tx.actor.role !== 'responsible_authority')
    if (events.some((event) => tells.includes(event.type) || event.type === 'ProceedingNextSet'))
      await tellAuthority(tx, p, 'proceeding_moved')
  return version
}
