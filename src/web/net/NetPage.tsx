import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { TextField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { type Column, Table } from '#web/design/Table.tsx'
import { dayOf, fullDate, number } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { NetCoverage } from '#wire/net.ts'
import { CoverageMap } from './CoverageMap.tsx'
import './net.css'

type Town = NetCoverage['municipalities'][number]
type Share = NetCoverage['shares'][number]

/** Yes or no as a sign with its word, so that neither colour nor shape alone says it. */
function Has({ yes }: { yes: boolean }) {
  const t = useWords()
  return <Chip kind={yes ? 'done' : 'blocked'}>{t('web', yes ? 'yes' : 'no')}</Chip>
}

function ShareLine({ share, printed }: { share: Share; printed: NetCoverage['printed'] }) {
  const t = useWords()
  const { language } = useLanguage()
  const part = share.total === 0 ? 0 : share.have / share.total
  return (
    <li>
      <h3>{t('netPage', `measure_${share.measure}`)}</h3>
      <p>
        <b className="figure">{number(share.have)}</b>{' '}
        <span>
          {t('netPage', `of_${share.of}`, { count: share.total })}
          {share.total > 0 && ` · ${number(Math.round(part * 100))} %`}
        </span>
      </p>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="6" className="bar-whole" />
        <rect width={part * 100} height="6" className="bar-part" />
      </svg>
      {printed.map((one) => (
        <p key={`${one.kind}${one.said}`} className="note quiet">
          {t('netPage', `printed_${one.kind}`, { value: number(one.value), said: one.said })}
          {`: ${language === 'sq' ? one.textSq : one.textEn} (${one.source})`}
        </p>
      ))}
    </li>
  )
}

const townColumns = (t: Say): Column<Town>[] => {
  const yes = (key: 'cpu' | 'nrmMechanism' | 'dvMechanism' | 'contactPoint', head: string): Column<Town> => ({
    key,
    head,
    cell: (r) => <Has yes={r[key]} />,
    sort: (r) => (r[key] ? 1 : 0),
  })
  const count = (
    key: string,
    head: string,
    of: (r: Town) => number,
    cell: (r: Town) => string,
  ): Column<Town> => ({
    key,
    head,
    number: true,
    cell,
    sort: of,
  })
  const share = (have: number, all: number) => (all === 0 ? '–' : `${number(have)}/${number(all)}`)
  return [
    {
      key: 'name',
      head: t('web', 'municipality'),
      name: true,
      cell: (r) => r.name,
      sort: (r) => r.name,
    },
    count(
      'standing',
      t('netPage', 'standing'),
      (r) => r.standing / r.parts,
      (r) => share(r.standing, r.parts),
    ),
    yes('cpu', t('netPage', 'col_cpu')),
    count(
      'workers',
      t('netPage', 'col_full_time'),
      (r) => r.fullTimeWorkers,
      (r) => number(r.fullTimeWorkers),
    ),
    count(
      'schools',
      t('netPage', 'col_protectors'),
      (r) => r.schoolsWithProtector,
      (r) => share(r.schoolsWithProtector, r.schools),
    ),
    count(
      'teams',
      t('netPage', 'col_teams'),
      (r) => r.fieldTeams,
      (r) => number(r.fieldTeams),
    ),
    yes('nrmMechanism', t('netPage', 'col_nrm')),
    yes('dvMechanism', t('netPage', 'col_dv')),
    yes('contactPoint', t('netPage', 'col_contact')),
    count(
      'crossings',
      t('netPage', 'col_crossings'),
      (r) => r.crossingsCovered,
      (r) => share(r.crossingsCovered, r.crossings),
    ),
  ]
}

function Crossings({ data }: { data: NetCoverage }) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby="crossings">
      <div className="sheet-head">
        <h2 id="crossings">{t('netPage', 'crossings')}</h2>
        <p className="note quiet">{t('netPage', 'crossings_more')}</p>
      </div>
      <Table
        caption={t('netPage', 'crossings')}
        rows={data.crossings}
        rowKey={(c) => c.id}
        columns={[
          {
            key: 'name',
            head: t('netPage', 'crossing'),
            name: true,
            cell: (c) => c.name,
            sort: (c) => c.name,
          },
          {
            key: 'officer',
            head: t('netPage', 'woman_officer'),
            cell: (c) => <Has yes={c.womanOfficer} />,
            sort: (c) => (c.womanOfficer ? 1 : 0),
          },
          {
            key: 'worker',
            head: t('netPage', 'female_social_worker'),
            cell: (c) => <Has yes={c.femaleSocialWorker} />,
            sort: (c) => (c.femaleSocialWorker ? 1 : 0),
          },
        ]}
      />
    </section>
  )
}

