import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { outsideSettings } from '#domain/screening.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultsOf } from '#web/client/problem.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { ErrorSummary, type FaultLine } from '#web/design/Field.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import '#web/report/new/new-report.css'
import { bodyOf, missingIn, noAnswers, ScreeningForm } from './Form.tsx'
import { ProtectStep, WhereStep, WhoStep } from './OutsideReport.tsx'
import { begin, type Outside, steps } from './outside.ts'
import { resultWord, type ScreeningSet, type Sets } from './types.ts'

/** What can be seen at the booth or on the spot; the other questions wait for whoever knows more. */
const seen = {
  border: ['border', 'child_situation', 'exploitation'],
  raid: ['exploitation', 'child_situation', 'work', 'control'],
} as const
const codes = ['trafficking', 'economic_exploitation'] as const

interface Asking {
  kept: Outside
  set: (change: Partial<Outside> | ((now: Outside) => Outside)) => void
  go: (change: Partial<Outside>) => void
  sets: Sets
}

/** Which child, where several were reported, and which questions; what was already sent says so. */
function Choose({ kept, set, sets }: Asking) {
  const t = useWords()
  const { language } = useLanguage()
  return (
    <>
      <Callout icon="checks">{t('outsidePage', 'report_is_there')}</Callout>
      {kept.childId === '' &&
        kept.childIds.map((childId, i) => (
          <button
            key={childId}
            type="button"
            className="big-choice"
            onClick={() => set({ childId, sent: [] })}
          >
            <Icon name="user" size={28} />
            <b>{t('reportPage', 'child_n', { n: i + 1 })}</b>
          </button>
        ))}
      {kept.childId !== '' &&
        codes.map((code) => (
          <button key={code} type="button" className="big-choice" onClick={() => set({ set: code })}>
            <Icon name={kept.sent.includes(code) ? 'check' : 'list-checks'} size={28} />
            <span>
              <b>{sets.find((one) => one.code === code)?.[language]}</b>
              {t('outsidePage', kept.sent.includes(code) ? 'set_sent' : `set_${code}`)}
            </span>
          </button>
        ))}
    </>
  )
}

function Questions({ kept, set, go, of }: Omit<Asking, 'sets'> & { of: ScreeningSet }) {
  const t = useWords()
  const { role } = useUser()
  const setting = kept.setting || outsideSettings(role)[0] || 'raid'
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: ({ reply }) =>
      go({
        step: 'next',
        found: reply.result === 'vmt' ? 'vmt' : reply.result === 'at_risk' ? 'at_risk' : 'negative',
        sent: [...kept.sent, of.code],
      }),
  })
  const act = () => {
    const wanted = missingIn(of, kept.answers, t)
    setMissing(wanted)
    if (wanted.length > 0) return
    send.mutate({
      type: 'screening.record',
      recordId: kept.screeningId,
      body: {
        ...bodyOf(of, kept.answers),
        reportId: kept.reportId,
        childId: kept.childId,
        setting,
      },
    })
  }
  return (
    <>
      <Callout tone="plain">{t('screeningPage', 'child_rule')}</Callout>
      {missing.length > 0 ? <ErrorSummary faults={missing} /> : <CommandFault error={send.error} />}
      <ScreeningForm
        set={of}
        kept={kept.answers}
        onKeep={(change) => set((now) => ({ ...now, answers: change(now.answers) }))}
        faults={[...missing, ...faultsOf(send.error)]}
        busy={send.isPending}
        onDecide={act}
        first={seen[setting]}
      />
    </>
  )
}

