import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { professionSectors } from '#domain/prevention/professional.ts'
import { useGet } from '#web/client/api.ts'
import { CommandFault } from '#web/client/CommandFault.tsx'
import { useCommand } from '#web/client/command.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { type Say, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { options, sexField } from '#web/prevention/shared.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { AttemptResult, CourseView } from '#wire/learning.ts'
import { CourseActs, CourseBank, CourseVersions } from './CourseWriters.tsx'
import { Test } from './Test.tsx'
import { PlainText } from './Text.tsx'

const claiming = (t: Say, name: string): CommandForm => ({
  type: 'professional.claim',
  recordId: uuidv7(),
  title: t('learning', 'claim_question'),
  consequence: t('learning', 'claim_more'),
  action: t('learning', 'claim'),
  fields: [
    {
      name: 'givenName',
      kind: 'text',
      label: t('prevention', 'given_name'),
      initial: name.split(' ')[0] ?? '',
    },
    {
      name: 'familyName',
      kind: 'text',
      label: t('prevention', 'family_name'),
      initial: name.split(' ').slice(1).join(' '),
    },
    { name: 'birthYear', kind: 'number', label: t('prevention', 'birth_year') },
    sexField(t),
    {
      name: 'sector',
      kind: 'select',
      label: t('prevention', 'sector'),
      options: options('sector', professionSectors),
    },
  ],
  done: t('learning', 'claimed'),
})

/** A course: its modules, then the test, then how it went. */
export default function CoursePage() {
  const t = useWords()
  const { language } = useLanguage()
  const { id } = useParams({ strict: false })
  const [form, setForm] = useState<CommandForm>()
  const [shown, setShown] = useState<string>()
  const read = useGet<CourseView>(`/api/learning/courses/${id}`)
  const start = useCommand()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const course = read.data
  const begin = () => {
    setShown(undefined)
    start.mutate({ type: 'course.start', recordId: uuidv7(), body: { courseId: course.id } })
  }
  const about = {
    drawn: course.drawn,
    percent: course.passPercent,
    attempts: course.attempts,
    hours: course.waitHours,
  }
  return (
    <div className="view stack">
      <div>
        <p className="quiet">
          <Link to="/learning">{t('learning', 'courses')}</Link>
        </p>
        <h1>{language === 'sq' ? course.titleSq : course.titleEn}</h1>
        <p className="lede">{language === 'sq' ? course.summarySq : course.summaryEn}</p>
        <p className="quiet">
          {t('learning', 'version_number', { number: course.number })} ·{' '}
          {t('learning', `state_${course.state}`)}
        </p>
      </div>
      <CourseActs course={course} onAct={setForm} />
      {course.state === 'shipped' && <Callout>{t('learning', 'shipped_note')}</Callout>}
      {course.state === 'superseded' && <Callout>{t('learning', 'superseded_note')}</Callout>}
      {course.open === null &&
        course.modules.map((module) => (
          <article className="sheet sheet-body stack" key={module.titleEn}>
            <h2>{language === 'sq' ? module.titleSq : module.titleEn}</h2>
            <PlainText level={3} text={language === 'sq' ? module.bodySq : module.bodyEn} />
          </article>
        ))}
      <section className="stack" aria-labelledby="test">
        <h2 id="test">{t('learning', 'test')}</h2>
        <p>{t('learning', 'test_about', about)}</p>
        {shown !== undefined && <Result id={shown} />}
        <CommandFault error={start.error} onInsist={begin} onKeep={() => start.reset()} />
        {course.open !== null ? (
          <Test key={course.open.id} attempt={course.open} onDone={setShown} />
        ) : course.state === 'proposed' || course.state === 'superseded' ? null : course.linked ? (
          <div className="row">
            <Button kind="primary" busy={start.isPending} onClick={begin}>
              {t('learning', course.history.length === 0 ? 'start' : 'again')}
            </Button>
          </div>
        ) : (
          <div className="row">
            <Button kind="primary" onClick={() => setForm(claiming(t, ''))}>
              {t('learning', 'claim')}
            </Button>
            <span className="quiet">{t('learning', 'claim_more')}</span>
          </div>
        )}
      </section>
      {course.history.length > 0 && (
        <section className="sheet" aria-labelledby="attempts">
          <div className="sheet-head">
            <h2 id="attempts">{t('learning', 'attempts')}</h2>
          </div>
          <Table
            caption={t('learning', 'attempts')}
            rows={course.history}
            rowKey={(one) => one.id}
            columns={[
              {
                key: 'number',
                head: t('learning', 'test'),
                name: true,
                cell: (one) => t('learning', 'attempt_number', { number: one.number }),
              },
              { key: 'day', head: t('prevention', 'on_day'), cell: (one) => fullDate(one.startedAt) },
              {
                key: 'percent',
                head: t('learning', 'percent'),
                cell: (one) =>
                  one.percent === null ? (
                    t('learning', 'not_handed_in')
                  ) : (
                    <Chip kind={one.passed ? 'done' : 'waiting'}>
                      {t('learning', 'result', { percent: one.percent })},{' '}
                      {t('learning', one.passed ? 'passed' : 'not_passed')}
                    </Chip>
                  ),
              },
            ]}
          />
        </section>
      )}
      <CourseVersions course={course} />
      {course.mayWithdraw && <CourseBank id={course.id} />}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

/** How it went; the right answers and why once it is passed. */
function Result({ id }: { id: string }) {
  const t = useWords()
  const { language } = useLanguage()
  const read = useGet<AttemptResult>(`/api/learning/attempts/${id}`)
  if (!read.data) return null
  const { percent, passed, answers } = read.data
  return (
    <div role="status" className="stack">
      <Callout tone={passed ? 'plain' : 'soon'} icon={passed ? 'check-circle.fill' : 'info.fill'}>
        {t('learning', passed ? 'result_passed' : 'result_failed', { percent: percent ?? 0 })}
      </Callout>
      {answers.map(({ question, keys, ...why }) => (
        <div key={question.id}>
          <p>
            <b>{language === 'sq' ? question.textSq : question.textEn}</b>
          </p>
          <p>
            {t('learning', 'right_answer', {
              answer: question.options
                .filter((one) => keys.includes(one.key))
                .map((one) => one[language])
                .join('; '),
            })}
            . {language === 'sq' ? why.whySq : why.whyEn}
          </p>
        </div>
      ))}
    </div>
  )
}
