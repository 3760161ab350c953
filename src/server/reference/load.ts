/** Brings the database's reference data up to the shipped files. Loading twice changes nothing. */
import { loadPlans } from '../action-plan/load.ts'
import { forgetLaw } from '../clock/law.ts'
import type { Context } from '../context.ts'
import { formTables } from '../form/shipped.ts'
import { loadIndicators } from '../indicator/load.ts'
import { learningTables } from '../learning/load.ts'
import { systemTx } from '../tx.ts'
import { bodyPlans } from './body-plans.ts'
import { directoryTables } from './directory.ts'
import {
  readBorderCrossings,
  readConcernGroups,
  readCounties,
  readHolidays,
  readInstitutions,
  readMunicipalities,
  readRuleSets,
} from './files.ts'
import { type Table, upsert } from './upsert.ts'

/** Rows inserted or changed, by table. */
export type Loaded = Readonly<Record<string, number>>

const tables = (bodies: boolean): Table[] => {
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
      table: 'concern_group',
      key: ['concern'],
      columns: { concern: 'text', name: 'text' },
      when: 'follow',
      rows: readConcernGroups(),
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
    ...directoryTables(),
    ...learningTables(),
    ...formTables(),
  ]
}

/** `bodies: false` leaves institutions and units out: tests bring a small cast of their own. */
export const loadReference = async (
  ctx: Context,
  { bodies = true }: { readonly bodies?: boolean } = {},
): Promise<Loaded> => {
  const loaded = await systemTx(ctx, 'owner', 'load reference data', async (tx) => {
    const counts: Record<string, number> = {}
    for (const table of tables(bodies)) counts[table.table] = await upsert(tx, table)
    // Records are counted by the group of their concerns: another grouping, another count.
    if (counts.concern_group !== 0) await tx.sql('select rollup_rebuild()')
    return { ...counts, ...(await loadPlans(tx)), ...(await loadIndicators(tx)) }
  })
  forgetLaw()
  return loaded
}
