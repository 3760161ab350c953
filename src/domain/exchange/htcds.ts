/** A record of ours as a case of HTCDS 2.0, and back. Pure; test/pure/htcds.test.ts searches both ways at random. */
import type { Day } from '../core.ts'
import { isRecordDay } from '../day.ts'
import {
  controlCode,
  decidingBody,
  exploitation,
  formOfExploitation,
  genders,
  planOfService,
  sexOfGender,
  statusOfVictim,
  structureOfBody,
  victimStatuses,
} from './codes.ts'
import { extensionKey, type Fault, type HtcdsCase, type Part } from './read.ts'
import {
  type TrackRecord,
  type TrackReferral,
  type TrackReturn,
  type TrackService,
  type TrackStatus,
  type TrackStep,
  trackPhases,
  trackStatuses,
} from './track.ts'

const unique = (codes: readonly string[]): string[] => [...new Set(codes)]

/** The status that says whether somebody is a victim: of a file that was left, the last one before. */
const decisive = (record: TrackRecord): Exclude<TrackStatus, 'exited'> => {
  const said = [...record.steps.map((step) => step.status), record.status]
  for (const status of said.reverse()) if (status !== 'exited') return status
  return 'vmt'
}

const caseStatus = (record: TrackRecord): string =>
  record.status === 'exited' || record.phase === 'EXITED'
    ? 'Closed'
    : record.phase === 'MONITORING'
      ? 'FollowUp'
      : 'Active'

/** `v` is the version of the extension's shape. */
const extensionOf = (record: TrackRecord): object => ({
  v: 1,
  subject: record.subject,
  status: record.status,
  phase: record.phase,
  bornFrom: record.bornFrom,
  bornTo: record.bornTo,
  door: record.door,
  structure: record.structure,
  forms: record.forms,
  territory: record.territory,
  prior: record.prior,
  municipality: record.municipality,
  county: record.county,
  openedOn: record.openedOn,
  steps: record.steps,
  referrals: record.referrals,
  services: record.services,
  returns: record.returns,
})

export const toHtcds = (record: TrackRecord): HtcdsCase => {
  const decider = record.steps.findLast((step) => step.status !== 'exited')?.structure ?? record.structure
  const sent = record.referrals.at(-1)
  const types = unique(record.forms.flatMap((form) => exploitation[form] ?? []))
  const plans = new Map<string, Day | null>()
  for (const one of record.services) {
    const type = planOfService(one.service)
    const known = plans.get(type)
    // A plan of a kind ends when the last of its services has.
    plans.set(
      type,
      known === null || one.until === null
        ? null
        : known === undefined || one.until > known
          ? one.until
          : known,
    )
  }
  const prs: Part = {
    Gender: genders[record.sex],
    ...(record.citizenship === null ? {} : { Citizenship: [record.citizenship] }),
  }
  const vic: Part = {
    TraffickingStatus: victimStatuses[decisive(record)],
    TraffickingStatusDecisionMakingOrg: decidingBody(decider),
    ...(types.length === 0 ? {} : { TypeOfExploitation: types }),
    ...(record.control.length === 0 ? {} : { MethodsOfControl: record.control }),
  }
  const cas: Part = {
    Status: caseStatus(record),
    ...(record.openedOn === null ? {} : { IncomingReferralDate: record.openedOn }),
    ...(record.openedOn === null || record.door === null ? {} : { ReferringOrganisation: record.door }),
    ...(sent === undefined
      ? {}
      : {
          ReferredOrganisation: sent.to,
          ReasonForOutgoingReferral: 'AdditionalServicesRequired',
          OutgoingReferralDate: sent.on,
        }),
  }
  return {
    id: record.id,
    prs,
    vic,
    cas,
    ...(plans.size === 0
      ? {}
      : {
          spl: [...plans].map(
            ([Type, end]): Part => (end === null ? { Type } : { Type, ActualEndDate: end }),
          ),
        }),
    [extensionKey]: extensionOf(record),
  }
}

// Reading back ---------------------------------------------------------------------------------------------------------

type Loose = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Loose =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const code = /^[A-Za-z0-9_-]{1,60}$/

