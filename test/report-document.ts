/** A report on paper for tests: long words, hidden figures, a wide table, charts, both languages. */
import type { DocumentSection, ReportDocument } from '#domain/reporting/document.ts'

const long =
  'Zyra Kombëtare çmon se përmbushja e masave është ngadalësuar për shkak të mungesës së fondeve në njësitë vendore. '

const words = {
  sq: {
    title: 'Raporti i monitorimit & masat <2018–2020>',
    pillar: 'Shtylla',
    mark: 'Ç Ë ç ë',
    wide: 'Tabelë e gjerë',
  },
  en: {
    title: 'Monitoring report & measures <2018–2020>',
    pillar: 'Pillar',
    mark: 'Ç Ë ç ë',
    wide: 'A wide table',
  },
} as const

const sections = (language: 'sq' | 'en', at: number, rows: number): DocumentSection[] => [
  {
    heading: `${words[language].pillar} ${at}: ${words[language].mark}`,
    paragraphs: [long.repeat(3), long.repeat(6), '=HYPERLINK("http://evil.example")'],
    charts: [
      {
        caption: 'Veprimtaritë sipas gjendjes',
        series: ['Numri'],
        bars: [
          { label: 'Përfunduar', values: [1234] },
          { label: 'Në zbatim', values: [null] },
          { label: 'Pezulluar', values: [0] },
        ],
      },
    ],
    tables: [
      {
        caption: 'Kostoja sipas burimit',
        columns: [
          { head: 'Objektivi', kind: 'text' },
          { head: 'Kosto', kind: 'lek' },
          { head: 'Raste', kind: 'number' },
          { head: 'Pjesa', kind: 'percent' },
        ],
        rows: Array.from({ length: rows }, (_, row) => [
          `1.(a).${row} ${long.slice(0, 40 + 30 * (row % 5))}`,
          1_234_567 + row,
          row % 7 === 3 ? null : row,
          42.5,
        ]),
        note: 'Shumat në lekë.',
      },
    ],
  },
  {
    heading: words[language].wide,
    paragraphs: [],
    charts: [],
    tables: [
      {
        caption: 'Veprimtaritë',
        columns: Array.from({ length: 9 }, (_, column) => ({
          head: `Kolona ${column}`,
          kind: column < 5 ? ('text' as const) : ('lek' as const),
        })),
        rows: Array.from({ length: rows }, (_, row) => [
          `=1+${row}`,
          long.repeat(1 + (row % 3)),
          'MPB, PSH',
          'Dhjetor 2020',
          'Në zbatim',
          12_000_000,
          0,
          300_000.125,
          null,
        ]),
      },
    ],
  },
]

/** `parts` pairs of sections, `rows` rows a table. */
export const reportDocument = (language: 'sq' | 'en', parts = 1, rows = 40): ReportDocument => ({
  language,
  title: words[language].title,
  about: ['Plani Kombëtar i Veprimit 2018–2020', '1.1.2020 – 30.6.2020', '+ botimi 1'],
  sections: Array.from({ length: parts }, (_, at) => sections(language, at + 1, rows)).flat(),
})
