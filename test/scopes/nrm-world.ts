/**
 * Random files of the trafficking track with all that hangs on them, put in past every rule; and who reads them, said in plain words
 * after the domain specification (sections 5 and 7) and the chapter on the track. It imports no policy and reads no SQL of one.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { type Actor, purposes, type Role, roles, type Uuid } from '#domain/core.ts'
import {
  actorOf,
  type CastName,
  type CastUnitName,
  castNames,
  castUnits,
  unitId,
  userId,
} from '#test/cast.ts'
import { planted } from '#test/sealing.ts'
import { quoted, seed } from './search.ts'

const statuses = ['vmt', 'formal_pending', 'vt', 'not_confirmed', 'declined_formal', 'exited'] as const
const cpus = ['cpu-tirana', 'cpu-durres'] as const
const staff = {
  'cpu-tirana': ['cpw-tirana', 'cpw2-tirana', 'head-tirana'],
  'cpu-durres': ['cpw-durres', 'head-durres'],
  'social-service-tirana': ['social-service'],
  'social-service-durres': ['social-service-durres'],
  'shelter-tirana': ['shelter'],
  'shelter-vlore': ['shelter-vlore'],
} as const satisfies Partial<Record<CastUnitName, readonly CastName[]>>
const adultUnits = [
  'social-service-tirana',
  'social-service-durres',
  'shelter-tirana',
  'shelter-vlore',
] as const
const shelters = ['shelter-tirana', 'shelter-vlore'] as const
const counties = ['AL-11', 'AL-02', 'AL-12'] as const

const child = fc.constantFrom(...cpus).chain((unit) =>
  fc.record({
    subject: fc.constant('child' as const),
    unit: fc.constant(unit),
    manager: fc.option(fc.constantFrom<CastName>(...staff[unit]), { freq: 6 }),
    status: fc.constantFrom(...statuses),
    hasMeasure: fc.boolean(),
    closing: fc.boolean(),
    transferTo: fc.option(fc.constantFrom(...cpus.filter((other) => other !== unit)), { freq: 1 }),
    lowered: fc.boolean(),
    county: fc.constant<string>(castUnits[unit].county),
  }),
)
const adult = fc.constantFrom(...adultUnits).chain((unit) =>
  fc.record({
    subject: fc.constant('adult' as const),
    unit: fc.constant(unit),
    manager: fc.option(fc.constantFrom<CastName>(...staff[unit]), { freq: 3 }),
    status: fc.constantFrom(...statuses),
    // A file that a shelter manages stays with the county from which it came.
    county: unit.startsWith('shelter')
      ? fc.constantFrom<string>(...counties)
      : fc.constant<string>(castUnits[unit].county ?? 'AL-11'),
  }),
)
const hanging = fc.record({
  interview: fc.record({
    state: fc.constantFrom('SCHEDULED', 'HELD', 'CANCELLED', 'CONCLUDED'),
    social: fc.constantFrom<CastUnitName>('social-service-tirana', 'social-service-durres'),
    signed: fc.boolean(),
  }),
  stay: fc.record({ unit: fc.constantFrom(...shelters), over: fc.boolean() }),
  /** Screened so long ago that whoever did reads it no more. */
  old: fc.boolean(),
  consulate: fc.boolean(),
  signedReturn: fc.boolean(),
})
export type Track = (
  | (typeof child extends fc.Arbitrary<infer T> ? T : never)
  | (typeof adult extends fc.Arbitrary<infer T> ? T : never)
) & {
  readonly id: Uuid
  readonly personId: Uuid
  readonly caseId: Uuid | null
  readonly hanging: typeof hanging extends fc.Arbitrary<infer T> ? T : never
}

export const tracks: readonly Track[] = fc
  .sample(fc.record({ one: fc.oneof(child, adult), hanging }), { numRuns: 46, seed })
  .map(({ one, hanging: hangs }) => ({
    ...one,
    ...(one.subject === 'child' ? { lowered: one.lowered && one.status === 'exited' } : {}),
    hanging: hangs,
    id: randomUUID(),
    personId: randomUUID(),
    caseId: one.subject === 'child' ? randomUUID() : null,
  })) as Track[]

const at = "now() - interval '3 days'"
const user = (name: CastName | null): string => quoted(name === null ? null : userId(name))

