import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { inspectionMeasures, inspectionPartners } from '#domain/inspection/inspection.ts'
import { workSectors } from '#domain/prevention/kinds.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import {
  CheckField,
  ErrorSummary,
  type FaultLine,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '#web/design/Field.tsx'
import { useWords } from '#web/design/words.tsx'
import { MunicipalityField } from '#web/place/Municipality.tsx'
import '#web/report/new/new-report.css'

interface Minor {
  readonly key: number
  readonly givenName: string
  readonly familyName: string
  readonly sex: string
  readonly age: string
}
interface Typed {
  readonly jointWith: readonly string[]
  readonly sector: string
  readonly employer: string
  readonly nipt: string
  readonly businessId: string
  readonly municipality: string
  readonly place: string
  readonly on: string
  readonly workersChecked: string
  readonly adults: string
  readonly measures: readonly string[]
  readonly notes: string
  readonly immediacy: string
  readonly narrative: string
  readonly minors: readonly Minor[]
}
const empty: Typed = {
  jointWith: [],
  sector: '',
  employer: '',
  nipt: '',
  businessId: '',
  municipality: '',
  place: '',
  on: '',
  workersChecked: '',
  adults: '0',
  measures: [],
  notes: '',
  immediacy: '',
  narrative: '',
  minors: [],
}
const said = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())
const count = (text: string): number | string => (/^\d{1,6}$/.test(text) ? Number(text) : text)

/** Work of a child by sector, as the report's concern. */
const concernOf = (sector: string): string =>
  ['begging', 'recyclables', 'mining', 'agriculture', 'street_vending'].includes(sector)
    ? sector
    : 'other_work'

const bodyOf = (typed: Typed, reportId: string): unknown => ({
  jointWith: typed.jointWith,
  sector: typed.sector,
  employer: typed.employer,
  nipt: said(typed.nipt.toUpperCase()),
  businessId: said(typed.businessId),
  municipality: typed.municipality,
  place: typed.place,
  on: typed.on,
  workersChecked: count(typed.workersChecked),
  adults: count(typed.adults),
  measures: typed.measures,
  notes: said(typed.notes),
  minors: typed.minors.map((one) => ({
    givenName: said(one.givenName),
    familyName: said(one.familyName),
    sex: one.sex === '' ? 'unknown' : one.sex,
    ...(one.age === '' ? {} : { age: count(one.age) }),
  })),
  ...(typed.minors.length === 0
    ? {}
    : {
        report: {
          reportId,
          immediacy: typed.immediacy || 'high',
          concerns: [concernOf(typed.sector)],
          narrative: said(typed.narrative),
        },
      }),
})

interface Part {
  typed: Typed
  set: (change: Partial<Typed>) => void
  faults: readonly FaultLine[]
}

