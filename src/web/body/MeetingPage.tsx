import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { Icon } from '#web/design/Icon.tsx'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { exactTime, fullDate, number } from '#web/design/time.ts'
import { useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { MeetingView } from '#wire/meeting.ts'
import { useAround } from './BodyPage.tsx'
import { approving, cancelling, distributing, holding, moving, recommending, writing } from './forms.ts'
import { Recommendations } from './Recommendations.tsx'
import { meetingKind, seatName, useName } from './shared.ts'
import './body.css'

interface Acting {
  readonly meeting: MeetingView
  readonly onAct: (form: CommandForm) => void
}

/** One meeting as it is invited to, held and minuted; prints as its own minutes. */
export default function MeetingPage() {
  const { id = '' } = useParams({ strict: false })
  const t = useWords()
  const read = useGet<MeetingView>(`/api/meetings/${id}`)
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const meeting = read.data
  return (
    <div className="view stack">
      <Head meeting={meeting} onAct={setForm} />
      <section className="sheet" aria-labelledby="agenda">
        <div className="sheet-head">
          <h2 id="agenda">{t('bodyPage', 'agenda')}</h2>
        </div>
        <p className="sheet-body body-text">{meeting.agenda}</p>
      </section>
      <Attendance meeting={meeting} />
      {meeting.state === 'HELD' && <Minutes meeting={meeting} onAct={setForm} />}
      {meeting.state === 'HELD' && <Asked meeting={meeting} onAct={setForm} />}
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

function Head({ meeting, onAct }: Acting) {
  const around = useAround()
  const { t } = around
  const name = useName()
  const { mayRun, state } = meeting
  return (
    <>
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/bodies">{t('bodyPage', 'title')}</Link> /{' '}
            <Link to="/bodies/$id" params={{ id: meeting.body.id }}>
              {name(meeting.body)}
            </Link>
          </p>
          <h1>
            {t('bodyPage', 'meeting')} {meeting.code}
          </h1>
        </div>
        <span className="row no-print">
          {mayRun && state === 'CONVENED' && (
            <>
              <Button kind="primary" onClick={() => onAct(holding(meeting, around))}>
                {t('bodyPage', 'hold')}
              </Button>
              <Button onClick={() => onAct(moving(meeting, around))}>{t('bodyPage', 'move')}</Button>
              <Button onClick={() => onAct(cancelling(meeting, around))}>{t('bodyPage', 'cancel')}</Button>
            </>
          )}
          <a
            className="button"
            data-kind="secondary"
            href={`/api/meetings/${meeting.id}/invitation.ics`}
            download
          >
            <Icon name="calendar-blank" />
            {t('bodyPage', 'calendar')}
          </a>
          <Button icon="printer" onClick={() => globalThis.print()}>
            {t('web', 'print')}
          </Button>
        </span>
      </div>
      <dl className="facts">
        <div>
          <dt>{t('bodyPage', 'state')}</dt>
          <dd>
            <Chip kind={meetingKind[state]}>{t('bodyPage', `meeting_${state}`)}</Chip>
          </dd>
        </div>
        <div>
          <dt>{t('bodyPage', 'when')}</dt>
          <dd>{exactTime(meeting.startsAt)}</dd>
        </div>
        {meeting.heldOn && (
          <div>
            <dt>{t('bodyPage', 'held_on')}</dt>
            <dd>{fullDate(meeting.heldOn)}</dd>
          </div>
        )}
        <div>
          <dt>{t('bodyPage', 'place')}</dt>
          <dd>{meeting.place}</dd>
        </div>
        {meeting.jointWith.length > 0 && (
          <div>
            <dt>{t('bodyPage', 'joint_with')}</dt>
            <dd>{meeting.jointWith.map((one) => t('bodyPage', `joint_${one}`)).join(', ')}</dd>
          </div>
        )}
        {meeting.reason && (
          <div>
            <dt>{t('bodyPage', 'reason')}</dt>
            <dd>{meeting.reason}</dd>
          </div>
        )}
      </dl>
    </>
  )
}

function Attendance({ meeting }: { meeting: MeetingView }) {
  const t = useWords()
  const name = useName()
  const held = meeting.state === 'HELD'
  return (
    <section className="sheet" aria-labelledby="attendance">
      <div className="sheet-head">
        <h2 id="attendance">{t('bodyPage', 'attendance')}</h2>
        <p className="note quiet">
          {held
            ? t('bodyPage', 'came', { present: meeting.present, invited: meeting.invited })
            : t('bodyPage', 'invited_count', { count: meeting.invited })}
        </p>
      </div>
      {meeting.people && (
        <dl className="facts sheet-body">
          {(['present', 'absent', 'excused'] as const).map((key) => (
            <div key={key}>
              <dt>{t('bodyPage', `people_${key}`)}</dt>
              <dd>{number(meeting.people?.[key] ?? 0)}</dd>
            </div>
          ))}
        </dl>
      )}
      <Table
        caption={t('bodyPage', 'attendance')}
        rows={meeting.seats}
        rowKey={({ member }) => member.id}
        columns={[
          {
            key: 'institution',
            head: t('bodyPage', 'institution'),
            name: true,
            cell: ({ member }) => (
              <>
                {seatName(member, name)}
                <small>{t('bodyPage', `seat_${member.seat}`)}</small>
              </>
            ),
          },
          {
            key: 'outcome',
            head: t('bodyPage', 'attendance'),
            cell: (one) => t('bodyPage', `outcome_${one.outcome ?? 'none'}`),
          },
          {
            key: 'persons',
            head: t('bodyPage', 'people'),
            number: true,
            cell: (one) => (one.persons === null ? '–' : number(one.persons)),
          },
          {
            key: 'sent',
            head: t('bodyPage', 'sent_at'),
            cell: (one) => (one.sentAt === null ? '–' : exactTime(one.sentAt)),
          },
        ]}
      />
    </section>
  )
}

function Minutes({ meeting, onAct }: Acting) {
  const around = useAround()
  const { t } = around
  const unsent = meeting.seats.some((one) => one.sentAt === null && one.member.to === null)
  return (
    <section className="sheet" aria-labelledby="minutes">
      <div className="sheet-head">
        <h2 id="minutes">{t('bodyPage', 'minutes')}</h2>
        <p className="note quiet">{t('bodyPage', `minutes_${meeting.minutes}`)}</p>
        <span className="push row no-print">
          {meeting.mayRun && meeting.minutes !== 'approved' && (
            <Button icon="note-pencil" onClick={() => onAct(writing(meeting, around))}>
              {t('bodyPage', 'write_minutes')}
            </Button>
          )}
          {meeting.mayApprove && (
            <Button kind="primary" icon="check" onClick={() => onAct(approving(meeting, around))}>
              {t('bodyPage', 'approve')}
            </Button>
          )}
          {meeting.mayRun && meeting.minutes === 'approved' && unsent && (
            <Button icon="paper-plane-tilt" onClick={() => onAct(distributing(meeting, around))}>
              {t('bodyPage', 'distribute')}
            </Button>
          )}
        </span>
      </div>
      <div className="sheet-body stack">
        {meeting.text === null ? (
          <p className="quiet">{t('bodyPage', meeting.minutes === 'none' ? 'no_minutes' : 'not_yours')}</p>
        ) : (
          <>
            {meeting.minutes === 'draft' && <Callout>{t('bodyPage', 'waits_other')}</Callout>}
            <p className="body-text">{meeting.text}</p>
            <h3>{t('bodyPage', 'decisions')}</h3>
            {meeting.decisions.length === 0 ? (
              <p className="quiet">{t('bodyPage', 'no_decisions')}</p>
            ) : (
              <ol className="body-decisions">
                {meeting.decisions.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ol>
            )}
            {meeting.nothingToCorrect && <p>{t('bodyPage', 'nothing_to_correct_yes')}</p>}
            <p className="note quiet">
              {[
                meeting.minutesByName === null
                  ? null
                  : t('bodyPage', 'written_by', { name: meeting.minutesByName }),
                meeting.approvedByName === null || meeting.approvedAt === null
                  ? null
                  : t('bodyPage', 'approved_by', {
                      name: meeting.approvedByName,
                      day: fullDate(meeting.approvedAt),
                    }),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </p>
          </>
        )}
      </div>
    </section>
  )
}

function Asked({ meeting, onAct }: Acting) {
  const around = useAround()
  const { t } = around
  return (
    <section className="sheet" aria-labelledby="recommendations">
      <div className="sheet-head">
        <h2 id="recommendations">{t('bodyPage', 'recommendations')}</h2>
        {meeting.mayRun && (
          <span className="push no-print">
            <Button icon="plus.bold" onClick={() => onAct(recommending(meeting, around))}>
              {t('bodyPage', 'recommend')}
            </Button>
          </span>
        )}
      </div>
      <Recommendations query={{ meetingId: meeting.id }} />
    </section>
  )
}
