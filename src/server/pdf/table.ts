/** Tables over many sheets: widths from what stands in them, the head again on each sheet, wide ones across. */
import type { DocumentTable } from '#domain/reporting/document.ts'
import { figureText } from '#domain/reporting/figure.ts'
import { margin, type Paper, type Style, styles, type Tag } from './paper.ts'

const pad = { x: 5, y: 3.5 } as const
/** The smallest letters that may still be printed. */
const sizes = [9, 8, 7] as const

interface Plan {
  readonly landscape: boolean
  readonly head: Style
  readonly body: Style
  /** Of each column, padding included. */
  readonly widths: readonly number[]
}
type Cells = readonly (readonly string[])[]

const textsOf = (table: DocumentTable, language: 'sq' | 'en', hidden: string): string[][] =>
  table.rows.map((row) =>
    row.map((cell, at) => {
      if (cell === null) return hidden
      if (typeof cell === 'string') return cell
      const kind = table.columns[at]?.kind ?? 'text'
      return figureText(cell, kind === 'text' ? 'number' : kind, language)
    }),
  )

/** Widths of columns: none is narrower than its longest word; what is left goes where the long texts are. */
const widthsFor = (paper: Paper, table: DocumentTable, texts: string[][], plan: Omit<Plan, 'widths'>) => {
  const across = paper.widthOf(plan.landscape)
  const wants = table.columns.map(({ head, kind }, at) => {
    const cells = texts.map((row) => row[at] ?? '')
    const longest = (words: readonly string[], style: Style): number =>
      words.reduce((most, word) => Math.max(most, paper.measure(word, style.face, style.size)), 0)
    const least = Math.max(
      longest(head.split(/\s/), plan.head),
      longest(kind === 'text' ? cells.flatMap((cell) => cell.split(/[ \n]/)) : cells, plan.body),
    )
    const whole = Math.max(Math.min(longest([head], plan.head), 140), longest(cells, plan.body))
    return { least: least + 2 * pad.x + 0.5, whole: Math.max(least, whole) + 2 * pad.x + 0.5, kind }
  })
  const least = wants.reduce((sum, one) => sum + one.least, 0)
  const whole = wants.reduce((sum, one) => sum + one.whole, 0)
  const fits = least <= across
  if (whole <= across) {
    const texts = wants.filter(({ kind }) => kind === 'text').length || wants.length
    const more = (across - whole) / texts
    const all = texts === wants.length || wants.every(({ kind }) => kind !== 'text')
    return {
      fits,
      widths: wants.map((one) => one.whole + (all || one.kind === 'text' ? more : 0)),
    }
  }
  if (!fits) return { fits, widths: wants.map((one) => (one.least * across) / least) }
  // A long text gains by the root of its length: twice the text is not twice the width.
  const greed = wants.map((one) => Math.sqrt(one.whole - one.least))
  const all = greed.reduce((a, b) => a + b, 0)
  return { fits, widths: wants.map((one, at) => one.least + ((across - least) * greed[at]!) / all) }
}

/** How a table will stand: upright if its words have room, else across, else in smaller letters. */
const planTable = (paper: Paper, table: DocumentTable, texts: string[][]): Plan => {
  const many = table.columns.length > 7
  for (const size of sizes)
    for (const landscape of many ? [true] : [false, true]) {
      const plan = {
        landscape,
        head: { face: 'strong', size, lead: size * 1.3, ink: 'ink' },
        body: { face: 'text', size, lead: size * 1.3, ink: 'ink' },
      } as const
      const { fits, widths } = widthsFor(paper, table, texts, plan)
      if (fits || (size === sizes.at(-1) && landscape)) return { ...plan, widths }
    }
  throw new Error('a table has a plan')
}

const heightOf = (cells: Cells, lead: number): number =>
  Math.max(1, ...cells.map((lines) => lines.length)) * lead + 2 * pad.y

export interface TableWords {
  readonly language: 'sq' | 'en'
  readonly hidden: string
  readonly hiddenWhy: string
}

/** Whether the sheet is turned for it. */
export const isWide = (paper: Paper, table: DocumentTable, words: TableWords): boolean =>
  planTable(paper, table, textsOf(table, words.language, words.hidden)).landscape

