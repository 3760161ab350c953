import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { checkForm, type Fault } from '#domain/form/check.ts'
import type { FormContent } from '#domain/form/definition.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { fullDate } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import { Editor } from './Editor.tsx'
import { Preview } from './Preview.tsx'
import { type FormView, useForm } from './types.ts'
import './forms.css'

export const chipOf = {
  draft: 'going',
  proposed: 'going',
  coming: 'waiting',
  in_force: 'done',
  superseded: 'waiting',
  discarded: 'waiting',
} as const

/** One version of a form: what it asks, from when it holds, and what may be done with it. */
export default function FormPage() {
  const { form, version } = useParams({ from: '/inside/forms/$form/$version' })
  const read = useForm(form, Number(version))
  if (read.isLoadingError) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  return read.data ? <Version key={read.data.id} view={read.data} /> : <Loading />
}

const dialogs = (
  t: Say,
  view: FormView,
): Record<'propose' | 'return' | 'approve' | 'discard', CommandForm> => {
  const on = { recordId: view.id, baseVersion: view.recordVersion }
  const title = (key: 'propose' | 'return' | 'approve' | 'discard') => ({
    title: t('formPage', `${key}_question`),
    action: t('formPage', key),
    type: `form.${key}`,
    done: t('formPage', `${key}_done`),
    ...on,
  })
  return {
    propose: {
      ...title('propose'),
      consequence: t('formPage', 'propose_more'),
      fields: [
        { name: 'effectiveFrom', kind: 'day', label: t('formPage', 'effective_from') },
        { name: 'why', kind: 'area', label: t('formPage', 'why') },
      ],
    },
    return: {
      ...title('return'),
      fields: [{ name: 'why', kind: 'area', label: t('formPage', 'return_why') }],
    },
    approve: {
      ...title('approve'),
      consequence: t('formPage', 'approve_more', {
        day: view.effectiveFrom === null ? '–' : fullDate(view.effectiveFrom),
      }),
      fields: [],
    },
    discard: { ...title('discard'), kind: 'danger', fields: [] },
  }
}

function Version({ view }: { view: FormView }) {
  const t = useWords()
  const { language } = useLanguage()
  const go = useNavigate()
  const [dialog, setDialog] = useState<CommandForm>()
  const [open, setOpen] = useState<string>()
  const writes = view.allowed.includes('save')
  const draft = useDraft<{ content: FormContent | null; on: number }>(
    `form.edit:${view.id}`,
    { content: null, on: view.recordVersion },
    writes,
  )
  const kept = view.content as FormContent
  const content = (writes && draft.value.content) || kept
  const dirty = writes && draft.value.content !== null
  const faults = useMemo(() => checkForm(content), [content])
  const { set, clear } = draft
  const change = useCallback(
    (make: (form: FormContent) => FormContent) =>
      set((now) => ({
        content: make(now.content ?? kept),
        on: now.content === null ? view.recordVersion : now.on,
      })),
    [set, kept, view.recordVersion],
  )
  const save = useCommand({
    onDone: (reply) => {
      set({ on: reply.version })
      toast(t('formPage', 'saved'))
    },
  })
  const keep = (baseVersion = draft.value.on) =>
    save.mutate({ type: 'form.save', recordId: view.id, baseVersion, body: { content } })
  const next = useCommand({
    onDone: (reply) =>
      void go({
        to: '/forms/$form/$version',
        params: { form: view.form, version: String(reply.reply.number) },
      }),
  })
  const all = dialogs(t, view)
  // What is saved is what was written: the memory of it goes once the register has the same.
  const same = dirty && JSON.stringify(draft.value.content) === JSON.stringify(kept)
  return (
    <div className="view stack form-page">
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/forms">{t('formPage', 'forms')}</Link> / {view.title[language] || view.form}
          </p>
          <h1>{view.title[language] || view.form}</h1>
          <p className="row">
            <Chip kind={chipOf[view.status]}>{t('formPage', `status_${view.status}`)}</Chip>
            <span>{t('formPage', 'version', { version: view.version })}</span>
            <span className="quiet">{t('formPage', `use_${view.use}`)}</span>
          </p>
        </div>
        <div className="row">
          {writes && (
            <Button
              kind="primary"
              busy={save.isPending}
              unavailable={dirty && !same ? null : t('formPage', 'nothing_to_save')}
              onClick={() => keep()}
            >
              {t('formPage', 'save')}
            </Button>
          )}
          {view.allowed.includes('propose') && (!dirty || same) && (
            <Button
              unavailable={faults.length > 0 ? t('formPage', 'faults_first') : null}
              onClick={() => setDialog(all.propose)}
            >
              {t('formPage', 'propose')}
            </Button>
          )}
          {view.allowed.includes('approve') && (
            <Button kind="primary" onClick={() => setDialog(all.approve)}>
              {t('formPage', 'approve')}
            </Button>
          )}
          {view.allowed.includes('return') && (
            <Button onClick={() => setDialog(all.return)}>{t('formPage', 'return')}</Button>
          )}
          {view.allowed.includes('draft') && (
            <Button
              icon="pencil-simple"
              busy={next.isPending}
              onClick={() =>
                next.mutate({
                  type: 'form.draft',
                  recordId: uuidv7(),
                  body: { form: view.form, use: view.use, content: view.content },
                })
              }
            >
              {t('formPage', 'new_version')}
            </Button>
          )}
          {view.allowed.includes('discard') && (
            <Button kind="quiet" onClick={() => setDialog(all.discard)}>
              {t('formPage', 'discard')}
            </Button>
          )}
        </div>
      </div>
      <CommandFault
        error={save.error ?? next.error}
        onInsist={() => keep(view.recordVersion)}
        onKeep={() => void clear()}
      />
      <About view={view} />
      {writes && dirty && !same && <p className="note">{t('formPage', 'unsaved')}</p>}
      <Faults faults={faults} onOpen={setOpen} />
      <div className={writes ? 'form-sides' : 'stack'}>
        {writes && draft.ready && <Editor form={content} open={open} onOpen={setOpen} onChange={change} />}
        <Preview form={content} />
      </div>
      {dialog && <CommandDialog form={dialog} onClose={() => setDialog(undefined)} />}
    </div>
  )
}

