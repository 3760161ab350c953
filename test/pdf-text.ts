/** Reads back what the register prints as PDF: text through the ToUnicode maps, and the structure that a screen reader walks. */
import { inflateSync } from 'node:zlib'

type Value = string | number | Dictionary | readonly Value[] | { readonly ref: number }
interface Dictionary {
  readonly [name: string]: Value
}
interface Item {
  readonly value: Value
  readonly stream?: Buffer
}
export interface Piece {
  readonly text: string
  readonly size: number
  /** `Artifact` where it is not read out. */
  readonly tag: string
  readonly mcid: number | null
}
export interface Element {
  readonly kind: string
  readonly text: string
  readonly alt: string
  readonly scope: string
  readonly children: readonly Element[]
}
export interface ReadPdf {
  readonly pages: readonly {
    readonly width: number
    readonly pieces: readonly Piece[]
    /** In what order the tabulator goes; whether the tree of the structure knows the page. */
    readonly tabs: string
    readonly inTree: boolean
  }[]
  readonly language: string
  readonly title: string
  /** In the window's bar, instead of the name of the file. */
  readonly titleShown: boolean
  readonly metadata: string
  readonly marked: boolean
  readonly structure: Element
}

/** Strings of names, numbers, arrays and dictionaries as PDFKit writes them. */
const parse = (source: string): Value => {
  let at = 0
  const blank = () => {
    while (/\s/.test(source[at] ?? '')) at += 1
  }
  const text = (): string => {
    let out = ''
    let deep = 1
    for (at += 1; ; at += 1) {
      const sign = source[at]!
      if (sign === '\\') {
        at += 1
        out += { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[source[at]!] ?? source[at]
        continue
      }
      if (sign === '(') deep += 1
      if (sign === ')') deep -= 1
      if (deep === 0) break
      out += sign
    }
    at += 1
    const bytes = Buffer.from(out, 'latin1')
    return out.startsWith('\u00fe\u00ff') ? bytes.subarray(2).swap16().toString('utf16le') : out
  }
  const value = (): Value => {
    blank()
    if (source.startsWith('<<', at)) {
      at += 2
      const made: Record<string, Value> = {}
      for (blank(); !source.startsWith('>>', at); blank()) {
        const name = value() as string
        made[name] = value()
      }
      at += 2
      return made
    }
    if (source[at] === '[') {
      at += 1
      const made: Value[] = []
      for (blank(); source[at] !== ']'; blank()) made.push(value())
      at += 1
      return made
    }
    if (source[at] === '(') return text()
    const [token = ''] =
      /^(?:\/[^\s/<>[\]()]*|<[0-9a-fA-F]*>|\d+ \d+ R|[^\s/<>[\]()]+)/.exec(source.slice(at, at + 4000)) ?? []
    if (token === '') throw new Error(`unreadable at ${source.slice(at, at + 40)}`)
    at += token.length
    if (token.endsWith(' R')) return { ref: Number.parseInt(token, 10) }
    return /^[-\d.]+$/.test(token) ? Number(token) : token
  }
  return value()
}

const mapOf = (cmap: string): readonly string[] => {
  const made: string[] = []
  for (const [, from, list] of cmap.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g))
    [...list!.matchAll(/<([\w ]*)>/g)].forEach(([, codes], more) => {
      made[Number.parseInt(from!, 16) + more] = codes!
        .split(' ')
        .map((code) => String.fromCharCode(Number.parseInt(code, 16)))
        .join('')
    })
  return made
}

