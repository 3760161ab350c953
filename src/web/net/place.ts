import { useGet } from '#web/client/api.ts'
import { useWords } from '#web/design/words.tsx'
import { useMunicipalities } from '#web/place/Municipality.tsx'

interface At {
  readonly municipality: string | null
  readonly county: string | null
  readonly crossing: string | null
}

/** Where a structure stands, in words. */
export const usePlace = (): ((at: At) => string) => {
  const t = useWords()
  const towns = useMunicipalities()
  const crossings =
    useGet<{ items: readonly { id: string; name: string }[] }>(
      '/api/places/border-crossings',
      {},
      { staleTime: Infinity },
    ).data?.items ?? []
  return ({ municipality, county, crossing }) => {
    if (crossing !== null) return crossings.find((one) => one.id === crossing)?.name ?? crossing
    if (municipality !== null) return towns.find((one) => one.code === municipality)?.name ?? municipality
    const named = (towns as readonly { county: string; countyName?: string }[]).find(
      (one) => one.county === county,
    )
    return county === null ? t('netPage', 'country') : (named?.countyName ?? county)
  }
}
