/** The questions behind each act on an entry of the directory of services. */
import { serviceTypes } from '#domain/case/record.ts'
import { serviceStatuses, spoken, weekDays } from '#domain/services/provider.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text } from '#web/form/spec.ts'
import type { ProviderEntry, ServiceEntry } from '#wire/services.ts'

type Options = NonNullable<FieldSpec['options']>
type Profile = NonNullable<ProviderEntry['profile']>
type Place = Profile['places'][number]

export const serviceOptions = (t: Say): Options =>
  serviceTypes.map((value) => ({ value, label: t('casePage', `service_${value}`) }))
const free = (name: string, label: string, initial: string | null | undefined): FieldSpec => ({
  name,
  kind: 'text',
  label,
  optional: true,
  initial: initial ?? '',
})

export const serviceForm = (
  t: Say,
  towns: Options,
  provider: { readonly id: string; readonly places: Options },
  entry?: ServiceEntry,
): CommandForm => ({
  type: 'service.set',
  recordId: entry?.id ?? uuidv7(),
  baseVersion: entry?.version,
  title: t('servicesPage', entry === undefined ? 'add_service' : 'change_service'),
  action: t('web', 'save'),
  wide: true,
  fields: [
    {
      name: 'service',
      kind: 'select',
      label: t('servicesPage', 'service'),
      options: serviceOptions(t),
      initial: entry?.service ?? '',
    },
    { name: 'nameSq', kind: 'text', label: t('servicesPage', 'name_sq'), initial: entry?.nameSq ?? '' },
    { name: 'nameEn', kind: 'text', label: t('servicesPage', 'name_en'), initial: entry?.nameEn ?? '' },
    {
      name: 'descriptionSq',
      kind: 'area',
      label: t('servicesPage', 'description_sq'),
      hint: t('servicesPage', 'no_address'),
      initial: entry?.descriptionSq ?? '',
    },
    {
      name: 'descriptionEn',
      kind: 'area',
      label: t('servicesPage', 'description_en'),
      initial: entry?.descriptionEn ?? '',
    },
    free('howSq', t('servicesPage', 'how_sq'), entry?.howSq),
    free('howEn', t('servicesPage', 'how_en'), entry?.howEn),
    {
      name: 'minAge',
      kind: 'number',
      label: t('servicesPage', 'min_age'),
      optional: true,
      initial: entry?.minAge?.toString() ?? '',
    },
    {
      name: 'maxAge',
      kind: 'number',
      label: t('servicesPage', 'max_age'),
      optional: true,
      initial: entry?.maxAge?.toString() ?? '',
    },
    {
      name: 'free',
      kind: 'yes_no',
      label: t('servicesPage', 'is_free'),
      initial: entry === undefined ? '' : entry.free ? 'yes' : 'no',
    },
    {
      ...free('fees', t('servicesPage', 'fees'), entry?.fees),
      when: (values) => text(values, 'free') === 'no',
    },
    {
      name: 'languages',
      kind: 'checks',
      label: t('servicesPage', 'languages'),
      options: spoken.map((value) => ({ value, label: t('servicesPage', `lang_${value}`) })),
      initial: entry?.languages ?? ['sq'],
    },
    {
      name: 'places',
      kind: 'checks',
      label: t('servicesPage', 'places'),
      options: provider.places,
      optional: true,
      initial: entry?.places.map((one) => one.id) ?? [],
    },
    free('phone', t('servicesPage', 'phone'), entry?.phone),
    {
      name: 'days',
      kind: 'checks',
      label: t('servicesPage', 'days'),
      options: weekDays.map((value) => ({ value, label: t('servicesPage', `day_${value}`) })),
      optional: true,
      initial: entry?.days ?? [],
    },
    {
      ...free('opensAt', t('servicesPage', 'opens'), entry?.opensAt),
      hint: t('servicesPage', 'hour_hint'),
    },
    {
      ...free('closesAt', t('servicesPage', 'closes'), entry?.closesAt),
      hint: t('servicesPage', 'hour_hint'),
    },
    {
      name: 'areas',
      kind: 'checks',
      label: t('servicesPage', 'areas'),
      hint: t('servicesPage', 'areas_hint'),
      options: towns,
      optional: true,
      initial: entry?.areas ?? [],
    },
  ],
  toBody: (plain) => ({ ...plain, providerId: provider.id }),
  done: t('web', 'saved'),
})

export const confirmForm = (t: Say, entry: ServiceEntry): CommandForm => ({
  type: 'service.verify',
  recordId: entry.id,
  baseVersion: entry.version,
  title: t('servicesPage', 'confirm_question'),
  consequence: t('servicesPage', 'confirm_more'),
  action: t('servicesPage', 'confirm'),
  fields: [],
  done: t('web', 'saved'),
})

