import type { Duty, Qualification, StructureKind } from '#domain/net/kinds.ts'
import type { Say } from '#web/design/words.tsx'

export const kindWord = (t: Say, kind: StructureKind): string => t('netPage', `kind_${kind}`)
export const dutyWord = (t: Say, duty: Duty): string => t('netPage', `duty_${duty}`)
export const qualificationWord = (t: Say, one: Qualification): string => t('netPage', `qualification_${one}`)
