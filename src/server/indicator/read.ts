/** Reading the catalogue: rows of plans with what the register knows of each. */
import type { z } from 'zod'
import type { Uuid } from '#domain/core.ts'
import { spans } from '#domain/indicator/period.ts'
import {
  IndicatorList,
  IndicatorPage,
  IndicatorPath,
  type IndicatorRow,
  ListIndicators,
} from '#wire/indicator.ts'
import type { Language } from '#wire/words/index.ts'
import { endpoint } from '../endpoint.ts'
import { invalid, notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { liveIndicators, queryOf } from './queries/index.ts'
import { waitsInstead } from './queries/waiting.ts'

export interface Stored {
  readonly id: string
  readonly ordinal: number
  readonly plan: string
  readonly pillar: string
  readonly level: string
  readonly nodeRef: string
  readonly nodeUid: string | null
  readonly wordingEn: string
  readonly wordingSq: string | null
  readonly unit: string
  readonly disaggregations: string[]
  readonly source: string
  readonly mode: string
  readonly kind: 'counted' | 'collected' | 'external'
  readonly frequency: string
  readonly reporters: string[]
  readonly note: string
  readonly computation: string
}
const columns = `id, ordinal, plan, pillar, level, node_ref as "nodeRef", node_uid as "nodeUid", wording_en as "wordingEn",
  wording_sq as "wordingSq", unit, disaggregations, source_said as source, mode, kind, frequency, reporters, note, computation`

/**
 * Kinds of record that a source names: `Referral(to=prosecution); DisclosureLog` are Referral and DisclosureLog. Where it
 * names none, its own words.
 */
export const recordKinds = (said: string): string[] => {
  const named = [...said.matchAll(/\b([A-Z][A-Za-z]+)\b(?=\s*(?:[;.(,]|->|$))/g)].map((found) => found[1]!)
  return named.length === 0 ? [said] : [...new Set(named)]
}

export const rowOf = (row: Stored, language: Language): IndicatorRow => {
  const query = queryOf(row.id)
  const state = query !== undefined ? 'live' : row.kind === 'counted' ? 'waiting' : 'entered'
  const albanian = language === 'sq' && row.wordingSq !== null
  return {
    id: row.id,
    plan: row.plan,
    pillar: row.pillar,
    level: row.level,
    nodeRef: row.nodeRef,
    nodeUid: row.nodeUid,
    wording: albanian ? (row.wordingSq ?? row.wordingEn) : row.wordingEn,
    wordingIn: albanian ? 'sq' : 'en',
    unit: row.unit,
    frequency: row.frequency,
    reporters: row.reporters,
    kind: row.kind,
    state,
    waitsFor: state === 'waiting' ? [...(waitsInstead[row.id] ?? recordKinds(row.source))] : [],
    operational: query?.operational === true,
  }
}

const like = (words: string): string => `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

export const listIndicators = endpoint({
  method: 'GET',
  url: '/api/indicators',
  wire: {
    summary: 'The indicators of the plans: wording, unit, who reports, and whether the register counts them',
    query: ListIndicators,
    reply: IndicatorList,
  },
  handle: async (tx, { query, identity }) => {
    const after = query.cursor === undefined ? 0 : Number(query.cursor)
    if (!Number.isSafeInteger(after) || after < 0 || after > 1_000_000)
      throw invalid({ field: 'query.cursor', code: 'bad_format' })
    const words = query.q === undefined || query.q === '' ? null : like(query.q)
    const filter = `($1::text is null or plan = $1) and ($2::text is null or pillar = $2) and ($3::text is null or kind = $3)
      and ($4::text is null or wording_en ilike $4 or wording_sq ilike $4 or id ilike $4 or node_ref ilike $4)
      -- The core formulas are no plan's: they are asked for by name.
      and ($1::text is not null or plan <> 'core')`
    const state = `case when id = any ($5) then 'live' when kind = 'counted' then 'waiting' else 'entered' end`
    const values = [query.plan ?? null, query.pillar ?? null, query.kind ?? null, words, liveIndicators]
    const [rows, counted] = await Promise.all([
      tx.sql<Stored>(
        `select ${columns} from indicator where ${filter} and ($6::text is null or ${state} = $6) and ordinal > $7
         order by ordinal limit $8`,
        [...values, query.state ?? null, after, query.limit + 1],
      ),
      tx.sql<{ state: 'live' | 'waiting' | 'entered'; n: number }>(
        `select ${state} as state, count(*)::int as n from indicator where ${filter} group by 1`,
        values,
      ),
    ])
    const shown = rows.slice(0, query.limit)
    const last = shown.at(-1)
    const of = (name: string) => counted.find((one) => one.state === name)?.n ?? 0
    const counts = { live: of('live'), waiting: of('waiting'), entered: of('entered') }
    return {
      items: shown.map((row) => rowOf(row, identity.language)),
      next: rows.length > query.limit && last !== undefined ? String(last.ordinal) : null,
      counts: { all: counts.live + counts.waiting + counts.entered, ...counts },
    }
  },
})

export const findIndicator = async (tx: Tx, id: string): Promise<Stored> => {
  const [row] = await tx.sql<Stored>(`select ${columns} from indicator where id = $1`, [id])
  if (row === undefined) throw notFound()
  return row
}

/** Is the actor's institution named among those that report it? */
export const isTheirs = async (tx: Tx, row: Pick<Stored, 'reporters'>): Promise<boolean> => {
  if (row.reporters.includes('*')) return true
  const bodies = await tx.sql<{ code: string }>('select my_plan_bodies() as code')
  return bodies.some(({ code }) => row.reporters.includes(code))
}

const withCases = ['cpw', 'cpu_head', 'municipal_director', 'responsible_authority', 'state_agency']
const ofCases = ['Case', 'IdentificationRecord', 'ServiceDelivery', 'ProtectionMeasure', 'FollowUp']

type Entered = z.input<typeof IndicatorPage>['values'][number] & { institutionId: Uuid }

export const readIndicator = endpoint({
  method: 'GET',
  url: '/api/indicators/{id}',
  wire: {
    summary:
      'One indicator: where its figures come from, what it starts from and aims at, figures entered and frozen',
    params: IndicatorPath,
    reply: IndicatorPage,
  },
  handle: async (tx, { params, identity }) => {
    const row = await findIndicator(tx, params.id)
    const language = identity.language
    const query = queryOf(row.id)
    const [theirs, baselines, values, frozen, surveys] = await Promise.all([
      isTheirs(tx, row),
      tx.sql<IndicatorPage['baselines'][number]>(
        `select kind, value, bound, unit, period, case $2 when 'sq' then subject_sq else subject_en end as subject, source
         from indicator_baseline where indicator_id = $1 order by id`,
        [row.id, language],
      ),
      tx.sql<Entered>(
        `select v.id, v.version, v.kind, v.period_from as "from", v.period_to as "to", v.value, v.unit, v.breakdown, v.evidence, v.reason,
           v.institution_id as "institutionId", case $2 when 'sq' then i.name_sq else i.name_en end as institution,
           u.display_name as "recordedBy", v.recorded_at as "recordedAt",
           (select jsonb_build_object('id', s.id, 'wave', w.ordinal, 'answered', w.answered) from survey_wave w join survey s on s.id = w.survey_id
             where w.id = v.wave_id) as survey
         from indicator_value v join institution i on i.id = v.institution_id join app_user u on u.id = v.recorded_by
         where v.indicator_id = $1 and v.stands order by v.period_from desc, i.name_sq limit 100`,
        [row.id, language],
      ),
      tx.sql<IndicatorPage['frozen'][number]>(
        `select f.report_id as "reportId", f.edition, f.period_from as "from", f.period_to as "to", f.value, f.kind, f.query,
           f.query_version as "queryVersion", f.records, f.operational, u.display_name as "frozenBy", f.frozen_at as "frozenAt"
         from indicator_frozen f join app_user u on u.id = f.frozen_by where f.indicator_id = $1 order by f.frozen_at desc limit 50`,
        [row.id],
      ),
      tx.sql<{ id: Uuid; title: string }>(
        `select id, case $2 when 'sq' then title_sq else title_en end as title from survey where $1 = any (indicator_ids)
         order by created_at desc limit 20`,
        [row.id, language],
      ),
    ])
    const { role, institutionId } = identity.actor
    const mayCollect =
      query === undefined && role !== 'admin' && role !== 'dpo' && (theirs || role === 'coordinator')
    return {
      ...rowOf(row, language),
      wordingEn: row.wordingEn,
      disaggregations: row.disaggregations,
      source: row.source,
      computation: row.computation,
      note: row.note,
      mode: row.mode,
      query:
        query === undefined
          ? null
          : {
              code: query.code,
              version: query.version,
              unit: query.unit,
              definition: query.definition[language],
              restsOn: [...query.restsOn],
              splits: [...query.splits],
              spans: [...(query.periods ?? spans)],
            },
      baselines,
      values: values.map((one) => ({
        ...one,
        mine: mayCollect && one.institutionId === institutionId,
      })),
      frozen,
      surveys,
      mayCollect,
      cases:
        query !== undefined && withCases.includes(role) && query.restsOn.some((one) => ofCases.includes(one))
          ? ('/cases' as const)
          : null,
    }
  },
})
