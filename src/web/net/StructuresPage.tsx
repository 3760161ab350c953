import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { structureKinds } from '#domain/net/kinds.ts'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField, TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Table } from '#web/design/Table.tsx'
import { dayOf, fullDate, number } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { MunicipalityField, useMunicipalities } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { NetCoverage, StructureRow } from '#wire/net.ts'
import { addForm } from './forms.ts'
import { usePlace } from './place.ts'
import { kindWord } from './words.ts'
import './net.css'

/** Every structure of the net that stood on a day; whoever keeps some may add one. */
export default function StructuresPage() {
  const t = useWords()
  const { language } = useLanguage()
  const user = useUser()
  const today = dayOf(useNow())
  const [kind, setKind] = useState('')
  const [municipality, setMunicipality] = useState('')
  const [day, setDay] = useState(today)
  const [form, setForm] = useState<CommandForm>()
  const towns = useMunicipalities()
  const place = usePlace()
  const crossings = useGet<{ items: readonly { id: string; name: string }[] }>(
    '/api/places/border-crossings',
    {},
    { staleTime: Infinity },
  )
  const coverage = useGet<NetCoverage>('/api/net/coverage', { day: today })
  const mine = coverage.data?.mayAdd ?? []
  const list = usePaged<StructureRow>('/api/net/structures', {
    kind: kind || undefined,
    municipality: municipality || undefined,
    day: /^\d{4}-\d\d-\d\d$/.test(day) ? day : today,
  })
  const add = () =>
    setForm(
      addForm(t, mine, user.unit.municipality, {
        municipalities: towns.map((one) => ({ value: one.code, label: one.name })),
        counties: (coverage.data?.counties ?? []).map((one) => ({ value: one.county, label: one.name })),
        crossings: (crossings.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
      }),
    )
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/net" activeOptions={{ exact: true }}>
              {t('netPage', 'title')}
            </Link>
          </p>
          <h1>{t('netPage', 'structures')}</h1>
        </div>
        {mine.length > 0 && (
          <Button kind="primary" icon="plus.bold" onClick={add}>
            {t('netPage', 'add_structure')}
          </Button>
        )}
      </div>
      <div className="row">
        <SelectField
          label={t('netPage', 'kind')}
          empty={t('netPage', 'all')}
          value={kind}
          onValue={setKind}
          options={structureKinds.map((value) => ({ value, label: kindWord(t, value) }))}
        />
        <MunicipalityField label={t('web', 'municipality')} value={municipality} onValue={setMunicipality} />
        <TextField label={t('netPage', 'as_of')} type="date" short value={day} onValue={setDay} />
      </div>
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('netPage', 'none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('netPage', 'structures')}
            rows={list.items}
            rowKey={(s) => s.id}
            columns={[
              {
                key: 'name',
                head: t('netPage', 'name'),
                name: true,
                cell: (s) => (
                  <>
                    <Link to="/net/structures/$id" params={{ id: s.id }}>
                      {language === 'sq' ? s.nameSq : s.nameEn}
                    </Link>
                    <small>{kindWord(t, s.kind)}</small>
                  </>
                ),
                sort: (s) => (language === 'sq' ? s.nameSq : s.nameEn),
              },
              { key: 'place', head: t('netPage', 'where'), cell: (s) => place(s) },
              {
                key: 'posts',
                head: t('netPage', 'filled_of'),
                number: true,
                cell: (s) => `${number(s.filled)}/${number(s.posts)}`,
                sort: (s) => s.filled,
              },
              {
                key: 'fullTime',
                head: t('netPage', 'full_time_people'),
                number: true,
                cell: (s) => number(s.fullTime),
                sort: (s) => s.fullTime,
              },
              {
                key: 'since',
                head: t('netPage', 'since'),
                cell: (s) => fullDate(s.from),
                sort: (s) => s.from,
              },
              {
                key: 'confirmed',
                head: t('netPage', 'confirmed_on'),
                cell: (s) => fullDate(s.confirmedOn),
                sort: (s) => s.confirmedOn,
              },
            ]}
          />
        </ListFrame>
      </div>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
