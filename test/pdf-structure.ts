/**
 * What a reader that listens needs of a PDF, as far as it can be told without a validator (PDF/UA-1, ISO 14289-1: 7.1 title and language,
 * 7.2 order of headings, 7.3 alternative texts, 7.5 tables, 7.18.3 order of the tabulator): each fault in words, none for a good paper.
 */
import { type Element, elements, type ReadPdf } from './pdf-text.ts'

/** What may stand in what, of the kinds that we print. */
const inside: Readonly<Record<string, readonly string[]>> = {
  Document: ['H1', 'P', 'Sect', 'Table', 'Figure'],
  Sect: ['H2', 'H3', 'P', 'Sect', 'Table', 'Figure'],
  Table: ['THead', 'TBody', 'TR', 'Caption'],
  THead: ['TR'],
  TBody: ['TR'],
  TR: ['TH', 'TD'],
}
const everything = (one: Element): Element[] => [one, ...one.children.flatMap(everything)]
const wordsIn = (one: Element): string =>
  everything(one)
    .map(({ text }) => text)
    .join('')

export const structureFaults = (pdf: ReadPdf): string[] => {
  const all = everything(pdf.structure)
  const faults: string[] = []
  const say = (wrong: boolean, fault: string) => {
    if (wrong) faults.push(fault)
  }
  say(!pdf.marked, 'is not tagged')
  say(!/^(sq|en)$/.test(pdf.language), `language «${pdf.language}»`)
  say(pdf.title.trim() === '' || !pdf.titleShown, 'shows no title')
  say(!pdf.metadata.includes('<pdfuaid:part>1</pdfuaid:part>'), 'does not say what it conforms to')
  say(pdf.structure.kind !== 'Document', `begins with ${pdf.structure.kind}`)
  pdf.pages.forEach((page, at) => {
    say(page.tabs !== '/S', `page ${at + 1} is not walked in order of structure`)
    say(!page.inTree, `page ${at + 1} is not in the tree`)
    for (const { text, tag, mcid } of page.pieces)
      say(tag !== 'Artifact' && mcid === null, `«${text}» is neither content nor artifact`)
  })
  const headings = all
    .filter(({ kind }) => /^H\d$/.test(kind))
    .map(({ kind, text }) => ({ level: Number(kind[1]), text }))
  headings.forEach(({ level, text }, at) => {
    const before = headings[at - 1]?.level ?? 0
    say(level > before + 1, `heading «${text}» jumps from ${before} to ${level}`)
    say(text.trim() === '', 'an empty heading')
  })
  say(headings.filter(({ level }) => level === 1).length !== 1, 'has not one first heading')
  for (const one of all)
    for (const { kind } of one.children)
      say(inside[one.kind]?.includes(kind) !== true, `${kind} stands in ${one.kind}`)
  for (const figure of elements(pdf.structure, 'Figure'))
    say(figure.alt.trim() === '', 'a figure without words')
  for (const table of elements(pdf.structure, 'Table')) {
    const rows = elements(table, 'TR')
    const wide = new Set(rows.map(({ children }) => children.length))
    const name = rows[0] === undefined ? '' : wordsIn(rows[0])
    say(wide.size > 1, `table «${name}» has rows of ${[...wide].join(' and ')} cells`)
    for (const head of elements(table, 'TH'))
      say(!/^\/(Column|Row)$/.test(head.scope), `a head of «${name}» heads nothing`)
    say(rows[0]?.children.some(({ kind }) => kind !== 'TH') ?? false, `table «${name}» has no heads`)
  }
  return faults
}
