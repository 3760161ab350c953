import { useState } from 'react'
import { topics } from '#domain/prevention/kinds.ts'
import { keepsPrevention } from '#domain/prevention/policy.ts'
import { professionSectors } from '#domain/prevention/professional.ts'
import { usePaged } from '#web/client/paged.ts'
import { useUser } from '#web/client/session.ts'
import { uuidv7 } from '#web/client/uuid.ts'
import { Button } from '#web/design/Button.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { Sheet } from '#web/design/Sheet.tsx'
import { Table } from '#web/design/Table.tsx'
import { number } from '#web/design/time.ts'
import { type Say, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ProfessionalView, TrainingRow } from '#wire/prevention.ts'
import { DoneList } from './DoneList.tsx'
import { Reach } from './Reach.tsx'
import { options, reasonField, sexField, topicOptions, word } from './shared.tsx'
import { Top } from './Top.tsx'
import { useTrainingForm } from './training-form.ts'

/** Trainings, how many different people they reached, and the professionals of one's own body. */
export default function TrainingsPage() {
  const t = useWords()
  const keeps = keepsPrevention(useUser())
  const [topic, setTopic] = useState('')
  const [form, setForm] = useState<CommandForm>()
  const make = useTrainingForm()
  return (
    <div className="view stack">
      <Top
        tab="trainings"
        title={t('prevention', 'trainings')}
        lede={t('prevention', 'trainings_lede')}
        choice={{
          label: t('prevention', 'topic'),
          empty: t('web', 'all'),
          options: topicOptions(),
          value: topic,
          onValue: setTopic,
        }}
        record={keeps && { label: t('prevention', 'new_training'), onClick: () => setForm(make()) }}
        workbook="/api/trainings/export.xlsx"
      />
      <Trainings topic={topics.find((one) => one === topic)} />
      <Reach by="sector" kind="training" title={t('prevention', 'trained')} />
      {keeps && <Professionals onAct={setForm} />}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

function Trainings({ topic }: { topic: string | undefined }) {
  const t = useWords()
  return (
    <DoneList<TrainingRow>
      url="/api/trainings"
      query={{ topic }}
      caption={t('prevention', 'trainings')}
      head={t('prevention', 'training')}
      to="/trainings/$id"
      kind={(row) => `${word(`topic_${row.topic}`)} · ${word(`mode_${row.mode}`)}`}
      figures={{
        key: 'participants',
        head: t('prevention', 'participants'),
        number: true,
        cell: (row) => (row.participants === null ? '–' : number(row.participants)),
      }}
    />
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
    sexField(t),
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
    <Sheet
      id="professionals"
      title={t('prevention', 'professionals')}
      beside={<p className="note quiet">{t('prevention', 'enter_more')}</p>}
    >
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
    </Sheet>
  )
}
