import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { language } from '#web/design/words.tsx'
import type { IntakeOptions } from '#wire/report.ts'

export type Options = z.output<typeof IntakeOptions.reply>

/** Configured lists of intake; they carry their own words in both languages. */
export const useIntakeOptions = (municipality?: string) =>
  useGet<Options>('/api/intake-options', municipality ? { municipality } : {}, { staleTime: 5 * 60_000 }).data

export const labelOf = (
  list: readonly { code: string; sq: string; en: string }[] | undefined,
  code: string | null | undefined,
): string => {
  const found = list?.find((x) => x.code === code)
  return found ? found[language()] : (code ?? '')
}
