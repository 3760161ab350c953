/**
 * Excel workbooks in: the one reader of the register. It believes nothing that the file says about itself. The archive is
 * inflated piece by piece and given up as soon as it grows past its bounds, whatever sizes its headers claim; the XML
 * inside is read without document types, so no entity is ever expanded or fetched. What comes out are cells with their
 * addresses; formulas are marked, never computed.
 */
import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate'
import { SaxesParser, type SaxesTagPlain } from 'saxes'

export interface WorkbookCell {
  /** As Excel names it, e.g. `H12`. */
  readonly ref: string
  readonly row: number
  /** From 1. */
  readonly column: number
  readonly kind: 'text' | 'number' | 'boolean' | 'error' | 'formula'
  /** Numbers as the file writes them. */
  readonly text: string
}
export interface WorkbookSheet {
  readonly name: string
  readonly cells: readonly WorkbookCell[]
  /** Merged ranges, e.g. `A1:C1`. */
  readonly merged: readonly string[]
}

export const bookFaults = [
  'not_a_workbook',
  'too_large',
  'bomb',
  'macros',
  'doctype',
  'broken_xml',
  'too_many_cells',
] as const
export type BookFault = (typeof bookFaults)[number]

/** The file as a whole cannot be read. `where` is the part inside it. */
export class WorkbookProblem extends Error {
  readonly code: BookFault
  readonly where: string | null
  constructor(code: BookFault, where: string | null = null) {
    super(code)
    this.code = code
    this.where = where
  }
}

export const limits = {
  /** Bytes of the file as sent. */
  packed: 5 * 1_048_576,
  /** Bytes of everything in it, inflated. */
  inflated: 24 * 1_048_576,
  /** Inflated for each packed byte: workbooks of text lie near 10. */
  ratio: 200,
  entries: 200,
  cells: 200_000,
  text: 32_767,
  depth: 40,
} as const

/** So small that no slice can inflate to more than about four megabytes before it is counted. */
const slice = 4096

const wanted = (name: string): boolean =>
  name === 'xl/workbook.xml' ||
  name === 'xl/_rels/workbook.xml.rels' ||
  name === 'xl/sharedStrings.xml' ||
  /^xl\/worksheets\/[\w.-]+\.xml$/.test(name)