export const statusForm = (t: Say, entry: ServiceEntry): CommandForm => ({
  type: 'service.set_status',
  recordId: entry.id,
  baseVersion: entry.version,
  title: t('servicesPage', 'set_status'),
  action: t('web', 'save'),
  fields: [
    {
      name: 'status',
      kind: 'radio',
      label: t('servicesPage', 'status'),
      options: serviceStatuses
        .filter((one) => one !== entry.status)
        .map((value) => ({ value, label: t('servicesPage', value) })),
    },
    { name: 'reason', kind: 'text', label: t('servicesPage', 'reason') },
  ],
  done: t('web', 'saved'),
})

const placeFields = (t: Say, towns: Options, units: Options): FieldSpec[] => {
  const open: Pick<FieldSpec, 'when'> = { when: (values) => text(values, 'place.withheld') === 'no' }
  return [
    { name: 'place.nameSq', kind: 'text', label: t('servicesPage', 'place_name_sq') },
    { name: 'place.nameEn', kind: 'text', label: t('servicesPage', 'place_name_en') },
    { name: 'place.municipality', kind: 'select', label: t('web', 'municipality'), options: towns },
    {
      name: 'place.unitId',
      kind: 'select',
      label: t('servicesPage', 'answers'),
      hint: t('servicesPage', 'answers_hint'),
      options: units,
      optional: true,
    },
    {
      name: 'place.withheld',
      kind: 'yes_no',
      label: t('servicesPage', 'is_withheld'),
      hint: t('servicesPage', 'withheld_hint'),
    },
    { ...free('place.address', t('servicesPage', 'address'), ''), ...open },
    { ...free('place.postalCode', t('servicesPage', 'postal_code'), ''), ...open },
  ]
}
const placeOf = (plain: Record<string, unknown>): Record<string, unknown> => ({
  id: uuidv7(),
  ...Object.fromEntries(
    Object.entries(plain)
      .filter(([key]) => key.startsWith('place.'))
      .map(([key, value]) => [key.slice('place.'.length), value]),
  ),
})
/** A place as the command takes it. */
const sent = ({ used: _, ...place }: Place) => place

/** The profile with the places that stay in use; the first profile brings the first place. */
export const profileForm = (
  t: Say,
  towns: Options,
  units: Options,
  name: string,
  entry: ProviderEntry,
): CommandForm => {
  const { profile } = entry
  const used = profile?.places.filter((one) => one.used) ?? []
  return {
    type: 'service.set_provider',
    recordId: entry.id,
    baseVersion: profile === null ? undefined : entry.version,
    title: t('servicesPage', 'profile_of', { name }),
    action: t('web', 'save'),
    wide: true,
    fields: [
      {
        name: 'descriptionSq',
        kind: 'area',
        label: t('servicesPage', 'description_sq'),
        hint: t('servicesPage', 'no_address'),
        initial: profile?.descriptionSq ?? '',
      },
      {
        name: 'descriptionEn',
        kind: 'area',
        label: t('servicesPage', 'description_en'),
        initial: profile?.descriptionEn ?? '',
      },
      free('phone', t('servicesPage', 'phone'), profile?.phone),
      free('email', t('servicesPage', 'email'), profile?.email),
      { ...free('website', t('servicesPage', 'website'), profile?.website), hint: 'https://' },
      free('licence', t('servicesPage', 'licence'), profile?.licence),
      {
        name: 'licenceUntil',
        kind: 'day',
        label: t('servicesPage', 'licence_until'),
        optional: true,
        initial: profile?.licenceUntil ?? '',
      },
      ...(used.length === 0
        ? placeFields(t, towns, units)
        : [
            {
              name: 'keep',
              kind: 'checks' as const,
              label: t('servicesPage', 'keep_places'),
              options: used.map((one) => ({ value: one.id, label: one.nameSq })),
              initial: used.map((one) => one.id),
            },
          ]),
    ],
    toBody: (plain) => {
      const { keep, ...rest } = plain
      const kept = Array.isArray(keep) ? used.filter((one) => keep.includes(one.id)).map(sent) : []
      return {
        ...Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('place.'))),
        listed: profile?.listed ?? true,
        places: used.length === 0 ? [placeOf(plain)] : kept,
      }
    },
    done: t('web', 'saved'),
  }
}

export const placeForm = (
  t: Say,
  towns: Options,
  units: Options,
  entry: ProviderEntry,
  profile: Profile,
): CommandForm => ({
  type: 'service.set_provider',
  recordId: entry.id,
  baseVersion: entry.version,
  title: t('servicesPage', 'add_place'),
  action: t('web', 'save'),
  fields: placeFields(t, towns, units),
  toBody: (plain) => ({
    ...profile,
    places: [...profile.places.filter((one) => one.used).map(sent), placeOf(plain)],
  }),
  done: t('web', 'saved'),
})