function Counties({ data }: { data: NetCoverage }) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby="counties">
      <div className="sheet-head">
        <h2 id="counties">{t('netPage', 'counties')}</h2>
      </div>
      <Table
        caption={t('netPage', 'counties')}
        rows={data.counties}
        rowKey={(c) => c.county}
        columns={[
          {
            key: 'name',
            head: t('netPage', 'county'),
            name: true,
            cell: (c) => c.name,
            sort: (c) => c.name,
          },
          { key: 'committee', head: t('netPage', 'kind_krat'), cell: (c) => <Has yes={c.committee} /> },
          {
            key: 'table',
            head: t('netPage', 'kind_technical_table'),
            cell: (c) => <Has yes={c.technicalTable} />,
          },
          {
            key: 'coordinator',
            head: t('netPage', 'full_time_coordinator'),
            cell: (c) => <Has yes={c.fullTimeCoordinator} />,
          },
          {
            key: 'mobile',
            head: t('netPage', 'mobile_units'),
            number: true,
            cell: (c) => number(c.mobileUnits),
          },
          {
            key: 'police',
            head: t('netPage', 'police_carer'),
            cell: (c) => <Has yes={c.policeCarer} />,
          },
        ]}
      />
    </section>
  )
}

/** How far the net covers the country on a day: shares, map, table of the 61, crossings and counties. */
export default function NetPage() {
  const t = useWords()
  const today = dayOf(useNow())
  const [asked, setAsked] = useState(today)
  const [view, setView] = useState<'map' | 'table'>('map')
  const whole = /^\d{4}-\d\d-\d\d$/.test(asked) && asked >= '1912-11-28'
  const read = useGet<NetCoverage>('/api/net/coverage', { day: whole ? asked : today })
  const data = read.data
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('netPage', 'title')}</h1>
          <p className="lede">{data && t('netPage', 'lede', { day: fullDate(data.day) })}</p>
        </div>
        <div className="row no-print">
          <TextField label={t('netPage', 'as_of')} type="date" short value={asked} onValue={setAsked} />
          <Button icon="printer.bold" onClick={() => print()}>
            {t('web', 'print')}
          </Button>
        </div>
      </div>
      <p className="row">
        <Link to="/net/structures" activeOptions={{ exact: true }}>
          {t('netPage', 'structures')}
        </Link>
        <Link to="/projects" activeOptions={{ exact: true }}>
          {t('netPage', 'directory')}
        </Link>
      </p>
      {read.isError && <FailedPart error={read.error} onRetry={() => void read.refetch()} />}
      {read.isPending && <Loading />}
      {data && (
        <>
          <ul className="shares" aria-label={t('netPage', 'shares')}>
            {data.shares.map((share) => (
              <ShareLine
                key={share.measure}
                share={share}
                printed={data.printed.filter((one) => one.measure === share.measure)}
              />
            ))}
          </ul>
          <div className="columns net-columns" data-view={view}>
            <section className="sheet" aria-labelledby="towns">
              <div className="sheet-head">
                <h2 id="towns">{t('netPage', 'towns')}</h2>
                <p className="note quiet">
                  {t('netPage', 'towns_more')}{' '}
                  <button
                    type="button"
                    className="link no-print"
                    onClick={() => setView(view === 'map' ? 'table' : 'map')}
                  >
                    {t('nationalPage', view === 'map' ? 'as_table' : 'as_map')}
                  </button>
                </p>
              </div>
              {view === 'map' ? (
                <CoverageMap data={data} />
              ) : (
                <Table
                  caption={t('netPage', 'towns')}
                  rows={data.municipalities}
                  rowKey={(r) => r.municipality}
                  columns={townColumns(t)}
                />
              )}
            </section>
            <div className="stack">
              <Counties data={data} />
              <Crossings data={data} />
            </div>
          </div>
        </>
      )}
    </div>
  )
}
