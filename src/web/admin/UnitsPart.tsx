import { useState } from 'react'
import type { z } from 'zod'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListUnits } from '#wire/admin.ts'
import { SearchBar, useSearch } from './SearchBar.tsx'
import { UnitDialog } from './UnitDialog.tsx'

export type UnitRow = z.output<typeof ListUnits.reply>['items'][number]

export function UnitsPart() {
  const t = useWords()
  const { language } = useLanguage()
  const place = useMunicipalityName()
  const search = useSearch()
  const [changing, setChanging] = useState<UnitRow | null>(null)
  const list = usePaged<UnitRow>('/api/admin/units', { q: search.q })
  return (
    <>
      <SearchBar search={search} />
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('admin', 'units_none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('admin', 'tab_units')}
            rows={list.items}
            rowKey={(u) => u.id}
            columns={[
              {
                key: 'unit',
                head: t('admin', 'unit'),
                name: true,
                cell: (u) => (
                  <>
                    {language === 'sq' ? u.nameSq : u.nameEn}
                    <small>{u.kind}</small>
                  </>
                ),
              },
              {
                key: 'place',
                head: t('admin', 'place'),
                cell: (u) => (u.municipality === null ? (u.county ?? '–') : place(u.municipality)),
              },
              { key: 'phone', head: t('admin', 'phone'), cell: (u) => u.phone ?? '–' },
              { key: 'users', head: t('admin', 'users'), number: true, cell: (u) => u.users },
              {
                key: 'state',
                head: t('admin', 'state'),
                cell: (u) => (
                  <Chip kind={u.active ? 'done' : 'blocked'}>
                    {t('admin', u.active ? 'state_active' : 'state_closed')}
                  </Chip>
                ),
              },
              {
                key: 'change',
                head: t('admin', 'change_user'),
                cell: (u) => (
                  <Button size="table" onClick={() => setChanging(u)}>
                    {t('admin', 'change_user')}
                    <span className="only-heard"> {u.nameSq}</span>
                  </Button>
                ),
              },
            ]}
          />
        </ListFrame>
      </div>
      {changing && <UnitDialog unit={changing} onClose={() => setChanging(null)} />}
    </>
  )
}
