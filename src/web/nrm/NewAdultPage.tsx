import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { doorsOf } from '#domain/nrm/policy.ts'
import { birthFromAge, type PartialDate, readPartialDate } from '#domain/partial-date.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import {
  CheckField,
  ErrorSummary,
  type FaultLine,
  RadioField,
  TextArea,
  TextField,
} from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { dayOf } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { MunicipalityField } from '#web/place/Municipality.tsx'
import { Counter } from '#web/screening/Counter.tsx'
import { asked, Question } from '#web/screening/Question.tsx'
import '#web/screening/screening.css'
import { useForms } from './forms.ts'
import type { NrmView } from './types.ts'

const empty = {
  adult: '',
  age: '',
  given: '',
  family: '',
  sex: '',
  citizenship: '',
  door: '',
  territory: '',
  municipality: '',
  upward: '',
  summary: '',
  contact: '',
}
type Told = typeof empty
/** What is kept while it is written: by the server under the writer's own name, never in this browser. */
interface Kept {
  readonly id: string
  readonly told: Told
  readonly forms: readonly string[]
  readonly answers: Readonly<Record<string, string>>
  readonly notes: Readonly<Record<string, string>>
}

/** A year, a day, or an age in years; null where nothing was said. */
const birthOf = (said: string, today: string): PartialDate | null => {
  const text = said.trim()
  if (text === '') return null
  if (/^\d{1,3}$/.test(text)) return birthFromAge(Number(text), today, text)
  return readPartialDate(text)
}

function Sent({ code, onAgain }: { code: string; onAgain: () => void }) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby="sent">
      <div className="sheet-head">
        <h2 id="sent">{t('nrmPage', 'sent')}</h2>
      </div>
      <div className="sheet-body stack">
        <Callout icon="check-circle.fill">{t('nrmPage', 'sent_more', { code })}</Callout>
        <p className="row">
          <ButtonLink to="/nrm">{t('nrmPage', 'title')}</ButtonLink>
          <Button onClick={onAgain}>{t('nrmPage', 'another')}</Button>
        </p>
      </div>
    </section>
  )
}

/** An adult identified on the spot, or again after an outcome: who as far as known, what was seen, where they are. */
export default function NewAdultPage() {
  const t = useWords()
  const { prior } = useSearch({ from: '/inside/nrm/new' })
  const [round, setRound] = useState(0)
  const [code, setCode] = useState('')
  const before = useGet<NrmView>(`/api/nrm/${prior ?? ''}`, {}, { enabled: prior !== undefined })
  return (
    <div className="view stack">
      <div>
        <p className="crumbs">
          <Link to="/nrm" activeOptions={{ exact: true }}>
            {t('nrmPage', 'title')}
          </Link>{' '}
          / {t('nrmPage', prior === undefined ? 'new' : 'trafficked_again')}
        </p>
        <h1>{t('nrmPage', prior === undefined ? 'new_title' : 'again_title')}</h1>
        <p className="lede">
          {prior === undefined
            ? t('nrmPage', 'new_lede')
            : t('nrmPage', 'again_more', { code: before.data?.code ?? '' })}
        </p>
      </div>
      {code === '' ? (
        <AdultForm key={round} prior={prior ?? null} onSent={setCode} />
      ) : (
        <Sent
          code={code}
          onAgain={() => {
            setRound((n) => n + 1)
            setCode('')
          }}
        />
      )}
    </div>
  )
}

