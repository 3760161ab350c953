import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { SelectField, TextField } from '#web/design/Field.tsx'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { ListUnits } from '#wire/admin.ts'

type Units = z.output<typeof ListUnits.reply>

/** Write part of a name, then choose among what was found. */
export function UnitPicker({
  value,
  onValue,
  error,
}: {
  value: string
  onValue: (id: string) => void
  error: string | undefined
}) {
  const t = useWords()
  const { language } = useLanguage()
  const [text, setText] = useState('')
  const q = text.trim()
  const found = useGet<Units>('/api/admin/units', { q, limit: 30 }, { enabled: q.length > 1 })
  const options = (found.data?.items ?? [])
    .filter((unit) => unit.active)
    .map((unit) => ({ value: unit.id, label: language === 'sq' ? unit.nameSq : unit.nameEn }))
  return (
    <>
      <TextField
        label={t('admin', 'unit_find')}
        hint={t('admin', 'unit_pick')}
        value={text}
        onValue={setText}
        type="search"
      />
      <SelectField
        id="f-unitId"
        label={t('admin', 'unit')}
        options={options}
        value={value}
        onValue={onValue}
        error={error}
      />
    </>
  )
}
