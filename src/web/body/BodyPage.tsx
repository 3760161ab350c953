import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useGet } from '#web/client/api.ts'
import { usePaged } from '#web/client/paged.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { ListFrame } from '#web/design/ListFrame.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { Table } from '#web/design/Table.tsx'
import { dayOf, exactTime, fullDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { BodyView, MemberView } from '#wire/body.ts'
import type { MeetingSummary } from '#wire/meeting.ts'
import { type Around, addingMember, convening, countingPeople, endingMember } from './forms.ts'
import { Obligations } from './Obligations.tsx'
import { Recommendations } from './Recommendations.tsx'
import { meetingKind, seatName, useInstitutions, useName, useTowns } from './shared.ts'
import './body.css'

/** What every form of this room needs to know. */
export const useAround = (): Around => {
  const t = useWords()
  const name = useName()
  const today = dayOf(useNow())
  return { t, name, today, list: useInstitutions(), towns: useTowns() }
}

/** One body: its meetings, what it must hold, what it asked for, who sits in it. */
export default function BodyPage() {
  const { id = '' } = useParams({ strict: false })
  const read = useGet<BodyView>(`/api/bodies/${id}`)
  const [form, setForm] = useState<CommandForm>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  return (
    <div className="view stack">
      <Head body={read.data} onAct={setForm} />
      <Meetings id={id} />
      <Part title="obligations" more="obligations_more">
        {read.data.obligations.length === 0 ? <NoDuty /> : <Obligations rows={read.data.obligations} />}
      </Part>
      <Part title="recommendations">
        <Recommendations query={{ bodyId: id }} />
      </Part>
      <Members body={read.data} onAct={setForm} />
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}

interface Acting {
  readonly body: BodyView
  readonly onAct: (form: CommandForm) => void
}

function NoDuty() {
  const t = useWords()
  return <p className="sheet-body quiet">{t('bodyPage', 'no_obligations')}</p>
}

function Part({
  title,
  more,
  action,
  children,
}: {
  title: 'obligations' | 'recommendations' | 'meetings' | 'members'
  more?: 'obligations_more' | 'members_more'
  action?: ReactNode
  children: ReactNode
}) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby={title}>
      <div className="sheet-head">
        <h2 id={title}>{t('bodyPage', title)}</h2>
        {more && <p className="note quiet">{t('bodyPage', more)}</p>}
        {action && <span className="push no-print">{action}</span>}
      </div>
      {children}
    </section>
  )
}

