import fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { PlanContent, PlanNode } from '#domain/action-plan/content.ts'
import { readBodies } from '#server/action-plan/bodies.ts'
import { nodeFields, sheetNames } from '#server/action-plan/sheets.ts'
import { readShippedPlans } from '#server/action-plan/shipped.ts'
import { readPlanWorkbook, type WorkbookWorld } from '#server/action-plan/workbook-read.ts'
import { planSheets, planWorkbook, templateWorkbook } from '#server/action-plan/workbook-write.ts'
import { columnName, limits, readWorkbook, WorkbookProblem } from '#server/workbook/read.ts'
import { escapeCell, plainText, type Sheet, writeWorkbook } from '#server/workbook/write.ts'

const bodies = readBodies()
const shipped = readShippedPlans(bodies)
const world: WorkbookWorld = {
  bodyList: bodies,
  bodies: new Set(bodies.map((body) => body.code)),
  municipalities: new Set(Array.from({ length: 61 }, (_, at) => String(at + 1).padStart(2, '0'))),
}
const nameOf = (plan: (typeof shipped)[number]) => ({
  slug: plan.slug,
  kind: plan.kind,
  parent: null,
  sourceFile: plan.sourceFile,
})
const read = (bytes: Uint8Array) => readPlanWorkbook(bytes, world)
const faultsOf = (bytes: Uint8Array): string[] => {
  const result = read(bytes)
  return result.ok ? [] : result.faults.list.map((one) => `${one.sheet}!${one.cell} ${one.code}`)
}

describe('export and import change nothing', () => {
  test.each(shipped.map((plan) => [plan.slug, plan] as const))('%s', async (_, plan) => {
    const result = read(await planWorkbook(nameOf(plan), plan.content, bodies))
    if (!result.ok) expect(result.faults.list).toEqual([])
    else {
      expect(result.name).toEqual(nameOf(plan))
      expect(result.content).toEqual(plan.content)
    }
  })

  const words = fc
    .stringMatching(/^[=+@'-]{0,2}[a-zëç][a-zëç0-9 .,;:()%-]{0,40}[a-zëç.]$/)
    .filter((text) => text.trim() === text)
  const money = fc.option(fc.bigInt({ min: 0n, max: 99_999_999_999n }), { nil: null }).map((lek) => ({
    lek: lek === null ? null : String(lek),
    printed: lek === null ? null : `${lek / 1000n}.${String(lek % 1000n).padStart(3, '0')}`,
  }))
  const activity = fc.record({
    titleSq: words,
    titleEn: fc.option(words, { nil: null }),
    subItemsSq: fc.array(words, { maxLength: 3 }),
    bodies: fc.uniqueArray(fc.constantFrom('MB', 'PSH', 'ZKKA', 'Terre des Hommes', 'bashkitë'), {
      maxLength: 3,
    }),
    amounts: fc.record({ cost: money, state: money, donors: money, gap: money }),
    ongoing: fc.boolean(),
    deadline: fc.option(words, { nil: null }),
    lines: fc.array(fc.record({ sq: words, en: fc.option(words, { nil: null }) }), { maxLength: 3 }),
  })
  const node = (uid: string, parent: string | null, kind: PlanNode['kind'], titleSq: string): PlanNode => ({
    uid,
    parent,
    kind,
    codePrinted: null,
    code: uid,
    titleSq,
    titleEn: null,
    textSq: null,
    subItemsSq: [],
    subItemsEn: [],
    headerMissing: false,
    sourceLine: null,
    doubt: null,
    indicators: [],
    responsible: [],
    activity: null,
  })
  const plan = fc.tuple(words, fc.array(activity, { minLength: 1, maxLength: 6 })).map(
    ([title, rows]): PlanContent => ({
      head: {
        titleSq: title,
        titleEn: null,
        periodFrom: '2026-01-01',
        periodTo: '2026-12-31',
        periodSaid: null,
        euroRate: '99.5',
      },
      nodes: [
        node('g', null, 'goal', title),
        ...rows.map(
          (row, at): PlanNode => ({
            ...node(`a${at}`, 'g', 'activity', row.titleSq),
            titleEn: row.titleEn,
            subItemsSq: row.subItemsSq,
            indicators: row.lines.map((line) => ({ kind: 'indicator' as const, ...line })),
            responsible: row.bodies.map((code) => ({ code, asPrinted: code })),
            activity: {
              deadline: {
                text: row.deadline,
                from: null,
                to: null,
                ongoing: row.ongoing,
                approx: false,
                recurrence: null,
              },
              responsibleText: null,
              amounts: row.amounts,
              resources: null,
            },
          }),
        ),
      ],
      budget: [],
      figures: [],
      parties: [],
      checks: [],
    }),
  )
  test('any plan, with text that looks like a formula', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (content) => {
        const name = { slug: 'plan-i-punes', kind: 'institution' as const, parent: null, sourceFile: null }
        const result = read(await planWorkbook(name, content, bodies))
        expect(result.ok ? result.content : result.faults.list).toEqual(content)
      }),
      { numRuns: 15 },
    )
  })
  test('escaping is undone exactly', () => {
    fc.assert(fc.property(fc.string(), (text) => plainText(escapeCell(text)) === text))
    expect(escapeCell('=1+1')).toBe("'=1+1")
    expect(escapeCell('ë')).toBe('ë')
  })
})

