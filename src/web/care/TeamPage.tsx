import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { addDays, fromTirana } from '#domain/clock/tirana.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { clockTime, dayOf, fullDate, number, weekdayDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog, type CommandForm } from '#web/form/CommandDialog.tsx'
import { FailedPage } from '#web/shell/Failed.tsx'
import type { TeamDetail } from '#wire/care.ts'
import { visitForm } from './forms.ts'
import { dutyForm, leaveForm, memberForm, offForm, teamForm } from './team-forms.ts'
import { Visits } from './Visits.tsx'
import '#web/net/net.css'
import './care.css'

type OnForm = (form: CommandForm) => void
const days = [0, 1, 2, 3, 4, 5, 6]

/** Seven days: who is on duty from when to when, and the hours between with nobody. */
function Roster({
  team,
  onForm,
  onWeek,
}: {
  team: TeamDetail
  onForm: OnForm
  onWeek: (from: string) => void
}) {
  const t = useWords()
  const now = useNow()
  const hours = (one: { from: string; to: string }) =>
    t('carePage', 'hours_line', { from: clockTime(one.from), to: clockTime(one.to) })
  return (
    <section className="sheet" aria-labelledby="roster">
      <div className="sheet-head">
        <h2 id="roster">{t('carePage', 'roster')}</h2>
        <span className="push row">
          <Button size="table" icon="caret-left" onClick={() => onWeek(addDays(team.from, -7))}>
            {t('carePage', 'week_before')}
          </Button>
          <Button size="table" icon="caret-right" onClick={() => onWeek(addDays(team.from, 7))}>
            {t('carePage', 'week_after')}
          </Button>
          {team.mayKeep && team.active && (
            <Button size="table" kind="primary" onClick={() => onForm(dutyForm(t, team, dayOf(now)))}>
              {t('carePage', 'add_duty')}
            </Button>
          )}
        </span>
      </div>
      <ol className="sheet-body roster">
        {days.map((n) => {
          const day = addDays(team.from, n)
          const [begin, end] = [fromTirana(day), fromTirana(addDays(day, 1))]
          const duties = team.duties.filter((one) => dayOf(one.from) === day)
          // A gap over several nights is said for each of its days.
          const gaps = team.gaps
            .filter((one) => one.from < end && one.to > begin)
            .map((one) => ({
              from: one.from > begin ? one.from : begin,
              to: one.to < end ? one.to : end,
            }))
          const entries = [
            ...duties.map((duty) => ({ key: duty.id, from: duty.from, to: duty.to, duty })),
            ...gaps.map((gap) => ({ key: gap.from, ...gap, duty: null })),
          ].sort((a, b) => (a.from < b.from ? -1 : 1))
          return (
            <li key={day}>
              <h3>{weekdayDate(day)}</h3>
              <ul>
                {entries.map(({ key, duty, ...one }) => {
                  const when = `${weekdayDate(day)}, ${hours(one)}`
                  return (
                    <li key={key}>
                      <span className="hours">
                        {one.to === end && duty === null
                          ? t('carePage', 'hours_line', { from: clockTime(one.from), to: '24:00' })
                          : hours(one)}
                      </span>
                      {duty === null ? (
                        <Chip kind="late">{t('carePage', 'uncovered')}</Chip>
                      ) : (
                        <>
                          <b>{duty.name}</b>
                          {team.mayKeep && duty.to > now && (
                            <Button
                              size="table"
                              kind="quiet"
                              onClick={() => onForm(offForm(t, team, duty, when))}
                            >
                              {t('carePage', 'take_off')}
                              <span className="only-heard">
                                {' '}
                                {duty.name}, {when}
                              </span>
                            </Button>
                          )}
                        </>
                      )}
                    </li>
                  )
                })}
                {entries.length === 0 && <li className="quiet">{t('carePage', 'day_free')}</li>}
              </ul>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Members({ team, onForm }: { team: TeamDetail; onForm: OnForm }) {
  const t = useWords()
  return (
    <section className="sheet" aria-labelledby="members">
      <div className="sheet-head">
        <h2 id="members">{t('carePage', 'members')}</h2>
        {team.mayKeep && (
          <span className="push">
            <Button size="table" onClick={() => onForm(memberForm(t, team))}>
              {t('carePage', 'add_member')}
            </Button>
          </span>
        )}
      </div>
      <ul className="sheet-body entry-list">
        {team.members.map((one) => (
          <li key={one.id} className="spread">
            <p>
              <b>{one.name}</b>
              <br />
              <span className="note quiet">
                {[
                  t('carePage', `p_${one.profession}`),
                  ...(one.phone === null ? [] : [one.phone]),
                  ...(one.active ? [] : [t('carePage', 'left')]),
                ].join(' · ')}
              </span>
            </p>
            {team.mayKeep && one.active && team.members.filter((other) => other.active).length > 1 && (
              <Button size="table" kind="quiet" onClick={() => onForm(leaveForm(t, team, one))}>
                {t('carePage', 'leave_member')}
                <span className="only-heard"> {one.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** One emergency team: its roster with the gaps, its people, its inspections. */
export default function TeamPage() {
  const t = useWords()
  const now = useNow()
  const sq = useLanguage().language === 'sq'
  const { id } = useParams({ strict: false })
  const [from, setFrom] = useState<string>()
  const [form, setForm] = useState<CommandForm>()
  const read = useGet<TeamDetail>(`/api/care/teams/${id}`, from === undefined ? {} : { from })
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPage error={read.error} reset={() => void read.refetch()} />
  const team = read.data
  return (
    <div className="view stack">
      <div className="view-head">
        <div>
          <p className="crumbs">
            <Link to="/care/teams" activeOptions={{ exact: true }}>
              {t('carePage', 'teams')}
            </Link>
          </p>
          <h1>{sq ? team.nameSq : team.nameEn}</h1>
          <p className="lede">{team.town}</p>
        </div>
        <div className="row">
          {team.mayInspect && (
            <Button onClick={() => setForm(visitForm(t, team, 'inspection', dayOf(now), 'team.inspect'))}>
              {t('carePage', 'add_inspection')}
            </Button>
          )}
          {team.mayKeep && (
            <Button onClick={() => setForm(teamForm(t, team))}>{t('carePage', 'change_team')}</Button>
          )}
        </div>
      </div>
      <section className="sheet" aria-label={t('carePage', 'on_duty')}>
        <dl className="sheet-body facts">
          <div>
            <dt>{t('carePage', 'on_duty')}</dt>
            <dd>
              {team.onDuty.length === 0
                ? t('carePage', team.active ? 'nobody' : 'team_inactive')
                : team.onDuty.map((one) => one.name).join(', ')}
            </dd>
          </div>
          <div>
            <dt>{t('carePage', 'team_phone')}</dt>
            <dd>{team.phone ?? '–'}</dd>
          </div>
          <div>
            <dt>{t('carePage', 'covers')}</dt>
            <dd>
              {team.coversFrom === team.coversTo
                ? t('carePage', 'around_clock')
                : t('carePage', 'hours_line', { from: team.coversFrom, to: team.coversTo })}
            </dd>
          </div>
          <div>
            <dt>{t('carePage', 'gaps')}</dt>
            <dd>
              {team.gapHours === 0
                ? t('carePage', 'gap_none')
                : t('carePage', 'gap_hours', {
                    hours: number(team.gapHours, team.gapHours % 1 === 0 ? 0 : 1),
                  })}
            </dd>
          </div>
          {team.actNumber !== null && (
            <div>
              <dt>{t('carePage', 'act')}</dt>
              <dd>
                {team.actDate === null
                  ? team.actNumber
                  : t('carePage', 'act_line', { number: team.actNumber, date: fullDate(team.actDate) })}
              </dd>
            </div>
          )}
          {team.checkDue !== null && (
            <div>
              <dt>{t('carePage', 'check_due')}</dt>
              <dd>
                {fullDate(team.checkDue)}{' '}
                {team.late && <Chip kind="late">{t('carePage', 'late_check')}</Chip>}
              </dd>
            </div>
          )}
        </dl>
      </section>
      <Roster team={team} onForm={setForm} onWeek={setFrom} />
      <Members team={team} onForm={setForm} />
      <section className="sheet" aria-labelledby="visits">
        <div className="sheet-head">
          <h2 id="visits">{t('carePage', 'visits')}</h2>
        </div>
        <div className="sheet-body">
          <Visits visits={team.visits} />
        </div>
      </section>
      {form && <CommandDialog form={form} onClose={() => setForm(undefined)} />}
    </div>
  )
}
