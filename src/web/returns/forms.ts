/** The questions behind each step of a return. */

import type { z } from 'zod'
import {
  consentCovers,
  costKinds,
  costSources,
  determinationOutcomes,
  directions,
  documentKinds,
  escortRoles,
  known,
  modes,
  noticeSources,
  panelMembers,
  refusals,
  risks,
  seenKinds,
} from '#domain/returns/state.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, list, text } from '#web/form/spec.ts'
import { countryOptions } from '#web/packet/country.ts'
import type { ReturnChoices, ReturnView } from '#wire/returns.ts'

export type Choices = z.infer<typeof ReturnChoices.reply>
type Options = NonNullable<FieldSpec['options']>

export interface About {
  readonly t: Say
  readonly today: string
  readonly language: 'sq' | 'en'
  readonly choices: Choices | undefined
}
const units = (
  of: readonly { id: string; sq: string; en: string }[] | undefined,
  language: 'sq' | 'en',
): Options => (of ?? []).map((one) => ({ value: one.id, label: one[language] }))
const contacts = (choices: Choices | undefined, country?: string): Options =>
  (choices?.counterparts ?? [])
    .filter((one) => country === undefined || one.country === country)
    .map((one) => ({ value: one.id, label: `${one.country}: ${one.institution}` }))

export const notifyForm = (nrmId: string, { t, today, language, choices }: About): CommandForm => ({
  type: 'return.notify',
  recordId: uuidv7(),
  title: t('returnsPage', 'notify'),
  consequence: t('returnsPage', 'notify_more'),
  action: t('returnsPage', 'notify'),
  done: t('returnsPage', 'notified'),
  wide: true,
  fields: [
    {
      name: 'direction',
      kind: 'radio',
      label: t('returnsPage', 'direction'),
      options: directions.map((value) => ({ value, label: t('returnsPage', `direction_${value}`) })),
    },
    {
      name: 'country',
      kind: 'select',
      label: t('returnsPage', 'country'),
      options: countryOptions(language),
    },
    {
      name: 'source',
      kind: 'select',
      label: t('returnsPage', 'source'),
      options: noticeSources.map((value) => ({ value, label: t('returnsPage', `source_${value}`) })),
    },
    { name: 'noticeOn', kind: 'day', label: t('returnsPage', 'notice_on'), initial: today },
    { name: 'expectedOn', kind: 'day', label: t('returnsPage', 'expected_on') },
    {
      name: 'identity',
      kind: 'text',
      label: t('returnsPage', 'identity'),
      hint: t('returnsPage', 'identity_more'),
      initial: choices?.identity ?? '',
    },
    { name: 'need', kind: 'area', label: t('returnsPage', 'need') },
    {
      name: 'consulateId',
      kind: 'select',
      label: t('returnsPage', 'consulate'),
      options: units(choices?.consulates, language),
      optional: true,
    },
  ],
  toBody: (plain) => ({ ...plain, nrmId }),
})

const planForm = (
  r: ReturnView,
  { t, language, choices }: About,
): Pick<CommandForm, 'fields' | 'toBody'> => ({
  fields: [
    {
      name: 'travelOn',
      kind: 'day',
      label: t('returnsPage', 'travel_on'),
      initial: r.travelOn ?? r.expectedOn,
    },
    {
      name: 'mode',
      kind: 'radio',
      label: t('returnsPage', 'mode'),
      options: modes.map((value) => ({ value, label: t('returnsPage', `mode_${value}`) })),
      initial: r.mode ?? '',
    },
    {
      name: 'borderId',
      kind: 'select',
      label: t('returnsPage', 'border'),
      options: units(choices?.borders, language),
      optional: true,
    },
    {
      name: 'counterpartId',
      kind: 'select',
      label: t('returnsPage', 'counterpart'),
      options: contacts(choices, r.country),
      optional: r.direction === 'incoming',
      initial: r.counterpartId ?? '',
    },
    { name: 'plan', kind: 'area', label: t('returnsPage', 'the_plan'), initial: r.plan ?? '' },
    ...(['escort', 'escort_second'] as const).flatMap((name, n): FieldSpec[] => [
      {
        name: `role${n}`,
        kind: 'select',
        label: t('returnsPage', name),
        options: escortRoles.map((value) => ({ value, label: t('returnsPage', `role_${value}`) })),
        optional: n > 0 || r.subject === 'adult',
      },
      {
        name: `name${n}`,
        kind: 'text',
        label: t('returnsPage', 'escort_name'),
        when: (values) => text(values, `role${n}`) !== '',
      },
    ]),
    ...(['cost', 'cost_second'] as const).flatMap((name, n): FieldSpec[] => [
      {
        name: `what${n}`,
        kind: 'select',
        label: t('returnsPage', name),
        options: costKinds.map((value) => ({ value, label: t('returnsPage', `what_${value}`) })),
        optional: true,
      },
      {
        name: `source${n}`,
        kind: 'select',
        label: t('returnsPage', 'cost_source'),
        options: costSources.map((value) => ({ value, label: t('returnsPage', `paid_${value}`) })),
        when: (values) => text(values, `what${n}`) !== '',
      },
      {
        name: `amount${n}`,
        kind: 'lek',
        label: t('returnsPage', 'amount'),
        when: (values) => text(values, `what${n}`) !== '',
      },
    ]),
  ],
  toBody: (plain) => {
    const of = (name: string, n: number): unknown => plain[`${name}${n}`]
    return {
      travelOn: plain.travelOn,
      mode: plain.mode,
      plan: plain.plan,
      ...(plain.borderId === undefined ? {} : { borderId: plain.borderId }),
      ...(plain.counterpartId === undefined ? {} : { counterpartId: plain.counterpartId }),
      escorts: [0, 1].flatMap((n) =>
        of('role', n) === undefined ? [] : [{ role: of('role', n), name: of('name', n) }],
      ),
      costs: [0, 1].flatMap((n) =>
        of('what', n) === undefined
          ? []
          : [{ what: of('what', n), source: of('source', n), amountLek: of('amount', n) }],
      ),
    }
  },
})

