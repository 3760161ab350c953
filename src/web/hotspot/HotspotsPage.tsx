import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { hotspotClosings, mayMark } from '#domain/report/hotspot.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { usePaged } from '#web/client/paged.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { ErrorSummary, type FaultLine, TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import { MunicipalityField, useMunicipalityName } from '#web/place/Municipality.tsx'
import { PlaceMap } from '#web/report/new/PlaceMap.tsx'
import '#web/report/new/new-report.css'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListHotspots } from '#wire/report.ts'
import './hotspot.css'

type Spot = z.output<typeof ListHotspots.reply>['items'][number]
/** What is being written: a new place, or a correction of one. */
interface Writing {
  readonly spot: Spot | undefined
  readonly id: string
  readonly name: string
  readonly lat: string
  readonly lon: string
}
const fresh = (): Writing => ({ spot: undefined, id: uuidv7(), name: '', lat: '', lon: '' })
const about = (spot: Spot): Writing => ({
  spot,
  id: spot.id,
  name: spot.name,
  lat: String(spot.lat),
  lon: String(spot.lon),
})
const numberOf = (said: string): number | null => {
  const n = Number(said.replace(',', '.'))
  return said.trim() === '' || !Number.isFinite(n) ? null : n
}
const pointOf = ({ lat, lon }: Writing): { lon: number; lat: number } | null => {
  const [x, y] = [numberOf(lon), numberOf(lat)]
  return x === null || y === null ? null : { lon: x, lat: y }
}

