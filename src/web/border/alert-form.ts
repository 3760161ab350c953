/** The questions of an alert, and the body that they become. */
import { alertDirections, alertKinds, alertSteps } from '#domain/border/kinds.ts'
import { readPartialDate } from '#domain/partial-date.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Option } from '#web/design/Field.tsx'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { type FieldSpec, text } from '#web/form/spec.ts'

/** `about`: cases (`case:ID`) and files (`nrm:ID`) that one may name; null where the police seek whom they describe. */
export const alertForm = (t: Say, about: readonly Option[] | null, mostDays: number): CommandForm => {
  const free = (name: string, label: string, hint?: string): FieldSpec => ({
    name,
    kind: 'text',
    label,
    optional: true,
    ...(hint === undefined ? {} : { hint }),
  })
  return {
    type: 'border_alert.set',
    recordId: uuidv7(),
    title: t('borderPage', 'alert_new'),
    action: t('borderPage', 'alert_new'),
    done: t('borderPage', 'alert_done'),
    wide: true,
    fields: [
      ...(about === null
        ? []
        : [{ name: 'about', kind: 'select' as const, label: t('borderPage', 'about'), options: about }]),
      {
        name: 'kind',
        kind: 'select',
        label: t('borderPage', 'kind'),
        options: alertKinds.map((value) => ({ value, label: t('borderPage', `kind_${value}`) })),
      },
      {
        name: 'direction',
        kind: 'radio',
        label: t('borderPage', 'direction'),
        options: alertDirections.map((value) => ({ value, label: t('borderPage', `dir_${value}`) })),
      },
      {
        name: 'step',
        kind: 'radio',
        label: t('borderPage', 'step'),
        options: alertSteps.map((value) => ({ value, label: t('borderPage', `step_${value}`) })),
      },
      { name: 'phone', kind: 'text', label: t('borderPage', 'phone') },
      free('givenName', t('borderPage', 'given')),
      free('familyName', t('borderPage', 'family')),
      free('otherNames', t('borderPage', 'other_names')),
      free('birth', t('borderPage', 'born'), t('borderPage', 'born_hint')),
      {
        name: 'sex',
        kind: 'radio',
        label: t('borderPage', 'sex'),
        options: [
          { value: 'female', label: t('borderPage', 'girl') },
          { value: 'male', label: t('borderPage', 'boy') },
          { value: 'unknown', label: t('borderPage', 'not_known') },
        ],
      },
      free('documents', t('borderPage', 'documents')),
      {
        name: 'reason',
        kind: 'area',
        label: t('borderPage', 'reason'),
        hint: t('borderPage', 'reason_hint'),
      },
      {
        name: 'expiresOn',
        kind: 'day',
        label: t('borderPage', 'expires'),
        hint: t('borderPage', 'expires_hint', { n: mostDays }),
      },
    ],
    toBody: (plain, values) => {
      const { about: named, birth, documents, ...rest } = plain
      const [kind, id] = typeof named === 'string' ? named.split(':') : []
      const born = text(values, 'birth').trim()
      return {
        ...rest,
        ...(kind === 'case' ? { caseId: id } : {}),
        ...(kind === 'nrm' ? { nrmId: id } : {}),
        // What cannot be read as a date goes as it stands and is refused by name.
        ...(born === '' ? {} : { birth: readPartialDate(born) ?? born }),
        documents: text(values, 'documents')
          .split(/[,;\n]/)
          .map((one) => one.trim())
          .filter((one) => one !== ''),
      }
    },
  }
}
