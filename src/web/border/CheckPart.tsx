import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { categories, directions, documentKinds, escortRelations } from '#domain/border/kinds.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { ErrorSummary, type FaultLine, Segments, SelectField, TextField } from '#web/design/Field.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { clockTime } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { BorderDesk, CheckReply } from '#wire/border.ts'
import { bodyOf, nextChild, readsAsDate, type Typed, withCategory } from './check.ts'
import '#web/report/new/new-report.css'
import './border.css'

type Desk = z.output<typeof BorderDesk.reply>

const missingIn = (typed: Typed, t: Say): readonly FaultLine[] => {
  const need = (field: string, label: string): FaultLine => ({
    field: `f-${field}`,
    message: t('web', 'answer_this', { label }),
  })
  return [
    ...(typed.direction === '' ? [need('direction', t('borderPage', 'direction'))] : []),
    ...(typed.category === '' ? [need('category', t('borderPage', 'category'))] : []),
    ...(typed.sex === '' ? [need('sex', t('borderPage', 'sex'))] : []),
    ...(readsAsDate(typed.born) ? [] : [{ field: 'f-birth', message: t('borderPage', 'born_bad') }]),
  ]
}

interface Writing {
  typed: Typed
  set: (change: Partial<Typed>) => void
  faults: readonly FaultLine[]
}

/** A short question answered by one press; its fault stands above it. */
function Press({
  id,
  label,
  options,
  value,
  onValue,
  error,
}: {
  id: string
  label: string
  options: readonly { value: string; label: string }[]
  value: string
  onValue: (value: string) => void
  error: string | undefined
}) {
  return (
    <div className="border-press" id={id} tabIndex={-1}>
      <p aria-hidden="true">
        <b>{label}</b>
      </p>
      {error && <p className="field-error">{error}</p>}
      <Segments wide label={label} options={options} value={value} onValue={onValue} />
    </div>
  )
}

function Escorts({ typed, set, faults }: Writing) {
  const t = useWords()
  const change = (key: number, by: { relation?: string; name?: string }) =>
    set({ escorts: typed.escorts.map((one) => (one.key === key ? { ...one, ...by } : one)) })
  return (
    <>
      {typed.escorts.map((one, at) => (
        <div className="two" key={one.key}>
          <SelectField
            id={at === 0 ? 'f-escorts' : `f-escorts.${at}.relation`}
            label={t('borderPage', 'relation')}
            value={one.relation}
            onValue={(relation) => change(one.key, { relation })}
            options={escortRelations.map((value) => ({ value, label: t('borderPage', `rel_${value}`) }))}
            error={at === 0 ? faultAt(faults, 'escorts') : undefined}
          />
          <TextField
            label={t('borderPage', 'escort_name')}
            optional
            value={one.name}
            onValue={(name) => change(one.key, { name })}
          />
        </div>
      ))}
      {typed.escorts.length > 0 && typed.escorts.length < 10 && (
        <Button
          kind="quiet"
          icon="plus.bold"
          onClick={() =>
            set({
              escorts: [
                ...typed.escorts,
                { key: (typed.escorts.at(-1)?.key ?? 0) + 1, relation: '', name: '' },
              ],
            })
          }
        >
          {t('borderPage', 'escort_more')}
        </Button>
      )}
    </>
  )
}

