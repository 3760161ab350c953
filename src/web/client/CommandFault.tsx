import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '#web/design/Button.tsx'
import { ErrorSummary } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { nearDate } from '#web/design/time.ts'
import { type Say, sayCode, useWords } from '#web/design/words.tsx'
import { faultsOf, ServerProblem } from './problem.ts'

/** A row of a list, an action of a plan, is named by its id, which says nothing to a reader. */
const fieldWord = (t: Say, field: string): string =>
  /^[0-9a-f-]{36}$/.test(field)
    ? t('web', 'field_row')
    : sayCode('web', `field_${field}`).replace(/^field_/, '')

/**
 * What went wrong with a command, above its fields. When somebody changed the record meanwhile, says what and by
 * whom, keeps what was written, and offers two equal ways on: read theirs, or send mine on top.
 */
export function CommandFault({
  error,
  onInsist,
  onKeep,
  pair,
}: {
  error: unknown
  onInsist?: () => void
  /** Leave things as they are now; what was written stays a draft. */
  onKeep?: () => void
  /** Both values side by side, where one value is at stake. */
  pair?: { theirs: ReactNode; mine: ReactNode } | undefined
}) {
  const t = useWords()
  const now = useNow()
  const queries = useQueryClient()
  const latest = useRef(onInsist)
  latest.current = onInsist
  const stale = error instanceof ServerProblem && error.problem.code === 'stale'
  useEffect(() => {
    if (stale) void queries.invalidateQueries()
  }, [stale, queries])
  if (!error) return null
  if (!(error instanceof ServerProblem) || !stale) return <ErrorSummary faults={faultsOf(error)} />
  return (
    <section className="errors stack" role="alert">
      <h2>{t('web', 'changed_meanwhile')}</h2>
      <p>{t('web', 'changed_meanwhile_more')}</p>
      <ul>
        {error.problem.changed?.map((c) => (
          <li key={`${c.field}${c.at}`}>
            {t('web', 'changed_what', { what: fieldWord(t, c.field) })}
            {`${c.byName ? `, ${c.byName}` : ''}, ${nearDate(c.at, now)}`}
          </li>
        ))}
      </ul>
      {pair && (
        <div className="conflict-pair">
          <div data-holds="">
            <p className="note quiet">{t('web', 'holds_now')}</p>
            {pair.theirs}
          </div>
          <div>
            <p className="note quiet">{t('web', 'yours')}</p>
            {pair.mine}
          </div>
        </div>
      )}
      <div className="row">
        {onKeep && <Button onClick={onKeep}>{t('web', 'keep_theirs')}</Button>}
        {onInsist && (
          <Button
            onClick={async () => {
              // The next try stands on what is there now, so that it is a decision and not an accident.
              await queries.refetchQueries({ type: 'active' })
              setTimeout(() => latest.current?.())
            }}
          >
            {t('web', 'send_mine')}
          </Button>
        )}
      </div>
    </section>
  )
}
