import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { Button } from '#web/design/Button.tsx'
import { TextArea } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { toast } from '#web/design/Toast.tsx'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { useWorkbook, WorkbookFaults, WorkbookField } from '#web/form/Workbook.tsx'
import type { WorkbookRead } from '#wire/action-plan.ts'
import { amount, titled } from './shared.ts'
import './plan.css'

/** Largest file that the server reads. */
const most = 5 * 1_048_576

/** A plan out of a workbook: choose, see its faults or what it would change, and only then bring it in. */
export default function ImportPage() {
  const t = useWords()
  const { state, choose } = useWorkbook<WorkbookRead>('/api/plans/workbook', most)
  return (
    <div className="view stack">
      <div>
        <h1>{t('planPage', 'import_title')}</h1>
        <p className="lede">{t('planPage', 'import_lede')}</p>
      </div>
      <p>
        <a className="button" data-kind="secondary" href="/api/plans/template.xlsx" download>
          {t('planPage', 'template')}
        </a>
      </p>
      <WorkbookField
        id="plan-file"
        label={t('planPage', 'file')}
        error={state.is === 'too_big' ? t('planPage', 'file_too_big') : undefined}
        choose={choose}
      />
      {state.is === 'reading' && <Loading />}
      {state.is === 'faulty' && (
        <WorkbookFaults
          error={state.error}
          title={() => t('planPage', 'faults')}
          more={t('planPage', 'faults_more')}
          where={t('planPage', 'where')}
          what={t('planPage', 'what')}
          whole={t('planPage', 'whole_file')}
        />
      )}
      {state.is === 'read' && <Preview key={state.id} read={state.read} newId={state.id} />}
    </div>
  )
}

type Change = WorkbookRead['changes'][number]

function Changed({ of }: { of: Change }) {
  const t = useWords()
  return (
    <ul className="plan-items">
      {of.fields.map((field) => (
        <li key={field.field}>
          {sayCode('planPage', field.field)}:{' '}
          {t('planPage', 'before_after', {
            before: field.before ?? t('planPage', 'nothing'),
            after: field.after ?? t('planPage', 'nothing'),
          })}
        </li>
      ))}
    </ul>
  )
}

function Preview({ read, newId }: { read: WorkbookRead; newId: string }) {
  const t = useWords()
  const { language } = useLanguage()
  const go = useNavigate()
  const [why, setWhy] = useState('')
  const send = useCommand({
    onDone: () => {
      toast(t('planPage', 'brought_in'))
      void go({ to: '/plans/$slug', params: { slug: read.import.slug } })
    },
  })
  const amends = read.plan !== null && read.plan.status !== 'draft'
  const nothing = read.plan !== null && read.changes.length === 0 && read.headChanges.length === 0
  const kind = read.plan === null ? 'preview_new' : amends ? 'preview_amend' : 'preview_draft'
  const act = () =>
    amends && read.plan !== null
      ? send.mutate({
          type: 'action_plan.amend',
          recordId: read.plan.id,
          baseVersion: read.plan.version,
          body: { why, content: read.import.content },
        })
      : send.mutate({
          type: 'action_plan.import',
          recordId: read.plan?.id ?? newId,
          baseVersion: read.plan?.version,
          body: read.import,
        })
  return (
    <section className="sheet" aria-labelledby="preview">
      <div className="sheet-head">
        <h2 id="preview">{t('planPage', 'preview')}</h2>
        <p className="note">{t('planPage', nothing ? 'no_changes' : kind)}</p>
      </div>
      <div className="sheet-body stack">
        <p>
          <strong>{titled(read.import.content.head, language).text}</strong> ·{' '}
          {t('planPage', `kind_${read.import.kind}`)} ·{' '}
          {t('planPage', 'activities_count', { count: read.counts.activities })}
          {read.counts.cost !== null && ` · ${t('planPage', 'cost')} ${amount(read.counts.cost)}`}
        </p>
        {read.headChanges.length > 0 && (
          <p>
            {t('planPage', 'also_changes', {
              parts: read.headChanges.map((part) => sayCode('planPage', `part_${part}`)).join(', '),
            })}
          </p>
        )}
      </div>
      {read.plan !== null && read.changes.length > 0 && (
        <Table
          caption={t('planPage', 'preview')}
          rows={read.changes}
          rowKey={(change) => change.uid}
          columns={[
            {
              key: 'row',
              head: t('planPage', 'row'),
              name: true,
              cell: (change) => (
                <>
                  <span className="plan-code">{change.uid}</span> {titled(change, language).text}
                </>
              ),
            },
            {
              key: 'change',
              head: t('planPage', 'change'),
              cell: (change) => (
                <>
                  {t('planPage', `change_${change.change}`)}
                  {change.fields.length > 0 && <Changed of={change} />}
                </>
              ),
            },
          ]}
        />
      )}
      {!nothing && (
        <div className="sheet-body stack">
          {read.moreChanges > 0 && <p>{t('planPage', 'more_changes', { count: read.moreChanges })}</p>}
          {amends && (
            <TextArea
              id="f-why"
              label={t('planPage', 'why_question')}
              value={why}
              onValue={setWhy}
              maxLength={2000}
            />
          )}
          <CommandFault error={send.error} />
          <p>
            <Button kind="primary" busy={send.isPending} onClick={act}>
              {t('planPage', amends ? 'amend' : 'bring_in')}
            </Button>
          </p>
        </div>
      )}
    </section>
  )
}
