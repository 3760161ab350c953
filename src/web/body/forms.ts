/** The forms of a body and its meetings. Every one that takes free text says first that no case and no name belongs there. */

import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text, type Values } from '#web/form/spec.ts'
import type { BodyView, InstitutionView, MemberView } from '#wire/body.ts'
import type { MeetingView } from '#wire/meeting.ts'
import { institutionFields, seatName, type useName, type useTowns, withCounty } from './shared.ts'

export interface Around {
  readonly t: Say
  readonly name: ReturnType<typeof useName>
  readonly today: string
  readonly list: readonly InstitutionView[]
  readonly towns: ReturnType<typeof useTowns>
}

const warn = (t: Say): FieldSpec => ({ name: 'no_names', kind: 'note', label: t('bodyPage', 'no_names') })
const seatOptions = (members: readonly MemberView[], name: Around['name']) =>
  members.map((one) => ({ value: one.id, label: seatName(one, name) }))
const openSeats = (body: BodyView, today: string): readonly MemberView[] =>
  body.members.filter((one) => one.to === null || one.to >= today)

export const convening = (body: BodyView, { t, name, today }: Around): CommandForm => {
  const seats = openSeats(body, today)
  return {
    type: 'meeting.convene',
    recordId: uuidv7(),
    title: t('bodyPage', 'convene_question'),
    action: t('bodyPage', 'convene'),
    wide: true,
    fields: [
      warn(t),
      { name: 'startsAt', kind: 'time', label: t('bodyPage', 'starts_at') },
      { name: 'place', kind: 'text', label: t('bodyPage', 'place') },
      { name: 'agenda', kind: 'area', label: t('bodyPage', 'agenda') },
      {
        name: 'jointWith',
        kind: 'checks',
        label: t('bodyPage', 'joint_with'),
        optional: true,
        options: (['domestic_violence', 'child_violence', 'gender'] as const).map((value) => ({
          value,
          label: t('bodyPage', `joint_${value}`),
        })),
      },
      {
        name: 'memberIds',
        kind: 'checks',
        label: t('bodyPage', 'whom'),
        options: seatOptions(seats, name),
        initial: seats.map((one) => one.id),
      },
    ],
    toBody: (plain) => ({ ...plain, bodyId: body.id }),
    done: t('bodyPage', 'convened_done'),
  }
}

export const addingMember = (body: BodyView, around: Around): CommandForm => {
  const { t, name, today, list, towns } = around
  return {
    type: 'body.add_member',
    recordId: body.id,
    title: t('bodyPage', 'add_member_question'),
    action: t('bodyPage', 'add_member'),
    fields: [
      ...(body.anonymous
        ? [{ name: 'never', kind: 'note', label: t('bodyPage', 'never_named') } as const]
        : []),
      ...institutionFields(
        { name: 'institution', label: t('bodyPage', 'institution') },
        list,
        towns,
        body,
        name,
        t,
      ),
      {
        name: 'seat',
        kind: 'radio',
        label: t('bodyPage', 'seat'),
        options: (['chair', 'secretary', 'member', 'observer'] as const).map((value) => ({
          value,
          label: t('bodyPage', `seat_${value}`),
        })),
      },
      ...(body.anonymous
        ? []
        : ([
            { name: 'officeSq', kind: 'text', label: t('bodyPage', 'office_sq'), optional: true },
            { name: 'officeEn', kind: 'text', label: t('bodyPage', 'office_en'), optional: true },
            {
              name: 'officialName',
              kind: 'text',
              label: t('bodyPage', 'official_name'),
              hint: t('bodyPage', 'official_name_hint'),
              optional: true,
            },
          ] as const)),
      { name: 'from', kind: 'day', label: t('bodyPage', 'from'), initial: today },
    ],
    toBody: (plain) => withCounty(plain, towns),
    done: t('web', 'saved'),
  }
}