function AdultForm({ prior, onSent }: { prior: string | null; onSent: (code: string) => void }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const { role } = useUser()
  const set = useForms()
  const [fresh] = useState(
    (): Kept => ({
      id: uuidv7(),
      told: prior === null ? empty : { ...empty, adult: 'yes' },
      forms: [],
      answers: {},
      notes: {},
    }),
  )
  const draft = useDraft<Kept>(prior === null ? 'nrm.open' : `nrm.open.${prior}`, fresh)
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const send = useCommand({
    onDone: async ({ reply }) => {
      await draft.clear()
      onSent(String(reply.code))
    },
  })
  if (set === undefined || !draft.ready) return <Loading />
  const { id, told, forms, answers, notes } = draft.value
  const tell = (change: Partial<Told>) => draft.set((was) => ({ ...was, told: { ...was.told, ...change } }))
  const items = asked(set, forms, 'adult')
  const yes = items.filter((item) => answers[item.code] === 'yes')
  const full = yes.filter((item) => (notes[item.code] ?? '').trim() !== '')
  const few = full.length > 0 && full.length < set.threshold
  const doors = doorsOf(role)
  const door = told.door || doors[0] || 'self'
  const faults = [...missing, ...faultsOf(send.error)]
  const act = () => {
    const need = (name: keyof Told, label: string): FaultLine[] =>
      told[name].trim() === '' ? [{ field: `f-${name}`, message: t('web', 'answer_this', { label }) }] : []
    const wanted: FaultLine[] = [
      ...need('adult', t('nrmPage', 'adult')),
      ...(prior === null ? need('sex', t('nrmPage', 'sex')) : []),
      ...need('municipality', t('nrmPage', 'where')),
      ...need('territory', t('nrmPage', 'territory')),
      ...(forms.length === 0
        ? [{ field: 'f-forms', message: t('web', 'answer_this', { label: t('nrmPage', 'forms') }) }]
        : []),
      ...yes
        .filter((item) => (notes[item.code] ?? '').trim() === '')
        .map((item) => ({ field: `f-${item.code}`, message: t('screeningPage', 'note_needed') })),
    ]
    setMissing(wanted)
    if (wanted.length > 0) return
    send.mutate({
      type: 'nrm.open',
      recordId: id,
      body: {
        person:
          prior !== null
            ? null
            : {
                givenName: told.given.trim() || null,
                familyName: told.family.trim() || null,
                otherNames: null,
                sex: told.sex,
                birth: birthOf(told.age, dayOf(now)),
                citizenship: told.citizenship.trim().toUpperCase() || null,
              },
        priorId: prior,
        adult: told.adult === 'yes',
        door,
        set: set.code,
        version: set.version,
        forms,
        territory: told.territory,
        items: full.map((item) => ({ code: item.code, evidence: notes[item.code] ?? '' })),
        upward: told.upward,
        county: null,
        municipality: told.municipality,
        summary: told.summary,
        contact: told.contact,
      },
    })
  }
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        act()
      }}
    >
      {missing.length > 0 ? (
        <ErrorSummary faults={missing} />
      ) : (
        <CommandFault error={send.error} onInsist={act} />
      )}
      <section className="sheet" aria-labelledby="who">
        <div className="sheet-head">
          <h2 id="who">{t('nrmPage', 'section_person')}</h2>
        </div>
        <div className="sheet-body stack">
          <RadioField
            inline
            id="f-adult"
            label={t('nrmPage', 'adult')}
            hint={t('nrmPage', 'adult_hint')}
            value={told.adult}
            onValue={(adult) => tell({ adult })}
            error={faultAt(faults, 'adult')}
            options={[
              { value: 'yes', label: t('web', 'yes') },
              { value: 'no', label: t('web', 'no') },
            ]}
          />
          {told.adult === 'no' && (
            <Callout tone="soon" icon="warning">
              {t('nrmPage', 'new_child')} <Link to="/reports/new">{t('nrmPage', 'report_instead')}</Link>
            </Callout>
          )}
          {prior === null && (
            <>
              <RadioField
                inline
                id="f-sex"
                label={t('nrmPage', 'sex')}
                value={told.sex}
                onValue={(sex) => tell({ sex })}
                error={faultAt(faults, 'sex')}
                options={[
                  { value: 'female', label: t('nrmPage', 'sex_female') },
                  { value: 'male', label: t('nrmPage', 'sex_male') },
                  { value: 'unknown', label: t('web', 'unknown_not_known') },
                ]}
              />
              <TextField
                short
                optional
                id="f-birth"
                label={t('nrmPage', 'age')}
                hint={t('nrmPage', 'age_hint')}
                value={told.age}
                onValue={(age) => tell({ age })}
                error={faultAt(faults, 'birth')}
              />
              <TextField
                optional
                label={t('nrmPage', 'given')}
                hint={t('nrmPage', 'name_hint')}
                value={told.given}
                onValue={(given) => tell({ given })}
              />
              <TextField
                optional
                label={t('nrmPage', 'family')}
                value={told.family}
                onValue={(family) => tell({ family })}
              />
              <TextField
                short
                optional
                id="f-person.citizenship"
                label={t('nrmPage', 'citizenship')}
                hint={t('nrmPage', 'citizenship_hint')}
                value={told.citizenship}
                onValue={(citizenship) => tell({ citizenship: citizenship.slice(0, 2) })}
                error={faultAt(faults, 'person.citizenship')}
              />
            </>
          )}
          <MunicipalityField
            id="f-municipality"
            label={t('nrmPage', 'where')}
            value={told.municipality}
            onValue={(municipality) => tell({ municipality })}
            error={faultAt(faults, 'municipality')}
          />
          {doors.length > 1 && (
            <RadioField
              id="f-door"
              label={t('nrmPage', 'door')}
              value={door}
              onValue={(value) => tell({ door: value })}
              options={doors.map((value) => ({ value, label: t('nrmPage', `door_${value}`) }))}
            />
          )}
        </div>
      </section>
      <section className="sheet" aria-labelledby="seen">
        <div className="sheet-head">
          <h2 id="seen">{t('nrmPage', 'section_elements')}</h2>
        </div>
        <div className="sheet-body stack">
          <CheckField
            id="f-forms"
            label={t('nrmPage', 'forms')}
            values={forms}
            onValues={(chosen) => draft.set({ forms: chosen })}
            error={faultAt(faults, 'forms')}
            options={set.forms.map((one) => ({ value: one.code, label: one[language] }))}
          />
          <RadioField
            inline
            id="f-territory"
            label={t('nrmPage', 'territory')}
            value={told.territory}
            onValue={(territory) => tell({ territory })}
            error={faultAt(faults, 'territory')}
            options={(['internal', 'cross_border', 'unknown'] as const).map((value) => ({
              value,
              label: t('nrmPage', `territory_${value}`),
            }))}
          />
          <Counter full={full.length} pending={yes.length - full.length} threshold={set.threshold} />
        </div>
        {forms.length > 0 && (
          <ul className="elements">
            {items.map((item) => (
              <Question
                key={item.code}
                item={item}
                answer={answers[item.code] ?? ''}
                note={notes[item.code] ?? ''}
                error={faultAt(faults, item.code)}
                onAnswer={(value) =>
                  draft.set((was) => ({ ...was, answers: { ...was.answers, [item.code]: value } }))
                }
                onNote={(value) =>
                  draft.set((was) => ({ ...was, notes: { ...was.notes, [item.code]: value } }))
                }
              />
            ))}
          </ul>
        )}
        {few && (
          <div className="sheet-body">
            <TextArea
              id="f-upward"
              label={t('nrmPage', 'few')}
              value={told.upward}
              onValue={(upward) => tell({ upward })}
              error={faultAt(faults, 'upward')}
            />
          </div>
        )}
      </section>
      <section className="sheet" aria-labelledby="help">
        <div className="sheet-head">
          <h2 id="help">{t('nrmPage', 'section_contact')}</h2>
        </div>
        <div className="sheet-body stack">
          <TextArea
            optional
            id="f-summary"
            label={t('nrmPage', 'summary')}
            value={told.summary}
            onValue={(summary) => tell({ summary })}
          />
          <TextField
            optional
            id="f-contact"
            label={t('nrmPage', 'contact')}
            value={told.contact}
            onValue={(contact) => tell({ contact })}
          />
        </div>
      </section>
      <p className="row">
        <Button kind="primary" type="submit" busy={send.isPending}>
          {t('nrmPage', 'send')}
        </Button>
      </p>
    </form>
  )
}
