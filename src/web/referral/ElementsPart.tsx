import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { CheckField } from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { CaseScreenings, ScreeningSets } from '#wire/screening.ts'

type Sets = z.output<typeof ScreeningSets.reply>['items']
type Screenings = z.output<typeof CaseScreenings.reply>['items']

/** What the newest screening for trafficking found, for the police who identify (section 3.5): chosen one by one, sent in words. */
export const ElementsPart = ({
  caseId,
  chosen,
  onChoose,
}: {
  caseId: string
  chosen: readonly string[]
  onChoose: (chosen: readonly string[]) => void
}) => {
  const t = useWords()
  const { language } = useLanguage()
  const screenings = useGet<{ items: Screenings }>(`/api/cases/${caseId}/screenings`).data?.items
  const sets = useGet<{ items: Sets }>('/api/screening-sets', {}, { staleTime: 5 * 60_000 }).data?.items
  const newest = screenings?.find((one) => one.set === 'trafficking')
  const set = sets?.find((one) => one.code === 'trafficking' && one.version === newest?.version)
  const found = set?.items.filter((item) => newest?.items.some((one) => one.code === item.code)) ?? []
  if (found.length === 0) return null
  return (
    <CheckField
      id="f-said.indicators"
      label={t('referral', 'field_indicators')}
      hint={t('referral', 'elements_hint')}
      values={chosen}
      onValues={onChoose}
      options={found.map((item) => {
        const value = item[language]
        return { value, label: value }
      })}
    />
  )
}
