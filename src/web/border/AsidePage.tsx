import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { absences } from '#domain/border/kinds.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { CheckOne, type FaultLine, RadioField, SelectField, TextArea, TextField } from '#web/design/Field.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { useWords } from '#web/design/words.tsx'
import type { BorderDesk, BorderQuestions } from '#wire/border.ts'
import { AskedIn } from './AskedIn.tsx'
import { type Finding, Found } from './Found.tsx'
import '#web/report/new/new-report.css'
import './border.css'

type Desk = z.output<typeof BorderDesk.reply>
export type Asked = z.output<typeof BorderQuestions.reply>
const steps = ['protect', 'women', 'language', 'questions', 'result'] as const
type Step = (typeof steps)[number]

export interface Woman {
  readonly here: '' | 'yes' | 'no'
  readonly name: string
  readonly role: string
  readonly absence: string
}
const nobody: Woman = { here: '', name: '', role: '', absence: '' }
const presenceOf = (woman: Woman) =>
  woman.here === 'yes'
    ? { present: true, name: woman.name, ...(woman.role.trim() === '' ? {} : { role: woman.role }) }
    : { present: false, ...(woman.absence === '' ? {} : { absence: woman.absence }) }

/** The child's own report, written from what was recorded: one question, one press. */
function Protect({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useWords()
  const [reportId] = useState(uuidv7)
  const [immediacy, setImmediacy] = useState('')
  const [protection, setProtection] = useState(false)
  const [narrative, setNarrative] = useState('')
  const [missing, setMissing] = useState<string>()
  const send = useCommand({ onDone })
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (immediacy === '') return setMissing(t('web', 'answer_this', { label: t('borderPage', 'danger') }))
        send.mutate({
          type: 'border.protect',
          recordId: id,
          body: { reportId, immediacy, protection, concerns: ['child_on_the_move'], narrative },
        })
      }}
    >
      <CommandFault error={send.error} />
      <RadioField
        id="f-immediacy"
        label={t('borderPage', 'danger')}
        value={immediacy}
        onValue={setImmediacy}
        options={(['immediate', 'high', 'ordinary'] as const).map((value) => ({
          value,
          label: t('borderPage', `danger_${value}`),
        }))}
        error={immediacy === '' ? missing : undefined}
      />
      <CheckOne label={t('borderPage', 'took')} checked={protection} onChecked={setProtection} />
      <TextArea label={t('borderPage', 'narrative')} optional value={narrative} onValue={setNarrative} />
      <Button kind="primary" size="street" wide type="submit" busy={send.isPending}>
        {t('borderPage', 'tell_unit')}
      </Button>
    </form>
  )
}

function Presence({
  field,
  label,
  woman,
  set,
  faults,
  withRole,
}: {
  field: string
  label: string
  woman: Woman
  set: (change: Partial<Woman>) => void
  faults: readonly FaultLine[]
  withRole?: boolean
}) {
  const t = useWords()
  return (
    <div className="stack">
      <RadioField
        inline
        id={`f-${field}`}
        label={label}
        value={woman.here}
        onValue={(here) => set({ here: here as Woman['here'] })}
        options={[
          { value: 'yes', label: t('borderPage', 'is_there') },
          { value: 'no', label: t('borderPage', 'is_not_there') },
        ]}
        error={woman.here === '' ? faultAt(faults, field) : undefined}
      />
      {woman.here === 'yes' && (
        <div className="two">
          <TextField
            id={`f-${field}.name`}
            label={t('borderPage', 'name')}
            value={woman.name}
            onValue={(name) => set({ name })}
            error={faultAt(faults, `${field}.name`)}
          />
          {withRole && (
            <TextField
              label={t('borderPage', 'role')}
              optional
              value={woman.role}
              onValue={(role) => set({ role })}
            />
          )}
        </div>
      )}
      {woman.here === 'no' && (
        <SelectField
          id={`f-${field}.absence`}
          label={t('borderPage', 'why')}
          value={woman.absence}
          onValue={(absence) => set({ absence })}
          options={absences.map((value) => ({ value, label: t('borderPage', `absence_${value}`) }))}
          error={faultAt(faults, `${field}.absence`)}
        />
      )}
    </div>
  )
}

/**
 * A child (or an adult) taken aside: the unit is told first, then the women who are there are named, then a few questions are asked in
 * the person's own language on a screen that can be shown to them.
 */
