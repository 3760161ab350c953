/** Opening a packed picture costs what it unpacks to: beyond this many points it goes as it is, with its mark inside. */
const mostPoints = 30_000_000
export const fitsSheet = (kind: string, image: Buffer): boolean =>
  kind === 'jpeg' || (kind === 'png' && image.readUInt32BE(16) * image.readUInt32BE(20) <= mostPoints)

/** A picture on a sheet, with the case's code and its reader laid over it, so that a photograph of it says whose copy it was. */
import type { Instant } from '#domain/core.ts'
import type { Language } from '#wire/words/index.ts'
import { margin, Paper, styles } from '../pdf/paper.ts'
import { say } from '../words.ts'

export interface SheetOptions {
  readonly language: Language
  readonly now: Instant
  readonly code: string
  readonly login: string
  readonly footer: string
}

export const sheetOf = async (image: Buffer, options: SheetOptions): Promise<Buffer> => {
  const { language, code, login } = options
  const title = say(language, 'attachmentPage.picture_of', { code })
  const paper = new Paper({
    title,
    language,
    now: options.now,
    footer: options.footer,
    pageOf: (page, pages) => say(language, 'reportDocument.page_of', { page, pages }),
  })
  paper.newPage(false)
  paper.text(paper.root, 'H1', title, styles.section, 8)
  const box = [margin.side, paper.y, margin.side + paper.width, paper.bottom] as [
    number,
    number,
    number,
    number,
  ]
  const figure = paper.child(paper.root, 'Figure', { alt: title, bbox: box })
  const { doc } = paper
  paper.mark(figure, 'Figure', () => {
    doc.image(image, box[0], box[1], { fit: [paper.width, paper.room], align: 'center' })
  })
  figure.end()
  paper.artifact(() => {
    const words = `${code} ${login}`
    const size = 22
    const wide = paper.measure(words, 'strong', size) + 60
    doc.save()
    doc.fillOpacity(0.28)
    doc.rotate(-30, { origin: [doc.page.width / 2, doc.page.height / 2] })
    for (let y = -200; y < 1100; y += 130)
      for (let x = -300; x < 900; x += wide) {
        doc
          .font('strong')
          .fontSize(size)
          .fillColor('#ffffff')
          .text(words, x + 1, y + 1, { lineBreak: false })
        doc.fillColor('#10242b').text(words, x, y, { lineBreak: false })
      }
    doc.restore()
  })
  return paper.finish()
}
