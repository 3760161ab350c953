import type { FieldSpec } from '#web/form/spec.ts'
import type { PlanAction } from '../types.ts'
import { choices, form, institutions, type Make, type Making } from './context.ts'
import { services } from './record.ts'

const areas = [
  'safety',
  'health',
  'psychosocial',
  'education',
  'family',
  'housing',
  'documents',
  'economic',
  'legal',
  'leisure',
] as const

export const draftPlan: Make = (m) =>
  form(m, 'draft_plan', {
    title: m.t('casePage', 'plan_begin'),
    consequence: m.t('casePage', 'plan_begin_more'),
    action: m.t('casePage', 'plan_begin'),
    fields: [{ name: 'summary', kind: 'area', optional: true, label: m.t('casePage', 'plan_summary') }],
  })

export const goal: Make = (m) =>
  form(m, 'add_goal', {
    title: m.t('casePage', 'goal_add'),
    action: m.t('web', 'add'),
    fields: [
      {
        name: 'area',
        kind: 'select',
        label: m.t('casePage', 'goal_area'),
        options: choices(m.t, 'area', areas),
      },
      {
        name: 'text',
        kind: 'area',
        label: m.t('casePage', 'goal_text'),
        hint: m.t('casePage', 'goal_text_hint'),
      },
    ],
  })

const actionOf = (m: Making): PlanAction | undefined =>
  m.view.plan?.goals.flatMap((g) => g.actions).find((a) => a.id === m.about)

const terms = (m: Making, action?: PlanAction): FieldSpec[] => [
  {
    name: 'institutionId',
    kind: 'select',
    optional: true,
    label: m.t('casePage', 'plan_responsible'),
    initial: action?.institutionId ?? '',
    options: institutions(m),
  },
  {
    name: 'due',
    kind: 'day',
    optional: true,
    label: m.t('casePage', 'plan_due_by'),
    initial: action?.due ?? '',
  },
  {
    name: 'costLek',
    kind: 'lek',
    optional: true,
    label: m.t('casePage', 'cost_lek'),
    hint: m.t('casePage', 'cost_hint'),
    initial: action?.costLek == null ? '' : String(action.costLek),
  },
  {
    name: 'funding',
    kind: 'select',
    optional: true,
    label: m.t('casePage', 'funding'),
    initial: action?.funding ?? '',
    options: choices(m.t, 'funding', ['municipality', 'state', 'donor', 'family', 'no_cost', 'gap']),
  },
]

export const action: Make = (m) =>
  form(m, 'add_action', {
    title: m.t('casePage', 'action_add'),
    consequence: m.t('casePage', 'action_more'),
    action: m.t('web', 'add'),
    fields: [
      {
        name: 'goalId',
        kind: 'select',
        label: m.t('casePage', 'goal'),
        initial: m.about ?? '',
        options: (m.view.plan?.goals ?? []).map((g) => ({
          value: g.id,
          label: g.text ?? m.t('casePage', `area_${g.area}`),
        })),
      },
      {
        name: 'service',
        kind: 'select',
        label: m.t('casePage', 'service'),
        options: choices(m.t, 'service', services),
      },
      { name: 'text', kind: 'text', label: m.t('casePage', 'action_text') },
      ...terms(m),
    ],
  })

export const changeAction: Make = (m) =>
  form(m, 'change_action', {
    title: m.t('casePage', 'action_change'),
    action: m.t('web', 'save'),
    fields: terms(m, actionOf(m)),
    toBody: (plain) => ({ actionId: m.about, ...plain }),
  })

export const actionStatus: Make = (m) =>
  form(m, 'set_action_status', {
    title: actionOf(m)?.text ?? m.t('casePage', 'action_change'),
    action: m.t('web', 'save'),
    fields: [
      {
        name: 'status',
        kind: 'radio',
        label: m.t('casePage', 'plan_state'),
        initial: actionOf(m)?.status ?? '',
        options: choices(m.t, 'action', ['planned', 'under_way', 'done', 'dropped']),
      },
      {
        name: 'doneOn',
        kind: 'day',
        label: m.t('casePage', 'done_on'),
        initial: m.today,
        when: (v) => v.status === 'done',
      },
    ],
    toBody: (plain) => ({ actionId: m.about, ...plain }),
  })

export const goalStatus: Make = (m) =>
  form(m, 'set_goal_status', {
    title: m.view.plan?.goals.find((g) => g.id === m.about)?.text ?? m.t('casePage', 'goal_state'),
    action: m.t('web', 'save'),
    fields: [
      {
        name: 'status',
        kind: 'radio',
        label: m.t('casePage', 'goal_state'),
        options: choices(m.t, 'goal', ['open', 'met', 'dropped']),
      },
    ],
    toBody: (plain) => ({ goalId: m.about, ...plain }),
  })

export const approvePlan: Make = (m) => {
  const held = m.view.conferences.filter((c) => c.planId === m.view.plan?.id)
  return form(m, 'approve_plan', {
    title: m.t('casePage', 'plan_approve_question'),
    consequence: m.t('casePage', m.view.conferenceRequired ? 'conference_required' : 'plan_approve_more'),
    action: m.t('casePage', 'plan_approve'),
    fields: [
      {
        name: 'conferenceId',
        kind: 'select',
        optional: !m.view.conferenceRequired,
        label: m.t('casePage', 'conference'),
        initial: held.at(-1)?.id ?? '',
        options: held.map((c) => ({ value: c.id, label: c.heldOn })),
      },
      {
        name: 'childView',
        kind: 'radio',
        label: m.t('casePage', 'child_view'),
        options: choices(m.t, 'child_view', ['agrees', 'disagrees', 'mixed', 'too_young', 'not_reached']),
      },
      { name: 'remark', kind: 'area', optional: true, label: m.t('casePage', 'remark') },
    ],
  })
}

export const review: Make = (m) =>
  form(m, 'review', {
    title: m.t('casePage', 'act_review'),
    action: m.t('web', 'save'),
    fields: [
      {
        name: 'outcome',
        kind: 'radio',
        label: m.t('casePage', 'outcome'),
        options: choices(m.t, 'outcome', ['continue', 'revise', 'close']),
      },
      { name: 'findings', kind: 'area', label: m.t('casePage', 'findings') },
    ],
  })
