/** What is printed can be read: by eyes, by a screen reader, by a program; and it is the same tomorrow. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { figureText } from '#domain/reporting/figure.ts'
import { pdfOf } from '#server/pdf/document.ts'
import { printable } from '#server/pdf/letters.ts'
import { structureFaults } from '#test/pdf-structure.ts'
import { elements, type ReadPdf, readPdf } from '#test/pdf-text.ts'
import { reportDocument } from '#test/report-document.ts'
import { words } from '#wire/words/index.ts'

const now = '2026-11-21T10:00:00.000Z'
const all = (pdf: ReadPdf): string =>
  pdf.pages.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join(' ')

describe('figures', () => {
  it('are written as each language writes them', () => {
    expect(figureText(28_500.5, 'number', 'sq')).toBe('28\u00a0500,5')
    expect(figureText(28_500.5, 'number', 'en')).toBe('28,500.5')
    expect(figureText(-1_234_567, 'lek', 'sq')).toBe('−1\u00a0234\u00a0567')
    expect(figureText(42.5, 'percent', 'sq')).toBe('42,5\u00a0%')
    expect(figureText(42, 'percent', 'en')).toBe('42%')
    expect(figureText(-0.0001, 'number', 'en')).toBe('0')
  })
  it('keep their digits whatever they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (figure) => {
        const read = figureText(figure, 'lek', 'sq').replaceAll('\u00a0', '').replace('−', '-')
        expect(Number(read)).toBe(figure)
      }),
    )
  })
})

describe('a report as PDF', () => {
  let pdf: ReadPdf
  let bytes: Buffer
  beforeAll(async () => {
    bytes = await pdfOf(reportDocument('sq'), { now, footer: 'Ministria e Brendshme', watermark: 'PROJEKT' })
    pdf = readPdf(bytes)
  })

  it('is tagged, in its language, with its title', () => {
    expect(pdf).toMatchObject({ marked: true, language: 'sq', title: reportDocument('sq').title })
    expect(structureFaults(pdf)).toEqual([])
    expect(pdf.metadata).toContain('masat &lt;2018–2020&gt;')
    expect(pdf.metadata).toContain('Raporti i monitorimit &amp; masat')
  })

  it('gives back every letter, Albanian ones too, and every figure', () => {
    const text = all(pdf)
    const sought = [
      'Shtylla 1: Ç Ë ç ë',
      'Zyra Kombëtare çmon se përmbushja',
      '1 234 567',
      '300 000,125',
      '42,5 %',
      '«fshehur»',
    ]
    expect(sought.filter((one) => !text.includes(one))).toEqual([])
    expect(text.includes('\ufffd')).toBe(false)
  })

  it('is read out in order: headings, paragraphs, tables with heads, figures in words', () => {
    const { structure } = pdf
    expect(elements(structure, 'H1').map(({ text }) => text)).toEqual([reportDocument('sq').title])
    expect(elements(structure, 'H2').map(({ text }) => text)).toEqual([
      'Shtylla 1: Ç Ë ç ë',
      'Tabelë e gjerë',
    ])
    expect(elements(structure, 'H3').map(({ text }) => text)).toEqual([
      'Veprimtaritë sipas gjendjes',
      words.sq.reportDocument.figures,
      'Kostoja sipas burimit',
      'Veprimtaritë',
    ])
    const [, cost, wide] = elements(structure, 'Table')
    const rows = elements(cost!, 'TR')
    expect(rows).toHaveLength(41)
    expect(rows[0]!.children.map(({ kind, scope, text }) => [kind, scope, text])).toEqual(
      ['Objektivi', 'Kosto', 'Raste', 'Pjesa'].map((head) => ['TH', '/Column', head]),
    )
    expect(rows[4]!.children.map(({ kind, scope }) => [kind, scope])).toEqual([
      ['TH', '/Row'],
      ['TD', ''],
      ['TD', ''],
      ['TD', ''],
    ])
    expect(rows[4]!.children[2]!.text).toBe('fshehur')
    expect(elements(wide!, 'TR')).toHaveLength(41)
    const [figure] = elements(structure, 'Figure')
    expect(figure!.alt).toContain('Përfunduar: 1\u00a0234; Në zbatim: fshehur; Pezulluar: 0')
  })

  it('marks every piece of text: content in the structure, the rest an artifact', () => {
    for (const { pieces } of pdf.pages)
      for (const piece of pieces)
        expect(piece.tag === 'Artifact' || piece.mcid !== null, piece.text).toBe(true)
  })

  it('repeats heads, footers and page numbers on each sheet, and turns sheets for wide tables', () => {
    const count = pdf.pages.length
    pdf.pages.forEach(({ pieces }, at) => {
      const seen = pieces.filter(({ tag }) => tag === 'Artifact').map(({ text }) => text)
      expect(seen).toContain(`Faqja ${at + 1} nga ${count}`)
      expect(seen).toContain('Ministria e Brendshme')
      expect(seen).toContain('PROJEKT')
    })
    const turned = pdf.pages.filter(({ width }) => width > 800)
    expect(turned.length).toBeGreaterThan(1)
    for (const { pieces } of turned) expect(pieces.map(({ text }) => text)).toContain('Kolona 8')
    expect(turned[0]!.pieces.map(({ text }) => text)).toContain('Tabelë e gjerë')
  })

  it('says once under a table what a hidden figure is', () => {
    const notes = elements(pdf.structure, 'P').filter(({ text }) => text.includes('«fshehur»'))
    expect(notes).toHaveLength(3)
  })

  it('is the same bytes for the same report', async () => {
    const again = await pdfOf(reportDocument('sq'), {
      now,
      footer: 'Ministria e Brendshme',
      watermark: 'PROJEKT',
    })
    expect(again.equals(bytes)).toBe(true)
  })

  it('has a sheet in English as well', async () => {
    const english = readPdf(await pdfOf(reportDocument('en', 1, 3), { now }))
    expect(english.language).toBe('en')
    for (const sought of ['1,234,567', 'hidden', `Page 1 of ${english.pages.length}`])
      expect(all(english).includes(sought), sought).toBe(true)
  })

  it('goes on over thirty sheets', async () => {
    const thick = readPdf(await pdfOf(reportDocument('sq', 4, 45), { now }))
    expect(thick.pages.length).toBeGreaterThanOrEqual(30)
  })
})

describe('odd reports', () => {
  const tables = fc.integer({ min: 1, max: 14 }).chain((width) =>
    fc.record({
      caption: fc.string({ minLength: 1, maxLength: 300 }),
      columns: fc.array(
        fc.record({
          head: fc.string({ maxLength: 60 }),
          kind: fc.constantFrom('text' as const, 'number' as const, 'lek' as const, 'percent' as const),
        }),
        { minLength: width, maxLength: width },
      ),
      rows: fc.array(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary', maxLength: 800 }),
            fc.double({ min: -1e15, max: 1e15, noNaN: true }),
            fc.constant(null),
          ),
          { minLength: width, maxLength: width },
        ),
        { maxLength: 12 },
      ),
    }),
  )
  it('are printed whatever stands in them', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.string({ unit: 'binary', maxLength: 4000 }), async (table, text) => {
        const bars = table.rows.map((row) => ({
          label: String(row[0]),
          values: row.slice(0, 2).map((cell) => (typeof cell === 'number' ? cell : null)),
        }))
        const document = {
          language: 'sq' as const,
          title: text.slice(0, 300),
          about: [],
          sections: [
            {
              heading: table.caption,
              paragraphs: [text],
              tables: [table],
              // A chart that is named like a table shows that table's figures and brings none of its own.
              charts: [{ caption: `${table.caption} 2`, series: ['a', 'b'], bars }],
            },
          ],
        }
        const pdf = readPdf(await pdfOf(document, { now }))
        expect(elements(pdf.structure, 'Table').length).toBe(2)
        expect(all(pdf).includes('\ufffd')).toBe(false)
      }),
      { numRuns: 15 },
    )
  }, 60_000)

  it('with letters the typeface lacks say something plain, not a box', () => {
    expect(printable('Łódź, Şehir, ﬁ → x\u202f1 \u{1f600}')).toBe('Łódź, Şehir, fi – x\u00a01 ?')
  })
})