export type Act = ReturnView['may'][number]

export const actForm = (r: ReturnView, act: Act, about: About): CommandForm => {
  const { t, today, language, choices } = about
  const base = {
    recordId: r.id,
    baseVersion: r.version,
    type: `return.${act}`,
    title: t('returnsPage', act),
    action: t('returnsPage', act),
    done: t('returnsPage', 'saved'),
  }
  const on = (name: string, label: string): FieldSpec => ({ name, kind: 'day', label, initial: today })
  const area = (name: string, label: string): FieldSpec => ({ name, kind: 'area', label })
  const asked = (name: string): FieldSpec => ({
    name,
    kind: 'radio',
    label: t('returnsPage', name as 'safe'),
    options: known.map((value) => ({ value, label: t('returnsPage', value) })),
  })
  switch (act) {
    case 'assess':
      return {
        ...base,
        fields: [
          {
            name: 'risk',
            kind: 'radio',
            label: t('returnsPage', 'risk'),
            options: risks.map((value) => ({ value, label: t('returnsPage', `risk_${value}`) })),
          },
          on('on', t('returnsPage', 'on')),
          area('hazards', t('returnsPage', 'hazards')),
          ...(r.subject === 'child' ? [area('interests', t('returnsPage', 'interests'))] : []),
        ],
      }
    case 'determine':
      return {
        ...base,
        consequence: t('returnsPage', 'determine_more'),
        wide: true,
        fields: [
          on('heldOn', t('returnsPage', 'held_on')),
          {
            name: 'outcome',
            kind: 'radio',
            label: t('returnsPage', 'outcome'),
            options: determinationOutcomes.map((value) => ({
              value,
              label: t('returnsPage', `outcome_${value}`),
            })),
          },
          {
            name: 'professions',
            kind: 'checks',
            label: t('returnsPage', 'professions'),
            options: panelMembers.map((value) => ({ value, label: t('returnsPage', `member_${value}`) })),
          },
          ...panelMembers.map(
            (one): FieldSpec => ({
              name: `name_${one}`,
              kind: 'text',
              label: t('returnsPage', 'member_name', { profession: t('returnsPage', `member_${one}`) }),
              when: (values) => list(values, 'professions').includes(one),
            }),
          ),
          area('minutes', t('returnsPage', 'minutes')),
          area('childWords', t('returnsPage', 'child_words')),
        ],
        toBody: (plain) => ({
          determinationId: uuidv7(),
          heldOn: plain.heldOn,
          outcome: plain.outcome,
          minutes: plain.minutes,
          childWords: plain.childWords,
          members: (plain.professions as string[]).map((profession) => ({
            profession,
            name: plain[`name_${profession}`],
          })),
        }),
      }
    case 'sign':
      return {
        ...base,
        consequence: t('returnsPage', 'sign_more'),
        fields: [],
        toBody: () => ({ determinationId: r.determinations[0]?.id }),
      }
    case 'consent': {
      const who = r.subject === 'adult' ? (['adult'] as const) : (['child', 'representative'] as const)
      return {
        ...base,
        baseVersion: undefined,
        fields: [
          {
            name: 'who',
            kind: 'radio',
            label: t('returnsPage', 'who'),
            options: who.map((value) => ({ value, label: t('returnsPage', `who_${value}`) })),
            initial: who[0],
          },
          {
            name: 'representativeId',
            kind: 'select',
            label: t('returnsPage', 'representative'),
            options: (choices?.representatives ?? []).map((one) => ({ value: one.id, label: one.name })),
            when: (values) => text(values, 'who') === 'representative',
          },
          {
            name: 'answer',
            kind: 'radio',
            label: t('returnsPage', 'answer'),
            options: (r.subject === 'adult'
              ? (['given', 'refused'] as const)
              : (['given', 'refused', 'too_young'] as const)
            ).map((value) => ({ value, label: t('returnsPage', `answer_${value}`) })),
          },
          {
            name: 'covers',
            kind: 'checks',
            label: t('returnsPage', 'covers'),
            options: consentCovers.map((value) => ({ value, label: t('returnsPage', `covers_${value}`) })),
          },
          on('on', t('returnsPage', 'on')),
          area('words', t('returnsPage', 'words')),
        ],
        toBody: (plain) => ({ ...plain, consentId: uuidv7() }),
      }
    }
    case 'withdraw': {
      const standing = r.consents.filter((one) => one.answer === 'given' && one.withdrawnAt === null)
      const resting = standing.reduce((sum, one) => sum + one.packets, 0)
      return {
        ...base,
        baseVersion: undefined,
        kind: 'danger',
        consequence:
          resting === 0
            ? t('returnsPage', 'withdraw_none')
            : t('returnsPage', 'withdraw_more', { count: resting }),
        fields: [
          {
            name: 'consentId',
            kind: 'radio',
            label: t('returnsPage', 'consents'),
            options: standing.map((one) => ({ value: one.id, label: t('returnsPage', `who_${one.who}`) })),
            initial: standing[0]?.id ?? '',
          },
          area('words', t('returnsPage', 'words')),
        ],
      }
    }
    case 'plan':
      return { ...base, wide: true, ...planForm(r, about) }
    case 'document':
      return {
        ...base,
        baseVersion: undefined,
        fields: [
          {
            name: 'kind',
            kind: 'select',
            label: t('returnsPage', 'document_kind'),
            options: documentKinds.map((value) => ({ value, label: t('returnsPage', `document_${value}`) })),
          },
          on('on', t('returnsPage', 'on')),
        ],
        toBody: (plain) => ({ ...plain, documentId: uuidv7() }),
      }
    case 'set_off':
      return {
        ...base,
        consequence: t('returnsPage', 'set_off_more'),
        fields: [{ name: 'at', kind: 'time', label: t('returnsPage', 'at') }],
      }
    case 'arrive':
      return {
        ...base,
        fields: [
          on('on', t('returnsPage', 'on')),
          { name: 'receivedBy', kind: 'text', label: t('returnsPage', 'received_by') },
        ],
      }
    case 'hand_over':
      return {
        ...base,
        consequence: t('returnsPage', 'hand_over_more'),
        fields: [
          on('on', t('returnsPage', 'on')),
          ...(r.direction === 'outgoing'
            ? [
                {
                  name: 'counterpartId',
                  kind: 'select' as const,
                  label: t('returnsPage', 'counterpart'),
                  options: contacts(choices, r.country),
                  initial: r.counterpartId ?? '',
                },
              ]
            : r.subject === 'adult'
              ? [
                  {
                    name: 'unitId',
                    kind: 'select' as const,
                    label: t('returnsPage', 'office'),
                    options: units(choices?.offices, language),
                  },
                ]
              : []),
          area('words', t('returnsPage', 'handover')),
        ],
      }
    case 'follow_up': {
      const open = r.followUps.filter((one) => one.seenOn === null)
      return {
        ...base,
        baseVersion: undefined,
        wide: true,
        fields: [
          {
            name: 'month',
            kind: 'radio',
            label: t('returnsPage', 'month'),
            options: open.map((one) => ({
              value: String(one.month),
              label: t('returnsPage', 'month_n', { n: one.month }),
            })),
            initial: open[0] === undefined ? '' : String(open[0].month),
          },
          on('seenOn', t('returnsPage', 'seen_on')),
          {
            name: 'seen',
            kind: 'radio',
            label: t('returnsPage', 'seen'),
            options: seenKinds.map((value) => ({ value, label: t('returnsPage', `seen_${value}`) })),
          },
          ...['safe', 'home', 'school', 'job', 'network'].map(asked),
          area('findings', t('returnsPage', 'findings')),
        ],
        toBody: (plain) => ({ ...plain, month: Number(plain.month) }),
      }
    }
    case 'refuse':
      return {
        ...base,
        kind: 'danger',
        consequence: t('returnsPage', 'refuse_more'),
        fields: [
          {
            name: 'why',
            kind: 'select',
            label: t('returnsPage', 'why'),
            options: refusals
              .filter((value) => r.subject === 'child' || value !== 'best_interests')
              .map((value) => ({ value, label: t('returnsPage', `why_${value}`) })),
          },
          area('words', t('returnsPage', 'refusal_words')),
        ],
      }
  }
}