export const readPdf = (bytes: Buffer): ReadPdf => {
  const whole = bytes.toString('latin1')
  const items = new Map<number, Item>()
  for (const found of whole.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const from = found.index + found[0].length
    const to = whole.indexOf('\nendobj', from)
    const body = whole.slice(from, to)
    const cut = body.indexOf('\nstream\n')
    const head = parse(cut === -1 ? body : body.slice(0, cut)) as Dictionary
    const raw =
      cut === -1 ? undefined : bytes.subarray(from + cut + 8, from + cut + 8 + Number(head['/Length']))
    const stream = raw && head['/Filter'] === '/FlateDecode' ? inflateSync(raw) : raw
    items.set(Number(found[1]), { value: head, ...(stream ? { stream } : {}) })
  }
  const item = (value: Value | undefined): Item => {
    if (value !== undefined && typeof value === 'object' && 'ref' in value)
      return items.get(value.ref as number)!
    return { value: value ?? {} }
  }
  const look = (value: Value | undefined): Dictionary => item(value).value as Dictionary
  const list = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : [])

  const trailer = parse(
    whole.slice(whole.lastIndexOf('trailer') + 7, whole.lastIndexOf('startxref')),
  ) as Dictionary
  const catalog = look(trailer['/Root'])
  const pageRefs = list(look(catalog['/Pages'])['/Kids'])
  const pages = pageRefs.map((ref) => {
    const page = look(ref)
    const fonts = Object.fromEntries(
      Object.entries(look(look(page['/Resources'])['/Font'])).map(([name, font]) => [
        name,
        mapOf(item(look(font)['/ToUnicode']).stream!.toString('latin1')),
      ]),
    )
    const pieces: Piece[] = []
    const open: { tag: string; mcid: number | null }[] = []
    let font: readonly string[] = []
    let size = 0
    for (const line of item(page['/Contents']).stream!.toString('latin1').split('\n')) {
      const chosen = /^(\/F\d+) ([\d.]+) Tf$/.exec(line)
      if (chosen) [font, size] = [fonts[chosen[1]!]!, Number(chosen[2])]
      const begun = /^\/(\w+) (?:BMC|<<[\s\S]*BDC)$/.exec(line) ?? /^\/(\w+) <<$/.exec(line)
      if (begun) open.push({ tag: begun[1]!, mcid: null })
      const mcid = /\/MCID (\d+)/.exec(line)
      if (mcid && open.length > 0) open[open.length - 1]!.mcid = Number(mcid[1])
      if (line === 'EMC') open.pop()
      if (!line.endsWith(' TJ')) continue
      const text = [...line.matchAll(/<([0-9a-f]+)>/g)]
        .flatMap(([, hex]) => hex!.match(/.{4}/g)!)
        .map((code) => font[Number.parseInt(code, 16)] ?? '\ufffd')
        .join('')
      pieces.push({ text, size, ...(open.at(-1) ?? { tag: '', mcid: null }) })
    }
    return {
      width: Number(list(page['/MediaBox'])[2]),
      pieces,
      tabs: String(page['/Tabs'] ?? ''),
      inTree: page['/StructParents'] !== undefined,
    }
  })
  const numberOfPage = new Map(pageRefs.map((ref, at) => [(ref as { ref: number }).ref, at]))
  const said = (page: Value | undefined, mcid: number): string => {
    const at = numberOfPage.get((page as { ref: number }).ref)!
    const found = pages[at]!.pieces.filter((piece) => piece.mcid === mcid)
    return found.map((piece) => piece.text).join(' ')
  }
  const walk = (ref: Value): Element => {
    const element = look(ref)
    const kids = list(element['/K'])
    const texts: string[] = []
    const children: Element[] = []
    for (const kid of kids) {
      if (typeof kid === 'number') texts.push(said(element['/Pg'], kid))
      else if (look(kid)['/MCID'] !== undefined)
        texts.push(said(look(kid)['/Pg'], Number(look(kid)['/MCID'])))
      else children.push(walk(kid))
    }
    return {
      kind: String(element['/S']).slice(1),
      text: texts.join(' '),
      alt: String(element['/Alt'] ?? ''),
      scope: String(look(element['/A'])['/Scope'] ?? ''),
      children,
    }
  }
  return {
    pages,
    language: String(catalog['/Lang']),
    title: String(item(look(trailer['/Info'])['/Title']).value),
    titleShown: String(look(catalog['/ViewerPreferences'])['/DisplayDocTitle']) === 'true',
    metadata: item(catalog['/Metadata']).stream?.toString('utf8') ?? '',
    marked: look(catalog['/MarkInfo'])['/Marked'] === 'true',
    structure: walk(list(look(catalog['/StructTreeRoot'])['/K'])[0]!),
  }
}

/** All elements of a kind, in reading order. */
export const elements = (root: Element, kind: string): Element[] => [
  ...(root.kind === kind ? [root] : []),
  ...root.children.flatMap((child) => elements(child, kind)),
]
