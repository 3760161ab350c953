/** The questions behind each act on beds, facilities and foster families. */
import { bedGroupSexes, refuseReasons, releaseReasons } from '#domain/care/beds.ts'
import {
  facilityKinds,
  refusalReasons,
  statusReasons,
  trainingTopics,
  type VisitKind,
  visitOutcomes,
} from '#domain/care/places.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text, type Values } from '#web/form/spec.ts'
import type { CareHold, CarePlaceDetail } from '#wire/care.ts'
import { bandOptions, sexOptions, whom } from './words.ts'

type Options = NonNullable<FieldSpec['options']>
type Plain = Record<string, unknown>
const free = (name: string, label: string, initial: string | null | undefined): FieldSpec => ({
  name,
  kind: 'text',
  label,
  optional: true,
  initial: initial ?? '',
})

/** Up to three kinds of beds; the second and third are asked for when the one before says whom it is for. */
const bedFields = (t: Say, beds: CarePlaceDetail['beds'] = []): FieldSpec[] =>
  [0, 1, 2].flatMap((n): FieldSpec[] => {
    const when = (values: Values) => n === 0 || text(values, `beds.${n}.sex`) !== ''
    return [
      {
        name: `beds.${n}.sex`,
        kind: 'select',
        label: t('carePage', n === 0 ? 'group_sex' : 'group_sex_more'),
        options: bedGroupSexes.map((value) => ({ value, label: t('carePage', `sex_${value}`) })),
        optional: n > 0,
        initial: beds[n]?.sex ?? '',
        ...(n === 0 ? {} : { when: (values: Values) => text(values, `beds.${n - 1}.sex`) !== '' }),
      },
      {
        name: `beds.${n}.bands`,
        kind: 'checks',
        label: t('carePage', 'group_bands'),
        options: bandOptions(t),
        initial: beds[n]?.bands ?? [],
        when,
      },
      {
        name: `beds.${n}.places`,
        kind: 'number',
        label: t('carePage', 'group_places'),
        initial: beds[n]?.places.toString() ?? '',
        when,
      },
    ]
  })
const withBeds = (plain: Plain): Plain => ({
  ...Object.fromEntries(Object.entries(plain).filter(([key]) => !key.startsWith('beds.'))),
  beds: [0, 1, 2]
    .filter((n) => plain[`beds.${n}.sex`] !== undefined)
    .map((n) => ({
      sex: plain[`beds.${n}.sex`],
      bands: plain[`beds.${n}.bands`],
      places: plain[`beds.${n}.places`],
    })),
})

export const facilityForm = (
  t: Say,
  towns: Options,
  units: Options,
  place?: CarePlaceDetail,
): CommandForm => ({
  type: 'care.set_facility',
  recordId: place?.id ?? uuidv7(),
  baseVersion: place?.version,
  title: t('carePage', place === undefined ? 'add_facility' : 'change'),
  action: t('web', 'save'),
  wide: true,
  fields: [
    {
      name: 'nameSq',
      kind: 'text',
      label: t('carePage', 'name_sq'),
      hint: t('carePage', 'name_hint'),
      initial: place?.nameSq ?? '',
    },
    { name: 'nameEn', kind: 'text', label: t('carePage', 'name_en'), initial: place?.nameEn ?? '' },
    {
      name: 'facilityKind',
      kind: 'select',
      label: t('carePage', 'facility_kind'),
      options: facilityKinds.map((value) => ({ value, label: t('carePage', `kind_${value}`) })),
      initial: place?.facilityKind ?? '',
    },
    {
      name: 'unitId',
      kind: 'select',
      label: t('carePage', 'unit'),
      options: units,
      initial: place?.unitId ?? '',
    },
    {
      name: 'municipality',
      kind: 'select',
      label: t('web', 'municipality'),
      options: towns,
      initial: place?.municipality ?? '',
    },
    {
      name: 'licenceNumber',
      kind: 'text',
      label: t('carePage', 'licence_number'),
      initial: place?.licenceNumber ?? '',
    },
    {
      name: 'licenceFrom',
      kind: 'day',
      label: t('carePage', 'licence_from'),
      initial: place?.licenceFrom ?? '',
    },
    {
      name: 'licenceTo',
      kind: 'day',
      label: t('carePage', 'licence_to'),
      optional: true,
      initial: place?.licenceTo ?? '',
    },
    ...bedFields(t, place?.beds),
    { name: 'contact', kind: 'text', label: t('carePage', 'contact'), initial: place?.names ?? '' },
    free('phone', t('carePage', 'phone'), place?.phone),
  ],
  toBody: withBeds,
  done: t('web', 'saved'),
})

