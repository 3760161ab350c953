/**
 * Records of prevention and the register of businesses as workbooks: the rows that the reader sees in the lists, no more. Nobody is
 * named but the professionals of the reader's own body, and only to that body.
 */
import { type MeasureName, measureNames } from '#domain/prevention/kinds.ts'
import type { ActivityRow, BusinessRow, ProfessionalView, TrainingRow } from '#wire/prevention.ts'
import { ExportBusinesses, ExportPrevention } from '#wire/prevention.ts'
import type { Language } from '#wire/words/index.ts'
import { recordAccess } from '../access.ts'
import { type Download, download } from '../endpoint.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { type Sheet, writeWorkbook, xlsxType } from '../workbook/write.ts'
import { rowSql as activitySql, type Bare, withCounts } from './activity-read.ts'
import { rowSql as businessSql } from './business.ts'
import { periodOf } from './place.ts'
import { rowSql as trainingSql } from './training-read.ts'

/** Rows of one sheet; a register beyond it is asked for by kind or period. */
const most = 20_000

const townsOf = async (tx: Tx): Promise<(code: string | null) => string> => {
  const rows = await tx.sql<{ code: string; name: string }>('select code, name from municipality')
  const names = new Map(rows.map((row) => [row.code, row.name]))
  return (code) => (code === null ? '' : (names.get(code) ?? code))
}

interface Saying {
  readonly word: (key: string) => string
  readonly town: (code: string | null) => string
  readonly named: (body: { readonly nameSq: string; readonly nameEn: string }) => string
}
const sayingOf = async (tx: Tx, language: Language): Promise<Saying> => ({
  word: (key) => say(language, `prevention.${key}`),
  town: await townsOf(tx),
  named: (body) => (language === 'sq' ? body.nameSq : body.nameEn),
})

const activitySheet = (rows: readonly ActivityRow[], { word, town, named }: Saying): Sheet => {
  const measures = (measureNames as MeasureName[]).filter((measure) =>
    rows.some((row) => row.counts.some((count) => count.measure === measure)),
  )
  return {
    name: word('tab_acts'),
    intro: [word('export_note')],
    columns: [
      { title: word('name_of_act'), width: 44 },
      { title: word('kind'), width: 24 },
      { title: word('topic'), width: 28 },
      { title: word('from'), width: 12 },
      { title: word('to'), width: 12 },
      { title: word('where'), width: 18 },
      { title: word('who'), width: 36 },
      ...measures.map((measure) => ({ title: word(`measure_${measure}`), width: 16, format: '#,##0' })),
    ],
    rows: rows.map((row) => [
      row.title,
      word(`kind_${row.kind}`),
      row.topic === null ? '' : word(`topic_${row.topic}`),
      row.from,
      row.to,
      town(row.municipality),
      named(row.institution),
      ...measures.map((measure) => {
        const own = row.counts.filter((count) => count.measure === measure)
        return own.length === 0 ? null : own.reduce((sum, count) => sum + count.value, 0)
      }),
    ]),
  }
}

const trainingSheet = (rows: readonly TrainingRow[], { word, town, named }: Saying): Sheet => ({
  name: word('trainings'),
  intro: [word('export_note')],
  columns: [
    { title: word('training'), width: 44 },
    { title: word('topic'), width: 28 },
    { title: word('mode'), width: 18 },
    { title: word('from'), width: 12 },
    { title: word('to'), width: 12 },
    { title: word('where'), width: 18 },
    { title: word('who'), width: 36 },
    { title: word('participants'), width: 14, format: '#,##0' },
  ],
  rows: rows.map((row) => [
    row.title,
    word(`topic_${row.topic}`),
    word(`mode_${row.mode}`),
    row.from,
    row.to,
    town(row.municipality),
    named(row.institution),
    row.participants,
  ]),
})

const professionalSheet = (rows: readonly ProfessionalView[], { word }: Saying): Sheet => ({
  name: word('professionals_sheet'),
  intro: [word('professionals')],
  columns: [
    { title: word('professional'), width: 32 },
    { title: word('birth_year'), width: 12 },
    { title: word('sector'), width: 24 },
    { title: word('sex'), width: 12 },
    { title: word('employer'), width: 32 },
    { title: word('trainings'), width: 12, format: '#,##0' },
  ],
  rows: rows.map((row) => [
    row.name,
    row.birthYear,
    word(`sector_${row.sector}`),
    word(row.sex),
    row.employer,
    row.trainings,
  ]),
})

