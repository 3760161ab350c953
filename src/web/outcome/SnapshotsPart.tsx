import { changedFields, type OutcomeStatus, statusFields } from '#domain/outcome/snapshot.ts'
import { Button } from '#web/design/Button.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty } from '#web/design/States.tsx'
import { longDate } from '#web/design/time.ts'
import { type Say, sayCode, useWords } from '#web/design/words.tsx'
import type { Snapshot } from './forms.ts'

const valueWord = (t: Say, one: Snapshot, field: keyof OutcomeStatus): string => {
  const value = one[field]
  if (value === null) return '–'
  if (typeof value === 'number') return `${value}%`
  if (typeof value === 'boolean') return t('web', value ? 'yes' : 'no')
  return sayCode('outcomePage', `code_${value}`)
}

/** Snapshots side by side; what changed since the one before stands out. Under 768 px each moment is a block of its own. */
export function SnapshotsPart({
  snapshots,
  mayTake,
  onTake,
  onCorrect,
}: {
  snapshots: readonly Snapshot[]
  mayTake: boolean
  onTake: () => void
  onCorrect: (one: Snapshot) => void
}) {
  const t = useWords()
  const now = useNow()
  const standing = snapshots.filter((one) => !one.corrected)
  return (
    <section className="sheet" aria-labelledby="outcomes">
      <div className="sheet-head">
        <h2 id="outcomes">{t('outcomePage', 'outcomes')}</h2>
        {mayTake && (
          <Button kind="quiet" icon="plus.bold" onClick={onTake}>
            {t('outcomePage', 'take')}
          </Button>
        )}
      </div>
      {standing.length === 0 ? (
        <Empty icon="list-checks" title={t('outcomePage', 'outcomes_none')}>
          {t('outcomePage', 'outcomes_none_more')}
        </Empty>
      ) : (
        <div className="sheet-body stack">
          {standing.length > 1 && <p className="note quiet">{t('outcomePage', 'outcomes_lede')}</p>}
          <div className="table-wrap">
            <table className="table" data-rows="">
              <caption className="only-heard">{t('outcomePage', 'outcomes')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('outcomePage', 'occasion')}</th>
                  {statusFields.map((field) => (
                    <th key={field} scope="col">
                      {t('outcomePage', `status_${field}`)}
                    </th>
                  ))}
                  {mayTake && <th scope="col" aria-label={t('outcomePage', 'correct')} />}
                </tr>
              </thead>
              <tbody>
                {standing.map((one, at) => {
                  const before = standing[at - 1]
                  const changed = before === undefined ? [] : changedFields(before, one)
                  return (
                    <tr key={one.id}>
                      <th scope="row">
                        {t('outcomePage', `occasion_${one.occasion}`)}
                        {one.episode > 1 && `, ${t('outcomePage', 'episode', { n: one.episode })}`}
                        <span className="note quiet"> {longDate(one.takenOn, now)}</span>
                        {one.remark !== null && <span className="note quiet"> · {one.remark}</span>}
                      </th>
                      {statusFields.map((field) => (
                        <td key={field} data-head={t('outcomePage', `status_${field}`)}>
                          {changed.includes(field) ? (
                            <strong>{valueWord(t, one, field)}</strong>
                          ) : (
                            valueWord(t, one, field)
                          )}
                        </td>
                      ))}
                      {mayTake && (
                        <td>
                          <Button size="table" onClick={() => onCorrect(one)}>
                            {t('outcomePage', 'correct')}
                          </Button>
                        </td>
                      )}
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </section>
  )
}
