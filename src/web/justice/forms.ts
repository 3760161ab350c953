/** The acts on a proceeding as forms of a command. */

import { extractPartNames } from '#domain/information-request.ts'
import { nextStatuses } from '#domain/justice/people.ts'
import type { ProceedingAction } from '#domain/justice/policy.ts'
import {
  type ClosedReason,
  cooperations,
  outcomes,
  reopenGrounds,
  type SuspectStatus,
} from '#domain/justice/state.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import { nextWhat } from '#wire/justice.ts'
import { helpForm } from './help-forms.ts'
import { articleOptions, type Key, kitOf, type Making, options } from './kit.ts'

export { type Articles, articleLabel, articleOptions, type Making } from './kit.ts'

export const proceedingForm = (action: ProceedingAction, making: Making): CommandForm => {
  const { t, sq, view, articles } = making
  const { say, common, on, victims, victim, words } = kitOf(action, making)
  switch (action) {
    case 'move':
      return {
        ...common,
        fields: [
          {
            name: 'to',
            kind: 'radio',
            label: say('to_stage'),
            options: options(t, 'stage', view.nextStages),
            initial: view.nextStages[0] ?? '',
          },
          {
            name: 'outcome',
            kind: 'radio',
            label: say('outcome'),
            options: options(t, 'outcome', outcomes),
            when: (values) =>
              text(values, 'to') === 'judgment' ||
              (view.stage === 'appeal' && text(values, 'to') === 'final'),
          },
          on(),
          {
            name: 'number',
            kind: 'text',
            label: say('number'),
            optional: true,
            initial: view.number ?? '',
          },
        ],
      }
    case 'close':
      return {
        ...common,
        kind: 'danger',
        fields: [
          {
            name: 'reason',
            kind: 'radio',
            label: say('reason'),
            options: options(t, 'reason', view.reasons as readonly ClosedReason[]),
          },
          on(),
          words('reason_words'),
        ],
      }
    case 'reopen':
      return {
        ...common,
        fields: [
          {
            name: 'to',
            kind: 'radio',
            label: say('to_stage'),
            options: options(t, 'stage', view.earlierStages),
          },
          {
            name: 'ground',
            kind: 'radio',
            label: say('ground'),
            options: options(t, 'ground', reopenGrounds),
          },
          { name: 'act', kind: 'text', label: say('act_named'), hint: say('act_named_hint') },
          on(),
        ],
      }
    case 'set_article': {
      const standing = view.charges.filter((one) => one.until === null)
      return {
        ...common,
        fields: [
          {
            name: 'article',
            kind: 'select',
            label: say('article'),
            options: articleOptions(t, sq, articles),
          },
          {
            name: 'replaces',
            kind: 'radio',
            label: say('requalify'),
            options: [
              ...standing.map((one) => ({ value: one.id, label: one.article })),
              { value: 'none', label: say('requalify_none') },
            ],
            initial: standing[0]?.id ?? 'none',
          },
          on(),
          { ...words('reason_words', 'reason'), when: (values) => text(values, 'replaces') !== 'none' },
        ],
        toBody: (plain) => ({ ...plain, replaces: plain.replaces === 'none' ? null : plain.replaces }),
      }
    }
    case 'refer':
      return {
        ...common,
        ...(view.sight === 'full' ? { consequence: say('refer_what') } : {}),
        fields: [
          {
            name: 'toUnit',
            kind: 'select',
            label: say('to_office'),
            options: articles.offices
              .filter((one) => one.id !== view.office?.id)
              .map((one) => ({ value: one.id, label: sq ? one.nameSq : one.nameEn })),
          },
          {
            name: 'article',
            kind: 'radio',
            label: say('article'),
            options: view.articles.map((value) => ({ value, label: value })),
            initial: view.articles[0] ?? '',
          },
          on(),
          words('reason_words', 'reason'),
        ],
      }
    case 'set_next':
      return {
        ...common,
        fields: [
          { name: 'on', kind: 'day', label: say('next') },
          {
            name: 'what',
            kind: 'select',
            label: say('words'),
            options: options(t, 'next', nextWhat),
            initial: 'hearing',
          },
        ],
      }
    case 'inform_authority':
      return { ...common, fields: [words('words')] }
    case 'add_victim':
      return {
        ...common,
        fields: [
          {
            name: 'subject',
            kind: 'radio',
            label: say('subject'),
            options: [
              { value: 'child', label: say('subject_child') },
              { value: 'adult', label: say('subject_adult') },
            ],
          },
          {
            name: 'code',
            kind: 'text',
            label: say('victim_code'),
            hint: say(view.sight === 'full' ? 'victim_code_office_hint' : 'victim_code_hint'),
            optional: true,
          },
          {
            name: 'identity',
            kind: 'text',
            label: say('identity'),
            hint: say('identity_hint'),
            optional: true,
          },
          {
            name: 'cooperation',
            kind: 'radio',
            label: say('cooperation'),
            hint: say('cooperation_note'),
            options: options(t, 'cooperation', cooperations),
            initial: 'undecided',
          },
        ],
      }
    case 'link_victim':
      return {
        ...common,
        fields: [
          victim(victims.filter(({ value }) => view.persons.some((one) => one.id === value && !one.linked))),
          { name: 'code', kind: 'text', label: say('file_code') },
        ],
      }
    case 'set_cooperation':
      return {
        ...common,
        consequence: say('cooperation_note'),
        fields: [
          victim(),
          {
            name: 'cooperation',
            kind: 'radio',
            label: say('cooperation'),
            options: options(t, 'cooperation', cooperations),
          },
          on(),
        ],
      }
    case 'add_suspect':
      return {
        ...common,
        wide: true,
        consequence: say('add_suspect_what'),
        fields: [
          {
            name: 'status',
            kind: 'radio',
            label: say('status'),
            options: options(t, 'suspect', ['suspected', 'charged'] as const),
          },
          on(),
          { name: 'givenName', kind: 'text', label: say('given_name'), optional: true },
          { name: 'familyName', kind: 'text', label: say('family_name'), optional: true },
          { name: 'birth', kind: 'day', label: say('birth'), optional: true },
          { name: 'personalNumber', kind: 'text', label: say('personal_number'), optional: true },
          { name: 'address', kind: 'text', label: say('address'), optional: true },
          { name: 'official', kind: 'yes_no', label: say('official'), initial: 'no' },
          {
            name: 'victimId',
            kind: 'select',
            label: say('is_victim'),
            options: [{ value: 'none', label: say('not_victim') }, ...victims],
            initial: 'none',
          },
        ],
        toBody: (plain) => ({ ...plain, victimId: plain.victimId === 'none' ? null : plain.victimId }),
      }
    case 'move_suspect':
      return {
        ...common,
        fields: [
          {
            name: 'suspectId',
            kind: 'select',
            label: say('pseudonym'),
            options: view.accused.map((one) => ({
              value: one.id,
              label: [one.pseudonym, one.name].filter(Boolean).join(' · '),
            })),
            initial: view.accused[0]?.id ?? '',
          },
          {
            name: 'status',
            kind: 'radio',
            label: say('status'),
            options: options(t, 'suspect', [
              ...new Set(view.accused.flatMap((one): readonly SuspectStatus[] => nextStatuses(one.status))),
            ]),
          },
          on(),
        ],
      }
    case 'assign_aid':
    case 'end_aid':
    case 'take_measure':
    case 'end_measure':
    case 'seize_asset':
    case 'settle_asset':
    case 'claim':
    case 'decide_claim':
    case 'pay_claim':
      return helpForm(action, making)
    case 'protect_witness':
      // Of each witness by itself: `witnessForm`.
      return { ...common, fields: [] }
    case 'ask_order': {
      const { baseVersion: _base, ...bare } = common
      return {
        ...bare,
        wide: true,
        consequence: say('orders_note'),
        recordId: uuidv7(),
        fields: [
          victim(victims.filter(({ value }) => view.persons.some((one) => one.id === value && one.linked))),
          { name: 'article', kind: 'text', label: say('article_of_law') },
          {
            name: 'asked',
            kind: 'checks',
            label: say('order_asked'),
            options: extractPartNames.map((value) => ({ value, label: say(`part_${value}` as Key) })),
          },
          {
            name: 'courtOrder',
            kind: 'text',
            label: say('court_order'),
            hint: say('court_order_hint'),
            optional: true,
          },
          words('why_needed'),
        ],
        toBody: (plain) => ({ ...plain, proceedingId: view.id }),
      }
    }
  }
}
