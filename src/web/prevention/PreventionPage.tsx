import { useState } from 'react'
import { type ActivityKind, activityKinds, memberAudiences } from '#domain/prevention/kinds.ts'
import { keepsPrevention, mayRecord } from '#domain/prevention/policy.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Dialog } from '#web/design/Dialog.tsx'
import { RadioField } from '#web/design/Field.tsx'
import { Sheet } from '#web/design/Sheet.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate, number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import type { ActivityRow, MemberBatch } from '#wire/prevention.ts'
import { figureWords } from './activity-form.ts'
import { DoneList } from './DoneList.tsx'
import { Reach } from './Reach.tsx'
import { options, sexField, word } from './shared.tsx'
import { Top } from './Top.tsx'
import { useActivityForm } from './use-activity-form.tsx'

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
      <Top
        tab="acts"
        title={t('prevention', 'title')}
        lede={t('prevention', 'lede')}
        choice={{
          label: t('prevention', 'kind'),
          empty: t('prevention', 'all_kinds'),
          options: options('kind', activityKinds),
          value: kind,
          onValue: setKind,
        }}
        record={keeps && { label: t('prevention', 'record'), onClick: record }}
        workbook="/api/activities/export.xlsx"
      />
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
  return (
    <DoneList<ActivityRow>
      url="/api/activities"
      query={{ kind: kind === '' ? undefined : kind }}
      caption={t('prevention', 'tab_acts')}
      head={t('prevention', 'act')}
      to="/prevention/$id"
      kind={(row) => word(`kind_${row.kind}`)}
      figures={{
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
      }}
    />
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
        sexField(t),
        { name: 'count', kind: 'number', label: t('prevention', 'how_many') },
      ],
      done: t('prevention', 'issued'),
    })
  return (
    <Sheet
      id="ids"
      title={t('prevention', 'ids')}
      beside={<p className="note quiet">{t('prevention', 'issue_more')}</p>}
    >
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
    </Sheet>
  )
}
