import { useState } from 'react'
import type { z } from 'zod'
import { packetFields, recipientKinds } from '#domain/referral/packet.ts'
import { audiences, rightsFormats, rightsTopics, understandings } from '#domain/rights/information.ts'
import { notAskedWhy, permissionAnswers } from '#domain/rights/permission.ts'
import { type CaseView, may } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import type { Option } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { dayOf, longDate, nearDate } from '#web/design/time.ts'
import { type Say, sayCode, useWords, type Word } from '#web/design/words.tsx'
import { Nothing, Part } from '#web/family/Part.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { CaseRights as Wire } from '#wire/rights.ts'
import { Consents } from './Consents.tsx'
import '#web/case/case.css'

type Rights = z.output<typeof Wire.reply>
type Permission = Rights['permissions'][number]

const languages = ['sq', 'rom', 'el', 'mk', 'sr', 'en', 'it', 'ar', 'fa']
const of = (t: Say, prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: t('rightsPage', `${prefix}_${value}` as Word<'rightsPage'>) }))
const base = (t: Say, view: CaseView, verb: string) => ({
  type: `case.${verb}`,
  recordId: view.id,
  baseVersion: view.version,
  done: t('casePage', 'saved'),
})

const explainForm = (t: Say, view: CaseView, today: string): CommandForm => ({
  ...base(t, view, 'explain_rights'),
  title: t('rightsPage', 'explain'),
  consequence: t('rightsPage', 'explain_more'),
  action: t('web', 'save'),
  wide: true,
  fields: [
    { name: 'on', kind: 'day', label: t('rightsPage', 'on'), initial: today },
    {
      name: 'audience',
      kind: 'radio',
      label: t('rightsPage', 'audience'),
      // While the order stands, a parent is not spoken to.
      options: of(
        t,
        'audience',
        audiences.filter((one) => one !== 'parent' || !view.alerts.doNotInformFamily),
      ),
    },
    {
      name: 'topics',
      kind: 'checks',
      label: t('rightsPage', 'topics'),
      options: of(t, 'topic', rightsTopics),
    },
    {
      name: 'language',
      kind: 'select',
      label: t('consent', 'language'),
      initial: 'sq',
      options: languages.map((code) => ({ value: code, label: sayCode('spoken', code) })),
    },
    {
      name: 'format',
      kind: 'select',
      label: t('rightsPage', 'format'),
      options: of(t, 'format', rightsFormats),
    },
    { name: 'interpreter', kind: 'yes_no', label: t('rightsPage', 'interpreter') },
    {
      name: 'understood',
      kind: 'radio',
      label: t('rightsPage', 'understood'),
      options: of(t, 'understood', understandings),
    },
    { name: 'explainedBy', kind: 'text', label: t('consent', 'explained_by') },
    { name: 'questions', kind: 'area', optional: true, label: t('rightsPage', 'questions') },
  ],
})

const sensitive = Object.entries(packetFields).flatMap(([field, tier]) => (tier === 'T4' ? [field] : []))

const askForm = (t: Say, view: CaseView, today: string): CommandForm => ({
  ...base(t, view, 'ask_permission'),
  title: t('rightsPage', 'ask'),
  consequence: t('rightsPage', 'ask_more'),
  action: t('web', 'save'),
  wide: true,
  fields: [
    { name: 'on', kind: 'day', label: t('rightsPage', 'on'), initial: today },
    {
      name: 'fields',
      kind: 'checks',
      label: t('rightsPage', 'what'),
      options: sensitive.map((value) => ({
        value,
        label: t('referral', `field_${value}` as Word<'referral'>),
      })),
    },
    {
      name: 'recipients',
      kind: 'checks',
      label: t('consent', 'recipients'),
      options: recipientKinds.map((value) => ({ value, label: t('referral', `kind_${value}`) })),
    },
    {
      name: 'answer',
      kind: 'radio',
      label: t('rightsPage', 'answer'),
      options: of(t, 'answer', permissionAnswers),
    },
    {
      name: 'why',
      kind: 'radio',
      label: t('rightsPage', 'why'),
      options: of(t, 'why', notAskedWhy),
      when: (values) => text(values, 'answer') === 'not_asked',
    },
    { name: 'words', kind: 'area', optional: true, label: t('rightsPage', 'words') },
  ],
})

