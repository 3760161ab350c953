import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { type CaseView, may } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { longDate, nearDate } from '#web/design/time.ts'
import { openWords, sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { type Identification, resultWord, type Screening, type Sets } from './types.ts'
import './screening.css'

const CaseNrm = lazy(async () => {
  const [part] = await Promise.all([import('#web/nrm/CaseNrm.tsx'), openWords('nrm')])
  return part
})

const codes = ['trafficking', 'economic_exploitation'] as const

function ScreeningRow({ row, set }: { row: Screening; set: Sets[number] | undefined }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const [deciding, setDeciding] = useState(false)
  return (
    <details className="fold">
      <summary>
        <span>
          <b>{t('screeningPage', resultWord(row.set, row.result))}</b> ·{' '}
          {t('screeningPage', 'elements', { count: row.met })}
          <small className="quiet">
            {set?.[language] ?? row.set} · {nearDate(row.at, now)}
          </small>
        </span>
        {row.proposedResult && <Chip kind="going">{t('screeningPage', 'waits_supervisor')}</Chip>}
      </summary>
      <div className="stack">
        {row.proposedResult && (
          <p>
            {t('screeningPage', 'proposed', {
              result: t('screeningPage', resultWord(row.set, row.proposedResult)),
            })}{' '}
            {row.mayDecide && (
              <Button size="table" onClick={() => setDeciding(true)}>
                {t('reportPage', 'decide')}
              </Button>
            )}
          </p>
        )}
        <dl className="pairs">
          {row.items.map((i) => (
            <div key={i.code}>
              <dt>{set?.items.find((x) => x.code === i.code)?.[language] ?? i.code}</dt>
              <dd className="narrative">{i.evidence ?? ''}</dd>
            </div>
          ))}
        </dl>
      </div>
      {deciding && (
        <CommandDialog
          onClose={() => setDeciding(false)}
          form={{
            title: t('screeningPage', 'agree_question'),
            consequence: t('screeningPage', 'agree_more'),
            action: t('web', 'send'),
            type: 'screening.decide',
            recordId: row.id,
            baseVersion: row.recordVersion,
            done: t('casePage', 'saved'),
            fields: [
              { name: 'agree', kind: 'yes_no', label: t('screeningPage', 'agree') },
              { name: 'reason', kind: 'area', label: t('casePage', 'reason') },
            ],
          }}
        />
      )}
    </details>
  )
}

/** The trafficking track of a case: status as it stands, its history, and the screenings behind it. */
export default function CaseScreenings({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const { role } = useUser()
  const sets = useGet<{ items: Sets }>('/api/screening-sets', {}, { staleTime: 5 * 60_000 })
  const screenings = useGet<{ items: readonly Screening[] }>(`/api/cases/${view.id}/screenings`)
  const status = useGet<Identification>(`/api/cases/${view.id}/identification`)
  const screens = (role === 'cpw' || role === 'cpu_head') && may(view, 'add_note') && view.tier !== 'T2'
  if (screenings.isPending) return <Loading />
  if (!screenings.data)
    return <FailedPart error={screenings.error} onRetry={() => void screenings.refetch()} />
  return (
    <div className="stack">
      {!['none', 'screened_negative', 'at_risk'].includes(view.vmtStatus) && (
        <Suspense>
          <CaseNrm caseId={view.id} />
        </Suspense>
      )}
      <section className="sheet" aria-labelledby="status">
        <div className="sheet-head">
          <h2 id="status">{t('casePage', `vmt_${view.vmtStatus}`)}</h2>
        </div>
        {status.data?.items.length === 0 && (
          <Empty icon="identification-card" title={t('screeningPage', 'no_status')} />
        )}
        {status.data?.items.map((i) => (
          <div key={i.id} className="item">
            <div>
              <b>{t('casePage', `vmt_${i.status}`)}</b>
              <p className="note quiet">
                {longDate(i.on, now)} · {t('screeningPage', `territory_${i.territory}`)}
                {i.signatories.length > 0 &&
                  ` · ${i.signatories.map((s) => sayCode('screeningPage', `signatory_${s}`)).join(', ')}`}
              </p>
            </div>
          </div>
        ))}
        <p className="sheet-body note quiet">{t('screeningPage', 'operational')}</p>
      </section>
      <section className="sheet" aria-labelledby="screenings">
        <div className="sheet-head">
          <h2 id="screenings">{t('screeningPage', 'title')}</h2>
          {screens && (
            <span className="push row">
              {codes.map((set) => (
                <Link
                  key={set}
                  className="button"
                  data-kind="quiet"
                  to="/cases/$id/screening/$set"
                  params={{ id: view.id, set }}
                >
                  {t('screeningPage', `begin_${set}`)}
                </Link>
              ))}
            </span>
          )}
        </div>
        {screenings.data.items.length === 0 && (
          <Empty icon="list-checks" title={t('screeningPage', 'none')} />
        )}
        {screenings.data.items.map((row) => (
          <ScreeningRow key={row.id} row={row} set={sets.data?.items.find((s) => s.code === row.set)} />
        ))}
      </section>
    </div>
  )
}
