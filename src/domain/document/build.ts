/** A template and a case become a document; what the reader's tier leaves out is said at its end. */
import { familyBar } from '../family/inform.ts'
import type { DocumentSection, ReportDocument } from '../reporting/document.ts'
import { blocks } from './blocks.ts'
import type { Making } from './file.ts'
import type { Template } from './kinds.ts'
import { section, table, timeOf } from './parts.ts'
import { narrowed, sayOf } from './subject.ts'

const rank = { T2: 2, T3: 3, T4: 4 } as const

/** The highest tier that a paper of this template would show to somebody who reads everything. */
export const tierOf = (template: Template): 2 | 3 | 4 =>
  template.nameless === true
    ? 2
    : template.blocks
        .flatMap((name) => blocks[name].tiers)
        .reduce<2 | 3 | 4>((most, tier) => (rank[tier] > most ? rank[tier] : most), 2)

/** Tiers that the paper has and this reader does not reach. */
export const leftOut = (template: Template, reader: number): readonly ('T3' | 'T4')[] =>
  (['T3', 'T4'] as const).filter((tier) => rank[tier] <= tierOf(template) && rank[tier] > reader)

export interface Taker {
  /** Name under which colleagues know the person, and the login. */
  readonly name: string
  readonly login: string
}

/** `plan v1`: how a paper names the template it was made from. */
export const stampOf = (template: Template): string => `${template.kind} v${template.version}`

export const buildPaper = (template: Template, making: Making, taker: Taker): ReportDocument => {
  const { about } = making
  const m = { ...making, file: narrowed(making.file, about) }
  const made: DocumentSection[] = template.blocks.flatMap((name) => blocks[name].make(m))
  const missing = leftOut(template, m.file.tier).map((tier) => m.t(`document.left_out_${tier}`))
  const { alerts } = m.file.state
  if (template.blocks.includes('child') && alerts.addressProtected)
    missing.push(m.t('document.left_out_address'))
  // While the family is not to be told, no paper has a place for it to sign.
  const signers = template.signers.filter((one) => one !== 'guardian' || familyBar(m.file.state) === null)
  return {
    language: m.language,
    title: m.t(`documentPage.kind_${template.kind}`),
    about: [
      template.plain === true ? m.file.body : m.file.unit,
      m.t('document.about_code', { code: m.file.state.code }),
      m.t('document.about_made', { when: timeOf(m.now), name: taker.name, login: taker.login }),
      // What a plain paper is of stands in it, in the only words that may.
      ...(about === null || template.plain === true
        ? []
        : [m.t('document.about_subject', { what: sayOf(m.t, about) })]),
      m.t('document.about_template', { template: stampOf(template) }),
      ...(m.to === null ? [] : [m.t('document.about_to', { to: m.to })]),
      m.t('document.unconfirmed'),
    ],
    sections: [
      ...made,
      ...(signers.length === 0
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
                  signers.map((one) => [
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
        paragraphs: missing.length === 0 ? [m.t('document.left_out_nothing')] : missing,
      }),
    ],
  }
}
