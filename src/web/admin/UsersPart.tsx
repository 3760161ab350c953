import { useState } from 'react'
import type { z } from 'zod'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { nearDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListUsers } from '#wire/admin.ts'
import { AddUserDialog } from './AddUserDialog.tsx'
import { ChangeUserDialog } from './ChangeUserDialog.tsx'
import { SearchBar, useSearch } from './SearchBar.tsx'

export type UserRow = z.output<typeof ListUsers.reply>['items'][number]

function State({ user }: { user: UserRow }) {
  const t = useWords()
  if (!user.active) return <Chip kind="blocked">{t('admin', 'state_closed')}</Chip>
  if (!user.hasPassword) return <Chip kind="waiting">{t('admin', 'state_no_password')}</Chip>
  return (
    <>
      <Chip kind="done">{t('admin', 'state_active')}</Chip>
      {!user.secondFactor && <small>{t('admin', 'state_no_factor')}</small>}
    </>
  )
}

export function UsersPart() {
  const t = useWords()
  const { language } = useLanguage()
  const now = useNow()
  const me = useUser()
  const search = useSearch()
  const [adding, setAdding] = useState(false)
  const [changing, setChanging] = useState<UserRow | null>(null)
  const list = usePaged<UserRow>('/api/admin/users', { q: search.q })
  return (
    <>
      <SearchBar search={search}>
        <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
          {t('admin', 'add_user')}
        </Button>
      </SearchBar>
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('admin', 'users_none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('admin', 'tab_users')}
            rows={list.items}
            rowKey={(u) => u.id}
            columns={[
              {
                key: 'user',
                head: t('admin', 'user'),
                name: true,
                sort: (u) => u.displayName,
                cell: (u) => (
                  <>
                    {u.displayName}
                    <small translate="no">{u.login}</small>
                  </>
                ),
              },
              { key: 'role', head: t('admin', 'role'), cell: (u) => t('web', `role_${u.role}`) },
              {
                key: 'unit',
                head: t('admin', 'unit'),
                cell: (u) => (language === 'sq' ? u.unitNameSq : u.unitNameEn),
              },
              { key: 'state', head: t('admin', 'state'), cell: (u) => <State user={u} /> },
              {
                key: 'seen',
                head: t('admin', 'last_seen'),
                cell: (u) => (u.lastSeenAt ? nearDate(u.lastSeenAt, now) : '–'),
              },
              {
                key: 'change',
                head: t('admin', 'change_user'),
                cell: (u) =>
                  u.id === me.id ? null : (
                    <Button size="table" onClick={() => setChanging(u)}>
                      {t('admin', 'change_user')}
                      <span className="only-heard"> {u.displayName}</span>
                    </Button>
                  ),
              },
            ]}
          />
        </ListFrame>
      </div>
      {adding && <AddUserDialog onClose={() => setAdding(false)} />}
      {changing && <ChangeUserDialog user={changing} onClose={() => setChanging(null)} />}
    </>
  )
}
