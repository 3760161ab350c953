import type { ReactNode } from 'react'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { longDate, number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { AssistanceView } from '#wire/assistance.ts'
import { fundingWord, lekWord, serviceWord, word } from './words.ts'

export type OnAct = (() => void) | null

/** One part of the page, with the act that adds to it, where the reader may. */
export function Part({
  id,
  title,
  add,
  onAdd,
  children,
}: {
  id: string
  title: string
  add?: string
  onAdd?: OnAct
  children: ReactNode
}) {
  return (
    <section className="sheet" aria-labelledby={id}>
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        {add !== undefined && onAdd && (
          <Button kind="quiet" icon="plus.bold" onClick={onAdd}>
            {add}
          </Button>
        )}
      </div>
      {children}
    </section>
  )
}
export function Quiet({ children }: { children: ReactNode }) {
  return <p className="sheet-body note quiet">{children}</p>
}

export function Services({ rows, none }: { rows: AssistanceView['services']; none: string }) {
  const t = useWords()
  const now = useNow()
  if (rows.length === 0) return <Quiet>{none}</Quiet>
  return rows.map((one) => (
    <div className="item" key={one.id}>
      <div>
        <b>{serviceWord(one.service)}</b>
        <p className="note quiet">
          {[
            word(t, `for_${one.beneficiary}`),
            word(t, `setting_${one.setting}`),
            one.provider,
            one.until === null
              ? t('assistancePage', 'days_from', { from: longDate(one.from, now) })
              : t('assistancePage', 'days_span', {
                  from: longDate(one.from, now),
                  until: longDate(one.until, now),
                }),
            one.of === 'file' ? null : word(t, `of_${one.of}`),
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
        {one.remark !== null && <p className="narrative">{one.remark}</p>}
      </div>
      <p className="note">
        {lekWord(t, one.costLek)}
        <br />
        <span className="quiet">{fundingWord(t, one.funding)}</span>
      </p>
    </div>
  ))
}

export function Reports({ rows, none }: { rows: AssistanceView['reports']; none: string }) {
  const t = useWords()
  const now = useNow()
  if (rows.length === 0) return <Quiet>{none}</Quiet>
  return rows.map((one) => (
    <div className="item" key={one.id}>
      <div>
        <b>{longDate(one.on, now)}</b>
        <p className="note quiet">
          {one.by}, {one.unit}
        </p>
        {one.text !== null && <p className="narrative">{one.text}</p>}
      </div>
      <span className="row">
        <Chip kind={one.progress === 'better' ? 'done' : one.progress === 'same' ? 'going' : 'near'}>
          {word(t, `progress_${one.progress}`)}
        </Chip>
        {one.concern && <Chip kind="late">{word(t, 'concern')}</Chip>}
      </span>
    </div>
  ))
}

function CostLines({ title, lines }: { title: string; lines: AssistanceView['costs']['subject'] }) {
  const t = useWords()
  if (lines.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <dl className="pairs">
        {lines.map((line) => (
          <div key={line.funding ?? 'none'}>
            <dt>{fundingWord(t, line.funding)}</dt>
            <dd>
              {lekWord(t, line.lek)}
              <span className="note quiet">
                {', '}
                {t('assistancePage', 'services_count', { count: line.services })}
                {line.unknown > 0 && `, ${t('assistancePage', 'costs_unknown', { count: line.unknown })}`}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
/** What the person's services cost, by who paid; children of the person apart. */
export function Costs({ costs }: { costs: AssistanceView['costs'] }) {
  const t = useWords()
  return (
    <Part id="assistance-costs" title={word(t, 'costs')}>
      <div className="sheet-body stack">
        <CostLines title={word(t, 'costs_person')} lines={costs.subject} />
        <CostLines title={word(t, 'costs_children')} lines={costs.children} />
        <p>
          <b>{t('assistancePage', 'costs_total', { lek: number(costs.total) })}</b>
        </p>
      </div>
    </Part>
  )
}
