/** The questions behind each act of assistance on a file. */
import { consentedBy } from '#domain/assistance/people.ts'
import { assisted, serviceTypes } from '#domain/assistance/plan.ts'
import { dangers, livingPlaces, riskLevels } from '#domain/assistance/safety.ts'
import { waysTried } from '#domain/assistance/watch.ts'
import { addDays } from '#domain/clock/tirana.ts'
import { needKinds } from '#domain/outcome/kinds.ts'
import { endStates, notMetReasons, refusedBy } from '#domain/outcome/need.ts'
import { incomes, jobs, livings, yesNo } from '#domain/outcome/snapshot.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Option } from '#web/design/Field.tsx'
import { longDate } from '#web/design/time.ts'
import { type Say, sayCode } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text, type Values } from '#web/form/spec.ts'
import type { AssistanceView } from '#wire/assistance.ts'
import { area, dayField, endStayForm, funding, reportFields, serviceFields, yes } from './fields.ts'
import { lifeOptions, named, options, serviceWord, word } from './words.ts'

export interface About {
  readonly t: Say
  readonly id: string
  readonly view: AssistanceView
  readonly today: string
}
export type Dialog =
  | {
      readonly act:
        | 'risk'
        | 'plan'
        | 'need'
        | 'action'
        | 'service'
        | 'child'
        | 'stay'
        | 'report'
        | 'visit'
        | 'lost'
    }
  | { readonly act: 'phase'; readonly to: AssistanceView['steps'][number]['to'] }
  | { readonly act: 'end_need' | 'end_action' | 'link_case' | 'end_stay'; readonly id: string }

const base = ({ t, id, view }: About, verb: string) => ({
  type: `assistance.${verb}`,
  recordId: id,
  baseVersion: view.version,
  action: t('web', 'save'),
  done: t('assistancePage', 'saved'),
})
const optionsOf = (rows: readonly { readonly id: string; readonly name: string }[]): Option[] =>
  rows.map(({ id, name }) => ({ value: id, label: name }))
const childOptions = ({ t, view }: About): Option[] =>
  view.children.map((child) => ({
    value: child.id,
    label: [child.given, child.family].filter(Boolean).join(' ') || word(t, 'unnamed'),
  }))

/** How often somebody may be looked for in one form. */
const tries = [1, 2, 3, 4] as const

