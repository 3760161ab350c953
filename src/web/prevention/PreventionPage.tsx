import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type ActivityKind, activityKinds, memberAudiences } from '#domain/prevention/kinds.ts'
import { keepsPrevention, mayRecord } from '#domain/prevention/policy.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { RadioField, SelectField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ActivityRow, MemberBatch } from '#wire/prevention.ts'
import { figureWords } from './activity-form.ts'
import { Reach } from './Reach.tsx'
import { options, spanOf, useBodyName, word } from './shared.tsx'
import { PreventionTabs } from './Tabs.tsx'
import { useActivityForm } from './use-activity-form.tsx'
import '../case/case.css'

/** Acts of prevention by kind, the reach of the year, and the ids that a centre gives to those who come. */
export default function PreventionPage() {
  const t = useWords()
  const user = useUser()
  const [kind, setKind] = useState('')
  const [form, setForm] = useState<CommandForm>()
  const [choosing, setChoosing] = useState(false)
  const make = useActivityForm()
  const keeps = keepsPrevention(user)
  const record = () => {
    const known = activityKinds.find((one) => one === kind)
    if (known !== undefined && mayRecord(user, known)) setForm(make(known))
    else setChoosing(true)
  }
  return (
    <div className="view stack">
      <div>
        <h1>{t('prevention', 'title')}</h1>
        <p className="lede">{t('prevention', 'lede')}</p>
      </div>
      <PreventionTabs current="acts" />
      <div className="filters">
        <SelectField
          label={t('prevention', 'kind')}
          value={kind}
          onValue={setKind}
          empty={t('prevention', 'all_kinds')}
          options={options('kind', activityKinds)}
        />
        {keeps && (
          <Button kind="primary" icon="plus.bold" onClick={record}>
            {t('prevention', 'record')}
          </Button>
        )}
        <a className="button" data-kind="secondary" href="/api/activities/export.xlsx" download>
          {t('prevention', 'excel')}
        </a>
      </div>
      <Acts kind={kind} />
      <Reach by="audience" title={t('prevention', 'reach')} />
      {keeps && <Members onAct={setForm} />}
      {choosing && (
        <KindDialog
          kinds={activityKinds.filter((one) => mayRecord(user, one))}
          onClose={() => setChoosing(false)}
          onPick={(one) => {
            setChoosing(false)
            setForm(make(one))
          }}
        />
      )}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

function KindDialog({
  kinds,
  onPick,
  onClose,
}: {
  kinds: readonly ActivityKind[]
  onPick: (kind: ActivityKind) => void
  onClose: () => void
}) {
  const t = useWords()
  const [picked, setPicked] = useState('')
  const kind = kinds.find((one) => one === picked)
  return (
    <Dialog
      title={t('prevention', 'record_which')}
      action={t('prevention', 'record')}
      onClose={onClose}
      onSubmit={() => kind && onPick(kind)}
    >
      <RadioField
        label={t('prevention', 'kind')}
        options={options('kind', kinds)}
        value={picked}
        onValue={setPicked}
      />
    </Dialog>
  )
}

function Acts({ kind }: { kind: string }) {
  const t = useWords()
  const list = usePaged<ActivityRow>('/api/activities', { kind: kind === '' ? undefined : kind })
  const place = useMunicipalityName()
  const body = useBodyName()
  return (
    <div className="sheet">
      <ListFrame
        list={list}
        empty={t('prevention', 'none')}
        emptyMore={t('prevention', 'none_more')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('prevention', 'tab_acts')}
          rows={list.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'act',
              head: t('prevention', 'act'),
              name: true,
              cell: (row) => (
                <>
                  <Link to="/prevention/$id" params={{ id: row.id }}>
                    {row.struck ? <s>{row.title}</s> : row.title}
                  </Link>
                  <small>
                    {word(`kind_${row.kind}`)}
                    {row.struck && ` · ${t('prevention', 'struck')}`}
                  </small>
                </>
              ),
            },
            {
              key: 'when',
              head: t('prevention', 'when'),
              cell: (row) => spanOf(row.from, row.to),
              sort: (row) => row.from,
            },
            { key: 'where', head: t('prevention', 'where'), cell: (row) => place(row.municipality) || '–' },
            { key: 'who', head: t('prevention', 'who'), cell: (row) => body(row.institution) },
            {
              key: 'figures',
              head: t('prevention', 'figures'),
              cell: (row) => (
                <>
                  {row.present !== null && row.present > 0 && (
                    <>
                      {t('prevention', 'present', { count: row.present })}
                      <br />
                    </>
                  )}
                  {figureWords(t, row.counts, number).join('; ') || (row.present ? '' : '–')}
                </>
              ),
            },
          ]}
        />
      </ListFrame>
    </div>
  )
}

function Members({ onAct }: { onAct: (form: CommandForm) => void }) {
  const t = useWords()
  const list = usePaged<MemberBatch>('/api/members', { limit: 10 })
  const issue = () =>
    onAct({
      type: 'member.issue',
      recordId: uuidv7(),
      title: t('prevention', 'issue_question'),
      consequence: t('prevention', 'issue_more'),
      action: t('prevention', 'issue'),
      fields: [
        {
          name: 'audience',
          kind: 'radio',
          label: t('prevention', 'audience'),
          options: options('audience', memberAudiences),
        },
        {
          name: 'sex',
          kind: 'radio',
          label: t('prevention', 'sex'),
          options: (['female', 'male'] as const).map((value) => ({ value, label: t('prevention', value) })),
        },
        { name: 'count', kind: 'number', label: t('prevention', 'how_many') },
      ],
      done: t('prevention', 'issued'),
    })
  return (
    <section className="sheet" aria-labelledby="ids">
      <div className="sheet-head">
        <h2 id="ids">{t('prevention', 'ids')}</h2>
        <p className="note quiet">{t('prevention', 'issue_more')}</p>
      </div>
      <div className="row sheet-body">
        <Button icon="plus.bold" onClick={issue}>
          {t('prevention', 'issue')}
        </Button>
      </div>
      {list.items.length > 0 && (
        <Table
          caption={t('prevention', 'ids')}
          rows={list.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'audience',
              head: t('prevention', 'audience'),
              name: true,
              cell: (row) => `${word(`audience_${row.audience}`)}, ${t('prevention', row.sex)}`,
            },
            { key: 'day', head: t('prevention', 'on_day'), cell: (row) => fullDate(row.at) },
            {
              key: 'codes',
              head: t('prevention', 'ids'),
              cell: (row) => <span>{row.codes.join(' ')}</span>,
            },
          ]}
        />
      )}
    </section>
  )
}
