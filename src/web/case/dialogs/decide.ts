import type { FieldSpec } from '#web/form/spec.ts'
import { text } from '#web/form/spec.ts'
import { choices, form, type Make, type Making } from './context.ts'

const parents = ['both', 'one_capable_parent', 'no', 'not_asked'] as const

export const measure: Make = (m) =>
  form(m, 'propose_measure', {
    title: m.t('casePage', 'act_measure'),
    action: m.t('casePage', 'propose'),
    fields: [
      {
        name: 'kind',
        kind: 'radio',
        label: m.t('casePage', 'measure'),
        options: choices(m.t, 'measure', ['emergency', 'alternative_care', 'specialised_supervision']),
      },
      {
        name: 'ground',
        kind: 'select',
        label: m.t('casePage', 'ground'),
        options: choices(m.t, 'ground', [
          'abuse',
          'neglect',
          'sexual_abuse',
          'begging',
          'work',
          'trafficking',
          'abandonment',
          'other',
        ]),
      },
      {
        name: 'parentsCooperate',
        kind: 'radio',
        label: m.t('casePage', 'parents_cooperate'),
        hint: m.t('casePage', 'parents_hint'),
        options: choices(m.t, 'parents', parents),
      },
      { name: 'reason', kind: 'area', label: m.t('casePage', 'reason') },
    ],
  })

export const decideMeasure: Make = (m) =>
  form(m, 'decide_measure', {
    title: m.t('casePage', 'measure_decide_title'),
    action: m.t('web', 'save'),
    fields: [
      {
        name: 'step',
        kind: 'radio',
        label: m.t('casePage', 'measure_step'),
        options: choices(m.t, 'step', ['issue_emergency', 'file_court', 'confirm', 'put_in_force', 'refuse']),
      },
      {
        name: 'decidedBy',
        kind: 'radio',
        label: m.t('casePage', 'decided_by'),
        options: choices(m.t, 'decider', ['municipal_director', 'court', 'unit']),
      },
      { name: 'decidedOn', kind: 'day', label: m.t('casePage', 'decision_day'), initial: m.today },
      { name: 'from', kind: 'day', optional: true, label: m.t('casePage', 'from') },
      { name: 'until', kind: 'day', optional: true, label: m.t('casePage', 'until') },
      { name: 'courtRef', kind: 'text', optional: true, label: m.t('casePage', 'court_ref') },
      {
        name: 'parentsCooperate',
        kind: 'radio',
        optional: true,
        label: m.t('casePage', 'parents_cooperate'),
        options: choices(m.t, 'parents', parents),
      },
      { name: 'reason', kind: 'area', optional: true, label: m.t('casePage', 'reason') },
    ],
    toBody: (plain) => ({ measureId: m.about, ...plain }),
  })

export const liftMeasure: Make = (m) =>
  form(m, 'lift_measure', {
    title: m.t('casePage', 'measure_end_question'),
    action: m.t('casePage', 'measure_end'),
    fields: [
      {
        name: 'status',
        kind: 'radio',
        label: m.t('casePage', 'how_ended'),
        options: choices(m.t, 'measure_status', ['lifted', 'replaced', 'expired']),
      },
      { name: 'endedOn', kind: 'day', label: m.t('web', 'date'), initial: m.today },
      { name: 'reason', kind: 'area', label: m.t('casePage', 'reason') },
    ],
    toBody: (plain) => ({ measureId: m.about, ...plain }),
  })

const viewOf = (m: Making, who: 'child' | 'caregiver', kinds: readonly string[]): FieldSpec[] => [
  {
    name: `${who}View.kind`,
    kind: 'radio',
    label: m.t('casePage', `${who}_view_asked`),
    options: choices(m.t, 'view', kinds),
  },
  {
    name: `${who}View.words`,
    kind: 'area',
    label: m.t('casePage', `${who}_view_words`),
    when: (v) => v[`${who}View.kind`] === 'recorded',
  },
]

export const closure: Make = (m) => {
  const initial = m.view.status === 'INITIAL_ASSESSMENT'
  return form(m, 'propose_closure', {
    title: m.t('casePage', 'closure_propose'),
    consequence: m.t('casePage', 'closure_propose_more'),
    action: m.t('casePage', 'propose'),
    wide: true,
    fields: [
      {
        name: 'reason',
        kind: 'radio',
        label: m.t('casePage', 'closure_why'),
        options: choices(
          m.t,
          'closure',
          initial ? ['no_risk'] : ['goals_met', 'moved', 'adult', 'transferred', 'declined_no_risk'],
        ),
      },
      { name: 'explanation', kind: 'area', label: m.t('casePage', 'explanation') },
      ...viewOf(m, 'child', ['recorded', 'too_young', 'not_reached', 'declined', 'unsafe_to_ask']),
      ...viewOf(m, 'caregiver', ['recorded', 'no_caregiver', 'not_reached', 'declined', 'unsafe_to_ask']),
      {
        name: 'services',
        kind: 'area',
        optional: true,
        label: m.t('casePage', 'services_continuing'),
        hint: m.t('casePage', 'one_a_line'),
      },
      { name: 'whomToCall', kind: 'text', label: m.t('casePage', 'whom_to_call') },
    ],
    toBody: (plain, v) => {
      const view = (who: string) => {
        const words = text(v, `${who}View.words`).trim()
        return { kind: text(v, `${who}View.kind`), ...(words ? { words } : {}) }
      }
      return {
        reason: plain.reason,
        explanation: plain.explanation,
        childView: view('child'),
        caregiverView: view('caregiver'),
        servicesContinuing: text(v, 'services')
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
        whomToCall: plain.whomToCall,
      }
    },
  })
}

export const approveClosure: Make = (m) =>
  form(m, 'approve_closure', {
    title: m.t('casePage', 'closure_question'),
    consequence: m.t('casePage', 'closure_approve_more'),
    action: m.t('casePage', 'closure_approve'),
    kind: 'secondary',
    fields: [],
  })

export const returnClosure: Make = (m) =>
  form(m, 'return_closure', {
    title: m.t('casePage', 'closure_return_question'),
    action: m.t('casePage', 'closure_return'),
    fields: [{ name: 'reason', kind: 'area', label: m.t('casePage', 'reason') }],
  })

export const followUp: Make = (m) => {
  const next = m.view.followUps.find((f) => f.doneAt === null)
  return form(m, 'record_follow_up', {
    title: m.t('casePage', 'act_follow_up'),
    action: m.t('web', 'save'),
    fields: [
      {
        name: 'month',
        kind: 'select',
        label: m.t('casePage', 'follow_ups'),
        initial: next ? String(next.month) : '',
        options: [1, 3, 6, 12].map((n) => ({
          value: String(n),
          label: m.t('casePage', 'follow_up_month', { count: n }),
        })),
      },
      { name: 'seenOn', kind: 'day', label: m.t('web', 'date'), initial: m.today },
      {
        name: 'seen',
        kind: 'radio',
        label: m.t('casePage', 'seen_whom'),
        options: choices(m.t, 'seen', ['child', 'family', 'school', 'nobody']),
      },
      {
        name: 'reexploited',
        kind: 'radio',
        label: m.t('casePage', 'reexploited'),
        hint: m.t('casePage', 'reexploited_hint'),
        options: choices(m.t, 'again', ['yes', 'no', 'not_known']),
      },
      { name: 'findings', kind: 'area', label: m.t('casePage', 'findings') },
    ],
    toBody: (plain) => ({ ...plain, month: Number(plain.month) }),
  })
}
