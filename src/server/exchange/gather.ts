/** Files of the trafficking track as records to hand on: codes and days, as far as the reader sees the files. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { controlOfElement } from '#domain/exchange/codes.ts'
import type { TrackRecord, TrackStatus } from '#domain/exchange/track.ts'
import { trackStatuses } from '#domain/exchange/track.ts'
import type { Territory } from '#domain/screening.ts'
import type { Tx } from '../tx.ts'

interface FileRow {
  readonly id: Uuid
  readonly pseudonym: string
  readonly caseId: Uuid | null
  readonly subject: 'child' | 'adult'
  readonly status: TrackStatus
  readonly statusAt: Instant
  readonly phase: string | null
  readonly sex: TrackRecord['sex'] | null
  readonly bornFrom: number | null
  readonly bornTo: number | null
  readonly citizenship: string | null
  readonly door: string
  readonly structure: string
  readonly forms: readonly string[]
  readonly territory: Territory
  readonly prior: boolean
  readonly municipality: string | null
  readonly county: string | null
  readonly openedAt: Instant
}
export interface Gathered {
  readonly id: Uuid
  readonly statusAt: Instant
  readonly record: TrackRecord
}

const group = <T extends { readonly key: Uuid }>(rows: readonly T[]): Map<Uuid, T[]> => {
  const map = new Map<Uuid, T[]>()
  for (const row of rows) {
    const known = map.get(row.key)
    if (known === undefined) map.set(row.key, [row])
    else known.push(row)
  }
  return map
}

/** One page, in the order of the last status; five questions however many files. */
export const gatherTracks = async (
  tx: Tx,
  { since, after, limit }: { since: Day | undefined; after: { at: Instant; id: Uuid } | null; limit: number },
): Promise<Gathered[]> => {
  const files = await tx.sql<FileRow>(
    `select f.id, e.htcds as pseudonym, f.case_id as "caseId", f.subject, f.status, f.status_at as "statusAt", f.phase, p.sex, p.born_from as "bornFrom",
       p.born_to as "bornTo", p.citizenship, f.door, f.structure, f.forms, f.territory, f.prior_id is not null as prior, f.municipality, f.county,
       f.opened_at as "openedAt"
     from nrm_file f join exchange_id e on e.nrm_id = f.id left join person p on p.id = f.person_id
     where ($1::date is null or (f.status_at at time zone 'Europe/Tirane')::date >= $1::date)
       and ($2::timestamptz is null or (f.status_at, f.id) > ($2, $3::uuid))
     order by f.status_at, f.id limit $4`,
    [since ?? null, after?.at ?? null, after?.id ?? null, limit],
  )
  const ids = files.map((file) => file.id)
  const cases = files.flatMap((file) => file.caseId ?? [])
  const [steps, elements, referrals, services, returns] = await Promise.all([
    tx.sql<{ key: Uuid; status: TrackStatus; on: Day; structure: string }>(
      `select nrm_id as key, status, on_day as "on", structure from identification_record where nrm_id = any ($1) and status = any ($2)
       order by on_day, at, id`,
      [ids, [...trackStatuses]],
    ),
    tx.sql<{ key: Uuid; code: string }>(
      `select distinct f.id as key, i.code from nrm_file f join screening s on s.nrm_id = f.id or s.case_id = f.case_id
         join screening_item i on i.screening_id = s.id where f.id = any ($1) and s.set_code = 'trafficking' order by 2`,
      [ids],
    ),
    tx.sql<{ key: Uuid; on: Day; service: string; to: string; state: string }>(
      `select case_id as key, (sent_at at time zone 'Europe/Tirane')::date as "on", service, recipient_kind as "to", state
       from referral where case_id = any ($1) order by sent_at, id`,
      [cases],
    ),
    tx.sql<{ key: Uuid; service: string; setting: string; from: Day; until: Day | null }>(
      `select f.id as key, s.service, s.setting, s.from_day as "from", s.until_day as until from nrm_file f
         join service_delivery s on s.case_id = f.case_id where f.id = any ($1)
       union all
       select s.nrm_id, s.service, s.setting, s.from_day, s.until_day from assistance_service s where s.nrm_id = any ($1)
       order by 4, 2, 3`,
      [ids],
    ),
    tx.sql<{ key: Uuid; direction: string; country: string; status: string; on: Day | null }>(
      `select nrm_id as key, direction, country, state as status, coalesce(received_on, travel_on, notice_on) as "on" from nrm_return
       where nrm_id = any ($1) order by notice_on, id`,
      [ids],
    ),
  ])
  const stepsOf = group(steps)
  const elementsOf = group(elements)
  const referralsOf = group(referrals)
  const servicesOf = group(services)
  const returnsOf = group(returns)
  return files.map((file) => {
    const beside = <T>(map: ReadonlyMap<Uuid, T[]>): readonly T[] =>
      (file.caseId === null ? undefined : map.get(file.caseId)) ?? []
    // Whoever does not see the file's history still sees where it stands.
    const own = stepsOf.get(file.id) ?? []
    return {
      id: file.id,
      statusAt: file.statusAt,
      record: {
        id: file.pseudonym,
        subject: file.subject,
        status: file.status,
        phase: file.phase,
        sex: file.sex ?? 'unknown',
        bornFrom: file.bornFrom,
        bornTo: file.bornTo,
        citizenship: file.citizenship,
        door: file.door,
        structure: file.structure,
        forms: file.forms,
        territory: file.territory,
        prior: file.prior,
        municipality: file.municipality,
        county: file.county,
        openedOn: tiranaDay(file.openedAt),
        steps: own.slice(0, 200).map(({ status, on, structure }) => ({ status, on, structure })),
        control: [
          ...new Set((elementsOf.get(file.id) ?? []).flatMap(({ code }) => controlOfElement[code] ?? [])),
        ],
        referrals: beside(referralsOf)
          .slice(0, 200)
          .map(({ on, service, to, state }) => ({ on, service, to, state })),
        services: (servicesOf.get(file.id) ?? [])
          .slice(0, 200)
          .map(({ service, setting, from, until }) => ({ service, setting, from, until })),
        returns: (returnsOf.get(file.id) ?? [])
          .slice(0, 200)
          .map(({ direction, country, status, on }) => ({ direction, country, status, on })),
      },
    }
  })
}
