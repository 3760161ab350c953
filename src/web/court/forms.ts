/** Short forms of what may be done next with a matter before a court. */
import type { Making } from '#web/case/dialogs/context.ts'
import { choices } from '#web/case/dialogs/context.ts'
import type { Option } from '#web/design/Field.tsx'
import type { Word } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { FieldSpec } from '#web/form/spec.ts'
import type { CourtCaseView } from '#wire/case.ts'

type Say = Making['t']
const courtChoices = (t: Say, prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: t('courtPage', `${prefix}_${value}` as Word<'courtPage'>) }))

const form = (
  m: Making,
  verb: string,
  word: Word<'courtPage'>,
  fields: readonly FieldSpec[],
): CommandForm => ({
  type: `case.${verb}`,
  recordId: m.view.id,
  baseVersion: m.view.version,
  title: m.t('courtPage', word),
  action: m.t('web', 'save'),
  done: m.t('casePage', 'saved'),
  fields,
})
const about = (court: CourtCaseView, made: CommandForm): CommandForm => ({
  ...made,
  toBody: (plain) => ({ ...plain, courtId: court.id }),
})
const day = (t: Say, name: string, word: Word<'courtPage'>, more: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  kind: 'day',
  label: t('courtPage', word),
  ...more,
})
const said = (t: Say, name: string, word: Word<'courtPage'>, more: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  kind: 'area',
  label: t('courtPage', word),
  ...more,
})
const one = (
  t: Say,
  name: string,
  word: Word<'courtPage'>,
  prefix: string,
  values: readonly string[],
  more: Partial<FieldSpec> = {},
): FieldSpec => ({
  name,
  kind: 'radio',
  label: t('courtPage', word),
  options: courtChoices(t, prefix, values),
  ...more,
})

const matters = [
  'protection_order',
  'custody',
  'placement',
  'emergency_measure',
  'supervision',
  'other',
] as const
const open = ['proposed', 'emergency_issued', 'in_force', 'under_review']

export const openForm = (m: Making): CommandForm =>
  form(m, 'open_court_case', 'open', [
    one(m.t, 'matter', 'matter', 'matter', matters),
    {
      name: 'measureId',
      kind: 'select',
      optional: true,
      label: m.t('courtPage', 'measure'),
      options: m.view.measures
        .filter((measure) => open.includes(measure.status))
        .map((measure) => ({
          value: measure.id,
          label: `${m.t('casePage', `measure_${measure.kind}`)}, ${m.t('casePage', `measure_status_${measure.status}`)}`,
        })),
    },
    { name: 'court', kind: 'text', label: m.t('courtPage', 'court'), hint: m.t('courtPage', 'court_hint') },
    said(m.t, 'claim', 'claim'),
  ])

export const courtActs = [
  'write_court_report',
  'file_court_case',
  'set_hearing',
  'hold_hearing',
  'decide_court_case',
  'appeal_court_case',
  'decide_appeal',
  'close_court_case',
  'check_execution',
  'review_court_case',
] as const
export type CourtAct = (typeof courtActs)[number]
export const actWord: Record<CourtAct, Word<'courtPage'>> = {
  write_court_report: 'report_write',
  file_court_case: 'file',
  set_hearing: 'hearing_set',
  hold_hearing: 'hearing_hold',
  decide_court_case: 'decide',
  appeal_court_case: 'appeal',
  decide_appeal: 'appeal_decide',
  close_court_case: 'close',
  check_execution: 'check_act',
  review_court_case: 'review',
}
/** At which stages an act is offered; the server has the last word. */
const offered: Record<CourtAct, (c: CourtCaseView) => boolean> = {
  write_court_report: (c) => c.stage === 'prepared' || (c.stage === 'filed' && c.reportOn === null),
  file_court_case: (c) => c.stage === 'prepared' && (c.reportOn !== null || c.matter === 'emergency_measure'),
  set_hearing: (c) => (c.stage === 'filed' || c.stage === 'appealed') && c.nextHearingAt === null,
  hold_hearing: (c) => c.nextHearingAt !== null,
  decide_court_case: (c) => c.stage === 'filed',
  appeal_court_case: (c) => c.stage === 'decided',
  decide_appeal: (c) => c.stage === 'appealed',
  close_court_case: (c) => ['prepared', 'filed', 'decided'].includes(c.stage),
  check_execution: (c) => c.decidedOn !== null && c.outcome !== 'refused' && c.stage !== 'filed',
  review_court_case: (c) => ['decided', 'appealed', 'final'].includes(c.stage) && c.outcome !== 'refused',
}
export const offeredActs = (court: CourtCaseView, allowed: readonly string[]): readonly CourtAct[] =>
  courtActs.filter((act) => allowed.includes(act) && offered[act](court))

const stuck = (v: Readonly<Record<string, string | readonly string[]>>) =>
  v.execution === 'hindered' || v.execution === 'not_begun'

