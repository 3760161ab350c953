import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { nearDate, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { MunicipalityField } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { TeamRow } from '#wire/care.ts'
import { teamForm } from './team-forms.ts'

/** Emergency teams of the municipalities: whom to call now, and where nobody is on duty. */
export default function TeamsPage() {
  const t = useWords()
  const now = useNow()
  const sq = useLanguage().language === 'sq'
  const [municipality, setMunicipality] = useState('')
  const [form, setForm] = useState<CommandForm>()
  const query = municipality === '' ? {} : { municipality }
  const list = usePaged<TeamRow>('/api/care/teams', query)
  const { data } = useGet<{ mayAdd: boolean }>('/api/care/teams', { limit: 1 })
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('carePage', 'teams')}</h1>
          <p className="lede">{t('carePage', 'teams_lede')}</p>
        </div>
        {data?.mayAdd === true && (
          <Button icon="plus" onClick={() => setForm(teamForm(t))}>
            {t('carePage', 'add_team')}
          </Button>
        )}
      </div>
      <MunicipalityField label={t('web', 'municipality')} value={municipality} onValue={setMunicipality} />
      <ListFrame
        list={list}
        empty={t('carePage', 'teams_none')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <section className="sheet">
          <Table
            caption={t('carePage', 'teams')}
            rows={list.items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'team',
                head: t('carePage', 'teams'),
                name: true,
                cell: (row) => (
                  <>
                    <Link to="/care/teams/$id" params={{ id: row.id }}>
                      {sq ? row.nameSq : row.nameEn}
                    </Link>
                    <small>{row.town}</small>
                  </>
                ),
                sort: (row) => row.town,
              },
              {
                key: 'duty',
                head: t('carePage', 'on_duty'),
                cell: (row) =>
                  row.onDuty.length === 0 ? (
                    <Chip kind={row.active ? 'late' : 'blocked'}>
                      {t('carePage', row.active ? 'nobody' : 'team_inactive')}
                    </Chip>
                  ) : (
                    row.onDuty.map((one) => (
                      <p key={`${one.name} ${one.to}`}>
                        {one.name}, {t('carePage', `p_${one.profession}`).toLowerCase()}{' '}
                        <small>{t('carePage', 'duty_until', { when: nearDate(one.to, now) })}</small>
                      </p>
                    ))
                  ),
              },
              {
                key: 'phone',
                head: t('carePage', 'team_phone'),
                cell: (row) =>
                  row.phone === null ? (
                    '–'
                  ) : (
                    <a href={`tel:${row.phone.replaceAll(/[^+\d]/g, '')}`}>{row.phone}</a>
                  ),
              },
              {
                key: 'gaps',
                head: t('carePage', 'gaps'),
                cell: (row) =>
                  row.gapHours === 0
                    ? t('carePage', 'gap_none')
                    : t('carePage', 'gap_hours', {
                        hours: number(row.gapHours, row.gapHours % 1 === 0 ? 0 : 1),
                      }),
                sort: (row) => row.gapHours,
              },
            ]}
          />
        </section>
      </ListFrame>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
