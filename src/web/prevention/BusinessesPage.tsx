import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { businessKinds } from '#domain/prevention/business.ts'
import { workSectors } from '#domain/prevention/kinds.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalities, useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { BusinessRow } from '#wire/prevention.ts'
import { options, placeField, word } from './shared.tsx'
import { Top } from './Top.tsx'

/** Registers of businesses, private employment agencies and tourism operators. */
export default function BusinessesPage() {
  const t = useWords()
  const user = useUser()
  const municipalities = useMunicipalities()
  const place = useMunicipalityName()
  const [kind, setKind] = useState('')
  const [form, setForm] = useState<CommandForm>()
  const list = usePaged<BusinessRow>('/api/businesses', { kind: kind === '' ? undefined : kind })
  const inspector = user.role === 'labour_inspector'
  const keeps = inspector || user.role === 'municipal_director' || user.role === 'cpu_head'
  const enter = () =>
    setForm({
      type: 'business.enter',
      recordId: uuidv7(),
      title: t('prevention', 'new_business'),
      action: t('prevention', 'record'),
      fields: [
        {
          name: 'kind',
          kind: 'radio',
          label: t('prevention', 'kind'),
          options: options('business', businessKinds),
        },
        {
          name: 'name',
          kind: 'text',
          label: t('prevention', 'business_name'),
          hint: t('prevention', 'no_names'),
        },
        { name: 'nipt', kind: 'text', label: t('prevention', 'nipt'), optional: true },
        {
          name: 'sector',
          kind: 'select',
          label: t('prevention', 'work_sector'),
          options: options('sector', workSectors),
        },
        {
          ...placeField(t, inspector ? null : user.unit.municipality, municipalities),
          optional: false,
        },
        {
          name: 'licence',
          kind: 'radio',
          label: t('prevention', 'licence'),
          options: options('licence', ['none', 'valid']),
        },
      ],
      done: t('prevention', 'recorded'),
    })
  const since = (day: string | null) => (day === null ? t('prevention', 'not_yet') : fullDate(day))
  return (
    <div className="view stack">
      <Top
        tab="businesses"
        title={t('prevention', 'businesses')}
        lede={t('prevention', 'businesses_lede')}
        choice={{
          label: t('prevention', 'kind'),
          empty: t('prevention', 'all_kinds'),
          options: options('business', businessKinds),
          value: kind,
          onValue: setKind,
        }}
        record={keeps && { label: t('prevention', 'new_business'), onClick: enter }}
        workbook="/api/businesses/export.xlsx"
      />
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('prevention', 'none_businesses')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('prevention', 'businesses')}
            rows={list.items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'name',
                head: t('prevention', 'business'),
                name: true,
                cell: (row) => (
                  <>
                    <Link to="/registers/businesses/$id" params={{ id: row.id }}>
                      {row.name}
                    </Link>
                    <small>
                      {word(`business_one_${row.kind}`)} · {word(`sector_${row.sector}`)}
                    </small>
                  </>
                ),
                sort: (row) => row.name,
              },
              { key: 'where', head: t('prevention', 'where'), cell: (row) => place(row.municipality) },
              { key: 'code', head: t('prevention', 'code_adopted'), cell: (row) => since(row.codeAdoptedOn) },
              {
                key: 'contact',
                head: t('prevention', 'contact_posted'),
                cell: (row) => since(row.contactPostedOn),
              },
              {
                key: 'inspections',
                head: t('prevention', 'inspections'),
                number: true,
                cell: (row) => number(row.inspections),
              },
              {
                key: 'sanctions',
                head: t('prevention', 'sanctions'),
                number: true,
                cell: (row) => number(row.sanctions),
                sort: (row) => row.sanctions,
              },
              {
                key: 'licence',
                head: t('prevention', 'licence'),
                cell: (row) => word(`licence_${row.licence}`),
              },
            ]}
          />
        </ListFrame>
      </div>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
