import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalities, useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListInterviewRooms } from '#wire/interview.ts'
import { roomForm } from './forms.ts'

/** Child-friendly rooms: how many there are against how many are to exist. */
export default function RoomsPage() {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const towns = useMunicipalities()
  const place = useMunicipalityName()
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<z.output<typeof ListInterviewRooms.reply>>('/api/interview-rooms')
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { items, inService, wanted, mayKeep } = read.data
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/interviews" activeOptions={{ exact: true }}>
              {t('interviewPage', 'title')}
            </Link>{' '}
            / {t('interviewPage', 'rooms')}
          </p>
          <h1>{t('interviewPage', 'rooms')}</h1>
          <p className="lede">{t('interviewPage', 'rooms_lede')}</p>
        </div>
        {mayKeep && (
          <Button kind="primary" onClick={() => setForm(roomForm(t, towns, null))}>
            {t('interviewPage', 'rooms_add')}
          </Button>
        )}
      </div>
      <p>
        <b>{t('interviewPage', 'rooms_count', { n: inService, wanted })}</b>{' '}
        <span className="note quiet">{t('interviewPage', 'rooms_source')}</span>
      </p>
      <div className="sheet">
        {items.length === 0 ? (
          <Empty icon="house" title={t('interviewPage', 'rooms_none')} />
        ) : (
          <Table
            caption={t('interviewPage', 'rooms')}
            rows={items}
            rowKey={(room) => room.id}
            columns={[
              {
                key: 'room',
                head: t('interviewPage', 'room'),
                name: true,
                cell: (room) => (sq ? room.nameSq : room.nameEn),
              },
              {
                key: 'municipality',
                head: t('interviewPage', 'municipality'),
                cell: (room) => place(room.municipality),
                sort: (room) => place(room.municipality),
              },
              { key: 'holder', head: t('interviewPage', 'holder'), cell: (room) => room.holder },
              {
                key: 'equipment',
                head: t('interviewPage', 'equipment'),
                cell: (room) =>
                  [room.audio && t('interviewPage', 'audio'), room.video && t('interviewPage', 'video')]
                    .filter(Boolean)
                    .join(', ') || t('interviewPage', 'no_equipment'),
              },
              {
                key: 'service',
                head: t('interviewPage', 'state'),
                cell: (room) => (
                  <>
                    <Chip kind={room.inService ? 'done' : 'late'}>
                      {t('interviewPage', room.inService ? 'in_service' : 'out_of_service')}
                    </Chip>{' '}
                    <small className="quiet">{fullDate(room.from)}</small>
                  </>
                ),
              },
              ...(mayKeep
                ? [
                    {
                      key: 'act',
                      head: t('interviewPage', 'rooms_change'),
                      cell: (room: (typeof items)[number]) => (
                        <Button size="table" kind="quiet" onClick={() => setForm(roomForm(t, towns, room))}>
                          {t('interviewPage', 'rooms_change')}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </div>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
