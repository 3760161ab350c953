/** From a report to its document: what the author says, and the figures that belong to its kind, counted now. */
import type { DocumentSection, ReportDocument } from '#domain/reporting/document.ts'
import type { Language } from '#wire/words/index.ts'
import type { Tx } from '../../tx.ts'
import { say } from '../../words.ts'
import type { Row } from '../store.ts'
import { closedCaseBodies, countyBodies, nationalBodies, referralBodies } from './bodies.ts'
import { closedProceedingSections } from './closed.ts'
import { placesSections, protectionSections, registerSections, valuesSection } from './country.ts'
import { dayIn, type Make, type Making } from './making.ts'
import { countyCoverageSections, coverageSections, mobileSections } from './net.ts'
import {
  costingSections,
  implementationSections,
  monitoringSections,
  progressSections,
  sourceSections,
} from './plan.ts'
import { aheadSections, aimsSections, bodiesSections, steeringSections } from './work.ts'

const procedures = valuesSection('procedures', [
  'deadlines_kept',
  'files_complete',
  'files_with_plan',
  'files_with_safety_plan',
  'identification_lag',
  'official_of_potential',
  'referrals_answered_in_time',
  'waiting_for_service',
  'institutions_at_conferences',
  'sops_distributed',
])
const referral = valuesSection('referral_works', [
  'identified_and_referred',
  'children_identified_and_referred',
  'referrals_answered_in_time',
  'health_referrals_accepted',
  'waiting_for_service',
  'victims_helped',
  'child_victims_helped',
  'municipal_mechanisms',
])
const outreach = valuesSection('outreach', [
  'children_met_by_field_teams',
  'identified_by_municipality',
  'self_identified',
  'municipalities_with_hotspots',
  'exploited_children_managed',
])
const aftermath = valuesSection('aftermath', [
  'identifications',
  'returned_to_exploitation',
  'exploited_again_within_a_year',
  'trafficked_again',
  'follow_ups_made',
  'a_year_after',
])
const office = valuesSection('office_work', [
  'state_committee_meetings',
  'coordinating_group_meetings',
  'corrective_measures_sent',
  'implementation_meetings',
  'implementation_minutes_sent',
  'reports_on_time',
  'campaigns_national',
  'activities_completed_of_due',
])
const taken = valuesSection('protection_figures', [
  'measures_decided',
  'measures_for_work_or_begging',
  'urgent_cases',
  'exploited_children_managed',
  'children_helped',
])

/** What each kind tells, as its rule and chapter 10 of the domain specification ask. */
const makers: Readonly<Record<Row['kind'], readonly Make[]>> = {
  // D26: how far, and what next. D27: the half-year behind and the work of the one ahead. D45: work, means and measures of a year.
  institution_progress: [progressSections],
  agency_half_year: [progressSections, aheadSections],
  work_plan: [aheadSections],
  costing: [sourceSections, costingSections],
  plan_monitoring: [monitoringSections, sourceSections, costingSections, valuesSection()],
  // D49 adjusts, so it tells how the plan was steered; D50 judges, so it tells of institutions, aims and surveys.
  midterm: [monitoringSections, bodiesSections, steeringSections, sourceSections, valuesSection()],
  evaluation: [
    implementationSections,
    bodiesSections,
    aimsSections,
    steeringSections,
    sourceSections,
    costingSections,
    valuesSection(),
  ],
  ap_register: [registerSections],
  county_assessment: [placesSections, countyCoverageSections],
  county_annual: [countyBodies, placesSections, countyCoverageSections, aheadSections],
  national_assessment: [registerSections, placesSections, coverageSections, valuesSection()],
  sop_monitoring: [procedures, coverageSections],
  nrm_monitoring: [registerSections, referral, referralBodies, coverageSections],
  mobile_unit_evaluation: [mobileSections, outreach],
  closed_cases: [aftermath, closedProceedingSections, closedCaseBodies],
  office_annual: [office, nationalBodies, implementationSections],
  protection_exchange: [taken, protectionSections],
  prime_minister: [implementationSections, sourceSections, registerSections],
}

const saidSection = (t: Making['t'], heading: string, text: string | undefined): DocumentSection[] =>
  text === undefined || text.trim() === ''
    ? []
    : [
        {
          heading: t(heading),
          paragraphs: text.split(/\n{2,}/).map((one) => one.trim()),
          tables: [],
          charts: [],
        },
      ]

/** The document of a report in one language, with the figures of now. Cells that the public may not see are hidden in it. */
export const buildDocument = async (tx: Tx, row: Row, language: Language): Promise<ReportDocument> => {
  const t: Making['t'] = (key, params) => say(language, `reporting.${key}`, params)
  const making: Making = { tx, row, language, t }
  const [about] = await tx.sql<{ plan: string | null; author: string; name: string }>(
    `select coalesce(case when $2 = 'sq' then p.title_sq else p.title_en end, p.title_sq, p.title_en) as plan,
       case when $2 = 'sq' then coalesce(u.name_sq, i.name_sq) else coalesce(u.name_en, i.name_en) end as author, r.body_code as name
     from plan_report r join institution i on i.id = r.institution_id left join unit u on u.id = r.unit_id
       left join action_plan p on p.id = r.plan_id where r.id = $1`,
    [row.id, language],
  )
  const sections: DocumentSection[] = []
  for (const make of makers[row.kind]) sections.push(...(await make(making)))
  return {
    language,
    title: t(`kind_${row.kind}`),
    about: [
      ...(about?.plan ? [about.plan] : []),
      about?.author ?? row.bodyCode,
      t('period', { from: dayIn(row.from), to: dayIn(row.to) }),
      t('edition_n', { n: row.edition }),
    ],
    sections: [
      ...saidSection(t, 'summary', row.content?.summary),
      ...sections,
      ...saidSection(t, 'difficulties', row.content?.difficulties),
      ...saidSection(t, 'next', row.content?.next),
    ],
  }
}