/** The table under its heading, then its notes. */
export const drawTable = (paper: Paper, parent: Tag, table: DocumentTable, words: TableWords): void => {
  const texts = textsOf(table, words.language, words.hidden)
  const plan = planTable(paper, table, texts)
  const cut = (row: readonly string[], style: Style): string[][] =>
    row.map((cell, at) => paper.wrap(cell, style, plan.widths[at]! - 2 * pad.x))
  const head = cut(
    table.columns.map((column) => column.head),
    plan.head,
  )
  const headHeight = heightOf(head, plan.head.lead)
  const rows = texts.map((row) => cut(row, plan.body))
  const first = rows[0] === undefined ? 0 : heightOf(rows[0], plan.body.lead)
  const keep = headHeight + Math.min(first, 90)
  paper.need(30 + keep, plan.landscape)
  paper.text(parent, 'H3', table.caption, styles.caption, 4, keep)

  const lefts = plan.widths.map((_, at) =>
    plan.widths.slice(0, at).reduce((sum, one) => sum + one, margin.side as number),
  )
  const across = plan.widths.reduce((a, b) => a + b, 0)
  const lines = (cells: Cells, at: number, style: Style, top: number): void => {
    const right = table.columns[at]?.kind !== 'text'
    cells[at]?.forEach((line, down) => {
      if (line === '') return
      const x = right
        ? lefts[at]! + plan.widths[at]! - pad.x - paper.measure(line, style.face, style.size)
        : lefts[at]! + pad.x
      paper.write(line, x, top + pad.y + down * style.lead, style)
    })
  }
  const headLines = (): void => {
    paper.rule(margin.side, across, paper.y, 'ink', 1)
    paper.rule(margin.side, across, paper.y + headHeight, 'ink', 0.75)
  }

  const tag = paper.child(parent, 'Table')
  const thead = paper.child(tag, 'THead')
  const headRow = paper.child(thead, 'TR')
  head.forEach((_, at) => {
    const cell = paper.child(headRow, 'TH', { scope: 'Column' })
    paper.mark(cell, 'TH', () => lines(head, at, plan.head, paper.y))
  })
  paper.artifact(headLines)
  paper.y += headHeight

  const again = (): void => {
    paper.newPage()
    paper.artifact(() => {
      headLines()
      for (const at of head.keys()) lines(head, at, plan.head, paper.y)
    })
    paper.y += headHeight
  }
  const body = paper.child(tag, 'TBody')
  const namesRow = table.columns[0]?.kind === 'text'
  for (const row of rows) {
    const tr = paper.child(body, 'TR')
    const cells = row.map((_, at) =>
      namesRow && at === 0 ? paper.child(tr, 'TH', { scope: 'Row' }) : paper.child(tr, 'TD'),
    )
    let rest: Cells = row
    // A row goes whole onto the next sheet unless it is taller than one.
    if (
      heightOf(rest, plan.body.lead) > paper.room &&
      heightOf(rest, plan.body.lead) <= paper.whole - headHeight
    )
      again()
    for (;;) {
      const count = Math.floor((paper.room - 2 * pad.y) / plan.body.lead)
      if (count < 1) {
        again()
        continue
      }
      const part = rest.map((all) => all.slice(0, count))
      part.forEach((all, at) => {
        if (all.some((line) => line !== ''))
          paper.mark(cells[at]!, namesRow && at === 0 ? 'TH' : 'TD', () =>
            lines(part, at, plan.body, paper.y),
          )
      })
      const height = heightOf(part, plan.body.lead)
      paper.y += height
      const under = paper.y
      paper.artifact(() => paper.rule(margin.side, across, under))
      rest = rest.map((all) => all.slice(count))
      if (rest.every((all) => all.length === 0)) break
      again()
    }
  }
  tag.end()
  paper.y += 4
  const hidden = table.rows.some((row) => row.includes(null)) ? words.hiddenWhy : ''
  for (const note of [table.note ?? '', hidden])
    if (note !== '') paper.text(parent, 'P', note, styles.note, 2)
  paper.y += 12
}
