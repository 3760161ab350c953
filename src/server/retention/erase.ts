/**
 * Lawful erasure of one record's personal values (decision 1): an `Erased` event names the events whose parts go, the
 * parts and the rows are emptied in the same transaction, and the ledger still verifies, because its chains hold digests
 * only. Whether its time has come is decided before (`src/server/privacy/keeping.ts`); a legal hold stops it here.
 */
import type { Uuid } from '#domain/core.ts'
import { append } from '../append.ts'
import type { Context } from '../context.ts'
import { Fault } from '../fault.ts'
import { systemTx, type WriteTx } from '../tx.ts'

/** Records of children and their cases (migration 0009). */
const caseKinds = ['report', 'person', 'case_file', 'screening', 'consent', 'referral'] as const
/** Whatever else may hold somebody's name (migration 0039): seats and posts one by one, the others as whole records. */
const nameKinds = [
  'body_member',
  'body_meeting',
  'body_recommendation',
  'net_tenure',
  'net_actor',
  'net_project',
  'professional',
  'training',
  'activity_record',
  'business',
  'plan_report',
  'activity_execution',
  'indicator_value',
  'local_budget_line',
  'supervision_session',
  'care_place',
  'bed_hold',
  'emergency_team',
] as const
/** An adult's file of the trafficking track goes with its screenings and the person; a child's with its case (migration 0062). */
/** An adult who wrote for themselves (migration 0077). */
const selfKinds = ['self_report'] as const
const nrmKinds = ['nrm_file'] as const
const isOfNrm = (kind: string): boolean => kind === 'nrm_file'
/** A proceeding goes with what was asked, flagged and sealed beside it; an extract also with the file it was taken from (migration 0067). */
const justiceKinds = ['proceeding'] as const
const isOfJustice = (kind: string): boolean =>
  ['proceeding', 'proceeding_order', 'non_punishment_flag', 'witness_protection'].includes(kind)
/** A complaint goes with the questions that it was the reason for (migration 0042). */
const complaintKinds = ['complaint'] as const
const isOfComplaint = (kind: string): boolean => kind === 'complaint' || kind === 'complaint_question'
/** Words of the registers of data protection (migration 0041). */
const privacyKinds = ['break_glass', 'access_grant', 'data_request'] as const
/** Alerts of the border, children who were told to a unit there, who stood by, and employers inspected (migration 0064). */
const doorKinds = ['border_alert', 'border_check', 'border_screening', 'inspection'] as const
/** Returns across a border, packets sent and opened, contacts abroad (migration 0066). */
const crossingKinds = ['nrm_return', 'packet', 'packet_received', 'counterpart'] as const
const isOfCrossing = (kind: string): boolean => crossingKinds.some((one) => one === kind)
export const erasableKinds = [
  ...caseKinds,
  ...privacyKinds,
  ...nameKinds,
  ...complaintKinds,
  ...nrmKinds,
  ...selfKinds,
  ...doorKinds,
  ...crossingKinds,
  ...justiceKinds,
] as const
export type ErasableKind = (typeof erasableKinds)[number]
const isOfCase = (kind: string): boolean => caseKinds.some((one) => one === kind)
const isOfDoors = (kind: string): boolean => doorKinds.some((one) => one === kind)
const isOfPrivacy = (kind: string): boolean => privacyKinds.some((one) => one === kind)

export interface Erasure {
  readonly kind: ErasableKind
  readonly id: Uuid
  /** Which retention rule or decision allows it: a code or reference, never a name. */
  readonly rule: string
  /** Login of the person who answers for it. */
  readonly by: string
}

export interface Erased {
  /** Without those to which nothing happened since they were erased before. */
  readonly records: number
  /** Personal parts of events that were deleted. */
  readonly parts: number
}

interface Target {
  readonly kind: string
  readonly id: Uuid
  /** The record whose chain tells of it, and which fact of an event names it where the record holds several (seats, posts). */
  readonly chain: string
  readonly record: Uuid
  readonly fact: string | null
}

