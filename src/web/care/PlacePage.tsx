import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useDirectory } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip, Restricted } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { dayOf, fullDate, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import { FailedPage, FailedPart } from '#web/shell/Failed.tsx'
import type { CarePlaceDetail } from '#wire/care.ts'
import {
  addressForm,
  decideForm,
  facilityForm,
  familyForm,
  holdForm,
  statusForm,
  takeForm,
  visitForm,
} from './forms.ts'
import { Holds } from './Holds.tsx'
import { Visits } from './Visits.tsx'
import { kindWord, placeName, placeState } from './words.ts'
import '#web/net/net.css'
import './care.css'

function Line({ term, children }: { term: string; children: ReactNode }) {
  return children === '' || children === null ? null : (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Beds({ place, onForm }: { place: CarePlaceDetail; onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const { occupied, confirmed, held, free, capacity } = place
  const squares = Object.entries({
    OCCUPIED: occupied,
    CONFIRMED: confirmed,
    HELD: held,
    FREE: free,
  }).flatMap(([state, count]) => Array.from({ length: count }, (_, n) => ({ id: `${state} ${n}`, state })))
  return (
    <section className="sheet" aria-labelledby="beds">
      <div className="sheet-head">
        <h2 id="beds">{t('carePage', 'beds')}</h2>
        {place.mayKeep && place.open && (
          <span className="push">
            <Button size="table" onClick={() => onForm(takeForm(t, place.id))}>
              {t('carePage', 'take')}
            </Button>
          </span>
        )}
      </div>
      <div className="sheet-body stack">
        <dl className="facts">
          {(['free', 'occupied', 'confirmed', 'held', 'capacity'] as const).map((key) => (
            <div key={key}>
              <dt>{t('carePage', `col_${key}`)}</dt>
              <dd>{number(place[key])}</dd>
            </div>
          ))}
        </dl>
        <ul className="bed-row" aria-hidden="true">
          {squares.map(({ id, state }) => (
            <li key={id} data-bed={state} />
          ))}
        </ul>
        <p className="only-heard">
          {t('carePage', 'beds_said', { occupied, confirmed, held, free, capacity })}
        </p>
        <ul className="plain-list">
          {place.beds.map((group) => (
            <li key={`${group.sex} ${group.bands.join()}`}>
              {t('carePage', 'group_line', {
                count: group.places,
                who: t('carePage', `sex_${group.sex}`),
                ages: group.bands.map((band) => t('carePage', `band_${band}`)).join(', '),
              })}
            </li>
          ))}
        </ul>
        {place.holds.length === 0 ? (
          <p className="quiet">{t('carePage', 'holds_none')}</p>
        ) : (
          <Holds holds={place.holds} keeps={place.mayKeep} onForm={onForm} />
        )}
      </div>
    </section>
  )
}

/** Opened only on a press, because every opening is recorded. */
function Address({ place, onForm }: { place: CarePlaceDetail; onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const read = useGet<{ address: string }>(`/api/care/places/${place.id}/address`, {}, { enabled: open })
  return (
    <div className="stack">
      {place.mayReadAddress ? (
        open ? (
          read.isError ? (
            <FailedPart error={read.error} onRetry={() => void read.refetch()} />
          ) : (
            <p>
              <b>{read.data?.address ?? ''}</b>
            </p>
          )
        ) : (
          <p className="row">
            <Button size="table" icon="lock-simple" onClick={() => setOpen(true)}>
              {t('carePage', 'address_open')}
            </Button>
          </p>
        )
      ) : (
        <Restricted>
          {t(
            'carePage',
            place.hasAddress ? (place.mayHold ? 'address_hidden' : 'address_sealed') : 'address_none',
          )}
        </Restricted>
      )}
      {place.mayReadAddress && <p className="note quiet">{t('carePage', 'address_note')}</p>}
      {place.maySetAddress && (
        <p className="row">
          <Button size="table" onClick={() => onForm(addressForm(t, place))}>
            {t('carePage', 'set_address')}
          </Button>
        </p>
      )}
    </div>
  )
}

function Facts({ place }: { place: CarePlaceDetail }) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const facility = place.kind === 'facility'
  const day = (value: string | null) => (value === null ? '' : fullDate(value))
  return (
    <dl className="pairs">
      <Line term={t('carePage', 'operator')}>{(sq ? place.operatorSq : place.operatorEn) ?? ''}</Line>
      <Line term={t('carePage', 'keeper')}>{facility ? '' : sq ? place.unitSq : place.unitEn}</Line>
      <Line term={t('carePage', 'licence')}>
        {place.licenceNumber === null
          ? ''
          : t('carePage', 'licence_line', {
              number: place.licenceNumber,
              from: day(place.licenceFrom),
              to: place.licenceTo === null ? t('carePage', 'without_end') : day(place.licenceTo),
            })}
      </Line>
      <Line term={t('carePage', 'contact')}>{facility ? (place.names ?? '') : ''}</Line>
      <Line term={t('carePage', 'phone')}>
        {place.phone === null ? (
          ''
        ) : (
          <a href={`tel:${place.phone.replaceAll(/[^+\d]/g, '')}`}>{place.phone}</a>
        )}
      </Line>
      <Line term={t('carePage', 'siblings')}>
        {facility ? '' : t('carePage', place.siblings ? 'siblings_yes' : 'siblings_no')}
      </Line>
      <Line term={t('carePage', 'applied_on')}>{day(place.appliedOn)}</Line>
      <Line term={t('carePage', 'assessed_on')}>
        {place.assessedOn === null
          ? ''
          : `${day(place.assessedOn)}, ${t('carePage', place.recommended ? 'o_recommended' : 'o_not_recommended').toLowerCase()}`}
      </Line>
      <Line term={t('carePage', 'training')}>
        {facility
          ? ''
          : t('carePage', 'training_line', { hours: place.trainingHours, needed: place.trainingNeeded })}
      </Line>
      <Line term={t('carePage', 'approved_on')}>{day(place.approvedOn)}</Line>
      <Line term={t('carePage', facility ? 'check_due' : 'review_due')}>{day(place.checkDue)}</Line>
    </dl>
  )
}

function Acts({ place, onForm }: { place: CarePlaceDetail; onForm: (form: CommandForm) => void }) {
  const t = useWords()
  const today = dayOf(useNow())
  const sq = useLanguage().language === 'sq'
  const towns = useMunicipalities().map((one) => ({ value: one.code, label: one.name }))
  const facility = place.kind === 'facility'
  const known = useDirectory(facility && place.mayChange)
    .filter((one) => one.recipientKind === 'shelter' || one.recipientKind === 'day_centre')
    .map((one) => ({ value: one.id, label: sq ? one.nameSq : one.nameEn }))
  const units = known.some((one) => one.value === place.unitId)
    ? known
    : [...known, { value: place.unitId, label: sq ? place.unitSq : place.unitEn }]
  const over = place.status === 'closed' || place.status === 'refused'
  return (
    <div className="row">
      {place.mayHold && place.open && (
        <Button kind="primary" onClick={() => onForm(holdForm(t, place.id))}>
          {t('carePage', 'hold')}
        </Button>
      )}
      {place.mayApprove && (
        <Button kind="primary" onClick={() => onForm(decideForm(t, place))}>
          {t('carePage', 'decide')}
        </Button>
      )}
      {!over &&
        place.mayVisit
          .filter((kind) =>
            kind === 'assessment'
              ? place.status === 'applied' || place.status === 'assessed'
              : kind === 'review'
                ? place.status === 'approved' || place.status === 'suspended'
                : true,
          )
          .map((kind) => (
            <Button key={kind} onClick={() => onForm(visitForm(t, place, kind, today))}>
              {t('carePage', `add_${kind}`)}
            </Button>
          ))}
      {!over && place.mayChange && (
        <Button
          onClick={() =>
            onForm(facility ? facilityForm(t, towns, units, place) : familyForm(t, today, place))
          }
        >
          {t('carePage', 'change')}
        </Button>
      )}
      {place.mayDecide && (place.status === 'approved' || place.status === 'suspended') && (
        <Button onClick={() => onForm(statusForm(t, place))}>{t('carePage', 'set_status')}</Button>
      )}
    </div>
  )
}

/** One facility or foster family: its beds at this moment, who may go there, what inspections and reviews found. */
export default function PlacePage() {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const { id } = useParams({ strict: false })
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<CarePlaceDetail>(`/api/care/places/${id}`, {}, { refetchInterval: 30_000 })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPage error={read.error} reset={() => void read.refetch()} />
  const place = read.data
  const state = placeState(t, place)
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/care" activeOptions={{ exact: true }}>
              {t('carePage', 'back')}
            </Link>
          </p>
          <h1>{placeName(t, sq, place)}</h1>
          <p className="lede">
            {kindWord(t, place)} · {place.town} · {place.code}
          </p>
          <p className="row">
            <Chip kind={state.kind}>{state.word}</Chip>
            {place.late && (
              <Chip kind="late">
                {t('carePage', place.kind === 'facility' ? 'late_check' : 'late_review')}
              </Chip>
            )}
          </p>
        </div>
        <Acts place={place} onForm={setForm} />
      </div>
      <Beds place={place} onForm={setForm} />
      <section className="sheet" aria-labelledby="entry">
        <div className="sheet-head">
          <h2 id="entry">{t('carePage', 'entry')}</h2>
        </div>
        <div className="sheet-body stack">
          <Facts place={place} />
          <h3>{t('carePage', 'address')}</h3>
          <Address key={place.version} place={place} onForm={setForm} />
        </div>
      </section>
      <section className="sheet" aria-labelledby="visits">
        <div className="sheet-head">
          <h2 id="visits">{t('carePage', 'visits')}</h2>
        </div>
        <div className="sheet-body">
          <Visits visits={place.visits} />
        </div>
      </section>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
