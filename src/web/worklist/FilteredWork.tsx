import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useCommand } from '#web/client/command.ts'
import { request } from '#web/client/request.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Loading } from '#web/design/States.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { preferences } from '#web/shell/preferences.ts'
import type { ListWorkFilters, WorkCriteria } from '#wire/work.ts'
import { FilterForm } from './FilterForm.tsx'
import { keepCriteria, keptCriteria } from './filter-state.ts'
import { GiveDialog } from './GiveDialog.tsx'
import { Row } from './rows.tsx'
import { SaveDialog } from './SaveDialog.tsx'
import { groups, type WorkItem, type WorkList } from './shape.ts'
import './filter.css'

export type Filters = z.output<typeof ListWorkFilters.reply>

export const everything: WorkCriteria = {
  scope: 'mine',
  due: [],
  kinds: [],
  risks: [],
  concerns: [],
  municipalities: [],
  workers: [],
  text: '',
}

const useFound = (criteria: WorkCriteria) => {
  const pages = useInfiniteQuery({
    queryKey: ['/api/work', 'found', criteria],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<WorkList>('/api/work', {
        method: 'POST',
        body: { criteria, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
  return {
    items: pages.data?.pages.flatMap((page) => page.items) ?? [],
    total: pages.data?.pages[0]?.total ?? 0,
    isPending: pages.isPending,
    error: pages.error,
    refetch: () => void pages.refetch(),
    more: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
    fetching: pages.isFetchingNextPage,
  }
}

/** The saved filters as pressed buttons; the one in use can be taken away by whoever made it. */
function Saved({
  filters,
  current,
  onPick,
}: {
  filters: Filters
  current: string | null
  onPick: (id: string | null) => void
}) {
  const t = useWords()
  const send = useCommand({
    onDone: () => {
      toast(t('workPage', 'removed'))
      onPick(null)
    },
  })
  const used = filters.items.find((one) => one.id === current)
  if (filters.items.length === 0) return <p className="note quiet">{t('workPage', 'filters_none')}</p>
  return (
    <div className="row work-saved">
      <FilterTabs
        label={t('workPage', 'filters')}
        current={current ?? ''}
        onPick={onPick}
        tabs={filters.items.map((one) => ({
          key: one.id,
          label: one.mine ? one.name : `${one.name} (${t('workPage', 'shared_by_head')})`,
        }))}
      />
      {used?.mine && (
        <Button
          kind="quiet"
          size="table"
          busy={send.isPending}
          onClick={() => send.mutate({ type: 'work_filter.remove', recordId: used.id, body: {} })}
        >
          {t('workPage', 'remove')}
        </Button>
      )}
    </div>
  )
}

/** `x` chooses the row that has the focus, as `j` and `k` go along them. */
const useChoosingKey = (): void => {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'x' || event.ctrlKey || event.metaKey || event.altKey) return
      const link = document.activeElement
      if (preferences().keys === 'off' || !(link instanceof HTMLAnchorElement)) return
      link.closest('[data-row]')?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
}

/** Rows with a box before each case. */
function Choosable({
  items,
  chosen,
  onChosen,
}: {
  items: readonly WorkItem[]
  chosen: ReadonlySet<string>
  onChosen: (cases: ReadonlySet<string>) => void
}) {
  const t = useWords()
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChosen(next)
  }
  return (
    <ul className="sheet work-rows" data-choosable="">
      {items.map((item) => (
        <Row
          key={item.id}
          item={item}
          before={
            item.caseId !== null && item.worker !== null ? (
              <label className="work-choose">
                <input
                  type="checkbox"
                  aria-label={t('workPage', 'select', { code: item.code })}
                  checked={chosen.has(item.caseId)}
                  onChange={() => toggle(item.caseId ?? '')}
                />
              </label>
            ) : (
              <span />
            )
          }
          after={item.worker && ` · ${item.worker.name}`}
        />
      ))}
    </ul>
  )
}

/** The work list as a filter chooses: conditions, saved filters, and for the head the unit's work and handing it on. */
export default function FilteredWork() {
  const t = useWords()
  const { role } = useUser()
  const head = role === 'cpu_head'
  const [criteria, setCriteria] = useState<WorkCriteria>(keptCriteria() ?? everything)
  const [used, setUsed] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [layer, setLayer] = useState<'save' | 'give' | null>(null)
  const filters = useGet<Filters>('/api/work/filters')
  const found = useFound(criteria)
  const choose = useCallback((next: WorkCriteria, id: string | null = null) => {
    keepCriteria(next)
    setCriteria(next)
    setUsed(id)
    setChosen(new Set())
  }, [])
  useChoosingKey()
  if (filters.isPending) return <Loading />
  if (!filters.data) return <FailedPart error={filters.error} onRetry={() => void filters.refetch()} />
  const choosable = head && criteria.scope === 'unit'
  const inUnit = [
    ...new Set(found.items.flatMap((item) => (item.worker && item.caseId ? [item.caseId] : []))),
  ]
  return (
    <div className="stack work-filtered">
      <Saved
        filters={filters.data}
        current={used}
        onPick={(id) => choose(filters.data.items.find((one) => one.id === id)?.criteria ?? everything, id)}
      />
      <FilterForm filters={filters.data} criteria={criteria} onCriteria={choose} />
      <div className="row no-print">
        <Button onClick={() => setLayer('save')}>{t('workPage', 'save')}</Button>
        <Button kind="quiet" onClick={() => choose(everything)}>
          {t('workPage', 'clear')}
        </Button>
      </div>
      <p role="status" className="note">
        {t('workPage', 'found', { count: found.total })}
      </p>
      {choosable && (
        <div className="row no-print" data-bulk="">
          <Button
            size="table"
            onClick={() => setChosen(new Set(chosen.size === inUnit.length ? [] : inUnit))}
          >
            {t('workPage', chosen.size > 0 && chosen.size === inUnit.length ? 'select_none' : 'select_all')}
          </Button>
          <span className="note">{t('workPage', 'selected', { count: chosen.size })}</span>
          {chosen.size > 0 && (
            <Button kind="primary" size="table" onClick={() => setLayer('give')}>
              {t('workPage', 'give')}
            </Button>
          )}
          <span className="note quiet">
            <kbd>j</kbd> <kbd>k</kbd> <kbd>x</kbd> {t('workPage', 'key_select')}
          </span>
        </div>
      )}
      <ListFrame
        list={found}
        empty={t('workPage', 'none')}
        emptyMore={t('workPage', 'none_more')}
        fault={<FailedPart error={found.error} onRetry={found.refetch} />}
      >
        {groups.map((group) => {
          const of = found.items.filter((item) => item.group === group)
          if (of.length === 0) return null
          return (
            <section key={group} className="work-group" data-group={group} aria-labelledby={`f-${group}`}>
              <h2 id={`f-${group}`}>
                {t('work', `group_${group}`)} <span className="count">{of.length}</span>
              </h2>
              {choosable ? (
                <Choosable items={of} chosen={chosen} onChosen={setChosen} />
              ) : (
                <ul className="sheet work-rows">
                  {of.map((item) => (
                    <Row key={item.id} item={item} />
                  ))}
                </ul>
              )}
            </section>
          )
        })}
      </ListFrame>
      {layer === 'save' && <SaveDialog criteria={criteria} head={head} onClose={() => setLayer(null)} />}
      {layer === 'give' && (
        <GiveDialog
          items={found.items.filter((item) => item.caseId !== null && chosen.has(item.caseId))}
          filters={filters.data}
          onClose={(given) => {
            setLayer(null)
            if (given) setChosen(new Set())
          }}
        />
      )}
    </div>
  )
}
