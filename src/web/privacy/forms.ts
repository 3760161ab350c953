/** The questions behind each act of access beyond one's scope and of the data protection officer. */
import { glassConsequences, glassOutcomes, glassReasons, grantPurposes } from '#domain/privacy/access.ts'
import {
  breachKinds,
  breachRisks,
  breachTiers,
  holdGrounds,
  identityMeans,
  informedKinds,
  notNotifiedReasons,
  refusalGrounds,
  requestChannels,
  requesters,
  requestKinds,
  requestOutcomes,
} from '#domain/privacy/register.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { type Say, sayCode } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text } from '#web/form/spec.ts'
import type { DataBreach, DataRequest, Grant, Hold, Opening, Retention } from '#wire/privacy.ts'

const choices = (prefix: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: sayCode('privacyPage', `${prefix}_${value}`) }))
const select = (name: string, label: string, prefix: string, values: readonly string[]): FieldSpec => ({
  name,
  kind: 'select',
  label,
  options: choices(prefix, values),
})
const area = (name: string, label: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  kind: 'area',
  label,
  ...more,
})

export const breakForm = (
  t: Say,
  file: { readonly caseId: string; readonly caseCode: string | null },
  hours: number,
): CommandForm => ({
  type: 'access.break_glass',
  recordId: uuidv7(),
  title: t('privacyPage', 'break_title'),
  consequence: t('privacyPage', 'break_more', { hours }),
  action: t('privacyPage', 'break_do', { hours }),
  done: t('privacyPage', 'broken'),
  fields: [
    { name: 'onDuty', kind: 'yes_no', label: t('privacyPage', 'duty') },
    select('reason', t('privacyPage', 'reason'), 'reason', glassReasons),
    area('text', t('privacyPage', 'why'), { hint: t('privacyPage', 'why_hint') }),
  ],
  toBody: (plain) => ({
    ...plain,
    ...(file.caseCode === null ? { caseId: file.caseId } : { caseCode: file.caseCode }),
  }),
})

export const askForm = (t: Say, caseCode: string, ofCpu: boolean, mostDays: number): CommandForm => ({
  type: 'access.request',
  recordId: uuidv7(),
  title: t('privacyPage', 'ask_title'),
  consequence: t('privacyPage', 'ask_more'),
  action: t('privacyPage', 'ask'),
  done: t('privacyPage', 'asked'),
  fields: [
    select('purpose', t('privacyPage', 'purpose'), 'purpose', grantPurposes),
    ...(ofCpu ? [select('reach', t('privacyPage', 'reach'), 'reach', ['T2', 'T3'])] : []),
    {
      name: 'days',
      kind: 'number',
      label: t('privacyPage', 'days'),
      hint: t('privacyPage', 'days_most', { days: mostDays }),
    },
    area('text', t('privacyPage', 'why'), { hint: t('privacyPage', 'why_hint') }),
  ],
  toBody: (plain) => ({ reach: 'minimum', ...plain, caseCode }),
})

export const closeForm = (t: Say, one: Opening): CommandForm => ({
  type: 'access.close_break_glass',
  recordId: one.id,
  title: t('privacyPage', 'close_now'),
  consequence: t('privacyPage', 'close_more'),
  action: t('privacyPage', 'close_now'),
  done: t('privacyPage', 'closed'),
  fields: [],
})
export const reviewForm = (t: Say, one: Opening): CommandForm => ({
  type: 'access.review_break_glass',
  recordId: one.id,
  title: t('privacyPage', 'review_title'),
  consequence: t('privacyPage', 'review_more'),
  action: t('privacyPage', 'review'),
  done: t('privacyPage', 'reviewed'),
  fields: [
    {
      name: 'outcome',
      kind: 'radio',
      label: t('privacyPage', 'outcome'),
      options: choices('outcome', glassOutcomes),
    },
    {
      ...select('consequence', t('privacyPage', 'consequence'), 'consequence', glassConsequences),
      when: (values) => text(values, 'outcome') === 'not_justified',
    },
    area('text', t('privacyPage', 'word_finding'), { hint: t('privacyPage', 'why_hint') }),
  ],
})

