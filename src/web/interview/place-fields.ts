/** Questions that several acts of formal identification share: where, and why the person is heard again. */
import { noRoomReasons, repeatReasons } from '#domain/interview/state.ts'
import type { Say } from '#web/design/words.tsx'
import { type FieldSpec, text, type Values } from '#web/form/spec.ts'
import type { InterviewRoom } from './types.ts'

export type Name = { readonly nameSq: string; readonly nameEn: string }
export const named = (sq: boolean, one: Name): string => (sq ? one.nameSq : one.nameEn)
export const elsewhere = 'none'

export const placeFields = (
  t: Say,
  sq: boolean,
  rooms: readonly InterviewRoom[],
  now?: { readonly room: string | undefined; readonly noRoom: string | null; readonly place: string | null },
): FieldSpec[] => [
  {
    name: 'roomId',
    kind: 'select',
    label: t('interviewPage', 'room'),
    options: [
      ...rooms.map((one) => ({ value: one.id, label: named(sq, one) })),
      { value: elsewhere, label: t('interviewPage', 'no_room') },
    ],
    initial: now === undefined ? (rooms[0]?.id ?? elsewhere) : (now.room ?? elsewhere),
  },
  {
    name: 'noRoom',
    kind: 'select',
    label: t('interviewPage', 'why_no_room'),
    options: noRoomReasons.map((value) => ({ value, label: t('interviewPage', `no_room_${value}`) })),
    initial: now?.noRoom ?? 'none_near',
    when: (values) => text(values, 'roomId') === elsewhere,
  },
  {
    name: 'place',
    kind: 'text',
    label: t('interviewPage', 'place'),
    hint: t('interviewPage', 'place_hint'),
    initial: now?.place ?? '',
    when: (values) => text(values, 'roomId') === elsewhere,
  },
]
export const inRoom = (plain: Record<string, unknown>): Record<string, unknown> => {
  const { roomId, ...rest } = plain
  return roomId === elsewhere ? rest : { ...rest, roomId }
}
export const repeatFields = (t: Say, when: (values: Values) => boolean): FieldSpec[] => [
  {
    name: 'repeatReason',
    kind: 'select',
    label: t('interviewPage', 'repeat_reason'),
    options: repeatReasons.map((value) => ({ value, label: t('interviewPage', `repeat_${value}`) })),
    initial: 'unfinished',
    when,
  },
  { name: 'repeatNote', kind: 'area', label: t('interviewPage', 'repeat_note'), optional: true, when },
]