function Minors({ typed, set, faults }: Part) {
  const t = useWords()
  const change = (key: number, by: Partial<Minor>) =>
    set({ minors: typed.minors.map((one) => (one.key === key ? { ...one, ...by } : one)) })
  return (
    <section className="stack" aria-label={t('inspectionPage', 'minors')}>
      <h2>{t('inspectionPage', 'minors')}</h2>
      <Callout tone="plain" icon="shield">
        {t('inspectionPage', 'minor_rule')}
      </Callout>
      {typed.minors.map((one, at) => (
        <fieldset key={one.key} className="child-fields stack">
          <legend>
            <b>{t('inspectionPage', 'minor_n', { n: at + 1 })}</b>
          </legend>
          <RadioField
            inline
            label={t('borderPage', 'sex')}
            value={one.sex}
            onValue={(sex) => change(one.key, { sex })}
            options={[
              { value: 'female', label: t('borderPage', 'girl') },
              { value: 'male', label: t('borderPage', 'boy') },
              { value: 'unknown', label: t('borderPage', 'not_known') },
            ]}
          />
          <div className="two">
            <TextField
              id={`f-children.${at}.age`}
              short
              label={t('web', 'age')}
              optional
              inputMode="numeric"
              value={one.age}
              onValue={(age) => change(one.key, { age: age.replaceAll(/\D/g, '').slice(0, 2) })}
              error={faultAt(faults, `children.${at}.age`)}
            />
            <TextField
              label={t('borderPage', 'given')}
              optional
              value={one.givenName}
              onValue={(givenName) => change(one.key, { givenName })}
            />
            <TextField
              label={t('borderPage', 'family')}
              optional
              value={one.familyName}
              onValue={(familyName) => change(one.key, { familyName })}
            />
          </div>
          <Button
            kind="quiet"
            icon="x"
            onClick={() => set({ minors: typed.minors.filter((other) => other.key !== one.key) })}
          >
            {t('web', 'remove')}
          </Button>
        </fieldset>
      ))}
      {typed.minors.length < 20 && (
        <Button
          icon="plus.bold"
          onClick={() =>
            set({
              minors: [
                ...typed.minors,
                { key: (typed.minors.at(-1)?.key ?? 0) + 1, givenName: '', familyName: '', sex: '', age: '' },
              ],
            })
          }
        >
          {t('inspectionPage', 'minor_add')}
        </Button>
      )}
      {typed.minors.length > 0 && (
        <>
          <RadioField
            id="f-report.immediacy"
            label={t('inspectionPage', 'danger')}
            value={typed.immediacy}
            onValue={(immediacy) => set({ immediacy })}
            options={(['immediate', 'high', 'ordinary'] as const).map((value) => ({
              value,
              label: t('borderPage', `danger_${value}`),
            }))}
            error={faultAt(faults, 'report.immediacy')}
          />
          <TextArea
            label={t('inspectionPage', 'what')}
            optional
            value={typed.narrative}
            onValue={(narrative) => set({ narrative })}
          />
        </>
      )}
    </section>
  )
}