const fileSql = (one: Track, n: number): readonly string[] => {
  const town = castUnits[one.unit].municipality
  const lowered = one.subject === 'child' && one.lowered
  const rows = [
    `insert into person (id, sex, registered_at, version) values ('${one.personId}', 'unknown', now(), 1)`,
    `insert into person_named (id, given_name, family_name, name_key, sounds) values ('${one.personId}', 'Emër', 'Mbiemër', 'emer mbiemer', '{}')`,
    `insert into person_sensitive (id) values ('${one.personId}')`,
    `insert into nrm_file (id, code, version, person_id, case_id, subject, status, unit_id, manager_id, structure, door, forms, territory, municipality,
       county, opened_by, opened_unit, opened_at, status_at, exited_at, lowered)
     values ('${one.id}', 'MKR-2026-${String(n + 1000)}', 1, '${one.personId}', ${quoted(one.caseId)}, '${one.subject}', '${one.status}',
       '${unitId(one.unit)}', ${user(one.manager)}, 'police', 'field', '{unknown}', 'unknown', ${quoted(town)}, '${one.county}',
       '${userId('police')}', '${unitId('police-tirana')}', ${at}, ${at}, ${one.status === 'exited' ? at : 'null'}, ${lowered})`,
    `insert into nrm_file_named (id, summary, contact) values ('${one.id}', 'u pa', '069')`,
    `insert into nrm_file_sensitive (id) values ('${one.id}')`,
    `insert into identification_record (id, case_id, nrm_id, person_id, status, on_day, structure, forms, territory, prior_trafficking, signatories, by_id, at)
     values ('${one.id}', ${quoted(one.caseId)}, '${one.id}', '${one.personId}', 'vmt', current_date, 'police', '{}', 'unknown', false, '{}', '${userId('police')}', ${at})`,
    `insert into screening (id, nrm_id, case_id, set_code, set_version, subject, forms, territory, setting, met, dimensions, advised, result, screener_id, at, version)
     values ('${one.id}', '${one.id}', null, 'x', 'x', '${one.subject}', '{}', 'unknown', 'identification', 0, '{}', 'vmt', 'vmt',
       '${userId('field-tirana')}', ${one.hanging.old ? "now() - interval '40 days'" : at}, 1)`,
    `insert into screening_item (screening_id, code, evidence) values ('${one.id}', 'x', 'x')`,
  ]
  if (one.subject === 'adult') return rows
  return [
    ...rows,
    `insert into case_file (id, code, version, person_id, unit_id, municipality, county, manager_id, manager_is_head, status, vmt_status,
       has_measure, transfer_to, opened_at, episode_at, detail)
     values ('${one.caseId}', 'XX-2026-${String(n + 10000)}', 1, '${one.personId}', '${unitId(one.unit)}', '${town}', '${one.county}',
       ${user(one.manager)}, ${one.manager?.startsWith('head') ?? false}, '${closing(one) ? 'CLOSURE_PROPOSED' : 'OPEN'}',
       '${lowered ? 'at_risk' : one.status}', ${one.hasMeasure}, ${quoted(one.transferTo && unitId(one.transferTo))}, ${at}, ${at}, '${detailOf(one)}')`,
    `insert into case_file_named (id) values ('${one.caseId}')`,
    `insert into case_file_sensitive (id) values ('${one.caseId}')`,
    `insert into record_head (record_id, kind, version, hash) values ('${one.caseId}', 'case_file', 1, '\\x00')`,
    ...(['T3', 'T4'] as const).flatMap((tier) => {
      const id = attachmentOf(one, tier)
      return [
        planted({ record: { kind: 'attachment', id }, tier: 'T4', at: id, name: 'x' }, 'x').keySql,
        `insert into attachment (id, case_id, state, tier, kind, size, received, pieces, digest, scan, by_id, begun_at, expires_at, kept_at)
         values ('${id}', '${one.caseId}', 'kept', '${tier}', 'mp3', 1, 1, 0, sha256('x'), 'clean', '${userId('admin')}', ${at}, ${at}, ${at})`,
        `insert into attachment_piece (attachment_id, n, body) values ('${id}', 0, '${'x'.repeat(40)}')`,
      ]
    }),
  ]
}
/** What the case page folds again from the row. */
const detailOf = (one: Track & { readonly subject: 'child' }): string =>
  JSON.stringify({
    measures: one.hasMeasure ? [{ id: randomUUID(), kind: 'alternative_care', status: 'in_force' }] : [],
    transfer: one.transferTo === null ? null : { id: randomUUID(), toUnitId: unitId(one.transferTo) },
  })
/** A file attached to a child's case, one of each tier. */
export const attachmentOf = (one: Track, tier: 'T3' | 'T4'): Uuid =>
  `${tier === 'T3' ? '33333333' : '44444444'}${one.id.slice(8)}`
