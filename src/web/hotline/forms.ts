/** The questions behind each act at a national line. */
import { fromTirana } from '#domain/clock/tirana.ts'
import { callChannels, callers, callOutcomes, callTopics } from '#domain/hotline/state.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { clockTime, dayOf, nearDate } from '#web/design/time.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { CallRow, LineBoard, ShiftRow } from '#wire/hotline.ts'

export const beginForm = (t: Say): CommandForm => ({
  type: 'line.begin_shift',
  recordId: uuidv7(),
  title: t('linePage', 'begin'),
  consequence: t('linePage', 'begin_more'),
  action: t('linePage', 'begin'),
  kind: 'primary',
  fields: [{ name: 'trained', kind: 'yes_no', label: t('linePage', 'trained') }],
  done: t('web', 'saved'),
})

export const endForm = (t: Say, shift: ShiftRow): CommandForm => ({
  type: 'line.end_shift',
  recordId: shift.id,
  baseVersion: shift.version,
  title: t('linePage', shift.own ? 'end' : 'end_forgotten'),
  action: t('linePage', shift.own ? 'end' : 'end_forgotten'),
  kind: 'primary',
  fields: [
    {
      name: 'at',
      kind: 'time',
      label: t('linePage', 'end_at'),
      hint: t('linePage', 'end_at_hint'),
      optional: true,
    },
  ],
  done: t('web', 'saved'),
})

/** `2026-11-22T14:05`, as the field for a day and hour takes it. */
const fieldTime = (at: string): string => `${dayOf(at)}T${clockTime(at)}`

const reportOptions = (t: Say, board: LineBoard, now: string) =>
  board.reports.map((one) => ({
    value: one.id,
    label: t('linePage', 'report_of', { when: nearDate(one.at, now) }),
  }))

export const callForm = (t: Say, board: LineBoard, now: string): CommandForm => ({
  type: 'line.record_call',
  recordId: uuidv7(),
  title: t('linePage', 'record'),
  consequence: t('linePage', 'record_more'),
  action: t('web', 'save'),
  kind: 'primary',
  wide: true,
  fields: [
    { name: 'at', kind: 'time', label: t('linePage', 'at'), initial: fieldTime(now) },
    { name: 'minutes', kind: 'number', label: t('linePage', 'minutes') },
    {
      name: 'channel',
      kind: 'select',
      label: t('linePage', 'channel'),
      initial: 'phone',
      options: callChannels.map((value) => ({ value, label: t('linePage', `channel_${value}`) })),
    },
    {
      name: 'caller',
      kind: 'select',
      label: t('linePage', 'caller'),
      options: callers.map((value) => ({ value, label: t('linePage', `caller_${value}`) })),
    },
    {
      name: 'topic',
      kind: 'select',
      label: t('linePage', 'topic'),
      options: callTopics.map((value) => ({ value, label: t('linePage', `topic_${value}`) })),
    },
    { name: 'anonymous', kind: 'yes_no', label: t('linePage', 'anonymous') },
    { name: 'language', kind: 'text', label: t('linePage', 'language'), initial: 'sq' },
    {
      name: 'county',
      kind: 'select',
      label: t('linePage', 'county'),
      optional: true,
      options: board.counties.map(({ code, name }) => ({ value: code, label: name })),
    },
    {
      name: 'outcomes',
      kind: 'checks',
      label: t('linePage', 'outcomes'),
      options: callOutcomes.map((value) => ({ value, label: t('linePage', `outcome_${value}`) })),
    },
    {
      name: 'reportId',
      kind: 'select',
      label: t('linePage', 'report'),
      hint: t('linePage', 'report_later'),
      optional: true,
      options: reportOptions(t, board, now),
      when: (values) => Array.isArray(values.outcomes) && values.outcomes.includes('report'),
    },
  ],
  done: t('web', 'saved'),
})

export const linkForm = (t: Say, board: LineBoard, call: CallRow, now: string): CommandForm => ({
  type: 'line.link_call',
  recordId: call.id,
  baseVersion: call.version,
  title: t('linePage', 'link'),
  action: t('linePage', 'link'),
  fields: [
    {
      name: 'reportId',
      kind: 'radio',
      label: t('linePage', 'report'),
      options: reportOptions(t, board, now),
    },
  ],
  done: t('web', 'saved'),
})

export const missedForm = (t: Say, now: string): CommandForm => ({
  type: 'line.count_missed',
  recordId: uuidv7(),
  title: t('linePage', 'count_missed'),
  consequence: t('linePage', 'count_missed_more'),
  action: t('web', 'save'),
  fields: [
    { name: 'day', kind: 'day', label: t('linePage', 'missed_date'), initial: dayOf(now) },
    {
      name: 'hour',
      kind: 'select',
      label: t('linePage', 'missed_hour'),
      options: Array.from({ length: 24 }, (_, hour) => ({
        value: String(hour),
        label: `${String(hour).padStart(2, '0')}:00`,
      })),
    },
    { name: 'missed', kind: 'number', label: t('linePage', 'missed_n') },
    { name: 'calledBack', kind: 'number', label: t('linePage', 'called_back'), initial: '0' },
  ],
  toBody: ({ day, hour, ...plain }) => ({ ...plain, hour: fromTirana(String(day), Number(hour)) }),
  done: t('web', 'saved'),
})
