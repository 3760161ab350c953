import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { session } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { emptyForm } from './change.ts'
import { chipOf } from './FormPage.tsx'
import type { FormRow } from './types.ts'

/** Every version of every form, the newest first of each. */
export default function FormsPage() {
  const t = useWords()
  const { language } = useLanguage()
  const go = useNavigate()
  const [dialog, setDialog] = useState<CommandForm>()
  const [made] = useState(uuidv7)
  const read = useGet<{ items: readonly FormRow[] }>('/api/forms', { limit: '100' })
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Loading />
  const writes = session().user?.role === 'state_agency'
  const begin: CommandForm = {
    title: t('formPage', 'new_form'),
    action: t('formPage', 'new_form_make'),
    type: 'form.draft',
    recordId: made,
    fields: [
      { name: 'form', kind: 'text', label: t('formPage', 'form_key'), hint: t('formPage', 'key_hint') },
      {
        name: 'use',
        kind: 'radio',
        label: t('formPage', 'use'),
        options: (['assessment', 'checklist'] as const).map((value) => ({
          value,
          label: t('formPage', `use_${value}`),
        })),
      },
      { name: 'sq', kind: 'text', label: t('formPage', 'in_sq', { what: t('formPage', 'title_of') }) },
      { name: 'en', kind: 'text', label: t('formPage', 'in_en', { what: t('formPage', 'title_of') }) },
    ],
    toBody: (plain) => ({
      form: plain.form,
      use: plain.use,
      content: { ...emptyForm, title: { sq: plain.sq, en: plain.en } },
    }),
    done: t('formPage', 'new_form_done'),
  }
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <h1>{t('formPage', 'forms')}</h1>
          <p className="lede">{t('formPage', 'forms_lede')}</p>
        </div>
        {writes && (
          <div className="row">
            <Button icon="plus" onClick={() => setDialog(begin)}>
              {t('formPage', 'new_form')}
            </Button>
            <Link className="button" data-kind="secondary" to="/forms/import">
              {t('formPage', 'import')}
            </Link>
          </div>
        )}
      </div>
      <section className="sheet">
        <Table
          caption={t('formPage', 'forms')}
          rows={read.data.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'title',
              head: t('formPage', 'form'),
              name: true,
              cell: (row) => (
                <Link to="/forms/$form/$version" params={{ form: row.form, version: String(row.version) }}>
                  {row.title[language] || row.form}
                </Link>
              ),
            },
            { key: 'version', head: t('formPage', 'version_head'), cell: (row) => row.version },
            {
              key: 'status',
              head: t('formPage', 'status'),
              cell: (row) => <Chip kind={chipOf[row.status]}>{t('formPage', `status_${row.status}`)}</Chip>,
            },
            {
              key: 'from',
              head: t('formPage', 'effective_from'),
              cell: (row) => (row.effectiveFrom === null ? '–' : fullDate(row.effectiveFrom)),
            },
            { key: 'use', head: t('formPage', 'use'), cell: (row) => t('formPage', `use_${row.use}`) },
            { key: 'questions', head: t('formPage', 'questions'), cell: (row) => row.questions },
          ]}
        />
      </section>
      {dialog && (
        <CommandDialog
          form={dialog}
          onClose={() => {
            setDialog(undefined)
            void read.refetch().then(({ data }) => {
              const own = data?.items.find((row) => row.id === made)
              if (own)
                void go({
                  to: '/forms/$form/$version',
                  params: { form: own.form, version: String(own.version) },
                })
            })
          }}
        />
      )}
    </div>
  )
}
