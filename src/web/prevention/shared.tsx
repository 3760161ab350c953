import type { Detail } from '#domain/prevention/kinds.ts'
import { topics } from '#domain/prevention/kinds.ts'
import { useGet } from '#web/client/api.ts'
import type { Option } from '#web/design/Field.tsx'
import { fullDate } from '#web/design/time.ts'
import { type Say, sayCode, useLanguage } from '#web/design/words.tsx'
import type { FieldSpec } from '#web/form/spec.ts'
import type { Municipality } from '#web/place/Municipality.tsx'
import type { ListPlans } from '#wire/action-plan.ts'

/** Word of a code in this room's book: `kind_campaign`, `topic_sops`. */
export const word = (key: string): string => sayCode('prevention', key)
export const options = (prefix: string, codes: readonly string[]): Option[] =>
  codes.map((value) => ({ value, label: word(`${prefix}_${value}`) }))
export const topicOptions = (): Option[] => options('topic', topics)
export const optionsOf = (detail: Detail): Option[] =>
  (detail.codes ?? []).map((value) => ({
    value,
    label: detail.name === 'sector' ? word(`sector_${value}`) : word(`code_${detail.name}_${value}`),
  }))

export const spanOf = (from: string, to: string): string =>
  from === to ? fullDate(from) : `${fullDate(from)} – ${fullDate(to)}`

interface Body {
  readonly id: string
  readonly nameSq: string
  readonly nameEn: string
}
export const useBodyName = (): ((body: Body) => string) => {
  const { language } = useLanguage()
  return (body) => (language === 'sq' ? body.nameSq : body.nameEn)
}
export const useBodies = (): readonly Body[] =>
  useGet<{ items: readonly Body[] }>('/api/prevention/bodies', {}, { staleTime: Infinity }).data?.items ?? []

/** Plans that an act may serve; none where the reader sees none. */
export const usePlanOptions = (): Option[] => {
  const { language } = useLanguage()
  const plans = useGet<ListPlans>('/api/plans', {}, { staleTime: 60_000 }).data?.items ?? []
  return plans.map((plan) => ({
    value: plan.id,
    label: (language === 'sq' ? plan.titleSq : plan.titleEn) ?? plan.titleSq ?? plan.slug,
  }))
}

/** Where it was: one's own municipality where the body has one, any or none otherwise. */
export const placeField = (
  t: Say,
  own: string | null,
  all: readonly Municipality[],
  initial?: string | null,
): FieldSpec => ({
  name: 'municipality',
  kind: 'select',
  label: t('web', 'municipality'),
  optional: own === null,
  initial: initial ?? own ?? '',
  options: all
    .filter((one) => own === null || one.code === own)
    .sort((a, b) => a.name.localeCompare(b.name, 'sq'))
    .map((one) => ({ value: one.code, label: one.name })),
})

export const planFields = (
  t: Say,
  plans: readonly Option[],
  initial: { readonly planId: string; readonly uid: string } | null,
): FieldSpec[] =>
  plans.length === 0 && initial === null
    ? []
    : [
        {
          name: 'plan',
          kind: 'select',
          label: t('prevention', 'plan'),
          optional: true,
          options: plans,
          initial: initial?.planId ?? '',
        },
        {
          name: 'plan.uid',
          kind: 'text',
          label: t('prevention', 'plan_line'),
          hint: t('prevention', 'plan_line_hint'),
          initial: initial?.uid ?? '',
          when: (values) => values.plan !== '',
        },
      ]
export const planOf = (plain: Record<string, unknown>): { planId: unknown; uid: unknown } | null =>
  plain.plan === undefined ? null : { planId: plain.plan, uid: plain['plan.uid'] }

export const sexField = (t: Say): FieldSpec => ({
  name: 'sex',
  kind: 'radio',
  label: t('prevention', 'sex'),
  options: (['female', 'male'] as const).map((value) => ({ value, label: t('prevention', value) })),
})

export const reasonField = (t: Say): FieldSpec => ({
  name: 'reason',
  kind: 'text',
  label: t('prevention', 'reason'),
})