function About({ view }: { view: FormView }) {
  const t = useWords()
  return (
    <>
      {view.status === 'superseded' && <Callout>{t('formPage', 'superseded_note')}</Callout>}
      {view.returnedWhy && view.status === 'draft' && (
        <Callout tone="soon">{t('formPage', 'returned_note', { why: view.returnedWhy })}</Callout>
      )}
      <dl className="facts">
        {view.effectiveFrom && (
          <div>
            <dt>{t('formPage', 'effective_from')}</dt>
            <dd>{fullDate(view.effectiveFrom)}</dd>
          </div>
        )}
        {view.effectiveUntil && (
          <div>
            <dt>{t('formPage', 'effective_until')}</dt>
            <dd>{fullDate(view.effectiveUntil)}</dd>
          </div>
        )}
        <div>
          <dt>{t('formPage', 'questions')}</dt>
          <dd>{view.questions}</dd>
        </div>
        {view.why && (
          <div>
            <dt>{t('formPage', 'why')}</dt>
            <dd>{view.why}</dd>
          </div>
        )}
        {(['createdBy', 'proposedBy', 'approvedBy'] as const).map((who) =>
          view[who] ? (
            <div key={who}>
              <dt>{t('formPage', who)}</dt>
              <dd>{view[who]?.name}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <details className="note">
        <summary>{t('formPage', view.verified ? 'source' : 'unverified')}</summary>
        <p>{view.source}</p>
      </details>
    </>
  )
}

/** Every fault with its place; pressing one opens the part it lies in. */
function Faults({ faults, onOpen }: { faults: readonly Fault[]; onOpen: (path: string) => void }) {
  const t = useWords()
  if (faults.length === 0) return null
  return (
    <section className="sheet sheet-body" aria-labelledby="form-faults">
      <h2 id="form-faults">{t('formPage', 'faults', { count: faults.length })}</h2>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.code} ${fault.path}`}>
            <button
              type="button"
              className="link"
              onClick={() => {
                const part = /^(sections\.\d+\.questions\.\d+|scores\.\d+)/.exec(fault.path)?.[0]
                if (part) onOpen(part)
                requestAnimationFrame(() => document.getElementById(fault.path)?.focus())
              }}
            >
              {t('formPage', `fault_${fault.code}`, fault.params)}
            </button>{' '}
            <code className="quiet">{fault.path}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
