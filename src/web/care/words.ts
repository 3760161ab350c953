/** What the registers of alternative care say in more than one place. */
import { type AgeBand, ageBands, type BedSex } from '#domain/care/beds.ts'
import type { Option } from '#web/design/Field.tsx'
import type { StageKind } from '#web/design/signs.tsx'
import type { Say } from '#web/design/words.tsx'
import type { CareHold, CarePlaceRow } from '#wire/care.ts'

export const bandOptions = (t: Say): Option[] =>
  ageBands.map((value) => ({ value, label: t('carePage', `band_${value}`) }))
export const sexOptions = (t: Say): Option[] =>
  (['female', 'male'] as const).map((value) => ({ value, label: t('carePage', `one_${value}`) }))

type Named = Pick<CarePlaceRow, 'kind' | 'code' | 'nameSq' | 'nameEn' | 'names'>
/** A family by its names where the reader may know them, by its code otherwise. */
export const placeName = (t: Say, sq: boolean, place: Named): string =>
  place.kind === 'facility'
    ? ((sq ? place.nameSq : place.nameEn) ?? place.code)
    : (place.names ?? t('carePage', 'family_of', { code: place.code }))
export const kindWord = (t: Say, place: Pick<CarePlaceRow, 'facilityKind'>): string =>
  t('carePage', place.facilityKind === null ? 'kind_foster' : `kind_${place.facilityKind}`)

/** One chip says whether the place takes anybody in, and why not. */
export const placeState = (
  t: Say,
  place: Pick<CarePlaceRow, 'status' | 'open'>,
): { readonly kind: StageKind; readonly word: string } => {
  if (place.status === 'approved')
    return place.open
      ? { kind: 'done', word: t('carePage', 'status_approved') }
      : { kind: 'late', word: t('carePage', 'licence_over') }
  return {
    kind:
      place.status === 'suspended'
        ? 'near'
        : place.status === 'applied'
          ? 'waiting'
          : place.status === 'assessed'
            ? 'going'
            : 'blocked',
    word: t('carePage', `status_${place.status}`),
  }
}
export const whom = (t: Say, one: { readonly sex: BedSex; readonly ageBand: AgeBand }): string =>
  t('carePage', 'hold_line', {
    who: t('carePage', `one_${one.sex}`),
    age: t('carePage', `band_${one.ageBand}`),
  })
export const holdKind = (hold: Pick<CareHold, 'state' | 'lapsed'>): StageKind => {
  if (hold.lapsed) return 'late'
  if (hold.state === 'HELD') return 'near'
  if (hold.state === 'CONFIRMED') return 'going'
  return hold.state === 'OCCUPIED' ? 'done' : 'blocked'
}
