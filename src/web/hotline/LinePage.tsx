import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { codeOf } from '#web/client/problem.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { nearDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPage, FailedPart } from '#web/shell/Failed.tsx'
import type { CallRow, LineBoard, ShiftRow } from '#wire/hotline.ts'
import { beginForm, callForm, endForm, linkForm, missedForm } from './forms.ts'
import { LineFiguresPart } from './LineFigures.tsx'

type OnForm = (form: CommandForm) => void

function Shifts({ board, onForm }: { board: LineBoard; onForm: OnForm }) {
  const t = useWords()
  const now = useNow()
  const line = (one: ShiftRow) =>
    one.to !== null
      ? t('linePage', 'from_to', { from: nearDate(one.from, now), to: nearDate(one.to, now) })
      : `${t('linePage', 'since', { when: nearDate(one.from, now) })} · ${t('linePage', 'counts_until', { when: nearDate(one.atMost, now) })}`
  return (
    <section className="sheet" aria-labelledby="shifts">
      <div className="sheet-head">
        <h2 id="shifts">{t('linePage', 'shifts')}</h2>
      </div>
      <ul className="sheet-body entry-list">
        {board.shifts.map((one) => (
          <li key={one.id} className="spread">
            <p>
              <b>{one.name}</b>
              <br />
              <span className="note quiet">
                {line(one)} · {t('linePage', one.trained ? 'trained_yes' : 'trained_no')}
              </span>
            </p>
            {one.mayEnd && !one.own && (
              <Button size="table" onClick={() => onForm(endForm(t, one))}>
                {t('linePage', 'end_forgotten')}
                <span className="only-heard"> {one.name}</span>
              </Button>
            )}
          </li>
        ))}
        {board.shifts.length === 0 && <li className="quiet">{t('linePage', 'no_shifts')}</li>}
      </ul>
      <div className="sheet-body">
        <h3>{t('linePage', 'gaps')}</h3>
        {board.gaps.length === 0 ? (
          <p className="quiet">{t('linePage', 'gap_none')}</p>
        ) : (
          <ul className="plain">
            {board.gaps.map((one) => (
              <li key={one.from}>
                {t('linePage', 'from_to', { from: nearDate(one.from, now), to: nearDate(one.to, now) })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

function Calls({ board, onForm }: { board: LineBoard; onForm: OnForm }) {
  const t = useWords()
  const now = useNow()
  const list = usePaged<CallRow>('/api/line/calls')
  return (
    <ListFrame
      list={list}
      empty={t('linePage', 'no_calls')}
      emptyMore={t('linePage', 'no_calls_more')}
      fault={<FailedPart error={list.error} onRetry={list.refetch} />}
    >
      <section className="sheet">
        <Table
          caption={t('linePage', 'calls')}
          rows={list.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'at',
              head: t('linePage', 'at'),
              name: true,
              cell: (row) => (
                <>
                  {nearDate(row.at, now)}
                  <small>{t('linePage', `channel_${row.channel}`)}</small>
                </>
              ),
            },
            {
              key: 'caller',
              head: t('linePage', 'caller'),
              cell: (row) => t('linePage', `caller_${row.caller}`),
            },
            {
              key: 'topic',
              head: t('linePage', 'topic'),
              cell: (row) => t('linePage', `topic_${row.topic}`),
            },
            { key: 'minutes', head: t('linePage', 'minutes'), number: true, cell: (row) => row.minutes },
            {
              key: 'outcomes',
              head: t('linePage', 'outcomes'),
              cell: (row) => (
                <>
                  {row.outcomes.map((one) => t('linePage', `outcome_${one}`)).join(', ')}
                  {row.outcomes.includes('report') && (
                    <small>
                      {row.reportId !== null ? (
                        t('linePage', 'linked')
                      ) : board.reports.length > 0 ? (
                        <Button size="table" onClick={() => onForm(linkForm(t, board, row, now))}>
                          {t('linePage', 'link')}
                        </Button>
                      ) : (
                        t('linePage', 'not_linked')
                      )}
                    </small>
                  )}
                </>
              ),
            },
          ]}
        />
      </section>
    </ListFrame>
  )
}

/** An operator's own line: the shift, what came in, what nobody took. */
export default function LinePage() {
  const t = useWords()
  const now = useNow()
  const sq = useLanguage().language === 'sq'
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<LineBoard>('/api/line')
  if (read.isPending) return <Loading />
  if (codeOf(read.error) === 'not_found')
    return (
      <Empty page title={t('linePage', 'not_kept')}>
        <p>{t('linePage', 'not_kept_more')}</p>
      </Empty>
    )
  if (!read.data) return <FailedPage error={read.error} reset={() => void read.refetch()} />
  const board = read.data
  const there = board.shifts.filter((one) => one.to === null && one.atMost > now)
  const own = board.shifts.find((one) => one.own && one.to === null)
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{sq ? board.unit.nameSq : board.unit.nameEn}</h1>
          <p className="lede">{t('linePage', 'lede')}</p>
        </div>
        <div className="row">
          {own === undefined ? (
            <Button kind="primary" onClick={() => setForm(beginForm(t))}>
              {t('linePage', 'begin')}
            </Button>
          ) : (
            <Button onClick={() => setForm(endForm(t, own))}>{t('linePage', 'end')}</Button>
          )}
          <Button
            icon="plus"
            kind={own === undefined ? 'secondary' : 'primary'}
            onClick={() => setForm(callForm(t, board, now))}
          >
            {t('linePage', 'record')}
          </Button>
          <Button onClick={() => setForm(missedForm(t, now))}>{t('linePage', 'count_missed')}</Button>
        </div>
      </div>
      <section className="sheet" aria-label={t('linePage', 'on_duty')}>
        <dl className="sheet-body facts">
          <div>
            <dt>{t('linePage', 'on_duty')}</dt>
            <dd>
              {there.length === 0 ? (
                <Chip kind="late">{t('linePage', 'nobody')}</Chip>
              ) : (
                there.map((one) => one.name).join(', ')
              )}
            </dd>
          </div>
          <div>
            <dt>{t('web', 'nav_reports')}</dt>
            <dd>
              <Link to="/reports/new">{t('linePage', 'write_report')}</Link>
            </dd>
          </div>
        </dl>
      </section>
      <Calls board={board} onForm={setForm} />
      <Shifts board={board} onForm={setForm} />
      <LineFiguresPart />
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
