import { faultAt } from '#web/client/problem.ts'
import { Button } from '#web/design/Button.tsx'
import { CheckField, type FaultLine, RadioField, TextArea } from '#web/design/Field.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { ClockSign } from '#web/design/signs.tsx'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { Counter } from './Counter.tsx'
import { asked, Question } from './Question.tsx'
import { type Item, markWord, resultWord, type ScreeningSet } from './types.ts'
import './screening.css'

/** What has been answered so far; everything may be empty, nothing is chosen beforehand. */
export interface Answers {
  forms: readonly string[]
  territory: string
  answers: Record<string, string>
  notes: Record<string, string>
  result: string
  reason: string
}
export const noAnswers: Answers = {
  forms: [],
  territory: '',
  answers: {},
  notes: {},
  result: '',
  reason: '',
}

const results: readonly string[] = ['negative', 'at_risk', 'vmt']
const offered = ['vmt', 'at_risk', 'negative'] as const
const territories = ['internal', 'cross_border', 'unknown'] as const
const rank = (result: string): number => results.indexOf(result)

/** Elements said to be there, those with a note among them, and what that many advise. */
const standing = (set: ScreeningSet, kept: Answers) => {
  const items = asked(set, kept.forms)
  const yes = items.filter((i) => kept.answers[i.code] === 'yes')
  const full = yes.filter((i) => (kept.notes[i.code] ?? '').trim() !== '')
  const advised: 'vmt' | 'at_risk' | 'negative' =
    full.length >= set.threshold ? 'vmt' : full.length > 0 ? 'at_risk' : 'negative'
  const unlike = kept.result !== '' && kept.result !== advised
  const down = unlike && rank(kept.result) < rank(advised)
  return { items, yes, full, advised, unlike, down }
}

/** What is still to be answered before it can be sent, each line at its control. */
export const missingIn = (set: ScreeningSet, kept: Answers, t: Say): FaultLine[] => {
  const { yes, unlike } = standing(set, kept)
  const answer = (field: string, label: string): FaultLine => ({
    field,
    message: t('web', 'answer_this', { label }),
  })
  return [
    ...(kept.forms.length === 0 ? [answer('f-forms', t('screeningPage', 'forms'))] : []),
    ...(kept.territory === '' ? [answer('f-territory', t('screeningPage', 'territory'))] : []),
    ...yes
      .filter((i) => (kept.notes[i.code] ?? '').trim() === '')
      .map((i) => ({ field: `f-${i.code}`, message: t('screeningPage', 'note_needed') })),
    ...(kept.result === '' ? [answer('f-result', t('screeningPage', 'you_decide'))] : []),
    ...(unlike && kept.reason.trim() === '' ? [answer('f-reason', t('casePage', 'reason'))] : []),
  ]
}

/** The part of the command's body that the answers give. */
export const bodyOf = (set: ScreeningSet, kept: Answers) => ({
  set: set.code,
  version: set.version,
  subject: 'child' as const,
  forms: kept.forms,
  territory: kept.territory,
  items: standing(set, kept).full.map((i) => ({ code: i.code, evidence: kept.notes[i.code] ?? '' })),
  result: kept.result,
  ...(kept.reason.trim() ? { reason: kept.reason } : {}),
})

/** The elements of one dimension; folded while nothing in it was answered, where it is not for here and now. */
function Dimension({
  code,
  title,
  items,
  kept,
  onKeep,
  faults,
  folded,
}: {
  code: string
  title: string
  items: readonly Item[]
  kept: Answers
  onKeep: (change: (now: Answers) => Answers) => void
  faults: readonly FaultLine[]
  folded: boolean
}) {
  const t = useWords()
  if (items.length === 0) return null
  const yes = items.filter((i) => kept.answers[i.code] === 'yes')
  const met = yes.some((i) => (kept.notes[i.code] ?? '').trim() !== '')
  const head = (
    <>
      <h2 id={`d-${code}`}>{title}</h2>
      {met && (
        <span className="note row">
          <Icon name="check-circle.fill" /> <b>{t('screeningPage', 'full_element')}</b>
        </span>
      )}
      {!met && yes.length > 0 && <span className="note quiet">{t('screeningPage', 'waits_note')}</span>}
    </>
  )
  const list = (
    <ul className="sheet elements">
      {items.map((item) => (
        <Question
          key={item.code}
          item={item}
          answer={kept.answers[item.code] ?? ''}
          note={kept.notes[item.code] ?? ''}
          error={faults.find((f) => f.field === `f-${item.code}`)?.message}
          onAnswer={(v) => onKeep((now) => ({ ...now, answers: { ...now.answers, [item.code]: v } }))}
          onNote={(v) => onKeep((now) => ({ ...now, notes: { ...now.notes, [item.code]: v } }))}
        />
      ))}
    </ul>
  )
  if (!folded)
    return (
      <section aria-labelledby={`d-${code}`}>
        <div className="spread">{head}</div>
        {list}
      </section>
    )
  return (
    <details className="dimension" open={items.some((i) => kept.answers[i.code] !== undefined)}>
      <summary>
        {head}
        <span className="note quiet">{t('screeningPage', 'questions', { count: items.length })}</span>
      </summary>
      {list}
    </details>
  )
}