/** The wanted parts of the archive as text. Every part is counted, wanted or not. */
const unpack = (bytes: Uint8Array): Map<string, string> => {
  const parts = new Map<string, Uint8Array[]>()
  let entries = 0
  let inflated = 0
  let failed: WorkbookProblem | undefined
  const unzip = new Unzip((file) => {
    entries += 1
    if (entries > limits.entries || parts.has(file.name)) failed ??= new WorkbookProblem('bomb', file.name)
    if (/vbaProject|macrosheets|activeX/i.test(file.name)) failed ??= new WorkbookProblem('macros', file.name)
    if (failed !== undefined) return
    const pieces: Uint8Array[] = []
    parts.set(file.name, pieces)
    file.ondata = (error, data) => {
      if (error !== null) failed ??= new WorkbookProblem('not_a_workbook', file.name)
      if (failed !== undefined || data === undefined) return
      inflated += data.length
      if (inflated > limits.inflated) failed = new WorkbookProblem('bomb', file.name)
      else if (wanted(file.name)) pieces.push(data)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  unzip.register(UnzipPassThrough)
  let fed = 0
  try {
    while (fed < bytes.length && failed === undefined) {
      const end = Math.min(fed + slice, bytes.length)
      unzip.push(bytes.subarray(fed, end), end === bytes.length)
      fed = end
      if (inflated > 1_048_576 && inflated > fed * limits.ratio) failed ??= new WorkbookProblem('bomb')
    }
  } catch {
    failed ??= new WorkbookProblem('not_a_workbook')
  }
  if (failed !== undefined) throw failed
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const texts = new Map<string, string>()
  for (const [name, pieces] of parts) {
    if (!wanted(name)) continue
    try {
      texts.set(name, decoder.decode(Buffer.concat(pieces)))
    } catch {
      throw new WorkbookProblem('broken_xml', name)
    }
  }
  return texts
}

interface Handlers {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

const parseXml = (xml: string, where: string, handlers: Handlers): void => {
  const parser = new SaxesParser()
  let depth = 0
  parser.on('doctype', () => {
    throw new WorkbookProblem('doctype', where)
  })
  parser.on('error', () => {
    throw new WorkbookProblem('broken_xml', where)
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    depth += 1
    if (depth > limits.depth) throw new WorkbookProblem('broken_xml', where)
    handlers.open(local(tag.name), tag.attributes)
  })
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('cdata', (text) => handlers.text?.(text))
  parser.on('closetag', (tag) => {
    depth -= 1
    handlers.close?.(local(tag.name))
  })
  parser.write(xml).close()
}

/** Shared strings in order; runs of one string are joined, readings above them left out. */
const readStrings = (xml: string): string[] => {
  const strings: string[] = []
  let current: string[] | null = null
  let inText = false
  let phonetic = 0
  parseXml(xml, 'sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') current = []
      if (name === 'rPh') phonetic += 1
      if (name === 't') inText = phonetic === 0
    },
    text: (text) => {
      if (inText) current?.push(text)
    },
    close: (name) => {
      if (name === 't') inText = false
      if (name === 'rPh') phonetic -= 1
      if (name !== 'si') return
      strings.push((current ?? []).join('').slice(0, limits.text))
      current = null
    },
  })
  return strings
}

const columnOf = (ref: string): number => {
  const letters = /^[A-Z]{1,3}/.exec(ref)?.[0] ?? ''
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

/** `1` → `A`, `28` → `AB`. */
export const columnName = (column: number): string => {
  const rest = (column - 1) % 26
  const more = (column - 1 - rest) / 26
  return `${more > 0 ? columnName(more) : ''}${String.fromCharCode(65 + rest)}`
}

const kindOf = (type: string | undefined, formula: boolean): WorkbookCell['kind'] => {
  if (formula) return 'formula'
  if (type === undefined || type === 'n') return 'number'
  if (type === 'b') return 'boolean'
  return type === 'e' ? 'error' : 'text'
}

const readSheet = (
  xml: string,
  name: string,
  strings: readonly string[],
  budget: { cells: number },
): WorkbookSheet => {
  const cells: WorkbookCell[] = []
  const merged: string[] = []
  let cell: { ref: string; type: string | undefined; value: string; formula: boolean } | null = null
  let reading: 'v' | 't' | null = null
  const keep = (): void => {
    if (cell === null) return
    const { ref, type, value, formula } = cell
    const text = type === 's' ? (strings[Number(value)] ?? '') : value
    if (formula || text !== '')
      cells.push({
        ref,
        row: Number(ref.replace(/^[A-Z]+/, '')),
        column: columnOf(ref),
        kind: kindOf(type, formula),
        text: text.slice(0, limits.text),
      })
    cell = null
  }
  parseXml(xml, name, {
    open: (tag, attributes) => {
      if (tag === 'c') {
        budget.cells -= 1
        if (budget.cells < 0) throw new WorkbookProblem('too_many_cells', name)
        const ref = attributes.r ?? ''
        if (!/^[A-Z]{1,3}[1-9]\d{0,6}$/.test(ref)) throw new WorkbookProblem('broken_xml', name)
        cell = { ref, type: attributes.t, value: '', formula: false }
      } else if (tag === 'f' && cell !== null) cell.formula = true
      else if (tag === 'v') reading = 'v'
      else if (tag === 't' && cell !== null) reading = 't'
      else if (tag === 'mergeCell' && merged.length < 1000) merged.push(attributes.ref ?? '')
    },
    text: (text) => {
      if (reading !== null && cell !== null && cell.value.length < limits.text) cell.value += text
    },
    close: (tag) => {
      if (tag === 'v' || tag === 't') reading = null
      if (tag === 'c') keep()
    },
  })
  return { name, cells, merged }
}

/** The sheets of a workbook in their order. Throws a `WorkbookProblem` when the file as a whole cannot be believed. */
export const readWorkbook = (bytes: Uint8Array): readonly WorkbookSheet[] => {
  if (bytes.length > limits.packed) throw new WorkbookProblem('too_large')
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new WorkbookProblem('not_a_workbook')
  const parts = unpack(bytes)
  const book = parts.get('xl/workbook.xml')
  const relations = parts.get('xl/_rels/workbook.xml.rels')
  if (book === undefined || relations === undefined) throw new WorkbookProblem('not_a_workbook')
  const targets = new Map<string, string>()
  parseXml(relations, 'workbook.xml.rels', {
    open: (name, attributes) => {
      if (name === 'Relationship' && attributes.Id !== undefined && attributes.Target !== undefined)
        targets.set(attributes.Id, attributes.Target.replace(/^\/?(xl\/)?/, 'xl/'))
    },
  })
  const listed: { name: string; part: string }[] = []
  parseXml(book, 'workbook.xml', {
    open: (name, attributes) => {
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => local(key) === 'id')?.[1]
      const part = id === undefined ? undefined : targets.get(id)
      if (attributes.name !== undefined && part !== undefined) listed.push({ name: attributes.name, part })
    },
  })
  if (listed.length === 0 || listed.length > 30) throw new WorkbookProblem('not_a_workbook')
  const strings = parts.has('xl/sharedStrings.xml')
    ? readStrings(parts.get('xl/sharedStrings.xml') ?? '')
    : []
  const budget = { cells: limits.cells }
  return listed.map(({ name, part }) => {
    const xml = parts.get(part)
    if (xml === undefined) throw new WorkbookProblem('not_a_workbook', part)
    return readSheet(xml, name, strings, budget)
  })
}