const fieldsOf: Record<CourtAct, (m: Making, court: CourtCaseView) => readonly FieldSpec[]> = {
  write_court_report: ({ t }, court) => [
    said(t, 'report', 'report', { hint: t('courtPage', 'report_hint'), initial: court.report ?? '' }),
  ],
  file_court_case: ({ t, today }) => [
    day(t, 'filedOn', 'filed_on', { initial: today }),
    { name: 'courtRef', kind: 'text', label: t('courtPage', 'court_ref') },
  ],
  set_hearing: ({ t }) => [{ name: 'hearingAt', kind: 'time', label: t('courtPage', 'hearing_at') }],
  hold_hearing: ({ t }) => [
    one(t, 'held', 'hearing_held', 'hearing', ['yes', 'no']),
    { name: 'workerAttended', kind: 'yes_no', label: t('courtPage', 'worker_attended') },
    one(t, 'childHeard', 'child_heard', 'heard', [
      'heard',
      'through_psychologist',
      'too_young',
      'declined',
      'not_heard',
    ]),
    said(t, 'notes', 'notes', { optional: true }),
  ],
  decide_court_case: ({ t, today }) => [
    one(t, 'outcome', 'outcome', 'outcome', ['granted', 'partly', 'refused']),
    day(t, 'decidedOn', 'decided_on', { initial: today }),
    day(t, 'from', 'valid_from', { optional: true, when: (v) => v.outcome !== 'refused' }),
    day(t, 'until', 'valid_until', { optional: true, when: (v) => v.outcome !== 'refused' }),
    day(t, 'reviewOn', 'review_on', { optional: true, when: (v) => v.outcome !== 'refused' }),
    said(t, 'reasons', 'reasons'),
  ],
  appeal_court_case: ({ t, today }) => [
    one(t, 'appellant', 'appellant', 'appellant', [
      'unit',
      'parent',
      'representative',
      'prosecutor',
      'other',
    ]),
    day(t, 'appealedOn', 'appealed_on', { initial: today }),
  ],
  decide_appeal: ({ t, today }) => [
    one(t, 'outcome', 'appeal_outcome', 'appeal', ['upheld', 'changed', 'returned']),
    day(t, 'decidedOn', 'decided_on', { initial: today }),
    said(t, 'reasons', 'reasons'),
  ],
  close_court_case: ({ t }, court) => [
    one(t, 'how', 'close_question', 'how', [court.stage === 'decided' ? 'final' : 'withdrawn'], {
      initial: court.stage === 'decided' ? 'final' : 'withdrawn',
    }),
    {
      name: 'reason',
      kind: 'area',
      label: t('casePage', 'reason'),
      when: (v) => v.how === 'withdrawn',
    },
  ],
  check_execution: ({ t, today }) => [
    day(t, 'checkedOn', 'checked_on', { initial: today }),
    one(t, 'execution', 'check', 'execution', ['carried_out', 'under_way', 'hindered', 'not_begun']),
    {
      name: 'hindrance',
      kind: 'select',
      label: t('courtPage', 'hindrance'),
      options: courtChoices(t, 'hindrance', [
        'parent_resists',
        'no_place',
        'no_service',
        'no_money',
        'child_untraceable',
        'authority_slow',
        'other',
      ]),
      when: stuck,
    },
    said(t, 'findings', 'findings'),
  ],
  review_court_case: ({ t, today }) => [
    day(t, 'reviewedOn', 'reviewed_on', { initial: today }),
    one(t, 'outcome', 'review_outcome', 'review', ['stands', 'change_asked', 'end_asked']),
    day(t, 'nextOn', 'next_review', { optional: true }),
    said(t, 'findings', 'findings'),
  ],
}

export const courtForm = (m: Making, act: CourtAct, court: CourtCaseView): CommandForm => {
  const made = about(court, form(m, act, actWord[act], fieldsOf[act](m, court)))
  return act === 'hold_hearing'
    ? { ...made, toBody: (plain) => ({ ...plain, held: plain.held === 'yes', courtId: court.id }) }
    : made
}

export const reviewMeasureForm = (m: Making, measureId: string): CommandForm => {
  const measure = m.view.measures.find((one) => one.id === measureId)
  return {
    ...form(m, 'review_measure', 'measure_review', [
      one(
        m.t,
        'outcome',
        'review_outcome',
        'measure_review',
        measure?.status === 'under_review' ? ['continue', 'extend'] : ['begin', 'continue', 'extend'],
      ),
      day(m.t, 'reviewedOn', 'reviewed_on', { initial: m.today }),
      day(m.t, 'until', 'valid_until', { when: (v) => v.outcome === 'extend' }),
      {
        name: 'parentsCooperate',
        kind: 'radio',
        label: m.t('casePage', 'parents_cooperate'),
        hint: m.t('courtPage', 'measure_review_hint'),
        options: choices(m.t, 'parents', ['both', 'one_capable_parent', 'no', 'not_asked']),
        when: (v) => measure?.kind === 'specialised_supervision' && v.outcome !== 'begin',
      },
      said(m.t, 'findings', 'findings'),
    ]),
    toBody: (plain) => ({ ...plain, measureId }),
  }
}