export default function AsidePage() {
  const t = useWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const adult = id === 'adult'
  const desk = useGet<Desk>('/api/border/desk')
  const asked = useGet<Asked>('/api/border/questions', {}, { staleTime: Infinity })
  const [screeningId] = useState(uuidv7)
  const [at, setAt] = useState<Step>(adult ? 'women' : 'protect')
  const [sex, setSex] = useState('')
  const [officer, setOfficer] = useState(nobody)
  const [worker, setWorker] = useState(nobody)
  const [language, setLanguage] = useState('')
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const [found, setFound] = useState<Finding>()
  const check = desk.data?.items.find((one) => one.id === id)
  const send = useCommand({
    onDone: ({ reply }) => {
      setFound(reply as unknown as Finding)
      setAt('result')
    },
  })
  if (!desk.data || !asked.data) return <Loading />
  if (!adult && check?.mine !== true)
    return (
      <div className="view">
        <Empty icon="user" title={t('borderPage', 'aside_title')}>
          <Link to="/border">{t('borderPage', 'title')}</Link>
        </Empty>
      </div>
    )
  const step: Step = at === 'protect' && check?.reportId ? 'women' : at
  const go = (to: Step) => {
    setAt(to)
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
    document.querySelector('main')?.scrollIntoView()
  }
  const goOn = () => {
    const need = (field: string, label: string): FaultLine => ({
      field: `f-${field}`,
      message: t('web', 'answer_this', { label }),
    })
    const faultsIn = (woman: Woman, field: string, label: string) => {
      if (woman.here === '') return [need(field, label)]
      if (woman.here === 'yes')
        return woman.name.trim() === '' ? [need(`${field}.name`, t('borderPage', 'name'))] : []
      return woman.absence === '' ? [need(`${field}.absence`, t('borderPage', 'why'))] : []
    }
    const faults = [
      ...(adult && sex === '' ? [need('sex', t('borderPage', 'sex'))] : []),
      ...faultsIn(officer, 'womanOfficer', t('borderPage', 'woman_officer')),
      ...faultsIn(worker, 'socialWorker', t('borderPage', 'social_worker')),
    ]
    setMissing(faults)
    if (faults.length === 0) go('language')
  }
  const faults = [...missing, ...faultsOf(send.error)]
  return (
    <div className="view new-report" data-street>
      <div className="street stack">
        <div className="steps">
          {steps.map((one, n) => (
            <i key={one} data-done={n <= steps.indexOf(step) || undefined} />
          ))}
          <span className="only-heard">
            {t('newReport', 'step', { n: steps.indexOf(step) + 1, of: steps.length })}
          </span>
        </div>
        {step !== 'questions' && (
          <div>
            <h1>
              {step === 'result' || step === 'protect' || step === 'women' || step === 'language'
                ? t('borderPage', `at_${step}`)
                : ''}
            </h1>
            {step !== 'result' && <p className="lede">{t('borderPage', `at_${step}_more`)}</p>}
            {check?.name && <p className="quiet">{check.name}</p>}
          </div>
        )}
        {step === 'protect' && <Protect id={id} onDone={() => go('women')} />}
        {step === 'women' && (
          <>
            <Presence
              field="womanOfficer"
              label={t('borderPage', 'woman_officer')}
              woman={officer}
              set={(change) => setOfficer((now) => ({ ...now, ...change }))}
              faults={faults}
            />
            <Presence
              field="socialWorker"
              label={t('borderPage', 'social_worker')}
              woman={worker}
              set={(change) => setWorker((now) => ({ ...now, ...change }))}
              faults={faults}
              withRole
            />
            {adult && (
              <RadioField
                inline
                id="f-sex"
                label={t('borderPage', 'sex')}
                value={sex}
                onValue={setSex}
                options={[
                  { value: 'female', label: t('borderPage', 'woman') },
                  { value: 'male', label: t('borderPage', 'man') },
                  { value: 'unknown', label: t('borderPage', 'not_known') },
                ]}
                error={faultAt(faults, 'sex')}
              />
            )}
            <Button kind="primary" size="street" wide onClick={goOn}>
              {t('borderPage', 'go_on')}
            </Button>
          </>
        )}
        {step === 'language' && (
          <div className="border-languages">
            {asked.data.languages.map((one) => (
              <button
                key={one.code}
                type="button"
                className="big-choice"
                lang={one.code}
                dir={one.dir}
                onClick={() => {
                  setLanguage(one.code)
                  go('questions')
                }}
              >
                <b>{one.name}</b>
              </button>
            ))}
          </div>
        )}
        {step === 'questions' && (
          <>
            <CommandFault error={send.error} />
            <AskedIn
              asked={asked.data}
              language={language}
              subject={adult ? 'adult' : 'child'}
              busy={send.isPending}
              onAnswers={(answers) =>
                send.mutate({
                  type: 'border.screen',
                  recordId: screeningId,
                  body: {
                    ...(adult ? {} : { checkId: id }),
                    subject: adult ? 'adult' : 'child',
                    sex: adult ? sex : (check?.sex ?? 'unknown'),
                    language,
                    womanOfficer: presenceOf(officer),
                    socialWorker: presenceOf(worker),
                    answers,
                  },
                })
              }
            />
          </>
        )}
        {step === 'result' && found && <Found found={found} adult={adult} sex={sex} asked={asked.data} />}
        {(step === 'protect' || step === 'women') && (
          <Callout tone="plain" icon="shield">
            {t('borderPage', 'next_family')}
          </Callout>
        )}
      </div>
    </div>
  )
}
