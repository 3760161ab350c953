import { heldModes, participantRoles } from '#domain/prevention/training.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import type { ProfessionalView, TrainingView } from '#wire/prevention.ts'
import {
  options,
  placeField,
  planFields,
  planOf,
  reasonField,
  topicOptions,
  usePlanOptions,
} from './shared.tsx'

/** The dialog of a training: a new one, or the correction of one that stands. */
export const useTrainingForm = () => {
  const t = useWords()
  const user = useUser()
  const municipalities = useMunicipalities()
  const plans = usePlanOptions()
  return (was?: TrainingView): CommandForm => ({
    type: was === undefined ? 'training.record' : 'training.correct',
    recordId: was?.id ?? uuidv7(),
    ...(was === undefined ? {} : { baseVersion: was.version }),
    title: t('prevention', was === undefined ? 'new_training' : 'correct_question'),
    action: t('prevention', was === undefined ? 'record' : 'correct'),
    wide: true,
    fields: [
      {
        name: 'title',
        kind: 'text',
        label: t('prevention', 'name_of_act'),
        hint: t('prevention', 'no_names'),
        initial: was?.title ?? '',
      },
      {
        name: 'topic',
        kind: 'select',
        label: t('prevention', 'topic'),
        options: topicOptions(),
        initial: was?.topic ?? '',
      },
      {
        name: 'mode',
        kind: 'select',
        label: t('prevention', 'mode'),
        options: options('mode', heldModes),
        initial: was?.mode ?? '',
      },
      { name: 'from', kind: 'day', label: t('prevention', 'from'), initial: was?.from ?? '' },
      { name: 'to', kind: 'day', label: t('prevention', 'to'), initial: was?.to ?? '' },
      {
        name: 'sessions',
        kind: 'number',
        label: t('prevention', 'sessions'),
        initial: was === undefined ? '1' : String(was.sessions),
      },
      placeField(t, user.unit.municipality, municipalities, was?.municipality),
      {
        name: 'venue',
        kind: 'text',
        label: t('prevention', 'venue'),
        optional: true,
        initial: was?.venue ?? '',
      },
      {
        name: 'organiser',
        kind: 'text',
        label: t('prevention', 'organiser'),
        hint: t('prevention', 'organiser_hint'),
        initial: was?.organiser ?? '',
      },
      {
        name: 'curriculum',
        kind: 'text',
        label: t('prevention', 'curriculum'),
        optional: true,
        initial: was?.curriculum ?? '',
      },
      {
        name: 'funder',
        kind: 'text',
        label: t('prevention', 'funder'),
        optional: true,
        initial: was?.funder ?? '',
      },
      ...planFields(t, plans, was?.plan ?? null),
      ...(was === undefined ? [] : [reasonField(t)]),
    ],
    toBody: ({ 'plan.uid': _, plan, ...plain }) => ({ ...plain, plan: planOf({ plan, 'plan.uid': _ }) }),
    done: t('prevention', was === undefined ? 'recorded' : 'corrected'),
  })
}

type Person = TrainingView['people'][number]

/** Who took part and how: somebody of one's own register, or what stands of a participant. */
export const participantForm = (
  t: Say,
  training: TrainingView,
  people: readonly ProfessionalView[],
  was?: Person,
): CommandForm => ({
  type: 'training.set_participants',
  recordId: training.id,
  title: t('prevention', 'participant_question'),
  action: t('prevention', was === undefined ? 'add_participant' : 'set_participant'),
  fields: [
    {
      name: 'professionalId',
      kind: 'select',
      label: t('prevention', 'professional'),
      initial: was?.professionalId ?? '',
      options:
        was === undefined
          ? people
              .filter((one) => !training.people.some((known) => known.professionalId === one.id))
              .map((one) => ({ value: one.id, label: `${one.name}, ${one.birthYear}` }))
          : [{ value: was.professionalId, label: was.name }],
    },
    {
      name: 'role',
      kind: 'radio',
      label: t('prevention', 'role'),
      options: options('role', participantRoles),
      initial: was?.role ?? 'participant',
    },
    {
      name: 'attended',
      kind: 'number',
      label: t('prevention', 'attended'),
      initial: String(was?.attended ?? training.sessions),
    },
    {
      name: 'before',
      kind: 'number',
      label: t('prevention', 'before'),
      optional: true,
      initial: was?.before === null || was === undefined ? '' : String(was.before),
    },
    {
      name: 'after',
      kind: 'number',
      label: t('prevention', 'after'),
      optional: true,
      initial: was?.after === null || was === undefined ? '' : String(was.after),
    },
  ],
  toBody: (plain) => ({ participants: [plain] }),
  done: t('web', 'saved'),
})
