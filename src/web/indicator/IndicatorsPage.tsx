import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { ButtonLink } from '#web/design/Button.tsx'
import { SelectField, TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { IndicatorList, IndicatorRow } from '#wire/indicator.ts'
import { pillarName, planName, recordNames, StateChip, unitName, Wording } from './shared.tsx'
import './indicator.css'

const plans = [
  'nap-2018-2020',
  'nap-children-2008-2010',
  'framework-economic-exploitation-2018',
  'programme-child-protection-2022-2024',
  'project-safety-net',
  'core',
] as const
const pillars: Readonly<Record<string, readonly string[]>> = {
  'nap-2018-2020': ['PROS', 'PROT', 'PREV', 'COOR', 'PLAN'],
  'nap-children-2008-2010': ['PREV', 'PROT', 'PROS'],
}
const states = ['live', 'waiting', 'entered'] as const
const kinds = ['counted', 'collected', 'external'] as const

/** What may stand in the address: the filter is a link that can be sent. */
export interface Filter {
  plan?: string
  pillar?: string
  kind?: string
  state?: string
  q?: string
}

/** The indicators of all plans: which the register counts, which wait, which institutions bring. */
export default function IndicatorsPage() {
  const t = useWords()
  const navigate = useNavigate()
  const filter: Filter = useSearch({ strict: false })
  const [words, setWords] = useState(filter.q ?? '')
  const query = { ...filter, limit: '50' }
  const list = usePaged<IndicatorRow>('/api/indicators', query)
  const first = useGet<IndicatorList>('/api/indicators', { ...filter, limit: '1' })
  const set = (change: Filter) => {
    const next = { ...filter, ...change }
    const search = Object.fromEntries(
      Object.entries(next).filter(([, value]) => value !== undefined && value !== ''),
    )
    void navigate({ to: '/indicators', search, replace: true })
  }
  const under = filter.plan === undefined ? undefined : pillars[filter.plan]
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('indicatorPage', 'title')}</h1>
          <p className="lede">{t('indicatorPage', 'intro')}</p>
        </div>
        <ButtonLink to="/surveys" icon="chats">
          {t('indicatorPage', 'surveys')}
        </ButtonLink>
      </div>
      <form
        className="indicator-filter"
        onSubmit={(event) => {
          event.preventDefault()
          set({ q: words.trim() })
        }}
      >
        <SelectField
          label={t('indicatorPage', 'plan')}
          value={filter.plan ?? ''}
          onValue={(plan) => set({ plan, pillar: '' })}
          empty={t('indicatorPage', 'plan_all')}
          options={plans.map((value) => ({ value, label: planName(value) }))}
        />
        {under !== undefined && (
          <SelectField
            label={t('indicatorPage', 'pillar')}
            value={filter.pillar ?? ''}
            onValue={(pillar) => set({ pillar })}
            empty={t('indicatorPage', 'pillar_all')}
            options={under.map((value) => ({ value, label: pillarName(value) }))}
          />
        )}
        <SelectField
          label={t('indicatorPage', 'state')}
          value={filter.state ?? ''}
          onValue={(state) => set({ state })}
          empty={t('indicatorPage', 'state_all')}
          options={states.map((value) => ({ value, label: t('indicatorPage', `state_${value}`) }))}
        />
        <SelectField
          label={t('indicatorPage', 'kind')}
          value={filter.kind ?? ''}
          onValue={(kind) => set({ kind })}
          empty={t('indicatorPage', 'kind_all')}
          options={kinds.map((value) => ({ value, label: t('indicatorPage', `kind_${value}`) }))}
        />
        <TextField label={t('indicatorPage', 'search')} value={words} onValue={setWords} type="search" />
        <button type="submit" className="only-heard">
          {t('indicatorPage', 'apply')}
        </button>
      </form>
      {first.data && (
        <p className="note" aria-live="polite">
          {t('indicatorPage', 'counts', first.data.counts)}
        </p>
      )}
      <ListFrame
        list={list}
        empty={t('indicatorPage', 'none')}
        fault={<FailedPart error={list.error ?? undefined} onRetry={list.refetch} />}
      >
        <div className="sheet">
          <Table
            caption={t('indicatorPage', 'title')}
            rows={list.items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'wording',
                head: t('indicatorPage', 'wording'),
                name: true,
                cell: (row) => (
                  <>
                    <Link to="/indicators/$id" params={{ id: row.id }}>
                      <Wording row={row} />
                    </Link>
                    <small className="indicator-meta">
                      {[
                        row.nodeRef,
                        filter.plan === undefined ? planName(row.plan) : pillarName(row.pillar),
                        ...(row.operational ? [t('indicatorPage', 'operational')] : []),
                      ].join(' · ')}
                    </small>
                  </>
                ),
              },
              {
                key: 'state',
                head: t('indicatorPage', 'state'),
                cell: (row) => (
                  <>
                    <StateChip row={row} />
                    {row.waitsFor.length > 0 && (
                      <small className="indicator-meta">
                        {t('indicatorPage', 'waits_for', { kinds: recordNames(row.waitsFor) })}
                      </small>
                    )}
                  </>
                ),
              },
              { key: 'unit', head: t('indicatorPage', 'unit'), cell: (row) => unitName(row.unit) },
              {
                key: 'reporters',
                head: t('indicatorPage', 'reporters'),
                cell: (row) =>
                  row.reporters
                    .map((one) => (one === '*' ? t('indicatorPage', 'state_all') : one))
                    .join(', ') || '–',
              },
            ]}
          />
        </div>
      </ListFrame>
    </div>
  )
}