test('the template reads as a workbook whose places are not filled in, and nothing else', async () => {
  const found = faultsOf(await templateWorkbook(bodies))
  expect(found).toEqual(
    expect.arrayContaining([`${sheetNames.head}!B2 required`, `${sheetNames.head}!B6 title_missing`]),
  )
  expect(found.filter((one) => /column|sheet_missing/.test(one))).toEqual([])
})

// Bad workbooks --------------------------------------------------------------------------------------------------------

/** The beginning of the national plan: one pillar, one goal, one objective, a few activities. Whole it is read back above. */
const nap = {
  ...shipped[0]!,
  content: {
    ...shipped[0]!.content,
    nodes: shipped[0]!.content.nodes.slice(0, 9),
    budget: [],
    figures: [],
    checks: [],
  },
}
const columnOf = (field: string): string => columnName(nodeFields.findIndex((one) => one.field === field) + 1)
/** The national plan's workbook with one cell of the rows changed. Row 2 is the first row of the plan. */
const spoilt = async (row: number, field: string, value: string | number | null): Promise<Buffer> =>
  writeWorkbook(
    planSheets(nameOf(nap), nap.content, bodies).map(
      (sheet): Sheet =>
        sheet.name !== sheetNames.nodes
          ? sheet
          : {
              ...sheet,
              rows: sheet.rows.map((cells, at) =>
                at + 2 === row
                  ? cells.map((cell, column) => (nodeFields[column]!.field === field ? value : cell))
                  : cells,
              ),
            },
    ),
  )
/** Row of the first activity (pillar, goal, objective before it). */
const first = 5
/** A workbook's own XML changed by hand, as no writer of ours would. */
const edited = (book: Uint8Array, change: (name: string, xml: string) => string): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(unzipSync(book)).map(([name, data]) => [
        name,
        strToU8(change(name, new TextDecoder().decode(data))),
      ]),
    ),
  )
const sheet2 = 'xl/worksheets/sheet2.xml'

describe('a bad workbook is told by sheet and cell', () => {
  test.each([
    ['number as text', 'cost', '445.680', 'number_as_text'],
    ['number as Albanian text', 'cost', '445,68', 'number_as_text'],
    ['words for an amount', 'cost', 'shumë', 'not_a_number'],
    ['negative amount', 'cost', -5, 'negative'],
    ['negative as text', 'cost', '-5.0', 'negative'],
    ['absurd amount', 'cost', 1e12, 'amount_absurd'],
    ['four decimals', 'cost', 1.2345, 'too_many_decimals'],
    ['HTML', 'titleSq', 'Ndryshimi <b>i nenit</b>', 'html'],
    ['script', 'titleEn', '<script>alert(1)</script>', 'html'],
    ['unknown institution', 'responsible', 'Ministria e Hënës', 'unknown_body'],
    ['unknown kind', 'kind', 'qëllim', 'unknown_code'],
    ['no Albanian', 'titleSq', null, 'language_missing'],
    ['no key', 'uid', null, 'required'],
    ['repeated key', 'uid', '1/1.(a).2', 'uid_repeated'],
    ['unknown parent', 'parent', '9/9', 'parent_unknown'],
    ['its own parent', 'parent', '1/1.(a).1', 'circular'],
    ['day that is none', 'to', '2019-02-30', 'bad_date'],
    ['end before start', 'to', '2017-12-31', 'dates_reversed'],
    ['flag in other words', 'ongoing', 'ndoshta', 'bad_flag'],
    ['printed otherwise', 'costPrinted', '191.0', 'amount_not_as_printed'],
  ] as const)('%s', async (_, field, value, code) => {
    const found = faultsOf(await spoilt(first, field, value))
    const wanted = code === 'uid_repeated' ? `${columnOf(field)}${first + 1}` : `${columnOf(field)}${first}`
    expect(found).toContain(`${sheetNames.nodes}!${wanted} ${code}`)
  })

  test('445.680 as text is answered with the number it means', async () => {
    const result = read(await spoilt(first, 'cost', '445.680'))
    expect(result.ok ? [] : result.faults.list.map((one) => one.params)).toEqual([
      { said: '445.680', suggestion: '445.68' },
    ])
  })

  test('a circle of three', async () => {
    const book = await writeWorkbook(
      planSheets(nameOf(nap), nap.content, bodies).map(
        (sheet): Sheet =>
          sheet.name !== sheetNames.nodes
            ? sheet
            : {
                ...sheet,
                rows: sheet.rows.map((cells, at) =>
                  at === 0 ? [cells[0], '1/1.(a)', ...cells.slice(2)] : cells,
                ),
              },
      ),
    )
    const found = faultsOf(book)
    expect(found.filter((one) => one.endsWith('circular')).length).toBeGreaterThan(3)
  })

  test('formulas are never computed', async () => {
    const book = await planWorkbook(nameOf(nap), nap.content, bodies)
    const cell = `${columnOf('cost')}${first}`
    const found = faultsOf(
      edited(book, (name, xml) =>
        name === sheet2
          ? xml.replace(new RegExp(`(<c r="${cell}"[^>]*>)<v>`), '$1<f>SUM(1,189)</f><v>')
          : xml,
      ),
    )
    expect(found).toEqual([`${sheetNames.nodes}!${cell} formula`])
  })

  test('merged cells', async () => {
    const book = await planWorkbook(nameOf(nap), nap.content, bodies)
    const found = faultsOf(
      edited(book, (name, xml) =>
        name === sheet2
          ? xml.replace(
              '</sheetData>',
              '</sheetData><mergeCells count="1"><mergeCell ref="F5:G5"/></mergeCells>',
            )
          : xml,
      ),
    )
    expect(found).toEqual([`${sheetNames.nodes}!F5 merged`])
  })

  test('all faults at once, each in its place', async () => {
    const book = await writeWorkbook(
      planSheets(nameOf(nap), nap.content, bodies)
        .filter((sheet) => sheet.name !== sheetNames.parties)
        .map(
          (sheet): Sheet =>
            sheet.name !== sheetNames.nodes
              ? sheet
              : {
                  ...sheet,
                  columns: sheet.columns.map((column, at) =>
                    at === 1 ? { ...column, title: 'Prindi' } : column,
                  ),
                  rows: sheet.rows.map((cells, at) =>
                    at === 3 ? cells.map((cell, column) => (column === 5 ? '<i>x</i>' : cell)) : cells,
                  ),
                },
        ),
    )
    const found = faultsOf(book)
    expect(found).toContain(`${sheetNames.parties}!null sheet_missing`)
    expect(found).toContain(`${sheetNames.nodes}!B1 column_unknown`)
    expect(found).toContain(`${sheetNames.nodes}!null column_missing`)
    expect(found).toContain(`${sheetNames.nodes}!F5 html`)
  })
})

