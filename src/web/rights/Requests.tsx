import { useState } from 'react'
import type { z } from 'zod'
import { extractPartNames, isClosed, requestAuthorities } from '#domain/information-request.ts'
import { type CaseView, may } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import type { StageKind } from '#web/design/signs.tsx'
import { dayOf, longDate } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import { TakePaper } from '#web/document/TakePaper.tsx'
import { Nothing, Part } from '#web/family/Part.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import type { CaseRequests } from '#wire/disclosure.ts'

type Request = z.output<typeof CaseRequests.reply>['items'][number]
const signs: Record<Request['state'], StageKind> = {
  received: 'near',
  lawful: 'going',
  unlawful: 'blocked',
  answered: 'done',
  refused: 'blocked',
}
const parts = (t: Say, names: readonly Request['asked'][number][]) =>
  names.map((value) => ({ value, label: t('rightsPage', `part_${value}`) }))
const base = (t: Say, view: CaseView, verb: string) => ({
  type: `case.${verb}_request`,
  recordId: view.id,
  baseVersion: view.version,
  done: t('casePage', 'saved'),
})

const receiveForm = (t: Say, view: CaseView, today: string): CommandForm => ({
  ...base(t, view, 'receive'),
  title: t('rightsPage', 'receive'),
  consequence: t('rightsPage', 'receive_more'),
  action: t('web', 'save'),
  wide: true,
  fields: [
    {
      name: 'authority',
      kind: 'radio',
      label: t('rightsPage', 'authority'),
      options: requestAuthorities.map((value) => ({ value, label: t('rightsPage', `authority_${value}`) })),
    },
    { name: 'reference', kind: 'text', label: t('rightsPage', 'reference') },
    { name: 'article', kind: 'text', label: t('rightsPage', 'article') },
    { name: 'receivedOn', kind: 'day', label: t('rightsPage', 'received_on'), initial: today },
    { name: 'officer', kind: 'text', label: t('rightsPage', 'officer') },
    { name: 'asked', kind: 'checks', label: t('rightsPage', 'asked'), options: parts(t, extractPartNames) },
    { name: 'courtOrder', kind: 'text', optional: true, label: t('rightsPage', 'court_order') },
    { name: 'words', kind: 'area', label: t('rightsPage', 'asked_words') },
  ],
})
const checkForm = (t: Say, view: CaseView, one: Request): CommandForm => ({
  ...base(t, view, 'check'),
  title: t('rightsPage', 'check_title'),
  action: t('web', 'save'),
  fields: [
    { name: 'lawful', kind: 'yes_no', label: t('rightsPage', 'lawful') },
    {
      name: 'allowed',
      kind: 'checks',
      label: t('rightsPage', 'allowed'),
      options: parts(t, one.asked),
      when: (values) => text(values, 'lawful') === 'yes',
    },
    { name: 'opinion', kind: 'area', label: t('rightsPage', 'opinion') },
  ],
  toBody: (plain) => ({ requestId: one.id, ...plain }),
})
const giveForm = (t: Say, view: CaseView, one: Request): CommandForm => ({
  ...base(t, view, 'answer'),
  title: t('rightsPage', 'give_title'),
  consequence: t('rightsPage', 'give_more'),
  action: t('rightsPage', 'give'),
  wide: true,
  fields: one.allowed.map((part) => ({
    name: part,
    kind: 'area' as const,
    optional: true,
    label: t('rightsPage', `part_${part}`),
  })),
  toBody: (plain) => ({
    requestId: one.id,
    parts: one.allowed.flatMap((part) => {
      const said = plain[part]
      return typeof said === 'string' ? [{ part, text: said }] : []
    }),
  }),
})
const refuseForm = (t: Say, view: CaseView, one: Request): CommandForm => ({
  ...base(t, view, 'refuse'),
  title: t('rightsPage', 'refuse_title'),
  action: t('rightsPage', 'refuse'),
  kind: 'danger',
  fields: [{ name: 'reason', kind: 'area', label: t('rightsPage', 'refuse_reason') }],
  toBody: (plain) => ({ requestId: one.id, ...plain }),
})

function Row({ one, view, open }: { one: Request; view: CaseView; open: (form: CommandForm) => void }) {
  const t = useWords()
  const now = useNow()
  const forms = { check: checkForm, answer: giveForm, refuse: refuseForm }
  const labels = { check: 'check', answer: 'give', refuse: 'refuse' } as const
  return (
    <details className="fold">
      <summary>
        <span>
          <b>
            {t('rightsPage', `authority_${one.authority}`)} · {one.reference}
          </b>
          <small className="quiet">
            {one.article} · {longDate(one.receivedOn, now)}
          </small>
        </span>
        <Chip kind={signs[one.state]}>{t('rightsPage', `state_${one.state}`)}</Chip>
      </summary>
      <div className="stack">
        <p>
          {t('rightsPage', 'asked')}:{' '}
          <b>{one.asked.map((part) => t('rightsPage', `part_${part}`)).join(', ')}</b>
        </p>
        {one.officer && <p>{one.officer}</p>}
        {one.words && <p className="narrative">{one.words}</p>}
        {one.checkedByName && (
          <p>
            {t('rightsPage', 'checked_by', { who: one.checkedByName })}
            {one.opinion && `: ${one.opinion}`}
          </p>
        )}
        {one.closedByName && (
          <p>
            {t('rightsPage', 'closed_by', { who: one.closedByName })}
            {one.refusal && `: ${one.refusal}`}
          </p>
        )}
        {one.extract.map((part) => (
          <p key={part.part}>
            <b>
              {t('rightsPage', `part_${part.part}`)} ({part.tier})
            </b>
            : {part.text ?? <span className="quiet">{t('rightsPage', 'hidden')}</span>}
          </p>
        ))}
        {view.papers.includes('disclosure_letter') && isClosed(one.state) && (
          <div className="row no-print">
            <TakePaper
              caseId={view.id}
              kind="disclosure_letter"
              id={one.id}
              label={t('rightsPage', 'print_letter')}
              about={one.reference}
            />
          </div>
        )}
        {one.may.length > 0 && (
          <div className="row">
            {one.may.map((what) => (
              <Button
                key={what}
                kind={what === 'refuse' ? 'danger' : 'primary'}
                onClick={() => open(forms[what](t, view, one))}
              >
                {t('rightsPage', labels[what])}
              </Button>
            ))}
          </div>
        )}
      </div>
    </details>
  )
}

/** Written requests: received, checked by one, answered by another with the least that was allowed. */
export function Requests({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const read = useGet<{ items: readonly Request[] }>(`/api/cases/${view.id}/requests`)
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  const items = read.data?.items ?? []
  return (
    <Part
      id="requests"
      title={t('rightsPage', 'requests')}
      act={
        may(view, 'add_note') && {
          label: t('rightsPage', 'receive'),
          on: () => setForm(receiveForm(t, view, dayOf(now))),
        }
      }
    >
      {items.map((one) => (
        <Row key={one.id} one={one} view={view} open={setForm} />
      ))}
      {items.length === 0 && <Nothing>{t('rightsPage', 'requests_none')}</Nothing>}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </Part>
  )
}
