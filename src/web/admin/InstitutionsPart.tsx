import { useState } from 'react'
import type { z } from 'zod'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { usePaged } from '#web/client/paged.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { TextField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ListInstitutions } from '#wire/admin.ts'
import { SearchBar, useSearch } from './SearchBar.tsx'
import { UnitDialog } from './UnitDialog.tsx'

type Row = z.output<typeof ListInstitutions.reply>['items'][number]

function AddInstitution({ onClose }: { onClose: () => void }) {
  const t = useWords()
  const [id] = useState(uuidv7)
  const [nameSq, setNameSq] = useState('')
  const [nameEn, setNameEn] = useState('')
  const [kind, setKind] = useState('')
  const add = useCommand({
    onDone: () => {
      toast(t('admin', 'saved'))
      onClose()
    },
  })
  const faults = faultsOf(add.error)
  const at = (field: string) => faultAt(faults, field) ?? faultAt(faults, `body.${field}`)
  return (
    <Dialog
      title={t('admin', 'add_institution')}
      onClose={onClose}
      action={t('web', 'save')}
      busy={add.isPending}
      onSubmit={() =>
        add.mutate({ type: 'admin.add_institution', recordId: id, body: { kind, nameSq, nameEn } })
      }
    >
      <CommandFault error={add.error} />
      <TextField
        id="f-nameSq"
        label={t('admin', 'name_sq')}
        value={nameSq}
        onValue={setNameSq}
        error={at('nameSq')}
      />
      <TextField
        id="f-nameEn"
        label={t('admin', 'name_en')}
        value={nameEn}
        onValue={setNameEn}
        error={at('nameEn')}
      />
      <TextField
        id="f-kind"
        label={t('admin', 'kind')}
        hint={t('admin', 'kind_hint')}
        value={kind}
        onValue={setKind}
        error={at('kind')}
      />
    </Dialog>
  )
}

export function InstitutionsPart() {
  const t = useWords()
  const { language } = useLanguage()
  const search = useSearch()
  const [adding, setAdding] = useState(false)
  const [unitOf, setUnitOf] = useState<string | null>(null)
  const list = usePaged<Row>('/api/admin/institutions', { q: search.q })
  return (
    <>
      <SearchBar search={search}>
        <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
          {t('admin', 'add_institution')}
        </Button>
      </SearchBar>
      <div className="sheet">
        <ListFrame
          list={list}
          empty={t('admin', 'institutions_none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          <Table
            caption={t('admin', 'tab_institutions')}
            rows={list.items}
            rowKey={(i) => i.id}
            columns={[
              {
                key: 'name',
                head: t('admin', 'institution'),
                name: true,
                cell: (i) => (
                  <>
                    {language === 'sq' ? i.nameSq : i.nameEn}
                    <small>{i.kind}</small>
                  </>
                ),
              },
              { key: 'units', head: t('admin', 'units'), number: true, cell: (i) => i.units },
              {
                key: 'add',
                head: t('admin', 'add_unit'),
                cell: (i) => (
                  <Button size="table" onClick={() => setUnitOf(i.id)}>
                    {t('admin', 'add_unit')}
                    <span className="only-heard"> {i.nameSq}</span>
                  </Button>
                ),
              },
            ]}
          />
        </ListFrame>
      </div>
      {adding && <AddInstitution onClose={() => setAdding(false)} />}
      {unitOf && <UnitDialog institutionId={unitOf} onClose={() => setUnitOf(null)} />}
    </>
  )
}
