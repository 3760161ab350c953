import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import type { StageKind } from '#web/design/signs.tsx'
import { type Say, useLanguage } from '#web/design/words.tsx'
import { type FieldSpec, text, type Values } from '#web/form/spec.ts'
import type { InstitutionView, MemberView, ObligationView } from '#wire/body.ts'
import type { MeetingSummary, RecommendationView } from '#wire/meeting.ts'
import type { MunicipalityList } from '#wire/place.ts'

interface Named {
  readonly nameSq: string
  readonly nameEn: string
}
/** The name in the language that is being read. */
export const useName = (): ((one: Named) => string) => {
  const { language } = useLanguage()
  return (one) => (language === 'sq' ? one.nameSq : one.nameEn)
}

type Town = z.output<typeof MunicipalityList>['items'][number]
export const useTowns = (): readonly Town[] =>
  useGet<{ items: readonly Town[] }>('/api/places/municipalities', {}, { staleTime: Infinity }).data?.items ??
  []
export const useInstitutions = (): readonly InstitutionView[] =>
  useGet<{ items: readonly InstitutionView[] }>('/api/body-institutions', {}, { staleTime: Infinity }).data
    ?.items ?? []

/** An institution with the place it sits for: «Bashkia, Kamëz». */
export const seatName = (member: MemberView, name: (one: Named) => string): string =>
  member.placeName === null ? name(member.institution) : `${name(member.institution)}, ${member.placeName}`

interface Here {
  readonly county: string | null
  readonly municipality: string | null
}
/** Which institution, and where, as far as the body's own place leaves it open. */
export const institutionFields = (
  field: { readonly name: string; readonly label: string },
  list: readonly InstitutionView[],
  towns: readonly Town[],
  here: Here,
  name: (one: Named) => string,
  t: Say,
): FieldSpec[] => {
  const levelOf = (values: Values) => list.find((one) => one.code === text(values, field.name))?.level
  const counties = [...new Map(towns.map((town) => [town.county, town.countyName]))]
  const near = towns.filter((town) => here.county === null || town.county === here.county)
  const byName = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label, 'sq')
  return [
    {
      ...field,
      kind: 'select',
      options: list.map((one) => ({ value: one.code, label: `${one.code} · ${name(one)}` })),
    },
    {
      name: 'county',
      kind: 'select',
      label: t('bodyPage', 'county'),
      when: (values) => levelOf(values) === 'county' && here.county === null,
      options: counties.map(([value, label]) => ({ value, label })).sort(byName),
    },
    {
      name: 'municipality',
      kind: 'select',
      label: t('web', 'municipality'),
      when: (values) => levelOf(values) === 'municipality' && here.municipality === null,
      options: near.map((town) => ({ value: town.code, label: town.name })).sort(byName),
    },
  ]
}
/** A municipality says its county. */
export const withCounty = (
  plain: Record<string, unknown>,
  towns: readonly Town[],
): Record<string, unknown> => {
  const town = towns.find((one) => one.code === plain.municipality)
  return town === undefined ? plain : { ...plain, county: town.county }
}

export const obligationKind: Readonly<Record<ObligationView['state'], StageKind>> = {
  running: 'waiting',
  near: 'near',
  overdue: 'late',
  met: 'done',
  met_late: 'done',
}
export const meetingKind: Readonly<Record<MeetingSummary['state'], StageKind>> = {
  CONVENED: 'going',
  HELD: 'done',
  CANCELLED: 'blocked',
}
export const isOpen = (one: RecommendationView): boolean =>
  one.status === 'OPEN' || one.status === 'IN_PROGRESS'
export const recommendationKind = (one: RecommendationView): StageKind => {
  if (one.status === 'DONE') return 'done'
  if (one.status === 'DROPPED') return 'blocked'
  if (one.daysLate > 0) return 'late'
  return one.status === 'OPEN' ? 'waiting' : 'going'
}
