import { useState } from 'react'
import type { z } from 'zod'
import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { type Say, sayCode, sayIfKnown, useLanguage, useWords, type Word } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { HolidayList, RuleList } from '#wire/place.ts'

type Rule = z.output<typeof RuleList>['items'][number]
type Holiday = z.output<typeof HolidayList>['items'][number]

const counted = ['hours', 'days', 'working_days', 'months'] as const
const timeOf = (rule: Rule, t: Say): string => {
  if (rule.unit === 'immediately') return t('lawPage', 'time_immediately')
  const unit = counted.find((known) => known === rule.unit)
  return unit === undefined
    ? t('lawPage', 'time_other_date')
    : t('lawPage', `time_${unit}`, { count: rule.amount })
}
const nameOf = (rule: Rule): string => sayIfKnown('clock', `rule_${rule.code}`) ?? rule.action

const stateOf = (rule: Rule, t: Say): string => {
  if (rule.confirmedOn !== null) return t('lawPage', 'confirmed', { day: fullDate(rule.confirmedOn) })
  if (rule.verification === 'U') return t('lawPage', 'unconfirmed')
  return t('lawPage', rule.verification === 'V' ? 'verified' : 'designed')
}

const source = (t: Say) => ({ name: 'source', kind: 'text', label: t('lawPage', 'confirm_source') }) as const

const confirming = (rule: Rule, t: Say): CommandForm => ({
  type: 'reference.confirm_rule',
  recordId: rule.id,
  title: t('lawPage', 'confirm_question'),
  consequence: t('lawPage', 'confirm_more', { rule: nameOf(rule), time: timeOf(rule, t) }),
  action: t('lawPage', 'confirm'),
  fields: [source(t)],
  done: t('lawPage', 'confirmed_done'),
})
const adding = (t: Say): CommandForm => ({
  type: 'reference.set_holiday',
  recordId: uuidv7(),
  title: t('lawPage', 'add_question'),
  action: t('lawPage', 'add'),
  fields: [
    { name: 'day', kind: 'day', label: t('lawPage', 'day') },
    { name: 'nameSq', kind: 'text', label: t('lawPage', 'name_sq') },
    { name: 'nameEn', kind: 'text', label: t('lawPage', 'name_en') },
    source(t),
  ],
  toBody: (plain) => ({ ...plain, confirmed: true }),
  done: t('lawPage', 'confirmed_done'),
})
const takingOff = (holiday: Holiday, name: string, t: Say): CommandForm => ({
  type: 'reference.strike_holiday',
  recordId: holiday.id,
  title: t('lawPage', 'take_off_question'),
  consequence: t('lawPage', 'take_off_more', { name, day: fullDate(holiday.day) }),
  action: t('lawPage', 'take_off'),
  kind: 'danger',
  fields: [source(t)],
  done: t('web', 'saved'),
})

/** What the clocks run on: deadlines with their sources, and the days that are no working days. */
export default function LawPage() {
  const t = useWords()
  const [form, setForm] = useState<CommandForm>()
  const officer = useUser().role === 'state_agency'
  return (
    <div className="view stack">
      <div>
        <h1>{t('lawPage', 'title')}</h1>
        <p className="lede">{t('lawPage', 'lede')}</p>
      </div>
      <Deadlines officer={officer} onAct={setForm} />
      <Holidays officer={officer} onAct={setForm} />
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

interface Part {
  readonly officer: boolean
  readonly onAct: (form: CommandForm) => void
}

function Deadlines({ officer, onAct }: Part) {
  const t = useWords()
  const read = useGet<{ items: readonly Rule[] }>('/api/reference/rules')
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  return (
    <section className="sheet" aria-labelledby="deadlines">
      <div className="sheet-head">
        <h2 id="deadlines">{t('lawPage', 'deadlines')}</h2>
      </div>
      <Table
        caption={t('lawPage', 'deadlines')}
        rows={read.data.items}
        rowKey={(rule) => rule.id}
        columns={[
          {
            key: 'rule',
            head: t('lawPage', 'deadline'),
            name: true,
            cell: (rule) => (
              <>
                {nameOf(rule)}
                <small>
                  {rule.code}
                  {!rule.enabled && ` · ${t('lawPage', 'off')}`}
                </small>
              </>
            ),
          },
          { key: 'time', head: t('lawPage', 'time'), cell: (rule) => timeOf(rule, t) },
          {
            key: 'owner',
            head: t('lawPage', 'owner'),
            cell: (rule) => sayCode('web', `role_${rule.ownerRole}`),
          },
          { key: 'source', head: t('lawPage', 'source'), cell: (rule) => rule.legalSource },
          {
            key: 'state',
            head: t('lawPage', 'state'),
            cell: (rule) => (
              <>
                <span className={rule.verification === 'U' ? 'unconfirmed' : undefined}>
                  {stateOf(rule, t)}
                </span>{' '}
                {officer && rule.verification === 'U' && (
                  <Button size="table" onClick={() => onAct(confirming(rule, t))}>
                    {t('lawPage', 'confirm')}
                    <span className="only-heard"> {nameOf(rule)}</span>
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
    </section>
  )
}

function Holidays({ officer, onAct }: Part) {
  const t = useWords()
  const { language } = useLanguage()
  const [year, setYear] = useState(useNow().slice(0, 4))
  const read = useGet<{ items: readonly Holiday[] }>('/api/reference/holidays')
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const years = [...new Set(read.data.items.map((one) => one.day.slice(0, 4)))].sort()
  const nameOfDay = (one: Holiday): string => (language === 'sq' ? one.nameSq : one.nameEn)
  return (
    <section className="sheet" aria-labelledby="holidays">
      <div className="sheet-head">
        <h2 id="holidays">{t('lawPage', 'holidays')}</h2>
        <p className="note quiet">{t('lawPage', 'not_counted')}</p>
      </div>
      <div className="row sheet-body">
        <SelectField
          label={t('lawPage', 'year')}
          options={years.map((one) => ({ value: one, label: one }))}
          value={year}
          onValue={setYear}
        />
        {officer && (
          <Button icon="plus.bold" onClick={() => onAct(adding(t))}>
            {t('lawPage', 'add')}
          </Button>
        )}
      </div>
      <Table
        caption={t('lawPage', 'holidays')}
        rows={read.data.items.filter((one) => one.day.startsWith(year))}
        rowKey={(one) => one.id}
        columns={[
          { key: 'day', head: t('lawPage', 'day'), cell: (one) => fullDate(one.day), sort: (one) => one.day },
          {
            key: 'name',
            head: t('lawPage', 'holiday'),
            name: true,
            cell: (one) => (
              <>
                {one.struck ? <s>{nameOfDay(one)}</s> : nameOfDay(one)}
                <small>
                  {t('lawPage', `kind_${one.kind}` as Word<'lawPage'>)}
                  {one.struck && ` · ${t('lawPage', 'struck')}`}
                </small>
              </>
            ),
          },
          { key: 'source', head: t('lawPage', 'source'), cell: (one) => one.source },
          {
            key: 'state',
            head: t('lawPage', 'state'),
            cell: (one) => (
              <>
                <span className={one.confirmed ? undefined : 'unconfirmed'}>
                  {t('lawPage', one.confirmed ? 'verified' : 'unconfirmed')}
                </span>{' '}
                {officer && !one.struck && (
                  <Button size="table" onClick={() => onAct(takingOff(one, nameOfDay(one), t))}>
                    {t('lawPage', 'take_off')}
                    <span className="only-heard"> {nameOfDay(one)}</span>
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
    </section>
  )
}
