import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button, ButtonLink } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { Library } from '#wire/learning.ts'
import { proposing } from './propose.ts'

/** The library and the courses, with what one has read and passed. */
export default function LearningPage() {
  const t = useWords()
  const { language } = useLanguage()
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<Library>('/api/learning')
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { guidance, courses, writes } = read.data
  const title = (one: { titleSq: string; titleEn: string }) => (language === 'sq' ? one.titleSq : one.titleEn)
  return (
    <div className="view stack">
      <div>
        <h1>{t('learning', 'title')}</h1>
        <p className="lede">{t('learning', 'lede')}</p>
      </div>
      {writes && (
        <div className="row">
          <Button icon="plus.bold" onClick={() => setForm(proposing(t))}>
            {t('learning', 'propose_new')}
          </Button>
          <ButtonLink to="/learning/courses/new" icon="pencil-simple">
            {t('learning', 'course_write')}
          </ButtonLink>
        </div>
      )}
      <section className="sheet" aria-labelledby="courses">
        <div className="sheet-head">
          <h2 id="courses">{t('learning', 'courses')}</h2>
        </div>
        <Table
          caption={t('learning', 'courses')}
          rows={courses}
          rowKey={(one) => one.id}
          columns={[
            {
              key: 'course',
              head: t('learning', 'course'),
              name: true,
              cell: (one) => (
                <>
                  <Link to="/learning/courses/$id" params={{ id: one.id }}>
                    {title(one)}
                  </Link>
                  <small>{language === 'sq' ? one.summarySq : one.summaryEn}</small>
                  {one.state === 'proposed' && <small>{t('learning', 'state_proposed')}</small>}
                </>
              ),
            },
            {
              key: 'state',
              head: t('learning', 'test'),
              cell: (one) =>
                one.state === 'proposed' ? (
                  '–'
                ) : one.passedAt === null ? (
                  <Chip kind="waiting">{t('learning', 'not_passed')}</Chip>
                ) : (
                  <Chip kind="done">{t('learning', 'passed_on', { day: fullDate(one.passedAt) })}</Chip>
                ),
            },
            ...(writes
              ? [
                  {
                    key: 'passed',
                    head: t('prevention', 'persons'),
                    cell: (one: Library['courses'][number]) =>
                      t('learning', 'passers', { count: one.passed ?? 0 }),
                  },
                ]
              : []),
          ]}
        />
      </section>
      <section className="sheet" aria-labelledby="library">
        <div className="sheet-head">
          <h2 id="library">{t('learning', 'library')}</h2>
        </div>
        {guidance.length === 0 ? (
          <Empty icon="file-text" title={t('learning', 'none')} />
        ) : (
          <Table
            caption={t('learning', 'library')}
            rows={guidance}
            rowKey={(one) => one.id}
            columns={[
              {
                key: 'procedure',
                head: t('learning', 'procedure'),
                name: true,
                cell: (one) => (
                  <>
                    <Link to="/learning/guidance/$id" params={{ id: one.id }}>
                      {title(one)}
                    </Link>
                    <small>
                      {t('learning', 'version_number', { number: one.number })} ·{' '}
                      {t('learning', 'in_force_from', { day: fullDate(one.effectiveFrom) })} ·{' '}
                      {t('learning', `state_${one.state}`)}
                    </small>
                  </>
                ),
              },
              {
                key: 'read',
                head: t('learning', 'read'),
                cell: (one) =>
                  one.readAt === null ? (
                    <Chip kind="waiting">{t('learning', 'not_read')}</Chip>
                  ) : (
                    <Chip kind="done">{t('learning', 'read')}</Chip>
                  ),
              },
              ...(writes
                ? [
                    {
                      key: 'readers',
                      head: t('prevention', 'persons'),
                      cell: (one: Library['guidance'][number]) =>
                        t('learning', 'readers', { count: one.readers ?? 0 }),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </section>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