export const familyForm = (t: Say, today: string, place?: CarePlaceDetail): CommandForm => ({
  type: place === undefined ? 'care.apply_family' : 'care.change_family',
  recordId: place?.id ?? uuidv7(),
  baseVersion: place?.version,
  title: t('carePage', place === undefined ? 'add_family' : 'change'),
  action: t('web', 'save'),
  wide: true,
  fields: [
    {
      name: 'names',
      kind: 'text',
      label: t('carePage', 'names'),
      hint: t('carePage', 'names_hint'),
      initial: place?.names ?? '',
    },
    free('phone', t('carePage', 'phone'), place?.phone),
    ...(place === undefined
      ? [{ name: 'appliedOn', kind: 'day' as const, label: t('carePage', 'applied_on'), initial: today }]
      : []),
    ...bedFields(t, place?.beds),
    {
      name: 'siblings',
      kind: 'yes_no',
      label: t('carePage', 'siblings_yes'),
      initial: place === undefined ? '' : place.siblings ? 'yes' : 'no',
    },
  ],
  toBody: withBeds,
  done: t('web', 'saved'),
})

const whoFields = (t: Say, asked: { readonly sex: string; readonly ageBand: string }): FieldSpec[] => [
  { name: 'sex', kind: 'radio', label: t('carePage', 'sex'), options: sexOptions(t), initial: asked.sex },
  {
    name: 'ageBand',
    kind: 'select',
    label: t('carePage', 'age'),
    options: bandOptions(t),
    initial: asked.ageBand,
  },
]
const nobody = { sex: '', ageBand: '' }
export const holdForm = (t: Say, placeId: string): CommandForm => ({
  type: 'bed.hold',
  recordId: uuidv7(),
  title: t('carePage', 'hold'),
  consequence: t('carePage', 'hold_more_plain'),
  action: t('carePage', 'hold'),
  fields: whoFields(t, nobody),
  toBody: (plain) => ({ ...plain, placeId }),
  done: t('carePage', 'hold_done'),
})
export const takeForm = (t: Say, placeId: string): CommandForm => ({
  type: 'bed.take',
  recordId: uuidv7(),
  title: t('carePage', 'take'),
  consequence: t('carePage', 'take_more'),
  action: t('web', 'save'),
  fields: whoFields(t, nobody),
  toBody: (plain) => ({ ...plain, placeId }),
  done: t('web', 'saved'),
})

type Held = Pick<CareHold, 'id' | 'version' | 'sex' | 'ageBand' | 'state'>
const reasons = (
  t: Say,
  codes: readonly (typeof refuseReasons | typeof releaseReasons)[number][],
): FieldSpec[] => [
  {
    name: 'reason',
    kind: 'radio',
    label: t('carePage', 'why'),
    options: codes.map((value) => ({ value, label: t('carePage', `r_${value}`) })),
  },
]
const onHold = (t: Say, hold: Held, act: 'confirm' | 'refuse' | 'release' | 'expire') => ({
  type: `bed.${act}`,
  recordId: hold.id,
  baseVersion: hold.version,
  title: `${t('carePage', act)}: ${whom(t, hold)}`,
  action: t('carePage', act),
  done: t('web', 'saved'),
})
export const confirmForm = (t: Say, hold: Held): CommandForm => ({
  ...onHold(t, hold, 'confirm'),
  consequence: t('carePage', 'confirm_more'),
  fields: [
    {
      name: 'said',
      kind: 'area',
      optional: true,
      label: t('carePage', 'said'),
      hint: t('carePage', 'said_hint'),
    },
  ],
})
export const refuseForm = (t: Say, hold: Held): CommandForm => ({
  ...onHold(t, hold, 'refuse'),
  fields: [
    ...reasons(t, refuseReasons),
    { name: 'said', kind: 'area', label: t('carePage', 'said_why'), hint: t('carePage', 'said_hint') },
  ],
})
export const releaseForm = (t: Say, hold: Held): CommandForm => ({
  ...onHold(t, hold, 'release'),
  fields: reasons(
    t,
    releaseReasons.filter((one) =>
      hold.state === 'OCCUPIED'
        ? ['placement_ended', 'moved', 'entered_by_mistake'].includes(one)
        : !['placement_ended', 'moved'].includes(one),
    ),
  ),
})
export const expireForm = (t: Say, hold: Held): CommandForm => ({ ...onHold(t, hold, 'expire'), fields: [] })

export const addressForm = (t: Say, place: CarePlaceDetail): CommandForm => ({
  type: 'care.set_address',
  recordId: place.id,
  baseVersion: place.version,
  title: t('carePage', 'set_address'),
  consequence: t('carePage', 'set_address_more'),
  action: t('web', 'save'),
  fields: [{ name: 'address', kind: 'text', label: t('carePage', 'address') }],
  done: t('web', 'saved'),
})

