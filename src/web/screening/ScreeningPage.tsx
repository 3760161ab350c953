import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useCase } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { CheckField, ErrorSummary, type FaultLine, RadioField, TextArea } from '#web/design/Field.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { Loading } from '#web/design/States.tsx'
import { ClockSign } from '#web/design/signs.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { Counter } from './Counter.tsx'
import { asked, Question } from './Question.tsx'
import { markWord, resultWord, type Sets } from './types.ts'
import './screening.css'

interface Kept {
  recordId: string
  forms: readonly string[]
  territory: string
  answers: Record<string, string>
  notes: Record<string, string>
  result: string
  reason: string
}
const results = ['vmt', 'at_risk', 'negative'] as const
const territories = ['internal', 'cross_border', 'unknown'] as const

/** Initial identification inside a case: the tool counts full elements and advises; the person decides. */
export default function ScreeningPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { id, set: code } = useParams({ from: '/inside/cases/$id/screening/$set' })
  const navigate = useNavigate()
  const read = useCase(id)
  const sets = useGet<{ items: Sets }>('/api/screening-sets')
  const [recordId] = useState(uuidv7)
  const draft = useDraft<Kept>(`screening.record.${code}:${id}`, {
    recordId,
    forms: [],
    territory: '',
    answers: {},
    notes: {},
    result: '',
    reason: '',
  })
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      toast(t('screeningPage', 'done'))
      await navigate({ to: '/cases/$id', params: { id }, search: { tab: 'screening' } })
    },
  })
  if (read.isError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const set = sets.data?.items.find((s) => s.code === code)
  if (!read.data || !draft.ready || !set) return <Loading />
  const view = read.data
  const kept = draft.value
  const items = asked(set, kept.forms)
  const yes = items.filter((i) => kept.answers[i.code] === 'yes')
  const full = yes.filter((i) => (kept.notes[i.code] ?? '').trim() !== '')
  const pending = yes.length - full.length
  const advised = full.length >= set.threshold ? 'vmt' : full.length > 0 ? 'at_risk' : 'negative'
  const rank = (r: string) => ['negative', 'at_risk', 'vmt'].indexOf(r)
  const down = kept.result !== '' && rank(kept.result) < rank(advised)
  const unlike = kept.result !== '' && kept.result !== advised
  const faults = [...missing, ...faultsOf(send.error)]
  const act = () => {
    const wanted: FaultLine[] = [
      ...(kept.forms.length === 0
        ? [{ field: 'f-forms', message: t('web', 'answer_this', { label: t('screeningPage', 'forms') }) }]
        : []),
      ...(kept.territory === ''
        ? [
            {
              field: 'f-territory',
              message: t('web', 'answer_this', { label: t('screeningPage', 'territory') }),
            },
          ]
        : []),
      ...yes
        .filter((i) => (kept.notes[i.code] ?? '').trim() === '')
        .map((i) => ({ field: `f-${i.code}`, message: t('screeningPage', 'note_needed') })),
      ...(kept.result === ''
        ? [
            {
              field: 'f-result',
              message: t('web', 'answer_this', { label: t('screeningPage', 'you_decide') }),
            },
          ]
        : []),
      ...(unlike && kept.reason.trim() === ''
        ? [{ field: 'f-reason', message: t('web', 'answer_this', { label: t('casePage', 'reason') }) }]
        : []),
    ]
    setMissing(wanted)
    if (wanted.length > 0) return
    send.mutate({
      type: 'screening.record',
      recordId: kept.recordId,
      body: {
        set: set.code,
        version: set.version,
        caseId: id,
        subject: 'child',
        forms: kept.forms,
        territory: kept.territory,
        setting: 'case',
        items: full.map((i) => ({ code: i.code, evidence: kept.notes[i.code] ?? '' })),
        result: kept.result,
        ...(kept.reason.trim() ? { reason: kept.reason } : {}),
      },
    })
  }
  return (
    <div className="view stack">
      <div>
        <p className="crumbs">
          <Link to="/cases" activeOptions={{ exact: true }}>
            {t('casePage', 'title')}
          </Link>{' '}
          /{' '}
          <Link to="/cases/$id" params={{ id }} activeOptions={{ exact: true }}>
            {view.code}
          </Link>{' '}
          / {t('screeningPage', 'title')}
        </p>
        <h1>
          {set[language]}
          {view.child && `: ${view.child}`}
        </h1>
        <p className="lede">{t('screeningPage', 'lede', { version: set.version })}</p>
      </div>
      <Callout tone="plain">{t('screeningPage', 'child_rule')}</Callout>
      {set.status === 'unverified' && (
        <Callout>
          <details>
            <summary>{t('screeningPage', 'unverified')}</summary>
            <p className="note">{set.source}</p>
          </details>
        </Callout>
      )}
      {missing.length > 0 ? <ErrorSummary faults={missing} /> : <CommandFault error={send.error} />}
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
                onValues={(forms) => draft.set({ forms })}
                options={set.forms.map((f) => ({ value: f.code, label: f[language] }))}
              />
              <RadioField
                id="f-territory"
                inline
                label={t('screeningPage', 'territory')}
                error={faultAt(faults, 'territory')}
                value={kept.territory}
                onValue={(territory) => draft.set({ territory })}
                options={territories.map((value) => ({
                  value,
                  label: t('screeningPage', `territory_${value}`),
                }))}
              />
            </div>
          </section>
          {set.dimensions.map((dimension) => {
            const mine = items.filter((i) => i.dimension === dimension.code)
            if (mine.length === 0) return null
            const met = full.some((i) => i.dimension === dimension.code)
            const waits = !met && yes.some((i) => i.dimension === dimension.code)
            return (
              <section key={dimension.code} aria-labelledby={`d-${dimension.code}`}>
                <div className="spread">
                  <h2 id={`d-${dimension.code}`}>{dimension[language]}</h2>
                  {met && (
                    <span className="note row">
                      <Icon name="check-circle.fill" /> <b>{t('screeningPage', 'full_element')}</b>
                    </span>
                  )}
                  {waits && <span className="note quiet">{t('screeningPage', 'waits_note')}</span>}
                </div>
                <ul className="sheet elements">
                  {mine.map((item) => (
                    <Question
                      key={item.code}
                      item={item}
                      answer={kept.answers[item.code] ?? ''}
                      note={kept.notes[item.code] ?? ''}
                      error={faults.find((f) => f.field === `f-${item.code}`)?.message}
                      onAnswer={(v) =>
                        draft.set((now) => ({ ...now, answers: { ...now.answers, [item.code]: v } }))
                      }
                      onNote={(v) =>
                        draft.set((now) => ({ ...now, notes: { ...now.notes, [item.code]: v } }))
                      }
                    />
                  ))}
                </ul>
              </section>
            )
          })}
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
                onValue={(result) => draft.set({ result })}
                options={results.map((value) => ({
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
                  onValue={(reason) => draft.set({ reason })}
                  error={faultAt(faults, 'reason')}
                />
              )}
              <Button kind="primary" wide busy={send.isPending} onClick={act}>
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
    </div>
  )
}