function Questions({ typed, set, faults, desk }: Writing & { desk: Desk }) {
  const t = useWords()
  return (
    <>
      {desk.crossings.length > 1 && (
        <SelectField
          id="f-crossing"
          label={t('borderPage', 'crossing')}
          value={typed.crossing || (desk.crossings[0]?.id ?? '')}
          onValue={(crossing) => set({ crossing })}
          options={desk.crossings.map(({ id, name, otherSide }) => ({
            value: id,
            label: otherSide === null ? name : `${name} – ${otherSide}`,
          }))}
          error={faultAt(faults, 'crossing')}
        />
      )}
      <Press
        id="f-direction"
        label={t('borderPage', 'direction')}
        options={directions.map((value) => ({ value, label: t('borderPage', `dir_${value}`) }))}
        value={typed.direction}
        onValue={(direction) => set({ direction: direction as Typed['direction'] })}
        error={faultAt(faults, 'direction')}
      />
      <Press
        id="f-category"
        label={t('borderPage', 'category')}
        options={categories.map((value) => ({ value, label: t('borderPage', `cat_${value}`) }))}
        value={typed.category}
        onValue={(category) => set(withCategory(typed, category as Typed['category']))}
        error={faultAt(faults, 'category')}
      />
      <Escorts typed={typed} set={set} faults={faults} />
      <div className="two">
        <SelectField
          label={t('borderPage', 'document')}
          value={typed.documentKind}
          onValue={(kind) => set({ documentKind: (kind || 'none') as Typed['documentKind'] })}
          options={documentKinds.map((value) => ({ value, label: t('borderPage', `doc_${value}`) }))}
        />
        {typed.documentKind !== 'none' && (
          <TextField
            id="f-document.number"
            label={t('borderPage', 'number')}
            autoCapitalize="characters"
            value={typed.number}
            onValue={(number) => set({ number })}
            error={faultAt(faults, 'document.number')}
          />
        )}
      </div>
      <div className="two">
        <TextField
          id="f-givenName"
          label={t('borderPage', 'given')}
          value={typed.givenName}
          onValue={(givenName) => set({ givenName })}
          error={faultAt(faults, 'givenName')}
        />
        <TextField
          id="f-familyName"
          label={t('borderPage', 'family')}
          value={typed.familyName}
          onValue={(familyName) => set({ familyName })}
          error={faultAt(faults, 'familyName')}
        />
      </div>
      <div className="two">
        <TextField
          id="f-birth"
          label={t('borderPage', 'born')}
          hint={t('borderPage', 'born_hint')}
          value={typed.born}
          onValue={(born) => set({ born })}
          error={faultAt(faults, 'birth')}
        />
        <TextField
          id="f-citizenship"
          short
          label={t('borderPage', 'citizenship')}
          hint={t('borderPage', 'citizenship_hint')}
          maxLength={2}
          autoCapitalize="characters"
          value={typed.citizenship}
          onValue={(citizenship) => set({ citizenship })}
          error={faultAt(faults, 'citizenship')}
        />
      </div>
      <Press
        id="f-sex"
        label={t('borderPage', 'sex')}
        options={[
          { value: 'female', label: t('borderPage', 'girl') },
          { value: 'male', label: t('borderPage', 'boy') },
          { value: 'unknown', label: t('borderPage', 'not_known') },
        ]}
        value={typed.sex}
        onValue={(sex) => set({ sex: sex as Typed['sex'] })}
        error={faultAt(faults, 'sex')}
      />
    </>
  )
}

interface Told {
  readonly id: string
  readonly reply: CheckReply
}

/** The answer takes the focus: it is read out, and nothing of an alert stands in it but what to do. */
function Answer({ told, onNext }: { told: Told; onNext: () => void }) {
  const t = useWords()
  const { step, phones } = told.reply
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [])
  return (
    <section className="look-answer stack" data-step={step} aria-live="assertive">
      <h2 ref={head} tabIndex={-1}>
        <Icon name={step === 'pass' ? 'check' : 'warning'} size={28} />
        {t('borderPage', step)}
      </h2>
      <p>{t('borderPage', `${step}_more`)}</p>
      {phones.map((phone) => (
        <a key={phone} className="call-112" href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>
          <Icon name="phone.fill" size={28} />
          <b>{t('borderPage', 'call', { phone })}</b>
        </a>
      ))}
      <div className="row">
        <Button kind={step === 'pass' ? 'primary' : 'secondary'} size="street" onClick={onNext}>
          {t('borderPage', 'next_child')}
        </Button>
        <Link
          className="button"
          data-kind={step === 'pass' ? 'secondary' : 'primary'}
          data-size="street"
          to="/border/aside/$id"
          params={{ id: told.id }}
        >
          {t('borderPage', 'aside')}
        </Link>
      </div>
    </section>
  )
}

