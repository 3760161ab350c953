/** Brings the database's reference data up to the shipped files. Loading twice changes nothing. */
import { forgetLaw } from '../clock/law.ts'
import type { Context } from '../context.ts'
import { systemTx, type Tx } from '../tx.ts'
import { bodyPlans } from './body-plans.ts'
import {
  readBorderCrossings,
  readCounties,
  readHolidays,
  readInstitutions,
  readMunicipalities,
  readRuleSets,
} from './files.ts'

/** Rows inserted or changed, by table. */
export type Loaded = Readonly<Record<string, number>>

export interface Plan {
  readonly table: string
  readonly key: readonly string[]
  readonly columns: Readonly<Record<string, string>>
  /** `follow` the file; `keep` what an administrator changed; `until` follows as long as this holds of the row. */
  readonly when: 'follow' | 'keep' | { readonly until: string }
  readonly rows: readonly object[]
}

/** One statement a table: rows as JSON, changed ones only, and how many those were. */
const upsert = async (tx: Tx, { table, key, columns, when, rows }: Plan): Promise<number> => {
  const names = Object.keys(columns)
  const others = names.filter((name) => !key.includes(name))
  const tuple = (from: string) => `(${others.map((name) => `${from}.${name}`).join(', ')})`
  const conflict =
    when === 'keep'
      ? 'do nothing'
      : `do update set ${others.map((name) => `${name} = excluded.${name}`).join(', ')}
         where ${tuple(table)} is distinct from ${tuple('excluded')}${when === 'follow' ? '' : ` and ${when.until}`}`
  const result = await tx.sql<{ n: number }>(
    `with changed as (
       insert into ${table} (${names.join(', ')})
       select ${names.join(', ')} from jsonb_to_recordset($1::jsonb) as r (${names.map((name) => `${name} ${columns[name]}`).join(', ')})
       on conflict (${key.join(', ')}) ${conflict} returning 1)
     select count(*)::int as n from changed`,
    [JSON.stringify(rows)],
  )
  return result[0]!.n
}

const plans = (bodies: boolean): Plan[] => {
  const institutions = bodies ? readInstitutions() : []
  const sets = readRuleSets()
  return [
    {
      table: 'county',
      key: ['code'],
      columns: { code: 'text', name: 'text', nuts3: 'text' },
      when: 'follow',
      rows: readCounties(),
    },
    {
      table: 'municipality',
      key: ['code'],
      columns: {
        code: 'text',
        short_code: 'text',
        name: 'text',
        alt_names: 'text[]',
        seat: 'text',
        county: 'text',
        lau: 'text',
        lon: 'double precision',
        lat: 'double precision',
        area_km2: 'double precision',
        population: 'integer',
      },
      when: 'follow',
      rows: readMunicipalities().map((m) => ({
        ...m,
        short_code: m.shortCode,
        alt_names: m.altNames,
        area_km2: m.areaKm2,
        population: m.population2019,
      })),
    },
    {
      table: 'border_crossing',
      key: ['id'],
      columns: {
        id: 'text',
        name: 'text',
        other_side: 'text',
        neighbour: 'text',
        kind: 'text',
        status: 'text',
        main: 'boolean',
        lon: 'double precision',
        lat: 'double precision',
        municipality: 'text',
      },
      when: 'follow',
      rows: readBorderCrossings().map((c) => ({ ...c, other_side: c.otherSide })),
    },
    {
      table: 'holiday',
      key: ['day', 'name_en'],
      columns: {
        day: 'date',
        name_sq: 'text',
        name_en: 'text',
        kind: 'text',
        effective_from: 'date',
        confirmed: 'boolean',
        source: 'text',
      },
      when: { until: 'not holiday.confirmed and not holiday.struck' },
      rows: readHolidays().map((h) => ({
        ...h,
        name_sq: h.nameSq,
        name_en: h.nameEn,
        effective_from: h.effectiveFrom,
      })),
    },
    {
      table: 'rule_set',
      key: ['id'],
      columns: { id: 'text', name: 'text', effective_from: 'date' },
      when: 'follow',
      rows: sets.map((s) => ({ id: s.id, name: s.name, effective_from: s.effectiveFrom })),
    },
    {
      table: 'rule',
      key: ['rule_set', 'code'],
      columns: {
        rule_set: 'text',
        code: 'text',
        name: 'text',
        trigger_said: 'text',
        action_said: 'text',
        actor_said: 'text',
        amount: 'integer',
        unit: 'text',
        owner_role: 'text',
        warn_at: 'smallint',
        escalation: 'jsonb',
        enabled: 'boolean',
        verification: 'text',
        verification_said: 'text',
        legal_source: 'text',
      },
      when: { until: 'rule.confirmed_on is null' },
      rows: sets.flatMap((s) =>
        s.rules.map((r) => ({
          ...r,
          rule_set: s.id,
          trigger_said: r.trigger,
          action_said: r.action,
          actor_said: r.actor,
          owner_role: r.ownerRole,
          warn_at: r.warnAt,
          verification_said: r.verificationSaid,
          legal_source: r.legalSource,
        })),
      ),
    },
    {
      table: 'institution',
      key: ['id'],
      columns: { id: 'uuid', kind: 'text', name_sq: 'text', name_en: 'text' },
      when: 'keep',
      rows: institutions.map((i) => ({ id: i.id, kind: i.kind, name_sq: i.nameSq, name_en: i.nameEn })),
    },
    {
      table: 'unit',
      key: ['id'],
      columns: {
        id: 'uuid',
        institution_id: 'uuid',
        kind: 'text',
        name_sq: 'text',
        name_en: 'text',
        municipality: 'text',
        county: 'text',
        phone: 'text',
      },
      when: 'keep',
      rows: institutions.flatMap((i) =>
        i.units.map((u) => ({ ...u, institution_id: i.id, name_sq: u.nameSq, name_en: u.nameEn })),
      ),
    },
    ...bodyPlans(),
  ]
}

/** `bodies: false` leaves institutions and units out: tests bring a small cast of their own. */
export const loadReference = async (
  ctx: Context,
  { bodies = true }: { readonly bodies?: boolean } = {},
): Promise<Loaded> => {
  const loaded = await systemTx(ctx, 'owner', 'load reference data', async (tx) => {
    const counts: Record<string, number> = {}
    for (const plan of plans(bodies)) counts[plan.table] = await upsert(tx, plan)
    return counts
  })
  forgetLaw()
  return loaded
}
