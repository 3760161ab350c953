import { useState } from 'react'
import type { z } from 'zod'
import { handedTo } from '#domain/disclosure.ts'
import { extractPartNames } from '#domain/information-request.ts'
import { type CaseView, may } from '#web/case/types.ts'
import { usePaged } from '#web/client/paged.ts'
import { Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { nearDate } from '#web/design/time.ts'
import { type Say, sayIfKnown, useLanguage, useWords } from '#web/design/words.tsx'
import { Part } from '#web/family/Part.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { CaseDisclosures as Wire } from '#wire/disclosure.ts'
import { Requests } from './Requests.tsx'
import '#web/case/case.css'

type Disclosure = z.output<typeof Wire.reply>['items'][number]

const fieldWord = (field: string): string =>
  sayIfKnown('rightsPage', `part_${field}`) ??
  sayIfKnown('referral', `field_${field}`) ??
  sayIfKnown('documentPage', `kind_${field}`) ??
  field
const toWord = (one: Disclosure): string =>
  sayIfKnown('rightsPage', `to_${one.toKind}`) ?? sayIfKnown('referral', `kind_${one.toKind}`) ?? one.toKind
const groundWord = (kind: string): string =>
  sayIfKnown('rightsPage', `ground_${kind}`) ?? sayIfKnown('referral', `ground_${kind}`) ?? kind

const recordForm = (t: Say, view: CaseView): CommandForm => ({
  type: 'case.record_disclosure',
  recordId: view.id,
  baseVersion: view.version,
  title: t('rightsPage', 'record'),
  consequence: t('rightsPage', 'record_more'),
  action: t('web', 'save'),
  done: t('casePage', 'saved'),
  wide: true,
  fields: [
    {
      name: 'kind',
      kind: 'radio',
      label: t('rightsPage', 'kind'),
      options: (['document', 'spoken'] as const).map((value) => ({
        value,
        label: t('rightsPage', `kind_${value}`),
      })),
    },
    {
      name: 'toKind',
      kind: 'select',
      label: t('rightsPage', 'to'),
      options: handedTo
        .filter((value) => value !== 'family' || !view.alerts.doNotInformFamily)
        .map((value) => ({ value, label: t('rightsPage', `to_${value}`) })),
    },
    {
      name: 'what',
      kind: 'checks',
      label: t('rightsPage', 'what'),
      options: extractPartNames.map((value) => ({ value, label: t('rightsPage', `part_${value}`) })),
    },
    { name: 'sensitive', kind: 'yes_no', label: t('rightsPage', 'sensitive') },
    {
      name: 'ground',
      kind: 'radio',
      label: t('rightsPage', 'ground'),
      options: [
        { value: 'law', label: t('referral', 'ground_law') },
        { value: 'safety', label: t('referral', 'ground_safety') },
        { value: 'consent', label: t('consent', 'title') },
      ],
    },
    { name: 'ref', kind: 'text', label: t('rightsPage', 'ref') },
    { name: 'reason', kind: 'area', label: t('rightsPage', 'reason') },
  ],
})

function Entry({ one }: { one: Disclosure }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  return (
    <div className="item">
      <div>
        <b>{t('rightsPage', `kind_${one.kind}`)}</b> · {toWord(one)}
        {one.toUnit && ` · ${one.toUnit[language]}`} · {nearDate(one.at, now)}
        <p className="note">{one.fields.map(fieldWord).join(', ')}</p>
        <p className="note quiet">
          {one.grounds
            .filter((ground) => ground.ref !== '')
            .map((ground) => `${groundWord(ground.kind)}: ${ground.ref}`)
            .join(' · ')}
          {one.by && ` · ${one.by}`}
        </p>
        {one.overrides !== 'none' && (
          <p className="note">
            <b>{t('rightsPage', 'overridden', { who: t('referral', `objection_${one.overrides}`) })}</b>
          </p>
        )}
        {one.reason && <p className="narrative">{one.reason}</p>}
      </div>
      {one.tier === 'T4' && (
        <Chip kind={one.childAsked === 'agrees' || one.childAsked === 'not_needed' ? 'done' : 'near'}>
          {t('rightsPage', 'child_said', {
            answer: sayIfKnown('rightsPage', `answer_${one.childAsked}`) ?? one.childAsked,
          })}
        </Chip>
      )}
    </div>
  )
}

/** What left this file, newest first, and the written requests that ask for more. */
export default function CaseDisclosures({ view }: { view: CaseView }) {
  const t = useWords()
  const list = usePaged<Disclosure>(`/api/cases/${view.id}/disclosures`, {})
  const [form, setForm] = useState<CommandForm>()
  return (
    <div className="stack">
      <Part
        id="disclosures"
        title={t('rightsPage', 'disclosures')}
        note={t('rightsPage', 'disclosures_more')}
        act={
          may(view, 'add_note') && {
            label: t('rightsPage', 'record'),
            on: () => setForm(recordForm(t, view)),
          }
        }
      >
        <ListFrame
          list={list}
          empty={t('rightsPage', 'disclosures_none')}
          fault={<FailedPart error={list.error} onRetry={list.refetch} />}
        >
          {list.items.map((one) => (
            <Entry key={one.id} one={one} />
          ))}
        </ListFrame>
      </Part>
      <Requests view={view} />
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
