/** Questions that the case manager and the shelter are both asked. */
import { assistanceSettings, assisted, serviceTypes } from '#domain/assistance/plan.ts'
import { leavesTo } from '#domain/assistance/stay.ts'
import { progresses } from '#domain/assistance/watch.ts'
import { fundingSources } from '#domain/case/state.ts'
import type { Option } from '#web/design/Field.tsx'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text, type Values } from '#web/form/spec.ts'
import { fundingWord, named, options, serviceWord, word } from './words.ts'

export const dayField = (name: string, label: string, initial: string): FieldSpec => ({
  name,
  kind: 'day',
  label,
  initial,
})
export const area = (name: string, label: string, optional = false): FieldSpec => ({
  name,
  kind: 'area',
  label,
  ...(optional ? { optional } : {}),
})
export const yes = (name: string, label: string): FieldSpec => ({ name, kind: 'yes_no', label })

/** A service as the case manager or the shelter writes it: the same questions. */
export const serviceFields = (
  t: Say,
  of: {
    readonly today: string
    readonly providers: readonly Option[]
    readonly children: readonly Option[]
    readonly setting: string
  },
): FieldSpec[] => [
  {
    name: 'service',
    kind: 'select',
    label: word(t, 'action_service'),
    options: named(serviceTypes, serviceWord),
  },
  {
    name: 'setting',
    kind: 'radio',
    label: word(t, 'service_setting'),
    options: options(t, 'setting', assistanceSettings),
    initial: of.setting,
  },
  {
    name: 'beneficiary',
    kind: 'radio',
    label: word(t, 'need_for'),
    options: options(
      t,
      'for',
      assisted.filter((one) => one !== 'child_of_victim' || of.children.length > 0),
    ),
    initial: 'subject',
  },
  {
    name: 'dependantId',
    kind: 'select',
    label: word(t, 'service_child'),
    options: of.children,
    when: (values: Values) => text(values, 'beneficiary') === 'child_of_victim',
  },
  { name: 'providerId', kind: 'select', label: word(t, 'action_provider'), options: of.providers },
  dayField('from', word(t, 'service_from'), of.today),
  { name: 'until', kind: 'day', label: word(t, 'service_until'), optional: true },
  { name: 'costLek', kind: 'number', label: word(t, 'cost'), hint: word(t, 'cost_hint'), optional: true },
  funding(t),
  area('remark', word(t, 'need_remark'), true),
]
export const funding = (t: Say): FieldSpec => ({
  name: 'funding',
  kind: 'select',
  label: word(t, 'funding'),
  options: fundingSources.map((value) => ({ value, label: fundingWord(t, value) })),
})
export const reportFields = (t: Say, today: string): FieldSpec[] => [
  dayField('on', word(t, 'report_on'), today),
  {
    name: 'progress',
    kind: 'radio',
    label: word(t, 'report_progress'),
    options: options(t, 'progress', progresses),
  },
  yes('concern', word(t, 'report_concern')),
  area('text', word(t, 'report_text')),
]
export const endStayForm = (
  t: Say,
  stay: { readonly id: string; readonly version: number },
  today: string,
): CommandForm => ({
  type: 'stay.end',
  recordId: stay.id,
  baseVersion: stay.version,
  title: word(t, 'stay_end'),
  consequence: word(t, 'stay_end_consequence'),
  action: t('web', 'save'),
  done: t('assistancePage', 'saved'),
  fields: [
    dayField('on', word(t, 'stay_end_on'), today),
    { name: 'to', kind: 'radio', label: word(t, 'stay_to'), options: options(t, 'to', leavesTo) },
    area('remark', word(t, 'stay_why'), true),
  ],
})
