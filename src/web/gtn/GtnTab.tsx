import { useState } from 'react'
import { ConferenceDialog } from '#web/case/dialogs/Conference.tsx'
import { type CaseView, may, useDirectory } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip, Restricted } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import { clockTime, dayOf, longDate } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { TakePaper } from '#web/document/TakePaper.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { Conferences } from '#wire/case.ts'
import { callForm, cancelForm, postponeForm, turnForm } from './forms.ts'
import { NoQuorumDialog } from './NoQuorum.tsx'

type Dialog = 'call' | 'postpone' | 'cancel' | 'hold' | 'no_quorum' | { turn: string }

/** The technical group of a case: the meeting that is called, those held, and what they resolved. */
export default function GtnTab({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const read = useGet<Conferences>(`/api/cases/${view.id}/conferences`)
  const acts = may(view, 'call_conference', 'hold_conference', 'turn_resolution')
  const units = useDirectory(acts)
  const [dialog, setDialog] = useState<Dialog>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const { call, held, resolutions } = read.data
  const making = { view, t, about: undefined, language, units, workers: [], today: dayOf(now) }
  const close = () => {
    setDialog(undefined)
    void read.refetch()
  }
  return (
    <div className="stack">
      <section className="sheet" aria-labelledby="gtn-call">
        <div className="sheet-head">
          <h2 id="gtn-call">{t('gtnPage', call ? 'called' : 'called_none')}</h2>
          {may(view, 'call_conference') && (
            <Button kind="quiet" icon="plus.bold" onClick={() => setDialog('call')}>
              {t('gtnPage', 'call')}
            </Button>
          )}
        </div>
        {!call && view.conferenceRequired && (
          <p className="sheet-body quiet">{t('gtnPage', 'called_none_more')}</p>
        )}
        {call && (
          <div className="sheet-body stack">
            <p>
              <b>
                {longDate(call.plannedAt, now)}, {clockTime(call.plannedAt)}
              </b>
              , {call.place}
              {call.postponed > 0 && (
                <span className="note quiet"> · {t('gtnPage', 'postponed', { count: call.postponed })}</span>
              )}
            </p>
            <ul className="plain-list">
              {call.invitations.map((one) => (
                <li key={one.id} className="item">
                  <span>{one.unit.name[language]}</span>
                  <Chip kind={one.answer === null ? 'waiting' : one.answer === 'cannot' ? 'blocked' : 'done'}>
                    {t('gtnPage', `answer_${one.answer ?? 'none'}`)}
                  </Chip>
                </li>
              ))}
            </ul>
            <div className="row no-print">
              {may(view, 'hold_conference') && (
                <Button onClick={() => setDialog('hold')}>{t('gtnPage', 'hold')}</Button>
              )}
              {may(view, 'miss_quorum') && (
                <Button onClick={() => setDialog('no_quorum')}>{t('gtnPage', 'no_quorum')}</Button>
              )}
              {may(view, 'postpone_conference') && (
                <Button kind="quiet" onClick={() => setDialog('postpone')}>
                  {t('gtnPage', 'postpone')}
                </Button>
              )}
              {may(view, 'cancel_conference') && (
                <Button kind="quiet" onClick={() => setDialog('cancel')}>
                  {t('gtnPage', 'cancel')}
                </Button>
              )}
            </div>
          </div>
        )}
      </section>
      <section className="sheet" aria-labelledby="gtn-held">
        <div className="sheet-head">
          <h2 id="gtn-held">{t('gtnPage', 'held')}</h2>
          {!call && may(view, 'hold_conference') && (
            <Button kind="quiet" icon="plus.bold" onClick={() => setDialog('hold')}>
              {t('casePage', 'act_conference')}
            </Button>
          )}
        </div>
        {held.length === 0 && <Empty icon="users-three" title={t('gtnPage', 'held_none')} />}
        {held.map((meeting) => (
          <Held key={meeting.id} meeting={meeting} view={view} />
        ))}
      </section>
      <section className="sheet" aria-labelledby="gtn-resolved">
        <div className="sheet-head">
          <h2 id="gtn-resolved">{t('gtnPage', 'resolutions')}</h2>
        </div>
        {resolutions.length === 0 && <Empty icon="list-checks" title={t('gtnPage', 'resolutions_none')} />}
        {resolutions.map((one) => (
          <div key={one.id} className="item">
            <div>
              <b>{one.text ?? sayCode('casePage', `service_${one.service}`)}</b>
              <p className="note quiet">
                {one.institution.name[language]} · {longDate(one.due, now)}
              </p>
            </div>
            <Chip kind={one.actionId === null ? 'waiting' : 'done'}>
              {t('gtnPage', one.actionId === null ? 'resolution_later' : 'in_plan')}
            </Chip>
            {one.actionId === null && may(view, 'turn_resolution') && (
              <Button size="table" onClick={() => setDialog({ turn: one.id })}>
                {t('gtnPage', 'turn')}
              </Button>
            )}
          </div>
        ))}
      </section>
      {dialog === 'hold' && <ConferenceDialog making={making} call={call} onClose={close} />}
      {dialog === 'no_quorum' && call && <NoQuorumDialog making={making} call={call} onClose={close} />}
      {dialog === 'call' && <CommandDialog form={callForm(making)} onClose={close} />}
      {dialog === 'postpone' && call && <CommandDialog form={postponeForm(making, call)} onClose={close} />}
      {dialog === 'cancel' && call && <CommandDialog form={cancelForm(making, call)} onClose={close} />}
      {typeof dialog === 'object' &&
        resolutions
          .filter((one) => one.id === dialog.turn)
          .map((one) => <CommandDialog key={one.id} form={turnForm(making, one)} onClose={close} />)}
    </div>
  )
}

/** One meeting: who came, how the child and the family took part, what was decided, what was said. */
function Held({ meeting, view }: { meeting: Conferences['held'][number]; view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const took = (who: 'child' | 'family') => {
    const part = who === 'child' ? meeting.childPart : meeting.familyPart
    const why = who === 'child' ? meeting.childWhyNot : meeting.familyWhyNot
    if (part === null) return null
    return `${t('gtnPage', who)}: ${sayCode('casePage', `part_${part}`)}${why ? ` (${sayCode('gtnPage', `not_${why}`)})` : ''}`
  }
  return (
    <div className="sheet-body stack">
      <h3>
        {longDate(meeting.heldOn, now)}{' '}
        {!meeting.quorate && <Chip kind="blocked">{t('gtnPage', 'no_quorum_chip')}</Chip>}
        {meeting.sealed && <Chip kind="waiting">{t('gtnPage', 'minutes_sealed')}</Chip>}
      </h3>
      <p className="note">
        {meeting.attendance
          .map((a) => {
            const how = a.present
              ? a.deputy
                ? t('gtnPage', 'deputy')
                : null
              : t('gtnPage', 'absent_because', { why: t('casePage', `absence_${a.absence ?? 'no_reply'}`) })
            return `${a.institution.name[language]}${how === null ? '' : ` (${how})`}`
          })
          .join(', ')}
      </p>
      {meeting.quorate && (
        <p className="note quiet">{[took('child'), took('family')].filter((x) => x !== null).join(' · ')}</p>
      )}
      {meeting.decisions.length > 0 && (
        <p>{meeting.decisions.map((d) => t('casePage', `decision_${d}`)).join(', ')}</p>
      )}
      {meeting.approvedPlan && <p className="note">{t('gtnPage', 'approved_plan')}</p>}
      {meeting.minutes !== null && <p className="narrative">{meeting.minutes}</p>}
      {meeting.minutes === null && meeting.quorate && view.tier !== 'T4' && (
        <Restricted>{t('gtnPage', 'minutes_hidden')}</Restricted>
      )}
      {meeting.childWords !== null && <blockquote className="narrative">{meeting.childWords}</blockquote>}
      {view.papers.includes('conference_minutes') && (
        <div className="row no-print">
          <TakePaper
            caseId={view.id}
            kind="conference_minutes"
            id={meeting.id}
            label={t('gtnPage', 'print_minutes')}
            about={longDate(meeting.heldOn, now)}
          />
        </div>
      )}
    </div>
  )
}
