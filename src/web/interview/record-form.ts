/** The record of an interview as a form: who took part, how it was recorded, and each condition that applies. */
import {
  applicable,
  type CheckFacts,
  type CheckItem,
  derived,
  type ParticipantRole,
  participantRoles,
  type Recording,
  recordings,
} from '#domain/interview/checklist.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text, type Values } from '#web/form/spec.ts'
import { elsewhere, inRoom, placeFields, repeatFields } from './place-fields.ts'
import type { InterviewView } from './types.ts'

const participantsOf = (values: Values): { role: ParticipantRole; name: string }[] =>
  participantRoles.flatMap((role) =>
    text(values, `who_${role}`)
      .split(';')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => ({ role, name })),
  )

/** What the form says so far: which conditions apply, and which are answered by it. */
const factsOf = (view: InterviewView, values: Values): CheckFacts => {
  const roles = participantsOf(values).map(({ role }) => role)
  return {
    subject: view.subject,
    sexual: view.sexual,
    under14: view.under14,
    interpreter: view.language !== null || roles.includes('interpreter'),
    repeated: text(values, 'repeated') === 'yes',
    roles,
    room: text(values, 'roomId') !== elsewhere,
    recording: (recordings.find((one) => one === text(values, 'recording')) ?? 'none') satisfies Recording,
  }
}
const applies = (view: InterviewView, item: CheckItem, values: Values): boolean =>
  applicable({ version: view.checklist.version, effectiveFrom: '', items: [item] }, factsOf(view, values))
    .length > 0

const itemWord = (t: Say, code: string): string => t('interviewPage', `item_${code as 'private'}`)

const itemFields = (t: Say, view: InterviewView): FieldSpec[] =>
  view.checklist.items.flatMap((item): FieldSpec[] => {
    const label = `${itemWord(t, item.code)}${item.mandatory ? ` (${t('interviewPage', 'mandatory')})` : ''}`
    const asked = item.from === 'answer'
    return [
      ...(asked
        ? [
            {
              name: `item_${item.code}`,
              kind: 'yes_no',
              label,
              hint:
                item.verification === 'U'
                  ? `${item.source} (${t('interviewPage', 'unconfirmed')})`
                  : item.source,
              when: (values) => applies(view, item, values),
            } satisfies FieldSpec,
          ]
        : []),
      {
        name: `why_${item.code}`,
        kind: 'text',
        label: t('interviewPage', 'reason_for', { item: itemWord(t, item.code) }),
        when: (values) =>
          applies(view, item, values) &&
          (asked
            ? text(values, `item_${item.code}`) === 'no'
            : derived(item, factsOf(view, values)) === false),
      },
    ]
  })

export const recordForm = (
  t: Say,
  sq: boolean,
  view: InterviewView,
): Omit<CommandForm, 'type' | 'recordId'> => ({
  title: t('interviewPage', 'act_record'),
  action: t('interviewPage', 'act_record'),
  consequence: t('interviewPage', 'conditions_lede'),
  done: t('interviewPage', 'record_done'),
  wide: true,
  fields: [
    { name: 'heldAt', kind: 'time', label: t('interviewPage', 'held_at') },
    { name: 'minutes', kind: 'number', label: t('interviewPage', 'minutes') },
    { name: 'breaks', kind: 'number', label: t('interviewPage', 'breaks'), initial: '0' },
    ...placeFields(t, sq, view.rooms, {
      room: view.room?.id,
      noRoom: view.noRoom,
      place: view.named?.place ?? null,
    }),
    { name: 'who', kind: 'note', label: t('interviewPage', 'participants_hint') },
    ...participantRoles.map(
      (role): FieldSpec => ({
        name: `who_${role}`,
        kind: 'text',
        label: t('interviewPage', 'participant_name', { role: t('interviewPage', `role_${role}`) }),
        optional: role !== 'police' && role !== 'social_service',
      }),
    ),
    {
      name: 'recording',
      kind: 'radio',
      label: t('interviewPage', 'recording'),
      options: recordings.map((value) => ({ value, label: t('interviewPage', `recording_${value}`) })),
    },
    {
      name: 'recordingReference',
      kind: 'text',
      label: t('interviewPage', 'recording_reference'),
      when: (values) => ['audio', 'audio_video'].includes(text(values, 'recording')),
    },
    {
      name: 'repeated',
      kind: 'yes_no',
      label: t('interviewPage', 'repeated'),
      initial: view.number > 1 ? 'yes' : '',
    },
    ...repeatFields(t, (values) => text(values, 'repeated') === 'yes'),
    ...itemFields(t, view),
    {
      name: 'notes',
      kind: 'area',
      label: t('interviewPage', 'notes'),
      hint: t('interviewPage', 'notes_hint'),
    },
  ],
  toBody: (plain, values) => {
    const body = Object.fromEntries(
      Object.entries(inRoom(plain)).filter(([name]) => !/^(item|why|who)_/.test(name)),
    )
    return {
      ...body,
      participants: participantsOf(values),
      items: view.checklist.items
        .filter((item) => applies(view, item, values))
        .map(({ code, from }) => ({
          code,
          met: from === 'answer' ? text(values, `item_${code}`) === 'yes' : true,
          ...(text(values, `why_${code}`) === '' ? {} : { reason: text(values, `why_${code}`) }),
        })),
    }
  },
})
