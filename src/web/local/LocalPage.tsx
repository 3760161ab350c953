import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPage, FailedPart } from '#web/shell/Failed.tsx'
import type { DataQuality, LocalPlace, ToMend } from '#wire/local.ts'
import { Budget } from './Budget.tsx'
import { PlanPart, type Tying } from './PlanPart.tsx'
import { Quality } from './Quality.tsx'
import { TieDialog } from './TieDialog.tsx'

/** The unit's own list: which cases lack what. */
function Mend({ municipality }: { municipality: string }) {
  const t = useWords()
  const list = usePaged<ToMend['items'][number]>(`/api/local/${municipality}/to-mend`)
  return (
    <section className="sheet" aria-labelledby="mend">
      <div className="sheet-head">
        <h2 id="mend">{t('localPage', 'to_mend')}</h2>
        <p className="note quiet">{t('localPage', 'to_mend_more')}</p>
      </div>
      <ListFrame
        list={list}
        empty={t('localPage', 'none_to_mend')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('localPage', 'to_mend')}
          rows={list.items}
          rowKey={(one) => one.id}
          columns={[
            {
              key: 'code',
              head: t('casePage', 'case'),
              name: true,
              cell: (one) => (
                <Link to="/cases/$id" params={{ id: one.id }}>
                  {one.code}
                </Link>
              ),
              sort: (one) => one.code,
            },
            {
              key: 'missing',
              head: t('localPage', 'missing'),
              cell: (one) => one.faults.map((fault) => t('localPage', `fault_${fault}`)).join(', '),
            },
          ]}
        />
      </ListFrame>
    </section>
  )
}

/** One municipality: its money, its plans beneath the national one, the quality of its data. */
export default function LocalPage() {
  const t = useWords()
  const { municipality = '' } = useParams({ strict: false })
  const [form, setForm] = useState<CommandForm>()
  const [tying, setTying] = useState<Tying>()
  const read = useGet<LocalPlace>(`/api/local/${municipality}`)
  const quality = useGet<DataQuality>('/api/local/quality', { municipality })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPage error={read.error} reset={() => void read.refetch()} />
  const place = read.data
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/local" activeOptions={{ exact: true }}>
              {t('localPage', 'title')}
            </Link>
          </p>
          <h1>{place.name}</h1>
        </div>
        <Button icon="printer.bold" onClick={() => print()}>
          {t('web', 'print')}
        </Button>
      </div>
      <Budget place={place} onAct={setForm} />
      <section className="sheet" aria-labelledby="plans">
        <div className="sheet-head">
          <h2 id="plans">{t('localPage', 'plans')}</h2>
        </div>
        {place.plans.length === 0 && (
          <Empty icon="file-text" title={t('localPage', 'no_plan')}>
            <p className="quiet">{t('localPage', 'no_plan_more')}</p>
          </Empty>
        )}
        {place.plans.map((plan) => (
          <PlanPart key={plan.id} plan={plan} mayKeep={place.mayKeep} onTie={setTying} onAct={setForm} />
        ))}
      </section>
      {quality.data && <Quality data={{ ...quality.data, totals: null }} linked={false} />}
      {place.mayMend && <Mend municipality={place.municipality} />}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
      {tying && <TieDialog {...tying} onClose={() => setTying(undefined)} />}
    </div>
  )
}
