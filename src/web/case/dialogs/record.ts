import { relationships } from '#domain/case/record.ts'
import { sayCode } from '#web/design/words.tsx'
import { choices, form, institutions, type Make } from './context.ts'

export const note: Make = (m) =>
  form(m, 'add_note', {
    title: m.t('casePage', 'act_note'),
    action: m.t('web', 'save'),
    done: m.t('casePage', 'note_saved'),
    fields: [
      {
        name: 'kind',
        kind: 'select',
        label: m.t('casePage', 'note_kind'),
        options: choices(m.t, 'note', [
          'contact',
          'home_visit',
          'phone_call',
          'observation',
          'child_account',
          'meeting',
          'health',
          'psychological',
          'location',
          'other',
        ]),
      },
      { name: 'happenedOn', kind: 'day', label: m.t('web', 'date'), initial: m.today },
      {
        name: 'text',
        kind: 'area',
        label: m.t('casePage', 'note_text'),
        hint: m.t('casePage', 'note_text_hint'),
      },
      {
        name: 'childWords',
        kind: 'area',
        label: m.t('casePage', 'child_words'),
        hint: m.t('casePage', 'child_words_hint'),
        optional: true,
      },
      {
        name: 'sensitive',
        kind: 'yes_no',
        label: m.t('casePage', 'note_sensitive'),
        hint: m.t('casePage', 'note_sensitive_hint'),
      },
    ],
  })

export const risk: Make = (m) =>
  form(m, 'set_risk', {
    title: m.t('casePage', 'act_risk'),
    consequence: m.t('casePage', 'risk_more'),
    action: m.t('web', 'save'),
    riskNow: m.view.risk,
    fields: [
      {
        name: 'risk',
        kind: 'radio',
        label: m.t('casePage', 'risk'),
        options: (['immediate', 'high', 'medium', 'low'] as const).map((value) => ({
          value,
          label: m.t('web', `risk_long_${value}`),
        })),
      },
      {
        name: 'reason',
        kind: 'area',
        label: m.t('casePage', 'reason'),
        hint: m.t('casePage', 'risk_reason_hint'),
      },
    ],
  })

export const alerts: Make = (m) =>
  form(m, 'set_alerts', {
    title: m.t('casePage', 'act_alerts'),
    consequence: m.t('casePage', 'alerts_more'),
    action: m.t('web', 'save'),
    fields: [
      {
        name: 'orders',
        kind: 'checks',
        optional: true,
        label: m.t('web', 'take_care'),
        initial: (['doNotPhoneHome', 'doNotInformFamily', 'addressProtected'] as const).filter(
          (key) => m.view.alerts.assessed && m.view.alerts[key],
        ),
        options: [
          { value: 'doNotPhoneHome', label: m.t('web', 'guard_do_not_phone') },
          { value: 'doNotInformFamily', label: m.t('web', 'guard_do_not_inform') },
          { value: 'addressProtected', label: m.t('web', 'guard_address_protected') },
        ],
      },
      {
        name: 'interpreter',
        kind: 'select',
        optional: true,
        label: m.t('web', 'guard_interpreter'),
        initial: m.view.alerts.interpreter ?? '',
        options: ['rom', 'el', 'mk', 'sr', 'ar', 'fa', 'en', 'it'].map((code) => ({
          value: code,
          label: sayCode('spoken', code),
        })),
      },
      {
        name: 'safeContact',
        kind: 'area',
        optional: true,
        label: m.t('casePage', 'safe_contact'),
        hint: m.t('casePage', 'safe_contact_hint'),
        initial: m.view.safeContact ?? '',
      },
      {
        name: 'reason',
        kind: 'area',
        optional: true,
        label: m.t('casePage', 'reason'),
        hint: m.t('casePage', 'alerts_reason_hint'),
      },
    ],
    toBody: ({ orders, interpreter, ...rest }) => {
      const on = Array.isArray(orders) ? orders : []
      return {
        ...rest,
        doNotPhoneHome: on.includes('doNotPhoneHome'),
        doNotInformFamily: on.includes('doNotInformFamily'),
        addressProtected: on.includes('addressProtected'),
        interpreter: interpreter ?? null,
      }
    },
  })

