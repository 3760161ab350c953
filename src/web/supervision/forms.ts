/** The questions behind each act of supervision. */
import { absenceKinds } from '#domain/supervision/absence.ts'
import { talkTopics } from '#domain/supervision/talk.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { AbsenceView, FileRow, ReviewView, TalkView } from '#wire/supervision.ts'

type Person = { readonly id: string; readonly name: string }
const optionsOf = (people: readonly Person[]) => people.map(({ id, name }) => ({ value: id, label: name }))

export const talkForm = (t: Say, worker: Person, files: readonly FileRow[]): CommandForm => ({
  type: 'supervision.hold',
  recordId: uuidv7(),
  title: t('supervisionPage', 'talk_title', { name: worker.name }),
  consequence: t('supervisionPage', 'talks_lede'),
  action: t('web', 'save'),
  wide: true,
  fields: [
    { name: 'heldOn', kind: 'day', label: t('supervisionPage', 'talk_on') },
    {
      name: 'topics',
      kind: 'checks',
      label: t('supervisionPage', 'talk_topics'),
      options: talkTopics.map((value) => ({ value, label: t('supervisionPage', `topic_${value}`) })),
    },
    ...(files.length === 0
      ? []
      : [
          {
            name: 'caseIds',
            kind: 'checks' as const,
            label: t('supervisionPage', 'talk_cases'),
            optional: true,
            options: files.slice(0, 40).map((file) => ({ value: file.id, label: file.code })),
          },
        ]),
    {
      name: 'agreements',
      kind: 'area',
      label: t('supervisionPage', 'talk_agreements'),
      hint: t('supervisionPage', 'talk_agreements_hint'),
    },
    { name: 'remarks', kind: 'area', label: t('supervisionPage', 'talk_remarks'), optional: true },
    { name: 'nextOn', kind: 'day', label: t('supervisionPage', 'talk_next'), optional: true },
  ],
  toBody: (plain) => ({ ...plain, workerId: worker.id }),
  done: t('supervisionPage', 'talk_saved'),
})

export const confirmForm = (t: Say, talk: TalkView): CommandForm => ({
  type: 'supervision.confirm',
  recordId: talk.id,
  title: t('supervisionPage', 'talk_confirm_question'),
  consequence: talk.agreements,
  action: t('supervisionPage', 'talk_confirm'),
  fields: [],
  done: t('web', 'saved'),
})

export const absenceForm = (
  t: Say,
  me: Person & { readonly head: boolean },
  colleagues: readonly Person[],
): CommandForm => ({
  type: 'supervision.name_absence',
  recordId: uuidv7(),
  title: t('supervisionPage', 'absence_name'),
  consequence: t('supervisionPage', 'absence_lede'),
  action: t('web', 'save'),
  fields: [
    ...(me.head
      ? [
          {
            name: 'workerId',
            kind: 'select' as const,
            label: t('supervisionPage', 'absence_who'),
            options: optionsOf(colleagues),
          },
        ]
      : []),
    {
      name: 'deputyId',
      kind: 'select',
      label: t('supervisionPage', 'absence_deputy'),
      options: optionsOf(me.head ? colleagues : colleagues.filter((one) => one.id !== me.id)),
    },
    { name: 'from', kind: 'day', label: t('supervisionPage', 'absence_from') },
    { name: 'until', kind: 'day', label: t('supervisionPage', 'absence_until') },
    {
      name: 'kind',
      kind: 'radio',
      label: t('supervisionPage', 'absence_kind'),
      options: absenceKinds.map((value) => ({ value, label: t('supervisionPage', `kind_${value}`) })),
    },
  ],
  toBody: (plain) => ({ workerId: me.id, ...plain }),
  done: t('supervisionPage', 'absence_saved'),
})

export const endForm = (t: Say, absence: AbsenceView): CommandForm => ({
  type: 'supervision.end_absence',
  recordId: absence.id,
  baseVersion: absence.version,
  title: t('supervisionPage', 'absence_end_question'),
  consequence: t('supervisionPage', 'absence_end_more'),
  action: t('supervisionPage', 'absence_end'),
  fields: [],
  done: t('supervisionPage', 'absence_ended'),
})

export const drawForm = (t: Say, towns: CommandForm['fields'][number]['options'] | null): CommandForm => ({
  type: 'supervision.draw_reviews',
  recordId: uuidv7(),
  title: t('supervisionPage', 'draw'),
  consequence: t('supervisionPage', 'draw_more'),
  action: t('supervisionPage', 'draw'),
  fields: [
    { name: 'size', kind: 'number', label: t('supervisionPage', 'draw_size'), initial: '5' },
    { name: 'dueOn', kind: 'day', label: t('supervisionPage', 'draw_due') },
    ...(towns == null
      ? []
      : [
          {
            name: 'municipality',
            kind: 'select' as const,
            label: t('supervisionPage', 'draw_municipality'),
            optional: true,
            options: towns,
          },
        ]),
  ],
  done: t('supervisionPage', 'drawn'),
})

export const mendedForm = (t: Say, mend: ReviewView['mends'][number]): CommandForm => ({
  type: 'supervision.mended',
  recordId: mend.id,
  title: t('supervisionPage', 'mend_question'),
  ...(mend.text === null ? {} : { consequence: mend.text }),
  action: t('supervisionPage', 'mend_done'),
  fields: [],
  done: t('supervisionPage', 'mend_saved'),
})
