/** Forms on needs and snapshots. Fields of an outcome are drawn from the kind's own list. */
import { beneficiaries } from '#domain/case/record.ts'
import { certificateKinds, type Field, fieldsOf, needKinds, outcomeFields } from '#domain/outcome/kinds.ts'
import { endStates, metWithout, notMetReasons, refusedBy } from '#domain/outcome/need.ts'
import {
  evidences,
  incomes,
  jobs,
  livings,
  parentWorks,
  schools,
  statusFields,
  yesNo,
} from '#domain/outcome/snapshot.ts'
import type { CaseView } from '#web/case/types.ts'
import type { Option } from '#web/design/Field.tsx'
import { longDate } from '#web/design/time.ts'
import { type Say, sayCode, type Word } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text, type Values } from '#web/form/spec.ts'
import type { NeedsView } from '#wire/outcome.ts'

export type Need = NeedsView['needs'][number]
export type Snapshot = NeedsView['snapshots'][number]
export interface About {
  readonly t: Say
  readonly view: CaseView
  readonly read: NeedsView
  readonly today: string
}

const word = (t: Say, key: string): string => t('outcomePage', key as Word<'outcomePage'>)
const options = (t: Say, prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: word(t, `${prefix}_${value}`) }))
export const kindWord = (kind: string): string => sayCode('casePage', `service_${kind}`)
const base = ({ t, view, read }: About, type: string) => ({
  type,
  recordId: view.id,
  baseVersion: read.version,
  done: t('casePage', 'saved'),
})

export const findForm = (of: About): CommandForm => ({
  ...base(of, 'need.find'),
  title: of.t('outcomePage', 'need_add'),
  action: of.t('web', 'save'),
  fields: [
    {
      name: 'kind',
      kind: 'select',
      label: of.t('outcomePage', 'need_kind'),
      options: needKinds
        .map((value) => ({ value, label: kindWord(value) }))
        .toSorted((a, b) => a.label.localeCompare(b.label, 'sq')),
    },
    {
      name: 'beneficiary',
      kind: 'radio',
      label: of.t('casePage', 'beneficiary'),
      options: beneficiaries.map((value) => ({ value, label: sayCode('casePage', `beneficiary_${value}`) })),
    },
    { name: 'foundOn', kind: 'day', label: of.t('outcomePage', 'found_on'), initial: of.today },
    ...(of.view.plan === null
      ? []
      : [
          {
            name: 'actionId',
            kind: 'select' as const,
            optional: true,
            label: of.t('outcomePage', 'need_action'),
            options: actionsOf(of),
          },
        ]),
    {
      name: 'remark',
      kind: 'area',
      optional: true,
      label: of.t('outcomePage', 'need_remark'),
      hint: of.t('outcomePage', 'need_remark_hint'),
    },
  ],
})

const actionsOf = ({ view }: About): Option[] =>
  (view.plan?.goals ?? []).flatMap((goal) =>
    goal.actions.map((action) => ({ value: action.id, label: action.text ?? kindWord(action.service) })),
  )

/** What is tied already is not offered again. */
export const linkForm = (of: About, need: Need): CommandForm => {
  const { t, read } = of
  const tied = new Set(need.links.map((one) => one.id))
  const offered: Option[] = [
    ...read.services.map((one) => ({
      value: `service ${one.id}`,
      label: `${kindWord(one.service)}, ${longDate(one.from)} (${t('outcomePage', 'tied_service')})`,
    })),
    ...read.referrals.map((one) => ({
      value: `referral ${one.id}`,
      label: `${one.code}, ${sayCode('referral', `service_${one.service}`)} (${t('outcomePage', 'tied_referral')})`,
    })),
    ...actionsOf(of).map(({ value, label }) => ({
      value: `action ${value}`,
      label: `${label} (${t('outcomePage', 'tied_action')})`,
    })),
  ].filter((one) => !tied.has(one.value.split(' ')[1] ?? ''))
  return {
    ...base(of, 'need.link'),
    title: t('outcomePage', 'tie_title'),
    consequence: t('outcomePage', 'tie_more'),
    action: t('outcomePage', 'tie'),
    fields: [{ name: 'id', kind: 'select', label: t('outcomePage', 'tie_to'), options: offered }],
    toBody: (_, values) => {
      const [what, id] = text(values, 'id').split(' ')
      return { needId: need.id, what, id }
    },
  }
}

