/** The questions behind each act on a structure, its posts and the people in them. */
import { duties, dutiesOf, qualifications, type StructureKind, standingOf } from '#domain/net/kinds.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text } from '#web/form/spec.ts'
import type { StructureDetail } from '#wire/net.ts'
import { dutyWord, kindWord, qualificationWord } from './words.ts'

type Position = StructureDetail['positions'][number]
type Tenure = Position['tenures'][number]
interface Choices {
  readonly municipalities: readonly { readonly value: string; readonly label: string }[]
  readonly counties: readonly { readonly value: string; readonly label: string }[]
  readonly crossings: readonly { readonly value: string; readonly label: string }[]
}

const actFields = (t: Say): FieldSpec[] => [
  { name: 'act.number', kind: 'text', label: t('netPage', 'act_number'), optional: true },
  { name: 'act.date', kind: 'day', label: t('netPage', 'act_date'), optional: true },
]
/** `act.number` and `act.date` of the form are one act of the body. */
const withAct = (plain: Record<string, unknown>): Record<string, unknown> => {
  const { 'act.number': number, 'act.date': date, ...rest } = plain
  if (number === undefined && date === undefined) return rest
  return {
    ...rest,
    act: { ...(number === undefined ? {} : { number }), ...(date === undefined ? {} : { date }) },
  }
}
const day = (t: Say, name: 'from' | 'to', optional = false): FieldSpec => ({
  name,
  kind: 'day',
  label: t('netPage', name === 'from' ? 'from' : 'to'),
  optional,
})
const nameFields = (t: Say): FieldSpec[] => [
  { name: 'nameSq', kind: 'text', label: t('netPage', 'name_sq') },
  { name: 'nameEn', kind: 'text', label: t('netPage', 'name_en') },
]

export const addForm = (
  t: Say,
  kinds: readonly StructureKind[],
  own: string | null,
  choices: Choices,
): CommandForm => {
  const kindOf = (values: Parameters<typeof text>[0]) => kinds.find((kind) => kind === text(values, 'kind'))
  const stands = (where: ReturnType<typeof standingOf>): Pick<FieldSpec, 'when'> => ({
    when: (values) => {
      const kind = kindOf(values)
      return kind !== undefined && standingOf(kind) === where
    },
  })
  return {
    type: 'net.add_structure',
    recordId: uuidv7(),
    title: t('netPage', 'add_structure'),
    action: t('web', 'save'),
    fields: [
      {
        name: 'kind',
        kind: 'select',
        label: t('netPage', 'kind'),
        options: kinds.map((value) => ({ value, label: kindWord(t, value) })),
      },
      {
        name: 'municipality',
        kind: 'select',
        label: t('web', 'municipality'),
        options: choices.municipalities,
        ...(own === null ? {} : { initial: own }),
        ...stands('municipality'),
      },
      {
        name: 'county',
        kind: 'select',
        label: t('netPage', 'county'),
        options: choices.counties,
        ...stands('county'),
      },
      {
        name: 'crossing',
        kind: 'select',
        label: t('netPage', 'crossing'),
        options: choices.crossings,
        ...stands('crossing'),
      },
      ...nameFields(t),
      day(t, 'from'),
      day(t, 'to', true),
      ...actFields(t),
    ],
    toBody: withAct,
    done: t('web', 'saved'),
  }
}

type Structure = Pick<StructureDetail, 'id' | 'version'>
const on = (structure: Structure) => ({ recordId: structure.id, baseVersion: structure.version })

export const renameForm = (t: Say, structure: Structure): CommandForm => ({
  ...on(structure),
  type: 'net.rename_structure',
  title: t('netPage', 'rename'),
  consequence: t('netPage', 'rename_more'),
  action: t('web', 'save'),
  fields: [day(t, 'from'), ...nameFields(t), ...actFields(t)],
  toBody: withAct,
  done: t('web', 'saved'),
})
export const confirmForm = (t: Say, structure: Structure): CommandForm => ({
  ...on(structure),
  type: 'net.confirm_structure',
  title: t('netPage', 'confirm_question'),
  consequence: t('netPage', 'confirm_more'),
  action: t('netPage', 'confirm'),
  fields: [],
  done: t('web', 'saved'),
})
export const endForm = (t: Say, structure: Structure): CommandForm => ({
  ...on(structure),
  type: 'net.end_structure',
  title: t('netPage', 'end_question'),
  consequence: t('netPage', 'end_more'),
  action: t('netPage', 'end'),
  kind: 'danger',
  fields: [day(t, 'to'), ...actFields(t)],
  toBody: withAct,
  done: t('web', 'saved'),
})

