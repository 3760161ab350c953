/** Needs and snapshots as rows of their case. */
import type { Uuid } from '#domain/core.ts'
import type { LinkKind, Need, NeedEvent } from '#domain/outcome/need.ts'
import type { OutcomeTaken, ReopeningJudged, Snapshot } from '#domain/outcome/snapshot.ts'
import { insert, update } from '../case/rows-sql.ts'
import { uuidv7 } from '../ids.ts'
import type { Tx, WriteTx } from '../tx.ts'

export const needsOf = async (tx: Tx, caseId: Uuid): Promise<Need[]> =>
  tx.sql<Need>(
    `select n.id, n.kind, n.beneficiary, n.state, n.found_on as "foundOn", coalesce(
       (select json_agg(json_build_object('what', l.what, 'id', l.ref_id) order by l.at, l.id) from case_need_link l where l.need_id = n.id),
       '[]') as links
     from case_need n where n.case_id = $1 order by n.at, n.id`,
    [caseId],
  )

export const snapshotsOf = async (tx: Tx, caseId: Uuid): Promise<Snapshot[]> =>
  tx.sql<Snapshot>(
    `select id, occasion, episode, taken_on as "takenOn" from outcome_status where case_id = $1 and corrected_by is null
     order by taken_on, id`,
    [caseId],
  )

/** The service, action or referral is of this very case. */
export const linkExists = async (tx: Tx, caseId: Uuid, what: LinkKind, id: Uuid): Promise<boolean> => {
  const table = { service: 'service_delivery', action: 'plan_action', referral: 'referral' }[what]
  const found = await tx.sql(`select 1 from ${table} where id = $1 and case_id = $2`, [id, caseId])
  return found.length > 0
}

const link = (tx: WriteTx, caseId: Uuid, needId: Uuid, what: LinkKind, ref: Uuid): void =>
  insert(tx, 'case_need_link', {
    id: uuidv7(),
    need_id: needId,
    case_id: caseId,
    what,
    ref_id: ref,
    at: tx.now,
  })

export const writeNeed = (
  tx: WriteTx,
  of: { readonly id: Uuid; readonly episode: number },
  e: NeedEvent,
): void => {
  switch (e.type) {
    case 'NeedFound': {
      const f = e.facts
      insert(tx, 'case_need', {
        id: f.needId,
        case_id: of.id,
        episode: of.episode,
        kind: f.kind,
        beneficiary: f.beneficiary,
        found_on: f.foundOn,
        by_id: f.by,
        at: f.at,
        state: 'OPEN',
        state_on: f.foundOn,
      })
      if (f.actionId !== null) link(tx, of.id, f.needId, 'action', f.actionId)
      return
    }
    case 'NeedLinked': {
      const f = e.facts
      link(tx, of.id, f.needId, f.what, f.id)
      update(tx, 'case_need', f.needId, { state: f.state })
      return
    }
    case 'NeedMoved': {
      const f = e.facts
      update(tx, 'case_need', f.needId, {
        state: f.to,
        state_on: f.on,
        reason: f.reason,
        without: f.without,
        outcome: JSON.stringify(f.outcome),
      })
      return
    }
    case 'NeedCertificateGiven': {
      const f = e.facts
      insert(tx, 'status_certificate', {
        id: uuidv7(),
        need_id: f.needId,
        case_id: of.id,
        consent_id: f.consentId,
        recipient: f.recipient,
        given_on: f.on,
        by_id: f.by,
        at: f.at,
      })
      return
    }
  }
}

export const writeOutcome = (tx: WriteTx, caseId: Uuid, { facts: f }: OutcomeTaken): void => {
  // The one that is set right counts no more, before the other takes its place.
  if (f.corrects !== null) update(tx, 'outcome_status', f.corrects, { corrected_by: f.outcomeId })
  insert(tx, 'outcome_status', {
    id: f.outcomeId,
    case_id: caseId,
    episode: f.episode,
    occasion: f.occasion,
    taken_on: f.takenOn,
    living: f.living,
    school: f.school,
    attendance: f.attendance,
    vaccinated: f.vaccinated,
    health_card: f.healthCard,
    job: f.job,
    job_secure: f.jobSecure,
    parent_work: f.parentWork,
    network: f.network,
    income: f.income,
    corrects: f.corrects,
    by_id: f.by,
    at: f.at,
  })
}

export const writeJudgement = (
  tx: WriteTx,
  caseId: Uuid,
  { facts: f }: ReopeningJudged,
  reopenedOn: string,
): void => {
  tx.later(
    'update reopening_judgement set superseded = true where case_id = $1 and episode = $2 and not superseded',
    [caseId, f.episode],
  )
  insert(tx, 'reopening_judgement', {
    id: f.judgementId,
    case_id: caseId,
    episode: f.episode,
    reopened_on: reopenedOn,
    reexploited: f.reexploited,
    evidence: [...f.evidence],
    by_id: f.by,
    at: f.at,
  })
}
