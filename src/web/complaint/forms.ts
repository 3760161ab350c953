/** The acts on a complaint as forms of a command. */
import { type ComplaintAction, outcomesIn } from '#domain/complaint/model.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import type { Say } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import type { ComplaintView } from '#wire/complaint.ts'

export const actForm = (t: Say, sq: boolean, view: ComplaintView, action: ComplaintAction): CommandForm => {
  const common = {
    recordId: view.id,
    baseVersion: view.version,
    title: t('complaintPage', `act_${action}`),
    action: t('complaintPage', `act_${action}`),
    type: `complaint.${action}`,
    done: t('complaintPage', 'done'),
  }
  switch (action) {
    case 'take':
      return { ...common, consequence: t('complaintPage', 'take_what'), fields: [] }
    case 'open_inquiry':
      return { ...common, consequence: t('complaintPage', 'inquiry_what'), fields: [] }
    case 'ask':
      return {
        ...common,
        consequence: t('complaintPage', 'ask_what'),
        fields: [
          {
            name: 'unitId',
            kind: 'select',
            label: t('complaintPage', 'ask_unit'),
            options: view.units.map((one) => ({ value: one.id, label: sq ? one.nameSq : one.nameEn })),
            initial: view.units[0]?.id ?? '',
          },
          { name: 'question', kind: 'area', label: t('complaintPage', 'question') },
        ],
        toBody: (plain) => ({ ...plain, questionId: uuidv7() }),
      }
    case 'decide':
      return {
        ...common,
        wide: true,
        ...(view.state === 'UNDER_INQUIRY' ? {} : { consequence: t('complaintPage', 'decide_before') }),
        fields: [
          {
            name: 'outcome',
            kind: 'radio',
            label: t('complaintPage', 'outcome'),
            options: outcomesIn(view.state).map((value) => ({
              value,
              label: t('complaintPage', `outcome_${value}`),
            })),
          },
          {
            name: 'passedTo',
            kind: 'text',
            label: t('complaintPage', 'passed_to'),
            when: (values) => text(values, 'outcome') === 'out_of_remit',
          },
          {
            name: 'answer',
            kind: 'area',
            label: t('complaintPage', 'decide_answer'),
            hint: t('complaintPage', 'decide_answer_hint'),
          },
          {
            name: 'measures',
            kind: 'area',
            label: t('complaintPage', 'measures'),
            optional: true,
            when: (values) => ['upheld', 'partly'].includes(text(values, 'outcome')),
          },
        ],
      }
    case 'close':
      return { ...common, consequence: t('complaintPage', 'close_what'), fields: [] }
    case 'name':
      return {
        ...common,
        consequence: t('complaintPage', 'name_what'),
        fields: [
          {
            name: 'userIds',
            kind: 'checks',
            label: t('complaintPage', 'name_who'),
            options: view.colleagues.map(({ id, name }) => ({ value: id, label: name })),
          },
        ],
      }
    case 'open_advocate':
      return {
        ...common,
        consequence: t('complaintPage', 'advocate_what'),
        fields: [
          { name: 'on', kind: 'day', label: t('complaintPage', 'since') },
          { name: 'reference', kind: 'text', label: t('complaintPage', 'reference') },
        ],
      }
    case 'report_advocate':
      return {
        ...common,
        wide: true,
        fields: [
          { name: 'findings', kind: 'area', label: t('complaintPage', 'findings') },
          {
            name: 'recommendations',
            kind: 'area',
            label: t('complaintPage', 'recommendations'),
            hint: t('complaintPage', 'recommendations_hint'),
            optional: true,
          },
        ],
        toBody: ({ findings }, values) => ({
          findings,
          recommendations: text(values, 'recommendations')
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
        }),
      }
  }
}
