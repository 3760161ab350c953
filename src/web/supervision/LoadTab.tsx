import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { type Say, sayCode, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { FileRow, ReadLoads, WorkerLoad } from '#wire/supervision.ts'
import { talkForm } from './forms.ts'

type Loads = z.output<typeof ReadLoads.reply>
const levels = ['immediate', 'high', 'medium', 'low', 'none'] as const

export const loadWords = (t: Say, load: number, max: number): string =>
  t('supervisionPage', 'load_of', { n: number(load, load % 1 === 0 ? 0 : 2), max: number(max) })

export function Meter({ load, max, label }: { load: number; max: number; label: string }) {
  return (
    <meter className="load-meter" min={0} max={Math.max(max, load)} value={load} aria-label={label}>
      {label}
    </meter>
  )
}

const trendOf = (t: Say, n: number): string => {
  if (n === 0) return t('supervisionPage', 'trend_same')
  return t('supervisionPage', n > 0 ? 'trend_more' : 'trend_less', { n: Math.abs(n) })
}

/** Each worker of the head's unit: what is carried, how late, how whole, and when one last spoke. */
export default function LoadTab() {
  const t = useWords()
  const user = useUser()
  const read = useGet<Loads>('/api/supervision/loads')
  const files = useGet<{ items: readonly FileRow[] }>('/api/supervision/files')
  const [form, setForm] = useState<CommandForm>()
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <Loading />
  const { ceiling, workers, source } = read.data
  const risks = ({ byRisk }: WorkerLoad) =>
    levels
      .filter((level) => byRisk[level] > 0)
      .map((level) => `${t('web', `risk_${level}`)} ${byRisk[level]}`)
      .join(', ')
  return (
    <section className="sheet" aria-labelledby="load">
      <div className="sheet-head">
        <h2 id="load">{t('supervisionPage', 'load')}</h2>
      </div>
      <div className="sheet-body">
        <p>{t('supervisionPage', 'ceiling', { n: number(ceiling) })}</p>
        <details>
          <summary>{t('supervisionPage', 'ceiling_why')}</summary>
          <p className="note">
            {source} ({t('supervisionPage', 'unconfirmed')})
          </p>
        </details>
      </div>
      <Table
        caption={t('supervisionPage', 'load')}
        rows={workers}
        rowKey={(one) => one.id}
        columns={[
          {
            key: 'name',
            head: t('supervisionPage', 'worker'),
            name: true,
            cell: (one) => (
              <>
                {one.name}
                <small>{sayCode('web', `role_${one.role}`)}</small>
                {one.away && (
                  <small>
                    {t('supervisionPage', 'away_until', {
                      day: fullDate(one.away.until),
                      name: one.away.deputy,
                    })}
                  </small>
                )}
              </>
            ),
            sort: (one) => one.name,
          },
          {
            key: 'load',
            head: t('supervisionPage', 'load'),
            cell: (one) => (
              <>
                {loadWords(t, one.load, ceiling)}{' '}
                {one.over && <Chip kind="late">{t('supervisionPage', 'over')}</Chip>}
                <Meter load={one.load} max={ceiling} label={loadWords(t, one.load, ceiling)} />
              </>
            ),
            sort: (one) => one.load,
          },
          {
            key: 'open',
            head: t('supervisionPage', 'open'),
            cell: (one) => (
              <>
                {number(one.open)}
                {one.open > 0 && <small>{risks(one)}</small>}
              </>
            ),
            sort: (one) => one.open,
          },
          {
            key: 'trend',
            head: t('supervisionPage', 'trend'),
            cell: (one) => trendOf(t, one.trend),
            sort: (one) => one.trend,
          },
          {
            key: 'late',
            head: t('supervisionPage', 'late'),
            number: true,
            cell: (one) => one.late,
            sort: (one) => one.late,
          },
          {
            key: 'complete',
            head: t('supervisionPage', 'complete'),
            number: true,
            cell: (one) =>
              one.complete === null ? '–' : t('supervisionPage', 'percent', { n: one.complete }),
            sort: (one) => one.complete ?? -1,
          },
          {
            key: 'talk',
            head: t('supervisionPage', 'last_talk'),
            cell: (one) => (one.lastTalk === null ? t('supervisionPage', 'never') : fullDate(one.lastTalk)),
            sort: (one) => one.lastTalk ?? '',
          },
          {
            key: 'acts',
            head: t('supervisionPage', 'acts'),
            cell: (one) =>
              one.id === user.id ? null : (
                <div className="row">
                  <Button
                    size="table"
                    onClick={() =>
                      setForm(
                        talkForm(
                          t,
                          one,
                          (files.data?.items ?? []).filter((file) => file.managerId === one.id),
                        ),
                      )
                    }
                  >
                    {t('supervisionPage', 'talk_write')}
                    <span className="only-heard"> {one.name}</span>
                  </Button>
                  <Link to="/supervision/hand-over/$id" params={{ id: one.id }}>
                    {t('supervisionPage', 'hand_over')}
                    <span className="only-heard"> {one.name}</span>
                  </Link>
                </div>
              ),
          },
        ]}
      />
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </section>
  )
}
