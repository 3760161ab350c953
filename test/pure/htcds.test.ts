import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { controlCode, controlOfElement, exploitation, formOfExploitation } from '#domain/exchange/codes.ts'
import { casesOfCsv, csvColumns, parseCsv, writeCsv } from '#domain/exchange/csv.ts'
import { htcdsFields, sections } from '#domain/exchange/fields.ts'
import { fromHtcds, toHtcds } from '#domain/exchange/htcds.ts'
import { type HtcdsCase, readCase } from '#domain/exchange/read.ts'
import { type TrackRecord, trackPhases, trackStatuses } from '#domain/exchange/track.ts'

/** HTCDS 2.0 (IOM): the mapping both ways, held against the standard's own schema. */

const schema = JSON.parse(
  readFileSync(new URL('../../reference/htcds/htcds-2.0.schema.json', import.meta.url), 'utf8'),
)
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(schema)
const valid = (section: string, value: unknown): string[] => {
  const check = ajv.getSchema(`urn:htcds:2.0#/$defs/${section}`)!
  return check(value) === true
    ? []
    : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
const faultsOf = (one: HtcdsCase): string[] =>
  sections.flatMap((section) => {
    const value = one[section]
    if (value === undefined) return []
    return (Array.isArray(value) ? value : [value]).flatMap((part) => valid(section, part))
  })

const today = '2026-11-24'
const day = fc
  .date({ min: new Date('2018-01-01T00:00:00Z'), max: new Date('2026-11-24T00:00:00Z'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))
const code = fc.constantFrom(
  'school',
  'police',
  'shelter',
  'cpw',
  'border_police',
  'legal',
  'medical',
  'other',
)
const step = fc.record({ status: fc.constantFrom(...trackStatuses), on: day, structure: code })
const record: fc.Arbitrary<TrackRecord> = fc
  .record({
    id: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,40}$/),
    subject: fc.constantFrom('child' as const, 'adult' as const),
    status: fc.constantFrom(...trackStatuses),
    phase: fc.option(fc.constantFrom(...trackPhases)),
    sex: fc.constantFrom('female' as const, 'male' as const, 'unknown' as const),
    born: fc.option(fc.integer({ min: 1950, max: 2026 })),
    citizenship: fc.option(fc.constantFrom('AL', 'XK', 'MK', 'PH')),
    door: fc.option(fc.constantFrom('border', 'field', 'inspection', 'case')),
    structure: code,
    forms: fc.uniqueArray(fc.constantFrom(...Object.keys(exploitation), 'unknown'), { maxLength: 4 }),
    territory: fc.constantFrom('internal' as const, 'cross_border' as const, 'unknown' as const),
    prior: fc.boolean(),
    municipality: fc.option(fc.constantFrom('53', '10')),
    county: fc.option(fc.constantFrom('AL-11', 'AL-02')),
    openedOn: fc.option(day),
    steps: fc.array(step, { maxLength: 5 }),
    control: fc.uniqueArray(fc.constantFrom(...Object.values(controlOfElement)), { maxLength: 6 }),
    referrals: fc.array(
      fc.record({
        on: day,
        service: code,
        to: code,
        state: fc.constantFrom('SENT', 'IN_SERVICE', 'EXPIRED'),
      }),
      { maxLength: 4 },
    ),
    services: fc.array(
      fc.record({
        service: fc.constantFrom('legal', 'medical', 'education', 'food', 'vocational', 'material'),
        setting: fc.constantFrom('community', 'shelter'),
        from: day,
        until: fc.option(day),
      }),
      { maxLength: 5 },
    ),
    returns: fc.array(
      fc.record({
        direction: fc.constantFrom('in', 'out'),
        country: fc.constantFrom('IT', 'GR'),
        status: fc.constantFrom('NOTIFIED', 'RECEIVED'),
        on: fc.option(day),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ born, ...rest }) => ({
    ...rest,
    // No record of ours calls somebody grown up who was born less than eighteen years ago.
    subject: born !== null && born > 2008 ? ('child' as const) : rest.subject,
    bornFrom: born,
    bornTo: born,
  }))

const imported = (value: unknown) => {
  const read = readCase(value)
  const back = fromHtcds(read.value, today)
  return { ...back, faults: [...read.faults, ...back.faults], unknown: [...read.unknown, ...back.unknown] }
}

describe('the field list', () => {
  test('is the schema’s own', () => {
    expect([...sections]).toEqual(Object.keys(schema.$defs))
    for (const section of sections) {
      const properties = schema.$defs[section].properties as Record<
        string,
        { type: string; format?: string; enum?: string[]; items?: { enum?: string[] } }
      >
      expect(Object.keys(htcdsFields[section]), section).toEqual(Object.keys(properties))
      for (const [name, said] of Object.entries(properties))
        expect(htcdsFields[section][name], `${section}.${name}`).toEqual({
          kind:
            said.format === 'date'
              ? 'date'
              : said.type === 'array'
                ? 'list'
                : said.type === 'string'
                  ? 'text'
                  : said.type,
          codes: said.enum ?? said.items?.enum ?? null,
        })
    }
  })
  test('knows both spellings of the means of control', () => {
    const prefixed = [
      'DebtBondage',
      'TakesEarnings',
      'RestrictsFinancialAccess',
      'Threats',
      'PsychologicalAbuse',
      'PhysicalAbuse',
      'SexualAbuse',
      'FalsePromises',
      'PsychoactiveSubstances',
      'RestrictsMovement',
      'RestrictsMedicalCare',
      'ExcessiveWorkingHours',
      'UsesChildren',
      'ThreatOfLawEnforcement',
      'WithholdsNecessities',
      'WithholdsDocuments',
      'Other',
    ]
    const codes = htcdsFields.vic.MethodsOfControl!.codes!
    for (const one of prefixed) expect(codes, one).toContain(controlCode(`MethodsOfControl${one}`))
    for (const one of codes) expect(controlCode(one)).toBe(one)
    expect(Object.values(controlOfElement).every((one) => codes.includes(one))).toBe(true)
    expect(Object.keys(formOfExploitation).toSorted()).toEqual(
      htcdsFields.vic.TypeOfExploitation!.codes!.toSorted(),
    )
  })
})

describe('a record of ours', () => {
  test('is valid against the schema, and comes back as it was', () => {
    fc.assert(
      fc.property(record, (one) => {
        const out = toHtcds(one)
        expect(faultsOf(out)).toEqual([])
        const back = imported(JSON.parse(JSON.stringify(out)))
        expect(back.faults).toEqual([])
        expect(back.unknown).toEqual([])
        expect(back.record).toEqual(one)
        expect(toHtcds(back.record)).toEqual(out)
      }),
      { numRuns: 300 },
    )
  })
  test('the same by way of CSV, however many', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 4 }), (many) => {
        const out = many.map(toHtcds)
        const rows = parseCsv(writeCsv(out), 10)
        expect(rows).not.toBeNull()
        expect(casesOfCsv(rows!).map((one) => toHtcds(imported(one).record))).toEqual(out)
      }),
      { numRuns: 200 },
    )
  })
  test('names nobody', () => {
    fc.assert(
      fc.property(record, (one) => {
        const { prs = {} } = toHtcds(one)
        expect(Object.keys(prs).every((name) => ['Gender', 'Citizenship'].includes(name))).toBe(true)
      }),
    )
  })
})

