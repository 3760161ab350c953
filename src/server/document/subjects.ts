/** What the papers of a case may be of, as far as the reader's policies show it: newest first. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { type Subject, type SubjectKind, subjectKinds } from '#domain/document/subject.ts'
import { labelOf } from '../report/store.ts'
import type { Tx } from '../tx.ts'

/** Days are told by Tirana's calendar, which the database need not know. */
const moment = 'null::date'
const row = (on: string, at: string, code: string, ref: string, from: string): string =>
  `select x.id, ${on} as on_day, ${at}::timestamptz as at, ${code}::text as code, ${ref}::text as ref from ${from}`
const assessed = (form: string): string =>
  row(moment, 'x.at', 'null', 'null', `assessment x where x.case_id = $1 and x.form = '${form}'`)

const queries: Readonly<Record<SubjectKind, string>> = {
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
  interview: row(
    moment,
    'x.planned_at',
    'null',
    'x.number',
    "interview x join nrm_file f on f.id = x.nrm_id where f.case_id = $1 and x.state <> 'CANCELLED'",
  ),
  placement: row(
    'x.from_day',
    'x.at',
    'x.kind',
    'null',
    "placement x where x.case_id = $1 and x.status = 'planned'",
  ),
  return: row(
    'x.notice_on',
    'x.opened_at',
    'null',
    'x.code',
    'nrm_return x join nrm_file f on f.id = x.nrm_id where f.case_id = $1',
  ),
  request: row(
    'x.received_on',
    'x.at',
    'x.authority',
    'x.reference',
    'information_request x where x.case_id = $1',
  ),
  certificate: row(
    'x.given_on',
    'x.at',
    'n.kind',
    'x.recipient',
    'status_certificate x join case_need n on n.id = x.need_id where x.case_id = $1',
  ),
}

/** @param kinds those that are asked for; all of them where nothing is said. At most a hundred of each. */
export const subjectsIn = async (
  tx: Tx,
  caseId: Uuid,
  kinds: readonly SubjectKind[] = subjectKinds,
): Promise<Subject[]> => {
  if (kinds.length === 0) return []
  const rows = await tx.sql<Omit<Subject, 'on'> & { readonly on: Day | null; readonly at: Instant }>(
    kinds
      .map(
        (kind) =>
          `(select '${kind}' as of, q.id, q.on_day as on, q.code, q.ref, q.at from (${queries[kind]}) q
             order by q.on_day desc, q.at desc, q.id desc limit 100)`,
      )
      .join(' union all '),
    [caseId],
  )
  return rows
    .map((row) => ({ ...row, on: row.on ?? tiranaDay(row.at) }))
    .sort((a, b) => (`${a.on} ${a.at} ${a.id}` < `${b.on} ${b.at} ${b.id}` ? 1 : -1))
    .map(({ of, id, on, code, ref }) => ({ of, id, on, code, ref: of === 'report' ? labelOf(id) : ref }))
}
