import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { PlanTreeNode } from '#wire/action-plan.ts'
import { amount, titled } from './shared.ts'

type Activity = PlanTreeNode

function Named({ of }: { of: Activity }) {
  const t = useWords()
  const { language } = useLanguage()
  const title = titled(of, language)
  const items = language === 'sq' || of.subItemsEn.length === 0 ? of.subItemsSq : of.subItemsEn
  return (
    <>
      <span className="plan-code">{of.codePrinted ?? of.code}</span>{' '}
      <span lang={title.lang}>{title.text}</span>
      {items.length > 0 && (
        <ul className="plan-items">
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
      <small>
        {of.sourceLine !== null && t('planPage', 'line', { line: of.sourceLine })}
        {of.doubt !== null && ` · ${t('planPage', 'doubt')}: ${language === 'sq' ? of.doubtSq : of.doubt}`}
      </small>
    </>
  )
}

/** The body that leads stands first and says so. */
function Bodies({ of }: { of: Activity }) {
  const t = useWords()
  const { language } = useLanguage()
  if (of.responsible.length === 0) return <span className="quiet">{t('planPage', 'no_responsible')}</span>
  return (
    <ul className="plan-bodies">
      {of.responsible.map((body, at) => (
        <li key={body.code}>
          <abbr title={language === 'sq' ? body.nameSq : body.nameEn}>{body.code}</abbr>
          {at === 0 && of.responsible.length > 1 && <small> {t('planPage', 'leads')}</small>}
        </li>
      ))}
    </ul>
  )
}

function Due({ of }: { of: Activity }) {
  const t = useWords()
  const { deadline } = of
  if (deadline?.text == null) return <span className="quiet">{t('planPage', 'no_deadline')}</span>
  const loose =
    deadline.dueEarliest !== null &&
    deadline.dueLatest !== null &&
    deadline.dueEarliest !== deadline.dueLatest
  return (
    <>
      {deadline.text}
      {loose && (
        <small>
          {' '}
          {t('planPage', 'due_between', {
            from: fullDate(deadline.dueEarliest ?? ''),
            to: fullDate(deadline.dueLatest ?? ''),
          })}
        </small>
      )}
    </>
  )
}

export function IndicatorLines({ of }: { of: PlanTreeNode }) {
  const { language } = useLanguage()
  if (of.indicators.length === 0) return null
  return (
    <ul className="plan-items">
      {of.indicators.map((line) => {
        const said = titled({ titleSq: line.sq, titleEn: line.en }, language)
        return (
          <li key={`${line.kind}${said.text}`} lang={said.lang}>
            {said.text}
          </li>
        )
      })}
    </ul>
  )
}

/** The activities of one objective, as the law's table prints them. */
export function Activities({
  rows,
  caption,
  money,
}: {
  rows: readonly Activity[]
  caption: string
  money: boolean
}) {
  const t = useWords()
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={(row) => row.uid}
      columns={[
        { key: 'activity', head: t('planPage', 'activity'), name: true, cell: (row) => <Named of={row} /> },
        { key: 'responsible', head: t('planPage', 'responsible'), cell: (row) => <Bodies of={row} /> },
        { key: 'deadline', head: t('planPage', 'deadline'), cell: (row) => <Due of={row} /> },
        {
          key: 'indicators',
          head: t('planPage', 'indicators_head'),
          cell: (row) => <IndicatorLines of={row} />,
        },
        ...(money
          ? (['cost', 'state', 'donors', 'gap'] as const).map((key) => ({
              key,
              head: t('planPage', key),
              number: true,
              cell: (row: Activity) => (row[key] === null ? t('planPage', 'not_printed') : amount(row[key])),
            }))
          : []),
      ]}
    />
  )
}