export const person: Make = (m) =>
  form(m, 'add_person_near', {
    title: m.t('casePage', 'act_person'),
    action: m.t('web', 'add'),
    fields: [
      { name: 'name', kind: 'text', label: m.t('casePage', 'name') },
      {
        name: 'relationship',
        kind: 'select',
        label: m.t('casePage', 'relationship'),
        options: choices(m.t, 'relation', relationships),
      },
      {
        name: 'contact',
        kind: 'radio',
        label: m.t('casePage', 'contact_rule'),
        options: choices(m.t, 'contact', ['allowed', 'supervised', 'forbidden', 'not_assessed']),
      },
      { name: 'livesWithChild', kind: 'yes_no', optional: true, label: m.t('casePage', 'lives_with') },
      { name: 'phone', kind: 'text', optional: true, label: m.t('casePage', 'phone') },
      { name: 'remark', kind: 'area', optional: true, label: m.t('casePage', 'remark') },
    ],
  })

export const service: Make = (m) =>
  form(m, 'record_service', {
    title: m.t('casePage', 'act_service'),
    action: m.t('web', 'save'),
    fields: [
      {
        name: 'actionId',
        kind: 'select',
        optional: true,
        label: m.t('casePage', 'service_for_action'),
        options: (m.view.plan?.goals ?? []).flatMap((g) =>
          g.actions.map((a) => ({
            value: a.id,
            label: a.text ?? m.t('casePage', `service_${a.service as 'medical'}`),
          })),
        ),
      },
      {
        name: 'service',
        kind: 'select',
        label: m.t('casePage', 'service'),
        options: choices(m.t, 'service', services),
      },
      { name: 'providerId', kind: 'select', label: m.t('casePage', 'provider'), options: institutions(m) },
      {
        name: 'setting',
        kind: 'radio',
        label: m.t('casePage', 'setting'),
        options: choices(m.t, 'setting', ['community', 'home', 'school', 'street', 'office', 'shelter']),
      },
      {
        name: 'beneficiary',
        kind: 'radio',
        label: m.t('casePage', 'beneficiary'),
        options: choices(m.t, 'beneficiary', ['child', 'parent', 'family', 'child_of_victim']),
      },
      { name: 'from', kind: 'day', label: m.t('casePage', 'from'), initial: m.today },
      { name: 'until', kind: 'day', optional: true, label: m.t('casePage', 'until') },
      { name: 'costLek', kind: 'lek', optional: true, label: m.t('casePage', 'cost_lek') },
      { name: 'remark', kind: 'area', optional: true, label: m.t('casePage', 'remark') },
    ],
  })

export const services = [
  'medical',
  'psychological',
  'education',
  'legal',
  'material',
  'food',
  'housing',
  'documents',
  'economic_aid',
  'employment_family',
  'vocational',
  'leisure',
  'rehabilitation',
  'mediation',
  'accompaniment',
  'physical_protection',
  'other',
] as const

export const assign: Make = (m) => {
  const options = m.workers.map((w) => ({ value: w.id, label: w.name }))
  return form(m, 'assign', {
    title: m.t('casePage', 'act_assign'),
    action: m.t('web', 'save'),
    fields: [
      {
        name: 'managerId',
        kind: 'select',
        label: m.t('casePage', 'manager'),
        initial: m.view.managerId ?? '',
        options,
      },
      {
        name: 'deputyId',
        kind: 'select',
        optional: true,
        label: m.t('casePage', 'deputy'),
        initial: m.view.deputy?.id ?? '',
        options,
      },
      {
        name: 'reason',
        kind: 'area',
        optional: true,
        label: m.t('casePage', 'assign_reason'),
        hint: m.t('casePage', 'assign_reason_hint'),
      },
    ],
  })
}

export const take: Make = (m) =>
  form(m, 'take', {
    title: m.t('casePage', 'take_question'),
    consequence: m.t('casePage', 'take_more'),
    action: m.t('casePage', 'act_take'),
    fields: [],
  })
