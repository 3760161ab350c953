/** The acts on a proceeding as forms of a command. */

import type { z } from 'zod'
import { extractPartNames } from '#domain/information-request.ts'
import { nextAssetStates, nextStatuses } from '#domain/justice/people.ts'
import type { ProceedingAction } from '#domain/justice/policy.ts'
import {
  type AssetState,
  aidBases,
  aidKinds,
  assetKinds,
  type ClosedReason,
  claimRoutes,
  cooperations,
  outcomes,
  protectiveMeasures,
  reopenGrounds,
  type SuspectStatus,
} from '#domain/justice/state.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say, Word } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text } from '#web/form/spec.ts'
import { nextWhat, type ProceedingView, type ReadArticles } from '#wire/justice.ts'

export type Articles = z.output<typeof ReadArticles.reply>
type Key = Word<'justicePage'>

export interface Making {
  readonly t: Say
  readonly sq: boolean
  readonly view: ProceedingView
  readonly articles: Articles
  readonly today: string
}

export const articleLabel = (t: Say, sq: boolean, one: Articles['items'][number]): string =>
  `${one.code} ${sq ? one.sq : one.en}${one.unconfirmed ? ` (${t('justicePage', 'unconfirmed')})` : ''}`
/** Those under which an act may be charged at all; whether they held on its day the server says. */
export const articleOptions = (t: Say, sq: boolean, articles: Articles) =>
  articles.items
    .filter((one) => one.chargeable)
    .map((one) => ({ value: one.code, label: articleLabel(t, sq, one) }))

const options = <T extends string>(t: Say, prefix: string, of: readonly T[]) =>
  of.map((value) => ({ value, label: t('justicePage', `${prefix}_${value}` as Key) }))
const number = (value: string): unknown => {
  const bare = value.replaceAll(/[\s.]/g, '')
  return /^\d{1,15}$/.test(bare) ? Number(bare) : value
}

export const proceedingForm = (action: ProceedingAction, making: Making): CommandForm => {
  const { t, sq, view, articles, today } = making
  const say = (key: Key) => t('justicePage', key)
  const common = {
    recordId: view.id,
    baseVersion: view.version,
    title: say(`act_${action}`),
    action: say(`act_${action}`),
    type: `proceeding.${action}`,
    done: say('saved'),
  }
  const on = (label: Key = 'on'): FieldSpec => ({
    name: 'on',
    kind: 'day',
    label: say(label),
    initial: today,
  })
  const victims = view.persons.map((one) => ({
    value: one.id,
    label: [one.pseudonym, one.code ?? say(`subject_${one.subject}`)].join(' · '),
  }))
  const victim = (of = victims): FieldSpec => ({
    name: 'victimId',
    kind: 'select',
    label: say('pseudonym'),
    options: of,
    initial: of[0]?.value ?? '',
  })
  const amount: FieldSpec = { name: 'amount', kind: 'text', label: say('amount') }
  const withAmount = (plain: Record<string, unknown>) => ({ ...plain, amount: number(String(plain.amount)) })
  const words = (label: Key, name = 'words'): FieldSpec => ({ name, kind: 'area', label: say(label) })
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
            hint: say('victim_code_hint'),
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
      return {
        ...common,
        fields: [
          victim(),
          { name: 'kind', kind: 'radio', label: say('aid'), options: options(t, 'aid', aidKinds) },
          {
            name: 'basis',
            kind: 'radio',
            label: say('basis'),
            options: options(t, 'basis', aidBases),
            initial: 'state',
          },
          { name: 'provider', kind: 'text', label: say('provider') },
          on(),
        ],
      }
    case 'end_aid':
      return {
        ...common,
        fields: [
          {
            name: 'aidId',
            kind: 'radio',
            label: say('aid'),
            options: view.aids
              .filter((one) => one.until === null)
              .map((one) => ({
                value: one.id,
                label: [one.pseudonym, say(`aid_${one.kind}`), one.provider].filter(Boolean).join(' · '),
              })),
          },
          on(),
        ],
      }
    case 'take_measure':
      return {
        ...common,
        fields: [
          victim(),
          {
            name: 'measure',
            kind: 'select',
            label: say('measure'),
            options: options(t, 'measure', protectiveMeasures),
          },
          on(),
          { ...words('words'), optional: true },
        ],
      }
    case 'end_measure':
      return {
        ...common,
        fields: [
          {
            name: 'measureId',
            kind: 'radio',
            label: say('measure'),
            options: view.measures
              .filter((one) => one.until === null)
              .map((one) => ({
                value: one.id,
                label: `${one.pseudonym} · ${say(`measure_${one.measure}`)}`,
              })),
          },
          on(),
        ],
      }
    case 'seize_asset':
      return {
        ...common,
        fields: [
          { name: 'kind', kind: 'select', label: say('asset'), options: options(t, 'asset', assetKinds) },
          { name: 'value', kind: 'text', label: say('value'), optional: true },
          on(),
          words('description'),
        ],
        toBody: ({ value, ...plain }) => ({
          ...plain,
          value: value === undefined ? null : number(String(value)),
        }),
      }
    case 'settle_asset': {
      const open = view.assets.filter((one) => nextAssetStates(one.state).length > 0)
      return {
        ...common,
        fields: [
          {
            name: 'assetId',
            kind: 'radio',
            label: say('asset'),
            options: open.map((one) => ({
              value: one.id,
              label: `${say(`asset_${one.kind}`)} · ${say(`asset_${one.state}`)}`,
            })),
            initial: open[0]?.id ?? '',
          },
          {
            name: 'state',
            kind: 'radio',
            label: say('status'),
            options: options(t, 'asset', [
              ...new Set(open.flatMap((one): readonly AssetState[] => nextAssetStates(one.state))),
            ]),
          },
          on(),
        ],
      }
    }
    case 'claim':
      return {
        ...common,
        consequence: say('claim_what'),
        fields: [
          victim(),
          {
            name: 'route',
            kind: 'radio',
            label: say('route'),
            options: options(t, 'route', claimRoutes),
            initial: 'criminal',
          },
          amount,
          on(),
        ],
        toBody: withAmount,
      }
    case 'decide_claim':
    case 'pay_claim': {
      const of = view.claims.filter((one) =>
        action === 'decide_claim'
          ? one.state === 'claimed'
          : ['awarded', 'part_executed'].includes(one.state),
      )
      return {
        ...common,
        ...(action === 'decide_claim' ? { consequence: say('decide_what') } : {}),
        fields: [
          {
            name: 'claimId',
            kind: 'radio',
            label: say('compensation'),
            options: of.map((one) => ({
              value: one.id,
              label: `${one.pseudonym} · ${say(`route_${one.route}`)}`,
            })),
            initial: of[0]?.id ?? '',
          },
          amount,
          on(),
          ...(action === 'pay_claim'
            ? [{ name: 'bailiff', kind: 'text' as const, label: say('bailiff'), optional: true }]
            : []),
        ],
        toBody: withAmount,
      }
    }
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
