import { Fragment } from 'react'
import type {
  DocumentChart,
  DocumentSection,
  DocumentTable,
  ReportDocument,
} from '#domain/reporting/document.ts'
import {
  chartSentence,
  chartsWithoutTable,
  chartTable,
  figureText,
  hasHidden,
  reachOf,
} from '#domain/reporting/figure.ts'
import { Bars } from '#web/chart/Bars.tsx'
import { SuppressedCell } from '#web/design/Chip.tsx'
import { Table } from '#web/design/Table.tsx'
import { useWords } from '#web/design/words.tsx'
import './document.css'

type Level = 2 | 3
type Tongue = ReportDocument['language']

/** A report as it reads on the page and on paper. `level` is that of its title among the headings of the page. */
export function DocumentView({ document, level = 3 }: { document: ReportDocument; level?: Level }) {
  const Title = `h${level}` as const
  return (
    <article className="document" lang={document.language}>
      <header>
        <Title className="document-title">{document.title}</Title>
        {numbered(document.about).map((line) => (
          <p key={line.key} className="quiet">
            {line.of}
          </p>
        ))}
      </header>
      {numbered(document.sections).map((section) => (
        <Section key={section.key} section={section.of} language={document.language} level={level} />
      ))}
    </article>
  )
}

/** A frozen document has no names but places in it. */
const numbered = <T,>(items: readonly T[]): { readonly key: string; readonly of: T }[] =>
  items.map((of, at) => ({ key: String(at), of }))

function Section({ section, language, level }: { section: DocumentSection; language: Tongue; level: Level }) {
  const t = useWords()
  const Heading = `h${(level + 1) as 3 | 4}` as const
  const Caption = `h${(level + 2) as 4 | 5}` as const
  const alone = chartsWithoutTable(section)
  return (
    <section>
      <Heading>{section.heading}</Heading>
      {numbered(section.paragraphs).map(({ key, of }) => (
        <p key={key} className="document-text">
          {of}
        </p>
      ))}
      {numbered(section.charts).map(({ key, of }) => (
        <figure key={key}>
          <Caption>{of.caption}</Caption>
          <Chart chart={of} language={language} />
          {alone.includes(of) && (
            <details className="document-figures">
              <summary>{t('reportDocument', 'figures')}</summary>
              <Figures table={chartTable(of, t('reportDocument', 'row_head'))} language={language} />
            </details>
          )}
        </figure>
      ))}
      {numbered(section.tables).map(({ key, of }) => (
        <Fragment key={key}>
          <Caption>{of.caption}</Caption>
          <Figures table={of} language={language} />
        </Fragment>
      ))}
    </section>
  )
}

function Chart({ chart, language }: { chart: DocumentChart; language: Tongue }) {
  const t = useWords()
  const hidden = t('reportDocument', 'hidden')
  return (
    <Bars
      bars={chart.bars}
      series={chart.series}
      reach={reachOf(chart)}
      name={t('reportDocument', 'chart_of', {
        caption: chart.caption,
        figures: chartSentence(chart, language, hidden),
      })}
      format={(value) => (value === null ? hidden : figureText(value, 'number', language))}
    />
  )
}

function Figures({ table, language }: { table: DocumentTable; language: Tongue }) {
  const t = useWords()
  const rows = numbered(table.rows)
  const cell = (
    value: string | number | null | undefined,
    kind: DocumentTable['columns'][number]['kind'],
  ) => {
    if (value === null || value === undefined) return <SuppressedCell range={t('reportDocument', 'hidden')} />
    if (typeof value === 'string') return value
    return figureText(value, kind === 'text' ? 'number' : kind, language)
  }
  return (
    <div className="document-table" data-wide={table.columns.length > 6 ? '' : undefined}>
      <Table
        caption={table.caption}
        rows={rows}
        rowKey={(row) => row.key}
        columns={table.columns.map(({ head, kind }, at) => ({
          key: String(at),
          head,
          number: kind !== 'text',
          name: at === 0 && kind === 'text',
          cell: (row: (typeof rows)[number]) => cell(row.of[at], kind),
        }))}
      />
      {table.note !== undefined && <p className="note quiet">{table.note}</p>}
      {hasHidden(table) && <p className="note quiet">{t('reportDocument', 'hidden_why')}</p>}
    </div>
  )
}