/** Our own extension, held against its shape: null with a fault where anything in it is not as we write it. */
const readExtension = (
  value: unknown,
): Omit<TrackRecord, 'id' | 'sex' | 'citizenship' | 'control'> | Fault => {
  const at = (path: string, why: Fault['code'] = 'wrong_type'): Fault => ({
    path: path === '' ? extensionKey : `${extensionKey}.${path}`,
    code: why,
  })
  if (!isObject(value)) return at('')
  let fault: Fault | null = null
  const wrong = (path: string, why?: Fault['code']): void => {
    fault ??= at(path, why)
  }
  const codeOf = (from: Loose, name: string, path = name): string => {
    const said = from[name]
    if (typeof said === 'string' && code.test(said)) return said
    wrong(path)
    return ''
  }
  const codeOrNull = (from: Loose, name: string): string | null =>
    from[name] === null || from[name] === undefined ? null : codeOf(from, name)
  const oneOf = <T extends string>(path: string, said: unknown, known: readonly T[]): T => {
    const found = known.find((one) => one === said)
    if (found === undefined) wrong(path, 'unknown_code')
    return found ?? known[0]!
  }
  const day = (from: Loose, name: string, path = name): Day => {
    const said = from[name]
    if (typeof said === 'string' && isRecordDay(said)) return said
    wrong(path, 'impossible_date')
    return ''
  }
  const dayOrNull = (from: Loose, name: string, path = name): Day | null =>
    from[name] === null || from[name] === undefined ? null : day(from, name, path)
  const year = (name: string): number | null => {
    const said = value[name]
    if (said === null || said === undefined) return null
    if (typeof said === 'number' && Number.isInteger(said) && said >= 1900 && said <= 2200) return said
    wrong(name)
    return null
  }
  const list = <T>(name: string, read: (one: Loose, path: string) => T): T[] => {
    const said = value[name]
    if (!Array.isArray(said) || said.length > 200) {
      wrong(name, Array.isArray(said) ? 'too_long' : 'wrong_type')
      return []
    }
    return said.flatMap((one, n) => {
      if (isObject(one)) return read(one, `${name}.${n}`)
      wrong(`${name}.${n}`)
      return []
    })
  }
  const forms = value.forms
  if (
    !Array.isArray(forms) ||
    forms.length > 20 ||
    forms.some((one) => typeof one !== 'string' || !code.test(one))
  )
    wrong('forms')
  if (typeof value.prior !== 'boolean') wrong('prior')
  const record = {
    subject: oneOf('subject', value.subject, ['child', 'adult'] as const),
    status: oneOf('status', value.status, trackStatuses),
    phase: value.phase === null ? null : oneOf('phase', value.phase, trackPhases),
    bornFrom: year('bornFrom'),
    bornTo: year('bornTo'),
    door: codeOrNull(value, 'door'),
    structure: codeOf(value, 'structure'),
    forms: Array.isArray(forms) ? unique(forms as string[]) : [],
    territory: oneOf('territory', value.territory, ['internal', 'cross_border', 'unknown'] as const),
    prior: value.prior === true,
    municipality: codeOrNull(value, 'municipality'),
    county: codeOrNull(value, 'county'),
    openedOn: dayOrNull(value, 'openedOn'),
    steps: list<TrackStep>('steps', (one, path) => ({
      status: oneOf(`${path}.status`, one.status, trackStatuses),
      on: day(one, 'on', `${path}.on`),
      structure: codeOf(one, 'structure', `${path}.structure`),
    })),
    referrals: list<TrackReferral>('referrals', (one, path) => ({
      on: day(one, 'on', `${path}.on`),
      service: codeOf(one, 'service', `${path}.service`),
      to: codeOf(one, 'to', `${path}.to`),
      state: codeOf(one, 'state', `${path}.state`),
    })),
    services: list<TrackService>('services', (one, path) => ({
      service: codeOf(one, 'service', `${path}.service`),
      setting: codeOf(one, 'setting', `${path}.setting`),
      from: day(one, 'from', `${path}.from`),
      until: dayOrNull(one, 'until', `${path}.until`),
    })),
    returns: list<TrackReturn>('returns', (one, path) => ({
      direction: codeOf(one, 'direction', `${path}.direction`),
      country: codeOf(one, 'country', `${path}.country`),
      status: codeOf(one, 'status', `${path}.status`),
      on: dayOrNull(one, 'on', `${path}.on`),
    })),
  }
  return fault ?? record
}

const textOf = (part: Part | undefined, name: string): string | undefined => {
  const said = part?.[name]
  return typeof said === 'string' ? said : undefined
}
const listOf = (part: Part | undefined, name: string): readonly string[] => {
  const said = part?.[name]
  return Array.isArray(said) ? (said as readonly string[]) : []
}

export interface Imported {
  readonly record: TrackRecord
  /** What ours say less precisely than the standard did. */
  readonly unknown: readonly Fault[]
  readonly faults: readonly Fault[]
}

