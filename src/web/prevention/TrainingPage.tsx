import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout } from '#web/design/Chip.tsx'
import { Empty, Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { useMunicipalityName } from '#web/place/Municipality.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { ProfessionalView, TrainingView } from '#wire/prevention.ts'
import { reasonField, spanOf, useBodyName, word } from './shared.tsx'
import { PreventionTabs } from './Tabs.tsx'
import { enteringProfessional } from './TrainingsPage.tsx'
import { participantForm, useTrainingForm } from './training-form.ts'

/** One training with its participants, by name for the body that keeps it. */
export default function TrainingPage() {
  const t = useWords()
  const { id } = useParams({ strict: false })
  const read = useGet<TrainingView>(`/api/trainings/${id}`)
  const make = useTrainingForm()
  const place = useMunicipalityName()
  const body = useBodyName()
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const training = read.data
  const changes = training.own && !training.struck && training.mode !== 'course'
  const rows: [string, string | null][] = [
    [t('prevention', 'topic'), word(`topic_${training.topic}`)],
    [t('prevention', 'mode'), word(`mode_${training.mode}`)],
    [t('prevention', 'when'), spanOf(training.from, training.to)],
    [t('prevention', 'sessions'), number(training.sessions)],
    [t('prevention', 'where'), [place(training.municipality), training.venue].filter(Boolean).join(', ')],
    [t('prevention', 'organiser'), training.organiser],
    [t('prevention', 'who'), body(training.institution)],
    [t('prevention', 'curriculum'), training.curriculum],
    [t('prevention', 'funder'), training.funder],
    [t('prevention', 'plan_line'), training.plan?.uid ?? null],
  ]
  const strike = () =>
    setForm({
      type: 'training.strike',
      recordId: training.id,
      title: t('prevention', 'strike_question'),
      consequence: t('prevention', 'strike_more'),
      action: t('prevention', 'strike'),
      kind: 'danger',
      fields: [reasonField(t)],
      done: t('prevention', 'struck_done'),
    })
  return (
    <div className="view stack">
      <h1>{training.title}</h1>
      <PreventionTabs current="trainings" />
      {training.struck && <Callout>{t('prevention', 'struck')}</Callout>}
      <section className="sheet" aria-labelledby="details">
        <div className="sheet-head">
          <h2 id="details">{t('prevention', 'details')}</h2>
        </div>
        <dl className="sheet-body pairs">
          {rows
            .filter(([, value]) => value !== null && value !== '')
            .map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </section>
      <People training={training} changes={changes} onAct={setForm} />
      {changes && (
        <div className="row">
          <Button icon="pencil-simple" onClick={() => setForm(make(training))}>
            {t('prevention', 'correct')}
          </Button>
          <Button kind="danger" onClick={strike}>
            {t('prevention', 'strike')}
          </Button>
        </div>
      )}
      {form && <CommandDialog key={form.type} form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

function People({
  training,
  changes,
  onAct,
}: {
  training: TrainingView
  changes: boolean
  onAct: (form: CommandForm) => void
}) {
  const t = useWords()
  const register = useGet<{ items: readonly ProfessionalView[] }>(
    '/api/professionals',
    { limit: 100 },
    { enabled: changes },
  )
  const people = register.data?.items ?? []
  const test = (value: number | null) => (value === null ? '–' : number(value))
  return (
    <section className="sheet" aria-labelledby="participants">
      <div className="sheet-head">
        <h2 id="participants">{t('prevention', 'participants')}</h2>
        {!training.own && <p className="note quiet">{t('prevention', 'participants_elsewhere')}</p>}
      </div>
      {changes && (
        <div className="row sheet-body">
          <Button kind="primary" icon="plus.bold" onClick={() => onAct(participantForm(t, training, people))}>
            {t('prevention', 'add_participant')}
          </Button>
          <Button icon="user-plus" onClick={() => onAct(enteringProfessional(t))}>
            {t('prevention', 'enter_professional')}
          </Button>
        </div>
      )}
      {training.own && training.people.length === 0 ? (
        <Empty icon="users-three" title={t('prevention', 'no_participants')} />
      ) : (
        training.people.length > 0 && (
          <Table
            caption={t('prevention', 'participants')}
            rows={training.people}
            rowKey={(one) => one.professionalId}
            columns={[
              {
                key: 'name',
                head: t('prevention', 'professional'),
                name: true,
                cell: (one) => (
                  <>
                    {one.name}
                    <small>
                      {word(`sector_${one.sector}`)}
                      {one.employer && `, ${one.employer}`}
                    </small>
                  </>
                ),
                sort: (one) => one.name,
              },
              { key: 'role', head: t('prevention', 'role'), cell: (one) => word(`role_${one.role}`) },
              {
                key: 'attended',
                head: t('prevention', 'attended'),
                number: true,
                cell: (one) => number(one.attended),
              },
              {
                key: 'before',
                head: t('prevention', 'before'),
                number: true,
                cell: (one) => test(one.before),
              },
              { key: 'after', head: t('prevention', 'after'), number: true, cell: (one) => test(one.after) },
              ...(changes
                ? [
                    {
                      key: 'acts',
                      head: t('prevention', 'set_participant'),
                      cell: (one: TrainingView['people'][number]) => (
                        <span className="row">
                          <Button
                            size="table"
                            onClick={() => onAct(participantForm(t, training, people, one))}
                          >
                            {t('prevention', 'set_participant')}
                            <span className="only-heard"> {one.name}</span>
                          </Button>
                          <Button
                            size="table"
                            kind="quiet"
                            onClick={() =>
                              onAct({
                                type: 'training.remove_participant',
                                recordId: training.id,
                                title: t('prevention', 'remove_question'),
                                consequence: one.name,
                                action: t('prevention', 'remove'),
                                kind: 'danger',
                                fields: [reasonField(t)],
                                toBody: (plain) => ({ ...plain, professionalId: one.professionalId }),
                                done: t('web', 'saved'),
                              })
                            }
                          >
                            {t('prevention', 'remove')}
                            <span className="only-heard"> {one.name}</span>
                          </Button>
                        </span>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )
      )}
    </section>
  )
}
