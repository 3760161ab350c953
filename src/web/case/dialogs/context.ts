import type { Option } from '#web/design/Field.tsx'
import type { Say, Word } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { CaseView, DirectoryUnit } from '../types.ts'

/** What a dialog of a case is made from. */
export interface Making {
  readonly view: CaseView
  readonly t: Say
  /** The goal, action or measure it is about. */
  readonly about: string | undefined
  readonly language: 'sq' | 'en'
  readonly units: readonly DirectoryUnit[]
  readonly workers: readonly { readonly id: string; readonly name: string }[]
  readonly today: string
}
export type Make = (making: Making) => CommandForm

/** Choices whose words stand in the case's word file under a common prefix. */
export const choices = (t: Say, prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: t('casePage', `${prefix}_${value}` as Word<'casePage'>) }))

/** Institutions near the case first in mind: of its municipality, its county, or of the whole country. */
export const institutions = ({ view, units, language }: Making): Option[] => {
  const near = units.filter(
    (u) =>
      u.municipality === view.municipality ||
      (u.municipality === null && (u.county === null || u.county === view.county)),
  )
  const names = new Map(near.map((u) => [u.institutionId, language === 'sq' ? u.nameSq : u.nameEn]))
  return [...names]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, 'sq'))
}

export const form = (
  making: Making,
  verb: string,
  rest: Omit<CommandForm, 'type' | 'recordId' | 'baseVersion' | 'done'> & { done?: string },
): CommandForm => ({
  type: `case.${verb}`,
  recordId: making.view.id,
  baseVersion: making.view.version,
  done: making.t('casePage', 'saved'),
  ...rest,
})
