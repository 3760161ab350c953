import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { topics } from '#domain/prevention/kinds.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { useDraft } from '#web/client/draft.ts'
import { faultAt, faultsOf } from '#web/client/problem.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { ErrorSummary, type FaultLine, SelectField, TextArea, TextField } from '#web/design/Field.tsx'
import { Loading } from '#web/design/States.tsx'
import { toast } from '#web/design/Toast.tsx'
import { useWords } from '#web/design/words.tsx'
import { options } from '#web/prevention/shared.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { CourseDraft } from '#wire/learning.ts'
import {
  bodyOfCourse,
  type CourseForm,
  changed,
  emptyCourse,
  emptyModule,
  emptyQuestion,
  formOf,
  type ModuleText,
  without,
} from './course-form.ts'
import { QuestionFields } from './QuestionFields.tsx'

/** A course, or its next version, as the State Agency or the Coordinator's office writes it. */
export default function CourseWritingPage() {
  const { id } = useParams({ strict: false })
  return id === undefined ? <Writing draftKey="course:new" initial={emptyCourse} /> : <Next id={id} />
}

function Next({ id }: { id: string }) {
  const read = useGet<CourseDraft>(`/api/learning/courses/${id}/text`)
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  return <Writing draftKey={`course:${id}`} initial={formOf(read.data)} next />
}

function Writing({
  draftKey,
  initial,
  next = false,
}: {
  draftKey: string
  initial: CourseForm
  next?: boolean
}) {
  const t = useWords()
  const go = useNavigate()
  const [id] = useState(uuidv7)
  const [faults, setFaults] = useState<readonly FaultLine[]>([])
  const draft = useDraft<CourseForm>(draftKey, initial)
  const send = useCommand({
    onDone: async () => {
      await draft.clear()
      toast(t('learning', 'course_proposed_done'))
      await go({ to: '/learning/courses/$id', params: { id } })
    },
  })
  const course = draft.value
  const hand = () => {
    setFaults([])
    send.mutate({ type: 'course.propose', recordId: id, body: bodyOfCourse(course) })
  }
  const all = [...faults, ...faultsOf(send.error)]
  const errorOf = (path: string) => faultAt(all, path)
  const field = (key: Exclude<keyof CourseForm, 'modules' | 'questions'>, short = false) => (
    <TextField
      id={`f-${key}`}
      label={t('learning', `course_${key}`)}
      value={course[key]}
      onValue={(value) => draft.set({ [key]: value })}
      error={errorOf(key)}
      short={short}
      {...(short ? { inputMode: 'numeric' as const } : {})}
    />
  )
  return (
    <div className="view stack">
      <div>
        <p className="quiet">
          <Link to="/learning">{t('learning', 'courses')}</Link>
        </p>
        <h1>{t('learning', next ? 'course_next' : 'course_new')}</h1>
        <p className="lede">{t('learning', 'course_lede')}</p>
      </div>
      {all.length > 0 && <ErrorSummary faults={all} />}
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          hand()
        }}
      >
        <section className="sheet sheet-body stack" aria-labelledby="about">
          <h2 id="about">{t('learning', 'course_about')}</h2>
          {!next && field('slug')}
          <SelectField
            id="f-topic"
            label={t('prevention', 'topic')}
            value={course.topic}
            onValue={(topic) => draft.set({ topic })}
            options={options('topic', topics)}
            error={errorOf('topic')}
          />
          {field('titleSq')}
          {field('titleEn')}
          {field('summarySq')}
          {field('summaryEn')}
          <div className="field-grid">
            {field('passPercent', true)}
            {field('drawn', true)}
            {field('attempts', true)}
            {field('waitHours', true)}
          </div>
        </section>
        {course.modules.map((module, at) => (
          <ModuleFields
            // The place in the list is what an entry is: nothing else tells two empty ones apart.
            key={`module ${String(at)}`}
            module={module}
            at={at}
            errorOf={errorOf}
            onChange={(change) => draft.set({ modules: changed(course.modules, at, change) })}
            onRemove={
              course.modules.length > 1 ? () => draft.set({ modules: without(course.modules, at) }) : null
            }
          />
        ))}
        <div className="row">
          <Button icon="plus.bold" onClick={() => draft.set({ modules: [...course.modules, emptyModule] })}>
            {t('learning', 'module_add')}
          </Button>
        </div>
        {course.questions.map((question, at) => (
          <QuestionFields
            key={`question ${String(at)}`}
            question={question}
            at={at}
            errorOf={errorOf}
            onChange={(change) => draft.set({ questions: changed(course.questions, at, change) })}
            onRemove={
              course.questions.length > 1
                ? () => draft.set({ questions: without(course.questions, at) })
                : null
            }
          />
        ))}
        <div className="row">
          <Button
            icon="plus.bold"
            onClick={() => draft.set({ questions: [...course.questions, emptyQuestion] })}
          >
            {t('learning', 'question_add')}
          </Button>
        </div>
        {all.length === 0 && <CommandFault error={send.error} onInsist={hand} onKeep={() => send.reset()} />}
        <p className="note">{t('learning', 'propose_more')}</p>
        <div className="row">
          <Button type="submit" kind="primary" busy={send.isPending}>
            {t('learning', 'course_propose')}
          </Button>
        </div>
      </form>
    </div>
  )
}

function ModuleFields({
  module,
  at,
  errorOf,
  onChange,
  onRemove,
}: {
  module: ModuleText
  at: number
  errorOf: (path: string) => string | undefined
  onChange: (change: Partial<ModuleText>) => void
  onRemove: (() => void) | null
}) {
  const t = useWords()
  const path = `modules.${at}`
  return (
    <fieldset className="sheet sheet-body stack">
      <legend className="only-heard">{t('learning', 'module_number', { number: at + 1 })}</legend>
      <div className="row">
        <h2>{t('learning', 'module_number', { number: at + 1 })}</h2>
        {onRemove && (
          <span className="push">
            <Button kind="quiet" onClick={onRemove}>
              {t('learning', 'remove')}
            </Button>
          </span>
        )}
      </div>
      {(['titleSq', 'titleEn'] as const).map((key) => (
        <TextField
          key={key}
          id={`f-${path}.${key}`}
          label={t('learning', key === 'titleSq' ? 'title_sq' : 'title_en')}
          value={module[key]}
          onValue={(value) => onChange({ [key]: value })}
          error={errorOf(`${path}.${key}`)}
        />
      ))}
      {(['bodySq', 'bodyEn'] as const).map((key) => (
        <TextArea
          key={key}
          id={`f-${path}.${key}`}
          label={t('learning', key === 'bodySq' ? 'body_sq' : 'body_en')}
          hint={t('learning', 'body_hint')}
          rows={8}
          value={module[key]}
          onValue={(value) => onChange({ [key]: value })}
          error={errorOf(`${path}.${key}`)}
        />
      ))}
    </fieldset>
  )
}
