/** Meetings of coordinating bodies: held, minuted, sent out, held together with others. */
import type { Period } from '#domain/indicator/period.ts'
import type { Tx } from '../../tx.ts'
import type { Figure, IndicatorQuery } from '../query.ts'

interface Row {
  readonly code: string
  readonly kind: string
  readonly county: string | null
  readonly municipality: string | null
  readonly held: number
  readonly joint: number
  readonly joint_violence: number
  readonly minuted: number
  readonly distributed: number
  readonly corrected: number
  readonly recommended: number
}
type Counted = 'held' | 'joint' | 'joint_violence' | 'minuted' | 'distributed' | 'corrected' | 'recommended'

const figureOf = (rows: readonly Row[], what: Counted, share: boolean): Figure => {
  const sum = (key: Counted) => rows.reduce((total, row) => total + row[key], 0)
  return { n: sum(what), of: share ? sum('held') : null, records: sum('held') }
}

const meetings = (declared: {
  readonly code: string
  readonly indicators: readonly string[]
  readonly definition: IndicatorQuery['definition']
  readonly of: (row: Row) => boolean
  readonly what?: Counted
  /** In per cent of the meetings held. */
  readonly share?: true
  readonly by?: readonly ('county' | 'municipality')[]
}): IndicatorQuery => {
  const { code, indicators, definition, of, what = 'held', share = false, by = [] } = declared
  const read = async (tx: Tx, period: Period): Promise<readonly Row[]> =>
    (await tx.sql<Row>('select * from meetings_counted($1, $2)', [period.from, period.until])).filter(of)
  return {
    code,
    version: 1,
    unit: share ? '%' : 'n',
    restsOn: ['Meeting'],
    definition,
    indicators,
    splits: by,
    adds: true,
    count: async (tx, period) => figureOf(await read(tx, period), what, share),
    split: async (tx, period, key) => {
      const place = by.find((one) => one === key)
      if (place === undefined) throw new Error(`${code} is not split by ${key}`)
      const groups = Map.groupBy(await read(tx, period), (row) => row[place] ?? 'unknown')
      return new Map([...groups].map(([at, rows]) => [at, figureOf(rows, what, share)]))
    },
  }
}

const body =
  (...codes: readonly string[]) =>
  (row: Row): boolean =>
    codes.includes(row.code)
const regional = (row: Row): boolean => row.kind === 'county_committee' || row.kind === 'technical_table'
const table = (row: Row): boolean => row.kind === 'technical_table'

