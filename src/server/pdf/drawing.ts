/** A report as PDF: tagged for screen readers (PDF/UA), in one typeface that travels along, the same bytes for the same report. */
import type { ReportDocument } from '#domain/reporting/document.ts'
import { chartsWithoutTable, chartTable } from '#domain/reporting/figure.ts'
import { say } from '../words.ts'
import { drawChart } from './chart.ts'
import type { PdfOptions } from './document.ts'
import { printable } from './letters.ts'
import { Paper, styles } from './paper.ts'
import { drawTable, isWide } from './table.ts'

export const drawPdf = async (document: ReportDocument, options: PdfOptions): Promise<Buffer> => {
  const { language } = document
  const paper = new Paper({
    ...options,
    title: document.title,
    language,
    pageOf: (page, pages) => say(language, 'reportDocument.page_of', { page, pages }),
  })
  const hidden = say(language, 'reportDocument.hidden')
  const words = {
    language,
    hidden,
    hiddenWhy: say(language, 'reportDocument.hidden_why'),
    alt: (caption: string, figures: string) => say(language, 'reportDocument.chart_of', { caption, figures }),
    goesOn: (caption: string) => say(language, 'reportDocument.goes_on', { caption }),
  }
  paper.newPage(false)
  paper.text(paper.root, 'H1', document.title, styles.title, 8)
  for (const line of document.about) paper.text(paper.root, 'P', line, styles.about, 1)
  paper.y += 18
  for (const section of document.sections) {
    const part = paper.child(paper.root, 'Sect')
    // Words and charts stand upright; the sheet is turned for a wide table, with the heading above it.
    const [first] = section.paragraphs.length + section.charts.length === 0 ? section.tables : []
    paper.need(120, first !== undefined && isWide(paper, first, words))
    paper.text(part, 'H2', section.heading, styles.section, 6, 60)
    paper.doc.outline.addItem(printable(section.heading))
    for (const paragraph of section.paragraphs)
      if (paragraph.trim() !== '') paper.text(part, 'P', paragraph, styles.body, 7)
    paper.y += 6
    const alone = chartsWithoutTable(section)
    for (const chart of section.charts) {
      drawChart(paper, part, chart, words)
      if (alone.includes(chart)) {
        const table = chartTable(chart, say(language, 'reportDocument.row_head'))
        drawTable(paper, part, { ...table, caption: say(language, 'reportDocument.figures') }, words)
      }
    }
    for (const table of section.tables) drawTable(paper, part, table, words)
    paper.y += 8
  }
  return paper.finish()
}
