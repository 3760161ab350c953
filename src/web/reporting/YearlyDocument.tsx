import { type ReactNode, useState } from 'react'
import type { ReportDocument } from '#domain/reporting/document.ts'
import { useGet } from '#web/client/api.ts'
import { SelectField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { dayOf } from '#web/design/time.ts'
import { useLanguage } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { DocumentView } from './DocumentView.tsx'

/** A document of one year: the page, and the same document as the files that its door gives. */
export function YearlyDocument({
  title,
  yearLabel,
  path,
  files,
  yearsAgo = 0,
  query = {},
  children,
}: {
  title: string
  yearLabel: string
  /** The door of the page; the files' are it and their ending. */
  path: string
  files: readonly { readonly ending: string; readonly label: string }[]
  /** The year that is shown first. */
  yearsAgo?: number
  /** What is chosen besides the year. */
  query?: Readonly<Record<string, string>>
  /** The fields that choose it. */
  children?: ReactNode
}) {
  const { language } = useLanguage()
  const thisYear = Number(dayOf(useNow()).slice(0, 4))
  const first = String(thisYear - yearsAgo)
  const [year, setYear] = useState(first)
  const asked = { ...query, year, lang: language }
  const read = useGet<ReportDocument>(path, asked)
  return (
    <div className="view stack">
      <h1>{title}</h1>
      <div className="filters no-print">
        {children}
        <SelectField
          label={yearLabel}
          value={year}
          onValue={(value) => setYear(value || first)}
          options={Array.from({ length: 8 }, (_, i) => String(thisYear - i)).map((value) => ({
            value,
            label: value,
          }))}
        />
        {files.map(({ ending, label }) => (
          <a
            key={ending}
            className="button"
            data-kind="secondary"
            href={`${path}.${ending}?${new URLSearchParams(asked)}`}
            download
          >
            {label}
          </a>
        ))}
      </div>
      {read.isPending ? (
        <Loading />
      ) : read.data ? (
        <DocumentView document={read.data} level={2} />
      ) : (
        <FailedPart error={read.error} onRetry={() => void read.refetch()} />
      )}
    </div>
  )
}
