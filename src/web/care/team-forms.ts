/** The questions behind each act on an emergency team and its roster. */
import { teamProfessions } from '#domain/care/team.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { FieldSpec } from '#web/form/spec.ts'
import type { TeamDetail } from '#wire/care.ts'

type Plain = Record<string, unknown>
const hour = (name: string, label: string, initial: string, hint?: string): FieldSpec => ({
  name,
  kind: 'text',
  label,
  initial,
  ...(hint === undefined ? {} : { hint }),
})
const memberFields = (t: Say): FieldSpec[] => [
  { name: 'member.name', kind: 'text', label: t('carePage', 'member_name') },
  {
    name: 'member.profession',
    kind: 'select',
    label: t('carePage', 'profession'),
    options: teamProfessions.map((value) => ({ value, label: t('carePage', `p_${value}`) })),
  },
  { name: 'member.phone', kind: 'text', label: t('carePage', 'phone'), optional: true },
]
const memberOf = (plain: Plain): Plain => ({
  id: uuidv7(),
  ...Object.fromEntries(
    Object.entries(plain).flatMap(([key, value]) =>
      key.startsWith('member.') ? [[key.slice('member.'.length), value]] : [],
    ),
  ),
})
const without = (plain: Plain): Plain =>
  Object.fromEntries(Object.entries(plain).filter(([key]) => !key.startsWith('member.')))

/** A team as its command takes it. */
const sent = (team: TeamDetail) => ({
  nameSq: team.nameSq,
  nameEn: team.nameEn,
  phone: team.phone,
  actNumber: team.actNumber,
  actDate: team.actDate,
  coversFrom: team.coversFrom,
  coversTo: team.coversTo,
  active: team.active,
  members: team.members,
})

export const teamForm = (t: Say, team?: TeamDetail): CommandForm => ({
  type: 'team.set',
  recordId: team?.id ?? uuidv7(),
  baseVersion: team?.version,
  title: t('carePage', team === undefined ? 'add_team' : 'change_team'),
  action: t('web', 'save'),
  wide: true,
  fields: [
    { name: 'nameSq', kind: 'text', label: t('carePage', 'name_sq'), initial: team?.nameSq ?? '' },
    { name: 'nameEn', kind: 'text', label: t('carePage', 'name_en'), initial: team?.nameEn ?? '' },
    {
      name: 'phone',
      kind: 'text',
      label: t('carePage', 'team_phone'),
      optional: true,
      initial: team?.phone ?? '',
    },
    hour(
      'coversFrom',
      t('carePage', 'covers_from'),
      team?.coversFrom ?? '00:00',
      t('carePage', 'covers_hint'),
    ),
    hour('coversTo', t('carePage', 'covers_to'), team?.coversTo ?? '00:00'),
    {
      name: 'actNumber',
      kind: 'text',
      label: t('carePage', 'act_number'),
      optional: true,
      initial: team?.actNumber ?? '',
    },
    {
      name: 'actDate',
      kind: 'day',
      label: t('carePage', 'act_date'),
      optional: true,
      initial: team?.actDate ?? '',
    },
    ...(team === undefined
      ? memberFields(t)
      : [
          {
            name: 'active',
            kind: 'yes_no' as const,
            label: t('carePage', 'team_active'),
            initial: team.active ? 'yes' : 'no',
          },
        ]),
  ],
  toBody: (plain) =>
    team === undefined
      ? { ...without(plain), members: [memberOf(plain)] }
      : { ...plain, members: team.members },
  done: t('web', 'saved'),
})

const withMembers = (t: Say, team: TeamDetail) => ({
  type: 'team.set',
  recordId: team.id,
  baseVersion: team.version,
  done: t('web', 'saved'),
})
export const memberForm = (t: Say, team: TeamDetail): CommandForm => ({
  ...withMembers(t, team),
  title: t('carePage', 'add_member'),
  action: t('web', 'save'),
  fields: memberFields(t),
  toBody: (plain) => ({ ...sent(team), members: [...team.members, memberOf(plain)] }),
})
export const leaveForm = (t: Say, team: TeamDetail, member: TeamDetail['members'][number]): CommandForm => ({
  ...withMembers(t, team),
  title: `${t('carePage', 'leave_member')}: ${member.name}`,
  consequence: t('carePage', 'leave_member_more', { name: member.name }),
  action: t('carePage', 'leave_member'),
  fields: [],
  toBody: () => ({
    ...sent(team),
    members: team.members.map((one) => (one.id === member.id ? { ...one, active: false } : one)),
  }),
})

export const dutyForm = (t: Say, team: TeamDetail, day: string): CommandForm => ({
  type: 'team.set_duty',
  recordId: team.id,
  title: t('carePage', 'add_duty'),
  action: t('carePage', 'add_duty'),
  fields: [
    {
      name: 'memberId',
      kind: 'select',
      label: t('carePage', 'member'),
      options: team.members.filter((one) => one.active).map((one) => ({ value: one.id, label: one.name })),
    },
    { name: 'day', kind: 'day', label: t('carePage', 'duty_day'), initial: day },
    hour('from', t('carePage', 'duty_from'), '08:00', t('carePage', 'hour_hint')),
    hour('to', t('carePage', 'duty_to'), '20:00'),
    { name: 'days', kind: 'number', label: t('carePage', 'duty_days'), initial: '1' },
  ],
  done: t('web', 'saved'),
})
export const offForm = (
  t: Say,
  team: TeamDetail,
  duty: TeamDetail['duties'][number],
  when: string,
): CommandForm => ({
  type: 'team.cancel_duty',
  recordId: team.id,
  title: t('carePage', 'take_off_question'),
  consequence: t('carePage', 'take_off_more', { name: duty.name, when }),
  action: t('carePage', 'take_off'),
  fields: [],
  toBody: () => ({ dutyId: duty.id }),
  done: t('web', 'saved'),
})