describe('a file that cannot be believed is refused whole', () => {
  const problem = (bytes: Uint8Array): string => {
    try {
      readWorkbook(bytes)
    } catch (error) {
      return error instanceof WorkbookProblem ? error.code : String(error)
    }
    return 'read'
  }
  const book = async (): Promise<Uint8Array> => planWorkbook(nameOf(nap), nap.content, bodies)

  test('not a workbook', async () => {
    expect(problem(strToU8('emri;vlera'))).toBe('not_a_workbook')
    expect(problem(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]))).toBe('not_a_workbook')
    expect(problem(zipSync({ 'a.txt': strToU8('x') }))).toBe('not_a_workbook')
    const whole = await book()
    expect(problem(whole.subarray(0, whole.length / 2))).not.toBe('read')
  })
  test('larger than five megabytes', () => {
    const large = new Uint8Array(limits.packed + 1)
    large.set([0x50, 0x4b])
    expect(problem(large)).toBe('too_large')
  })
  test('a bomb is given up while it inflates', { timeout: 60_000 }, () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(64 * 1_048_576) }, { level: 9 })
    expect(bomb.length).toBeLessThan(limits.packed)
    const before = process.memoryUsage().rss
    expect(problem(bomb)).toBe('bomb')
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1_048_576)
  })
  test('a bomb whose headers lie about its size', { timeout: 60_000 }, () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(48 * 1_048_576) }, { level: 9 })
    const view = new DataView(bomb.buffer, bomb.byteOffset)
    view.setUint32(22, 10, true)
    const central = bomb.lastIndexOf(0x02)
    expect(central).toBeGreaterThan(0)
    expect(problem(bomb)).toBe('bomb')
  })
  test('many parts', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`xl/x${at}.xml`, strToU8('x')]))
    expect(problem(zipSync(many))).toBe('bomb')
  })
  test('external and nested entities', async () => {
    const xxe = edited(await book(), (name, xml) =>
      name === 'xl/sharedStrings.xml'
        ? xml
            .replace(
              /<\?xml[^>]*\?>/,
              '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
            )
            .replace('<t>', '<t>&e;')
        : xml,
    )
    expect(problem(xxe)).toBe('doctype')
    const undeclared = edited(await book(), (name, xml) =>
      name === 'xl/sharedStrings.xml' ? xml.replace('<t>', '<t>&lol;') : xml,
    )
    expect(problem(undeclared)).toBe('broken_xml')
  })
  test('macros', async () => {
    const parts = unzipSync(await book())
    expect(problem(zipSync({ ...parts, 'xl/vbaProject.bin': strToU8('x') }))).toBe('macros')
  })
})