const specOf = (t: Say, name: string, field: Field): FieldSpec => {
  const common = { name: `outcome.${name}`, label: word(t, `field_${name}`), optional: true }
  switch (field.of) {
    case 'flag':
      return { ...common, kind: 'yes_no' }
    case 'day':
      return { ...common, kind: 'day' }
    case 'code':
      return { ...common, kind: 'select', options: options(t, 'code', field.codes) }
    case 'lek':
      return { ...common, kind: 'lek' }
    default:
      return { ...common, kind: 'number' }
  }
}
const met = (values: Values) => ['MET', 'PARTLY_MET'].includes(text(values, 'to'))

export const endForm = (of: About, need: Need): CommandForm => {
  const { t } = of
  return {
    ...base(of, 'need.move'),
    title: t('outcomePage', 'end_title'),
    action: t('web', 'save'),
    wide: true,
    fields: [
      {
        name: 'to',
        kind: 'radio',
        label: t('outcomePage', 'end_state'),
        options: options(t, 'state', endStates),
      },
      { name: 'on', kind: 'day', label: t('outcomePage', 'end_on'), initial: of.today },
      {
        name: 'reason',
        kind: 'select',
        label: t('outcomePage', 'why'),
        options: options(t, 'reason', notMetReasons),
        when: (values) => text(values, 'to') === 'NOT_MET',
      },
      {
        name: 'refusedBy',
        kind: 'radio',
        label: t('outcomePage', 'refused_who'),
        options: options(t, 'by', refusedBy),
        when: (values) => text(values, 'to') === 'REFUSED',
      },
      ...fieldsOf(need.kind).map(([name, field]) => ({
        ...specOf(t, name, field),
        when: (values: Values) => met(values),
      })),
      ...(need.links.some((one) => one.what === 'service')
        ? []
        : [
            {
              name: 'without',
              kind: 'radio' as const,
              label: t('outcomePage', 'without'),
              options: options(t, 'without', metWithout),
              when: met,
            },
          ]),
      { name: 'remark', kind: 'area', optional: true, label: t('outcomePage', 'ending_remark') },
    ],
    toBody: ({ refusedBy: by, reason, ...plain }) => ({
      ...Object.fromEntries(Object.entries(plain).filter(([name]) => !name.startsWith('outcome.'))),
      needId: need.id,
      reason: reason ?? by ?? null,
      outcome: Object.fromEntries(
        Object.keys(outcomeFields[need.kind]).flatMap((name) => {
          const value = plain[`outcome.${name}`]
          return value === undefined ? [] : [[name, value]]
        }),
      ),
    }),
  }
}

export const againForm = (of: About, need: Need): CommandForm => ({
  ...base(of, 'need.move'),
  title: of.t('outcomePage', 'again_title'),
  action: of.t('outcomePage', 'again'),
  fields: [{ name: 'remark', kind: 'area', optional: true, label: of.t('outcomePage', 'ending_remark') }],
  toBody: (plain) => ({ ...plain, needId: need.id, to: 'OPEN', on: of.today }),
})

