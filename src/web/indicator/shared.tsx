import { Chip } from '#web/design/Chip.tsx'
import { number } from '#web/design/time.ts'
import { type Say, sayCode, sayIfKnown, useLanguage, useWords } from '#web/design/words.tsx'
import type { IndicatorRow } from '#wire/indicator.ts'

/** The wording in the reader's language, or honestly in English where the plan prints no other. */
export function Wording({ row }: { row: Pick<IndicatorRow, 'wording' | 'wordingIn'> }) {
  const t = useWords()
  const { language } = useLanguage()
  if (row.wordingIn === language) return row.wording
  return (
    <span className="indicator-wording" lang={row.wordingIn} title={t('indicatorPage', 'english_only')}>
      {row.wording}
    </span>
  )
}

export function StateChip({ row }: { row: Pick<IndicatorRow, 'state'> }) {
  const t = useWords()
  return (
    <Chip kind={row.state === 'live' ? 'done' : row.state === 'waiting' ? 'waiting' : 'going'}>
      {t('indicatorPage', `state_${row.state}`)}
    </Chip>
  )
}

export const figureText = (t: Say, unit: string, value: number | null): string => {
  if (value === null) return t('indicatorPage', 'no_value')
  const digits = Number.isInteger(value) ? 0 : 1
  if (unit === '%') return `${number(value, digits)} %`
  if (unit === 'days') return t('indicatorPage', 'days', { n: number(value, digits) })
  return number(value, digits)
}

/** Kinds of record in the reader's words; what has none keeps the catalogue's own. */
export const recordNames = (kinds: readonly string[]): string =>
  kinds.map((kind) => sayIfKnown('indicatorPage', `record_${kind}`) ?? kind).join(', ')

const measured: Readonly<Record<string, string>> = {
  n: 'n',
  'n (unique)': 'unique',
  'yes/no': 'yes_no',
  'yes/no+date': 'yes_no_date',
  ALL: 'lek',
  days: 'days',
  months: 'months',
  score: 'score',
  '% change': 'change',
}
/** The catalogue's unit in the reader's words: `n of 12; %` is «nga 12; %». */
export const unitName = (unit: string): string =>
  unit
    .split('; ')
    .map((part) => {
      const of = /^n of (\d+)$/.exec(part)?.[1]
      if (of !== undefined) return sayCode('indicatorPage', 'measured_of', { n: of })
      const key = measured[part]
      return key === undefined ? part : sayCode('indicatorPage', `measured_${key}`)
    })
    .join('; ')

export const planName = (plan: string): string => sayCode('indicatorPage', `plan_${plan}`)
export const pillarName = (pillar: string): string =>
  sayIfKnown('indicatorPage', `pillar_${pillar}`) ?? pillar

/** «2026 T4», «2026 M11», «2026 6M2», «2026»: short enough to stand under a column. */
export const periodName = (from: string, span: string, language: string): string => {
  const year = from.slice(0, 4)
  const month = Number(from.slice(5, 7))
  if (span === 'year') return year
  if (span === 'half') return `${year} ${language === 'sq' ? 'gj.' : 'H'}${month > 6 ? 2 : 1}`
  if (span === 'quarter') return `${language === 'sq' ? 'T' : 'Q'}${Math.ceil(month / 3)} ${year.slice(2)}`
  return `${String(month).padStart(2, '0')}.${year.slice(2)}`
}