/** `today`: Tirana's day of the import; who is not certainly 18 by then is taken for a child. */
export const fromHtcds = (given: HtcdsCase, today: Day): Imported => {
  const { prs, vic, cas } = given
  const unknown: Fault[] = []
  const faults: Fault[] = []
  const gender = textOf(prs, 'Gender')
  const sex = gender === undefined ? 'unknown' : (sexOfGender[gender] ?? 'unknown')
  if (gender !== undefined && sexOfGender[gender] === undefined)
    unknown.push({ path: 'prs.Gender', code: 'unknown_code' })
  const countries = listOf(prs, 'Citizenship')
  const citizenship = countries.find((one) => /^[A-Z]{2}$/.test(one)) ?? null
  if (countries.length > (citizenship === null ? 0 : 1))
    unknown.push({ path: 'prs.Citizenship', code: 'unknown_code' })
  const control = unique(listOf(vic, 'MethodsOfControl').map(controlCode))

  if (given[extensionKey] !== undefined) {
    const read = readExtension(given[extensionKey])
    if ('path' in read) faults.push(read)
    else {
      const record = { id: given.id, ...read, sex, citizenship, control }
      // Nobody is taken for grown up whom the record itself shows to be a child; and no day of it lies ahead.
      const birth = textOf(prs, 'Birthdate')
      const child =
        (birth !== undefined && !isAdult(birth, today)) ||
        (read.bornFrom !== null && read.bornFrom + 18 > Number(today.slice(0, 4)))
      if (record.subject === 'adult' && child)
        faults.push({ path: `${extensionKey}.subject`, code: 'contradiction' })
      if (birth !== undefined && birth > today)
        faults.push({ path: 'prs.Birthdate', code: 'impossible_date' })
      if (read.openedOn !== null && read.openedOn > today)
        faults.push({ path: `${extensionKey}.openedOn`, code: 'impossible_date' })
      if (read.bornFrom !== null && read.bornFrom > Number(today.slice(0, 4)))
        faults.push({ path: `${extensionKey}.bornFrom`, code: 'impossible_date' })
      if (read.bornFrom !== null && read.bornTo !== null && read.bornTo < read.bornFrom)
        faults.push({ path: `${extensionKey}.bornTo`, code: 'impossible_date' })
      // Whoever changed the standard's own field beside ours must say which of them is meant.
      if (textOf(vic, 'TraffickingStatus') !== victimStatuses[decisive(record)])
        faults.push({ path: 'vic.TraffickingStatus', code: 'contradiction' })
      return { record, unknown, faults }
    }
  }

  const said = textOf(vic, 'TraffickingStatus')
  if (said === undefined) faults.push({ path: 'vic.TraffickingStatus', code: 'required' })
  const types = listOf(vic, 'TypeOfExploitation')
  for (const type of types)
    if (exploitation[formOfExploitation[type] ?? ''] !== type)
      unknown.push({ path: 'vic.TypeOfExploitation', code: 'unknown_code', said: type })
  const birth = textOf(prs, 'Birthdate')
  const born = birth === undefined ? null : Number(birth.slice(0, 4))
  if (birth !== undefined && birth > today) faults.push({ path: 'prs.Birthdate', code: 'impossible_date' })
  const opened = textOf(cas, 'IncomingReferralDate') ?? null
  if (opened !== null && opened > today)
    faults.push({ path: 'cas.IncomingReferralDate', code: 'impossible_date' })
  const status = statusOfVictim[said ?? ''] ?? 'vmt'
  const body = textOf(vic, 'TraffickingStatusDecisionMakingOrg')
  const structure = structureOfBody[body ?? ''] ?? 'other'
  const sent = textOf(cas, 'OutgoingReferralDate')
  const closed = textOf(cas, 'Status') === 'Closed'
  return {
    record: {
      id: given.id,
      subject: birth !== undefined && isAdult(birth, today) ? 'adult' : 'child',
      status,
      phase: closed ? 'EXITED' : textOf(cas, 'Status') === 'FollowUp' ? 'MONITORING' : null,
      sex,
      bornFrom: born,
      bornTo: born,
      citizenship,
      door: null,
      structure,
      forms:
        types.length === 0 ? ['unknown'] : unique(types.map((type) => formOfExploitation[type] ?? 'unknown')),
      territory: 'unknown',
      prior: false,
      municipality: null,
      county: null,
      openedOn: opened,
      steps: opened === null ? [] : [{ status, on: opened, structure }],
      control,
      referrals: sent === undefined ? [] : [{ on: sent, service: 'other', to: 'other', state: 'SENT' }],
      services: [],
      returns: [],
    },
    unknown,
    faults,
  }
}

const isAdult = (birth: Day, today: Day): boolean =>
  `${String(Number(birth.slice(0, 4)) + 18).padStart(4, '0')}${birth.slice(4)}` <= today