/** Name and point; the map writes the same two fields that the keyboard does. */
function SpotForm({
  writing,
  municipality,
  onWrite,
  onDone,
  onClosing,
}: {
  writing: Writing
  municipality: string
  onWrite: (change: Partial<Writing>) => void
  onDone: () => void
  onClosing: (spot: Spot) => void
}) {
  const t = useWords()
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const { spot } = writing
  const mark = useCommand({
    onDone: () => {
      toast(t('hotspotPage', spot ? 'corrected' : 'marked'))
      setMissing([])
      onDone()
    },
  })
  const faults = [...missing, ...faultsOf(mark.error)]
  const send = () => {
    const point = pointOf(writing)
    const wanted: FaultLine[] = [
      ...(writing.name.trim() === '' ? [{ field: 'f-name', message: t('hotspotPage', 'need_name') }] : []),
      ...(point === null ? [{ field: 'f-point.lat', message: t('hotspotPage', 'need_point') }] : []),
    ]
    setMissing(wanted)
    if (wanted.length > 0) return
    mark.mutate({
      type: 'hotspot.mark',
      recordId: writing.id,
      baseVersion: spot?.version,
      body: { name: writing.name.trim(), municipality, point },
    })
  }
  return (
    <form
      className="sheet"
      noValidate
      aria-labelledby="spot-form"
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      <div className="sheet-body stack">
        <div>
          <h2 id="spot-form">{t('hotspotPage', spot ? 'edit_title' : 'new_title')}</h2>
          <p className="note quiet">{t('hotspotPage', 'new_hint')}</p>
        </div>
        {missing.length > 0 ? (
          <ErrorSummary faults={missing} />
        ) : (
          <CommandFault error={mark.error} onInsist={send} />
        )}
        <TextField
          id="f-name"
          label={t('hotspotPage', 'name')}
          hint={t('hotspotPage', 'name_hint')}
          value={writing.name}
          onValue={(name) => onWrite({ name })}
          error={faultAt(faults, 'name')}
        />
        <div className="two">
          <TextField
            id="f-point.lat"
            label={t('hotspotPage', 'lat')}
            inputMode="decimal"
            value={writing.lat}
            onValue={(lat) => onWrite({ lat })}
            error={faultAt(faults, 'point.lat')}
          />
          <TextField
            id="f-point.lon"
            label={t('hotspotPage', 'lon')}
            inputMode="decimal"
            value={writing.lon}
            onValue={(lon) => onWrite({ lon })}
            error={faultAt(faults, 'point.lon')}
          />
        </div>
        <div className="row">
          <Button type="submit" kind="primary" busy={mark.isPending}>
            {t('hotspotPage', spot ? 'correct' : 'mark')}
          </Button>
          {spot && <Button onClick={() => onClosing(spot)}>{t('hotspotPage', 'close')}</Button>}
          {spot && (
            <Button kind="quiet" icon="plus" onClick={onDone}>
              {t('hotspotPage', 'new_place')}
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}

function ClosedSpots({ list, may }: { list: ReturnType<typeof usePaged<Spot>>; may: boolean }) {
  const t = useWords()
  const again = useCommand({ onDone: () => toast(t('hotspotPage', 'marked')) })
  return (
    <>
      <CommandFault error={again.error} />
      <ul className="sheet closed-spots">
        {list.items.map((spot) => (
          <li key={spot.id}>
            <span>{spot.name}</span>
            {may && (
              <Button
                size="table"
                label={`${t('hotspotPage', 'again')}: ${spot.name}`}
                onClick={() =>
                  again.mutate({
                    type: 'hotspot.mark',
                    recordId: spot.id,
                    baseVersion: spot.version,
                    body: {
                      name: spot.name,
                      municipality: spot.municipality,
                      point: { lon: spot.lon, lat: spot.lat },
                      active: true,
                    },
                  })
                }
              >
                {t('hotspotPage', 'again')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Where children are met: the map of the municipality, the same places as a list, and the form that marks them. */
export default function HotspotsPage() {
  const t = useWords()
  const user = useUser()
  const place = useMunicipalityName()
  const [municipality, setMunicipality] = useState(user.unit.municipality ?? '')
  const [state, setState] = useState<'open' | 'closed'>('open')
  const [writing, setWriting] = useState<Writing>(fresh)
  const [outside, setOutside] = useState(false)
  const [closing, setClosing] = useState<Spot>()
  const list = usePaged<Spot>('/api/hotspots', { municipality, state }, municipality !== '')
  const may = mayMark({ role: user.role, municipality: user.unit.municipality }, municipality)
  const point = pointOf(writing)
  // A place that was closed meanwhile is no longer there to correct.
  const gone =
    writing.spot !== undefined && !list.isPending && !list.items.some(({ id }) => id === writing.spot?.id)
  useEffect(() => {
    if (gone) setWriting(fresh())
  }, [gone])
  return (
    <div className="view stack">
      <div>
        <h1>{t('hotspotPage', 'title')}</h1>
        {municipality !== '' && (
          <p className="lede">{t('hotspotPage', 'lede', { place: place(municipality) })}</p>
        )}
      </div>
      {user.unit.municipality === null && (
        <MunicipalityField
          label={t('hotspotPage', 'choose_place')}
          value={municipality}
          onValue={setMunicipality}
        />
      )}
      {municipality !== '' && (
        <>
          <FilterTabs
            label={t('hotspotPage', 'state')}
            tabs={(['open', 'closed'] as const).map((key) => ({ key, label: t('hotspotPage', key) }))}
            current={state}
            onPick={(key) => setState(key === 'closed' ? 'closed' : 'open')}
          />
          <div className="columns hotspot-columns">
            <section className="stack" aria-label={t('hotspotPage', 'list')}>
              {state === 'open' && (
                <PlaceMap
                  municipality={municipality}
                  spots={list.items.map((spot) => ({
                    ...spot,
                    ...(spot.reports === null
                      ? {}
                      : { note: t('hotspotPage', 'reports', { count: spot.reports }) }),
                  }))}
                  chosen={writing.spot?.id ?? ''}
                  point={may ? point : null}
                  onPoint={(at, inside) => {
                    if (!may) return
                    setOutside(!inside)
                    if (inside) setWriting((now) => ({ ...now, lat: String(at.lat), lon: String(at.lon) }))
                  }}
                  onSpot={(chosen) => {
                    const spot = list.items.find((one) => one.id === chosen.id)
                    if (spot) setWriting(about(spot))
                  }}
                />
              )}
              {outside && (
                <p role="status" className="note">
                  {t('hotspotPage', 'outside', { place: place(municipality) })}
                </p>
              )}
              <ListFrame
                list={list}
                empty={t('hotspotPage', state === 'open' ? 'none' : 'none_closed')}
                {...(state === 'open' && may ? { emptyMore: t('hotspotPage', 'none_more') } : {})}
                fault={<FailedPart error={list.error} onRetry={list.refetch} />}
              >
                {state === 'closed' ? <ClosedSpots list={list} may={may} /> : null}
              </ListFrame>
            </section>
            {may && state === 'open' && (
              <SpotForm
                key={writing.id}
                writing={writing}
                municipality={municipality}
                onWrite={(change) => setWriting((now) => ({ ...now, ...change }))}
                onDone={() => setWriting(fresh())}
                onClosing={setClosing}
              />
            )}
          </div>
        </>
      )}
      {closing && (
        <CommandDialog
          onClose={() => setClosing(undefined)}
          form={{
            title: t('hotspotPage', 'close_question'),
            consequence: t('hotspotPage', 'close_more'),
            action: t('hotspotPage', 'close'),
            type: 'hotspot.close',
            recordId: closing.id,
            baseVersion: closing.version,
            done: t('hotspotPage', 'was_closed'),
            fields: [
              {
                name: 'reason',
                kind: 'radio',
                label: t('hotspotPage', 'close_reason'),
                options: hotspotClosings.map((value) => ({
                  value,
                  label: t('hotspotPage', `closing_${value}`),
                })),
              },
            ],
          }}
        />
      )}
    </div>
  )
}