function Head({ body, onAct }: Acting) {
  const around = useAround()
  const { t, name } = around
  return (
    <>
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/bodies">{t('bodyPage', 'title')}</Link> / {body.code}
          </p>
          <h1>{name(body)}</h1>
          <p className="lede">{t('bodyPage', `kind_${body.kind}`)}</p>
        </div>
        {body.mayRun && (
          <span className="row no-print">
            <Button kind="primary" icon="calendar-blank" onClick={() => onAct(convening(body, around))}>
              {t('bodyPage', 'convene')}
            </Button>
            {body.anonymous && (
              <Button onClick={() => onAct(countingPeople(body, around))}>
                {t('bodyPage', 'count_people')}
              </Button>
            )}
          </span>
        )}
      </div>
      {body.anonymous && <Callout icon="eye-slash">{t('bodyPage', 'never_named')}</Callout>}
      <dl className="facts">
        {body.parent && (
          <div>
            <dt>{t('bodyPage', 'above')}</dt>
            <dd>
              <Link to="/bodies/$id" params={{ id: body.parent.id }}>
                {name(body.parent)}
              </Link>
            </dd>
          </div>
        )}
        {body.validFrom && (
          <div>
            <dt>{t('bodyPage', 'since')}</dt>
            <dd>{fullDate(body.validFrom)}</dd>
          </div>
        )}
        {body.anonymous && (
          <div>
            <dt>{t('bodyPage', 'people')}</dt>
            <dd>
              {body.people === null || body.countedOn === null
                ? t('bodyPage', 'not_counted')
                : t('bodyPage', 'people_count', { count: body.people, day: fullDate(body.countedOn) })}
            </dd>
          </div>
        )}
        <div>
          <dt>{t('bodyPage', 'source')}</dt>
          <dd>{body.source}</dd>
        </div>
      </dl>
      {body.below.length > 0 && (
        <details className="note">
          <summary>
            {t('bodyPage', 'below')} ({body.below.length})
          </summary>
          <ul className="body-below">
            {body.below.map((one) => (
              <li key={one.id}>
                <Link to="/bodies/$id" params={{ id: one.id }}>
                  {name(one)}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Meetings({ id }: { id: string }) {
  const t = useWords()
  const list = usePaged<MeetingSummary>(`/api/bodies/${id}/meetings`)
  return (
    <Part title="meetings">
      <ListFrame
        list={list}
        empty={t('bodyPage', 'no_meetings')}
        fault={<FailedPart error={list.error} onRetry={list.refetch} />}
      >
        <Table
          caption={t('bodyPage', 'meetings')}
          rows={list.items}
          rowKey={(one) => one.id}
          columns={[
            {
              key: 'meeting',
              head: t('bodyPage', 'meeting'),
              name: true,
              cell: (one) => (
                <>
                  <Link to="/meetings/$id" params={{ id: one.id }}>
                    {one.heldOn === null ? exactTime(one.startsAt) : fullDate(one.heldOn)}
                  </Link>
                  <small>
                    {one.code} · {one.place}
                  </small>
                </>
              ),
            },
            {
              key: 'state',
              head: t('bodyPage', 'state'),
              cell: (one) => (
                <Chip kind={meetingKind[one.state]}>{t('bodyPage', `meeting_${one.state}`)}</Chip>
              ),
            },
            {
              key: 'attendance',
              head: t('bodyPage', 'attendance'),
              cell: (one) =>
                one.state === 'HELD'
                  ? t('bodyPage', 'came', { present: one.present, invited: one.invited })
                  : t('bodyPage', 'invited_count', { count: one.invited }),
            },
            {
              key: 'minutes',
              head: t('bodyPage', 'minutes'),
              cell: (one) => (one.state === 'HELD' ? t('bodyPage', `minutes_${one.minutes}`) : '–'),
            },
          ]}
        />
      </ListFrame>
    </Part>
  )
}

function Members({ body, onAct }: Acting) {
  const around = useAround()
  const { t, name } = around
  const { language } = useLanguage()
  const office = (one: MemberView) => (language === 'sq' ? one.officeSq : (one.officeEn ?? one.officeSq))
  return (
    <Part
      title="members"
      more="members_more"
      action={
        body.mayRun ? (
          <Button icon="plus.bold" onClick={() => onAct(addingMember(body, around))}>
            {t('bodyPage', 'add_member')}
          </Button>
        ) : undefined
      }
    >
      <Table
        caption={t('bodyPage', 'members')}
        rows={body.members}
        rowKey={(one) => one.id}
        columns={[
          {
            key: 'institution',
            head: t('bodyPage', 'institution'),
            name: true,
            cell: (one) => (
              <>
                {seatName(one, name)}
                {!one.institution.acts && <small>{t('bodyPage', 'nobody_acts')}</small>}
              </>
            ),
          },
          { key: 'seat', head: t('bodyPage', 'seat'), cell: (one) => t('bodyPage', `seat_${one.seat}`) },
          {
            key: 'office',
            head: t('bodyPage', 'office'),
            cell: (one) => [office(one), one.officialName].filter((part) => part !== null).join(' · ') || '–',
          },
          {
            key: 'time',
            head: t('bodyPage', 'from'),
            cell: (one) => (
              <>
                {one.from === null ? '–' : fullDate(one.from)}
                {one.to !== null && <small>{t('bodyPage', 'until', { day: fullDate(one.to) })}</small>}{' '}
                {body.mayRun && one.to === null && (
                  <Button size="table" onClick={() => onAct(endingMember(body, one, around))}>
                    {t('bodyPage', 'end_member')}
                    <span className="only-heard"> {seatName(one, name)}</span>
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
    </Part>
  )
}
