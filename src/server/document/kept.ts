/** What papers say of courts, written requests and certificates. */
import type { Instant, Uuid } from '#domain/core.ts'
import type { CertificateSeen, CourtSeen, RequestSeen } from '#domain/document/file.ts'
import type { Tx } from '../tx.ts'

export const courtsOf = async (tx: Tx, id: Uuid): Promise<CourtSeen[]> => {
  const [courts, hearings] = await Promise.all([
    tx.sql<Omit<CourtSeen, 'hearings'>>(
      `select id, matter, stage, court, court_ref as "courtRef", report_on as "reportOn", filed_on as "filedOn", outcome, decided_on as "decidedOn",
         until_day as until, appealed_on as "appealedOn", appeal_outcome as "appealOutcome", execution
       from court_case where case_id = $1 order by opened_at, id limit 100`,
      [id],
    ),
    tx.sql<CourtSeen['hearings'][number] & { court: Uuid }>(
      `select court_id as court, hearing_at as at, held from court_hearing where case_id = $1 order by hearing_at, id limit 500`,
      [id],
    ),
  ])
  return courts.map((one) => ({ ...one, hearings: hearings.filter(({ court }) => court === one.id) }))
}

export const requestsOf = (tx: Tx, id: Uuid): Promise<RequestSeen[]> =>
  tx.sql<RequestSeen>(
    `select id, reference, authority, article, received_on as "receivedOn", state, asked, given, closed_at as "closedAt",
       (select u.display_name from app_user u where u.id = checked_by) as "checkedBy"
     from information_request where case_id = $1 order by received_on, at limit 200`,
    [id],
  )

const standing = `from status_certificate k join consent c on c.id = k.consent_id join case_need n on n.id = k.need_id
  where k.case_id = $1 and c.withdrawn_at is null and (c.valid_until is null or c.valid_until >= $2)`

/** The newest, or the one that is meant; none where its consent no longer stands. */
export const certificateOf = async (
  tx: Tx,
  id: Uuid,
  now: Instant,
  about: Uuid | undefined,
): Promise<CertificateSeen | null> => {
  const [one] = await tx.sql<CertificateSeen>(
    `select n.kind as need, n.beneficiary, k.recipient, k.given_on as "givenOn", c.number as consent ${standing}
       and ($3::uuid is null or k.id = $3) order by k.at desc, k.id desc limit 1`,
    [id, now, about ?? null],
  )
  return one ?? null
}

export const certificatesSql = `(select count(*)::int ${standing})`
