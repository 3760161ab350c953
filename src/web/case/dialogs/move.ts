import { form, type Make } from './context.ts'

export const reopen: Make = (m) =>
  form(m, 'reopen', {
    title: m.t('casePage', 'reopen_question'),
    consequence: m.t('casePage', 'reopen_more'),
    action: m.t('casePage', 'act_reopen'),
    fields: [{ name: 'reason', kind: 'area', label: m.t('casePage', 'reason') }],
  })

export const transfer: Make = (m) =>
  form(m, 'request_transfer', {
    title: m.t('casePage', 'act_transfer'),
    consequence: m.t('casePage', 'transfer_means'),
    action: m.t('casePage', 'transfer_ask'),
    fields: [
      {
        name: 'toUnitId',
        kind: 'select',
        label: m.t('casePage', 'transfer_to'),
        options: m.units
          .filter((u) => u.kind === 'cpu' && u.id !== m.view.unitId)
          .map((u) => ({ value: u.id, label: m.language === 'sq' ? u.nameSq : u.nameEn }))
          .sort((a, b) => a.label.localeCompare(b.label, 'sq')),
      },
      { name: 'reason', kind: 'area', label: m.t('casePage', 'reason') },
    ],
  })

export const acceptTransfer: Make = (m) =>
  form(m, 'accept_transfer', {
    title: m.t('casePage', 'transfer_accept_question'),
    consequence: m.t('casePage', 'transfer_accept_more'),
    action: m.t('casePage', 'transfer_accept'),
    kind: 'secondary',
    fields: [],
  })

export const declineTransfer: Make = (m) =>
  form(m, 'decline_transfer', {
    title: m.t('casePage', 'transfer_decline_question'),
    action: m.t('casePage', 'transfer_decline'),
    kind: 'secondary',
    fields: [{ name: 'reason', kind: 'area', label: m.t('casePage', 'reason') }],
  })

export const withdrawTransfer: Make = (m) =>
  form(m, 'withdraw_transfer', {
    title: m.t('casePage', 'transfer_withdraw_question'),
    action: m.t('web', 'withdraw'),
    kind: 'danger',
    fields: [],
  })

export const suspend: Make = (m) =>
  form(m, 'suspend', {
    title: m.t('casePage', 'suspend_question'),
    consequence: m.t('casePage', 'suspend_more'),
    action: m.t('casePage', 'act_suspend'),
    kind: 'secondary',
    fields: [{ name: 'reason', kind: 'area', label: m.t('casePage', 'reason') }],
  })

export const resume: Make = (m) =>
  form(m, 'resume', {
    title: m.t('casePage', 'resume_question'),
    action: m.t('casePage', 'act_resume'),
    fields: [{ name: 'reason', kind: 'area', optional: true, label: m.t('casePage', 'reason') }],
  })
