import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { countryName } from '#web/packet/country.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { AnnouncedHere, listBoxes, ReturnRow } from '#wire/returns.ts'
import { stageOf } from './ReturnPart.tsx'

const boxes = ['under_way', 'travelling', 'visits', 'over'] as const satisfies typeof listBoxes

function Announced() {
  const t = useWords()
  const { language } = useLanguage()
  const read = useGet<z.infer<typeof AnnouncedHere.reply>>('/api/returns/announced')
  if (read.isPending) return <Loading />
  if (read.data === undefined) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (read.data.items.length === 0) return <Empty title={t('returnsPage', 'announced_none')} />
  return (
    <Table
      caption={t('returnsPage', 'announced')}
      rows={read.data.items}
      rowKey={(row) => row.code}
      columns={[
        { key: 'code', head: t('returnsPage', 'code'), name: true, cell: (row) => row.code },
        { key: 'on', head: t('returnsPage', 'expected_on'), cell: (row) => fullDate(row.on) },
        {
          key: 'where',
          head: t('returnsPage', 'country'),
          cell: (row) =>
            `${countryName(row.country, language)}, ${t('returnsPage', `direction_${row.direction}`)}`,
        },
        {
          key: 'who',
          head: t('returnsPage', 'identity'),
          cell: (row) => t('returnsPage', `subject_${row.subject}`),
        },
        {
          key: 'escort',
          head: t('returnsPage', 'escorted'),
          cell: (row) => t('returnsPage', row.escorted ? 'yes' : 'no'),
        },
      ]}
    />
  )
}

/** Who is announced, on the way, or in the year after a return; at a crossing only what is announced there. */
export default function ReturnsPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { role } = useUser()
  const border = role === 'border_police'
  const [box, setBox] = useState<(typeof boxes)[number]>('under_way')
  const list = usePaged<ReturnRow>('/api/returns', { box }, !border)
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('returnsPage', border ? 'announced' : 'title')}</h1>
          <p className="lede">{t('returnsPage', border ? 'announced_lede' : 'lede')}</p>
        </div>
      </div>
      {border ? (
        <Announced />
      ) : (
        <>
          <FilterTabs
            label={t('returnsPage', 'title')}
            current={box}
            onPick={(key) => setBox(boxes.find((one) => one === key) ?? 'under_way')}
            tabs={boxes.map((key) => ({ key, label: t('returnsPage', `box_${key}`) }))}
          />
          <ListFrame
            list={list}
            empty={t('returnsPage', 'none')}
            fault={<FailedPart error={list.error} onRetry={list.refetch} />}
          >
            <Table
              caption={t('returnsPage', `box_${box}`)}
              rows={list.items}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'code',
                  head: t('returnsPage', 'code'),
                  name: true,
                  cell: (row) => (
                    <Link to="/returns/$id" params={{ id: row.id }}>
                      {row.code}
                    </Link>
                  ),
                },
                {
                  key: 'where',
                  head: t('returnsPage', 'country'),
                  cell: (row) =>
                    `${countryName(row.country, language)}, ${t('returnsPage', `direction_${row.direction}`)}, ${t('returnsPage', `subject_${row.subject}`)}`,
                },
                {
                  key: 'on',
                  head: t('returnsPage', 'expected_on'),
                  cell: (row) => fullDate(row.receivedOn ?? row.travelOn ?? row.expectedOn),
                },
                {
                  key: 'state',
                  head: t('returnsPage', 'state'),
                  cell: (row) => (
                    <span className="row">
                      <Chip kind={stageOf(row.state, row.overdue)}>
                        {t('returnsPage', `state_${row.state}`)}
                      </Chip>
                      {row.overdue && <Chip kind="late">{t('returnsPage', 'overdue')}</Chip>}
                    </span>
                  ),
                },
                {
                  key: 'visit',
                  head: t('returnsPage', 'next_visit'),
                  cell: (row) => (row.nextVisit === null ? '–' : fullDate(row.nextVisit)),
                },
              ]}
            />
          </ListFrame>
        </>
      )}
    </div>
  )
}
