import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { FormContent } from '#domain/form/definition.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { faultsOf, ServerProblem } from '#web/client/problem.ts'
import { request } from '#web/client/request.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { ErrorSummary, Field, RadioField, TextField } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { useWords } from '#web/design/words.tsx'
import type { FormWorkbook } from '#wire/form.ts'
import { Preview } from './Preview.tsx'

type State =
  | { readonly is: 'empty' | 'reading' }
  | { readonly is: 'faulty'; readonly error: unknown }
  | { readonly is: 'read'; readonly read: FormWorkbook; readonly id: string }

/** A form out of an XLSForm workbook, as Kobo and ODK use it: read, looked at, and only then made a draft. */
export default function ImportPage() {
  const t = useWords()
  const [state, setState] = useState<State>({ is: 'empty' })
  const choose = async (file: File | undefined) => {
    if (file === undefined) return
    setState({ is: 'reading' })
    try {
      const read = await request<FormWorkbook>('/api/forms/workbook', { method: 'POST', file })
      setState({ is: 'read', read, id: uuidv7() })
    } catch (error) {
      setState({ is: 'faulty', error })
    }
  }
  return (
    <div className="view stack">
      <div>
        <h1>{t('formPage', 'import')}</h1>
        <p className="lede">{t('formPage', 'import_lede')}</p>
      </div>
      <Field id="form-file" label={t('formPage', 'file')} hint={t('formPage', 'file_hint')}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            onChange={(event) => {
              void choose(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        )}
      </Field>
      {state.is === 'reading' && <Loading />}
      {state.is === 'faulty' && <Faults error={state.error} />}
      {state.is === 'read' && <Read key={state.id} read={state.read} id={state.id} />}
    </div>
  )
}

function Faults({ error }: { error: unknown }) {
  const t = useWords()
  const errors = error instanceof ServerProblem ? (error.problem.errors ?? []) : []
  if (errors.length === 0) return <ErrorSummary faults={faultsOf(error)} />
  return (
    <section className="sheet" aria-labelledby="form-faults" role="alert">
      <div className="sheet-head">
        <h2 id="form-faults">{t('formPage', 'import_faults', { count: errors.length })}</h2>
        <p className="note">{t('formPage', 'import_faults_more')}</p>
      </div>
      <Table
        caption={t('formPage', 'import_faults', { count: errors.length })}
        rows={errors}
        rowKey={(one) => `${one.field} ${one.code} ${one.message}`}
        columns={[
          { key: 'where', head: t('formPage', 'where'), name: true, cell: (one) => one.field },
          { key: 'what', head: t('formPage', 'what'), cell: (one) => one.message },
        ]}
      />
    </section>
  )
}

function Read({ read, id }: { read: FormWorkbook; id: string }) {
  const t = useWords()
  const go = useNavigate()
  const [form, setForm] = useState(read.form)
  const [use, setUse] = useState('checklist')
  const send = useCommand({
    onDone: (reply) =>
      void go({
        to: '/forms/$form/$version',
        params: { form: String(reply.reply.form), version: String(reply.reply.number) },
      }),
  })
  const act = () =>
    send.mutate({ type: 'form.draft', recordId: id, body: { form, use, content: read.content } })
  return (
    <>
      <CommandFault error={send.error} onInsist={act} onKeep={() => send.reset()} />
      <section className="sheet sheet-body stack">
        <TextField
          id="f-form"
          label={t('formPage', 'form_key')}
          hint={t('formPage', 'import_key_hint')}
          value={form}
          onValue={setForm}
        />
        <RadioField
          id="f-use"
          label={t('formPage', 'use')}
          inline
          value={use}
          onValue={setUse}
          options={(['assessment', 'checklist'] as const).map((value) => ({
            value,
            label: t('formPage', `use_${value}`),
          }))}
        />
        <div className="row">
          <Button kind="primary" busy={send.isPending} onClick={act}>
            {t('formPage', 'import_draft')}
          </Button>
        </div>
      </section>
      <Preview form={read.content as FormContent} />
    </>
  )
}
