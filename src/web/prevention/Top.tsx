import { Button } from '#web/design/Button.tsx'
import { type Option, SelectField } from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { type PreventionTab, PreventionTabs } from './Tabs.tsx'
import '../case/case.css'

/** How each room of prevention begins: what it is, what to choose, what to record, and the whole of it as a workbook. */
export function Top({
  tab,
  title,
  lede,
  choice,
  record,
  workbook,
}: {
  tab: PreventionTab
  title: string
  lede: string
  choice: {
    label: string
    empty: string
    options: readonly Option[]
    value: string
    onValue: (v: string) => void
  }
  /** Absent for who keeps no such register. */
  record: { label: string; onClick: () => void } | false
  workbook: string
}) {
  const t = useWords()
  return (
    <>
      <div>
        <h1>{title}</h1>
        <p className="lede">{lede}</p>
      </div>
      <PreventionTabs current={tab} />
      <div className="filters">
        <SelectField {...choice} />
        {record && (
          <Button kind="primary" icon="plus.bold" onClick={record.onClick}>
            {record.label}
          </Button>
        )}
        <a className="button" data-kind="secondary" href={workbook} download>
          {t('prevention', 'excel')}
        </a>
      </div>
    </>
  )
}
