/** The acts on a file as forms of their commands. */
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import type { NrmView } from './types.ts'

export type NrmAct = NrmView['actions'][number]

export interface UnitOption {
  readonly id: string
  readonly nameSq: string
  readonly nameEn: string
}

export const actForm = (
  nrm: NrmView,
  act: NrmAct,
  about: {
    readonly t: Say
    readonly today: string
    readonly units: readonly UnitOption[]
    readonly sq: boolean
  },
): CommandForm => {
  const { t, today, units, sq } = about
  const base = { recordId: nrm.id, baseVersion: nrm.version }
  const child = nrm.subject === 'child'
  const day = { name: 'on', kind: 'day', label: t('nrmPage', 'on'), initial: today } as const
  const basis = { name: 'basis', kind: 'area', label: t('nrmPage', 'basis') } as const
  const by = {
    name: 'by',
    kind: 'radio',
    label: t('nrmPage', 'by'),
    initial: child ? 'representative' : 'self',
    options: (child ? (['representative'] as const) : (['self', 'representative'] as const)).map((value) => ({
      value,
      label: t('nrmPage', `by_${value}`),
    })),
  } as const
  switch (act) {
    case 'take':
      return {
        ...base,
        title: t('nrmPage', 'take'),
        action: t('nrmPage', 'take'),
        type: 'nrm.take',
        done: t('nrmPage', 'take_done'),
        fields: [],
      }
    case 'correct':
      return {
        ...base,
        title: t('nrmPage', 'correct'),
        consequence: t('nrmPage', 'correct_more'),
        action: t('nrmPage', 'correct_action'),
        type: 'nrm.correct',
        done: t('nrmPage', 'correct_done'),
        fields: [
          {
            name: 'summary',
            kind: 'area',
            label: t('nrmPage', 'summary'),
            optional: true,
            initial: nrm.summaryText ?? '',
          },
          {
            name: 'contact',
            kind: 'text',
            label: t('nrmPage', 'contact'),
            optional: true,
            initial: nrm.contact ?? '',
          },
          { name: 'reason', kind: 'area', label: t('nrmPage', 'reason') },
        ],
        toBody: (_, values) => ({
          summary: text(values, 'summary'),
          contact: text(values, 'contact'),
          reason: text(values, 'reason'),
        }),
      }
    case 'hand_over':
      return {
        ...base,
        title: t('nrmPage', 'hand_over'),
        consequence: t('nrmPage', 'hand_over_more'),
        action: t('nrmPage', 'hand_over'),
        type: 'nrm.hand_over',
        done: t('nrmPage', 'hand_over_done'),
        fields: [
          {
            name: 'unitId',
            kind: 'select',
            label: t('nrmPage', 'to_unit'),
            options: units
              .filter((one) => one.id !== nrm.unit.id || nrm.manager !== null)
              .map((one) => ({ value: one.id, label: sq ? one.nameSq : one.nameEn })),
          },
          { name: 'reason', kind: 'area', label: t('nrmPage', 'reason') },
        ],
      }
    case 'decline_formal':
      return {
        ...base,
        title: t('nrmPage', 'decline'),
        consequence: t('nrmPage', 'decline_more'),
        action: t('nrmPage', 'decline_action'),
        type: 'nrm.decline_formal',
        done: t('nrmPage', 'decline_done'),
        fields: [
          day,
          by,
          {
            name: 'conflictOfInterest',
            kind: 'yes_no',
            label: t('nrmPage', 'conflict'),
            when: (values) => values.by === 'representative',
          },
          { name: 'informed', kind: 'yes_no', label: t('nrmPage', 'informed') },
          basis,
        ],
        toBody: (plain) => ({ conflictOfInterest: false, consentId: null, ...plain }),
      }
    case 'exit':
      return {
        ...base,
        title: t('nrmPage', 'exit'),
        consequence: t('nrmPage', 'exit_more'),
        action: t('nrmPage', 'exit_action'),
        kind: 'danger',
        type: 'nrm.exit',
        done: t('nrmPage', 'exit_done'),
        fields: [
          day,
          {
            name: 'reason',
            kind: 'radio',
            label: t('nrmPage', 'exit_reason'),
            options: (['completed', 'withdrew', 'lost_contact'] as const).map((value) => ({
              value,
              label: t('nrmPage', `exit_${value}`),
            })),
          },
          { ...by, when: (values) => values.reason === 'withdrew' },
          basis,
        ],
        toBody: (plain) => ({ by: null, ...plain }),
      }
  }
}
