import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { readQuestions } from '#domain/survey-lines.ts'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { fullDate } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { text } from '#web/form/spec.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { SurveyList } from '#wire/survey.ts'
import '../indicator/indicator.css'

type Row = SurveyList['items'][number]
const kinds = ['population', 'school', 'staff', 'satisfaction', 'actors', 'at_risk'] as const

const opening = (t: Say): CommandForm => ({
  type: 'survey.create',
  recordId: uuidv7(),
  title: t('indicatorPage', 'survey_new'),
  action: t('indicatorPage', 'survey_new'),
  wide: true,
  fields: [
    {
      name: 'kind',
      kind: 'select',
      label: t('indicatorPage', 'survey_kind'),
      options: kinds.map((value) => ({ value, label: t('indicatorPage', `survey_${value}`) })),
    },
    { name: 'titleSq', kind: 'text', label: t('indicatorPage', 'survey_title_sq') },
    { name: 'titleEn', kind: 'text', label: t('indicatorPage', 'survey_title_en') },
    { name: 'instrument', kind: 'text', label: t('indicatorPage', 'instrument') },
    { name: 'instrumentVersion', kind: 'text', label: t('indicatorPage', 'instrument_version') },
    { name: 'population', kind: 'text', label: t('indicatorPage', 'population') },
    { name: 'indicatorIds', kind: 'text', label: t('indicatorPage', 'survey_indicators'), optional: true },
    {
      name: 'questions',
      kind: 'area',
      label: t('indicatorPage', 'survey_questions'),
      hint: t('indicatorPage', 'survey_questions_hint'),
    },
  ],
  toBody: (plain, values) => {
    const read = readQuestions(text(values, 'questions'))
    return {
      ...plain,
      indicatorIds: text(values, 'indicatorIds')
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
      // A line that cannot be read is sent as it stands: the server refuses it and names the field.
      questions: 'questions' in read ? read.questions : text(values, 'questions'),
    }
  },
  done: t('indicatorPage', 'saved'),
})

/** Surveys: what people know and think, as counts. */
export default function SurveysPage() {
  const t = useWords()
  const [form, setForm] = useState<CommandForm>()
  const list = usePaged<Row>('/api/surveys', { limit: '50' })
  const first = useGet<SurveyList>('/api/surveys', { limit: '1' })
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p>
            <Link to="/indicators">{t('indicatorPage', 'to_list')}</Link>
          </p>
          <h1>{t('indicatorPage', 'surveys')}</h1>
          <p className="lede">{t('indicatorPage', 'surveys_intro')}</p>
        </div>
        {first.data?.mayAsk && (
          <Button icon="plus" onClick={() => setForm(opening(t))}>
            {t('indicatorPage', 'survey_new')}
          </Button>
        )}
      </div>
      <ListFrame
        list={list}
        empty={t('indicatorPage', 'surveys_none')}
        fault={<FailedPart error={list.error ?? undefined} onRetry={list.refetch} />}
      >
        <div className="sheet">
          <Table
            caption={t('indicatorPage', 'surveys')}
            rows={list.items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'title',
                head: t('indicatorPage', 'surveys'),
                name: true,
                cell: (row) => (
                  <>
                    <Link to="/surveys/$id" params={{ id: row.id }}>
                      {row.title}
                    </Link>
                    <small className="indicator-meta">{row.population}</small>
                  </>
                ),
              },
              {
                key: 'kind',
                head: t('indicatorPage', 'survey_kind'),
                cell: (row) => t('indicatorPage', `survey_${row.kind}`),
              },
              {
                key: 'instrument',
                head: t('indicatorPage', 'instrument'),
                cell: (row) => `${row.instrument} (${row.instrumentVersion})`,
              },
              {
                key: 'waves',
                head: t('indicatorPage', 'period'),
                cell: (row) =>
                  [
                    t('indicatorPage', 'waves', { n: row.waves }),
                    row.lastDay === null ? '' : fullDate(row.lastDay),
                  ]
                    .filter((part) => part !== '')
                    .join(' · '),
              },
            ]}
          />
        </div>
      </ListFrame>
      {form && (
        <CommandDialog
          form={form}
          onClose={() => {
            setForm(undefined)
            list.refetch()
          }}
        />
      )}
    </div>
  )
}
