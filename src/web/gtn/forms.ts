/** Short forms around a meeting of the technical group. */
import { choices, type Making } from '#web/case/dialogs/context.ts'
import type { Option } from '#web/design/Field.tsx'
import type { Word } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, list } from '#web/form/spec.ts'
import type { Conferences } from '#wire/case.ts'

export const gtnChoices = (t: Making['t'], prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: t('gtnPage', `${prefix}_${value}` as Word<'gtnPage'>) }))

const reasons = ['member_asked', 'child_or_family', 'too_few_can_come', 'safety', 'other'] as const

/** Units near the case, its own first in the alphabet of names. */
const units = ({ view, units, language }: Making): Option[] => {
  const near = units.filter(
    (u) =>
      u.municipality === view.municipality ||
      (u.municipality === null && (u.county === null || u.county === view.county)),
  )
  return [...new Map(near.map((u) => [u.id, language === 'sq' ? u.nameSq : u.nameEn]))]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, 'sq'))
}

const whenAndWhere = (m: Making, place = ''): FieldSpec[] => [
  { name: 'plannedAt', kind: 'time', label: m.t('gtnPage', 'planned_at') },
  {
    name: 'place',
    kind: 'text',
    label: m.t('gtnPage', 'place'),
    hint: m.t('gtnPage', 'place_hint'),
    initial: place,
  },
]
const base = (m: Making, type: string) => ({
  type: `case.${type}`,
  recordId: m.view.id,
  baseVersion: m.view.version,
  done: m.t('casePage', 'saved'),
})

export const callForm = (m: Making): CommandForm => ({
  ...base(m, 'call_conference'),
  title: m.t('gtnPage', 'call'),
  consequence: m.t('gtnPage', 'call_more'),
  action: m.t('gtnPage', 'call'),
  fields: [
    ...whenAndWhere(m),
    {
      name: 'unitIds',
      kind: 'checks',
      label: m.t('gtnPage', 'units'),
      hint: m.t('gtnPage', 'units_hint'),
      options: units(m),
    },
  ],
  toBody: (plain, values) => ({ ...plain, unitIds: list(values, 'unitIds') }),
})

export const postponeForm = (m: Making, call: NonNullable<Conferences['call']>): CommandForm => ({
  ...base(m, 'postpone_conference'),
  title: m.t('gtnPage', 'postpone_title'),
  action: m.t('gtnPage', 'postpone'),
  fields: [
    ...whenAndWhere(m, call.place),
    { name: 'reason', kind: 'radio', label: m.t('gtnPage', 'why'), options: gtnChoices(m.t, 'why', reasons) },
  ],
  toBody: (plain) => ({ ...plain, conferenceId: call.id }),
})

export const cancelForm = (m: Making, call: NonNullable<Conferences['call']>): CommandForm => ({
  ...base(m, 'cancel_conference'),
  title: m.t('gtnPage', 'cancel_question'),
  action: m.t('gtnPage', 'cancel'),
  kind: 'secondary',
  fields: [
    { name: 'reason', kind: 'radio', label: m.t('gtnPage', 'why'), options: gtnChoices(m.t, 'why', reasons) },
  ],
  toBody: (plain) => ({ ...plain, conferenceId: call.id }),
})

const funding = ['municipality', 'state', 'donor', 'family', 'no_cost', 'gap'] as const
export const turnForm = (m: Making, resolution: Conferences['resolutions'][number]): CommandForm => ({
  ...base(m, 'turn_resolution'),
  title: m.t('gtnPage', 'turn_title'),
  action: m.t('gtnPage', 'turn'),
  fields: [
    {
      name: 'goalId',
      kind: 'select',
      label: m.t('gtnPage', 'goal'),
      options: (m.view.plan?.goals ?? []).map((goal) => ({
        value: goal.id,
        label: goal.text ?? m.t('casePage', `area_${goal.area}`),
      })),
    },
    { name: 'text', kind: 'area', label: m.t('gtnPage', 'resolution'), initial: resolution.text ?? '' },
    { name: 'costLek', kind: 'lek', optional: true, label: m.t('casePage', 'plan_cost') },
    {
      name: 'funding',
      kind: 'select',
      optional: true,
      label: m.t('casePage', 'funding'),
      options: choices(m.t, 'funding', funding),
    },
  ],
  toBody: (plain) => ({ ...plain, resolutionId: resolution.id }),
})