export const giveForm = (t: Say, one: Grant): CommandForm => ({
  type: 'access.answer',
  recordId: one.id,
  baseVersion: one.version,
  title: t('privacyPage', 'give'),
  consequence: t('privacyPage', 'give_more'),
  action: t('privacyPage', 'give'),
  done: t('privacyPage', 'given_done'),
  fields: [
    { name: 'days', kind: 'number', label: t('privacyPage', 'days'), initial: String(one.days) },
    area('text', t('privacyPage', 'text'), { optional: true }),
  ],
  toBody: (plain) => ({ ...plain, grant: true }),
})
export const refuseForm = (t: Say, one: Grant): CommandForm => ({
  type: 'access.answer',
  recordId: one.id,
  baseVersion: one.version,
  title: t('privacyPage', 'refuse'),
  consequence: t('privacyPage', 'refuse_more'),
  action: t('privacyPage', 'refuse'),
  done: t('privacyPage', 'refused_done'),
  fields: [area('text', t('privacyPage', 'text'))],
  toBody: (plain) => ({ ...plain, grant: false }),
})
export const revokeForm = (t: Say, one: Grant): CommandForm => ({
  type: 'access.revoke',
  recordId: one.id,
  title: t('privacyPage', 'revoke'),
  consequence: t('privacyPage', 'revoke_more'),
  action: t('privacyPage', 'revoke'),
  done: t('privacyPage', 'revoked_done'),
  fields: [area('text', t('privacyPage', 'text'))],
})

export const requestForm = (t: Say): CommandForm => ({
  type: 'privacy.register_request',
  recordId: uuidv7(),
  title: t('privacyPage', 'request_new'),
  consequence: t('privacyPage', 'request_new_more'),
  action: t('web', 'save'),
  done: t('privacyPage', 'request_done'),
  wide: true,
  fields: [
    select('kind', t('privacyPage', 'kind'), 'kind', requestKinds),
    select('requester', t('privacyPage', 'requester'), 'requester', requesters),
    { name: 'who', kind: 'text', label: t('privacyPage', 'who') },
    select('channel', t('privacyPage', 'channel'), 'channel', requestChannels),
    { name: 'receivedOn', kind: 'day', label: t('privacyPage', 'received_on') },
    { name: 'caseCode', kind: 'text', label: t('privacyPage', 'case_code'), optional: true },
    area('text', t('privacyPage', 'asked_text')),
  ],
})
export const identifyForm = (t: Say, one: DataRequest): CommandForm => ({
  type: 'privacy.check_identity',
  recordId: one.id,
  baseVersion: one.version,
  title: t('privacyPage', 'identify'),
  consequence: t('privacyPage', 'identify_more'),
  action: t('privacyPage', 'identify'),
  done: t('privacyPage', 'identified'),
  fields: [select('means', t('privacyPage', 'means'), 'means', identityMeans)],
})
export const answerForm = (t: Say, one: DataRequest): CommandForm => {
  const no = (values: Parameters<NonNullable<FieldSpec['when']>>[0]) =>
    text(values, 'outcome') === 'refused' || text(values, 'outcome') === 'partly'
  return {
    type: 'privacy.answer_request',
    recordId: one.id,
    baseVersion: one.version,
    title: t('privacyPage', 'answer'),
    consequence: t('privacyPage', 'answer_more'),
    action: t('privacyPage', 'answer'),
    done: t('privacyPage', 'answered'),
    fields: [
      {
        name: 'outcome',
        kind: 'radio',
        label: t('privacyPage', 'outcome'),
        options: choices('answer', requestOutcomes),
      },
      { ...select('ground', t('privacyPage', 'ground'), 'ground', refusalGrounds), when: no },
      { name: 'complaintTold', kind: 'yes_no', label: t('privacyPage', 'complaint_told'), when: no },
      area('text', t('privacyPage', 'answer_text')),
    ],
    toBody: (plain) => ({ complaintTold: false, ...plain }),
  }
}
export const withdrawForm = (t: Say, one: DataRequest): CommandForm => ({
  type: 'privacy.withdraw_request',
  recordId: one.id,
  title: t('privacyPage', 'withdraw'),
  consequence: t('privacyPage', 'withdraw_more'),
  action: t('privacyPage', 'withdraw'),
  done: t('privacyPage', 'withdrawn'),
  fields: [area('text', t('privacyPage', 'text'))],
})

