import { visitOutcomes } from '#domain/care/places.ts'
import { Chip } from '#web/design/Chip.tsx'
import type { StageKind } from '#web/design/signs.tsx'
import { fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import type { CareVisit } from '#wire/care.ts'
import { standardWord } from './forms.ts'

const outcomes = Object.values(visitOutcomes).flat()
const tone = (outcome: string): StageKind =>
  ['meets', 'recommended', 'continue'].includes(outcome)
    ? 'done'
    : outcome === 'with_conditions'
      ? 'near'
      : 'late'

/** Inspections, assessments, reviews and courses, the newest first. Findings only for those who read them. */
export function Visits({ visits }: { visits: readonly CareVisit[] }) {
  const t = useWords()
  if (visits.length === 0) return <p className="quiet">{t('carePage', 'visits_none')}</p>
  return (
    <ul className="entry-list">
      {visits.map((one) => {
        const scores = Object.entries(one.scores)
        const weak = scores.filter(([, score]) => score < 2).map(([code]) => standardWord(t, code))
        const outcome = outcomes.find((known) => known === one.outcome)
        return (
          <li key={one.id} className="stack listed">
            <div className="spread">
              <h3>
                {t('carePage', `visit_${one.kind}`)}, {fullDate(one.onDay)}
              </h3>
              {outcome && <Chip kind={tone(outcome)}>{t('carePage', `o_${outcome}`)}</Chip>}
            </div>
            <p className="note quiet">
              {[
                one.by,
                ...(one.hours === null ? [] : [`${one.hours} ${t('carePage', 'hours').toLowerCase()}`]),
                ...(scores.length === 0
                  ? []
                  : [
                      t('carePage', 'scores_line', {
                        points: scores.reduce((sum, [, score]) => sum + score, 0),
                        most: scores.length * 3,
                        version: one.standards ?? '',
                      }),
                    ]),
                ...(one.nextDue === null ? [] : [`${t('carePage', 'next_due')} ${fullDate(one.nextDue)}`]),
              ].join(' · ')}
            </p>
            {weak.length > 0 && <p>{t('carePage', 'weak', { list: weak.join(', ') })}</p>}
            {one.findings !== null && <p>{one.findings}</p>}
          </li>
        )
      })}
    </ul>
  )
}
