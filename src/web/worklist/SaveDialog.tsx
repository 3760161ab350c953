import { useState } from 'react'
import { uuidv7 } from '#web/client/uuid.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import { list } from '#web/form/spec.ts'
import type { WorkCriteria } from '#wire/work.ts'

/** The conditions in force under a name; a head may share them. */
export function SaveDialog({
  criteria,
  head,
  onClose,
}: {
  criteria: WorkCriteria
  head: boolean
  onClose: () => void
}) {
  const t = useWords()
  const [recordId] = useState(uuidv7)
  return (
    <CommandDialog
      onClose={onClose}
      form={{
        title: t('workPage', 'save'),
        action: t('workPage', 'save'),
        type: 'work_filter.save',
        recordId,
        done: t('workPage', 'saved'),
        fields: [
          {
            name: 'name',
            kind: 'text',
            label: t('workPage', 'save_as'),
            hint: t('workPage', 'save_as_hint'),
          },
          ...(head
            ? [
                {
                  name: 'share',
                  kind: 'checks' as const,
                  label: t('workPage', 'share_question'),
                  optional: true,
                  options: [{ value: 'unit', label: t('workPage', 'share') }],
                },
              ]
            : []),
        ],
        toBody: ({ name }, values) => ({ name, shared: list(values, 'share').includes('unit'), criteria }),
      }}
    />
  )
}