export const breachForm = (t: Say): CommandForm => ({
  type: 'privacy.record_breach',
  recordId: uuidv7(),
  title: t('privacyPage', 'breach_new'),
  consequence: t('privacyPage', 'breach_new_more'),
  action: t('web', 'save'),
  done: t('privacyPage', 'breach_done'),
  wide: true,
  fields: [
    area('text', t('privacyPage', 'what')),
    {
      name: 'kinds',
      kind: 'checks',
      label: t('privacyPage', 'breach_kinds'),
      options: choices('breach', breachKinds),
    },
    { name: 'knownAt', kind: 'time', label: t('privacyPage', 'known_at') },
    { name: 'happenedAt', kind: 'time', label: t('privacyPage', 'happened_at'), optional: true },
    area('records', t('privacyPage', 'records'), { optional: true }),
    {
      name: 'tiers',
      kind: 'checks',
      label: t('privacyPage', 'breach_tiers'),
      options: choices('tier', breachTiers),
      optional: true,
    },
    { name: 'persons', kind: 'number', label: t('privacyPage', 'persons'), optional: true },
    { name: 'children', kind: 'yes_no', label: t('privacyPage', 'children') },
    select('risk', t('privacyPage', 'risk'), 'risk', breachRisks),
  ],
})
export const measureForm = (t: Say, one: DataBreach): CommandForm => ({
  type: 'privacy.add_breach_measure',
  recordId: one.id,
  title: t('privacyPage', 'measure'),
  action: t('web', 'save'),
  done: t('privacyPage', 'measure_done'),
  fields: [area('text', t('privacyPage', 'measure_text'))],
})
export const notifyForm = (t: Say, one: DataBreach): CommandForm => {
  const told = (values: Parameters<NonNullable<FieldSpec['when']>>[0]) => text(values, 'told') === 'yes'
  const not = (values: Parameters<NonNullable<FieldSpec['when']>>[0]) => text(values, 'told') === 'no'
  return {
    type: 'privacy.tell_commissioner',
    recordId: one.id,
    baseVersion: one.version,
    title: t('privacyPage', 'notify_title'),
    action: t('web', 'save'),
    done: t('privacyPage', 'notify_done'),
    fields: [
      { name: 'told', kind: 'yes_no', label: t('privacyPage', 'told') },
      { name: 'at', kind: 'time', label: t('privacyPage', 'at'), when: told },
      { name: 'reference', kind: 'text', label: t('privacyPage', 'reference'), optional: true, when: told },
      { ...select('why', t('privacyPage', 'word_not_notified'), 'why', notNotifiedReasons), when: not },
      area('text', t('privacyPage', 'text'), { when: not }),
    ],
  }
}
export const informForm = (t: Say, one: DataBreach): CommandForm => ({
  type: 'privacy.inform_persons',
  recordId: one.id,
  baseVersion: one.version,
  title: t('privacyPage', 'inform_title'),
  action: t('web', 'save'),
  done: t('privacyPage', 'inform_done'),
  fields: [
    {
      name: 'informed',
      kind: 'radio',
      label: t('privacyPage', 'informed'),
      options: choices('informed', informedKinds),
    },
    {
      name: 'on',
      kind: 'day',
      label: t('privacyPage', 'informed_on'),
      when: (values) => text(values, 'informed') === 'all' || text(values, 'informed') === 'some',
    },
    area('text', t('privacyPage', 'informed_text')),
  ],
})
export const closeBreachForm = (t: Say, one: DataBreach): CommandForm => ({
  type: 'privacy.close_breach',
  recordId: one.id,
  baseVersion: one.version,
  title: t('privacyPage', 'close_breach'),
  consequence: t('privacyPage', 'close_breach_more'),
  action: t('privacyPage', 'close_breach'),
  done: t('privacyPage', 'breach_closed'),
  fields: [],
})

export const holdForm = (t: Say): CommandForm => ({
  type: 'privacy.place_hold',
  recordId: uuidv7(),
  title: t('privacyPage', 'hold_new'),
  consequence: t('privacyPage', 'hold_new_more'),
  action: t('privacyPage', 'hold_new'),
  done: t('privacyPage', 'hold_done'),
  fields: [
    { name: 'caseCode', kind: 'text', label: t('privacyPage', 'find_by_code') },
    select('ground', t('privacyPage', 'hold_ground'), 'hold', holdGrounds),
    { name: 'until', kind: 'day', label: t('privacyPage', 'hold_until'), optional: true },
    area('text', t('privacyPage', 'word_why'), { hint: t('privacyPage', 'why_hint') }),
  ],
})
export const liftForm = (t: Say, one: Hold): CommandForm => ({
  type: 'privacy.lift_hold',
  recordId: one.id,
  title: t('privacyPage', 'lift'),
  consequence: t('privacyPage', 'lift_more'),
  action: t('privacyPage', 'lift'),
  done: t('privacyPage', 'lifted'),
  fields: [area('text', t('privacyPage', 'text'))],
})
export const orderForm = (t: Say, one: Retention['due'][number], days: number): CommandForm => ({
  type: 'privacy.order_erasure',
  recordId: uuidv7(),
  title: t('privacyPage', 'order'),
  consequence: t('privacyPage', 'order_more', { days }),
  action: t('privacyPage', 'order'),
  kind: 'danger',
  done: t('privacyPage', 'order_done'),
  fields: [],
  toBody: () => ({ kind: one.kind, id: one.id }),
})
export const unorderForm = (t: Say, orderId: string): CommandForm => ({
  type: 'privacy.withdraw_erasure',
  recordId: orderId,
  title: t('privacyPage', 'unorder'),
  action: t('privacyPage', 'unorder'),
  done: t('privacyPage', 'unorder_done'),
  fields: [area('text', t('privacyPage', 'text'))],
})