const whole = (one: { kind: string; id: Uuid }): Target => ({
  ...one,
  chain: one.kind,
  record: one.id,
  fact: null,
})
/** What left a victim's file for a proceeding goes with the file. */
const extractsOf = (tx: WriteTx, id: Uuid): Promise<{ kind: string; id: Uuid }[]> =>
  tx.sql<{ kind: string; id: Uuid }>('select kind, id from extracts_of_file($1)', [id])
interface Found {
  readonly kind: string
  readonly id: Uuid
}
const hangsOnNrm = `select kind, id from records_of_nrm($1) union all select kind, id from doors_of_nrm($1)
  union all select kind, id from records_of_interviews($1) union all select kind, id from crossings_of_nrm($1)`
/**
 * A file of the trafficking track takes along what hangs on it alone, whether it goes by itself or with the child's case: stays, children of a
 * victim whom nothing else tells of (migration 0065), alerts at the border (0064), interviews (0063), returns and packets (0066).
 */
const withTrack = async (tx: WriteTx, records: readonly Found[]): Promise<Found[]> => {
  const files = records.filter(({ kind }) => isOfNrm(kind))
  const found = await Promise.all(files.map(({ id }) => tx.sql<Found>(hangsOnNrm, [id])))
  return [
    ...new Map([...records, ...found.flat()].map((one) => [`${one.kind} ${one.id}`, one] as const)).values(),
  ]
}

const targetsOf = async (tx: WriteTx, kind: ErasableKind, id: Uuid): Promise<Target[]> => {
  if (isOfJustice(kind))
    return (
      await tx.sql<{ kind: string; id: Uuid }>('select kind, id from records_of_proceeding($1)', [id])
    ).map(whole)
  if (isOfCrossing(kind) || kind === 'self_report') return [whole({ kind, id })]
  if (isOfComplaint(kind))
    return (
      await tx.sql<{ kind: string; id: Uuid }>('select kind, id from records_of_complaint($1)', [id])
    ).map(whole)
  if (isOfNrm(kind))
    return [
      ...(await withTrack(tx, await tx.sql<Found>('select kind, id from records_of_nrm($1)', [id]))),
      ...(await extractsOf(tx, id)),
    ].map(whole)
  if (!isOfCase(kind) && !isOfPrivacy(kind) && !isOfDoors(kind))
    return tx.sql<Target>('select * from records_of_names($1, $2)', [kind, id])
  const records =
    kind === 'case_file'
      ? [
          ...(await withTrack(tx, await tx.sql<Found>('select * from records_of_case($1)', [id]))),
          ...(await extractsOf(tx, id)),
        ]
      : [{ kind, id }]
  // The household goes with the last of its cases.
  const families =
    kind === 'case_file' ? await tx.sql<{ id: Uuid }>('select id from families_ending($1)', [id]) : []
  // So do the reasons for which it was opened, and the child itself with the last case that says who it is.
  const beside =
    kind === 'case_file'
      ? await tx.sql<{ kind: string; id: Uuid }>(
          'select * from privacy_of_case($1) union all select * from doors_of_case($1)',
          [id],
        )
      : []
  return [...records, ...beside, ...families.map((one) => ({ kind: 'family', id: one.id }))].map(whole)
}

