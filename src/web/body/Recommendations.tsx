import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { dayOf, fullDate } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { RecommendationView } from '#wire/meeting.ts'
import { isOpen, recommendationKind, useName } from './shared.ts'

const form = (
  one: RecommendationView,
  what: 'start' | 'finish' | 'drop',
  today: string,
  t: Say,
): CommandForm => ({
  type: `recommendation.${what}`,
  recordId: one.id,
  baseVersion: one.version,
  title: t('bodyPage', `${what}_question`),
  consequence: one.text,
  action: t('bodyPage', what),
  ...(what === 'drop' ? { kind: 'danger' as const } : {}),
  fields: [
    ...(what === 'finish'
      ? [{ name: 'doneOn', kind: 'day', label: t('bodyPage', 'done_on'), initial: today } as const]
      : []),
    what === 'drop'
      ? { name: 'reason', kind: 'area', label: t('bodyPage', 'reason') }
      : { name: 'note', kind: 'area', label: t('bodyPage', 'note'), optional: what === 'start' },
  ],
  done: t('bodyPage', 'status_done'),
})

/** Recommendations and corrective measures with their owner, their day and how late they are. */
export function Recommendations({
  query,
  ofMany,
  selected,
}: {
  query: Readonly<Record<string, string | undefined>>
  ofMany?: boolean
  selected?: string | undefined
}) {
  const t = useWords()
  const name = useName()
  const today = dayOf(useNow())
  const [open, setOpen] = useState<CommandForm>()
  const list = usePaged<RecommendationView>('/api/recommendations', query)
  const actions = (one: RecommendationView) => {
    if (!isOpen(one) || !(one.mine || one.mayRun)) return null
    const acts = [
      ...(one.status === 'OPEN' ? (['start'] as const) : []),
      'finish' as const,
      ...(one.mayRun ? (['drop'] as const) : []),
    ]
    return (
      <span className="row no-print">
        {acts.map((what) => (
          <Button key={what} size="table" onClick={() => setOpen(form(one, what, today, t))}>
            {t('bodyPage', what)}
            <span className="only-heard"> {one.code}</span>
          </Button>
        ))}
      </span>
    )
  }
  return (
    <>
      <ListFrame
        list={list}
        empty={t('bodyPage', 'no_recommendations')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('bodyPage', 'recommendations')}
          rows={list.items}
          rowKey={(one) => one.id}
          selected={selected}
          columns={[
            {
              key: 'what',
              head: t('bodyPage', 'what'),
              name: true,
              cell: (one) => (
                <>
                  {one.text}
                  <small>
                    {one.code} · {t('bodyPage', `kind_${one.kind}`)}
                    {ofMany && one.body && (
                      <>
                        {' · '}
                        <Link to="/meetings/$id" params={{ id: one.meetingId }}>
                          {name(one.body)}
                        </Link>
                      </>
                    )}
                  </small>
                </>
              ),
            },
            {
              key: 'owner',
              head: t('bodyPage', 'owner'),
              cell: (one) =>
                one.owner.placeName === null ? name(one.owner) : `${name(one.owner)}, ${one.owner.placeName}`,
            },
            {
              key: 'due',
              head: t('bodyPage', 'due_on'),
              cell: (one) => fullDate(one.dueOn),
              sort: (one) => one.dueOn,
            },
            {
              key: 'state',
              head: t('bodyPage', 'state'),
              cell: (one) => (
                <>
                  <Chip kind={recommendationKind(one)}>{t('bodyPage', `status_${one.status}`)}</Chip>
                  <small>
                    {[
                      one.doneOn === null ? null : fullDate(one.doneOn),
                      one.daysLate > 0 ? t('bodyPage', 'days_late', { count: one.daysLate }) : null,
                      one.note,
                    ]
                      .filter((part) => part !== null)
                      .join(' · ')}
                  </small>
                  {actions(one)}
                </>
              ),
            },
          ]}
        />
      </ListFrame>
      {open && <CommandDialog form={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}
