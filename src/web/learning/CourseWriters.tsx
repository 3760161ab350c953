import { Link } from '@tanstack/react-router'
import { useGet } from '#web/client/api.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import type { CommandForm } from '#web/form/CommandDialog.tsx'
import type { CourseDraft, CourseView } from '#wire/learning.ts'
import { withdrawing } from './propose.ts'

/** Who stands behind this version, and what a writer or a second person may do with it. */
export function CourseActs({ course, onAct }: { course: CourseView; onAct: (form: CommandForm) => void }) {
  const t = useWords()
  const publish = () =>
    onAct({
      type: 'course.adopt',
      recordId: course.id,
      title: t('learning', 'publish_question'),
      consequence: t('learning', 'publish_more'),
      action: t('learning', 'publish'),
      fields: [],
      done: t('learning', 'published_done'),
    })
  return (
    <>
      {course.state === 'proposed' && (
        <Callout>{t('learning', 'proposed_by', { proposer: course.proposedBy ?? '–' })}</Callout>
      )}
      {course.adoptedAt !== null && (
        <p className="note">
          {t('learning', 'adopted_by', {
            proposer: course.proposedBy ?? '–',
            adopter: course.adoptedBy ?? '–',
            day: fullDate(course.adoptedAt),
          })}
        </p>
      )}
      {(course.mayAdopt || course.mayWithdraw || course.mayPropose) && (
        <div className="row no-print">
          {course.mayAdopt && (
            <Button kind="primary" onClick={publish}>
              {t('learning', 'publish')}
            </Button>
          )}
          {course.mayWithdraw && (
            <Button onClick={() => onAct(withdrawing(t, 'course', course.id))}>
              {t('learning', 'withdraw')}
            </Button>
          )}
          {course.mayPropose && (
            <ButtonLink to="/learning/courses/$id/write" params={{ id: course.id }} icon="pencil-simple">
              {t('learning', 'course_edit')}
            </ButtonLink>
          )}
        </div>
      )}
    </>
  )
}

/** Earlier versions stay readable: results were taken against them. */
export function CourseVersions({ course }: { course: CourseView }) {
  const t = useWords()
  if (course.versions.length < 2) return null
  return (
    <section className="stack" aria-labelledby="versions">
      <h2 id="versions">{t('learning', 'versions')}</h2>
      <ul>
        {course.versions.map((one) => (
          <li key={one.id}>
            <Link to="/learning/courses/$id" params={{ id: one.id }}>
              {t('learning', 'version_number', { number: one.number })}
            </Link>
            , {t('learning', `state_${one.state}`)}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The questions with their right answers, for the second person who is asked to publish them. */
export function CourseBank({ id }: { id: string }) {
  const t = useWords()
  const { language } = useLanguage()
  const read = useGet<CourseDraft>(`/api/learning/courses/${id}/text`)
  if (!read.data) return null
  return (
    <section className="sheet sheet-body stack" aria-labelledby="bank">
      <h2 id="bank">{t('learning', 'questions_bank')}</h2>
      {read.data.questions.map((question) => (
        <div key={question.textEn}>
          <p>
            <b>{language === 'sq' ? question.textSq : question.textEn}</b>
          </p>
          <ul>
            {question.options.map((option) => (
              <li key={option.key}>
                {option[language]}
                {question.right.includes(option.key) && <b> ({t('learning', 'right_mark')})</b>}
              </li>
            ))}
          </ul>
          <p className="note">{language === 'sq' ? question.whySq : question.whyEn}</p>
        </div>
      ))}
    </section>
  )
}