const exportActivities = download({
  url: '/api/activities/export.xlsx',
  media: xlsxType,
  wire: ExportPrevention,
  handle: async (tx, { query, identity }) => {
    const period = periodOf(tx, query)
    const [rows, saying] = await Promise.all([
      tx.sql<Bare>(
        `select ${activitySql} from activity_record r join institution i on i.id = r.institution_id
         where r.struck_at is null and r.from_day >= $1 and r.from_day < $2 order by r.from_day, r.id limit ${most}`,
        [period.from, period.until],
      ),
      sayingOf(tx, identity.language),
    ])
    const sheet = activitySheet(await withCounts(tx, rows), saying)
    return { name: 'prevention.xlsx', media: xlsxType, bytes: await writeWorkbook([sheet]) }
  },
})

const exportTrainings = download({
  url: '/api/trainings/export.xlsx',
  media: xlsxType,
  wire: ExportPrevention,
  handle: async (tx, { query, identity }) => {
    const period = periodOf(tx, query)
    const [rows, people, saying] = await Promise.all([
      tx.sql<TrainingRow>(
        `select ${trainingSql} from training t join institution i on i.id = t.institution_id
         where t.struck_at is null and t.from_day >= $1 and t.from_day < $2 order by t.from_day, t.id limit ${most}`,
        [period.from, period.until],
      ),
      tx.sql<ProfessionalView>(
        `select p.id, p.version, concat_ws(' ', n.given_name, n.family_name) as name, n.birth_year as "birthYear", p.sector, p.sex, p.employer,
           (select count(*) from training_participation a join training t on t.id = a.training_id
            where a.professional_id = p.id and t.struck_at is null)::int as trainings
         from professional p join professional_named n on n.id = p.id
         where p.entered_by = me_institution() order by n.family_name, n.given_name, p.id limit ${most}`,
      ),
      sayingOf(tx, identity.language),
    ])
    if (people.length > 0)
      recordAccess(tx, {
        act: 'export',
        kind: 'professional',
        ids: people.map((row) => row.id),
        tier: 'T2',
      })
    const sheets = [
      trainingSheet(rows, saying),
      ...(people.length === 0 ? [] : [professionalSheet(people, saying)]),
    ]
    return { name: 'trainings.xlsx', media: xlsxType, bytes: await writeWorkbook(sheets) }
  },
})

const exportBusinesses = download({
  url: '/api/businesses/export.xlsx',
  media: xlsxType,
  wire: ExportBusinesses,
  handle: async (tx, { identity }) => {
    const [rows, { word, town }] = await Promise.all([
      tx.sql<BusinessRow>(`select ${businessSql} from business b order by b.name, b.id limit ${most}`),
      sayingOf(tx, identity.language),
    ])
    const sheet: Sheet = {
      name: word('tab_businesses'),
      intro: [word('businesses_lede')],
      columns: [
        { title: word('business_name'), width: 40 },
        { title: word('kind'), width: 26 },
        { title: word('nipt'), width: 14 },
        { title: word('work_sector'), width: 22 },
        { title: word('where'), width: 18 },
        { title: word('licence'), width: 14 },
        { title: word('code_adopted'), width: 16 },
        { title: word('contact_posted'), width: 18 },
        { title: word('inspections'), width: 12, format: '#,##0' },
        { title: word('sanctions'), width: 12, format: '#,##0' },
      ],
      rows: rows.map((row) => [
        row.name,
        word(`business_one_${row.kind}`),
        row.nipt,
        word(`sector_${row.sector}`),
        town(row.municipality),
        word(`licence_${row.licence}`),
        row.codeAdoptedOn,
        row.contactPostedOn,
        row.inspections,
        row.sanctions,
      ]),
    }
    return { name: 'businesses.xlsx', media: xlsxType, bytes: await writeWorkbook([sheet]) }
  },
})

export const preventionDownloads: readonly Download[] = [exportActivities, exportTrainings, exportBusinesses]