export const meetingQueries: readonly IndicatorQuery[] = [
  meetings({
    code: 'police_prosecution_meetings',
    indicators: ['S004-PROS-1.c.4-i1'],
    definition: {
      en: 'Meetings of the State Police with the prosecution recorded as held in the period (body PSH-PP).',
      sq: 'Takime të Policisë së Shtetit me prokurorinë të regjistruara si të mbajtura brenda periudhës (organi PSH-PP).',
    },
    of: body('PSH-PP'),
  }),
  meetings({
    code: 'nrm_meetings_with_minutes',
    indicators: ['S004-PROT-1.a.3-i1'],
    definition: {
      en: 'Meetings of the signatories of the National Referral Mechanism held in the period whose minutes are approved.',
      sq: 'Takime të nënshkruesve të Mekanizmit Kombëtar të Referimit të mbajtura brenda periudhës, me procesverbal të miratuar.',
    },
    of: body('MKR'),
    what: 'minuted',
  }),
  meetings({
    code: 'nrm_revision_meetings',
    indicators: ['S004-PROT-1.a.4-i2'],
    definition: {
      en: 'Meetings held in the period by the working group on revising the NRM agreement.',
      sq: 'Takime të mbajtura brenda periudhës nga grupi i punës për rishikimin e marrëveshjes së MKR-së.',
    },
    of: body('GP-MKR'),
  }),
  meetings({
    code: 'authority_instruction_meetings',
    indicators: ['S004-PROT-1.a.5-i2'],
    definition: {
      en: 'Meetings held in the period by the working group on revising the instruction of the Responsible Authority.',
      sq: 'Takime të mbajtura brenda periudhës nga grupi i punës për rishikimin e udhëzimit të Autoritetit Përgjegjës.',
    },
    of: body('GP-AP'),
  }),
  meetings({
    code: 'task_force_meetings',
    indicators: ['S004-COOR-1.a.2-i2'],
    definition: {
      en: 'Meetings of the National Task Force of the NRM held in the period; meetings with donors outside it are not recorded here.',
      sq: 'Takime të Task Forcës Kombëtare të MKR-së të mbajtura brenda periudhës; takimet me donatorë jashtë saj nuk regjistrohen këtu.',
    },
    of: body('TF-MKR'),
  }),
  meetings({
    code: 'nrm_joint_meetings',
    indicators: ['S004-COOR-1.a.3-i4'],
    definition: {
      en: 'Meetings of the NRM held in the period together with both the mechanism on domestic violence and the one on violence against children.',
      sq: 'Takime të MKR-së të mbajtura brenda periudhës bashkë me mekanizmin e dhunës në familje dhe me atë të dhunës ndaj fëmijëve.',
    },
    of: body('MKR'),
    what: 'joint_violence',
  }),
  meetings({
    code: 'nrm_recommendations',
    indicators: ['S004-COOR-1.a.3-i5'],
    definition: {
      en: 'Recommendations of meetings that the NRM and its Task Force held in the period; corrective measures not counted.',
      sq: 'Rekomandime të takimeve që MKR-ja dhe Task Forca e saj mbajtën brenda periudhës; pa masat përmirësuese.',
    },
    of: body('MKR', 'TF-MKR'),
    what: 'recommended',
  }),
  meetings({
    code: 'joint_technical_tables',
    indicators: ['S004-COOR-1.c.1-i7'],
    definition: {
      en: 'Of the meetings that the technical tables of the county committees held in the period, those held together with another table or mechanism.',
      sq: 'Nga takimet që tryezat teknike të komiteteve rajonale mbajtën brenda periudhës, ato të mbajtura bashkë me një tryezë ose mekanizëm tjetër.',
    },
    of: table,
    what: 'joint',
    share: true,
    by: ['county'],
  }),
  meetings({
    code: 'regional_minutes',
    indicators: ['S004-COOR-1.c.1-i9'],
    definition: {
      en: 'Of the meetings that county committees and technical tables held in the period, those whose minutes are approved.',
      sq: 'Nga takimet që komitetet rajonale dhe tryezat teknike mbajtën brenda periudhës, ato me procesverbal të miratuar.',
    },
    of: regional,
    what: 'minuted',
    share: true,
    by: ['county'],
  }),
  meetings({
    code: 'regional_meetings',
    indicators: ['S004-PROT-1.b.4-i1'],
    definition: {
      en: 'Meetings held in the period by county committees and their technical tables.',
      sq: 'Takime të mbajtura brenda periudhës nga komitetet rajonale dhe tryezat e tyre teknike.',
    },
    of: regional,
    by: ['county'],
  }),
  meetings({
    code: 'technical_table_meetings',
    indicators: ['S002-PREV-4.c.2-i2'],
    definition: {
      en: 'Meetings held in the period by the technical tables of the county committees.',
      sq: 'Takime të mbajtura brenda periudhës nga tryezat teknike të komiteteve rajonale.',
    },
    of: table,
    by: ['county'],
  }),
  meetings({
    code: 'implementation_meetings',
    indicators: ['S004-COOR-1.d.3-i1'],
    definition: {
      en: 'Meetings held in the period by the National Coordinating Group, the State Committee and the NRM, whom the activity names.',
      sq: 'Takime të mbajtura brenda periudhës nga Grupi Bashkërendues Kombëtar, Komiteti Shtetëror dhe MKR-ja, që i emërton veprimtaria.',
    },
    of: body('GBK', 'KSH', 'MKR'),
  }),
  meetings({
    code: 'implementation_minutes_sent',
    indicators: ['S004-COOR-1.d.3-i2'],
    definition: {
      en: 'Of those meetings, the ones whose approved minutes were sent out.',
      sq: 'Nga këto takime, ato procesverbali i miratuar i të cilave u shpërnda.',
    },
    of: body('GBK', 'KSH', 'MKR'),
    what: 'distributed',
    share: true,
  }),
  meetings({
    code: 'coordinating_group_meetings',
    indicators: ['S004-COOR-3.a.3-bis-i2'],
    definition: {
      en: 'Meetings of the National Coordinating Group held in the period.',
      sq: 'Takime të Grupit Bashkërendues Kombëtar të mbajtura brenda periudhës.',
    },
    of: body('GBK'),
  }),
  meetings({
    code: 'corrective_measures_sent',
    indicators: ['S004-COOR-3.a.3-bis-i3'],
    definition: {
      en: 'Of the meetings of the National Coordinating Group held in the period, those whose minutes were sent out with corrective measures, or saying that none is needed.',
      sq: 'Nga takimet e Grupit Bashkërendues Kombëtar të mbajtura brenda periudhës, ato procesverbali i të cilave u shpërnda me masa përmirësuese, ose duke thënë se nuk duhet asnjë.',
    },
    of: body('GBK'),
    what: 'corrected',
    share: true,
  }),
  meetings({
    code: 'state_committee_minutes',
    indicators: ['S004-COOR-3.a.4-i2'],
    definition: {
      en: 'Meetings of the State Committee held in the period whose minutes are approved; one is «yes».',
      sq: 'Takime të Komitetit Shtetëror të mbajtura brenda periudhës, me procesverbal të miratuar; një do të thotë «po».',
    },
    of: body('KSH'),
    what: 'minuted',
  }),
  meetings({
    code: 'state_committee_meetings',
    indicators: ['S004-COOR-3.a.4-i1'],
    definition: {
      en: 'Meetings of the State Committee held in the period.',
      sq: 'Takime të Komitetit Shtetëror të mbajtura brenda periudhës.',
    },
    of: body('KSH'),
  }),
  meetings({
    code: 'ministries_coordination_meetings',
    indicators: ['S000-3.2.1-i1'],
    definition: {
      en: 'National coordination meetings on child protection held in the period whose minutes are approved (body TK-MF, in which both ministries sit).',
      sq: 'Takime kombëtare bashkërenduese për mbrojtjen e fëmijës të mbajtura brenda periudhës, me procesverbal të miratuar (organi TK-MF, ku janë të dyja ministritë).',
    },
    of: body('TK-MF'),
    what: 'minuted',
  }),
  meetings({
    code: 'municipal_coordination_meetings',
    indicators: ['S000-3.2.3-i1'],
    definition: {
      en: 'Coordination meetings of the State Agency, the police, the inspectorate and the municipality held in the period.',
      sq: 'Takime bashkërenduese të Agjencisë Shtetërore, policisë, inspektoratit dhe bashkisë të mbajtura brenda periudhës.',
    },
    of: (row) => row.kind === 'coordination' && row.municipality !== null,
    by: ['county', 'municipality'],
  }),
]
