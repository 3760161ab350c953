/** The questions behind contacts, agreements and packets. */
import type { z } from 'zod'
import { checkWays, counterpartKinds } from '#domain/packet/counterpart.ts'
import {
  crossFieldNames,
  crossFields,
  packetGrounds,
  packetPurposes,
  revokeReasons,
} from '#domain/packet/packet.ts'
import { immediacies } from '#domain/report/body.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, list, text } from '#web/form/spec.ts'
import type { AgreementView, CounterpartView, PacketDraftOf, PacketView, ReceivedView } from '#wire/packet.ts'
import { countryOptions } from './country.ts'

export type PacketDraft = z.infer<typeof PacketDraftOf.reply>
type Language = 'sq' | 'en'

const optional = (name: string, label: string, initial: string | null | undefined): FieldSpec => ({
  name,
  kind: 'text',
  label,
  optional: true,
  initial: initial ?? '',
})
const endDay = (name: string, label: string, initial: string | null | undefined): FieldSpec => ({
  name,
  kind: 'day',
  label,
  optional: true,
  initial: initial ?? '',
})

export const makeForm = (
  t: Say,
  language: Language,
  draft: PacketDraft,
  of: { readonly nrmId: string; readonly returnId: string | null },
): CommandForm => {
  const chosen = (values: Parameters<typeof list>[0]) => list(values, `items_${text(values, 'purpose')}`)
  return {
    type: 'packet.make',
    recordId: uuidv7(),
    title: t('packetPage', 'make'),
    consequence: t('packetPage', 'make_more'),
    action: t('packetPage', 'make'),
    done: t('packetPage', 'made'),
    wide: true,
    fields: [
      {
        name: 'counterpartId',
        kind: 'select',
        label: t('packetPage', 'to'),
        options: draft.counterparts
          .filter((one) => one.usable)
          .map((one) => ({ value: one.id, label: `${one.country}: ${one.institution}` })),
      },
      {
        name: 'purpose',
        kind: 'radio',
        label: t('packetPage', 'purpose'),
        options: packetPurposes.map((value) => ({ value, label: t('packetPage', `purpose_${value}`) })),
      },
      ...packetPurposes.map(
        (purpose): FieldSpec => ({
          name: `items_${purpose}`,
          kind: 'checks',
          label: t('packetPage', 'items'),
          options: (draft.fields[purpose] ?? []).map((value) => ({
            value,
            label: t('packetPage', `field_${value}`),
          })),
          when: (values) => text(values, 'purpose') === purpose,
        }),
      ),
      ...crossFieldNames.flatMap((field): FieldSpec[] => [
        {
          name: `value_${field}`,
          kind: 'area',
          label: t('packetPage', `field_${field}`),
          initial: draft.values[field] ?? '',
          when: (values) => chosen(values).includes(field),
        },
        ...(crossFields[field] === 'T4'
          ? [
              {
                name: `reason_${field}`,
                kind: 'text' as const,
                label: `${t('packetPage', `field_${field}`)}: ${t('packetPage', 'reason')}`,
                when: (values: Parameters<typeof list>[0]) => chosen(values).includes(field),
              },
            ]
          : []),
      ]),
      {
        name: 'ground',
        kind: 'radio',
        label: t('packetPage', 'ground'),
        hint: t('packetPage', draft.consent ? 'consent_covers' : 'consent_missing'),
        options: packetGrounds.map((value) => ({ value, label: t('packetPage', `ground_${value}`) })),
        initial: draft.consent ? 'consent' : '',
      },
      { name: 'groundRef', kind: 'text', label: t('packetPage', 'ground_ref') },
      { name: 'days', kind: 'number', label: t('packetPage', 'days'), initial: String(draft.days) },
      {
        name: 'language',
        kind: 'radio',
        label: t('packetPage', 'language'),
        options: (['en', 'sq'] as const).map((value) => ({ value, label: t('packetPage', `lang_${value}`) })),
        initial: language === 'sq' ? 'sq' : 'en',
      },
    ],
    toBody: (plain) => ({
      ...of,
      counterpartId: plain.counterpartId,
      purpose: plain.purpose,
      ground: plain.ground,
      groundRef: plain.groundRef,
      days: plain.days,
      language: plain.language,
      items: ((plain[`items_${String(plain.purpose)}`] ?? []) as string[]).map((field) => ({
        field,
        value: plain[`value_${field}`] ?? '',
        ...(plain[`reason_${field}`] === undefined ? {} : { reason: plain[`reason_${field}`] }),
      })),
    }),
  }
}

export const revokeForm = (t: Say, packet: PacketView): CommandForm => ({
  type: 'packet.revoke',
  recordId: packet.id,
  baseVersion: packet.version,
  title: t('packetPage', 'revoke'),
  consequence: t('packetPage', 'revoke_more'),
  action: t('packetPage', 'revoke'),
  kind: 'danger',
  done: t('packetPage', 'packet_revoked'),
  fields: [
    {
      name: 'why',
      kind: 'select',
      label: t('packetPage', 'why'),
      options: revokeReasons.map((value) => ({ value, label: t('packetPage', `why_${value}`) })),
    },
    { name: 'words', kind: 'area', label: t('packetPage', 'revoke_words'), optional: true },
  ],
})

