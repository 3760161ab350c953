/** Figures about the plans themselves: carried out, paid, reported (domain specification 10, core formulas). */
import type { Period } from '#domain/indicator/period.ts'
import type { Tx } from '../../tx.ts'
import type { Figure, IndicatorQuery } from '../query.ts'

interface PlanFigures {
  readonly activities: number
  readonly due: number
  readonly completed: number
  readonly due_completed: number
  readonly cost: number
  readonly gap: number
  readonly paid: number
}
interface ReportFigures {
  readonly kind: string
  readonly due: number
  readonly on_time: number
  readonly published: number
}
const plan = 'nap-2018-2020'

const whole = (declared: Omit<IndicatorQuery, 'splits' | 'adds' | 'split'>): IndicatorQuery => ({
  ...declared,
  splits: [],
  adds: false,
  split: async () => new Map(),
})

const ofPlan =
  (read: (figures: PlanFigures) => Figure) =>
  async (tx: Tx, period: Period): Promise<Figure> => {
    const [figures] = await tx.sql<PlanFigures>('select * from figures_of_plan($1, $2, $3)', [
      plan,
      period.from,
      period.until,
    ])
    return read(figures!)
  }
const ofReports =
  (read: (rows: readonly ReportFigures[]) => Figure) =>
  async (tx: Tx, period: Period): Promise<Figure> =>
    read(await tx.sql<ReportFigures>('select * from figures_of_reports($1, $2)', [period.from, period.until]))

const sum = (
  rows: readonly ReportFigures[],
  of: 'due' | 'on_time' | 'published',
  kinds?: readonly string[],
): number => rows.reduce((n, row) => (kinds === undefined || kinds.includes(row.kind) ? n + row[of] : n), 0)

const situation = [
  'agency_half_year',
  'county_assessment',
  'county_annual',
  'national_assessment',
  'office_annual',
]
const published = (
  code: string,
  indicators: readonly string[],
  kinds: readonly string[],
  definition: IndicatorQuery['definition'],
): IndicatorQuery =>
  whole({
    code,
    version: 1,
    unit: 'n',
    restsOn: ['ProgressReport'],
    definition,
    indicators,
    count: ofReports((rows) => {
      const n = sum(rows, 'published', kinds)
      return { n, of: null, records: n }
    }),
  })

export const planQueries: readonly IndicatorQuery[] = [
  whole({
    code: 'activities_completed_of_due',
    version: 1,
    unit: '%',
    restsOn: ['PlanActivity'],
    definition: {
      en: 'Of the activities of the plan against trafficking 2018–2020 whose latest deadline had passed at the end of the period, those completed by then. Activities without a deadline are not counted.',
      sq: 'Nga veprimtaritë e planit kundër trafikimit 2018–2020, afati më i vonë i të cilave kishte kaluar në fund të periudhës, ato të përfunduara deri atëherë. Veprimtaritë pa afat nuk numërohen.',
    },
    indicators: ['S004-COOR-1.d-i2', 'S010-CORE-11'],
    count: ofPlan((f) => ({ n: f.due_completed, of: f.due, records: f.activities })),
  }),
  whole({
    code: 'plan_paid_of_costed',
    version: 1,
    unit: '%',
    restsOn: ['Expenditure', 'BudgetLine'],
    definition: {
      en: 'Payments for activities of the plan against trafficking 2018–2020 by the end of the period, against their printed cost. Reversed entries are not counted.',
      sq: 'Pagesat për veprimtaritë e planit kundër trafikimit 2018–2020 deri në fund të periudhës, kundrejt kostos së shtypur. Regjistrimet e anuluara nuk numërohen.',
    },
    indicators: ['S004-PLAN-i1', 'S010-CORE-14'],
    count: ofPlan((f) => ({ n: f.paid, of: f.cost, records: f.activities })),
  }),
  whole({
    code: 'plan_gap_of_costed',
    version: 1,
    unit: '%',
    restsOn: ['BudgetLine'],
    definition: {
      en: 'The funding gap that the plan against trafficking 2018–2020 prints for its activities, against their printed cost.',
      sq: 'Hendeku i financimit që shtyp plani kundër trafikimit 2018–2020 për veprimtaritë e tij, kundrejt kostos së shtypur.',
    },
    indicators: ['S004-PLAN-i2', 'S010-CORE-15'],
    count: ofPlan((f) => ({ n: f.gap, of: f.cost, records: f.activities })),
  }),
  whole({
    code: 'reports_on_time',
    version: 1,
    unit: '%',
    restsOn: ['ProgressReport'],
    definition: {
      en: 'Of the reports that institutions owed with a day in the period, those handed in by that day.',
      sq: 'Nga raportet që institucionet duhej të dorëzonin me afat brenda periudhës, ato të dorëzuara brenda afatit.',
    },
    indicators: ['S004-COOR-1.a.3-i1', 'S004-PROT-1.a.2-i3', 'S002-MON-i1', 'S010-CORE-12'],
    count: ofReports((rows) => ({
      n: sum(rows, 'on_time'),
      of: sum(rows, 'due'),
      records: sum(rows, 'due'),
    })),
  }),
  published(
    'situation_reports_published',
    ['S004-COOR-1.a.3-i3', 'S004-COOR-1.a.2-i3', 'S004-COOR-G2-i2'],
    situation,
    {
      en: 'Half-yearly and yearly reports on the situation and the work of institutions, counties and the country that were published in the period.',
      sq: 'Raportet gjashtëmujore dhe vjetore për gjendjen dhe punën e institucioneve, qarqeve dhe vendit që u publikuan brenda periudhës.',
    },
  ),
  published('register_reports_published', ['S004-PROT-1.a.2-i4'], ['ap_register'], {
    en: 'Register reports of the Responsible Authority that were published in the period.',
    sq: 'Raportet e regjistrit të Autoritetit Përgjegjës që u publikuan brenda periudhës.',
  }),
  published('monitoring_reports_published', ['S004-COOR-3.a-i3'], ['plan_monitoring', 'midterm'], {
    en: 'Monitoring reports and the mid-term report on the plan that were published in the period.',
    sq: 'Raportet e monitorimit dhe raporti i mesit të periudhës për planin që u publikuan brenda periudhës.',
  }),
]
