import { services } from '#web/case/dialogs/record.ts'
import { type CaseView, may } from '#web/case/types.ts'
import type { Option } from '#web/design/Field.tsx'
import type { Word } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { base, type Making } from './forms.ts'

/** One action in the plans of several children: each child's own goal is chosen, and who has none chosen is left out. */
export const actionForm = (
  m: Making,
  views: readonly CaseView[],
  providers: readonly Option[],
): CommandForm => {
  const goal = (id: string) => `goal_${id}`
  const planned = views.filter((one) => may(one, 'add_action') && (one.plan?.goals.length ?? 0) > 0)
  const childOf = (id: string): string => {
    const known = m.family.cases.find((one) => one.caseId === id)
    return known?.child ?? known?.code ?? ''
  }
  return {
    ...base(m, 'add_action'),
    title: m.t('familyPage', 'together_action'),
    consequence: m.t('familyPage', 'together_more'),
    action: m.t('web', 'add'),
    done: m.t('familyPage', 'together_done'),
    wide: true,
    fields: [
      ...planned.map((one) => ({
        name: goal(one.id),
        kind: 'select' as const,
        label: m.t('familyPage', 'together_goal', { name: childOf(one.id) }),
        optional: one.id !== m.view.id,
        options: (one.plan?.goals ?? []).map((aim) => ({
          value: aim.id,
          label: aim.text ?? m.t('casePage', `area_${aim.area}`),
        })),
      })),
      {
        name: 'service',
        kind: 'select',
        label: m.t('casePage', 'service'),
        options: services.map((value) => ({
          value,
          label: m.t('casePage', `service_${value}` as Word<'casePage'>),
        })),
      },
      { name: 'text', kind: 'text', label: m.t('casePage', 'action_text') },
      {
        name: 'institutionId',
        kind: 'select',
        optional: true,
        label: m.t('casePage', 'plan_responsible'),
        options: providers,
      },
      { name: 'due', kind: 'day', optional: true, label: m.t('casePage', 'plan_due_by') },
    ],
    toBody: ({ service, text, institutionId, due, ...rest }) => ({
      goals: planned.flatMap((one) => {
        const goalId = rest[goal(one.id)]
        return typeof goalId === 'string' ? [{ caseId: one.id, goalId }] : []
      }),
      service,
      text,
      institutionId,
      due,
    }),
  }
}
