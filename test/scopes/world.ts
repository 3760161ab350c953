/**
 * Random records, put into the database past every rule, so that only reading them is tested. Each is no more than the
 * columns that decide who sees it.
 */
import fc from 'fast-check'
import type { Uuid } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { sensitivePlace } from '#server/referral/store.ts'
import { reporterPlace } from '#server/report/store.ts'
import { type CastName, type CastUnitName, castNames, unitId, userId } from '#test/cast.ts'
import { planted } from '#test/sealing.ts'

export const vmtStatuses = [
  'none',
  'screened_negative',
  'at_risk',
  'vmt',
  'formal_pending',
  'vt',
  'not_confirmed',
  'declined_formal',
  'exited',
] as const
const caseStatuses = [
  'OPEN',
  'PLANNING',
  'PLAN_ACTIVE',
  'REVIEW',
  'CLOSURE_PROPOSED',
  'CLOSED',
  'FOLLOW_UP',
] as const
const referralStates = [
  'SENT',
  'ACKNOWLEDGED',
  'ACCEPTED',
  'IN_SERVICE',
  'COMPLETED',
  'DECLINED',
  'EXPIRED',
  'WITHDRAWN',
] as const

export interface OpenedRecord {
  readonly who: CastName
  readonly kind: 'break_glass' | 'access_grant'
  readonly reach: 'T2' | 'T3' | 'minimum'
  /** Everything but `lives` gives nothing. */
  readonly state: 'lives' | 'past_hour' | 'past_database' | 'ended' | 'asked' | 'elsewhere'
}
export interface CaseRecord {
  readonly id: Uuid
  readonly personId: Uuid
  readonly unit: 'cpu-tirana' | 'cpu-durres'
  readonly manager: CastName | null
  readonly deputy: CastName | null
  /** Whoever works the case, or stands beside, gave it to themselves. */
  readonly byThemselves?: boolean
  /** Who stands in for the manager today, where absences were put in. */
  readonly standIn?: CastName | null
  /** What somebody opened in emergency, or asked for, beyond their scope. */
  readonly opened?: readonly OpenedRecord[]
  readonly status: (typeof caseStatuses)[number]
  readonly vmt: (typeof vmtStatuses)[number]
  readonly hasMeasure: boolean
  readonly transferTo: 'cpu-tirana' | 'cpu-durres' | null
}
export interface ReportRecord {
  readonly id: Uuid
  readonly unit: 'cpu-tirana' | 'cpu-durres' | 'line-116006'
  readonly createdBy: CastName | null
  readonly daysOld: number
  /** The person that one child of it became, if any. */
  readonly personId: Uuid | null
}
export interface ReferralRecord {
  readonly id: Uuid
  readonly from: CastUnitName
  readonly to: CastUnitName
  /** Null when a professional asked a unit to act without a case of its own. */
  readonly caseId: Uuid | null
  readonly state: (typeof referralStates)[number]
  readonly accessEnded: boolean
}
export interface World {
  readonly cases: readonly CaseRecord[]
  readonly reports: readonly ReportRecord[]
  readonly referrals: readonly ReferralRecord[]
  readonly tips: readonly Uuid[]
}

const staffOf = {
  'cpu-tirana': ['cpw-tirana', 'cpw2-tirana', 'head-tirana'],
  'cpu-durres': ['cpw-durres', 'head-durres'],
} as const
const cpu = fc.constantFrom('cpu-tirana', 'cpu-durres')
const recipients: readonly CastUnitName[] = [
  'shelter-tirana',
  'shelter-vlore',
  'school-tirana',
  'health-tirana',
  'police-tirana',
  'day-centre-tirana',
  'civil-status-tirana',
  'education-tirana',
  'employment-tirana',
  'labour-tirana',
  'cpu-durres',
  'prosecution-tirana',
]
const professionals: readonly CastUnitName[] = [
  'police-tirana',
  'border-hani-i-hotit',
  'labour-tirana',
  'shelter-tirana',
  'health-tirana',
  'school-tirana',
]

