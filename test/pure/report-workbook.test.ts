/** A report as workbook: figures stay figures, hidden ones stay hidden, and no cell is a formula. */
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { workbookOf } from '#server/workbook/document.ts'
import { reportDocument } from '#test/report-document.ts'
import { ReportDocument } from '#wire/reporting-document.ts'

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

interface Read {
  readonly names: readonly string[]
  readonly sheets: readonly (readonly (string | number)[])[]
  readonly raw: string
}
const read = (bytes: Buffer): Read => {
  const files = Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]),
  )
  const shared = [
    ...(files['xl/sharedStrings.xml'] ?? '').matchAll(/<si>.*?<t[^>]*>([^<]*)<\/t>.*?<\/si>/gs),
  ].map(([, text]) => unescaped(text!))
  const names = [...files['xl/workbook.xml']!.matchAll(/<sheet [^>]*?name="([^"]*)"/g)].map(([, name]) =>
    unescaped(name!),
  )
  const sheets = names.map((_, at) =>
    [
      ...files[`xl/worksheets/sheet${at + 1}.xml`]!.matchAll(
        /<c [^>]*?(?:t="(\w+)")?[^>]*>(?:<v>([^<]*)<\/v>|<is><t[^>]*>([^<]*)<\/t><\/is>)<\/c>/g,
      ),
    ].map(([cell, , value, inline]) => {
      if (inline !== undefined) return unescaped(inline)
      return cell.includes('t="s"') ? shared[Number(value)]! : Number(value)
    }),
  )
  return { names, sheets, raw: Object.values(files).join('') }
}

describe('a report as workbook', () => {
  let book: Read
  beforeAll(async () => {
    book = read(await workbookOf(reportDocument('sq', 2, 5)))
  })

  it('has a sheet for what it says and one for each table, each with a name of its own', () => {
    expect(book.names).toEqual([
      'Për raportin',
      '1 Veprimtaritë sipas gjendje',
      '2 Kostoja sipas burimit',
      '3 Veprimtaritë',
      '4 Veprimtaritë sipas gjendje',
      '5 Kostoja sipas burimit',
      '6 Veprimtaritë',
    ])
    expect(book.sheets[0]).toContain('Raporti i monitorimit & masat <2018–2020>')
    expect(book.sheets[0]).toContain('Shtylla 1: Ç Ë ç ë')
  })

  it('keeps figures as figures and says which are hidden', () => {
    expect(book.sheets[2]).toContain(1_234_567)
    expect(book.sheets[2]).toContain(42.5)
    expect(book.sheets[2]).toContain('fshehur')
    expect(book.sheets[2]).toContain('Shumat në lekë.')
    expect(book.sheets[3]).toContain(300_000.125)
    expect(book.sheets[1]).toEqual(expect.arrayContaining(['Në zbatim', 'fshehur', 'Pezulluar', 0]))
  })

  it('holds no formula and no cell that could begin one', () => {
    expect(book.raw).not.toContain('<f>')
    const texts = book.sheets.flat().filter((cell) => typeof cell === 'string')
    expect(texts).toContain("'=1+0")
    expect(texts).toContain("'+ botimi 1")
    expect(texts).toContain('\'=HYPERLINK("http://evil.example")')
    expect(texts.filter((text) => /^[=+@-]/.test(text))).toEqual([])
  })
})

describe('the shape of a report', () => {
  it('takes the whole document, and none that is crooked or boundless', () => {
    const good = reportDocument('en', 2, 5)
    expect(ReportDocument.parse(good)).toEqual(good)
    const [section] = good.sections
    const bad = (over: object) => ReportDocument.safeParse({ ...good, ...over }).success
    expect(bad({ language: 'de' })).toBe(false)
    expect(bad({ title: ' ' })).toBe(false)
    expect(bad({ extra: 1 })).toBe(false)
    expect(bad({ sections: Array.from({ length: 101 }, () => section) })).toBe(false)
    const table = section!.tables[0]!
    const withTable = (over: object) => bad({ sections: [{ ...section!, tables: [{ ...table, ...over }] }] })
    expect(withTable({})).toBe(true)
    expect(withTable({ rows: [['too', 'narrow']] })).toBe(false)
    expect(withTable({ rows: [['a', Number.NaN, 1, 1]] })).toBe(false)
    expect(withTable({ rows: [['a', 1e16, 1, 1]] })).toBe(false)
    expect(withTable({ rows: [['a\u0000', 1, 1, 1]] })).toBe(false)
  })
})
