/** The questions behind a municipality's lines of money. */
import { accountGroups, expenseTopics, incomeTopics, moneySources } from '#domain/local/budget.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { FieldSpec } from '#web/form/spec.ts'
import type { LocalLine, LocalPlace } from '#wire/local.ts'

export interface Titled {
  readonly titleSq: string | null
  readonly titleEn: string | null
}
export const titleIn = (language: 'sq' | 'en', one: Titled): string =>
  (language === 'sq' ? (one.titleSq ?? one.titleEn) : (one.titleEn ?? one.titleSq)) ?? ''

const moneyFields = (t: Say, line?: LocalLine): FieldSpec[] => [
  { name: 'planned', kind: 'lek', label: t('localPage', 'planned_lek'), initial: line?.planned ?? '' },
  {
    name: 'executed',
    kind: 'lek',
    label: t('localPage', 'executed_lek'),
    optional: true,
    initial: line?.executed ?? '',
  },
  { name: 'note', kind: 'area', label: t('localPage', 'note'), optional: true, initial: line?.note ?? '' },
]

export const lineForm = (
  t: Say,
  place: LocalPlace,
  side: LocalLine['side'],
  year: string,
  language: 'sq' | 'en',
): CommandForm => {
  const expense = side === 'expense'
  // Plan and activity travel in one option; a plan's id has no blank in it.
  const activities = place.plans.flatMap((plan) =>
    plan.activities.map((one) => ({
      value: `${plan.id} ${one.uid}`,
      label: `${one.code ?? one.uid} ${titleIn(language, one)}`.slice(0, 140),
    })),
  )
  const fields: FieldSpec[] = [
    { name: 'year', kind: 'lek', label: t('localPage', 'year'), initial: year },
    {
      name: 'topic',
      kind: 'select',
      label: t('localPage', 'topic'),
      options: (expense ? expenseTopics : incomeTopics).map((value) => ({
        value,
        label: t('localPage', `topic_${value}`),
      })),
    },
    {
      name: 'source',
      kind: 'select',
      label: t('localPage', 'source'),
      options: moneySources.map((value) => ({ value, label: t('localPage', `source_${value}`) })),
    },
  ]
  if (expense)
    fields.push({
      name: 'accountGroup',
      kind: 'select',
      label: t('localPage', 'account_group'),
      options: accountGroups.map((value) => ({ value, label: t('localPage', `group_${value}`) })),
    })
  if (expense && activities.length > 0)
    fields.push({
      name: 'activityUid',
      kind: 'select',
      label: t('localPage', 'activity'),
      options: activities,
      optional: true,
    })
  return {
    type: 'local.set_line',
    recordId: uuidv7(),
    title: t('localPage', expense ? 'add_expense' : 'add_income'),
    action: t('web', 'save'),
    fields: [...fields, ...moneyFields(t)],
    toBody: ({ activityUid, ...plain }) => {
      const [planId, ...uid] = typeof activityUid === 'string' ? activityUid.split(' ') : []
      return {
        ...plain,
        municipality: place.municipality,
        side,
        ...(planId === undefined ? {} : { planId, activityUid: uid.join(' ') }),
      }
    },
    done: t('web', 'saved'),
  }
}

export const changeLineForm = (t: Say, municipality: string, line: LocalLine, name: string): CommandForm => ({
  type: 'local.set_line',
  recordId: line.id,
  baseVersion: line.version,
  title: name,
  action: t('web', 'save'),
  fields: moneyFields(t, line),
  toBody: (plain) => ({
    ...plain,
    municipality,
    year: line.year,
    side: line.side,
    topic: line.topic,
    source: line.source,
    ...(line.accountGroup === null ? {} : { accountGroup: line.accountGroup }),
    ...(line.planId === null ? {} : { planId: line.planId, activityUid: line.activityUid }),
  }),
  done: t('web', 'saved'),
})

export const strikeLineForm = (t: Say, line: LocalLine): CommandForm => ({
  type: 'local.strike_line',
  recordId: line.id,
  baseVersion: line.version,
  title: t('localPage', 'strike_question'),
  consequence: t('localPage', 'strike_more'),
  action: t('localPage', 'strike'),
  kind: 'danger',
  fields: [{ name: 'reason', kind: 'text', label: t('localPage', 'reason') }],
  done: t('web', 'saved'),
})

export const untieForm = (t: Say, id: string, consequence: string): CommandForm => ({
  type: 'local.strike_serve',
  recordId: id,
  title: t('localPage', 'untie_question'),
  consequence,
  action: t('localPage', 'untie'),
  kind: 'danger',
  fields: [],
  done: t('web', 'saved'),
})