const nextStatuses = { approved: ['suspended', 'closed'], suspended: ['approved', 'closed'] } as const
export const statusForm = (t: Say, place: CarePlaceDetail): CommandForm => ({
  type: 'care.set_status',
  recordId: place.id,
  baseVersion: place.version,
  title: t('carePage', 'set_status'),
  action: t('web', 'save'),
  fields: [
    {
      name: 'status',
      kind: 'radio',
      label: t('carePage', 'col_state'),
      options: nextStatuses[place.status === 'suspended' ? 'suspended' : 'approved'].map((value) => ({
        value,
        label: t('carePage', `to_${value}`),
      })),
    },
    {
      name: 'reason',
      kind: 'select',
      label: t('carePage', 'why'),
      options: statusReasons.map((value) => ({ value, label: t('carePage', `c_${value}`) })),
    },
  ],
  done: t('web', 'saved'),
})
export const decideForm = (t: Say, place: CarePlaceDetail): CommandForm => {
  const why = (values: Values) =>
    text(values, 'approved') === 'no' || (text(values, 'approved') === 'yes' && place.recommended === false)
  return {
    type: 'care.decide_family',
    recordId: place.id,
    baseVersion: place.version,
    title: t('carePage', 'decide'),
    consequence: t('carePage', 'decide_more'),
    action: t('web', 'save'),
    fields: [
      {
        name: 'approved',
        kind: 'radio',
        label: t('carePage', 'decision'),
        options: (['yes', 'no'] as const).map((value) => ({
          value,
          label: t('carePage', `decision_${value}`),
        })),
      },
      {
        name: 'reason',
        kind: 'select',
        label: t('carePage', 'why'),
        options: refusalReasons.map((value) => ({ value, label: t('carePage', `f_${value}`) })),
        when: why,
      },
    ],
    toBody: (plain) => ({ ...plain, approved: plain.approved === 'yes' }),
    done: t('web', 'saved'),
  }
}

const standardWords = [
  'admission',
  'plan',
  'child_views',
  'health',
  'education',
  'family_contact',
  'safety',
  'privacy',
  'staff',
  'premises',
  'complaints',
  'leaving',
  'reachable',
  'arrives_in_time',
  'trained',
  'transport',
  'material_help',
  'referral',
  'records',
] as const
/** A standard of a version that this page does not know yet keeps its code. */
export const standardWord = (t: Say, code: string): string => {
  const known = standardWords.find((one) => one === code)
  return known === undefined ? code : t('carePage', `s_${known}`)
}

export const visitForm = (
  t: Say,
  on: {
    readonly id: string
    readonly version: number
    readonly standards: { readonly codes: readonly string[] }
  },
  kind: VisitKind,
  today: string,
  type: 'care.visit' | 'team.inspect' = 'care.visit',
): CommandForm => ({
  type,
  recordId: on.id,
  baseVersion: on.version,
  title: t('carePage', `add_${kind}`),
  action: t('web', 'save'),
  wide: kind === 'inspection',
  fields: [
    { name: 'onDay', kind: 'day', label: t('carePage', 'on_day'), initial: today },
    ...(kind === 'inspection'
      ? on.standards.codes.map(
          (code): FieldSpec => ({
            name: `scores.${code}`,
            kind: 'select',
            label: standardWord(t, code),
            options: (['0', '1', '2', '3'] as const).map((value) => ({
              value,
              label: t('carePage', `score_${value}`),
            })),
          }),
        )
      : []),
    ...(kind === 'training'
      ? [
          { name: 'hours', kind: 'number' as const, label: t('carePage', 'hours') },
          {
            name: 'topic',
            kind: 'select' as const,
            label: t('carePage', 'topic'),
            options: trainingTopics.map((value) => ({ value, label: t('carePage', `t_${value}`) })),
          },
        ]
      : [
          {
            name: 'outcome',
            kind: 'radio' as const,
            label: t('carePage', 'outcome'),
            options: visitOutcomes[kind].map((value) => ({ value, label: t('carePage', `o_${value}`) })),
          },
          {
            name: 'findings',
            kind: 'area' as const,
            label: t('carePage', 'findings'),
            hint: t('carePage', 'findings_hint'),
            optional: true,
          },
        ]),
    ...(kind === 'inspection' || kind === 'review'
      ? [
          {
            name: 'nextDue',
            kind: 'day' as const,
            label: t('carePage', 'next_due'),
            hint: t('carePage', 'next_due_hint'),
            optional: true,
          },
        ]
      : []),
  ],
  toBody: (plain) => ({
    ...Object.fromEntries(Object.entries(plain).filter(([key]) => !key.startsWith('scores.'))),
    scores: Object.fromEntries(
      Object.entries(plain).flatMap(([key, value]) =>
        key.startsWith('scores.') ? [[key.slice('scores.'.length), Number(value)]] : [],
      ),
    ),
    ...(type === 'care.visit' ? { kind } : {}),
  }),
  done: t('web', 'saved'),
})
