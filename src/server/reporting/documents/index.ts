/** From a report to its document: what the author says, and the figures that belong to its kind, counted now. */
import type { DocumentSection, ReportDocument } from '#domain/reporting/document.ts'
import type { Language } from '#wire/words/index.ts'
import type { Tx } from '../../tx.ts'
import { say } from '../../words.ts'
import type { Row } from '../store.ts'
import { placesSections, registerSections, valuesSection } from './country.ts'
import { costingSections, monitoringSections, progressSections } from './plan.ts'

export interface Making {
  readonly tx: Tx
  readonly row: Row
  readonly language: Language
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string
}

type Make = (making: Making) => Promise<readonly DocumentSection[]>
const makers: Readonly<Record<Row['kind'], readonly Make[]>> = {
  institution_progress: [progressSections],
  agency_half_year: [progressSections],
  work_plan: [progressSections],
  costing: [costingSections],
  plan_monitoring: [monitoringSections, costingSections, valuesSection],
  midterm: [monitoringSections, costingSections, valuesSection],
  evaluation: [monitoringSections, costingSections, valuesSection],
  ap_register: [registerSections],
  county_assessment: [placesSections],
  county_annual: [placesSections],
  national_assessment: [registerSections, placesSections, valuesSection],
  sop_monitoring: [valuesSection],
  nrm_monitoring: [registerSections],
  mobile_unit_evaluation: [registerSections],
  closed_cases: [valuesSection],
  office_annual: [monitoringSections],
  protection_exchange: [placesSections, valuesSection],
  prime_minister: [monitoringSections],
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

/** `31.12.2018`, as both languages of the house write days in tables. */
export const dayIn = (day: string): string => `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`
