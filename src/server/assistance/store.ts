/** Assistance as rows of a file of the trafficking track: what the guards ask, and what each act leaves behind. */
import type { Dependant } from '#domain/assistance/people.ts'
import type { PhaseWorld } from '#domain/assistance/phase.ts'
import type { AssistanceAction, AssistanceNeed } from '#domain/assistance/plan.ts'
import type { Risk, SafetyPlan } from '#domain/assistance/safety.ts'
import type { FollowUp } from '#domain/assistance/watch.ts'
import type { Day, DomainEvent, Facts, Json, Uuid } from '#domain/core.ts'
import type { NrmFile } from '#domain/nrm/state.ts'
import { append } from '../append.ts'
import { uuidv7 } from '../ids.ts'
import { open, sealed } from '../sealing/index.ts'
import type { Tx, WriteTx } from '../tx.ts'

type AnyEvent = DomainEvent<string, Facts>
/** The deputy of a child's case, as far as the reader sees the case. */
export const deputyOf = async (tx: Tx, caseId: Uuid | null): Promise<Uuid | null> => {
  if (caseId === null) return null
  const [row] = await tx.sql<{ deputy: Uuid | null }>(
    'select deputy_id as deputy from case_file where id = $1',
    [caseId],
  )
  return row?.deputy ?? null
}

