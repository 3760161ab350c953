import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { kindRules } from '#domain/prevention/kinds.ts'
import { leadsPrevention } from '#domain/prevention/policy.ts'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { Loading } from '#web/design/States.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ActivityView } from '#wire/prevention.ts'
import { figureWords } from './activity-form.ts'
import { optionsOf, reasonField, spanOf, useBodyName, word } from './shared.tsx'
import { PreventionTabs } from './Tabs.tsx'
import { useActivityForm } from './use-activity-form.tsx'

/** One act: what was answered, its figures, who took part; corrected or struck by the body that keeps it. */
export default function ActivityPage() {
  const t = useWords()
  const { id } = useParams({ strict: false })
  const read = useGet<ActivityView>(`/api/activities/${id}`)
  const make = useActivityForm()
  const place = useMunicipalityName()
  const body = useBodyName()
  const leads = leadsPrevention(useUser())
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const act = read.data
  const strike = () =>
    setForm({
      type: 'activity.strike',
      recordId: act.id,
      title: t('prevention', 'strike_question'),
      consequence: t('prevention', 'strike_more'),
      action: t('prevention', 'strike'),
      kind: 'danger',
      fields: [reasonField(t)],
      done: t('prevention', 'struck_done'),
    })
  const answerOf = (name: string, value: string | number | boolean): string => {
    if (typeof value === 'boolean') return t('web', value ? 'yes' : 'no')
    const detail = kindRules[act.kind].details.find((one) => one.name === name)
    if (detail?.kind === 'day') return fullDate(String(value))
    const option = detail === undefined ? undefined : optionsOf(detail).find((one) => one.value === value)
    return option?.label ?? String(value)
  }
  const rows: [string, string][] = [
    [t('prevention', 'when'), spanOf(act.from, act.to)],
    [t('prevention', 'where'), place(act.municipality) || '–'],
    [t('prevention', 'who'), body(act.institution)],
    ...Object.entries(act.details).map(([name, value]): [string, string] => [
      word(`detail_${name}`),
      answerOf(name, value),
    ]),
    ...(act.topic === null
      ? []
      : [[t('prevention', 'topic'), word(`topic_${act.topic}`)] as [string, string]]),
    ...(act.funder === null ? [] : [[t('prevention', 'funder'), act.funder] as [string, string]]),
    ...(act.plan === null ? [] : [[t('prevention', 'plan_line'), act.plan.uid] as [string, string]]),
    ...(act.parties.length === 0
      ? []
      : [[t('prevention', 'parties'), act.parties.map((one) => one.name).join(', ')] as [string, string]]),
    ...(act.members.length === 0
      ? []
      : [[t('prevention', 'members'), act.members.join(' ')] as [string, string]]),
  ]
  const figures = figureWords(t, act.counts, number)
  return (
    <div className="view stack">
      <div>
        <p className="quiet">{word(`kind_${act.kind}`)}</p>
        <h1>{act.title}</h1>
      </div>
      <PreventionTabs current="acts" />
      {act.struck && <Callout>{t('prevention', 'struck')}</Callout>}
      <section className="sheet" aria-labelledby="details">
        <div className="sheet-head">
          <h2 id="details">{t('prevention', 'details')}</h2>
        </div>
        <dl className="sheet-body pairs">
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>{t('prevention', 'figures')}</dt>
            <dd>
              {act.present !== null && act.present > 0 && (
                <p>{t('prevention', 'present', { count: act.present })}</p>
              )}
              {figures.length > 0 ? figures.join('; ') : act.present ? null : '–'}
              {leads && !act.own && <p className="note quiet">{t('prevention', 'hidden_children')}</p>}
            </dd>
          </div>
        </dl>
      </section>
      {act.own && !act.struck && (
        <div className="row">
          <Button icon="pencil-simple" onClick={() => setForm(make(act.kind, act))}>
            {t('prevention', 'correct')}
          </Button>
          <Button kind="danger" onClick={strike}>
            {t('prevention', 'strike')}
          </Button>
        </div>
      )}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
