import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import type { Option } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { fullDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { BorderAlertList, BorderAlertRow } from '#wire/border.ts'
import { alertForm } from './alert-form.ts'
import './border.css'

/** Whom one may leave an alert about: own cases, those that the Responsible Authority follows, files of adults. */
const useSubjects = (asking: boolean): readonly Option[] | null => {
  const { role } = useUser()
  const unit = role === 'cpw' || role === 'cpu_head'
  const authority = role === 'responsible_authority'
  const cases = useGet<{ items: readonly { id: string; code: string; child: string | null }[] }>(
    '/api/cases',
    { limit: 100, ...(role === 'cpw' ? { mine: 'true' } : {}) },
    { enabled: asking && (unit || authority) },
  )
  const files = useGet<{ items: readonly { id: string; code: string; caseId: string | null }[] }>(
    '/api/nrm',
    { limit: 100 },
    { enabled: asking && authority },
  )
  if (!unit && !authority) return null
  return [
    ...(cases.data?.items ?? []).map((one) => ({
      value: `case:${one.id}`,
      label: [one.code, one.child].filter(Boolean).join(' · '),
    })),
    ...(files.data?.items ?? [])
      .filter((one) => one.caseId === null)
      .map((one) => ({ value: `nrm:${one.id}`, label: one.code })),
  ]
}

export function AlertState({ alert }: { alert: BorderAlertRow }) {
  const t = useWords()
  if (alert.withdrawnAt !== null) return <Chip kind="blocked">{t('borderPage', 'withdrawn')}</Chip>
  if (alert.waiting > 0)
    return <Chip kind="late">{t('borderPage', 'hits_waiting', { count: alert.waiting })}</Chip>
  return <Chip kind="going">{t('borderPage', 'until', { day: fullDate(alert.expiresOn) })}</Chip>
}

/** Alerts that the border looks up; their reason is read on their own page by whoever holds the case. */
export default function AlertsPart() {
  const t = useWords()
  const [state, setState] = useState<'live' | 'over'>('live')
  const [writing, setWriting] = useState(false)
  const list = usePaged<BorderAlertRow>('/api/border/alerts', { state })
  const first = useGet<z.output<typeof BorderAlertList.reply>>('/api/border/alerts', { limit: 1 })
  const about = useSubjects(writing)
  return (
    <section className="stack" aria-label={t('borderPage', 'tab_alerts')}>
      <p className="lede">{t('borderPage', 'alerts_lede')}</p>
      <div className="spread">
        <FilterTabs
          label={t('borderPage', 'tab_alerts')}
          tabs={(['live', 'over'] as const).map((key) => ({ key, label: t('borderPage', `alerts_${key}`) }))}
          current={state}
          onPick={(key) => setState(key === 'over' ? 'over' : 'live')}
        />
        {first.data?.mayWrite && (
          <Button kind="primary" icon="plus.bold" onClick={() => setWriting(true)}>
            {t('borderPage', 'alert_new')}
          </Button>
        )}
      </div>
      <ListFrame
        list={list}
        empty={t('borderPage', 'alerts_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <ul className="spot-list sheet">
          {list.items.map((one) => (
            <li key={one.id}>
              <Link className="look-row" to="/border/alerts/$id" params={{ id: one.id }}>
                <span>
                  <b>{one.name ?? one.label}</b>
                  <small className="quiet">
                    {' '}
                    {one.label} · {t('borderPage', `kind_${one.kind}`)} ·{' '}
                    {t('borderPage', `dir_${one.direction}`)}
                  </small>
                </span>
                <AlertState alert={one} />
              </Link>
            </li>
          ))}
        </ul>
      </ListFrame>
      {writing && (
        <CommandDialog
          form={alertForm(t, about, first.data?.mostDays ?? 365)}
          onClose={() => setWriting(false)}
        />
      )}
    </section>
  )
}
