import { useState } from 'react'
import { type CaseView, may } from '#web/case/types.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Chip, Restricted } from '#web/design/Chip.tsx'
import { useNow } from '#web/design/now.ts'
import { Empty, Loading } from '#web/design/States.tsx'
import type { StageKind } from '#web/design/signs.tsx'
import { clockTime, dayOf, longDate } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { TakePaper } from '#web/document/TakePaper.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { CourtCaseView } from '#wire/case.ts'
import { actWord, type CourtAct, courtForm, offeredActs, openForm } from './forms.ts'

const chipOf: Record<CourtCaseView['stage'], StageKind> = {
  prepared: 'waiting',
  filed: 'going',
  decided: 'done',
  appealed: 'going',
  final: 'done',
  withdrawn: 'blocked',
}

/** Matters of the case before courts: each with what it is, where it stands, and what may be done next. */
export default function CourtPart({ view }: { view: CaseView }) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const read = useGet<{ items: readonly CourtCaseView[] }>(`/api/cases/${view.id}/court`)
  const [dialog, setDialog] = useState<'open' | { act: CourtAct; court: CourtCaseView }>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const making = { view, t, about: undefined, language, units: [], workers: [], today: dayOf(now) }
  const close = () => {
    setDialog(undefined)
    void read.refetch()
  }
  const { items } = read.data
  return (
    <section className="sheet" aria-labelledby="court">
      <div className="sheet-head">
        <h2 id="court">{t('courtPage', 'title')}</h2>
        {may(view, 'open_court_case') && (
          <Button kind="quiet" icon="plus.bold" onClick={() => setDialog('open')}>
            {t('courtPage', 'open')}
          </Button>
        )}
      </div>
      {items.length === 0 && <Empty icon="gavel" title={t('courtPage', 'none')} />}
      {items.map((court) => (
        <Matter key={court.id} court={court} view={view} onAct={(act) => setDialog({ act, court })} />
      ))}
      {dialog === 'open' && <CommandDialog form={openForm(making)} onClose={close} />}
      {typeof dialog === 'object' && (
        <CommandDialog form={courtForm(making, dialog.act, dialog.court)} onClose={close} />
      )}
    </section>
  )
}

function Matter({
  court,
  view,
  onAct,
}: {
  court: CourtCaseView
  view: CaseView
  onAct: (act: CourtAct) => void
}) {
  const t = useWords()
  const now = useNow()
  const when = (day: string) => longDate(day, now)
  const facts = [
    court.court,
    court.courtRef,
    court.filedOn === null ? null : `${t('courtPage', 'filed_on')} ${when(court.filedOn)}`,
    court.reportOn === null ? null : t('courtPage', 'report_on', { when: when(court.reportOn) }),
  ]
  const next = [
    court.nextHearingAt === null
      ? null
      : t('courtPage', 'hearing_next', {
          when: `${when(court.nextHearingAt)}, ${clockTime(court.nextHearingAt)}`,
        }),
    court.stage === 'decided' && court.appealUntil !== null
      ? t('courtPage', 'appeal_until', { when: when(court.appealUntil) })
      : null,
    court.checkOn === null ? null : t('courtPage', 'check_on', { when: when(court.checkOn) }),
    court.reviewOn === null ? null : `${t('courtPage', 'review_on')} ${when(court.reviewOn)}`,
  ].filter((line) => line !== null)
  const acts = offeredActs(court, view.allowed)
  return (
    <div className="sheet-body stack">
      <h3>
        {t('courtPage', `matter_${court.matter}`)}{' '}
        <Chip kind={chipOf[court.stage]}>{t('courtPage', `stage_${court.stage}`)}</Chip>
      </h3>
      <p className="note quiet">{facts.filter(Boolean).join(' · ')}</p>
      {court.reportOn === null && court.stage !== 'withdrawn' && (
        <p className="note">{t('courtPage', 'report_missing')}</p>
      )}
      {court.claim !== null && <p className="narrative">{court.claim}</p>}
      {court.outcome !== null && court.decidedOn !== null && (
        <p>
          <b>{t('courtPage', `outcome_${court.outcome}`)}</b>, {when(court.decidedOn)}
          {court.until !== null && ` – ${when(court.until)}`}
          {court.appealOutcome !== null &&
            ` · ${t('courtPage', 'appeal_outcome')}: ${t('courtPage', `appeal_${court.appealOutcome}`)}`}
        </p>
      )}
      {court.reasons !== null && <p className="narrative">{court.reasons}</p>}
      {court.report !== null && (
        <details>
          <summary>{t('courtPage', 'report')}</summary>
          <p className="narrative">{court.report}</p>
        </details>
      )}
      {court.reportOn !== null && court.report === null && (
        <Restricted>{t('courtPage', 'report_hint')}</Restricted>
      )}
      {court.hearings
        .filter((one) => one.held !== null)
        .map((one) => (
          <p key={one.id} className="note">
            {t('courtPage', 'hearing')} {when(one.hearingAt)}:{' '}
            {t('courtPage', one.held ? 'hearing_yes' : 'hearing_no')}
            {one.childHeard !== null &&
              ` · ${t('courtPage', 'child_heard')} ${t('courtPage', `heard_${one.childHeard}`)}`}
            {one.notes !== null && ` · ${one.notes}`}
          </p>
        ))}
      {court.checks.map((one) => (
        <p key={one.id} className="note">
          {when(one.checkedOn)}: {t('courtPage', `execution_${one.execution}`)}
          {one.hindrance !== null && ` (${t('courtPage', `hindrance_${one.hindrance}`)})`}
          {one.findings !== null && ` · ${one.findings}`}
        </p>
      ))}
      {next.length > 0 && (
        <p>
          <b>{next.join(' · ')}</b>
        </p>
      )}
      {(acts.length > 0 || view.papers.includes('court_dossier')) && (
        <div className="row no-print">
          {acts.map((act) => (
            <Button key={act} size="table" onClick={() => onAct(act)}>
              {t('courtPage', actWord[act])}
            </Button>
          ))}
          {view.papers.includes('court_dossier') && (
            <TakePaper
              caseId={view.id}
              kind="court_dossier"
              id={court.id}
              label={t('courtPage', 'print_dossier')}
              about={t('courtPage', `matter_${court.matter}`)}
            />
          )}
        </div>
      )}
    </div>
  )
}
