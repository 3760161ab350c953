/**
 * A directory of services for the demo country: institutions of the reference data with invented services in three municipalities, and
 * a shelter without a place. One entry was last found right too long ago, so that there is something to confirm.
 */
import type { ServiceType } from '#domain/case/record.ts'
import type { Uuid } from '#domain/core.ts'
import { referenceUnit } from '../reference/files.ts'
import { idOf } from './random.ts'
import type { Act } from './stage.ts'

const DAY = 86_400_000
interface Entry {
  /** Code of the unit of the reference data that answers referrals. */
  readonly unit: string
  readonly municipality: string
  readonly placeSq: string
  readonly placeEn: string
  readonly doesSq: string
  readonly doesEn: string
  /** Last found right, in days before today. */
  readonly daysAgo: number
  readonly services: readonly {
    readonly service: ServiceType
    readonly sq: readonly [name: string, said: string]
    readonly en: readonly [name: string, said: string]
    readonly ages: readonly [number, number]
    readonly hours?: readonly [string, string]
  }[]
}

const entries: readonly Entry[] = [
  {
    unit: 'day-centre-53',
    municipality: '53',
    placeSq: 'Qendra ditore',
    placeEn: 'Day centre',
    doesSq: 'Qendër ditore për fëmijë në situatë rruge dhe familjet e tyre.',
    doesEn: 'Day centre for children in street situation and their families.',
    daysAgo: 40,
    services: [
      {
        service: 'education',
        sq: ['Mbështetje mësimore pas shkollës', 'Detyra, lexim e shkrim, në grupe të vogla.'],
        en: ['After-school learning support', 'Homework, reading and writing in small groups.'],
        ages: [6, 16],
        hours: ['12:30', '17:00'],
      },
      {
        service: 'food',
        sq: ['Vakt i ngrohtë', 'Drekë e ngrohtë çdo ditë pune.'],
        en: ['Warm meal', 'A warm lunch each working day.'],
        ages: [3, 17],
        hours: ['12:00', '13:30'],
      },
    ],
  },
  {
    unit: 'health-centre-53',
    municipality: '53',
    placeSq: 'Qendra shëndetësore',
    placeEn: 'Health centre',
    doesSq: 'Kujdes shëndetësor parësor.',
    doesEn: 'Primary health care.',
    daysAgo: 200,
    services: [
      {
        service: 'medical',
        sq: ['Vaksinim dhe kartelë shëndetësore', 'Vaksinat e munguara dhe hapja e kartelës.'],
        en: ['Vaccination and health card', 'Missed vaccines, and a health card opened.'],
        ages: [0, 17],
        hours: ['08:00', '14:00'],
      },
    ],
  },
  {
    unit: 'shelter-different-equal',
    municipality: '53',
    placeSq: 'Strehëza',
    placeEn: 'Shelter',
    doesSq: 'Strehim i sigurt dhe riintegrim për viktima të trafikimit.',
    doesEn: 'Safe shelter and reintegration for victims of trafficking.',
    daysAgo: 15,
    services: [
      {
        service: 'housing',
        sq: ['Strehim emergjent', 'Pranim në çdo orë, përmes telefonit ose referimit.'],
        en: ['Emergency shelter', 'Admission at any hour, by telephone or referral.'],
        ages: [0, 120],
      },
    ],
  },
]

const minute = (now: number): number => Math.floor(now / 60_000) * 60_000
/** The id of an entry, for whoever refers a child there; `now` as the country was made. */
export const entryId = (unit: string, service: ServiceType, now: number): Uuid => {
  const days = entries.find((entry) => entry.unit === unit)?.daysAgo ?? 0
  return idOf(`service ${unit} ${service}`, minute(now) - days * DAY)
}

export const services = (now: string): Act[] => {
  const today = minute(Date.parse(now))
  return entries.map((entry) => ({
    at: today - entry.daysAgo * DAY,
    lane: entry.municipality,
    play: async (stage, moment) => {
      const unit = referenceUnit(entry.unit)
      const at = Date.parse(moment)
      const placeId = idOf(`place ${entry.unit}`, at)
      await stage.do('state-agency', moment, 'service.set_provider', unit.institutionId, {
        descriptionSq: entry.doesSq,
        descriptionEn: entry.doesEn,
        places: [
          {
            id: placeId,
            nameSq: entry.placeSq,
            nameEn: entry.placeEn,
            municipality: entry.municipality,
            unitId: unit.id,
            withheld: unit.kind === 'shelter',
          },
        ],
      })
      for (const { service, sq, en, ages, hours } of entry.services)
        await stage.do('state-agency', moment, 'service.set', idOf(`service ${entry.unit} ${service}`, at), {
          providerId: unit.institutionId,
          service,
          nameSq: sq[0],
          nameEn: en[0],
          descriptionSq: sq[1],
          descriptionEn: en[1],
          minAge: ages[0],
          ...(ages[1] < 120 ? { maxAge: ages[1] } : {}),
          free: true,
          languages: ['sq'],
          areas: [entry.municipality],
          places: [placeId],
          ...(hours === undefined
            ? {}
            : { days: ['MO', 'TU', 'WE', 'TH', 'FR'], opensAt: hours[0], closesAt: hours[1] }),
        })
    },
  }))
}
