/** Forms of the way out of an institution, and of steps towards a guardian or an adoption. */
import type { Making } from '#web/case/dialogs/context.ts'
import { longDate } from '#web/design/time.ts'
import type { Word } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { FieldSpec, Values } from '#web/form/spec.ts'
import type { CasePlacements } from '#wire/placement.ts'
import { childFields, day, form, one, said } from './forms.ts'

const rows = [1, 2, 3] as const

/** A plan begins with up to three steps; others are added below it. */
export const leavingForm = (m: Making): CommandForm => {
  const { t } = m
  const steps = rows.flatMap((n): FieldSpec[] => [
    {
      name: `step_${n}`,
      kind: 'text',
      label: `${t('placementPage', 'leaving_step')} ${n}`,
      optional: n > 1,
    },
    day(t, `due_${n}`, 'leaving_step_due', { when: (v: Values) => n === 1 || (v[`step_${n}`] ?? '') !== '' }),
  ])
  return form(
    m,
    'make_leaving_plan',
    'leaving_make',
    [
      one(t, 'goal', 'leaving_goal', 'goal', [
        'return_to_family',
        'kinship',
        'foster',
        'adoption',
        'independent_living',
      ]),
      day(t, 'targetOn', 'leaving_target'),
      said(t, 'why', 'leaving_why'),
      ...steps,
    ],
    {
      toBody: ({ goal, targetOn, why, ...plain }) => ({
        goal,
        targetOn,
        why,
        steps: rows
          .filter((n) => plain[`step_${n}`] !== undefined)
          .map((n) => ({ text: plain[`step_${n}`], due: plain[`due_${n}`] })),
      }),
    },
  )
}
export const stepAddForm = (m: Making): CommandForm =>
  form(m, 'add_leaving_step', 'leaving_step_add', [
    { name: 'text', kind: 'text', label: m.t('placementPage', 'leaving_step') },
    day(m.t, 'due', 'leaving_step_due'),
  ])
export const stepSetForm = (m: Making, leavingStepId: string): CommandForm =>
  form(
    m,
    'set_leaving_step',
    'leaving_step_set',
    [
      one(m.t, 'status', 'leaving_step_status', 'step', ['open', 'done', 'dropped']),
      day(m.t, 'doneOn', 'step_done_on', { initial: m.today, when: (v) => v.status === 'done' }),
      said(m.t, 'remark', 'remark', { when: (v) => v.status === 'dropped' }),
    ],
    { toBody: (plain) => ({ ...plain, leavingStepId }) },
  )
export const leavingEndForm = (m: Making): CommandForm =>
  form(m, 'end_leaving_plan', 'leaving_end', [
    one(m.t, 'outcome', 'leaving_outcome', 'outcome', ['changed', 'stopped']),
    said(m.t, 'reason', 'reason'),
  ])

const decided = ['appointed', 'declared_adoptable', 'adopted']
const heard = ['family_matched', 'adopted']

export const careStepForm = (m: Making, { next, choices: c }: CasePlacements): CommandForm => {
  const { t } = m
  const step = (v: Values) => String(v[`step_${String(v.track)}`] ?? '')
  const tracks = (['guardianship', 'adoption'] as const).filter((track) => next[track].length > 0)
  return form(
    m,
    'take_care_step',
    'track_take',
    [
      one(t, 'track', 'track', 'track', tracks),
      ...tracks.map((track) =>
        one(t, `step_${track}`, 'track_step', 'step', next[track], {
          when: (v: Values) => v.track === track,
        }),
      ),
      day(t, 'on', 'on', { initial: m.today }),
      {
        name: 'matterId',
        kind: 'select',
        optional: true,
        label: t('placementPage', 'matter'),
        options: c.courts.map((court) => ({
          value: court.id,
          label: `${t('courtPage', `matter_${court.matter}` as Word<'courtPage'>)}${court.decidedOn === null ? '' : `, ${longDate(court.decidedOn)}`}`,
        })),
        when: (v: Values) => decided.includes(step(v)) && c.courts.length > 0,
      },
      {
        name: 'act',
        kind: 'text',
        optional: true,
        label: t('placementPage', 'act'),
        hint: t('placementPage', 'act_hint'),
      },
      {
        name: 'representativeId',
        kind: 'select',
        label: t('placementPage', 'guardian'),
        hint: t('placementPage', 'guardian_hint'),
        options: c.representatives.map((one) => ({ value: one.id, label: one.name })),
        when: (v: Values) => step(v) === 'appointed' && c.representatives.length > 0,
      },
      ...childFields(t).map((field) => ({
        ...field,
        when: (v: Values) => heard.includes(step(v)) && (field.when?.(v) ?? true),
      })),
      said(t, 'remark', 'remark', { optional: true }),
    ],
    {
      toBody: (plain, values) => ({
        ...Object.fromEntries(Object.entries(plain).filter(([name]) => !name.startsWith('step_'))),
        step: step(values),
      }),
    },
  )
}
