/** A template and a record become a document; what the reader's tier leaves out is said at its end. */
import { familyBar } from '../family/inform.ts'
import type { DocumentSection, ReportDocument } from '../reporting/document.ts'
import { blocks } from './blocks.ts'
import type { Making } from './file.ts'
import type { Signer, Template } from './kinds.ts'
import { type Block, section, table, timeOf } from './parts.ts'
import { narrowed, sayOf } from './subject.ts'

const rank = { T2: 2, T3: 3, T4: 4 } as const
/** Blocks by name; of each the tiers are asked. */
type Known<B extends string> = Readonly<Record<B, Pick<Block, 'tiers'>>>

/** The highest tier that a paper of this template would show to somebody who reads everything. */
export const tierIn = <B extends string>(known: Known<B>, template: Template<B>): 2 | 3 | 4 =>
  template.nameless === true
    ? 2
    : template.blocks
        .flatMap((name) => known[name].tiers)
        .reduce<2 | 3 | 4>((most, tier) => (rank[tier] > most ? rank[tier] : most), 2)

/** Tiers that the paper has and this reader does not reach. */
export const leftOutIn = <B extends string>(
  known: Known<B>,
  template: Template<B>,
  reader: number,
): readonly ('T3' | 'T4')[] =>
  (['T3', 'T4'] as const).filter((tier) => rank[tier] <= tierIn(known, template) && rank[tier] > reader)

/** Of the papers of a case. */
export const tierOf = (template: Template): 2 | 3 | 4 => tierIn(blocks, template)
export const leftOut = (template: Template, reader: number): readonly ('T3' | 'T4')[] =>
  leftOutIn(blocks, template, reader)

export interface Taker {
  /** Name under which colleagues know the person, and the login. */
  readonly name: string
  readonly login: string
}

/** `plan v1`: how a paper names the template it was made from; an adult's of the same kind is another (`adult_plan v1`). */
export const stampOf = (template: Template<string>): string =>
  `${template.of === 'adult' ? 'adult_' : ''}${template.kind} v${template.version}`

/** What stands around the parts of every paper, whatever record it is of. */
export interface Frame {
  /** Printed code of the record, and who heads the paper. */
  readonly code: string
  readonly head: string
  readonly made: readonly DocumentSection[]
  readonly signers: readonly Signer[]
  /** What the reader does not get, in words. */
  readonly missing: readonly string[]
}
export const framed = (
  template: Template<string>,
  m: Making<unknown>,
  taker: Taker,
  frame: Frame,
): ReportDocument => ({
  language: m.language,
  title: m.t(`documentPage.kind_${template.kind}`),
  about: [
    frame.head,
    m.t('document.about_code', { code: frame.code }),
    m.t('document.about_made', { when: timeOf(m.now), name: taker.name, login: taker.login }),
    // What a plain paper is of stands in it, in the only words that may.
    ...(m.about === null || template.plain === true
      ? []
      : [m.t('document.about_subject', { what: sayOf(m.t, m.about) })]),
    m.t('document.about_template', { template: stampOf(template) }),
    ...(m.to === null ? [] : [m.t('document.about_to', { to: m.to })]),
    m.t('document.unconfirmed'),
  ],
  sections: [
    ...frame.made,
    ...(frame.signers.length === 0
      ? []
      : [
          section(m.t('document.signatures'), {
            tables: [
              table(
                m.t('document.signatures'),
                [
                  m.t('document.signer'),
                  m.t('document.name'),
                  m.t('document.day'),
                  m.t('document.signature'),
                ],
                frame.signers.map((one) => [
                  m.t(`document.signer_${one}`),
                  '______________',
                  '__________',
                  '______________',
                ]),
              ),
            ],
          }),
        ]),
    section(m.t('document.left_out'), {
      paragraphs: frame.missing.length === 0 ? [m.t('document.left_out_nothing')] : frame.missing,
    }),
  ],
})

/** A paper of a case. */
export const buildPaper = (template: Template, making: Making, taker: Taker): ReportDocument => {
  const m = { ...making, file: narrowed(making.file, making.about) }
  const { state } = m.file
  const missing = leftOut(template, m.file.tier).map((tier) => m.t(`document.left_out_${tier}`))
  if (state.alerts.addressProtected && template.blocks.includes('child'))
    missing.push(m.t('document.left_out_address'))
  return framed(template, m, taker, {
    code: state.code,
    head: template.plain === true ? m.file.body : m.file.unit,
    made: template.blocks.flatMap((name) => blocks[name].make(m)),
    // While the family is not to be told, no paper has a place for it to sign.
    signers: template.signers.filter((one) => one !== 'guardian' || familyBar(state) === null),
    missing,
  })
}