export const formOf = (of: About, dialog: Dialog): CommandForm => {
  const { t, view, today } = of
  switch (dialog.act) {
    case 'phase': {
      const back = dialog.to === 'EMERGENCY' && view.phase !== 'NEEDS_ASSESSED'
      return {
        ...base(of, 'move_phase'),
        title: word(t, 'go_title'),
        consequence: t('assistancePage', 'go_consequence', {
          phase: sayCode('nrmPage', `phase_${dialog.to}`),
        }),
        done: t('assistancePage', 'go_done'),
        fields: back ? [area('reason', word(t, 'go_reason'))] : [],
        toBody: (plain) => ({ ...plain, to: dialog.to }),
      }
    }
    case 'risk':
      return {
        ...base(of, 'assess_risk'),
        title: word(t, 'risk_assess'),
        wide: true,
        fields: [
          dayField('on', word(t, 'risk_on'), today),
          {
            name: 'level',
            kind: 'radio',
            label: word(t, 'risk_level'),
            options: riskLevels.map((value) => ({ value, label: t('web', `risk_${value}`) })),
          },
          {
            name: 'dangers',
            kind: 'checks',
            label: word(t, 'dangers'),
            options: options(t, 'danger', dangers),
          },
          {
            name: 'living',
            kind: 'select',
            label: word(t, 'living'),
            options: options(t, 'living', livingPlaces),
          },
          area('words', word(t, 'risk_words')),
        ],
      }
    case 'plan':
      return {
        ...base(of, 'make_safety_plan'),
        title: word(t, view.plan === null ? 'plan_make' : 'plan_again'),
        wide: true,
        fields: [
          area('measures', word(t, 'plan_measures')),
          area('contact', word(t, 'plan_contact')),
          yes('police', word(t, 'plan_police')),
          dayField('reviewOn', word(t, 'plan_review'), addDays(today, 30)),
        ],
        toBody: (plain) => ({ ...plain, riskId: view.risks[0]?.id }),
      }
    case 'need':
      return {
        ...base(of, 'find_need'),
        title: word(t, 'need_add'),
        fields: [
          {
            name: 'kind',
            kind: 'select',
            label: word(t, 'need_kind'),
            options: named(needKinds, serviceWord),
          },
          {
            name: 'beneficiary',
            kind: 'radio',
            label: word(t, 'need_for'),
            options: options(t, 'for', assisted),
            initial: 'subject',
          },
          dayField('foundOn', word(t, 'need_found'), today),
          area('remark', word(t, 'need_remark'), true),
        ],
      }
    case 'end_need':
      return {
        ...base(of, 'end_need'),
        title: word(t, 'need_end'),
        fields: [
          { name: 'to', kind: 'radio', label: word(t, 'need_to'), options: options(t, 'end', endStates) },
          dayField('on', word(t, 'need_on'), today),
          {
            name: 'reason',
            kind: 'select',
            label: word(t, 'need_reason'),
            options: notMetReasons.map((value) => ({
              value,
              label: sayCode('outcomePage', `reason_${value}`),
            })),
            when: (values) => text(values, 'to') === 'NOT_MET',
          },
          {
            name: 'refusedBy',
            kind: 'radio',
            label: word(t, 'need_reason'),
            options: refusedBy.map((value) => ({ value, label: sayCode('outcomePage', `by_${value}`) })),
            when: (values) => text(values, 'to') === 'REFUSED',
          },
          area('remark', word(t, 'need_remark'), true),
        ],
        toBody: ({ refusedBy: who, reason, ...plain }) => ({
          ...plain,
          needId: dialog.id,
          reason: reason ?? who ?? null,
        }),
      }
    case 'action':
      return {
        ...base(of, 'add_action'),
        title: word(t, 'action_add'),
        wide: true,
        fields: [
          {
            name: 'service',
            kind: 'select',
            label: word(t, 'action_service'),
            options: named(serviceTypes, serviceWord),
          },
          area('text', word(t, 'action_text')),
          ...(view.needs.some((one) => one.of === 'file')
            ? [
                {
                  name: 'needId',
                  kind: 'select' as const,
                  label: word(t, 'action_need'),
                  optional: true,
                  options: view.needs
                    .filter((one) => one.of === 'file')
                    .map((one) => ({ value: one.id, label: serviceWord(one.kind) })),
                },
              ]
            : []),
          {
            name: 'providerId',
            kind: 'select',
            label: word(t, 'action_provider'),
            options: optionsOf(view.providers),
          },
          dayField('due', word(t, 'action_due'), addDays(today, 30)),
          {
            name: 'costLek',
            kind: 'number',
            label: word(t, 'cost'),
            hint: word(t, 'cost_hint'),
            optional: true,
          },
          funding(t),
        ],
      }
    case 'end_action':
      return {
        ...base(of, 'end_action'),
        title: word(t, 'action_end'),
        fields: [
          {
            name: 'status',
            kind: 'radio',
            label: word(t, 'need_to'),
            options: options(t, 'action', ['done', 'dropped']),
          },
          dayField('on', word(t, 'need_on'), today),
          {
            ...area('remark', word(t, 'action_result'), true),
            when: (values) => text(values, 'status') !== 'dropped',
          },
          {
            ...area('why', word(t, 'need_reason')),
            when: (values) => text(values, 'status') === 'dropped',
          },
        ],
        toBody: ({ why, remark, ...plain }) => ({ ...plain, actionId: dialog.id, remark: why ?? remark }),
      }
    case 'service':
      return {
        ...base(of, 'give'),
        title: word(t, 'service_add'),
        wide: true,
        fields: serviceFields(t, {
          today,
          providers: optionsOf(view.providers),
          children: childOptions(of),
          setting: view.inShelter ? 'shelter' : 'community',
        }),
      }
    case 'child':
      return {
        ...base(of, 'add_child'),
        title: word(t, 'child_add'),
        fields: [
          { name: 'givenName', kind: 'text', label: word(t, 'child_given') },
          { name: 'familyName', kind: 'text', label: word(t, 'child_family'), optional: true },
          {
            name: 'sex',
            kind: 'radio',
            label: word(t, 'child_sex'),
            options: options(t, 'sex', ['female', 'male', 'unknown']),
          },
          { name: 'birth', kind: 'day', label: word(t, 'birth'), optional: true },
          yes('livesWith', word(t, 'child_lives')),
          {
            name: 'consentBy',
            kind: 'radio',
            label: word(t, 'child_consent'),
            options: options(t, 'consent', consentedBy),
          },
          dayField('consentOn', word(t, 'child_consent_on'), today),
        ],
        toBody: ({ givenName, familyName, sex, birth, ...plain }) => ({
          ...plain,
          person: {
            givenName,
            familyName: familyName ?? null,
            sex,
            birth: birth === undefined ? null : { from: birth, to: birth, said: longDate(String(birth)) },
          },
        }),
      }
    case 'link_case':
      return {
        ...base(of, 'link_case'),
        title: word(t, 'child_case_link'),
        fields: [{ name: 'caseId', kind: 'text', label: word(t, 'child_case_id') }],
        toBody: (plain) => ({ ...plain, dependantId: dialog.id }),
      }
    case 'stay':
      return {
        ...base(of, 'begin_stay'),
        title: word(t, 'stay_begin'),
        consequence: word(t, 'stay_packet'),
        wide: true,
        fields: [
          {
            name: 'holdId',
            kind: 'select',
            label: word(t, 'stay_bed'),
            options: view.beds.map((one) => ({ value: one.id, label: one.label })),
          },
          dayField('on', word(t, 'stay_on'), today),
          dayField('consentOn', word(t, 'stay_consent'), today),
          area('needs', word(t, 'stay_needs')),
          area('risks', word(t, 'stay_risks')),
        ],
        toBody: (plain) => ({ ...plain, stayId: uuidv7() }),
      }
    case 'end_stay':
      return endStayForm(t, view.stays.find((one) => one.id === dialog.id)!, today)
    case 'report':
      return {
        ...base(of, 'write_report'),
        title: word(t, 'report_add'),
        fields: reportFields(t, today),
      }
    case 'visit':
      return {
        ...base(of, 'follow_up'),
        title: word(t, 'visit_add'),
        wide: true,
        fields: [
          {
            name: 'month',
            kind: 'radio',
            label: word(t, 'visit_month'),
            options: view.followUps
              .filter((one) => one.seenOn === null)
              .map(({ month }) => ({
                value: String(month),
                label: t('assistancePage', 'month', { count: month }),
              })),
          },
          dayField('seenOn', word(t, 'visit_seen_on'), today),
          {
            name: 'living',
            kind: 'select',
            label: t('outcomePage', 'status_living'),
            options: lifeOptions(livings),
          },
          { name: 'job', kind: 'select', label: t('outcomePage', 'status_job'), options: lifeOptions(jobs) },
          {
            ...yes('jobSecure', t('outcomePage', 'status_jobSecure')),
            optional: true,
            when: (values) => !['', 'none', 'not_of_age', 'not_known'].includes(text(values, 'job')),
          },
          {
            name: 'network',
            kind: 'radio',
            label: t('outcomePage', 'status_network'),
            options: lifeOptions(yesNo),
          },
          {
            name: 'income',
            kind: 'select',
            label: t('outcomePage', 'status_income'),
            options: lifeOptions(incomes),
          },
          {
            name: 'reexploited',
            kind: 'radio',
            label: word(t, 'visit_reexploited'),
            options: lifeOptions(yesNo),
          },
          area('remark', word(t, 'need_remark'), true),
        ],
        toBody: (plain) => ({ ...plain, month: Number(plain.month) }),
      }
    case 'lost':
      return {
        ...base(of, 'lose_contact'),
        title: word(t, 'lost_add'),
        wide: true,
        fields: [
          { name: 'lastOn', kind: 'day', label: word(t, 'lost_last') },
          ...tries.flatMap((n): FieldSpec[] => {
            const when = (values: Values) => n <= 2 || text(values, `day${n - 1}`) !== ''
            return [
              {
                name: `day${n}`,
                kind: 'day',
                label: t('assistancePage', 'lost_day', { n }),
                optional: n > 2,
                when,
              },
              {
                name: `way${n}`,
                kind: 'select',
                label: t('assistancePage', 'lost_way', { n }),
                options: options(t, 'way', waysTried),
                optional: n > 2,
                when,
              },
            ]
          }),
          area('words', word(t, 'lost_words')),
        ],
        toBody: ({ lastOn, words }, values) => ({
          lastOn,
          words,
          attempts: tries
            .filter((n) => text(values, `day${n}`) !== '' && text(values, `way${n}`) !== '')
            .map((n) => ({ on: text(values, `day${n}`), way: text(values, `way${n}`) })),
        }),
      }
  }
}