const closing = (one: Track): boolean => one.subject === 'child' && one.closing && one.manager !== null

const hangingSql = (
  { id, hanging: { interview, stay, consulate, signedReturn }, subject, personId, caseId }: Track,
  n: number,
): readonly string[] => {
  const done = interview.state === 'CONCLUDED'
  const held = interview.state === 'HELD' || done
  const signers =
    interview.signed && held ? `array['${userId('police')}', '${userId('social-service')}']::uuid[]` : "'{}'"
  const risks = planted({ record: { kind: 'shelter_stay', id }, tier: 'T4', at: id, name: 'risks' }, 'x')
  const text = planted({ record: { kind: 'nrm_file', id }, tier: 'T4', at: id, name: 'dangers' }, 'x')
  const ofReturn = planted({ record: { kind: 'nrm_return', id }, tier: 'T4', at: id, name: 'risks' }, 'x')
  const by = `'${userId('ministry-health')}'`
  const unit = `'${unitId('ministry-health')}'`
  const file = `'${id}', '${id}'`
  return [
    risks.keySql,
    text.keySql,
    ofReturn.keySql,
    // A child's papers are of its case, an adult's of the file.
    `insert into document_copy (id, ${caseId === null ? 'nrm_id' : 'case_id'}, kind, template_version, language, tier, left_out, leaves, digest, by_id, unit_id, at)
     values ('${id}', '${caseId ?? id}', 'consent', 1, 'sq', 'T3', '{}', false, sha256('x'), ${by}, ${unit}, ${at})`,
    `insert into interview (id, version, nrm_id, code, number, state, subject, under_14, sexual, planned_at, no_room, police_unit_id, social_unit_id,
       representative_id, representative_basis, asked_on, scheduled_by, scheduled_unit, scheduled_at, held_at, recorded_by, conclusion, proposed_by,
       proposed_body, signed_by, signed_body, agrees, concluded_at, signers)
     values ('${id}', 1, '${id}', 'MKR', 1, '${interview.state}', '${subject}', false, false, ${at}, 'none_free', '${unitId('police-tirana')}',
       '${unitId(interview.social)}', '${id}', 'parent', current_date, ${by}, ${unit}, ${at}, ${held ? at : 'null'}, ${held ? by : 'null'},
       ${done ? `'vt', '${userId('police')}', 'police', '${userId('social-service')}', 'social_service', true, ${at}` : 'null, null, null, null, null, null, null'}, ${signers})`,
    `insert into interview_named (id, basis) values ('${id}', 'x')`,
    `insert into interview_sensitive (id) values ('${id}')`,
    `insert into interview_packet (id) values ('${id}')`,
    `insert into interview_item (interview_id, code, met, mandatory) values ('${id}', 'room', true, true)`,
    `insert into assistance_need (id, nrm_id, kind, beneficiary, found_on, state, state_on, by_id, at)
     values (${file}, 'housing', 'subject', current_date, 'OPEN', current_date, ${by}, ${at})`,
    `insert into assistance_action (id, nrm_id, service, provider_id, due, funding, status, by_id, at)
     values (${file}, 'shelter', ${unit}, current_date, 'state', 'planned', ${by}, ${at})`,
    `insert into assistance_dependant (id, nrm_id, person_id, lives_with, consent_by, consent_on, by_id, at)
     values (${file}, '${personId}', true, 'subject', current_date, ${by}, ${at})`,
    `insert into assistance_risk (id, nrm_id, on_day, level, by_id, at) values (${file}, current_date, 'low', ${by}, ${at})`,
    `insert into safety_plan (id, nrm_id, risk_id, on_day, review_on, by_id, at) values (${file}, '${id}', current_date, current_date, ${by}, ${at})`,
    `insert into assistance_follow_up (id, nrm_id, round, month, due) values (${file}, 1, 1, current_date)`,
    `insert into assistance_contact_lost (id, nrm_id, last_on, attempts, by_id, at) values (${file}, current_date, '[]', ${by}, ${at})`,
    `insert into shelter_stay (id, version, nrm_id, status, started_on, ended_on, leaves_to, consent_on)
     values ('${id}', 1, '${id}', ${stay.over ? "'ended', current_date, current_date, 'family'" : "'in_place', current_date, null, null"}, current_date)`,
    `insert into shelter_stay_place (id, nrm_id, unit_id, bed_hold_id) values (${file}, '${unitId(stay.unit)}', gen_random_uuid())`,
    `insert into shelter_resident (id, identity, needs) values ('${id}', '{}', 'x')`,
    `insert into shelter_resident_sensitive (id, risks) values ('${id}', ${risks.json})`,
    `insert into assistance_service (id, nrm_id, stay_id, service, setting, beneficiary, provider_id, from_day, funding, by_id, by_unit, at)
     values (${file}, '${id}', 'shelter', 'shelter', 'subject', ${unit}, current_date, 'state', ${by}, ${unit}, ${at})`,
    `insert into assistance_report (id, nrm_id, stay_id, on_day, progress, concern, by_id, by_unit, at)
     values (${file}, '${id}', current_date, 'same', false, ${by}, ${unit}, ${at})`,
    `insert into assistance_text (id, nrm_id, stay_id, subject_id, name, body, at) values (${file}, '${id}', '${id}', 'report', '"x"', ${at})`,
    `insert into assistance_text_sensitive (id, nrm_id, subject_id, name, body, at) values (${file}, '${id}', 'dangers', ${text.json}, ${at})`,
    `insert into nrm_return (id, code, version, nrm_id, subject, direction, country, state, source, notice_on, expected_on, late, consulate_id, opened_at, opened_by)
     values ('${id}', 'KTH-2026-${n + 1000}', 1, '${id}', '${subject}', 'incoming', 'GR', 'NOTIFIED', 'consulate', current_date, current_date, false,
       ${consulate ? `'${unitId('consulate-athens')}'` : 'null'}, ${at}, ${by})`,
    `insert into nrm_return_named (id, identity, need) values ('${id}', 'x', 'x')`,
    `insert into return_text (id, return_id, subject_id, name, body, at) values (${file}, '${id}', 'plan', '"x"', ${at})`,
    `insert into return_text_sensitive (id, return_id, subject_id, name, body, at) values (${file}, '${id}', 'risks', ${ofReturn.json}, ${at})`,
    `insert into return_determination (id, return_id, held_on, outcome, members, by_id, by_unit, at, signed_by, signed_unit, signed_at)
     values (${file}, current_date, 'return', '{psychologist,social_service,lawyer}', ${by}, ${unit}, ${at}, ${signedReturn ? `'${userId('police')}', '${unitId('police-tirana')}', ${at}` : 'null, null, null'})`,
    `insert into return_consent (id, return_id, who, answer, covers, on_day, by_id, at) values (${file}, 'adult', 'given', '{return}', current_date, ${by}, ${at})`,
    `insert into return_escort (id, return_id, role) values (${file}, 'police')`,
    `insert into return_cost (id, return_id, what, source, amount_lek) values (${file}, 'travel', 'state', 1)`,
    `insert into return_document (id, return_id, kind, issued_on, by_id) values (${file}, 'passport', current_date, ${by})`,
    `insert into return_follow_up (id, return_id, month, due) values (${file}, 1, current_date)`,
    `insert into packet (id, version, packet_id, nrm_id, return_id, counterpart_id, country, purpose, fields, tier, ground, ground_ref, made_at, made_by, made_unit, expires_at, size, digest)
     values ('${id}', 1, '${id}', '${id}', '${id}', gen_random_uuid(), 'GR', 'handover', '{name}', 'T3', 'law', 'x', ${at}, ${by}, ${unit}, now() + interval '9 days', 1, sha256('x'))`,
    `insert into packet_file (id, file) values ('${id}', 'x')`,
    `insert into packet_named (id) values ('${id}')`,
  ]
}
export const plantTracks = (): string =>
  ['set session_replication_role = replica', ...tracks.flatMap(fileSql), ...tracks.flatMap(hangingSql)].join(
    ';\n',
  )

