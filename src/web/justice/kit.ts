/** What the forms of a proceeding share. */

import type { z } from 'zod'
import type { ProceedingAction } from '#domain/justice/policy.ts'
import type { Say, Word } from '#web/design/words.tsx'
import type { FieldSpec } from '#web/form/spec.ts'
import type { ProceedingView, ReadArticles } from '#wire/justice.ts'

export type Articles = z.output<typeof ReadArticles.reply>
export type Key = Word<'justicePage'>

export interface Making {
  readonly t: Say
  readonly sq: boolean
  readonly view: ProceedingView
  readonly articles: Articles
  readonly today: string
}

export const articleLabel = (t: Say, sq: boolean, one: Articles['items'][number]): string =>
  `${one.code} ${sq ? one.sq : one.en}${one.unconfirmed ? ` (${t('justicePage', 'unconfirmed')})` : ''}`
/** Those under which an act may be charged at all; whether they held on its day the server says. */
export const articleOptions = (t: Say, sq: boolean, articles: Articles) =>
  articles.items
    .filter((one) => one.chargeable)
    .map((one) => ({ value: one.code, label: articleLabel(t, sq, one) }))

export const options = <T extends string>(t: Say, prefix: string, of: readonly T[]) =>
  of.map((value) => ({ value, label: t('justicePage', `${prefix}_${value}` as Key) }))
export const number = (value: string): unknown => {
  const bare = value.replaceAll(/[\s.]/g, '')
  return /^\d{1,15}$/.test(bare) ? Number(bare) : value
}

export const kitOf = (action: ProceedingAction, making: Making) => {
  const { t, view, today } = making
  const say = (key: Key) => t('justicePage', key)
  const common = {
    recordId: view.id,
    baseVersion: view.version,
    title: say(`act_${action}`),
    action: say(`act_${action}`),
    type: `proceeding.${action}`,
    done: say('saved'),
  }
  const on = (label: Key = 'on'): FieldSpec => ({
    name: 'on',
    kind: 'day',
    label: say(label),
    initial: today,
  })
  const victims = view.persons.map((one) => ({
    value: one.id,
    label: [one.pseudonym, one.code ?? say(`subject_${one.subject}`)].join(' · '),
  }))
  const victim = (of = victims): FieldSpec => ({
    name: 'victimId',
    kind: 'select',
    label: say('pseudonym'),
    options: of,
    initial: of[0]?.value ?? '',
  })
  const amount: FieldSpec = { name: 'amount', kind: 'text', label: say('amount') }
  const withAmount = (plain: Record<string, unknown>) => ({ ...plain, amount: number(String(plain.amount)) })
  const words = (label: Key, name = 'words'): FieldSpec => ({ name, kind: 'area', label: say(label) })
  return { say, common, on, victims, victim, amount, withAmount, words }
}
