/** What the papers of a case, or of an adult's file, may be of, as far as the reader's policies show it: newest first. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import {
  type AdultSubjectKind,
  adultSubjectKinds,
  type CaseSubjectKind,
  type Subject,
  subjectKinds,
} from '#domain/document/subject.ts'
import { labelOf } from '../report/store.ts'
import type { Tx } from '../tx.ts'

/** Days are told by Tirana's calendar, which the database need not know. */
const moment = 'null::date'
const row = (on: string, at: string, code: string, ref: string, from: string): string =>
  `select x.id, ${on} as on_day, ${at}::timestamptz as at, ${code}::text as code, ${ref}::text as ref from ${from}`
const assessed = (form: string): string =>
  row(moment, 'x.at', 'null', 'null', `assessment x where x.case_id = $1 and x.form = '${form}'`)

/** A letter of answer is of what was answered or refused. */
const closed = "in ('answered', 'refused')"
const ofFile = (column: string) => ({
  interview: row(
    moment,
    'x.planned_at',
    'null',
    'x.number',
    `interview x join nrm_file f on f.id = x.nrm_id where f.${column} = $1 and x.state <> 'CANCELLED'`,
  ),
  return: row(
    'x.notice_on',
    'x.opened_at',
    'null',
    'x.code',
    `nrm_return x join nrm_file f on f.id = x.nrm_id where f.${column} = $1`,
  ),
})
const queries: Readonly<Record<CaseSubjectKind, string>> = {
  ...ofFile('case_id'),
  report: row(
    moment,
    'x.received_at',
    'null',
    'null',
    'case_report k join report x on x.id = k.report_id where k.case_id = $1',
  ),
  referral: row(moment, 'x.sent_at', 'x.service', 'x.code', 'referral x where x.case_id = $1'),
  consent: row(moment, 'x.given_at', 'x.purpose', 'x.number', 'consent x where x.case_id = $1'),
  initial: assessed('initial'),
  comprehensive: assessed('comprehensive'),
  best_interests: assessed('best_interests'),
  meeting: row('x.held_on', 'x.at', 'null', 'null', 'case_conference x where x.case_id = $1'),
  plan: row(moment, 'x.drafted_at', 'null', 'x.number', 'plan x where x.case_id = $1'),
  emergency: row(
    moment,
    'x.proposed_at',
    'null',
    'null',
    "protection_measure x where x.case_id = $1 and x.kind = 'emergency'",
  ),
  court: row(moment, 'x.opened_at', 'x.matter', 'x.court_ref', 'court_case x where x.case_id = $1'),
  placement: row(
    'x.from_day',
    'x.at',
    'x.kind',
    'null',
    "placement x where x.case_id = $1 and x.status = 'planned'",
  ),
  request: row(
    'x.received_on',
    'x.at',
    'x.authority',
    'x.reference',
    `information_request x where x.case_id = $1 and x.state ${closed}`,
  ),
  certificate: row(
    'x.given_on',
    'x.at',
    'n.kind',
    'x.recipient',
    'status_certificate x join case_need n on n.id = x.need_id where x.case_id = $1',
  ),
}

const ofAdult: Readonly<Record<AdultSubjectKind, string>> = {
  ...ofFile('id'),
  agreed_shelter: row('x.consent_on', 'x.consent_on', 'null', 'null', 'shelter_stay x where x.nrm_id = $1'),
  agreed_interview: row(
    'x.asked_on',
    'x.scheduled_at',
    'null',
    'null',
    "interview x where x.nrm_id = $1 and x.asked_on is not null and x.state <> 'CANCELLED'",
  ),
  agreed_return: row(
    'x.on_day',
    'x.at',
    'null',
    'r.code',
    "return_consent x join nrm_return r on r.id = x.return_id where r.nrm_id = $1 and x.who = 'adult'",
  ),
  declined: row(
    'x.on_day',
    'x.at',
    'null',
    'null',
    "identification_record x where x.nrm_id = $1 and x.status = 'declined_formal'",
  ),
  visit: row(
    'x.seen_on',
    'x.seen_on',
    'null',
    'x.month',
    'assistance_follow_up x where x.nrm_id = $1 and x.seen_on is not null',
  ),
  progress: row('x.on_day', 'x.at', 'null', 'null', 'assistance_report x where x.nrm_id = $1'),
  move: row(
    moment,
    'x.occurred_at',
    'null',
    'null',
    "event x where x.record_id = $1 and x.kind = 'nrm_file' and x.type = 'NrmHandedOver'",
  ),
  order: row(
    moment,
    'x.asked_at',
    'x.authority',
    'x.code',
    `proceeding_order x where x.nrm_id = $1 and x.state ${closed}`,
  ),
}

/** Newest first, at most a hundred of each. */
const found = async <K extends CaseSubjectKind | AdultSubjectKind>(
  tx: Tx,
  id: Uuid,
  of: Readonly<Record<K, string>>,
  kinds: readonly K[],
): Promise<Subject[]> => {
  if (kinds.length === 0) return []
  const rows = await tx.sql<Omit<Subject, 'on'> & { readonly on: Day | null; readonly at: Instant }>(
    kinds
      .map(
        (kind) =>
          `(select '${kind}' as of, q.id, q.on_day as on, q.code, q.ref, q.at from (${of[kind]}) q
             order by q.on_day desc, q.at desc, q.id desc limit 100)`,
      )
      .join(' union all '),
    [id],
  )
  return rows
    .map((row) => ({ ...row, on: row.on ?? tiranaDay(row.at) }))
    .sort((a, b) => (`${a.on} ${a.at} ${a.id}` < `${b.on} ${b.at} ${b.id}` ? 1 : -1))
    .map(({ of, id, on, code, ref }) => ({ of, id, on, code, ref: of === 'report' ? labelOf(id) : ref }))
}
/** @param kinds those that are asked for; all of them where nothing is said. */
export const subjectsIn = (
  tx: Tx,
  caseId: Uuid,
  kinds: readonly CaseSubjectKind[] = subjectKinds,
): Promise<Subject[]> => found(tx, caseId, queries, kinds)
export const adultSubjectsIn = (
  tx: Tx,
  nrmId: Uuid,
  kinds: readonly AdultSubjectKind[] = adultSubjectKinds,
): Promise<Subject[]> => found(tx, nrmId, ofAdult, kinds)
