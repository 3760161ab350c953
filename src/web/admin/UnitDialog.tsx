import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { TextField } from '#web/design/Field.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import type { UnitRow } from './UnitsPart.tsx'

/** A unit's names and telephone, and whether it is open; or a new unit of an institution. */
export function UnitDialog({
  unit,
  institutionId,
  onClose,
}: {
  unit?: UnitRow
  institutionId?: string
  onClose: () => void
}) {
  const t = useWords()
  const [id] = useState(() => unit?.id ?? uuidv7())
  const [nameSq, setNameSq] = useState(unit?.nameSq ?? '')
  const [nameEn, setNameEn] = useState(unit?.nameEn ?? '')
  const [phone, setPhone] = useState(unit?.phone ?? '')
  const [kind, setKind] = useState('')
  const [municipality, setMunicipality] = useState('')
  const save = useCommand({
    onDone: () => {
      toast(t('admin', 'saved'))
      onClose()
    },
  })
  const faults = faultsOf(save.error)
  const at = (field: string) => faultAt(faults, field) ?? faultAt(faults, `body.${field}`)
  const change = (body: object) =>
    save.mutate({ type: 'admin.change_unit', recordId: id, baseVersion: unit?.version, body })
  return (
    <Dialog
      title={t('admin', unit ? 'change_unit' : 'add_unit')}
      onClose={onClose}
      action={t('web', 'save')}
      busy={save.isPending}
      onSubmit={() =>
        unit
          ? change({ nameSq, nameEn, phone: phone.trim() === '' ? null : phone })
          : save.mutate({
              type: 'admin.add_unit',
              recordId: id,
              body: {
                institutionId,
                kind,
                nameSq,
                nameEn,
                ...(municipality.trim() === '' ? {} : { municipality: municipality.trim() }),
                ...(phone.trim() === '' ? {} : { phone }),
              },
            })
      }
    >
      <CommandFault error={save.error} />
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
      {!unit && (
        <>
          <TextField
            id="f-kind"
            label={t('admin', 'kind')}
            hint={t('admin', 'kind_hint')}
            value={kind}
            onValue={setKind}
            error={at('kind')}
          />
          <TextField
            id="f-municipality"
            short
            inputMode="numeric"
            label={t('admin', 'place_code')}
            hint={t('admin', 'place_code_hint')}
            value={municipality}
            onValue={setMunicipality}
            error={at('municipality')}
          />
        </>
      )}
      <TextField
        id="f-phone"
        type="tel"
        optional
        label={t('admin', 'phone')}
        value={phone}
        onValue={setPhone}
        error={at('phone')}
      />
      {unit && (
        <Button onClick={() => change({ active: !unit.active })}>
          {t('admin', unit.active ? 'close_unit' : 'open_unit')}
        </Button>
      )}
    </Dialog>
  )
}