/* The oracle. */
const watches = ({ purpose }: Actor): boolean =>
  purpose === 'monitoring' || purpose === 'complaint' || purpose === 'case_review'
const works = (actor: Actor, unit: CastUnitName): boolean => actor.unitId === unitId(unit)
const isManager = (actor: Actor, one: Track): boolean =>
  one.manager !== null && actor.userId === userId(one.manager)

/** A child's file is read as its case is; the Responsible Authority reads every file but one that two persons lowered. */
const childTier = (actor: Actor, one: Track & { subject: 'child' }): 0 | 2 | 3 | 4 => {
  switch (actor.role) {
    case 'responsible_authority':
      return one.lowered ? 0 : 3
    case 'state_agency':
      return watches(actor) ? 3 : 2
    case 'municipal_director': {
      const decides = one.hasMeasure || (closing(one) && (one.manager?.startsWith('head') ?? false))
      return decides && actor.municipality === castUnits[one.unit].municipality ? 3 : 0
    }
    case 'cpw':
    case 'cpu_head':
      if (!works(actor, one.unit)) return one.transferTo !== null && works(actor, one.transferTo) ? 2 : 0
      if (isManager(actor, one)) return 4
      if (actor.role === 'cpw') return 2
      return actor.purpose === 'supervision' ? 4 : 3
    default:
      return 0
  }
}
/** An adult's: the Authority; whoever manages; the regional service of the county; colleagues in the managing body without names. */
const adultTier = (actor: Actor, one: Track): 0 | 2 | 3 | 4 => {
  if (actor.role === 'responsible_authority') return 3
  if (actor.role !== 'social_service' && actor.role !== 'shelter') return 0
  if (works(actor, one.unit) && isManager(actor, one)) return 4
  if (actor.role === 'social_service' && (works(actor, one.unit) || actor.county === one.county)) return 3
  return works(actor, one.unit) ? 2 : 0
}
export const tierOf = (actor: Actor, one: Track): 0 | 2 | 3 | 4 =>
  one.subject === 'child' ? childTier(actor, one) : adultTier(actor, one)

