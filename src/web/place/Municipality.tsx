import { useGet } from '#web/client/api.ts'
import { type FieldProps, SelectField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'

export interface Municipality {
  readonly code: string
  readonly name: string
  readonly county: string
}

/** The 61 municipalities; public data, asked for once. */
export const useMunicipalities = (): readonly Municipality[] =>
  useGet<{ items: readonly Municipality[] }>('/api/places/municipalities', {}, { staleTime: Infinity }).data
    ?.items ?? []

export const useMunicipalityName = (): ((code: string | null | undefined) => string) => {
  const all = useMunicipalities()
  return (code) => all.find((m) => m.code === code)?.name ?? code ?? ''
}

/** The answer of somebody who does not know where: the report then waits at the national line. */
export const nowhere = 'unknown'

export function MunicipalityField({
  unknown,
  ...props
}: FieldProps & {
  value: string
  onValue: (code: string) => void
  /** Whether «nuk dihet» is an answer. */
  unknown?: boolean
}) {
  const t = useWords()
  const all = useMunicipalities()
  return (
    <SelectField
      {...props}
      empty={t('web', 'choose_municipality')}
      options={[
        ...(unknown ? [{ value: nowhere, label: t('web', 'unknown_not_known') }] : []),
        ...[...all]
          .sort((a, b) => a.name.localeCompare(b.name, 'sq'))
          .map((m) => ({ value: m.code, label: m.name })),
      ]}
    />
  )
}
