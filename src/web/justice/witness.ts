/** The protection of a witness as a form; of each witness by itself. */
import { witnessSteps } from '#domain/justice/order.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { ProceedingView } from '#wire/justice.ts'

/** One protection for each witness, begun by the proposal; the record is its own. */
export const witnessForm = (
  t: Say,
  view: ProceedingView,
  person: ProceedingView['persons'][number],
  today: string,
): CommandForm => ({
  recordId: person.witness?.id ?? uuidv7(),
  title: `${t('justicePage', 'act_protect_witness')} · ${person.pseudonym}`,
  action: t('justicePage', 'act_protect_witness'),
  type: 'proceeding.protect_witness',
  done: t('justicePage', 'saved'),
  consequence: t('justicePage', 'witness_sealed'),
  fields: [
    {
      name: 'state',
      kind: 'radio',
      label: t('justicePage', 'status'),
      options: witnessSteps(person.witness?.state ?? null).map((value) => ({
        value,
        label: t('justicePage', `witness_${value}`),
      })),
    },
    { name: 'on', kind: 'day', label: t('justicePage', 'on'), initial: today },
    { name: 'words', kind: 'area', label: t('justicePage', 'words') },
  ],
  toBody: (plain) => ({ ...plain, victimId: person.id, proceedingId: view.id }),
})