const postFields = (t: Say, position?: Position): FieldSpec[] => [
  {
    name: 'fullTime',
    kind: 'yes_no',
    label: t('netPage', 'full_time'),
    ...(position === undefined ? {} : { initial: position.fullTime ? 'yes' : 'no' }),
  },
  {
    name: 'inJobDescription',
    kind: 'yes_no',
    label: t('netPage', 'in_job_description'),
    ...(position === undefined ? {} : { initial: position.inJobDescription ? 'yes' : 'no' }),
  },
]
export const addPostForm = (t: Say, structure: Structure & { kind: StructureKind }): CommandForm => ({
  ...on(structure),
  type: 'net.add_position',
  title: t('netPage', 'add_post'),
  action: t('web', 'save'),
  fields: [
    {
      name: 'duty',
      kind: 'select',
      label: t('netPage', 'duty'),
      options: duties
        .filter((duty) => dutiesOf(structure.kind).includes(duty))
        .map((value) => ({ value, label: dutyWord(t, value) })),
    },
    ...postFields(t),
    day(t, 'from'),
    day(t, 'to', true),
  ],
  done: t('web', 'saved'),
})
export const changePostForm = (t: Say, structure: Structure, position: Position): CommandForm => ({
  ...on(structure),
  type: 'net.change_position',
  title: dutyWord(t, position.duty),
  action: t('web', 'save'),
  fields: postFields(t, position),
  toBody: (plain) => ({ ...plain, positionId: position.id }),
  done: t('web', 'saved'),
})
export const endPostForm = (t: Say, structure: Structure, position: Position): CommandForm => ({
  ...on(structure),
  type: 'net.end_position',
  title: t('netPage', 'end_post_question'),
  consequence: t('netPage', 'end_post_more'),
  action: t('netPage', 'end'),
  kind: 'danger',
  fields: [day(t, 'to')],
  toBody: (plain) => ({ ...plain, positionId: position.id }),
  done: t('web', 'saved'),
})
export const appointForm = (t: Say, structure: Structure, position: Position): CommandForm => ({
  ...on(structure),
  type: 'net.appoint',
  title: t('netPage', 'appoint'),
  consequence: dutyWord(t, position.duty),
  action: t('web', 'save'),
  fields: [
    day(t, 'from'),
    day(t, 'to', true),
    {
      name: 'sex',
      kind: 'radio',
      label: t('netPage', 'sex'),
      options: [
        { value: 'female', label: t('netPage', 'sex_female') },
        { value: 'male', label: t('netPage', 'sex_male') },
      ],
    },
    {
      name: 'qualification',
      kind: 'select',
      label: t('netPage', 'qualification'),
      options: qualifications.map((value) => ({ value, label: qualificationWord(t, value) })),
    },
    {
      name: 'name',
      kind: 'text',
      label: t('netPage', 'person'),
      hint: t('netPage', 'person_hint'),
      optional: true,
    },
    ...actFields(t),
  ],
  toBody: (plain) => withAct({ ...plain, positionId: position.id }),
  done: t('web', 'saved'),
})
export const endTenureForm = (t: Say, structure: Structure, tenure: Tenure): CommandForm => ({
  ...on(structure),
  type: 'net.end_appointment',
  title: t('netPage', 'end_tenure_question'),
  action: t('netPage', 'end'),
  kind: 'danger',
  fields: [day(t, 'to')],
  toBody: (plain) => ({ ...plain, tenureId: tenure.id }),
  done: t('web', 'saved'),
})
