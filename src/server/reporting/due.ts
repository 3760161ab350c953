/** The recurring job opens each report that fell due, for each author. However often it runs, each is opened once. */
import { ruleSetOn } from '#domain/clock/rule.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { type PlanSpan, reportsDue } from '#domain/reporting/calendar.ts'
import { getLaw } from '../clock/law.ts'
import type { Context } from '../context.ts'
import { uuidv7 } from '../ids.ts'
import { systemTx, type Tx } from '../tx.ts'
import { type ReportSpec, reportSpecs } from './specs.ts'

export interface Author {
  readonly bodyCode: string
  readonly institutionId: Uuid
  readonly unitId: Uuid | null
  readonly county: string | null
}

/** Institutions that owe this report: one each, whatever number of activities names them. */
export const authorsOf = (tx: Pick<Tx, 'sql'>, spec: ReportSpec, planId: Uuid | null): Promise<Author[]> =>
  tx.sql<Author>(
    `select min(a.body_code) as "bodyCode", a.institution_id as "institutionId", a.unit_id as "unitId", a.county
     from plan_author a
     where case when $1::text[] is null
       then a.body_code in (select r.code from action_plan_responsible r join action_plan p
         on p.id = r.plan_id and p.current_version = r.plan_version where p.id = $2)
       else a.body_code = any ($1) end
     group by a.institution_id, a.unit_id, a.county order by 1, 2`,
    [spec.authors === 'responsible' ? null : spec.authors, planId],
  )

export interface Opening extends Author {
  readonly kind: string
  readonly rule: string
  readonly planId: Uuid | null
  readonly from: Day
  readonly to: Day
  readonly dueOn: Day
}

const insert = `insert into plan_report (id, kind, rule, plan_id, body_code, institution_id, unit_id, county, period_from, period_to,
    due_on, opened_at)
  select r.id, r.kind, r.rule, r."planId", r."bodyCode", r."institutionId", r."unitId", r.county, r."from", r."to", r."dueOn", $2
  from jsonb_to_recordset($1::jsonb) as r (id uuid, kind text, rule text, "planId" uuid, "bodyCode" text, "institutionId" uuid,
    "unitId" uuid, county text, "from" date, "to" date, "dueOn" date)
  on conflict do nothing returning id`

/** Puts the reports in as due; those that stand already are left alone. Returns the ids put in. */
export const putDue = async (
  tx: Pick<Tx, 'sql' | 'now'>,
  openings: readonly Opening[],
  first?: Uuid,
): Promise<Uuid[]> => {
  if (openings.length === 0) return []
  const rows = openings.map((one, at) => ({ id: at === 0 && first !== undefined ? first : uuidv7(), ...one }))
  const put = await tx.sql<{ id: Uuid }>(insert, [JSON.stringify(rows), tx.now])
  return put.map((row) => row.id)
}

export const keepReports = (ctx: Context): Promise<{ opened: number }> =>
  systemTx(ctx, 'jobs', 'reports: open what fell due', async (tx) => {
    const today = tiranaDay(tx.now)
    await tx.sql('insert into reporting_start (since) values ($1) on conflict do nothing', [today])
    const [start] = await tx.sql<{ since: Day }>('select since from reporting_start')
    const plans = await tx.sql<PlanSpan & { id: Uuid }>(
      `select id, period_from as "from", period_to as "to",
         coalesce((approved_at at time zone 'Europe/Tirane')::date, period_from) as "approvedOn"
       from action_plan where kind = 'national' and current_version > 0 and period_from is not null and period_to is not null`,
    )
    const { sets } = await getLaw(tx)
    let opened = 0
    for (const spec of reportSpecs())
      for (const plan of spec.of === 'plan' ? plans : [null]) {
        const rule = ruleSetOn(sets, today)?.rules.find((one) => one.code === spec.rule && one.enabled)
        if (rule === undefined) continue
        const due = reportsDue(spec.every, rule, plan, start!.since, today)
        if (due.length === 0) continue
        const authors = await authorsOf(tx, spec, plan?.id ?? null)
        const openings = due.flatMap((one) =>
          authors.map((author) => ({
            ...author,
            ...one,
            kind: spec.kind,
            rule: spec.rule,
            planId: plan?.id ?? null,
          })),
        )
        opened += (await putDue(tx, openings)).length
      }
    return { opened }
  })
