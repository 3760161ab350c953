import { useState } from 'react'
import type { z } from 'zod'
import { roles } from '#domain/core.ts'
import { usePaged } from '#web/client/paged.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { SelectField, TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { FilterTabs } from '#web/design/Tabs.tsx'
import { longDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalities } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListInstitutions, ListUnits, ListUsers } from '#wire/admin.ts'
import { SetupCodeDialog } from './SetupCodeDialog.tsx'
import '../case/case.css'

type User = z.output<typeof ListUsers.reply>['items'][number]
type Unit = z.output<typeof ListUnits.reply>['items'][number]
type Institution = z.output<typeof ListInstitutions.reply>['items'][number]

function Users() {
  const t = useWords()
  const { language } = useLanguage()
  const [q, setQ] = useState('')
  const [role, setRole] = useState('')
  const [form, setForm] = useState<CommandForm>()
  const [code, setCode] = useState<User>()
  const list = usePaged<User>('/api/admin/users', { q: q.trim(), role })
  const units = usePaged<Unit>('/api/admin/units', { limit: 100 })
  const [unitText, setUnitText] = useState('')
  const found = usePaged<Unit>(
    '/api/admin/units',
    { q: unitText.trim(), limit: 50 },
    unitText.trim().length > 1,
  )
  const unitOptions = [...new Map([...found.items, ...units.items].map((u) => [u.id, u])).values()].map(
    (u) => ({
      value: u.id,
      label: language === 'sq' ? u.nameSq : u.nameEn,
    }),
  )
  const add = () =>
    setForm({
      title: t('adminPage', 'add_user'),
      consequence: t('adminPage', 'add_user_more'),
      action: t('web', 'add'),
      type: 'admin.add_user',
      recordId: uuidv7(),
      done: t('casePage', 'saved'),
      fields: [
        { name: 'login', kind: 'text', label: t('web', 'login'), hint: t('adminPage', 'login_hint') },
        { name: 'displayName', kind: 'text', label: t('casePage', 'name') },
        {
          name: 'role',
          kind: 'select',
          label: t('adminPage', 'role'),
          options: roles.map((value) => ({ value, label: t('web', `role_${value}`) })),
        },
        { name: 'unitId', kind: 'select', label: t('adminPage', 'unit'), options: unitOptions },
        {
          name: 'language',
          kind: 'select',
          label: t('web', 'language'),
          initial: 'sq',
          options: [
            { value: 'sq', label: 'Shqip' },
            { value: 'en', label: 'English' },
          ],
        },
      ],
    })
  const toggle = (u: User) =>
    setForm({
      title: t('adminPage', u.active ? 'disable_question' : 'enable_question', { name: u.displayName }),
      consequence: u.active ? t('adminPage', 'disable_more') : undefined,
      action: t('adminPage', u.active ? 'disable' : 'enable'),
      kind: u.active ? 'danger' : 'primary',
      type: 'admin.change_user',
      recordId: u.id,
      baseVersion: u.version,
      done: t('casePage', 'saved'),
      fields: u.active ? [{ name: 'reason', kind: 'text', label: t('casePage', 'reason') }] : [],
      toBody: (plain) => ({ ...plain, active: !u.active }),
    })
  const reset = (u: User) =>
    setForm({
      title: t('adminPage', 'reset_question', { name: u.displayName }),
      consequence: t('adminPage', 'reset_more'),
      action: t('adminPage', 'reset'),
      kind: 'danger',
      type: 'admin.reset_credentials',
      recordId: u.id,
      baseVersion: u.version,
      done: t('casePage', 'saved'),
      fields: [{ name: 'reason', kind: 'text', label: t('casePage', 'reason') }],
    })
  return (
    <>
      <div className="filters">
        <TextField label={t('web', 'search')} value={q} onValue={setQ} />
        <SelectField
          label={t('adminPage', 'role')}
          value={role}
          onValue={setRole}
          empty={t('web', 'all')}
          options={roles.map((value) => ({ value, label: t('web', `role_${value}`) }))}
        />
        <TextField label={t('adminPage', 'unit_search')} value={unitText} onValue={setUnitText} />
        <Button kind="primary" icon="plus.bold" onClick={add}>
          {t('adminPage', 'add_user')}
        </Button>
      </div>
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('adminPage', 'none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('adminPage', 'users')}
            rows={list.items}
            rowKey={(u) => u.id}
            columns={[
              {
                key: 'name',
                head: t('casePage', 'name'),
                name: true,
                cell: (u) => (
                  <>
                    {u.displayName}
                    <small>{u.login}</small>
                  </>
                ),
                sort: (u) => u.displayName,
              },
              { key: 'role', head: t('adminPage', 'role'), cell: (u) => t('web', `role_${u.role}`) },
              {
                key: 'unit',
                head: t('adminPage', 'unit'),
                cell: (u) => (language === 'sq' ? u.unitNameSq : u.unitNameEn),
              },
              {
                key: 'state',
                head: t('casePage', 'status'),
                cell: (u) => (
                  <>
                    <Chip kind={u.active ? (u.hasPassword ? 'done' : 'waiting') : 'blocked'}>
                      {t('adminPage', u.active ? (u.hasPassword ? 'active' : 'waits_code') : 'inactive')}
                    </Chip>
                    <small>{u.lastSeenAt ? longDate(u.lastSeenAt) : t('adminPage', 'never_seen')}</small>
                  </>
                ),
              },
              {
                key: 'acts',
                head: t('casePage', 'more_acts'),
                cell: (u) => (
                  <span className="row">
                    {u.active && (
                      <Button size="table" onClick={() => setCode(u)}>
                        {t('adminPage', 'setup_code')}
                      </Button>
                    )}
                    {u.active && u.hasPassword && (
                      <Button size="table" onClick={() => reset(u)}>
                        {t('adminPage', 'reset')}
                      </Button>
                    )}
                    <Button size="table" kind={u.active ? 'danger' : 'secondary'} onClick={() => toggle(u)}>
                      {t('adminPage', u.active ? 'disable' : 'enable')}
                    </Button>
                  </span>
                ),
              },
            ]}
          />
        </ListFrame>
      </div>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
      {code && <SetupCodeDialog id={code.id} name={code.displayName} onClose={() => setCode(undefined)} />}
    </>
  )
}

function Units() {
  const t = useWords()
  const { language } = useLanguage()
  const [q, setQ] = useState('')
  const [form, setForm] = useState<CommandForm>()
  const list = usePaged<Unit>('/api/admin/units', { q: q.trim() })
  const change = (u: Unit) =>
    setForm({
      title: language === 'sq' ? u.nameSq : u.nameEn,
      action: t('web', 'save'),
      type: 'admin.change_unit',
      recordId: u.id,
      baseVersion: u.version,
      done: t('casePage', 'saved'),
      fields: [
        { name: 'nameSq', kind: 'text', label: `${t('casePage', 'name')} (sq)`, initial: u.nameSq },
        { name: 'nameEn', kind: 'text', label: `${t('casePage', 'name')} (en)`, initial: u.nameEn },
        {
          name: 'phone',
          kind: 'text',
          optional: true,
          label: t('casePage', 'phone'),
          initial: u.phone ?? '',
        },
        { name: 'active', kind: 'yes_no', label: t('adminPage', 'works'), initial: u.active ? 'yes' : 'no' },
      ],
    })
  return (
    <>
      <div className="filters">
        <TextField label={t('web', 'search')} value={q} onValue={setQ} />
      </div>
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('adminPage', 'none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('adminPage', 'units')}
            rows={list.items}
            rowKey={(u) => u.id}
            columns={[
              {
                key: 'name',
                head: t('adminPage', 'unit'),
                name: true,
                cell: (u) => (
                  <>
                    {language === 'sq' ? u.nameSq : u.nameEn}
                    <small>{[u.kind, u.municipality ?? u.county].filter(Boolean).join(' · ')}</small>
                  </>
                ),
                sort: (u) => u.nameSq,
              },
              { key: 'phone', head: t('casePage', 'phone'), cell: (u) => u.phone ?? '–' },
              {
                key: 'users',
                head: t('adminPage', 'users'),
                number: true,
                cell: (u) => u.users,
                sort: (u) => u.users,
              },
              {
                key: 'state',
                head: t('casePage', 'status'),
                cell: (u) => (
                  <Chip kind={u.active ? 'done' : 'blocked'}>
                    {t('adminPage', u.active ? 'active' : 'inactive')}
                  </Chip>
                ),
              },
              {
                key: 'acts',
                head: t('casePage', 'more_acts'),
                cell: (u) => (
                  <Button size="table" onClick={() => change(u)}>
                    {t('web', 'edit')}
                  </Button>
                ),
              },
            ]}
          />
        </ListFrame>
      </div>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </>
  )
}

function Institutions() {
  const t = useWords()
  const { language } = useLanguage()
  const [q, setQ] = useState('')
  const [form, setForm] = useState<CommandForm>()
  const municipalities = useMunicipalities()
  const list = usePaged<Institution>('/api/admin/institutions', { q: q.trim() })
  const kinds = [...new Set(list.items.map((i) => i.kind))].map((value) => ({ value, label: value }))
  const add = () =>
    setForm({
      title: t('adminPage', 'add_institution'),
      action: t('web', 'add'),
      type: 'admin.add_institution',
      recordId: uuidv7(),
      done: t('casePage', 'saved'),
      fields: [
        { name: 'nameSq', kind: 'text', label: `${t('casePage', 'name')} (sq)` },
        { name: 'nameEn', kind: 'text', label: `${t('casePage', 'name')} (en)` },
        { name: 'kind', kind: 'select', label: t('adminPage', 'kind'), options: kinds },
      ],
    })
  const addUnit = (i: Institution) =>
    setForm({
      title: t('adminPage', 'add_unit'),
      consequence: language === 'sq' ? i.nameSq : i.nameEn,
      action: t('web', 'add'),
      type: 'admin.add_unit',
      recordId: uuidv7(),
      done: t('casePage', 'saved'),
      fields: [
        { name: 'nameSq', kind: 'text', label: `${t('casePage', 'name')} (sq)` },
        { name: 'nameEn', kind: 'text', label: `${t('casePage', 'name')} (en)` },
        { name: 'kind', kind: 'select', label: t('adminPage', 'kind'), options: kinds, initial: i.kind },
        {
          name: 'municipality',
          kind: 'select',
          optional: true,
          label: t('web', 'municipality'),
          options: municipalities.map((m) => ({ value: m.code, label: m.name })),
        },
        { name: 'phone', kind: 'text', optional: true, label: t('casePage', 'phone') },
      ],
      toBody: (plain) => ({ institutionId: i.id, ...plain }),
    })
  return (
    <>
      <div className="filters">
        <TextField label={t('web', 'search')} value={q} onValue={setQ} />
        <Button kind="primary" icon="plus.bold" onClick={add}>
          {t('adminPage', 'add_institution')}
        </Button>
      </div>
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('adminPage', 'none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('adminPage', 'institutions')}
            rows={list.items}
            rowKey={(i) => i.id}
            columns={[
              {
                key: 'name',
                head: t('casePage', 'institution'),
                name: true,
                cell: (i) => (
                  <>
                    {language === 'sq' ? i.nameSq : i.nameEn}
                    <small>{i.kind}</small>
                  </>
                ),
                sort: (i) => i.nameSq,
              },
              {
                key: 'units',
                head: t('adminPage', 'units'),
                number: true,
                cell: (i) => i.units,
                sort: (i) => i.units,
              },
              {
                key: 'acts',
                head: t('casePage', 'more_acts'),
                cell: (i) => (
                  <Button size="table" onClick={() => addUnit(i)}>
                    {t('adminPage', 'add_unit')}
                  </Button>
                ),
              },
            ]}
          />
        </ListFrame>
      </div>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </>
  )
}

/** Institutions, units and accounts. No case content is to be found from here. */
export default function AdminPage() {
  const t = useWords()
  const [part, setPart] = useState<string>('users')
  return (
    <div className="view stack">
      <div>
        <h1>{t('web', 'nav_admin')}</h1>
        <p className="lede">{t('adminPage', 'lede')}</p>
      </div>
      <FilterTabs
        label={t('web', 'nav_admin')}
        current={part}
        onPick={setPart}
        tabs={(['users', 'units', 'institutions'] as const).map((key) => ({
          key,
          label: t('adminPage', key),
        }))}
      />
      {part === 'users' ? <Users /> : part === 'units' ? <Units /> : <Institutions />}
    </div>
  )
}
