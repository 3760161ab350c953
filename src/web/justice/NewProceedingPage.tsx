import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { origins } from '#domain/justice/state.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultsOf } from '#web/client/problem.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { ErrorSummary, type FaultLine } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { dayOf } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { Fields } from '#web/form/Fields.tsx'
import { bodyOf, type FieldSpec, initialValues, unanswered, type Values } from '#web/form/spec.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import { type Articles, articleOptions } from './forms.ts'

/** The police register what was denounced; a prosecutor begins an investigation. */
export default function NewProceedingPage() {
  const t = useWords()
  const sq = useLanguage().language === 'sq'
  const { role } = useUser()
  const today = dayOf(useNow())
  const go = useNavigate()
  const [id] = useState(() => uuidv7())
  const [values, setValues] = useState<Values>({})
  const [missing, setMissing] = useState<readonly FaultLine[]>([])
  const articles = useGet<Articles>('/api/proceeding-articles')
  const send = useCommand({
    onDone: async () => {
      toast(t('justicePage', 'registered'))
      await go({ to: '/proceedings/$id', params: { id } })
    },
  })
  if (articles.isPending) return <Loading />
  if (!articles.data) return <FailedPart error={articles.error} onRetry={() => void articles.refetch()} />
  const police = role !== 'prosecutor'
  const fields: FieldSpec[] = [
    { name: 'on', kind: 'day', label: t('justicePage', 'opened_on'), initial: today },
    { name: 'actFrom', kind: 'day', label: t('justicePage', 'act_from') },
    { name: 'actUntil', kind: 'day', label: t('justicePage', 'act_until'), optional: true },
    {
      name: 'article',
      kind: 'select',
      label: t('justicePage', 'article'),
      hint: t('justicePage', 'article_unconfirmed'),
      options: articleOptions(t, sq, articles.data),
    },
    {
      name: 'origin',
      kind: 'select',
      label: t('justicePage', 'origin'),
      options: origins.map((value) => ({ value, label: t('justicePage', `origin_${value}`) })),
    },
    ...(police
      ? [
          {
            name: 'officeUnit',
            kind: 'select' as const,
            label: t('justicePage', 'to_office'),
            optional: true,
            options: articles.data.offices.map((one) => ({
              value: one.id,
              label: sq ? one.nameSq : one.nameEn,
            })),
          },
        ]
      : []),
    {
      name: 'number',
      kind: 'text',
      label: t('justicePage', 'number'),
      hint: t('justicePage', 'number_hint'),
      optional: true,
    },
    { name: 'facts', kind: 'area', label: t('justicePage', 'facts'), hint: t('justicePage', 'facts_hint') },
  ]
  const said: Values = { ...initialValues(fields), ...values }
  const act = () => {
    const wanted = unanswered(fields, said).map((f) => ({
      field: `f-${f.name}`,
      message: t('web', 'answer_this', { label: f.label }),
    }))
    setMissing(wanted)
    if (wanted.length === 0)
      send.mutate({ type: 'proceeding.open', recordId: id, body: bodyOf(fields, said) })
  }
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p className="note">
            <Link to="/proceedings">{t('justicePage', 'title')}</Link>
          </p>
          <h1>{t('justicePage', 'new')}</h1>
        </div>
      </div>
      <form
        className="sheet"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          act()
        }}
      >
        <div className="sheet-body stack">
          {missing.length > 0 ? (
            <ErrorSummary faults={missing} />
          ) : (
            <CommandFault error={send.error} onInsist={act} onKeep={() => undefined} />
          )}
          <Fields
            fields={fields}
            values={said}
            faults={[...missing, ...faultsOf(send.error)]}
            onChange={(name, value) => setValues((was) => ({ ...was, [name]: value }))}
          />
          <p className="row">
            <Button kind="primary" type="submit" busy={send.isPending}>
              {t('justicePage', 'register')}
            </Button>
          </p>
        </div>
      </form>
    </div>
  )
}