function Today({ desk }: { desk: Desk }) {
  const t = useWords()
  const placeOf = (id: string): string => desk.crossings.find((one) => one.id === id)?.name ?? id
  if (desk.items.length === 0) return <p className="quiet">{t('borderPage', 'today_none')}</p>
  return (
    <ul className="spot-list sheet">
      {desk.items.map((one) => {
        const face = (
          <>
            <span>
              <b>{one.name ?? t('borderPage', 'somebody')}</b>
              <small className="quiet">
                {' '}
                {clockTime(one.at)} · {placeOf(one.crossing)} · {t('borderPage', `dir_${one.direction}`)} ·{' '}
                {t('borderPage', `cat_${one.category}`)}
              </small>
            </span>
            <Chip kind={one.hit ? 'late' : one.reportId ? 'going' : 'done'}>
              {one.screened
                ? t('borderPage', `result_${one.screened}`)
                : t('borderPage', one.reportId ? 'was_told' : one.hit ? 'was_hit' : 'was_passed')}
            </Chip>
          </>
        )
        return (
          <li key={one.id}>
            {one.mine ? (
              <Link className="look-row" to="/border/aside/$id" params={{ id: one.id }}>
                {face}
              </Link>
            ) : (
              <div className="look-row">{face}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** One child in under twenty seconds: what is the same for the whole lane stays as it was. */
export default function CheckPart() {
  const t = useWords()
  const desk = useGet<Desk>('/api/border/desk')
  const [typed, setTyped] = useState<Typed>(() => nextChild())
  const [id, setId] = useState(uuidv7)
  const [told, setTold] = useState<Told>()
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: ({ recordId, reply }) => {
      setTold({ id: recordId, reply: reply as unknown as CheckReply })
      setTyped((now) => nextChild(now))
      setId(uuidv7())
    },
  })
  if (desk.isLoadingError) return <FailedPart error={desk.error} onRetry={() => void desk.refetch()} />
  if (!desk.data) return <Loading />
  if (desk.data.crossings.length === 0)
    return (
      <Empty icon="map-trifold" title={t('borderPage', 'tab_check')}>
        {t('borderPage', 'no_crossing')}
      </Empty>
    )
  const act = () => {
    const wanted = missingIn(typed, t)
    setMissing(wanted)
    if (wanted.length === 0) send.mutate({ type: 'border.check', recordId: id, body: bodyOf(typed) })
  }
  return (
    <div className="columns">
      <section className="street stack" aria-label={t('borderPage', 'tab_check')}>
        <p className="quiet">{t('borderPage', 'lede_check', { n: desk.data.keepDays })}</p>
        {told ? (
          <Answer told={told} onNext={() => setTold(undefined)} />
        ) : (
          <form
            className="stack"
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              act()
            }}
          >
            {missing.length > 0 ? <ErrorSummary faults={missing} /> : <CommandFault error={send.error} />}
            <Questions
              typed={typed}
              set={(change) => setTyped((now) => ({ ...now, ...change }))}
              faults={[...missing, ...faultsOf(send.error)]}
              desk={desk.data}
            />
            <Button kind="primary" size="street" wide type="submit" busy={send.isPending}>
              {t('borderPage', 'record')}
            </Button>
          </form>
        )}
        <Callout tone="plain">
          <Link to="/border/aside/$id" params={{ id: 'adult' }}>
            {t('borderPage', 'adult')}
          </Link>
        </Callout>
      </section>
      <section className="stack" aria-labelledby="border-today">
        <h2 id="border-today">{t('borderPage', 'today')}</h2>
        <Today desk={desk.data} />
      </section>
    </div>
  )
}