const caseRecord: fc.Arbitrary<CaseRecord> = cpu.chain((unit) =>
  fc
    .record({
      id: fc.constant(null).map(() => uuidv7()),
      personId: fc.constant(null).map(() => uuidv7()),
      unit: fc.constant(unit),
      manager: fc.option(fc.constantFrom(...staffOf[unit]), { freq: 8 }),
      deputy: fc.option(fc.constantFrom(...staffOf[unit]), { freq: 1 }),
      byThemselves: fc.boolean(),
      status: fc.constantFrom(...caseStatuses),
      vmt: fc.constantFrom(...vmtStatuses),
      hasMeasure: fc.boolean(),
      transferTo: fc.option(
        fc.constant(unit === 'cpu-tirana' ? ('cpu-durres' as const) : ('cpu-tirana' as const)),
        { freq: 1 },
      ),
    })
    .map((one) => (one.manager === null ? { ...one, status: 'OPEN' as const, deputy: null } : one)),
)

export const world: fc.Arbitrary<World> = fc
  .array(caseRecord, { minLength: 4, maxLength: 14 })
  .chain((cases) =>
    fc.record({
      cases: fc.constant(cases),
      reports: fc.array(
        fc.record({
          id: fc.constant(null).map(() => uuidv7()),
          unit: fc.constantFrom('cpu-tirana', 'cpu-durres', 'line-116006'),
          createdBy: fc.option(fc.constantFrom(...castNames), { freq: 6 }),
          daysOld: fc.constantFrom(0, 5, 29, 31, 400),
          personId: fc.option(fc.constantFrom(...cases.map((one) => one.personId)), { freq: 1 }),
        }),
        { minLength: 3, maxLength: 12 },
      ),
      referrals: fc.array(
        fc
          .oneof(
            fc.constantFrom(...cases).chain((one) =>
              fc.record({
                id: fc.constant(null).map(() => uuidv7()),
                from: fc.constant<CastUnitName>(one.unit),
                to: fc.constantFrom(...recipients.filter((unit) => unit !== one.unit)),
                caseId: fc.constant(one.id),
                state: fc.constantFrom(...referralStates),
                accessEnded: fc.boolean(),
              }),
            ),
            fc.record({
              id: fc.constant(null).map(() => uuidv7()),
              from: fc.constantFrom(...professionals),
              to: fc.constantFrom<CastUnitName>('cpu-tirana', 'cpu-durres'),
              caseId: fc.constant(null),
              state: fc.constantFrom(...referralStates),
              accessEnded: fc.boolean(),
            }),
          )
          .map((one) => ({
            ...one,
            accessEnded:
              one.accessEnded || ['COMPLETED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'].includes(one.state),
          })),
        { minLength: 4, maxLength: 14 },
      ),
      tips: fc.array(
        fc.constant(null).map(() => uuidv7()),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  )

const place = {
  'cpu-tirana': ['53', 'AL-11'],
  'cpu-durres': ['10', 'AL-02'],
  'line-116006': [null, null],
} as const
const text = (value: string | null): string => (value === null ? 'null' : `'${value}'`)
const closed = (status: string): boolean => status === 'CLOSED' || status === 'FOLLOW_UP'
let serial = 0

/** What the case page folds again from the row: it must say the same as the columns. */
const detail = (one: CaseRecord): string =>
  JSON.stringify({
    measures: one.hasMeasure ? [{ id: uuidv7(), kind: 'alternative_care', status: 'in_force' }] : [],
    transfer: one.transferTo === null ? null : { id: uuidv7(), toUnitId: unitId(one.transferTo) },
  })

/** SQL that puts a world in, with one event of each tier on every record. Run as the superuser. */
export const worldSql = ({ cases, reports, referrals, tips }: World): string => {
  const lines: string[] = []
  // The application writes milliseconds; lists are paged by them.
  const at = "date_trunc('milliseconds', now())"
  const events = (kind: string, id: Uuid, tiers: readonly string[]): void => {
    const event = uuidv7()
    lines.push(
      `insert into record_head (record_id, kind, version, hash) values ('${id}', '${kind}', 1, '\\x00')`,
      `insert into event (id, record_id, kind, seq, type, v, facts, touches, digests, occurred_at, recorded_at, actor_id, role, xid, prev, hash)
       values ('${event}', '${id}', '${kind}', 1, 'Made', 1, '{}', '{}', '', now(), now(), '${id}', 'test', pg_current_xact_id(), '\\x00', '\\x00')`,
      ...tiers.flatMap((tier) => {
        const part = (body: string) =>
          `insert into event_part (event_id, tier, name, record_id, kind, body, salt) values ('${event}', '${tier}', 'said', '${id}', '${kind}', ${body}, '\\x00')`
        if (tier !== 'T4' && tier !== 'T5') return [part(`'"x"'`)]
        const { keySql, json } = planted({ record: { kind, id }, tier, at: event, name: 'said' }, 'x')
        return [keySql, part(json)]
      }),
    )
  }
  for (const one of cases) {
    const [municipality, county] = place[one.unit]
    serial += 1
    lines.push(
      `insert into person (id, sex, registered_at, version) values ('${one.personId}', 'unknown', now(), 1)`,
      `insert into person_named (id, given_name, name_key, sounds) values ('${one.personId}', 'Emër', 'emer', '{}')`,
      `insert into person_sensitive (id) values ('${one.personId}')`,
      `insert into case_file (id, code, version, person_id, unit_id, municipality, county, manager_id, manager_is_head, manager_by, deputy_by, deputy_id, status, vmt_status,
         has_measure, transfer_to, opened_at, closed_at, episode_at, detail)
       values ('${one.id}', 'XX-2026-${String(serial).padStart(5, '0')}', 1, '${one.personId}', '${unitId(one.unit)}', ${text(municipality)}, ${text(county)},
         ${text(one.manager && userId(one.manager))}, ${one.manager?.startsWith('head') ?? false}, ${text(one.byThemselves ? one.manager && userId(one.manager) : null)},
         ${text(one.byThemselves ? one.deputy && userId(one.deputy) : null)}, ${text(one.deputy && userId(one.deputy))}, '${one.status}', '${one.vmt}',
         ${one.hasMeasure}, ${text(one.transferTo && unitId(one.transferTo))}, ${at}, ${closed(one.status) ? at : 'null'}, ${at}, '${detail(one)}')`,
      `insert into case_file_named (id) values ('${one.id}')`,
      `insert into case_file_sensitive (id) values ('${one.id}')`,
    )
    events('case_file', one.id, ['T3', 'T4'])
  }
  for (const one of reports) {
    const reporter = planted(reporterPlace(one.id, one.id), { name: 'x' })
    lines.push(
      `insert into report (id, state, unit_id, municipality, source, channel, immediacy, concerns, children, created_by, occurred_at, received_at, version)
       values ('${one.id}', 'RECEIVED', '${unitId(one.unit)}', ${text(place[one.unit][0])}, 'public', 'web', 'unknown', '{}', 1,
         ${text(one.createdBy && userId(one.createdBy))}, ${at} - interval '${one.daysOld} days', ${at} - interval '${one.daysOld} days', 1)`,
      `insert into report_named (id, narrative) values ('${one.id}', 'x')`,
      `insert into report_child (id, report_id, position, sex, person_id) values ('${uuidv7()}', '${one.id}', 1, 'unknown', ${text(one.personId)})`,
      reporter.keySql,
      `insert into report_reporter (id, report_id, sealed, may_call_back) values ('${one.id}', '${one.id}', ${reporter.bytea}, true)`,
    )
    events('report', one.id, ['T3'])
  }
  for (const one of referrals) {
    const ended = ['COMPLETED', 'DECLINED', 'EXPIRED', 'WITHDRAWN'].includes(one.state)
    serial += 1
    const allergies = planted(sensitivePlace(one.id, 'allergies'), 'x')
    lines.push(
      `insert into referral (id, code, state, case_id, from_unit_id, to_unit_id, sent_by, recipient_kind, service, fields, sent_fields, sent_at, closed_at, access_ended_at, decline_reason)
       values ('${one.id}', 'RF-2026-${String(100000 + serial)}', '${one.state}', ${text(one.caseId)}, '${unitId(one.from)}', '${unitId(one.to)}', '${userId('cpw-tirana')}', 'shelter', 'emergency_shelter',
         '{zone,allergies}', '{zone,allergies}', ${at}, ${ended ? at : 'null'}, ${one.accessEnded ? 'now()' : 'null'}, ${one.state === 'DECLINED' ? "'no_place'" : 'null'})`,
      `insert into referral_packet (referral_id, field, body) values ('${one.id}', 'zone', '"x"')`,
      allergies.keySql,
      `insert into referral_packet_sensitive (referral_id, field, body) values ('${one.id}', 'allergies', ${allergies.json})`,
    )
  }
  for (const id of tips) {
    lines.push(
      `insert into integrity_tip (id, on_day, institution, version) values ('${id}', current_date, 'police', 1)`,
    )
    events('integrity_tip', id, ['T5'])
  }
  return lines.join(';\n')
}
