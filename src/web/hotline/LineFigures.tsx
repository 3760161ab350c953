import { useState } from 'react'
import { addDays } from '#domain/clock/tirana.ts'
import { useGet } from '#web/client/api.ts'
import { Chip, SuppressedCell } from '#web/design/Chip.tsx'
import { TextField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { dayOf, exactTime, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import '#web/case/case.css'
import './hotline.css'
import type { LineFigures as Figures, Lines } from '#wire/hotline.ts'

const share = (part: number, of: number): string =>
  of === 0 ? '–' : number(Math.floor((1000 * part) / of) / 10, 1)
const hours = (n: number): string => number(n, n % 1 === 0 ? 0 : 1)

/** One table of counts; «few» where the number would point at somebody. Codes nobody used are left out. */
function Counts({
  title,
  head,
  rows,
}: {
  title: string
  head: string
  rows: readonly { label: string; n: number | null }[]
}) {
  const t = useWords()
  const used = rows.filter((row) => row.n !== 0)
  if (used.length === 0) return null
  return (
    <div>
      <h3>{title}</h3>
      <Table
        caption={title}
        rows={used}
        rowKey={(row) => row.label}
        columns={[
          { key: 'what', head, name: true, cell: (row) => row.label },
          {
            key: 'n',
            head: t('linePage', 'n'),
            number: true,
            cell: (row) => (row.n === null ? <SuppressedCell /> : number(row.n)),
          },
        ]}
      />
    </div>
  )
}

function Hours({ rows }: { rows: Figures['byHour'] }) {
  const t = useWords()
  if (rows.length === 0) return null
  return (
    <div>
      <h3>{t('linePage', 'by_hour')}</h3>
      <Table
        caption={t('linePage', 'by_hour')}
        rows={rows}
        rowKey={(row) => String(row.hour)}
        columns={[
          {
            key: 'hour',
            head: t('linePage', 'hour'),
            name: true,
            cell: (row) => `${String(row.hour).padStart(2, '0')}:00`,
          },
          {
            key: 'n',
            head: t('linePage', 'n'),
            number: true,
            cell: (row) => (row.calls === null ? <SuppressedCell /> : number(row.calls)),
          },
          { key: 'missed', head: t('linePage', 'missed_n'), number: true, cell: (row) => number(row.missed) },
        ]}
      />
    </div>
  )
}

function OneLine({ line, counties }: { line: Figures; counties: Lines['counties'] }) {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const few = (n: number | null) => (n === null ? t('linePage', 'hidden') : number(n))
  const countyOf = (code: string) =>
    counties.find((one) => one.code === code)?.name ?? t('linePage', 'county_none')
  return (
    <section className="sheet" aria-label={sq ? line.nameSq : line.nameEn}>
      <div className="sheet-head">
        <h2>{sq ? line.nameSq : line.nameEn}</h2>
        <span className="push">
          <Chip kind={line.staffedNow ? 'done' : 'late'}>
            {t('linePage', line.staffedNow ? 'staffed_now' : 'unstaffed_now')}
          </Chip>
        </span>
      </div>
      <dl className="sheet-body facts">
        <div>
          <dt>{t('linePage', 'staffed')}</dt>
          <dd>
            {t('linePage', 'staffed_of', {
              n: hours(line.staffedHours),
              of: hours(line.hours),
              share: share(line.staffedHours, line.hours),
            })}
            <br />
            {t('linePage', 'trained_of', {
              n: hours(line.trainedHours),
              share: share(line.trainedHours, line.hours),
            })}
          </dd>
        </div>
        <div>
          <dt>{t('linePage', 'answered')}</dt>
          <dd>
            {number(line.calls)} · {t('linePage', 'minutes_of', { n: number(line.minutes) })}
            <br />
            {t('linePage', 'missed_of', { n: number(line.missed), back: number(line.calledBack) })}
          </dd>
        </div>
        <div>
          <dt>{t('linePage', 'led')}</dt>
          <dd>
            {few(line.reported)} · {t('linePage', 'linked_n', { n: few(line.linked) })}
          </dd>
        </div>
        <div>
          <dt>{t('linePage', 'gaps')}</dt>
          <dd>
            {line.gapCount === 0
              ? t('linePage', 'gap_none')
              : t('linePage', 'gap_count', { count: line.gapCount })}
            {line.gaps.slice(0, 3).map((one) => (
              <span key={one.from}>
                <br />
                <small>
                  {t('linePage', 'from_to', { from: exactTime(one.from), to: exactTime(one.to) })}
                </small>
              </span>
            ))}
          </dd>
        </div>
      </dl>
      <div className="sheet-body line-tables">
        <Counts
          title={t('linePage', 'by_topic')}
          head={t('linePage', 'topic')}
          rows={line.byTopic.map(({ code, n }) => ({
            label: t('linePage', `topic_${code}` as 'topic_nothing'),
            n,
          }))}
        />
        <Counts
          title={t('linePage', 'by_caller')}
          head={t('linePage', 'caller')}
          rows={line.byCaller.map(({ code, n }) => ({
            label: t('linePage', `caller_${code}` as 'caller_child'),
            n,
          }))}
        />
        <Counts
          title={t('linePage', 'by_outcome')}
          head={t('linePage', 'outcomes')}
          rows={line.byOutcome.map(({ code, n }) => ({
            label: t('linePage', `outcome_${code}` as 'outcome_none'),
            n,
          }))}
        />
        <Counts
          title={t('linePage', 'by_county')}
          head={t('linePage', 'county')}
          rows={line.byCounty.map(({ code, n }) => ({ label: countyOf(code), n }))}
        />
        <Hours rows={line.byHour.filter((row) => row.calls !== 0 || row.missed > 0)} />
      </div>
    </section>
  )
}

/** Figures of the lines that the reader may read, by days of their choice; a month at first. */
export function LineFiguresPart() {
  const t = useWords()
  const today = dayOf(useNow())
  const [from, setFrom] = useState(addDays(today, -29))
  const [to, setTo] = useState(today)
  const ready = from !== '' && to !== '' && from <= to
  const read = useGet<Lines>('/api/lines', { from, to }, { enabled: ready })
  return (
    <div className="stack">
      <div className="filters">
        <TextField type="date" short label={t('linePage', 'from')} value={from} onValue={setFrom} />
        <TextField type="date" short label={t('linePage', 'to')} value={to} onValue={setTo} />
      </div>
      {read.isPending && ready && <Loading />}
      {read.error && <FailedPart error={read.error} onRetry={read.refetch} />}
      {read.data?.items.map((line) => (
        <OneLine key={line.unitId} line={line} counties={read.data.counties} />
      ))}
      {read.data?.items.length === 0 && <Empty title={t('linePage', 'none_lines')} />}
    </div>
  )
}
