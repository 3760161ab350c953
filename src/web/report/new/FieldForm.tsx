import { type ReactNode, useState } from 'react'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField, TextArea, TextField } from '#web/design/Field.tsx'
import { Icon, type IconName } from '#web/design/Icon.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { MunicipalityField } from '#web/place/Municipality.tsx'
import { useIntakeOptions } from '../words.ts'
import { PlaceMap } from './PlaceMap.tsx'
import { ChildrenPart, CompanionsPart, ConcernsPart, OfficialPart, type PartProps } from './parts.tsx'

const dangers = [
  { value: 'immediate', icon: 'warning' },
  { value: 'ordinary', icon: 'eye' },
  { value: 'unknown', icon: 'question' },
] as const satisfies readonly { value: string; icon: IconName }[]

/** The street form: one question a page, five steps, large targets, «Nuk e di» always there; danger and 112 first. */
export function FieldForm({
  draft,
  set,
  faults,
  busy,
  onSend,
}: PartProps & { busy: boolean; onSend: () => void }) {
  const t = useWords()
  const user = useUser()
  const { language } = useLanguage()
  const options = useIntakeOptions(draft.municipality || undefined)
  const [step, setStep] = useState(0)
  const last = 4
  const go = (to: number) => {
    setStep(to)
    document.querySelector('main')?.scrollIntoView()
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
  }
  const skip: Partial<Record<number, () => void>> = {
    1: () => set({ point: null, hotspotId: '', placeText: '' }),
    2: () => set({ concerns: [], activity: '' }),
    3: () => undefined,
  }
  const pages: readonly { title: string; hint: string; body: ReactNode }[] = [
    {
      title: t('newReport', 'f_danger'),
      hint: t('newReport', 'f_danger_hint'),
      body: (
        <>
          <a className="call-112" href="tel:112">
            <Icon name="phone.fill" size={28} />
            <span>
              <b>{t('newReport', 'call_112')}</b>
              {t('newReport', 'call_112_hint')}
            </span>
          </a>
          {dangers.map((d) => (
            <button
              key={d.value}
              type="button"
              className="big-choice"
              aria-pressed={draft.immediacy === d.value}
              onClick={() => {
                set({ immediacy: d.value })
                go(1)
              }}
            >
              <Icon name={d.icon} size={28} />
              <span>
                <b>{t('newReport', `f_${d.value}`)}</b>
                {t('newReport', `f_${d.value}_hint`)}
              </span>
            </button>
          ))}
        </>
      ),
    },
    {
      title: t('newReport', 'f_where'),
      hint: t('newReport', 'f_where_hint'),
      body: (
        <>
          {user.unit.municipality === null && (
            <MunicipalityField
              label={t('web', 'municipality')}
              value={draft.municipality}
              onValue={(municipality) => set({ municipality, point: null, hotspotId: '' })}
            />
          )}
          <PlaceMap
            municipality={draft.municipality}
            spots={options?.hotspots.slice(0, 20) ?? []}
            chosen={draft.hotspotId}
            point={draft.point}
            onPoint={(point) => set({ point, hotspotId: '' })}
            onSpot={(s) => set({ hotspotId: s.id, point: { lon: s.lon, lat: s.lat }, placeText: s.name })}
          />
          <TextField
            label={t('reportPage', 'place')}
            hint={t('newReport', 'place_hint')}
            optional
            value={draft.placeText}
            onValue={(placeText) => set({ placeText })}
          />
        </>
      ),
    },
    {
      title: t('newReport', 'f_what'),
      hint: t('newReport', 'f_what_hint'),
      body: (
        <>
          <SelectField
            label={t('reportPage', 'activity')}
            optional
            value={draft.activity}
            onValue={(activity) => set({ activity })}
            options={(options?.activities ?? []).map((a) => ({ value: a.code, label: a[language] }))}
          />
          <ConcernsPart
            draft={draft}
            set={set}
            faults={faults}
            options={options}
            label={t('newReport', 'f_what')}
          />
        </>
      ),
    },
    {
      title: t('newReport', 'f_who'),
      hint: t('newReport', 'f_who_hint'),
      body: <ChildrenPart draft={draft} set={set} faults={faults} short />,
    },
    {
      title: t('newReport', 'f_more'),
      hint: t('newReport', 'f_more_hint'),
      body: (
        <>
          <CompanionsPart draft={draft} set={set} />
          <TextArea
            label={t('reportPage', 'narrative')}
            hint={t('newReport', 'narrative_hint')}
            optional
            value={draft.narrative}
            onValue={(narrative) => set({ narrative })}
          />
          <OfficialPart draft={draft} set={set} faults={faults} />
        </>
      ),
    },
  ]
  const page = pages[step]
  if (!page) return null
  return (
    <div className="street stack">
      <div className="steps">
        {pages.map((p, i) => (
          <i key={p.title} data-done={i <= step || undefined} />
        ))}
        <span className="only-heard">{t('newReport', 'step', { n: step + 1, of: pages.length })}</span>
      </div>
      <div>
        <h1>{page.title}</h1>
        <p className="lede">{page.hint}</p>
      </div>
      {page.body}
      <div className="street-foot stack">
        {step > 0 && (
          <Button
            kind="primary"
            size="street"
            wide
            busy={busy}
            icon={step === last ? 'paper-plane-tilt' : undefined}
            onClick={() => (step === last ? onSend() : go(step + 1))}
          >
            {t('newReport', step === last ? 'send' : 'next')}
          </Button>
        )}
        {skip[step] && (
          <button
            type="button"
            className="link street-skip"
            onClick={() => {
              skip[step]?.()
              go(step + 1)
            }}
          >
            {t('newReport', 'dont_know')}
          </button>
        )}
        {step > 0 && (
          <Button kind="quiet" icon="caret-left" onClick={() => go(step - 1)}>
            {t('web', 'back')}
          </Button>
        )}
      </div>
    </div>
  )
}
