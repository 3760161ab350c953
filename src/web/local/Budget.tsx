import { useState } from 'react'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty } from '#web/design/States.tsx'
import { type Column, Table } from '#web/design/Table.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { LocalLine, LocalPlace } from '#wire/local.ts'
import { changeLineForm, lineForm, strikeLineForm, titleIn } from './forms.ts'

type Side = LocalLine['side']
type Act = (form: CommandForm) => void
const lek = (amount: string | null): string => (amount === null ? '–' : number(Number(amount)))
const nameOf = (t: Say, line: LocalLine): string => t('localPage', `topic_${line.topic}`)

const groupColumn = (t: Say): Column<LocalLine> => ({
  key: 'group',
  head: t('localPage', 'account_group'),
  cell: (line) => (line.accountGroup === null ? '–' : t('localPage', `group_${line.accountGroup}`)),
})
const actColumn = (t: Say, municipality: string, onAct: Act): Column<LocalLine> => ({
  key: 'acts',
  head: t('localPage', 'change'),
  cell: (line) => (
    <span className="row">
      <Button size="table" onClick={() => onAct(changeLineForm(t, municipality, line, nameOf(t, line)))}>
        {t('localPage', 'change')}
        <span className="only-heard"> {nameOf(t, line)}</span>
      </Button>
      <Button size="table" onClick={() => onAct(strikeLineForm(t, line))}>
        {t('localPage', 'strike')}
        <span className="only-heard"> {nameOf(t, line)}</span>
      </Button>
    </span>
  ),
})

function Lines({ place, side, year, onAct }: { place: LocalPlace; side: Side; year: string; onAct: Act }) {
  const t = useWords()
  const { language } = useLanguage()
  const expense = side === 'expense'
  const lines = place.lines.filter((line) => line.side === side && String(line.year) === year)
  const head = t('localPage', expense ? 'expenses' : 'incomes')
  return (
    <>
      <div className="sheet-head">
        <h3>{head}</h3>
        {place.mayKeep && (
          <Button size="table" icon="plus" onClick={() => onAct(lineForm(t, place, side, year, language))}>
            {t('localPage', expense ? 'add_expense' : 'add_income')}
          </Button>
        )}
      </div>
      {lines.length === 0 ? (
        <p className="sheet-body quiet">{t('localPage', 'no_lines')}</p>
      ) : (
        <Table
          caption={head}
          rows={lines}
          rowKey={(line) => line.id}
          columns={[
            {
              key: 'topic',
              head: t('localPage', 'topic'),
              name: true,
              cell: (line) => (
                <>
                  {nameOf(t, line)}
                  {line.activityUid !== null && (
                    <small>
                      {titleIn(language, { titleSq: line.activityTitleSq, titleEn: line.activityTitleEn })}
                    </small>
                  )}
                  {line.note !== null && <small>{line.note}</small>}
                </>
              ),
              sort: (line) => nameOf(t, line),
            },
            {
              key: 'source',
              head: t('localPage', 'source'),
              cell: (line) => t('localPage', `source_${line.source}`),
            },
            ...(expense ? [groupColumn(t)] : []),
            {
              key: 'planned',
              head: t('localPage', expense ? 'planned' : 'income'),
              number: true,
              cell: (line) => lek(line.planned),
              sort: (line) => Number(line.planned),
            },
            {
              key: 'executed',
              head: t('localPage', expense ? 'executed' : 'received'),
              number: true,
              cell: (line) => lek(line.executed),
              sort: (line) => Number(line.executed ?? 0),
            },
            { key: 'updated', head: t('localPage', 'updated'), cell: (line) => fullDate(line.updatedOn) },
            ...(place.mayKeep ? [actColumn(t, place.municipality, onAct)] : []),
          ]}
        />
      )}
    </>
  )
}

/** One year of a municipality's money: what it plans and spends, and what comes in for it. */
export function Budget({ place, onAct }: { place: LocalPlace; onAct: Act }) {
  const t = useWords()
  const thisYear = useNow().slice(0, 4)
  const years = [...new Set([thisYear, ...place.years.map((one) => String(one.year))])].sort().reverse()
  const [year, setYear] = useState(String(place.years[0]?.year ?? thisYear))
  const sums = place.years.find((one) => String(one.year) === year)
  return (
    <section className="sheet" aria-labelledby="budget">
      <div className="sheet-head">
        <h2 id="budget">{t('localPage', 'budget')}</h2>
      </div>
      <div className="sheet-body stack">
        <div className="row">
          <SelectField
            label={t('localPage', 'year')}
            value={year}
            onValue={(value) => setYear(value || thisYear)}
            options={years.map((value) => ({ value, label: value }))}
          />
        </div>
        {sums === undefined ? (
          <Empty icon="tray" title={t('localPage', 'no_lines')} />
        ) : (
          <dl className="facts">
            {(['planned', 'executed', 'income', 'received'] as const).map((key) => (
              <div key={key}>
                <dt>{t('localPage', key)}</dt>
                <dd>{t('localPage', 'lek', { amount: lek(sums[key]) })}</dd>
              </div>
            ))}
          </dl>
        )}
        {sums && sums.miningShort !== '0' && (
          <Callout>{t('localPage', 'mining_short', { amount: lek(sums.miningShort) })}</Callout>
        )}
      </div>
      <Lines place={place} side="expense" year={year} onAct={onAct} />
      <Lines place={place} side="income" year={year} onAct={onAct} />
    </section>
  )
}
