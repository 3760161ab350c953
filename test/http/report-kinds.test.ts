/** Each kind of report tells what its rule asks for: sections of its own, in both languages, with figures where there are some. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { reportSpecs } from '#server/reporting/specs.ts'
import { systemTx } from '#server/tx.ts'
import { unitId } from '#test/cast.ts'
import { openFor } from './case-life.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const year = { from: '2019-01-01', to: '2019-12-31', dueOn: '2020-03-01' }
/** What each must have beyond the others: the heading in English. */
const mark: Readonly<Record<string, string>> = {
  institution_progress: 'Activities of the institution',
  agency_half_year: 'Work ahead: 01.01.2020 – 30.06.2020',
  work_plan: 'Work ahead: 01.01.2019 – 31.12.2019',
  costing: 'Money by source',
  plan_monitoring: 'Reports of institutions',
  midterm: 'Amendments of the plan',
  evaluation: 'Baselines and targets',
  ap_register: 'Potential and official victims',
  county_assessment: 'Situation by municipality',
  county_annual: 'Meetings of the bodies',
  national_assessment: 'Coverage on the last day of the period',
  sop_monitoring: 'How the standard procedures are kept',
  nrm_monitoring: 'How referral works',
  mobile_unit_evaluation: 'Mobile units and field teams',
  closed_cases: 'After the case was closed',
  office_annual: 'Work of the office',
  protection_exchange: 'Children in protection: figures',
  prime_minister: 'Implementation',
}

describe('the kinds of report', () => {
  const found = new Map<string, { id: string; headings: string }>()
  beforeAll(async () => {
    const { caseId } = await openFor(app, 'cpw-tirana')
    await app.db.admin(`update person_named set given_name = 'Zefirina', family_name = 'Tregushti'
      where id = (select person_id from case_file where id = '${caseId}')`)
    for (const { kind, of, every } of reportSpecs()) {
      const span = every === 'approval' ? { ...year, from: '2018-12-31', to: '2018-12-31' } : year
      await app.as('coordinator').command('plan_report.open', uuidv7(), {
        kind,
        ...(of === 'plan' ? { plan: 'nap-2018-2020' } : {}),
        ...span,
      })
      const { items } = (await app.as('coordinator').get(`/api/plan-reports?limit=1&kind=${kind}`)).body
      const [row] = items as unknown as Loose[]
      if (row !== undefined) found.set(kind, { id: String(row.id), headings: '' })
    }
    // The cast has nobody of the Ministry of Finance or the Police Directorate: the office writes theirs here.
    for (const [kind, like] of [
      ['costing', 'plan_monitoring'],
      ['closed_cases', 'office_annual'],
    ] as const) {
      const id = uuidv7()
      await systemTx(app.ctx, 'owner', 'test: a report of a body outside the cast', (tx) =>
        tx.sql(
          `insert into plan_report (id, kind, rule, plan_id, body_code, institution_id, unit_id, county, period_from, period_to, due_on,
             opened_at, status, edition, version)
           select $1, $2, rule, plan_id, body_code, institution_id, unit_id, county, period_from, period_to, due_on, opened_at, status, edition, version
           from plan_report where id = $3`,
          [id, kind, found.get(like)!.id],
        ),
      )
      found.set(kind, { id, headings: '' })
    }
  })

  test('each of the eighteen tells something of its own in both languages', async () => {
    expect([...found.keys()].toSorted()).toEqual(Object.keys(mark).toSorted())
    for (const [kind, report] of found) {
      for (const lang of ['sq', 'en'] as const) {
        const { status, body } = await app
          .as('coordinator')
          .get(`/api/plan-reports/${report.id}/document?lang=${lang}`)
        expect([kind, status]).toEqual([kind, 200])
        const said = JSON.stringify(body)
        // A key without its words would stand as itself.
        expect([kind, said.match(/"(?:reporting|execution|netPage|bodyPage|indicatorPage)\.\w+"/)]).toEqual([
          kind,
          null,
        ])
        // T0 and T1 only: no name, no code of a record, no key of one.
        expect([
          kind,
          said.match(
            /Zefirina|Tregushti|\b(?:TR|MKR|PP|RF|NJ)-\d{4}-\d{2,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/g,
          ),
        ]).toEqual([kind, null])
        const headings = body.sections!.map((one) => String(one.heading))
        if (lang === 'en') {
          expect([kind, headings]).toEqual([kind, expect.arrayContaining([mark[kind]])])
          report.headings = headings.join('\n')
        }
      }
    }
    const all = [...found.values()].map((one) => one.headings)
    expect(new Set(all).size).toBe(all.length)
  })

  test('closed proceedings are told by reason and stage, small figures hidden as the public may not see them', async () => {
    const closed = found.get('closed_cases')!.id
    const [span] = await app.db.admin<{ to: string }>(
      `select period_to::text as to from plan_report where id = '${closed}'`,
    )
    await app.db.admin(`insert into proceeding (id, code, version, origin, stage, stage_on, closed_from, closed_reason, act_from, office_unit,
        opened_by, opened_on, opened_at)
      select gen_random_uuid(), 'PP-2018-' || (1000 + n), 1, 'report', 'closed', '${span!.to}',
        case when n <= 12 then 'investigation' else 'trial' end,
        case when n <= 12 then 'dismissed_not_proven' when n <= 14 then 'acquitted' else 'joined' end,
        '2018-01-01', '${unitId('prosecution-tirana')}', gen_random_uuid(), '2018-01-02', now() from generate_series(1, 17) n`)
    const { body } = await app.as('coordinator').get(`/api/plan-reports/${closed}/document?lang=en`)
    const section = body.sections!.find((one) =>
      String(one.heading).startsWith('Closed proceedings'),
    ) as unknown as {
      tables: { columns: { head: string }[]; rows: (string | number | null)[][] }[]
    }
    const [table] = section.tables
    const at = (head: string) => table!.columns.findIndex((one) => one.head === head)
    const row = (reason: string) => table!.rows.find(([first]) => first === reason)!
    expect(row('Dismissed: not proven')[at('Investigation')]).toBe(12)
    expect(row('Acquitted by final judgment')[at('Trial')]).toBeNull()
    expect(row('Joined to another proceeding')[at('Trial')]).toBeNull()
    expect(JSON.stringify(table!.rows)).not.toMatch(/[,[][1-9][,\]]/)
  })

  test('money by source sums to what the plan prints; institutions share activities', async () => {
    const { body } = await app
      .as('coordinator')
      .get(`/api/plan-reports/${found.get('evaluation')!.id}/document?lang=en`)
    const tables = body.sections!.flatMap((one: Loose) => one.tables as unknown as Loose[])
    const rows = (caption: string) =>
      tables.find((one) => String(one.caption) === caption)!.rows as unknown as (string | number)[][]
    expect(rows('Money by source').map((row) => [row[0], row[1]])).toEqual([
      ['State', 425_593_726],
      ['Donors', 5_777_100],
      ['Without funding', 57_306_338],
    ])
    expect(rows('By institution').reduce((sum, row) => sum + Number(row[1]), 0)).toBeGreaterThan(145)
  })
})