describe('somebody else’s record', () => {
  const foreign = {
    id: 'IOM-7',
    prs: { Gender: 'Feminine', Birthdate: '1994-03-02', Citizenship: ['PH'] },
    vic: {
      TraffickingStatus: 'ActualVictimOfTrafficking',
      TraffickingStatusDecisionMakingOrg: 'Police',
      TypeOfExploitation: ['ForcedLabour'],
      MethodsOfControl: ['MethodsOfControlDebtBondage', 'MethodsOfControlThreats', 'WithholdsDocuments'],
    },
    cas: { Status: 'Active', IncomingReferralDate: '2026-10-01' },
  }
  test('is read in our words', () => {
    const { record: one, faults, unknown } = imported(foreign)
    expect(faults).toEqual([])
    expect(unknown).toEqual([])
    expect(one).toMatchObject({
      subject: 'adult',
      status: 'vt',
      sex: 'female',
      citizenship: 'PH',
      forms: ['labour'],
      control: ['DebtBondage', 'PhysicalThreats', 'WithholdsDocuments'],
      openedOn: '2026-10-01',
    })
  })
  test.each([
    [
      { ...foreign, vic: { ...foreign.vic, TypeOfExploitation: ['Piracy'] } },
      'vic.TypeOfExploitation',
      'unknown_code',
    ],
    [
      { ...foreign, vic: { ...foreign.vic, TraffickingStatus: 'Perhaps' } },
      'vic.TraffickingStatus',
      'unknown_code',
    ],
    [{ ...foreign, prs: { ...foreign.prs, ShoeSize: '42' } }, 'prs.ShoeSize', 'unknown_field'],
    [{ ...foreign, pqr: {} }, 'pqr', 'unknown_field'],
  ])('what the standard does not know is listed: %#', (given, path, why) => {
    const read = readCase(given)
    expect(read.faults).toEqual([])
    expect(read.unknown).toMatchObject([{ path, code: why }])
    expect(faultsOf(read.value)).toEqual([])
  })
  test.each([
    [{ ...foreign, id: undefined }, 'id', 'required'],
    [{ ...foreign, id: '=cmd|1' }, 'id', 'wrong_type'],
    [{ ...foreign, prs: { Birthdate: '2026-02-30' } }, 'prs.Birthdate', 'impossible_date'],
    [{ ...foreign, prs: { Birthdate: '1899-12-31' } }, 'prs.Birthdate', 'impossible_date'],
    [{ ...foreign, prs: { Birthdate: '2027-01-01' } }, 'prs.Birthdate', 'impossible_date'],
    [{ ...foreign, prs: { Gender: 7 } }, 'prs.Gender', 'wrong_type'],
    [{ ...foreign, prs: [] }, 'prs', 'wrong_type'],
    [{ ...foreign, prs: { FirstName: 'x'.repeat(3000) } }, 'prs.FirstName', 'too_long'],
    [{ ...foreign, spl: {} }, 'spl', 'wrong_type'],
    [{ ...foreign, vic: {} }, 'vic.TraffickingStatus', 'required'],
    [{ ...foreign, 'x-mburoja': { v: 1 } }, 'x-mburoja.forms', 'wrong_type'],
    ['a line', '', 'wrong_type'],
    [null, '', 'wrong_type'],
  ])('what is malformed is never loaded: %#', (given, path, why) => {
    expect(imported(given).faults).toContainEqual({ path, code: why })
  })
  test('a field changed beside ours is a contradiction, not a silent choice', () => {
    fc.assert(
      fc.property(record, (one) => {
        const out = toHtcds(one)
        const other =
          out.vic!.TraffickingStatus === 'NotAVictimOfTrafficking'
            ? 'ActualVictimOfTrafficking'
            : 'NotAVictimOfTrafficking'
        const changed = { ...out, vic: { ...out.vic, TraffickingStatus: other } }
        expect(imported(changed).faults).toContainEqual({
          path: 'vic.TraffickingStatus',
          code: 'contradiction',
        })
      }),
    )
  })
  test('a child is not taken for grown up because the file says so, nor does a day of it lie ahead', () => {
    fc.assert(
      fc.property(record, fc.integer({ min: 2009, max: 2026 }), (one, born) => {
        const out = toHtcds({ ...one, subject: 'adult', bornFrom: born, bornTo: born })
        expect(imported(out).faults).toContainEqual({ path: 'x-mburoja.subject', code: 'contradiction' })
        const said = toHtcds({ ...one, subject: 'adult', bornFrom: null, bornTo: null })
        expect(imported({ ...said, prs: { ...said.prs, Birthdate: `${born}-01-01` } }).faults).toContainEqual(
          {
            path: 'x-mburoja.subject',
            code: 'contradiction',
          },
        )
        expect(imported(toHtcds({ ...one, openedOn: '2026-11-25' })).faults).toContainEqual({
          path: 'x-mburoja.openedOn',
          code: 'impossible_date',
        })
        expect(imported(toHtcds({ ...one, bornFrom: 2027, bornTo: 2027 })).faults).toContainEqual({
          path: 'x-mburoja.bornFrom',
          code: 'impossible_date',
        })
      }),
    )
  })
  test('nothing that can be said in JSON makes it fall over', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (any, part) => {
        const tries: unknown[] = [any, { id: 'a', prs: part, vic: part, spl: part, 'x-mburoja': part }]
        for (const one of tries) {
          const back = imported(one)
          expect(faultsOf(readCase(one).value)).toEqual([])
          expect(Array.isArray(back.faults)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('CSV', () => {
  test('no cell is a formula, whatever a field says', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('=1+1', '+A1', '-2', '@x', "'=1", '\t=1', 'a,"b"\r\n=2'),
    )
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (said) => {
        const out = said.map((FirstName, n) => ({ id: `a${n}`, prs: { FirstName } }))
        const rows = parseCsv(writeCsv(out), 10)!
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
        const at = csvColumns.indexOf('prs_FirstName')
        expect(rows).toHaveLength(said.length + 1)
        expect(
          casesOfCsv(rows).map((one) => (one as { prs?: { FirstName?: string } }).prs?.FirstName ?? ''),
        ).toEqual(said)
        expect(rows[0]![at]).toBe('prs_FirstName')
      }),
    )
  })
  test('an open quotation mark is no file; a row without end neither', () => {
    expect(parseCsv('id\n"a', 10)).toBeNull()
    expect(parseCsv(','.repeat(600), 10)).toBeNull()
  })
})
