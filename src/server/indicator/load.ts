/** The catalogue of indicators as shipped: what the plans print, joined to the rows of the plans. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { readBodies } from '../action-plan/bodies.ts'
import { referencePath } from '../reference/files.ts'
import { type Table, upsert } from '../reference/upsert.ts'
import type { Tx } from '../tx.ts'

const text = (file: string): string => readFileSync(referencePath(file), 'utf8')

/** Records of a CSV file whose quoted fields may hold commas and doubled quotes, never a line break. */
export const readCsv = (content: string): Record<string, string>[] => {
  const lines = content.trim().split(/\r?\n/)
  const cellsOf = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      (found) => found[1]?.replaceAll('""', '"') ?? found[2] ?? '',
    )
  const names = cellsOf(lines[0] ?? '')
  return lines.slice(1).map((line) => {
    const cells = cellsOf(line)
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))
  })
}

const Links = z.record(z.string(), z.strictObject({ uid: z.string(), sq: z.string().optional() }))
const Core = z.array(
  z.strictObject({
    id: z.string(),
    wordingEn: z.string(),
    wordingSq: z.string(),
    unit: z.string(),
    computation: z.string(),
    source: z.string(),
  }),
)
const Baselines = z.array(
  z.strictObject({
    id: z.string(),
    indicatorId: z.string().nullable(),
    kind: z.enum(['baseline', 'target']),
    value: z.number(),
    bound: z.enum(['exactly', 'at_least', 'at_most', 'change']),
    unit: z.string(),
    period: z.string(),
    subjectSq: z.string(),
    subjectEn: z.string(),
    source: z.string(),
  }),
)

const planOf: Readonly<Record<string, string>> = {
  '000': 'framework-economic-exploitation-2018',
  '001': 'project-safety-net',
  '002': 'nap-children-2008-2010',
  '003': 'programme-child-protection-2022-2024',
  '004': 'nap-2018-2020',
}
/** How the catalogue writes some bodies that plans write otherwise; `*` is everybody. */
const otherNames: Readonly<Record<string, string>> = {
  municipalities: 'Bashkitë',
  'local government': 'Bashkitë',
  MPCSSHB: 'MPÇSSHB',
  'DKM/PSH': 'PSH',
  'School of Magistrates': 'Shkolla e Magjistraturës',
  shelters: 'Qendrat pritëse',
  SHCBA: 'SHÇBA',
  courts: 'Gjykatat',
  'NRM TF': 'TF e MKR-së',
  NRM: 'MKR',
  MTM: 'Ministria e Turizmit dhe Mjedisit',
  'Police Academy': 'Akademia e Policisë',
  'Security Academy': 'Akademia e Sigurisë',
  'Labour inspectorate': 'ISHPSHSH',
  'DAR/ZA': 'DAR ZA',
  NVNR: 'Njësitë e Vetëqeverisjes Vendore',
  'IT DPPSH': 'DPPSH',
  'line ministries': 'Ministritë e Linjës',
  ministries: 'Ministritë e Linjës',
  'MFE/SHKP': 'SHKP',
  'field teams': 'Bashkitë',
  'Health centres': 'Qendrat shëndetësore',
}

const kindOf = (mode: string): string =>
  mode === 'AUTO' || mode === 'REG' ? 'counted' : mode === 'EXT' ? 'external' : 'collected'
const parts = (said: string): string[] =>
  said
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '')

const catalogue = (): object[] => {
  const links = Links.parse(JSON.parse(text('indicator-links.json')))
  const bodies = new Map(
    readBodies().flatMap((body) => [body.code, ...body.aliases].map((name) => [name, body.code] as const)),
  )
  const reporter = (name: string): string =>
    name.startsWith('all') ? '*' : (bodies.get(otherNames[name] ?? name) ?? name)
  const printed = readCsv(text('indicators.csv')).map((row, at) => {
    const { id = '', seed = '', ref = '' } = row
    const link = links[id]
    return {
      id,
      ordinal: at + 1,
      plan: planOf[seed],
      pillar:
        /^(PROS|PROT|PREV|COOR|PLAN|MON)\b/.exec(ref)?.[1] ?? (seed === '000' ? ref.split('.')[0] : ref),
      level: row.level,
      node_ref: ref,
      node_uid: link?.uid ?? null,
      wording_en: row.wording_en,
      wording_sq: link?.sq ?? null,
      unit: row.unit,
      disaggregations: parts(row.disaggregations ?? ''),
      source_said: row.data_source_records,
      mode: row.collect_mode,
      kind: kindOf(row.collect_mode ?? ''),
      frequency: row.frequency,
      reporters: [...new Set(parts(row.who_reports ?? '').map(reporter))],
      note: row.target_baseline_note,
      computation: row.computation,
    }
  })
  const core = Core.parse(JSON.parse(text('indicator-core.json'))).map((one, at) => ({
    id: one.id,
    ordinal: 10_000 + at,
    plan: 'core',
    pillar: 'CORE',
    level: 'core formula',
    node_ref: `CORE-${at + 1}`,
    node_uid: null,
    wording_en: one.wordingEn,
    wording_sq: one.wordingSq,
    unit: one.unit,
    disaggregations: [],
    source_said: one.source,
    mode: 'AUTO',
    kind: 'counted',
    frequency: 'quarterly',
    reporters: [],
    note: '',
    computation: one.computation,
  }))
  return [...printed, ...core]
}

const tables = (): Table[] => [
  {
    table: 'indicator',
    key: ['id'],
    columns: {
      id: 'text',
      ordinal: 'integer',
      plan: 'text',
      pillar: 'text',
      level: 'text',
      node_ref: 'text',
      node_uid: 'text',
      wording_en: 'text',
      wording_sq: 'text',
      unit: 'text',
      disaggregations: 'text[]',
      source_said: 'text',
      mode: 'text',
      kind: 'text',
      frequency: 'text',
      reporters: 'text[]',
      note: 'text',
      computation: 'text',
    },
    when: 'follow',
    rows: catalogue(),
  },
  {
    table: 'indicator_baseline',
    key: ['id'],
    columns: {
      id: 'text',
      indicator_id: 'text',
      kind: 'text',
      value: 'numeric',
      bound: 'text',
      unit: 'text',
      period: 'text',
      subject_sq: 'text',
      subject_en: 'text',
      source: 'text',
    },
    when: 'follow',
    rows: Baselines.parse(JSON.parse(text('indicator-baselines.json'))).map((one) => ({
      ...one,
      indicator_id: one.indicatorId,
      subject_sq: one.subjectSq,
      subject_en: one.subjectEn,
    })),
  },
]

/** Loads or brings up to date; loading twice changes nothing. */
export const loadIndicators = async (tx: Tx): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const table of tables()) counts[table.table] = await upsert(tx, table)
  return counts
}
