import { useState } from 'react'
import type { z } from 'zod'
import { outsideSettings } from '#domain/screening.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { usePaged } from '#web/client/paged.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import {
  CheckOne,
  ErrorSummary,
  type FaultLine,
  RadioField,
  SelectField,
  TextField,
} from '#web/design/Field.tsx'
import { Icon, type IconName } from '#web/design/Icon.tsx'
import { useNow } from '#web/design/now.ts'
import { nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { MunicipalityField, useMunicipalityName } from '#web/place/Municipality.tsx'
import { ChildrenPart } from '#web/report/new/parts.tsx'
import { bodyOf, type Draft } from '#web/report/new/state.ts'
import type { BorderCrossingList } from '#wire/place.ts'
import type { MyReports } from '#wire/report.ts'
import type { Outside } from './outside.ts'

interface Part {
  kept: Outside
  set: (change: Partial<Outside>) => void
  go: (change: Partial<Outside>) => void
}
type Mine = z.output<typeof MyReports.reply>['items'][number]

const dangers = [
  { value: 'immediate', icon: 'warning' },
  { value: 'ordinary', icon: 'eye' },
  { value: 'unknown', icon: 'question' },
] as const satisfies readonly { value: string; icon: IconName }[]

/** Reports sent from here that a screening can still be added to. */
function SentBefore({ go }: Pick<Part, 'go'>) {
  const t = useWords()
  const now = useNow()
  const place = useMunicipalityName()
  const mine = usePaged<Mine>('/api/reports/mine').items.slice(0, 5)
  if (mine.length === 0) return null
  return (
    <section className="stack" aria-labelledby="sent-before">
      <h2 id="sent-before">{t('outsidePage', 'sent_before')}</h2>
      <ul className="spot-list sheet">
        {mine.map((report) => (
          <li key={report.id}>
            <button
              type="button"
              onClick={() =>
                go({
                  step: 'questions',
                  reportId: report.id,
                  childIds: report.listed.map((one) => one.childId),
                  childId: report.listed.length === 1 ? (report.listed[0]?.childId ?? '') : '',
                  sent: report.listed.length === 1 ? (report.listed[0]?.screened ?? []) : [],
                })
              }
            >
              <Icon name="paper-plane-tilt" />
              <span>
                {nearDate(report.receivedAt, now)}, {place(report.municipality)}
                <small className="quiet"> {t('reportPage', 'children', { count: report.children })}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Danger first, and the child taken into protection at once where the police are there: then everything else. */
export function ProtectStep({ kept, set, go }: Part) {
  const t = useWords()
  const { role } = useUser()
  const police = role === 'police' || role === 'border_police'
  const say = (change: Partial<Draft>) => ({ report: { ...kept.report, ...change } })
  return (
    <>
      <Callout tone="plain" icon="shield">
        {t('outsidePage', 'protection_first')}
      </Callout>
      <a className="call-112" href="tel:112">
        <Icon name="phone.fill" size={28} />
        <span>
          <b>{t('newReport', 'call_112')}</b>
          {t('newReport', 'call_112_hint')}
        </span>
      </a>
      {police && (
        <CheckOne
          label={t('newReport', 'protection')}
          note={t('newReport', 'protection_more')}
          checked={kept.report.protection}
          onChecked={(protection) => set(say({ protection }))}
        />
      )}
      {dangers.map((d) => (
        <button
          key={d.value}
          type="button"
          className="big-choice"
          aria-pressed={kept.report.immediacy === d.value}
          onClick={() => go({ ...say({ immediacy: d.value }), step: 'where' })}
        >
          <Icon name={d.icon} size={28} />
          <span>
            <b>{t('newReport', `f_${d.value}`)}</b>
            {t('outsidePage', `danger_${d.value}`)}
          </span>
        </button>
      ))}
      <SentBefore go={go} />
    </>
  )
}

/** Border or raid, and where: the crossing names the municipality, and so the unit. */
export function WhereStep({ kept, set, go }: Part) {
  const t = useWords()
  const { role } = useUser()
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const crossings = useGet<z.output<typeof BorderCrossingList>>(
    '/api/places/border-crossings',
    {},
    {
      staleTime: Infinity,
      enabled: kept.setting === 'border',
    },
  )
  const settings = outsideSettings(role)
  const next = () => {
    const faults: FaultLine[] = [
      ...(kept.setting === ''
        ? [
            {
              field: 'f-setting',
              message: t('web', 'answer_this', { label: t('outsidePage', 'setting') }),
            },
          ]
        : []),
      ...(kept.setting === 'border' && kept.crossing === ''
        ? [{ field: 'f-crossing', message: t('outsidePage', 'need_crossing') }]
        : []),
      ...(kept.setting === 'raid' && kept.report.municipality === ''
        ? [{ field: 'f-place.municipality', message: t('web', 'choose_municipality') }]
        : []),
      ...(kept.setting === 'raid' && kept.report.placeText.trim() === ''
        ? [{ field: 'f-place.text', message: t('outsidePage', 'need_place') }]
        : []),
    ]
    setMissing(faults)
    if (faults.length === 0) go({ step: 'who' })
  }
  return (
    <>
      <ErrorSummary faults={missing} />
      {settings.length > 1 && (
        <RadioField
          id="f-setting"
          label={t('outsidePage', 'setting')}
          value={kept.setting}
          onValue={(v) => set({ setting: v === 'border' ? 'border' : 'raid' })}
          error={faultAt(missing, 'setting')}
          options={settings.map((value) => ({ value, label: t('outsidePage', `setting_${value}`) }))}
        />
      )}
      {kept.setting === 'border' && (
        <SelectField
          id="f-crossing"
          label={t('outsidePage', 'crossing')}
          value={kept.crossing}
          onValue={(crossing) => {
            const at = crossings.data?.items.find((one) => one.id === crossing)
            set({
              crossing,
              report: {
                ...kept.report,
                municipality: at?.municipality ?? '',
                placeText: at?.name ?? '',
                point: at ? { lon: at.lon, lat: at.lat } : null,
              },
            })
          }}
          error={faultAt(missing, 'crossing')}
          options={(crossings.data?.items ?? []).map((one) => ({
            value: one.id,
            label: one.otherSide ? `${one.name} – ${one.otherSide}` : one.name,
          }))}
        />
      )}
      {kept.setting === 'raid' && (
        <>
          <MunicipalityField
            id="f-place.municipality"
            label={t('web', 'municipality')}
            value={kept.report.municipality}
            onValue={(municipality) => set({ report: { ...kept.report, municipality } })}
            error={faultAt(missing, 'place.municipality')}
          />
          <TextField
            id="f-place.text"
            label={t('reportPage', 'place')}
            hint={t('outsidePage', 'place_hint')}
            value={kept.report.placeText}
            onValue={(placeText) => set({ report: { ...kept.report, placeText } })}
            error={faultAt(missing, 'place.text')}
          />
        </>
      )}
      <Button kind="primary" size="street" wide onClick={next}>
        {t('newReport', 'next')}
      </Button>
    </>
  )
}

/** The children, as little as is known; then the report leaves, before the first question. */
export function WhoStep({ kept, set, go }: Part) {
  const t = useWords()
  const send = useCommand({
    onDone: ({ reply }) => {
      const childIds = Array.isArray(reply.childIds) ? reply.childIds.map(String) : []
      go({
        step: 'questions',
        reportId: kept.report.recordId,
        childIds,
        childId: childIds.length === 1 ? (childIds[0] ?? '') : '',
        sent: [],
      })
    },
  })
  const faults = faultsOf(send.error)
  return (
    <>
      <CommandFault error={send.error} />
      <ChildrenPart
        draft={kept.report}
        set={(change) => set({ report: { ...kept.report, ...change } })}
        faults={faults}
        short
      />
      <Button
        kind="primary"
        size="street"
        wide
        icon="paper-plane-tilt"
        busy={send.isPending}
        onClick={() =>
          send.mutate({
            type: 'report.create',
            recordId: kept.report.recordId,
            body: bodyOf(kept.report),
          })
        }
      >
        {t('outsidePage', 'send_report')}
      </Button>
      <p className="note quiet">{t('outsidePage', 'send_report_more')}</p>
    </>
  )
}