export const endingMember = (
  body: BodyView,
  member: MemberView,
  { t, name, today }: Around,
): CommandForm => ({
  type: 'body.end_member',
  recordId: body.id,
  title: t('bodyPage', 'end_member_question'),
  consequence: t('bodyPage', 'end_member_more', { name: seatName(member, name) }),
  action: t('bodyPage', 'end_member'),
  kind: 'danger',
  fields: [{ name: 'to', kind: 'day', label: t('bodyPage', 'last_day'), initial: today }],
  toBody: (plain) => ({ ...plain, memberId: member.id }),
  done: t('web', 'saved'),
})

export const countingPeople = (body: BodyView, { t, today }: Around): CommandForm => ({
  type: 'body.count_people',
  recordId: body.id,
  baseVersion: body.version,
  title: t('bodyPage', 'count_question'),
  consequence: t('bodyPage', 'never_named'),
  action: t('bodyPage', 'count_people'),
  fields: [
    { name: 'people', kind: 'lek', label: t('bodyPage', 'number') },
    { name: 'day', kind: 'day', label: t('bodyPage', 'day'), initial: today },
  ],
  done: t('web', 'saved'),
})

const base = (meeting: MeetingView) => ({ recordId: meeting.id, baseVersion: meeting.version })
/** As a field of a form takes an instant: the device's own wall time. */
const wall = (at: string): string => {
  const local = new Date(Date.parse(at) - new Date(at).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

export const moving = (meeting: MeetingView, { t }: Around): CommandForm => ({
  ...base(meeting),
  type: 'meeting.move',
  title: t('bodyPage', 'move_question'),
  action: t('bodyPage', 'move'),
  fields: [
    warn(t),
    { name: 'startsAt', kind: 'time', label: t('bodyPage', 'starts_at'), initial: wall(meeting.startsAt) },
    { name: 'place', kind: 'text', label: t('bodyPage', 'place'), initial: meeting.place },
    { name: 'agenda', kind: 'area', label: t('bodyPage', 'agenda'), initial: meeting.agenda },
  ],
  done: t('bodyPage', 'moved_done'),
})

export const cancelling = (meeting: MeetingView, { t }: Around): CommandForm => ({
  ...base(meeting),
  type: 'meeting.cancel',
  title: t('bodyPage', 'cancel_question'),
  action: t('bodyPage', 'cancel'),
  kind: 'danger',
  fields: [warn(t), { name: 'reason', kind: 'area', label: t('bodyPage', 'reason') }],
  done: t('bodyPage', 'moved_done'),
})

const numberOf = (values: Values, name: string): number => Number(text(values, name).replaceAll(/\D/g, ''))

/** Each invited seat answers once; whoever came says with how many. */
export const holding = (meeting: MeetingView, { t, name, today }: Around): CommandForm => ({
  ...base(meeting),
  type: 'meeting.hold',
  title: t('bodyPage', 'hold_question'),
  action: t('bodyPage', 'hold'),
  wide: true,
  fields: [
    { name: 'heldOn', kind: 'day', label: t('bodyPage', 'held_on'), initial: today },
    ...(meeting.body.anonymous
      ? [
          { name: 'never', kind: 'note', label: t('bodyPage', 'never_named') } as const,
          ...(['present', 'absent', 'excused'] as const).map(
            (key): FieldSpec => ({
              name: `people-${key}`,
              kind: 'lek',
              label: t('bodyPage', `people_${key}`),
              initial: '0',
            }),
          ),
        ]
      : []),
    ...meeting.seats.flatMap(({ member }): FieldSpec[] => [
      {
        name: `came-${member.id}`,
        kind: 'select',
        label: seatName(member, name),
        options: (['present', 'absent', 'excused'] as const).map((value) => ({
          value,
          label: t('bodyPage', `outcome_${value}`),
        })),
      },
      {
        name: `persons-${member.id}`,
        kind: 'lek',
        label: t('bodyPage', 'persons_of', { name: seatName(member, name) }),
        initial: '1',
        when: (values) => text(values, `came-${member.id}`) === 'present',
      },
    ]),
  ],
  toBody: (_, values) => ({
    heldOn: text(values, 'heldOn'),
    attendance: meeting.seats.map(({ member }) => {
      const outcome = text(values, `came-${member.id}`)
      return {
        memberId: member.id,
        outcome,
        persons: outcome === 'present' ? numberOf(values, `persons-${member.id}`) : 0,
      }
    }),
    ...(meeting.body.anonymous
      ? {
          people: {
            present: numberOf(values, 'people-present'),
            absent: numberOf(values, 'people-absent'),
            excused: numberOf(values, 'people-excused'),
          },
        }
      : {}),
  }),
  done: t('bodyPage', 'held_done'),
})

export const writing = (meeting: MeetingView, { t }: Around): CommandForm => ({
  ...base(meeting),
  type: 'meeting.write_minutes',
  title: t('bodyPage', 'write_question'),
  action: t('bodyPage', 'write_minutes'),
  wide: true,
  fields: [
    warn(t),
    { name: 'text', kind: 'area', label: t('bodyPage', 'text'), initial: meeting.text ?? '' },
    {
      name: 'decisions',
      kind: 'area',
      label: t('bodyPage', 'decisions'),
      hint: t('bodyPage', 'decisions_hint'),
      optional: true,
      initial: meeting.decisions.join('\n'),
    },
    {
      name: 'nothingToCorrect',
      kind: 'checks',
      label: t('bodyPage', 'nothing_to_correct'),
      optional: true,
      options: [{ value: 'yes', label: t('bodyPage', 'nothing_to_correct_yes') }],
      initial: meeting.nothingToCorrect ? ['yes'] : [],
    },
  ],
  toBody: (plain, values) => ({
    text: plain.text,
    decisions: text(values, 'decisions')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    nothingToCorrect: Array.isArray(plain.nothingToCorrect) && plain.nothingToCorrect.length > 0,
  }),
  done: t('bodyPage', 'written_done'),
})

export const approving = (meeting: MeetingView, { t }: Around): CommandForm => ({
  ...base(meeting),
  type: 'meeting.approve_minutes',
  title: t('bodyPage', 'approve_question'),
  consequence: t('bodyPage', 'approve_more'),
  action: t('bodyPage', 'approve'),
  fields: [],
  done: t('bodyPage', 'approved_done'),
})

export const distributing = (meeting: MeetingView, { t, name }: Around): CommandForm => {
  const waiting = meeting.seats.filter((one) => one.sentAt === null && one.member.to === null)
  return {
    ...base(meeting),
    type: 'meeting.distribute',
    title: t('bodyPage', 'distribute_question'),
    action: t('bodyPage', 'distribute'),
    fields: [
      {
        name: 'memberIds',
        kind: 'checks',
        label: t('bodyPage', 'members'),
        options: seatOptions(
          waiting.map((one) => one.member),
          name,
        ),
        initial: waiting.map((one) => one.member.id),
      },
    ],
    done: t('bodyPage', 'distributed_done'),
  }
}

export const recommending = (meeting: MeetingView, around: Around): CommandForm => {
  const { t, name, list, towns } = around
  return {
    type: 'recommendation.make',
    recordId: uuidv7(),
    title: t('bodyPage', 'recommend_question'),
    action: t('bodyPage', 'recommend'),
    fields: [
      warn(t),
      {
        name: 'kind',
        kind: 'radio',
        label: t('bodyPage', 'kind'),
        options: (['recommendation', 'corrective_measure'] as const).map((value) => ({
          value,
          label: t('bodyPage', `kind_${value}`),
        })),
      },
      { name: 'text', kind: 'area', label: t('bodyPage', 'what') },
      ...institutionFields(
        { name: 'owner', label: t('bodyPage', 'owner') },
        list,
        towns,
        meeting.body,
        name,
        t,
      ),
      { name: 'dueOn', kind: 'day', label: t('bodyPage', 'due_on') },
    ],
    toBody: (plain) => ({ ...withCounty(plain, towns), meetingId: meeting.id }),
    done: t('bodyPage', 'made_done'),
  }
}