/** What an event says in words, under the row it belongs to. The record's key is open after `append`. */
const texts = (tx: WriteTx, nrmId: Uuid, stayId: Uuid | null, event: AnyEvent, subject: Uuid): void => {
  const record = { kind: 'nrm_file', id: nrmId }
  for (const { tier, name, body } of event.parts ?? []) {
    const id = uuidv7()
    if (tier === 'T3')
      tx.later(
        `insert into assistance_text (id, nrm_id, stay_id, subject_id, name, body, at) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, nrmId, stayId, subject, name, JSON.stringify(body), tx.now],
      )
    else
      tx.later(
        `insert into assistance_text_sensitive (id, nrm_id, subject_id, name, body, at) values ($1, $2, $3, $4, $5, $6)`,
        [
          id,
          nrmId,
          subject,
          name,
          JSON.stringify(sealed(tx, { record, tier: 'T4', at: id, name }, body)),
          tx.now,
        ],
      )
  }
}

/** Append what happened on a locked file; the phase is the only thing of the file itself that assistance changes. */
export const recordOnFile = async (
  tx: WriteTx,
  file: Pick<NrmFile, 'id' | 'version'>,
  event: AnyEvent,
  subject: Uuid,
  phase?: string,
): Promise<number> => {
  const version = await append(tx, { kind: 'nrm_file', id: file.id, version: file.version }, [event])
  tx.later('select save_nrm(to_jsonb(f) || $2::jsonb) from nrm_file f where f.id = $1', [
    file.id,
    JSON.stringify({ version, ...(phase === undefined ? {} : { phase }) }),
  ])
  texts(tx, file.id, null, event, subject)
  return version
}
/** The same on a stay, by whoever keeps the bed. */
export const recordOnStay = async (
  tx: WriteTx,
  stay: { readonly id: Uuid; readonly nrmId: Uuid; readonly version: number },
  event: AnyEvent,
  subject: Uuid,
): Promise<number> => {
  const version = await append(tx, { kind: 'shelter_stay', id: stay.id, version: stay.version }, [event])
  tx.later('update shelter_stay set version = $2 where id = $1', [stay.id, version])
  texts(tx, stay.nrmId, stay.id, event, subject)
  return version
}

/** Words under rows of a file, as far as the reader's tier reaches. */
export const wordsOf = async (
  tx: Tx,
  nrmId: Uuid,
  stayId: Uuid | null = null,
): Promise<(subject: Uuid, name: string) => Json | null> => {
  interface Row {
    readonly id: Uuid
    readonly subject_id: Uuid
    readonly name: string
    readonly body: Json
    readonly sensitive: boolean
  }
  const rows = await tx.sql<Row>(
    `select id, subject_id, name, body, false as sensitive from assistance_text where nrm_id = $1 and ($2::uuid is null or stay_id = $2)
     union all select id, subject_id, name, body, true from assistance_text_sensitive where nrm_id = $1 and $2::uuid is null limit 4000`,
    [nrmId, stayId],
  )
  const known = new Map<string, Json>()
  const record = { kind: 'nrm_file', id: nrmId }
  for (const { id, subject_id, name, body, sensitive } of rows)
    known.set(
      `${subject_id} ${name}`,
      sensitive ? await open(tx, { record, tier: 'T4', at: id, name }, body) : body,
    )
  return (subject, name) => known.get(`${subject} ${name}`) ?? null
}

export const risksOf = (tx: Tx, nrmId: Uuid): Promise<Risk[]> =>
  tx.sql<Risk>(
    `select id, on_day as "on", level from assistance_risk where nrm_id = $1 order by at, id limit 200`,
    [nrmId],
  )
/** The newest plan; earlier ones count no more. */
export const safetyPlanOf = async (tx: Tx, nrmId: Uuid): Promise<SafetyPlan | null> => {
  const [row] = await tx.sql<SafetyPlan>(
    `select id, risk_id as "riskId", on_day as "on", review_on as "reviewOn" from safety_plan where nrm_id = $1
     order by at desc, id desc limit 1`,
    [nrmId],
  )
  return row ?? null
}
export const needsOfFile = (tx: Tx, nrmId: Uuid): Promise<AssistanceNeed[]> =>
  tx.sql<AssistanceNeed>(
    `select id, kind, beneficiary, found_on as "foundOn", state from assistance_need where nrm_id = $1 order by at, id limit 300`,
    [nrmId],
  )
export const findAction = async (tx: Tx, nrmId: Uuid, id: Uuid): Promise<AssistanceAction | undefined> =>
  (
    await tx.sql<AssistanceAction>('select id, status from assistance_action where nrm_id = $1 and id = $2', [
      nrmId,
      id,
    ])
  )[0]
export const dependantsOf = (tx: Tx, nrmId: Uuid): Promise<Dependant[]> =>
  tx.sql<Dependant>(
    `select id, person_id as "personId", case_id as "caseId" from assistance_dependant where nrm_id = $1 order by at, id limit 50`,
    [nrmId],
  )
/** Visits of the monitoring that runs now. */
export const followUpsOf = (tx: Tx, nrmId: Uuid): Promise<FollowUp[]> =>
  tx.sql<FollowUp>(
    `select id, month, due, seen_on as "seenOn" from assistance_follow_up where nrm_id = $1
       and round = (select max(round) from assistance_follow_up where nrm_id = $1) order by month`,
    [nrmId],
  )
export const lastReportOf = async (tx: Tx, nrmId: Uuid): Promise<Day | null> =>
  (
    await tx.sql<{ on: Day | null }>('select max(on_day) as "on" from assistance_report where nrm_id = $1', [
      nrmId,
    ])
  )[0]?.on ?? null

interface WorldRow extends Omit<PhaseWorld, 'plan'> {}
const worldSql = `select
  (select count(*)::int from assistance_need n where n.nrm_id = f.id) + (select count(*)::int from case_need n where n.case_id = f.case_id) as needs,
  exists (select 1 from shelter_stay s where s.nrm_id = f.id and s.status = 'in_place')
    or exists (select 1 from placement p where p.case_id = f.case_id and p.status = 'in_place' and p.kind in ('shelter', 'emergency')) as "inShelter",
  (select count(*)::int from assistance_action a where a.nrm_id = f.id and a.status <> 'dropped')
    + (select count(*)::int from plan_action a where a.case_id = f.case_id and a.status <> 'dropped') as actions,
  (select max(r.on_day) from assistance_report r where r.nrm_id = f.id) as "reportedOn",
  exists (select 1 from assistance_follow_up u where u.nrm_id = f.id and u.month = 12 and u.seen_on is not null
      and u.round = (select max(round) from assistance_follow_up where nrm_id = f.id))
    or exists (select 1 from follow_up u where u.case_id = f.case_id and u.month = 12 and u.done_at >= f.opened_at)
    or exists (select 1 from outcome_status o where o.case_id = f.case_id and o.occasion = 'month_12' and o.corrected_by is null
      and o.at >= f.opened_at)
    or exists (select 1 from nrm_return r join return_follow_up u on u.return_id = r.id where r.nrm_id = f.id and u.month = 12
      and u.seen_on is not null and u.seen <> 'nobody') as "twelveDone",
  exists (select 1 from assistance_contact_lost l where l.nrm_id = f.id and not exists (select 1 from assistance_follow_up u
    where u.nrm_id = f.id and u.seen_on > (l.at at time zone 'Europe/Tirane')::date)) as "contactLost",
  coalesce((select max(round)::int from assistance_follow_up u where u.nrm_id = f.id), 0) as rounds
  from nrm_file f where f.id = $1`
export const worldOf = async (tx: Tx, nrmId: Uuid): Promise<PhaseWorld> => {
  const [[row], plan] = await Promise.all([tx.sql<WorldRow>(worldSql, [nrmId]), safetyPlanOf(tx, nrmId)])
  return { ...row!, plan }
}

/** What leaving the track asks of assistance: the twelve-month outcome, or contact lost as documented. */
export const assistanceExit = async (
  tx: Tx,
  file: { readonly id: Uuid },
): Promise<{ twelveMonths: boolean; contactLost: boolean }> => {
  const world = await worldOf(tx, file.id)
  return { twelveMonths: world.twelveDone, contactLost: world.contactLost }
}