/** The shelter where the person lives, as long as they live there: the resident's packet, own services and reports, never the file. */
export const houses = (actor: Actor, { hanging: { stay } }: Track): boolean =>
  actor.role === 'shelter' && works(actor, stay.unit) && !stay.over
/** Own residents of the past too: the days of the stay and what the shelter itself wrote, without who it was. */
export const housed = (actor: Actor, { hanging: { stay } }: Track): boolean =>
  actor.role === 'shelter' && works(actor, stay.unit)
/** Whoever screened keeps the result in sight for thirty days. */
export const screened = (actor: Actor, { hanging }: Track): boolean =>
  actor.userId === userId('field-tirana') && !hanging.old
/** Called to an interview that is not over: one police unit and one office of the social service. */
export const isCalled = (actor: Actor, { hanging: { interview } }: Track): boolean =>
  (interview.state === 'SCHEDULED' || interview.state === 'HELD') &&
  ((actor.role === 'police' && works(actor, 'police-tirana')) ||
    (actor.role === 'social_service' && works(actor, interview.social)))
/** Whoever signed keeps in sight what they signed, as long as they are of such a body. */
export const hasSigned = (actor: Actor, { hanging: { interview } }: Track): boolean =>
  interview.signed &&
  (interview.state === 'HELD' || interview.state === 'CONCLUDED') &&
  ((actor.role === 'police' && actor.userId === userId('police')) ||
    (actor.role === 'social_service' && actor.userId === userId('social-service')))
/** The consulate that a return was given to: who returns, what is needed, its own documents. */
export const hasReturn = (actor: Actor, { hanging }: Track): boolean =>
  actor.role === 'consulate' && hanging.consulate && works(actor, 'consulate-athens')

const involved = [
  'cpw',
  'cpu_head',
  'social_service',
  'shelter',
  'police',
  'consulate',
  'municipal_director',
] as const satisfies readonly Role[]
const unitNames = Object.keys(castUnits) as CastUnitName[]
const strangers: readonly Actor[] = fc
  .sample(
    fc.record({
      person: fc.option(fc.constantFrom(...castNames)),
      // Half of them of the roles that the track is made for, in bodies where it lies.
      role: fc.oneof(fc.constantFrom(...roles), fc.constantFrom(...involved)),
      unit: fc.oneof(fc.constantFrom(...unitNames), fc.constantFrom(...cpus, ...adultUnits, 'police-tirana')),
      purpose: fc.option(fc.constantFrom(...purposes)),
    }),
    { numRuns: 90, seed },
  )
  .map(({ person, role, unit, purpose }) => ({
    ...actorOf(person ?? 'admin'),
    ...(person === null ? { userId: randomUUID() } : {}),
    role,
    purpose,
    unitId: unitId(unit),
    institutionId: unitId(unit),
    municipality: castUnits[unit].municipality,
    county: castUnits[unit].county,
  }))
/** The cast, with the purposes that open a tier, and others of any role in any body. */
export const actors: readonly Actor[] = [
  ...castNames.map(actorOf),
  ...(['head-tirana', 'state-agency', 'responsible-authority', 'social-service'] as const).flatMap((name) =>
    purposes.map((purpose) => ({ ...actorOf(name), purpose })),
  ),
  ...strangers,
]
