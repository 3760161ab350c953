/** The acts on an activity, as forms. */
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { ActivityExecution } from '#wire/execution.ts'

const codes = <K extends string>(t: Say, prefix: string, list: readonly K[]) =>
  list.map((value) => ({ value, label: t('execution', `${prefix}_${value}` as never) }))
const source = (t: Say) =>
  ({
    name: 'source',
    kind: 'select',
    label: t('execution', 'source'),
    options: codes(t, 'source', ['state', 'donors']),
  }) as const
const group = (t: Say) =>
  ({
    name: 'group',
    kind: 'select',
    label: t('execution', 'account'),
    options: codes(t, 'group', ['wages', 'operating', 'investment']),
  }) as const
const amount = (t: Say) => ({ name: 'amount', kind: 'lek', label: t('execution', 'amount') }) as const

type Make = (of: ActivityExecution, t: Say, about?: string) => CommandForm
const fresh = (of: ActivityExecution) => ({ recordId: of.id, baseVersion: of.version })

export const statusForm: Make = (of, t) => ({
  type: 'activity.set_status',
  ...fresh(of),
  title: t('execution', 'set_status'),
  action: t('execution', 'set_status'),
  fields: [
    { name: 'to', kind: 'radio', label: t('execution', 'new_status'), options: codes(t, 'status', of.next) },
    { name: 'on', kind: 'day', label: t('execution', 'on_day') },
    {
      name: 'reason',
      kind: 'area',
      label: t('execution', 'reason'),
      hint: t('execution', 'reason_hint'),
      optional: true,
    },
  ],
  done: t('execution', 'set_status_done'),
})

const dates = (t: Say) =>
  [
    { name: 'approvedOn', kind: 'day', label: t('execution', 'approved_on'), optional: true },
    { name: 'inForceOn', kind: 'day', label: t('execution', 'in_force_on'), optional: true },
  ] as const

export const deliverableForm: Make = (of, t) => ({
  type: 'activity.add_deliverable',
  ...fresh(of),
  title: t('execution', 'add_deliverable'),
  action: t('execution', 'add_deliverable'),
  fields: [
    {
      name: 'kind',
      kind: 'select',
      label: t('execution', 'kind'),
      options: codes(t, 'deliverable', ['act', 'document', 'agreement', 'other']),
    },
    { name: 'title', kind: 'text', label: t('execution', 'name') },
    { name: 'number', kind: 'text', label: t('execution', 'number'), optional: true },
    ...dates(t),
  ],
  done: t('execution', 'deliverable_added'),
})

export const datesForm: Make = (of, t, deliverable) => ({
  type: 'activity.date_deliverable',
  ...fresh(of),
  title: t('execution', 'date_deliverable'),
  consequence: of.deliverables.find((d) => d.id === deliverable)?.title,
  action: t('execution', 'date_deliverable'),
  fields: dates(t),
  toBody: (plain) => ({ ...plain, deliverable }),
  done: t('web', 'saved'),
})

export const budgetForm: Make = (of, t) => ({
  type: 'activity.set_budget_line',
  ...fresh(of),
  title: t('execution', 'set_budget'),
  consequence: t('execution', 'money_more'),
  action: t('execution', 'set_budget'),
  fields: [source(t), group(t), { name: 'year', kind: 'text', label: t('execution', 'year') }, amount(t)],
  toBody: (plain) => ({ ...plain, year: Number(plain.year) }),
  done: t('execution', 'budget_set'),
})

export const spendingForm: Make = (of, t) => ({
  type: 'activity.enter_spending',
  ...fresh(of),
  title: t('execution', 'enter_spending'),
  action: t('execution', 'enter_spending'),
  fields: [
    {
      name: 'kind',
      kind: 'radio',
      label: t('execution', 'kind'),
      options: codes(t, 'kind', ['commitment', 'payment']),
    },
    source(t),
    group(t),
    { name: 'on', kind: 'day', label: t('execution', 'on_day') },
    amount(t),
    {
      name: 'document',
      kind: 'text',
      label: t('execution', 'document'),
      hint: t('execution', 'document_hint'),
    },
    { name: 'payer', kind: 'text', label: t('execution', 'payer'), optional: true },
    {
      name: 'overBudget',
      kind: 'yes_no',
      label: t('execution', 'over_budget'),
      optional: true,
      initial: 'no',
    },
  ],
  done: t('execution', 'spending_entered'),
})

export const reversalForm: Make = (of, t, entry) => ({
  type: 'activity.reverse_spending',
  ...fresh(of),
  title: t('execution', 'reverse_question'),
  consequence: t('execution', 'reverse_more'),
  action: t('execution', 'reverse'),
  kind: 'danger',
  fields: [{ name: 'reason', kind: 'area', label: t('execution', 'reason') }],
  toBody: (plain) => ({ ...plain, entry }),
  done: t('execution', 'reversed_done'),
})

export const trancheForm: Make = (of, t) => ({
  type: 'activity.plan_tranche',
  ...fresh(of),
  title: t('execution', 'plan_tranche'),
  action: t('execution', 'plan_tranche'),
  fields: [
    source(t),
    { name: 'payer', kind: 'text', label: t('execution', 'payer') },
    { name: 'dueOn', kind: 'day', label: t('execution', 'due_on') },
    amount(t),
  ],
  done: t('execution', 'tranche_planned'),
})

export const receiptForm: Make = (of, t, tranche) => ({
  type: 'activity.receive_tranche',
  ...fresh(of),
  title: t('execution', 'receive'),
  action: t('execution', 'receive'),
  fields: [{ name: 'on', kind: 'day', label: t('execution', 'received_on') }, amount(t)],
  toBody: (plain) => ({ ...plain, tranche }),
  done: t('execution', 'receive_done'),
})