/** What was found, and who does what with it now; never whether the child is known. */
function Next({ kept, go, onEnd }: Pick<Asking, 'kept' | 'go'> & { onEnd: () => void }) {
  const t = useWords()
  const place = useMunicipalityName()
  const last = kept.sent.at(-1) ?? 'trafficking'
  const other = codes.find((code) => !kept.sent.includes(code))
  const again = { set: '', screeningId: uuidv7(), answers: noAnswers, found: '' } as const
  return (
    <>
      <p className="lede">
        <b>{t('screeningPage', resultWord(last, kept.found || 'negative'))}</b>
      </p>
      <ol className="next-list sheet">
        <li>
          {t('outsidePage', 'next_unit', {
            place: place(kept.report.municipality) || t('outsidePage', 'the_place'),
          })}
        </li>
        <li>{t('outsidePage', 'next_carried')}</li>
        {kept.found === 'vmt' && last === 'trafficking' && <li>{t('outsidePage', 'next_vmt')}</li>}
        {kept.found !== 'vmt' && <li>{t('outsidePage', 'next_open')}</li>}
        <li>{t('outsidePage', 'next_stay')}</li>
        <li>{t('outsidePage', 'next_family')}</li>
      </ol>
      {other && (
        <Button
          size="street"
          wide
          icon="list-checks"
          onClick={() => go({ ...again, set: other, step: 'questions' })}
        >
          {t('screeningPage', `begin_${other}`)}
        </Button>
      )}
      {kept.childIds.length > 1 && (
        <Button
          size="street"
          wide
          icon="user"
          onClick={() => go({ ...again, childId: '', sent: [], step: 'questions' })}
        >
          {t('outsidePage', 'other_child')}
        </Button>
      )}
      <Button kind="primary" size="street" wide icon="check" onClick={onEnd}>
        {t('outsidePage', 'end')}
      </Button>
    </>
  )
}

/**
 * A screening at a border crossing or in a raid, in about three minutes: danger and protection first, a short report
 * that leaves before the first question, then the elements, then what happens with it.
 */
export default function OutsidePage() {
  const t = useWords()
  const { language } = useLanguage()
  const user = useUser()
  const navigate = useNavigate()
  const [fresh] = useState(() => begin(user.role, user.unit.municipality, uuidv7))
  const draft = useDraft<Outside>('screening.outside', fresh)
  const sets = useGet<{ items: Sets }>('/api/screening-sets', {}, { staleTime: 5 * 60_000 })
  if (outsideSettings(user.role).length === 0)
    return (
      <div className="view">
        <Empty icon="list-checks" title={t('outsidePage', 'title')}>
          {t('outsidePage', 'not_here')}
        </Empty>
      </div>
    )
  if (!draft.ready || !sets.data) return <Loading />
  const kept = draft.value
  const { set } = draft
  const go = (change: Partial<Outside>) => {
    set(change)
    document.querySelector('main')?.scrollIntoView()
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }
  const end = async (to: string) => {
    await draft.clear()
    await navigate({ to })
  }
  const of = kept.childId === '' ? undefined : sets.data.items.find((one) => one.code === kept.set)
  const asking = { kept, set, go, sets: sets.data.items }
  const at = steps.indexOf(kept.step)
  const back = () => {
    if (kept.step === 'where') go({ step: 'protect' })
    if (kept.step === 'who') go({ step: 'where' })
    if (kept.step === 'questions' && of) go({ set: '' })
  }
  return (
    <div className="view new-report" data-street={of ? undefined : true}>
      <div className="street stack">
        <div className="steps">
          {steps.map((step, i) => (
            <i key={step} data-done={i <= at || undefined} />
          ))}
          <span className="only-heard">{t('newReport', 'step', { n: at + 1, of: steps.length })}</span>
        </div>
        <div>
          <h1>{kept.step === 'questions' && of ? of[language] : t('outsidePage', `at_${kept.step}`)}</h1>
          <p className="lede">{t('outsidePage', `at_${kept.step}_more`)}</p>
        </div>
        {kept.step === 'protect' && <ProtectStep {...asking} />}
        {kept.step === 'where' && <WhereStep {...asking} />}
        {kept.step === 'who' && <WhoStep {...asking} />}
        {kept.step === 'questions' && !of && <Choose {...asking} />}
        {kept.step === 'questions' && of && <Questions {...asking} of={of} />}
        {kept.step === 'next' && <Next {...asking} onEnd={() => void end('/')} />}
        {kept.step !== 'next' && (
          <div className="row">
            {(kept.step === 'where' || kept.step === 'who' || of) && (
              <Button kind="quiet" icon="caret-left" onClick={back}>
                {t('web', 'back')}
              </Button>
            )}
            {kept.reportId !== '' && (
              <Button kind="quiet" onClick={() => void end('/')}>
                {t('outsidePage', 'leave')}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  )
}