function Where({ typed, set, faults }: Part) {
  const t = useWords()
  const known = useGet<{ items: readonly { id: string; name: string; nipt: string | null }[] }>(
    '/api/businesses',
    { limit: 100 },
  )
  return (
    <>
      <CheckField
        inline
        label={t('inspectionPage', 'joint')}
        hint={t('inspectionPage', 'alone')}
        optional
        values={typed.jointWith}
        onValues={(jointWith) => set({ jointWith })}
        options={inspectionPartners.map((value) => ({ value, label: t('inspectionPage', `joint_${value}`) }))}
      />
      <div className="two">
        <SelectField
          id="f-sector"
          label={t('inspectionPage', 'sector')}
          value={typed.sector}
          onValue={(sector) => set({ sector })}
          options={workSectors.map((value) => ({ value, label: t('inspectionPage', `sector_${value}`) }))}
          error={faultAt(faults, 'sector')}
        />
        <TextField
          id="f-on"
          type="date"
          label={t('inspectionPage', 'on')}
          value={typed.on}
          onValue={(on) => set({ on })}
          error={faultAt(faults, 'on')}
        />
      </div>
      {(known.data?.items.length ?? 0) > 0 && (
        <SelectField
          label={t('inspectionPage', 'business')}
          optional
          value={typed.businessId}
          onValue={(businessId) => {
            const found = known.data?.items.find((one) => one.id === businessId)
            set({
              businessId,
              ...(found === undefined ? {} : { employer: found.name, nipt: found.nipt ?? '' }),
            })
          }}
          options={(known.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <div className="two">
        <TextField
          id="f-employer"
          label={t('inspectionPage', 'employer')}
          value={typed.employer}
          onValue={(employer) => set({ employer })}
          error={faultAt(faults, 'employer')}
        />
        <TextField
          id="f-nipt"
          label={t('inspectionPage', 'nipt')}
          optional
          autoCapitalize="characters"
          value={typed.nipt}
          onValue={(nipt) => set({ nipt })}
          error={faultAt(faults, 'nipt')}
        />
      </div>
      <div className="two">
        <MunicipalityField
          id="f-municipality"
          label={t('inspectionPage', 'municipality')}
          value={typed.municipality}
          onValue={(municipality) => set({ municipality })}
          error={faultAt(faults, 'municipality')}
        />
        <TextField
          id="f-place"
          label={t('inspectionPage', 'place')}
          value={typed.place}
          onValue={(place) => set({ place })}
          error={faultAt(faults, 'place')}
        />
      </div>
    </>
  )
}

/** An inspection written down on the spot: where, whom it found, what was done; minors go to the unit with the same press. */
export default function NewInspectionPage() {
  const t = useWords()
  const [ids] = useState(() => ({ id: uuidv7(), reportId: uuidv7() }))
  const [typed, setTyped] = useState(empty)
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const [done, setDone] = useState(false)
  const send = useCommand({
    onDone: () => {
      setDone(true)
      document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
    },
  })
  const set = (change: Partial<Typed>) => setTyped((now) => ({ ...now, ...change }))
  const act = () => {
    const needed = [
      ['sector', typed.sector],
      ['on', typed.on],
      ['employer', typed.employer],
      ['municipality', typed.municipality],
      ['place', typed.place],
    ] as const
    const faults = needed
      .filter(([, value]) => value.trim() === '')
      .map(([name]) => ({
        field: `f-${name}`,
        message: t('web', 'answer_this', { label: t('inspectionPage', name) }),
      }))
    if (!/^\d+$/.test(typed.workersChecked))
      faults.push({
        field: 'f-workersChecked',
        message: t('web', 'answer_this', { label: t('inspectionPage', 'checked') }),
      })
    if (typed.measures.length === 0)
      faults.push({
        field: 'f-measures',
        message: t('web', 'answer_this', { label: t('inspectionPage', 'measures') }),
      })
    if (typed.minors.length > 0 && typed.immediacy === '')
      faults.push({
        field: 'f-report.immediacy',
        message: t('web', 'answer_this', { label: t('inspectionPage', 'danger') }),
      })
    setMissing(faults)
    if (faults.length === 0)
      send.mutate({ type: 'inspection.record', recordId: ids.id, body: bodyOf(typed, ids.reportId) })
  }
  const faults = [...missing, ...faultsOf(send.error)]
  if (done)
    return (
      <div className="view new-report">
        <div className="stack">
          <h1>{t('inspectionPage', 'saved')}</h1>
          {typed.minors.length > 0 && (
            <p className="lede">{t('inspectionPage', 'saved_minors', { count: typed.minors.length })}</p>
          )}
          {Number(typed.adults) > 0 && <Callout>{t('inspectionPage', 'adult_next')}</Callout>}
          <div className="row">
            {typed.minors.length > 0 && (
              <Link className="button" data-kind="primary" to="/screening">
                {t('inspectionPage', 'screen')}
              </Link>
            )}
            {Number(typed.adults) > 0 && (
              <Link className="button" data-kind="secondary" to="/nrm/new">
                {t('inspectionPage', 'adult_open')}
              </Link>
            )}
            <Link className="button" data-kind="secondary" to="/inspections">
              {t('inspectionPage', 'back')}
            </Link>
          </div>
        </div>
      </div>
    )
  return (
    <div className="view new-report">
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          act()
        }}
      >
        <h1>{t('inspectionPage', 'new')}</h1>
        {missing.length > 0 ? <ErrorSummary faults={missing} /> : <CommandFault error={send.error} />}
        <Where typed={typed} set={set} faults={faults} />
        <div className="two">
          <TextField
            id="f-workersChecked"
            short
            label={t('inspectionPage', 'checked')}
            inputMode="numeric"
            value={typed.workersChecked}
            onValue={(workersChecked) => set({ workersChecked: workersChecked.replaceAll(/\D/g, '') })}
            error={faultAt(faults, 'workersChecked')}
          />
          <TextField
            id="f-adults"
            short
            label={t('inspectionPage', 'adults')}
            inputMode="numeric"
            value={typed.adults}
            onValue={(adults) => set({ adults: adults.replaceAll(/\D/g, '') })}
            error={faultAt(faults, 'adults')}
          />
        </div>
        <CheckField
          id="f-measures"
          label={t('inspectionPage', 'measures')}
          values={typed.measures}
          onValues={(measures) => set({ measures })}
          options={inspectionMeasures.map((value) => ({
            value,
            label: t('inspectionPage', `measure_${value}`),
          }))}
          error={faultAt(faults, 'measures')}
        />
        <Minors typed={typed} set={set} faults={faults} />
        <TextArea
          label={t('inspectionPage', 'notes')}
          optional
          value={typed.notes}
          onValue={(notes) => set({ notes })}
        />
        <Button kind="primary" size="street" wide type="submit" busy={send.isPending}>
          {t('inspectionPage', 'save')}
        </Button>
      </form>
    </div>
  )
}