export const contactForm = (
  t: Say,
  language: Language,
  today: string,
  one?: CounterpartView,
): CommandForm => ({
  type: 'counterpart.set',
  recordId: one?.id ?? uuidv7(),
  baseVersion: one?.version,
  title: t('packetPage', one === undefined ? 'add_contact' : 'change_contact'),
  action: t('web', 'save'),
  done: t('web', 'saved'),
  wide: true,
  fields: [
    {
      name: 'country',
      kind: 'select',
      label: t('packetPage', 'country'),
      options: countryOptions(language),
      initial: one?.country ?? '',
    },
    {
      name: 'kind',
      kind: 'select',
      label: t('packetPage', 'kind'),
      options: counterpartKinds.map((value) => ({ value, label: t('packetPage', `kind_${value}`) })),
      initial: one?.kind ?? '',
    },
    {
      name: 'institution',
      kind: 'text',
      label: t('packetPage', 'institution'),
      initial: one?.institution ?? '',
    },
    optional('contactName', t('packetPage', 'contact_name'), one?.contactName),
    optional('contactPost', t('packetPage', 'contact_post'), one?.contactPost),
    optional('email', t('packetPage', 'email'), one?.email),
    optional('phone', t('packetPage', 'phone'), one?.phone),
    {
      name: 'validFrom',
      kind: 'day',
      label: t('packetPage', 'valid_from'),
      initial: one?.validFrom ?? today,
    },
    endDay('validTo', t('packetPage', 'valid_to'), one?.validTo),
    {
      ...optional('listsUrl', t('packetPage', 'lists_url'), one?.listsUrl),
      hint: t('packetPage', 'lists_url_more'),
    },
  ],
})
export const cardForm = (t: Say, one: CounterpartView): CommandForm => ({
  type: 'counterpart.set_keys',
  recordId: one.id,
  baseVersion: one.version,
  title: t('packetPage', 'set_keys'),
  consequence: t('packetPage', 'set_keys_more'),
  action: t('packetPage', 'set_keys'),
  done: t('web', 'saved'),
  fields: [{ name: 'card', kind: 'area', label: t('packetPage', 'card') }],
})
export const checkForm = (t: Say, one: CounterpartView): CommandForm => ({
  type: 'counterpart.check_keys',
  recordId: one.id,
  baseVersion: one.version,
  title: t('packetPage', 'check_keys'),
  consequence: t('packetPage', 'check_keys_more'),
  action: t('packetPage', 'check_keys'),
  done: t('web', 'saved'),
  fields: [
    { name: 'fingerprint', kind: 'text', label: t('packetPage', 'heard') },
    {
      name: 'way',
      kind: 'radio',
      label: t('packetPage', 'way'),
      options: checkWays.map((value) => ({ value, label: t('packetPage', `way_${value}`) })),
    },
  ],
})
export const listForm = (t: Say, one: CounterpartView): CommandForm => ({
  type: 'packet.take_revocations',
  recordId: one.id,
  title: t('packetPage', 'take_list'),
  consequence: t('packetPage', 'take_list_more'),
  action: t('packetPage', 'take_list'),
  done: t('packetPage', 'list_taken'),
  fields: [{ name: 'list', kind: 'area', label: t('packetPage', 'list_text') }],
  toBody: (plain) => ({ list: `${String(plain.list).trim()}\n` }),
})
export const agreementForm = (
  t: Say,
  language: Language,
  contacts: readonly CounterpartView[],
  one?: AgreementView,
): CommandForm => ({
  type: 'agreement.set',
  recordId: one?.id ?? uuidv7(),
  baseVersion: one?.version,
  title: t('packetPage', one === undefined ? 'add_agreement' : 'change_agreement'),
  action: t('web', 'save'),
  done: t('web', 'saved'),
  wide: true,
  fields: [
    {
      name: 'country',
      kind: 'select',
      label: t('packetPage', 'country'),
      options: countryOptions(language),
      initial: one?.country ?? '',
    },
    { name: 'title', kind: 'text', label: t('packetPage', 'agreement'), initial: one?.title ?? '' },
    { name: 'parties', kind: 'text', label: t('packetPage', 'parties'), initial: one?.parties ?? '' },
    optional('document', t('packetPage', 'document'), one?.document),
    { name: 'signedOn', kind: 'day', label: t('packetPage', 'signed_on'), initial: one?.signedOn ?? '' },
    { name: 'validFrom', kind: 'day', label: t('packetPage', 'valid_from'), initial: one?.validFrom ?? '' },
    endDay('validTo', t('packetPage', 'valid_to'), one?.validTo),
    {
      name: 'counterpartId',
      kind: 'select',
      label: t('packetPage', 'contact_point'),
      options: contacts.map((contact) => ({
        value: contact.id,
        label: `${contact.country}: ${contact.institution}`,
      })),
      optional: true,
      initial: one?.counterpartId ?? '',
    },
    endDay('endedOn', t('packetPage', 'ended_on'), one?.endedOn),
  ],
})
export const reportForm = (
  t: Say,
  received: ReceivedView,
  towns: NonNullable<FieldSpec['options']>,
): CommandForm => ({
  type: 'packet.report',
  recordId: received.id,
  baseVersion: received.version,
  title: t('packetPage', 'make_report'),
  consequence: t('packetPage', 'make_report_more'),
  action: t('packetPage', 'make_report'),
  done: t('packetPage', 'reported'),
  fields: [
    { name: 'municipality', kind: 'select', label: t('web', 'municipality'), options: towns },
    {
      name: 'immediacy',
      kind: 'radio',
      label: t('packetPage', 'immediacy'),
      options: immediacies.map((value) => ({ value, label: t('packetPage', `immediacy_${value}`) })),
    },
    { name: 'narrative', kind: 'area', label: t('packetPage', 'narrative') },
  ],
  toBody: (plain) => ({ ...plain, reportId: uuidv7() }),
})