function PermissionRow({ one, onTakeBack }: { one: Permission; onTakeBack: (() => void) | undefined }) {
  const t = useWords()
  const now = useNow()
  return (
    <div className="item">
      <div>
        <b>{t('rightsPage', `answer_${one.answer}`)}</b>
        {one.why && ` · ${t('rightsPage', `why_${one.why}`)}`} · {longDate(one.on, now)}
        <p className="note quiet">
          {one.fields.map((field) => t('referral', `field_${field}`)).join(', ')} →{' '}
          {one.recipients.map((kind) => t('referral', `kind_${kind}`)).join(', ')}
        </p>
        {one.words && <p className="narrative">{one.words}</p>}
      </div>
      {one.withdrawnAt ? (
        <Chip kind="blocked">{t('rightsPage', 'taken_back', { time: nearDate(one.withdrawnAt, now) })}</Chip>
      ) : (
        onTakeBack && (
          <Button kind="quiet" size="table" onClick={onTakeBack}>
            {t('rightsPage', 'take_back')}
          </Button>
        )
      )}
    </div>
  )
}

/** Rights explained, the child's own word on sensitive information, and the consents in law. */
export default function CaseRights({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const read = useGet<Rights>(`/api/cases/${view.id}/rights`)
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  const { data } = read
  if (!data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const writes = may(view, 'add_note')
  const today = dayOf(now)
  const takeBack = (permissionId: string): CommandForm => ({
    ...base(t, view, 'withdraw_permission'),
    title: t('rightsPage', 'take_back'),
    consequence: t('rightsPage', 'take_back_more'),
    action: t('rightsPage', 'take_back'),
    kind: 'danger',
    fields: [],
    toBody: () => ({ permissionId }),
  })
  return (
    <div className="stack">
      <Part
        id="rights"
        title={t('rightsPage', 'rights')}
        act={writes && { label: t('rightsPage', 'explain'), on: () => setForm(explainForm(t, view, today)) }}
      >
        {data.rights.map((one) => (
          <div key={one.id} className="item">
            <div>
              <b>{t('rightsPage', `told_${one.audience}`)}</b> · {longDate(one.on, now)}
              <p className="note quiet">
                {[
                  t('casePage', 'language', { code: sayCode('spoken', one.language) }),
                  t('rightsPage', `format_${one.format}`),
                  one.interpreter ? t('rightsPage', 'interpreter') : '',
                  one.explainedBy ?? '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <p className="note">
                {one.topics.map((topic) => t('rightsPage', `topic_${topic}`)).join(', ')}
              </p>
              {one.questions && <p className="narrative">{one.questions}</p>}
            </div>
            <Chip kind={one.understood === 'yes' ? 'done' : 'near'}>
              {t('rightsPage', 'understood')} {t('rightsPage', `understood_${one.understood}`)}
            </Chip>
          </div>
        ))}
        {data.rights.length === 0 && <Nothing>{t('rightsPage', 'rights_none')}</Nothing>}
      </Part>
      <Part
        id="permissions"
        title={t('rightsPage', 'permissions')}
        note={t('rightsPage', 'permission_more', { age: data.askedFrom })}
        act={writes && { label: t('rightsPage', 'ask'), on: () => setForm(askForm(t, view, today)) }}
      >
        {data.permissions.map((one) => (
          <PermissionRow
            key={one.id}
            one={one}
            onTakeBack={writes && one.answer === 'agrees' ? () => setForm(takeBack(one.id)) : undefined}
          />
        ))}
        {data.permissions.length === 0 && <Nothing>{t('rightsPage', 'permission_none')}</Nothing>}
      </Part>
      {view.tier !== 'T2' && <Consents view={view} />}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
