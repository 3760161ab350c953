/** Bar charts as vectors: label, bar, figure. What they show is also said in words and stands in a table. */
import type { DocumentChart } from '#domain/reporting/document.ts'
import { chartSentence, figureText, reachOf } from '#domain/reporting/figure.ts'
import { printable } from './letters.ts'
import { margin, type Paper, type Style, styles, type Tag } from './paper.ts'

/** Told apart in black and white as well: from dark to light. */
const fills = ['#0a566a', '#b9781a', '#6fa6b5', '#10242b', '#d9b070', '#a9cbd4'] as const
const thick = 11
const gap = 3
const small: Style = { face: 'text', size: 9, lead: 11.5, ink: 'ink' }

export interface ChartWords {
  readonly language: 'sq' | 'en'
  readonly hidden: string
  readonly alt: (caption: string, figures: string) => string
  readonly goesOn: (caption: string) => string
}

export const drawChart = (paper: Paper, parent: Tag, chart: DocumentChart, words: ChartWords): void => {
  const labelWidth = Math.min(190, paper.width * 0.36)
  const rows = chart.bars.map((bar) => {
    const label = paper.wrap(bar.label, small, labelWidth - 8)
    const height = Math.max(label.length * small.lead, bar.values.length * (thick + gap)) + 7
    return { bar, label, height }
  })
  const legend = chart.series.length > 1 ? chart.series.length * 14 + 4 : 0
  let caption = chart.caption
  // A figure stands on one sheet; a longer one goes on as another figure.
  for (let from = 0; from < rows.length || from === 0; ) {
    const head = 24 + legend
    const least = rows.slice(from, from + 3).reduce((sum, row) => sum + row.height, head)
    const rest = rows.slice(from).reduce((sum, row) => sum + row.height, head)
    paper.need(rest <= paper.whole / 2 ? rest : least)
    paper.text(parent, 'H3', caption, styles.caption, 4, least - 20)
    let to = from
    let height = legend
    while (to < rows.length && (to === from || height + rows[to]!.height <= paper.room)) {
      height += rows[to]!.height
      to += 1
    }
    drawFigure(
      paper,
      parent,
      { ...chart, caption },
      rows.slice(from, to),
      { labelWidth, legend, height },
      words,
    )
    if (rows.length === 0) break
    from = to
    caption = words.goesOn(chart.caption)
  }
  paper.y += 10
}

interface Row {
  readonly bar: DocumentChart['bars'][number]
  readonly label: readonly string[]
  readonly height: number
}

const drawFigure = (
  paper: Paper,
  parent: Tag,
  chart: DocumentChart,
  rows: readonly Row[],
  size: { readonly labelWidth: number; readonly legend: number; readonly height: number },
  words: ChartWords,
): void => {
  const { doc } = paper
  const sentence = chartSentence({ ...chart, bars: rows.map(({ bar }) => bar) }, words.language, words.hidden)
  const tag = paper.child(parent, 'Figure', {
    alt: printable(words.alt(chart.caption, sentence)),
    bbox: [margin.side, paper.y, margin.side + paper.width, paper.y + size.height],
  })
  const figure = (value: number | null): string =>
    printable(value === null ? words.hidden : figureText(value, 'number', words.language))
  const widest = Math.max(
    0,
    ...rows.flatMap(({ bar }) => bar.values.map((value) => paper.measure(figure(value), 'text', small.size))),
  )
  const left = margin.side + size.labelWidth
  const span = paper.width - size.labelWidth - widest - 8
  const { from, to } = reachOf(chart)
  const place = (value: number): number => left + ((value - from) / (to - from)) * span
  paper.mark(tag, 'Figure', () => {
    chart.series.forEach((name, at) => {
      if (size.legend === 0) return
      const y = paper.y + at * 14
      doc.rect(left, y + 1, 9, 9).fill(fills[at % fills.length])
      paper.write(paper.wrap(name, small, paper.width - size.labelWidth - 20)[0] ?? '', left + 14, y, small)
    })
    let y = paper.y + size.legend
    for (const { bar, label, height } of rows) {
      label.forEach((line, at) => {
        if (line !== '') paper.write(line, margin.side, y + at * small.lead, small)
      })
      bar.values.forEach((value, at) => {
        const top = y + at * (thick + gap)
        const [start, end] = [place(Math.min(0, value ?? 0)), place(Math.max(0, value ?? 0))]
        if (value !== null && value !== 0)
          doc.rect(start, top, Math.max(0.8, end - start), thick).fill(fills[at % fills.length])
        paper.write(figure(value), end + 4, top - 0.5, small)
      })
      y += height
    }
    doc
      .moveTo(place(0), paper.y + size.legend - 2)
      .lineTo(place(0), y - 5)
      .lineWidth(0.75)
      .strokeColor('#71848b')
      .stroke()
  })
  tag.end()
  paper.y += size.height
}
