/** What happens to every paper, whatever record it is of: who takes it and for whom, the PDF, and what is remembered of the copy. */
import { createHash } from 'node:crypto'
import type { Uuid } from '#domain/core.ts'
import { stampOf, type Taker } from '#domain/document/build.ts'
import type { Making } from '#domain/document/file.ts'
import type { DocumentKind, Template } from '#domain/document/kinds.ts'
import { timeOf } from '#domain/document/parts.ts'
import { type Subject, sayOf } from '#domain/document/subject.ts'
import type { ReportDocument } from '#domain/reporting/document.ts'
import type { Language } from '#wire/words/index.ts'
import { recordAccess } from '../access.ts'
import type { OutgoingFile } from '../endpoint.ts'
import { uuidv7 } from '../ids.ts'
import { pdfOf, pdfType } from '../pdf/document.ts'
import { invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'

export type Words = Making['t']
/** Words of a case's papers. */
export const wordsIn =
  (language: Language): Words =>
  (key, params) =>
    say(language, key, params)

export const nameIn = (language: Language): 'name_sq' | 'name_en' =>
  language === 'sq' ? 'name_sq' : 'name_en'

/** @param unnamed what stands for a shelter in papers that name none. */
export const receiverOf = async (
  tx: Tx,
  to: Uuid | undefined,
  language: Language,
  unnamed: string | null = null,
): Promise<string | null> => {
  if (to === undefined) return null
  const [unit] = await tx.sql<{ name: string }>(
    `select case when kind = 'shelter' and $2::text is not null then $2 else ${nameIn(language)} end as name
     from unit where id = $1 and active`,
    [to, unnamed],
  )
  if (unit === undefined) throw invalid({ field: 'query.to', code: 'unknown_code' })
  return unit.name
}

export const takerOf = async (tx: Tx): Promise<Taker> => {
  const [taker] = await tx.sql<Taker>('select display_name as name, login from app_user where id = $1', [
    tx.actor.userId,
  ])
  return taker ?? { name: '–', login: '–' }
}

/** One row of the list: of what a kind can be, and whether there is anything to print. */
export const listed = (
  t: Words,
  kind: DocumentKind,
  template: Pick<Template<string>, 'number' | 'version' | 'leaves'>,
  of: {
    readonly subjects: readonly Subject[]
    readonly whole: boolean
    readonly ready: boolean
    readonly waits: boolean
  },
) => ({
  kind,
  number: template.number,
  template: template.version,
  leaves: template.leaves,
  choices: of.subjects.map((one) => ({ id: one.id, label: sayOf(t, one) })),
  whole: of.whole,
  ready: of.ready,
  waits: of.waits,
})

export interface Paper {
  readonly record: { readonly kind: 'case_file' | 'nrm_file'; readonly id: Uuid; readonly code: string }
  readonly template: Template<string>
  readonly document: ReportDocument
  readonly taker: Taker
  readonly t: Words
  readonly tier: 2 | 3 | 4
  readonly leftOut: readonly ('T3' | 'T4')[]
  /** Unit that it is given to, where it was said. */
  readonly toId: Uuid | null
  readonly aboutId: Uuid | null
}
/** Code and reader on every sheet; the copy and the access are recorded with the same transaction. */
export const handOut = async (tx: Tx, paper: Paper): Promise<OutgoingFile> => {
  const { record, template, document, taker, tier } = paper
  const bytes = await pdfOf(document, {
    now: tx.now,
    watermark: `${record.code} ${taker.login}`,
    footer: paper.t('document.footer', {
      code: record.code,
      ...taker,
      when: timeOf(tx.now),
      template: stampOf(template),
    }),
  })
  tx.later(
    `insert into document_copy (id, ${record.kind === 'case_file' ? 'case_id' : 'nrm_id'}, kind, template_version, language, tier, left_out,
       leaves, to_unit_id, digest, by_id, unit_id, purpose, at, about_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      uuidv7(),
      record.id,
      template.kind,
      template.version,
      document.language,
      `T${tier}`,
      paper.leftOut,
      template.leaves || paper.toId !== null,
      paper.toId,
      createHash('sha256').update(bytes).digest(),
      tx.actor.userId,
      tx.actor.unitId,
      tx.actor.purpose,
      tx.now,
      paper.aboutId,
    ],
  )
  recordAccess(tx, { act: 'export', kind: record.kind, ids: [record.id], tier: `T${tier}` })
  return { name: `${record.code}-${template.kind}-${document.language}.pdf`, media: pdfType, bytes }
}
