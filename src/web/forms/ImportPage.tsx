import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { FormContent } from '#domain/form/definition.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { Button } from '#web/design/Button.tsx'
import { RadioField, TextField } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { useWords } from '#web/design/words.tsx'
import { useWorkbook, WorkbookFaults, WorkbookField } from '#web/form/Workbook.tsx'
import type { FormWorkbook } from '#wire/form.ts'
import { Preview } from './Preview.tsx'

/** A form out of an XLSForm workbook, as Kobo and ODK use it: read, looked at, and only then made a draft. */
export default function ImportPage() {
  const t = useWords()
  const { state, choose } = useWorkbook<FormWorkbook>('/api/forms/workbook')
  return (
    <div className="view stack">
      <div>
        <h1>{t('formPage', 'import')}</h1>
        <p className="lede">{t('formPage', 'import_lede')}</p>
      </div>
      <WorkbookField
        id="form-file"
        label={t('formPage', 'file')}
        hint={t('formPage', 'file_hint')}
        choose={choose}
      />
      {state.is === 'reading' && <Loading />}
      {state.is === 'faulty' && (
        <WorkbookFaults
          error={state.error}
          title={(count) => t('formPage', 'import_faults', { count })}
          more={t('formPage', 'import_faults_more')}
          where={t('formPage', 'where')}
          what={t('formPage', 'what')}
          whole={t('formPage', 'file')}
        />
      )}
      {state.is === 'read' && <Read key={state.id} read={state.read} id={state.id} />}
    </div>
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