const eraseOne = async (
  tx: WriteTx,
  { kind, id, chain, record, fact }: Target,
  facts: { rule: string; by: Uuid },
): Promise<number | 'absent' | 'already'> => {
  const heads = await tx.sql<{ version: number }>(
    'select version from record_head where record_id = $1 and kind = $2',
    [record, chain],
  )
  // What was shipped with the product has no chain before its first change: there is nobody in it.
  const version = heads[0]?.version
  if (version === undefined) return 'absent'
  const events = await tx.sql<{ id: Uuid }>(
    `select id from event where record_id = $1 and kind = $2 and digests <> '' and ($3::text is null or facts ->> $3 = $4) order by seq`,
    [record, chain, fact, id],
  )
  const ids = events.map((event) => event.id)
  // Nothing happened since it was erased: one line of the ledger says so already.
  const [again] = await tx.sql<{ erased: boolean }>(
    `select type = 'Erased' as erased from event where record_id = $1 and kind = $2 and ($3::text is null or facts ->> $3 = $4)
     order by seq desc limit 1`,
    [record, chain, fact, id],
  )
  if (again?.erased === true) return 'already'
  await append(tx, { kind: chain, id: record, version }, [
    { type: 'Erased', v: 1, facts: { ...facts, events: ids, ...(fact === null ? {} : { [fact]: id }) } },
  ])
  const gone = await tx.sql('delete from event_part where event_id = any ($1::uuid[]) returning event_id', [
    ids,
  ])
  if (kind === 'family') await tx.sql('select erase_family($1)', [id])
  else if (isOfNrm(kind)) await tx.sql('select erase_nrm($1)', [id])
  else if (kind === 'self_report') await tx.sql('select erase_self_report($1)', [id])
  else if (kind === 'shelter_stay') await tx.sql('select erase_assistance($1, $2)', [kind, id])
  else if (isOfJustice(kind)) await tx.sql('select erase_proceeding($1, $2)', [kind, id])
  else if (kind === 'interview') await tx.sql('select erase_interview($1)', [id])
  else if (isOfComplaint(kind)) await tx.sql('select erase_complaint($1, $2)', [kind, id])
  else if (isOfDoors(kind)) await tx.sql('select erase_doors($1, $2)', [kind, id])
  else if (isOfCrossing(kind)) await tx.sql('select erase_crossing($1, $2)', [kind, id])
  else if (isOfPrivacy(kind)) await tx.sql('select erase_privacy($1, $2)', [kind, id])
  else if (isOfCase(kind)) await tx.sql('select erase_rows($1, $2)', [kind, id])
  else await tx.sql('select erase_names($1, $2, $3, $4)', [kind, chain, record, id])
  if (isOfNrm(kind)) await tx.sql('select erase_assistance($1, $2)', [kind, id])
  if (kind === 'case_file') {
    await tx.sql('select erase_attachments($1)', [id])
    await tx.sql('select erase_placements($1)', [id])
  }
  if (kind === 'person') await tx.sql('update person_sensitive set sealed = null where id = $1', [id])
  // Whatever else still holds the sealed values, nothing opens them any more.
  if (fact === null)
    await tx.sql('delete from record_key where kind = $1 and record_id = $2', [chain, record])
  return gone.length
}

/**
 * Erase a record; a case takes with it the reports, screenings, consents and referrals that speak of it and, being the last of
 * its family, the household; a meeting what was recommended in it.
 */
export const erase = (ctx: Context, { kind, id, rule, by }: Erasure): Promise<Erased> =>
  systemTx(ctx, 'owner', 'retention: erase personal values lawfully', async (tx) => {
    if (!/^[\w .:/-]{3,120}$/.test(rule))
      throw new Fault('The rule is a code or reference of 3 to 120 letters, digits and signs.')
    const people = await tx.sql<{ id: Uuid }>('select id from app_user where login = $1 and active', [by])
    const person = people[0]
    if (person === undefined) throw new Fault(`There is no open account “${by}”.`)
    await tx.sql('set local role mb_retention')
    let parts = 0
    let done = 0
    let found = 0
    const targets = await targetsOf(tx, kind, id)
    // The database refuses the same again, whoever asks (migration 0041).
    const [held] = await tx.sql<{ held: boolean }>(
      'select bool_or(held(t.kind, t.id) or track_held(t.kind, t.id)) as held from unnest($1::text[], $2::uuid[]) t (kind, id)',
      [targets.map((one) => one.chain), targets.map((one) => one.record)],
    )
    if (held?.held === true) throw new Fault('A legal hold stands on this record: nothing was erased.')
    for (const target of targets) {
      const gone = await eraseOne(tx, target, { rule, by: person.id })
      if (gone === 'absent') continue
      found += 1
      if (gone === 'already') continue
      done += 1
      parts += gone
    }
    if (found === 0) throw new Fault(`There is no ${kind} ${id}.`)
    return { records: done, parts }
  })