export const mayCertify = (need: Need): boolean => (certificateKinds as readonly string[]).includes(need.kind)
export const certificateForm = (of: About, need: Need): CommandForm => {
  const { t, read } = of
  const recipients = [...new Set(read.consents.flatMap((one) => one.recipients))]
  return {
    ...base(of, 'need.give_certificate'),
    title: t('outcomePage', 'certificate_title'),
    consequence: t('outcomePage', read.consents.length === 0 ? 'certificate_none' : 'certificate_more'),
    action: t('outcomePage', 'certificate'),
    fields: [
      {
        name: 'consentId',
        kind: 'radio',
        label: t('outcomePage', 'certificate_consent'),
        options: read.consents.map((one) => ({
          value: one.id,
          label: `${t('outcomePage', 'consent_number', { n: one.number })}: ${one.recipients.map((kind) => t('referral', `kind_${kind}`)).join(', ')}`,
        })),
      },
      {
        name: 'recipient',
        kind: 'radio',
        label: t('outcomePage', 'certificate_to'),
        options: recipients.map((value) => ({ value, label: t('referral', `kind_${value}`) })),
      },
      { name: 'on', kind: 'day', label: t('outcomePage', 'end_on'), initial: of.today },
    ],
    toBody: (plain) => ({ ...plain, needId: need.id }),
  }
}

const statusCodes = {
  living: livings,
  school: schools,
  vaccinated: yesNo,
  healthCard: yesNo,
  job: jobs,
  parentWork: parentWorks,
  network: yesNo,
  income: incomes,
} as const
const statusSpec = (t: Say, name: (typeof statusFields)[number], before: Snapshot | undefined): FieldSpec => {
  const label = t('outcomePage', `status_${name}`)
  if (name === 'attendance')
    return {
      name,
      kind: 'number',
      optional: true,
      label,
      hint: t('outcomePage', 'attendance_hint'),
      initial: before?.attendance == null ? '' : String(before.attendance),
    }
  if (name === 'jobSecure')
    return {
      name,
      kind: 'yes_no',
      optional: true,
      label,
      hint: t('outcomePage', 'secure_hint'),
      initial: before?.jobSecure == null ? '' : before.jobSecure ? 'yes' : 'no',
    }
  return {
    name,
    kind: 'select',
    label,
    options: options(t, 'code', statusCodes[name]),
    initial: before === undefined ? '' : before[name],
  }
}

/** A new snapshot begins empty: what was so before is asked again. Setting one right begins with what it says. */
export const takeForm = (of: About, wrong?: Snapshot): CommandForm => {
  const { t, read } = of
  const [first] = read.occasions
  return {
    ...base(of, 'outcome.take'),
    title: t('outcomePage', wrong === undefined ? 'take' : 'correct_title'),
    consequence: t('outcomePage', 'take_more'),
    action: t('web', 'save'),
    wide: true,
    fields: [
      ...(wrong === undefined
        ? [
            {
              name: 'occasion',
              kind: 'radio' as const,
              label: t('outcomePage', 'occasion'),
              options: options(t, 'occasion', read.occasions),
              initial: first ?? '',
            },
          ]
        : []),
      {
        name: 'takenOn',
        kind: 'day',
        label: t('outcomePage', 'taken_on'),
        initial: wrong?.takenOn ?? of.today,
      },
      ...statusFields.map((name) => statusSpec(t, name, wrong)),
      { name: 'remark', kind: 'area', optional: true, label: t('casePage', 'remark') },
    ],
    toBody: (plain) =>
      wrong === undefined ? plain : { ...plain, occasion: wrong.occasion, corrects: wrong.id },
  }
}

export const judgeForm = (of: About): CommandForm => ({
  ...base(of, 'outcome.judge_reopening'),
  title: of.t('outcomePage', 'judge'),
  consequence: of.t('outcomePage', 'judge_more'),
  action: of.t('web', 'save'),
  fields: [
    {
      name: 'reexploited',
      kind: 'radio',
      label: of.t('outcomePage', 'judge'),
      options: options(of.t, 'judged', yesNo),
    },
    {
      name: 'evidence',
      kind: 'checks',
      label: of.t('outcomePage', 'evidence'),
      options: options(of.t, 'evidence', evidences),
      when: (values) => text(values, 'reexploited') !== 'not_known',
    },
    {
      name: 'words',
      kind: 'area',
      label: of.t('outcomePage', 'judge_words'),
      when: (values) => text(values, 'reexploited') !== 'not_known',
    },
  ],
  toBody: (plain) => ({ evidence: [], ...plain }),
})
