/** The shipped files of one country, as they lie in `reference/<country>/`. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ruleUnits } from '#domain/clock/rule.ts'
import { roles } from '#domain/core.ts'

const directory = fileURLToPath(new URL('../../../reference/al/', import.meta.url))
export const referencePath = (file: string): string => `${directory}${file}`
const text = (file: string): string => readFileSync(referencePath(file), 'utf8')
const json = <S extends z.ZodType>(file: string, schema: S): z.output<S> =>
  schema.parse(JSON.parse(text(file)))

const County = z.strictObject({ code: z.string(), name: z.string(), nuts3: z.string() })
const Municipality = z.strictObject({
  code: z.string(),
  shortCode: z.string(),
  name: z.string(),
  altNames: z.array(z.string()),
  seat: z.string(),
  county: z.string(),
  lau: z.string(),
  lon: z.number(),
  lat: z.number(),
  areaKm2: z.number(),
  population2019: z.number(),
  wofId: z.number(),
})
const BorderCrossing = z.strictObject({
  id: z.string(),
  name: z.string(),
  otherSide: z.string().nullable(),
  neighbour: z.string().nullable(),
  kind: z.string(),
  status: z.string(),
  main: z.boolean(),
  lon: z.number(),
  lat: z.number(),
  municipality: z.string(),
})
const Unit = z.strictObject({
  id: z.guid(),
  /** Name by which tests and the demo find it, e.g. `cpu-53`. */
  code: z.string(),
  kind: z.string(),
  nameSq: z.string(),
  nameEn: z.string(),
  municipality: z.string().nullable(),
  county: z.string().nullable(),
  phone: z.string().nullable(),
})
const Institution = z.strictObject({
  id: z.guid(),
  code: z.string(),
  kind: z.string(),
  nameSq: z.string(),
  nameEn: z.string(),
  units: z.array(Unit),
})
const Rule = z.strictObject({
  code: z.string(),
  name: z.string(),
  trigger: z.string(),
  action: z.string(),
  actor: z.string(),
  amount: z.int(),
  unit: z.enum(ruleUnits),
  period: z.string().optional(),
  unitNote: z.string().optional(),
  note: z.string().optional(),
  ownerRole: z.enum(roles),
  warnAt: z.int(),
  escalation: z.array(z.strictObject({ role: z.enum(roles), afterHours: z.number() })),
  enabled: z.boolean(),
  verification: z.enum(['V', 'U', 'D']),
  verificationSaid: z.string(),
  legalSource: z.string(),
})
const RuleSet = z.strictObject({
  id: z.string(),
  name: z.string(),
  effectiveFrom: z.iso.date(),
  rules: z.array(Rule),
})

const Concerns = z.object({ concerns: z.array(z.object({ code: z.string(), group: z.string() })) })

export const readConcernGroups = () =>
  json('concerns.json', Concerns).concerns.map(({ code, group }) => ({ concern: code, name: group }))
export const readCounties = () => json('counties.json', z.array(County))
export const readMunicipalities = () => json('municipalities.json', z.array(Municipality))
export const readBorderCrossings = () => json('border-crossings.json', z.array(BorderCrossing))
export const readInstitutions = () => json('institutions.json', z.array(Institution))
export const readRuleSets = () => json('rules.json', z.array(RuleSet))

export interface HolidayRow {
  readonly day: string
  readonly nameSq: string
  readonly nameEn: string
  readonly kind: string
  readonly effectiveFrom: string
  readonly confirmed: boolean
  readonly source: string
}

/** Fields in double quotes may hold commas; no field holds a quote or a line break. */
export const readHolidays = (): HolidayRow[] =>
  text('holidays.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const cells = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((m) => m[1] ?? m[2] ?? '')
      const [day, nameSq, nameEn, kind, effectiveFrom, confirmed, source] = cells as [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
      ]
      return { day, nameSq, nameEn, kind, effectiveFrom, confirmed: confirmed === 'yes', source }
    })

let units: ReadonlyMap<string, z.output<typeof Unit> & { readonly institutionId: string }> | undefined
/** A shipped unit by its code (`cpu-53`, `shelter-vatra`, `state-agency`). Throws when there is none. */
export const referenceUnit = (code: string) => {
  units ??= new Map(
    readInstitutions().flatMap((institution) =>
      institution.units.map((unit) => [unit.code, { ...unit, institutionId: institution.id }] as const),
    ),
  )
  const unit = units.get(code)
  if (unit === undefined) throw new Error(`no unit ${code} in reference/al/institutions.json`)
  return unit
}
