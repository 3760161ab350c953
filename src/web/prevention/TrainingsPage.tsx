import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { topics } from '#domain/prevention/kinds.ts'
import { keepsPrevention } from '#domain/prevention/policy.ts'
import { professionSectors } from '#domain/prevention/professional.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { SelectField } from '#web/design/Field.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Table } from '#web/design/Table.tsx'
import { number } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ProfessionalView, TrainingRow } from '#wire/prevention.ts'
import { Reach } from './Reach.tsx'
import { options, reasonField, spanOf, topicOptions, useBodyName, word } from './shared.tsx'
import { PreventionTabs } from './Tabs.tsx'
import { useTrainingForm } from './training-form.ts'
import '../case/case.css'

/** Trainings, how many different people they reached, and the professionals of one's own body. */
export default function TrainingsPage() {
  const t = useWords()
  const keeps = keepsPrevention(useUser())
  const [topic, setTopic] = useState('')
  const [form, setForm] = useState<CommandForm>()
  const make = useTrainingForm()
  return (
    <div className="view stack">
      <div>
        <h1>{t('prevention', 'trainings')}</h1>
        <p className="lede">{t('prevention', 'trainings_lede')}</p>
      </div>
      <PreventionTabs current="trainings" />
      <div className="filters">
        <SelectField
          label={t('prevention', 'topic')}
          value={topic}
          onValue={setTopic}
          empty={t('web', 'all')}
          options={topicOptions()}
        />
        {keeps && (
          <Button kind="primary" icon="plus.bold" onClick={() => setForm(make())}>
            {t('prevention', 'new_training')}
          </Button>
        )}
        <a className="button" data-kind="secondary" href="/api/trainings/export.xlsx" download>
          {t('prevention', 'excel')}
        </a>
      </div>
      <Trainings topic={topics.find((one) => one === topic)} />
      <Reach by="sector" kind="training" title={t('prevention', 'trained')} />
      {keeps && <Professionals onAct={setForm} />}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

function Trainings({ topic }: { topic: string | undefined }) {
  const t = useWords()
  const list = usePaged<TrainingRow>('/api/trainings', { topic })
  const place = useMunicipalityName()
  const body = useBodyName()
  return (
    <div className="sheet">
      <ListFrame
        list={list}
        empty={t('prevention', 'none')}
        emptyMore={t('prevention', 'none_more')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('prevention', 'trainings')}
          rows={list.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'title',
              head: t('prevention', 'training'),
              name: true,
              cell: (row) => (
                <>
                  <Link to="/trainings/$id" params={{ id: row.id }}>
                    {row.struck ? <s>{row.title}</s> : row.title}
                  </Link>
                  <small>
                    {word(`topic_${row.topic}`)} · {word(`mode_${row.mode}`)}
                    {row.struck && ` · ${t('prevention', 'struck')}`}
                  </small>
                </>
              ),
            },
            {
              key: 'when',
              head: t('prevention', 'when'),
              cell: (row) => spanOf(row.from, row.to),
              sort: (row) => row.from,
            },
            { key: 'where', head: t('prevention', 'where'), cell: (row) => place(row.municipality) || '–' },
            { key: 'who', head: t('prevention', 'who'), cell: (row) => body(row.institution) },
            {
              key: 'participants',
              head: t('prevention', 'participants'),
              number: true,
              cell: (row) => (row.participants === null ? '–' : number(row.participants)),
            },
          ]}
        />
      </ListFrame>
    </div>
  )
}

/** The form that enters a professional; the answer to a hit is asked in the same form. */
export const enteringProfessional = (t: Say): CommandForm => ({
  type: 'professional.enter',
  recordId: uuidv7(),
  title: t('prevention', 'enter_question'),
  consequence: t('prevention', 'enter_more'),
  action: t('prevention', 'enter_professional'),
  fields: [
    { name: 'givenName', kind: 'text', label: t('prevention', 'given_name') },
    { name: 'familyName', kind: 'text', label: t('prevention', 'family_name') },
    { name: 'birthYear', kind: 'number', label: t('prevention', 'birth_year') },
    {
      name: 'sex',
      kind: 'radio',
      label: t('prevention', 'sex'),
      options: (['female', 'male'] as const).map((value) => ({ value, label: t('prevention', value) })),
    },
    {
      name: 'sector',
      kind: 'select',
      label: t('prevention', 'sector'),
      options: options('sector', professionSectors),
    },
    { name: 'employer', kind: 'text', label: t('prevention', 'employer'), optional: true },
    {
      name: 'known',
      kind: 'radio',
      label: t('prevention', 'known'),
      hint: t('prevention', 'known_hint'),
      optional: true,
      options: (['same', 'other'] as const).map((value) => ({
        value,
        label: t('prevention', `known_${value}`),
      })),
    },
  ],
  done: t('prevention', 'entered'),
})

/** A hit that was a namesake after all. */
const parting = (t: Say, row: ProfessionalView): CommandForm => ({
  type: 'professional.part',
  recordId: row.id,
  baseVersion: row.version,
  title: t('prevention', 'part_question'),
  consequence: `${row.name}, ${row.birthYear}. ${t('prevention', 'part_more')}`,
  action: t('prevention', 'part'),
  fields: [reasonField(t)],
  done: t('prevention', 'parted'),
})

function Professionals({ onAct }: { onAct: (form: CommandForm) => void }) {
  const t = useWords()
  const list = usePaged<ProfessionalView>('/api/professionals', { limit: 25 })
  return (
    <section className="sheet" aria-labelledby="professionals">
      <div className="sheet-head">
        <h2 id="professionals">{t('prevention', 'professionals')}</h2>
        <p className="note quiet">{t('prevention', 'enter_more')}</p>
      </div>
      <div className="row sheet-body">
        <Button icon="user-plus" onClick={() => onAct(enteringProfessional(t))}>
          {t('prevention', 'enter_professional')}
        </Button>
      </div>
      <ListFrame
        list={list}
        empty={t('prevention', 'no_participants')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('prevention', 'professionals')}
          rows={list.items}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'name',
              head: t('prevention', 'professional'),
              name: true,
              cell: (row) => (
                <>
                  {row.name}
                  <small>{row.birthYear}</small>
                </>
              ),
              sort: (row) => row.name,
            },
            {
              key: 'sector',
              head: t('prevention', 'sector'),
              cell: (row) => (
                <>
                  {word(`sector_${row.sector}`)}
                  {row.employer && <small>{row.employer}</small>}
                </>
              ),
            },
            { key: 'sex', head: t('prevention', 'sex'), cell: (row) => t('prevention', row.sex) },
            {
              key: 'trainings',
              head: t('prevention', 'trainings'),
              number: true,
              cell: (row) => number(row.trainings),
              sort: (row) => row.trainings,
            },
            {
              key: 'part',
              head: t('prevention', 'actions'),
              cell: (row) => (
                <Button size="table" onClick={() => onAct(parting(t, row))}>
                  {t('prevention', 'part')}
                  <span className="only-heard"> {row.name}</span>
                </Button>
              ),
            },
          ]}
        />
      </ListFrame>
    </section>
  )
}