/**
 * The elements of one set, a note for each that is there, the count beside them and the decision at the end: the same
 * inside a case and at a border or in a raid.
 */
export function ScreeningForm({
  set,
  kept,
  onKeep,
  faults,
  busy,
  onDecide,
  first,
}: {
  set: ScreeningSet
  kept: Answers
  onKeep: (change: (now: Answers) => Answers) => void
  faults: readonly FaultLine[]
  busy: boolean
  onDecide: () => void
  /** Dimensions that can be seen where one stands; they come first, the others wait folded. */
  first?: readonly string[]
}) {
  const t = useWords()
  const { language } = useLanguage()
  const { items, yes, full, advised, unlike, down } = standing(set, kept)
  const pending = yes.length - full.length
  const here = (code: string): boolean => first?.includes(code) ?? true
  const ordered = [
    ...set.dimensions.filter(({ code }) => here(code)),
    ...set.dimensions.filter(({ code }) => !here(code)),
  ]
  const keep = (change: Partial<Answers>) => onKeep((now) => ({ ...now, ...change }))
  return (
    <>
      <div className="columns screening-columns">
        <div className="stack">
          <section className="sheet">
            <div className="sheet-body stack">
              <CheckField
                id="f-forms"
                inline
                label={t('screeningPage', 'forms')}
                error={faultAt(faults, 'forms')}
                values={kept.forms}
                onValues={(forms) => keep({ forms })}
                options={set.forms.map((f) => ({ value: f.code, label: f[language] }))}
              />
              <RadioField
                id="f-territory"
                inline
                label={t('screeningPage', 'territory')}
                error={faultAt(faults, 'territory')}
                value={kept.territory}
                onValue={(territory) => keep({ territory })}
                options={territories.map((value) => ({
                  value,
                  label: t('screeningPage', `territory_${value}`),
                }))}
              />
            </div>
          </section>
          {ordered.map((dimension) => (
            <Dimension
              key={dimension.code}
              code={dimension.code}
              title={dimension[language]}
              items={items.filter((i) => i.dimension === dimension.code)}
              kept={kept}
              onKeep={onKeep}
              faults={faults}
              folded={!here(dimension.code)}
            />
          ))}
        </div>
        <aside>
          <div className="sheet screening-side" data-inset="">
            <div className="sheet-body stack">
              <h2 className="side-title">{t('screeningPage', 'full_elements')}</h2>
              <Counter full={full.length} pending={pending} threshold={set.threshold} />
              <ul className="dimension-list">
                {set.dimensions
                  .filter((d) => yes.some((i) => i.dimension === d.code))
                  .map((d) => {
                    const met = full.some((i) => i.dimension === d.code)
                    return (
                      <li key={d.code}>
                        <ClockSign kind={met ? 'done' : 'later'} part={0.5} />
                        {d[language]}
                        {!met && <span className="quiet">: {t('screeningPage', 'waits_note')}</span>}
                      </li>
                    )
                  })}
              </ul>
              <hr className="rule" />
              <RadioField
                id="f-result"
                label={t('screeningPage', 'you_decide')}
                hint={t('screeningPage', 'you_decide_more', {
                  advised: t('screeningPage', resultWord(set.code, advised)),
                })}
                error={faultAt(faults, 'result')}
                value={kept.result}
                onValue={(result) => keep({ result })}
                options={offered.map((value) => ({
                  value,
                  label: t('screeningPage', resultWord(set.code, value)),
                  note:
                    rank(value) < rank(advised)
                      ? t('screeningPage', 'down_needs')
                      : value === 'vmt' && set.code === 'trafficking'
                        ? t('screeningPage', 'vmt_note')
                        : undefined,
                }))}
              />
              {unlike && (
                <TextArea
                  id="f-reason"
                  label={t('casePage', 'reason')}
                  hint={down ? t('screeningPage', 'down_hint') : undefined}
                  value={kept.reason}
                  onValue={(reason) => keep({ reason })}
                  error={faultAt(faults, 'reason')}
                />
              )}
              <Button kind="primary" wide busy={busy} onClick={onDecide}>
                {kept.result === ''
                  ? t('screeningPage', 'decide')
                  : t('screeningPage', markWord(set.code, kept.result as 'vmt'))}
              </Button>
              <p className="note quiet">
                {t('screeningPage', set.code === 'trafficking' ? 'after_vmt' : 'after_economic')}
              </p>
            </div>
          </div>
        </aside>
      </div>
      <div className="screening-bar no-print">
        <b>{full.length}</b>
        <span>{t('screeningPage', 'threshold', { threshold: set.threshold })}</span>
        <Button kind="primary" onClick={() => document.getElementById('f-result')?.scrollIntoView()}>
          {t('screeningPage', 'decide')}
        </Button>
      </div>
    </>
  )
}
