import { useState } from 'react'
import type { z } from 'zod'
import { kindOf, type NoticeGroup, noticeGroups, placeOf } from '#domain/notice/kinds.ts'
import { useCommand } from '#web/client/command.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { nowInstant, useNow } from '#web/design/now.ts'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { toast } from '#web/design/Toast.tsx'
import { nearDate } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListNotices } from '#wire/notice.ts'
import './notice.css'

type Notice = z.output<typeof ListNotices.reply>['items'][number]

function Line({ notice }: { notice: Notice }) {
  const t = useWords()
  const now = useNow()
  const seen = useCommand()
  const { group, urgent } = kindOf(notice.code)
  const said = t('notice', notice.code, { label: notice.label })
  return (
    <li className="notice" data-unread={notice.readAt === null || undefined} data-row="">
      <div>
        <p>
          <a href={placeOf(notice)}>{said}</a>
        </p>
        <p className="note quiet">
          {t('noticePage', `group_${group}`)}, {nearDate(notice.at, now)}
        </p>
      </div>
      <div className="row">
        {urgent && notice.readAt === null && <Chip kind="late">{t('noticePage', 'urgent')}</Chip>}
        {notice.readAt === null ? (
          <Button
            size="table"
            busy={seen.isPending}
            onClick={() => seen.mutate({ type: 'notice.read', recordId: notice.id, body: {} })}
          >
            {t('noticePage', 'mark_seen')}
            <span className="only-heard"> {said}</span>
          </Button>
        ) : (
          <span className="quiet">{t('noticePage', 'seen')}</span>
        )}
      </div>
    </li>
  )
}

/** What happened to records that concern the reader: by code, newest first, until somebody of the unit has seen it. */
export default function NoticesPage() {
  const t = useWords()
  const { role } = useUser()
  const [tab, setTab] = useState<'unread' | 'all'>('unread')
  const [group, setGroup] = useState('')
  const chosen = noticeGroups.find((one): one is NoticeGroup => one === group)
  const list = usePaged<Notice>('/api/notices', {
    unread: tab === 'unread' ? 'true' : undefined,
    group: chosen,
  })
  const seen = useCommand({ onDone: () => toast(t('noticePage', 'all_seen')) })
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('noticePage', 'title')}</h1>
          <p className="lede">{t('noticePage', 'lede')}</p>
        </div>
      </div>
      <p className="row">
        <ButtonLink to="/notices/settings" icon="gear">
          {t('noticePage', 'to_settings')}
        </ButtonLink>
        {role === 'admin' && (
          <ButtonLink to="/notices/deliveries" icon="paper-plane-tilt">
            {t('noticePage', 'to_deliveries')}
          </ButtonLink>
        )}
      </p>
      <FilterTabs
        label={t('noticePage', 'title')}
        current={tab}
        onPick={(key) => setTab(key === 'all' ? 'all' : 'unread')}
        tabs={[
          { key: 'unread', label: t('noticePage', 'unread') },
          { key: 'all', label: t('noticePage', 'all') },
        ]}
      />
      <div className="notice-filter">
        <SelectField
          label={t('noticePage', 'group')}
          value={group}
          onValue={setGroup}
          empty={t('noticePage', 'every_group')}
          options={noticeGroups.map((one) => ({ value: one, label: t('noticePage', `group_${one}`) }))}
        />
        {tab === 'unread' && list.items.length > 1 && (
          <Button
            icon="checks"
            busy={seen.isPending}
            onClick={() =>
              seen.mutate({
                type: 'notice.read_all',
                recordId: uuidv7(),
                body: {
                  until: list.items[0]?.at ?? nowInstant(),
                  ...(chosen === undefined ? {} : { group: chosen }),
                },
              })
            }
          >
            {t('noticePage', 'mark_all')}
          </Button>
        )}
      </div>
      <ListFrame
        list={list}
        empty={t('noticePage', tab === 'unread' ? 'none_unread' : 'none')}
        emptyMore={t('noticePage', 'none_more')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <ul className="sheet notices">
          {list.items.map((one) => (
            <Line key={one.id} notice={one} />
          ))}
        </ul>
      </ListFrame>
    </div>
  )
}
