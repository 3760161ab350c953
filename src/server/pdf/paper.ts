/** Sheets of A4 with a typeface, a head and a foot, on which tagged text is laid line by line. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import { printable } from './letters.ts'

export type Face = 'text' | 'strong'
export type Ink = 'ink' | 'soft' | 'line'
export type Tag = PDFKit.PDFStructureElement

/** Points. */
export const margin = { side: 54, top: 64, bottom: 60 } as const
const inks: Readonly<Record<Ink, string>> = { ink: '#10242b', soft: '#3f535a', line: '#b4c2c5' }
const faces: Readonly<Record<Face, Buffer>> = {
  text: readFileSync(join(import.meta.dirname, 'font/text.ttf')),
  strong: readFileSync(join(import.meta.dirname, 'font/strong.ttf')),
}

export type Kind =
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'P'
  | 'Table'
  | 'THead'
  | 'TBody'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Figure'
export interface TagOptions {
  readonly alt?: string
  readonly bbox?: [number, number, number, number]
  readonly scope?: 'Column' | 'Row'
}
export interface Style {
  readonly face: Face
  readonly size: number
  /** From line to line, in points. */
  readonly lead: number
  readonly ink: Ink
}
export const styles = {
  title: { face: 'strong', size: 22, lead: 27, ink: 'ink' },
  about: { face: 'text', size: 10.5, lead: 15, ink: 'soft' },
  section: { face: 'strong', size: 15, lead: 19, ink: 'ink' },
  caption: { face: 'strong', size: 11, lead: 14, ink: 'ink' },
  body: { face: 'text', size: 10.5, lead: 15, ink: 'ink' },
  note: { face: 'text', size: 8.5, lead: 11.5, ink: 'soft' },
  foot: { face: 'text', size: 8.5, lead: 11, ink: 'soft' },
} as const satisfies Record<string, Style>

export interface PaperOptions {
  readonly title: string
  readonly language: 'sq' | 'en'
  readonly now: string
  readonly footer?: string
  readonly watermark?: string
  readonly pageOf: (page: number, pages: number) => string
}

const inXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export class Paper {
  readonly doc: PDFKit.PDFDocument
  readonly root: Tag
  /** Where the next line begins, from the top. */
  y: number = margin.top
  landscape = false
  private readonly options: PaperOptions
  private readonly widths: Readonly<Record<Face, Map<string, number>>> = {
    text: new Map(),
    strong: new Map(),
  }

  constructor(options: PaperOptions) {
    this.options = options
    const at = new Date(options.now)
    this.doc = new PDFDocument({
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      subset: 'PDF/UA',
      tagged: true,
      displayTitle: true,
      lang: options.language,
      info: {
        Title: printable(options.title),
        Creator: 'Mburoja',
        Producer: 'Mburoja',
        CreationDate: at,
        ModDate: at,
      },
      // The type package does not know PDF/UA yet.
    } as unknown as PDFKit.PDFDocumentOptions)
    for (const face of ['text', 'strong'] as const) this.doc.registerFont(face, faces[face])
    this.root = this.doc.struct('Document')
    this.doc.addStructure(this.root)
    this.titleInXml()
  }

  /** PDFKit writes the title into XML as it stands; the catalogue has it by then, so only the XML gets the escaped one. */
  private titleInXml(): void {
    const doc = this.doc as unknown as { endMetadata: () => void }
    const end = doc.endMetadata
    doc.endMetadata = () => {
      this.doc.info.Title = inXml(printable(this.options.title))
      end.call(this.doc)
    }
  }

  get width(): number {
    return this.widthOf(this.landscape)
  }
  /** Between the margins. */
  widthOf(landscape: boolean): number {
    return (landscape ? 841.89 : 595.28) - 2 * margin.side
  }
  get bottom(): number {
    return (this.landscape ? 595.28 : 841.89) - margin.bottom
  }
  get room(): number {
    return this.bottom - this.y
  }
  /** Height between head and foot of an empty sheet. */
  get whole(): number {
    return this.bottom - margin.top
  }

  newPage(landscape = this.landscape): void {
    this.landscape = landscape
    this.doc.addPage({ size: 'A4', layout: landscape ? 'landscape' : 'portrait', margin: 0 })
    this.y = margin.top
    if (this.options.watermark !== undefined) this.watermark(printable(this.options.watermark))
  }
  /** A new sheet unless this much room is left on one of this kind. */
  need(height: number, landscape = this.landscape): void {
    if (this.doc.page === null || landscape !== this.landscape || this.room < Math.min(height, this.whole))
      this.newPage(landscape)
  }

  private watermark(text: string): void {
    const { doc } = this
    const { width, height } = doc.page
    const size = Math.min(
      110,
      (0.8 * Math.hypot(width, height)) / Math.max(1, this.measure(text, 'strong', 1)),
    )
    this.artifact(() => {
      doc.save()
      doc.rotate((-Math.atan2(height, width) * 180) / Math.PI, { origin: [width / 2, height / 2] })
      doc.font('strong').fontSize(size).fillColor('#e9eeef')
      const left = (width - this.measure(text, 'strong', size)) / 2
      doc.text(text, left, (height - size) / 2, { lineBreak: false })
      doc.restore()
    })
  }

  /** Width of a text that stands on one line. */
  measure(text: string, face: Face, size: number): number {
    const kept = this.widths[face].get(text)
    if (kept !== undefined) return kept * size
    const width = this.doc.font(face).fontSize(100).widthOfString(text) / 100
    this.widths[face].set(text, width)
    return width * size
  }

  /** Text in lines of at most this width; a word that is wider is broken. */
  wrap(text: string, { face, size }: Pick<Style, 'face' | 'size'>, width: number): string[] {
    const space = this.measure(' ', face, size)
    return printable(text)
      .split('\n')
      .flatMap((paragraph) => {
        const lines: string[] = []
        let line = ''
        let used = 0
        for (const word of paragraph.split(' ').filter((one) => one !== '')) {
          const [first = '', ...others] = this.pieces(word, face, size, width)
          const wide = this.measure(first, face, size)
          if (line !== '' && used + space + wide <= width) {
            line += ` ${first}`
            used += space + wide
          } else {
            if (line !== '') lines.push(line)
            line = first
            used = wide
          }
          for (const piece of others) {
            lines.push(line)
            line = piece
            used = this.measure(piece, face, size)
          }
        }
        return [...lines, line]
      })
  }
  private pieces(word: string, face: Face, size: number, width: number): string[] {
    if (this.measure(word, face, size) <= width) return [word]
    const pieces = ['']
    let used = 0
    for (const letter of word) {
      const wide = this.measure(letter, face, size)
      if (used > 0 && used + wide > width) {
        pieces.push('')
        used = 0
      }
      pieces[pieces.length - 1] += letter
      used += wide
    }
    return pieces
  }

  /** One line at a place, inside whatever is being marked. */
  write(line: string, x: number, y: number, { face, size, ink }: Style): void {
    // One glyph stands for both spaces, and the first one met would name it for programs that read the file.
    const plain = line.replaceAll('\u00a0', ' ')
    this.doc.font(face).fontSize(size).fillColor(inks[ink]).text(plain, x, y, { lineBreak: false })
  }
  child(parent: Tag, kind: Kind, options: TagOptions = {}): Tag {
    const made = this.doc.struct(kind, options)
    parent.add(made)
    return made
  }
  /** Content that belongs to this element of the structure. */
  mark(tag: Tag, kind: Kind, draw: () => void): void {
    const content = this.doc.markStructureContent(kind)
    draw()
    this.doc.endMarkedContent()
    tag.add(content)
  }
  /** Lines, fills and page numbers: seen, never read out. */
  artifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    draw()
    this.doc.endMarkedContent()
  }
  rule(x: number, width: number, y: number, ink: Ink = 'line', thick = 0.5): void {
    this.doc
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(thick)
      .strokeColor(inks[ink])
      .stroke()
  }

  /** A paragraph or heading over as many sheets as it takes; a heading keeps room for what follows it. */
  text(
    parent: Tag,
    kind: 'H1' | 'H2' | 'H3' | 'P',
    text: string,
    style: Style,
    after: number,
    keep = 0,
  ): void {
    const lines = this.wrap(text, style, this.width)
    const tag = this.child(parent, kind)
    this.need(kind === 'P' ? Math.min(2, lines.length) * style.lead : lines.length * style.lead + keep)
    for (let from = 0; from < lines.length; ) {
      if (this.room < style.lead) this.newPage()
      const count = Math.max(1, Math.floor(this.room / style.lead))
      const part = lines.slice(from, from + count)
      this.mark(tag, kind, () => {
        part.forEach((line, at) => {
          if (line !== '') this.write(line, margin.side, this.y + at * style.lead, style)
        })
      })
      this.y += part.length * style.lead
      from += part.length
    }
    this.y += after
    tag.end()
  }

  /** Heads, feet and page numbers, then the bytes. */
  async finish(): Promise<Buffer> {
    const { doc, options } = this
    this.root.end()
    const { start, count } = doc.bufferedPageRange()
    const title = printable(options.title)
    for (let at = start; at < start + count; at += 1) {
      doc.switchToPage(at)
      const { width, height } = doc.page
      const across = width - 2 * margin.side
      const number = printable(options.pageOf(at + 1, count))
      const numberWidth = this.measure(number, 'text', styles.foot.size)
      this.artifact(() => {
        if (at > 0) this.write(this.cut(title, across), margin.side, 34, styles.foot)
        this.rule(margin.side, across, height - 44)
        const foot = this.cut(printable(options.footer ?? ''), across - numberWidth - 20)
        if (foot !== '') this.write(foot, margin.side, height - 38, styles.foot)
        this.write(number, width - margin.side - numberWidth, height - 38, styles.foot)
      })
    }
    const parts: Buffer[] = []
    const done = new Promise<Buffer>((resolve, reject) => {
      doc.on('data', (part: Uint8Array) => parts.push(Buffer.from(part)))
      doc.on('end', () => resolve(Buffer.concat(parts)))
      doc.on('error', reject)
    })
    doc.end()
    return done
  }
  private cut(line: string, width: number): string {
    const [first = '', ...more] = this.wrap(line.replaceAll('\n', ' '), styles.foot, width - 8)
    return more.length === 0 ? first : `${first}…`
  }
}
