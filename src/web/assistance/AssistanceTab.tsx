import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { phases } from '#domain/assistance/file.ts'
import { isEnded } from '#domain/outcome/need.ts'
import { useGet } from '#web/client/api.ts'
import { Button } from '#web/design/Button.tsx'
import { Callout, Chip } from '#web/design/Chip.tsx'
import { TaskList } from '#web/design/Lists.tsx'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { dayOf, longDate } from '#web/design/time.ts'
import { sayCode, useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import type { NrmTabProps } from '#web/nrm/types.ts'
import { FailedPart } from '#web/shell/Failed.tsx'
import type { AssistanceView } from '#wire/assistance.ts'
import { type Dialog, formOf } from './forms.ts'
import { Costs, Part, Quiet, Reports, Services } from './parts.tsx'
import { SafetyPart } from './SafetyPart.tsx'
import { fundingWord, lekWord, lifeWord, serviceWord, word } from './words.ts'
import '#web/case/case.css'

type Act = (dialog: Dialog) => void

function PhasePart({ view, onAct }: { view: AssistanceView; onAct: Act }) {
  const t = useWords()
  const at = view.phase === null ? -1 : phases.indexOf(view.phase)
  const blocked = view.steps.filter((one) => one.bar !== null && phases.indexOf(one.to) > at)
  return (
    <Part id="assistance-phases" title={word(t, 'phases')}>
      <div className="sheet-body stack">
        <TaskList
          label={word(t, 'phases')}
          tasks={phases.map((phase, n) => ({
            id: phase,
            name: sayCode('nrmPage', `phase_${phase}`),
            status: word(t, n < at ? 'phase_done' : n === at ? 'phase_now' : 'phase_next'),
            kind: n < at || (n === at && phase === 'EXITED') ? 'done' : n === at ? 'going' : 'blocked',
          }))}
        />
        {view.mayWrite && blocked.length > 0 && (
          <Callout tone="plain">
            {blocked.map((one) => (
              <p key={one.to}>
                <b>{sayCode('nrmPage', `phase_${one.to}`)}</b>: {one.bar}
              </p>
            ))}
          </Callout>
        )}
        {view.mayWrite && (
          <p className="row no-print">
            {view.steps
              .filter((one) => one.bar === null)
              .map((one) => {
                const back = phases.indexOf(one.to) < at
                return (
                  <Button
                    key={one.to}
                    kind={back ? 'quiet' : 'primary'}
                    onClick={() => onAct({ act: 'phase', to: one.to })}
                  >
                    {back
                      ? word(t, 'go_back')
                      : t('assistancePage', 'go_on', { phase: sayCode('nrmPage', `phase_${one.to}`) })}
                  </Button>
                )
              })}
          </p>
        )}
        <p className="note quiet">{word(t, 'equal')}</p>
      </div>
    </Part>
  )
}

function NeedsPart({ view, onAct }: { view: AssistanceView; onAct: Act }) {
  const t = useWords()
  const now = useNow()
  const child = view.subject === 'child'
  return (
    <Part
      id="assistance-needs"
      title={word(t, 'needs')}
      add={word(t, 'need_add')}
      onAdd={view.mayWrite && !child ? () => onAct({ act: 'need' }) : null}
    >
      {child && view.caseId !== null && (
        <p className="sheet-body note">
          <Link to="/cases/$id" params={{ id: view.caseId }}>
            {word(t, 'needs_case')}
          </Link>
        </p>
      )}
      {view.needs.length === 0 && !child && <Quiet>{word(t, 'needs_none')}</Quiet>}
      {view.needs.map((need) => (
        <div className="item" key={need.id}>
          <div>
            <b>{serviceWord(need.kind)}</b>
            <p className="note quiet">
              {word(t, `for_${need.beneficiary}`)} · {word(t, 'need_found')} {longDate(need.foundOn, now)}
            </p>
            {need.remark !== null && <p className="narrative">{need.remark}</p>}
          </div>
          <Chip kind={isEnded(need.state) ? (need.state === 'MET' ? 'done' : 'blocked') : 'waiting'}>
            {sayCode('outcomePage', `state_${need.state}`)}
          </Chip>
          {view.mayWrite && need.of === 'file' && !isEnded(need.state) && (
            <Button size="table" onClick={() => onAct({ act: 'end_need', id: need.id })}>
              {word(t, 'need_end')}
            </Button>
          )}
        </div>
      ))}
    </Part>
  )
}

function ActionsPart({ view, onAct }: { view: AssistanceView; onAct: Act }) {
  const t = useWords()
  const now = useNow()
  const today = dayOf(now)
  return (
    <Part
      id="assistance-plan"
      title={word(t, 'actions')}
      add={word(t, 'action_add')}
      onAdd={view.mayWrite ? () => onAct({ act: 'action' }) : null}
    >
      {view.actions.length === 0 && <Quiet>{word(t, 'actions_none')}</Quiet>}
      {view.actions.map((one) => {
        const open = one.status === 'planned' || one.status === 'under_way'
        const late = open && one.due !== null && one.due < today
        return (
          <div className="item" key={one.id}>
            <div>
              <b>{serviceWord(one.service)}</b>
              {one.text !== null && <p className="narrative">{one.text}</p>}
              <p className="note quiet">
                {[
                  one.provider,
                  one.due === null ? null : `${word(t, 'action_due')} ${longDate(one.due, now)}`,
                  lekWord(t, one.costLek),
                  fundingWord(t, one.funding),
                  one.of === 'case' ? word(t, 'of_case') : null,
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </p>
            </div>
            <Chip kind={late ? 'late' : one.status === 'done' ? 'done' : open ? 'going' : 'blocked'}>
              {word(t, `action_${one.status}`)}
            </Chip>
            {view.mayWrite && one.of === 'file' && open && (
              <Button size="table" onClick={() => onAct({ act: 'end_action', id: one.id })}>
                {word(t, 'action_end')}
              </Button>
            )}
          </div>
        )
      })}
    </Part>
  )
}

function ChildrenPart({ view, onAct }: { view: AssistanceView; onAct: Act }) {
  const t = useWords()
  const now = useNow()
  return (
    <Part
      id="assistance-children"
      title={word(t, 'children')}
      add={word(t, 'child_add')}
      onAdd={view.mayWrite ? () => onAct({ act: 'child' }) : null}
    >
      {view.children.length === 0 && <Quiet>{word(t, 'children_none')}</Quiet>}
      {view.children.map((child) => (
        <div className="item" key={child.id}>
          <div>
            <b>{[child.given, child.family].filter(Boolean).join(' ') || word(t, 'unnamed')}</b>
            <p className="note quiet">
              {[
                child.bornTo === null ? null : String(child.bornTo),
                word(t, child.livesWith ? 'lives_with' : 'lives_apart'),
                `${word(t, 'child_consent')}: ${word(t, `consent_${child.consentBy}`)}, ${longDate(child.consentOn, now)}`,
                t('assistancePage', 'services_count', { count: child.services }),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </p>
          </div>
          {child.caseId !== null ? (
            <Link to="/cases/$id" params={{ id: child.caseId }}>
              {word(t, 'child_case')}
            </Link>
          ) : (
            view.mayWrite && (
              <Button size="table" onClick={() => onAct({ act: 'link_case', id: child.id })}>
                {word(t, 'child_case_link')}
              </Button>
            )
          )}
        </div>
      ))}
    </Part>
  )
}

function StaysPart({ view, onAct }: { view: AssistanceView; onAct: Act }) {
  const t = useWords()
  const now = useNow()
  const open = view.stays.some((one) => one.status === 'in_place')
  const may = view.mayWrite && !open
  return (
    <Part
      id="assistance-stays"
      title={word(t, 'stays')}
      add={word(t, 'stay_begin')}
      onAdd={may && view.beds.length > 0 ? () => onAct({ act: 'stay' }) : null}
    >
      {may && view.beds.length === 0 && (
        <p className="sheet-body note">
          <Link to="/care">{word(t, 'stay_bed_none')}</Link>
        </p>
      )}
      {view.stays.map((stay) => (
        <div className="item" key={stay.id}>
          <div>
            <b>{stay.shelter ?? word(t, 'stay_hidden')}</b>
            <p className="note quiet">
              {stay.endedOn === null
                ? t('assistancePage', 'stay_since', { day: longDate(stay.startedOn, now) })
                : t('assistancePage', 'stay_from_to', {
                    from: longDate(stay.startedOn, now),
                    until: longDate(stay.endedOn, now),
                    to: word(t, `to_${stay.leavesTo}`),
                  })}
            </p>
          </div>
          {view.mayWrite && stay.status === 'in_place' && (
            <Button size="table" onClick={() => onAct({ act: 'end_stay', id: stay.id })}>
              {word(t, 'stay_end')}
            </Button>
          )}
        </div>
      ))}
    </Part>
  )
}

function VisitsPart({ view, onAct }: { view: AssistanceView; onAct: Act }) {
  const t = useWords()
  const now = useNow()
  const today = dayOf(now)
  const waits = view.followUps.some((one) => one.seenOn === null)
  return (
    <Part
      id="assistance-visits"
      title={word(t, 'follow_ups')}
      add={word(t, 'visit_add')}
      onAdd={view.mayWrite && waits ? () => onAct({ act: 'visit' }) : null}
    >
      {view.lost !== null && (
        <div className="sheet-body">
          <Callout tone="soon">
            {t('assistancePage', 'lost', { day: longDate(view.lost.lastOn, now), n: view.lost.attempts })}
          </Callout>
        </div>
      )}
      {view.followUps.map((one) => (
        <div className="item" key={one.month}>
          <div>
            <b>{t('assistancePage', 'month', { count: one.month })}</b>
            <p className="note quiet">
              {one.seenOn === null
                ? null
                : [
                    t('assistancePage', 'visit_seen', { day: longDate(one.seenOn, now) }),
                    lifeWord(one.living),
                    `${t('outcomePage', 'status_job')}: ${lifeWord(one.job)}`,
                    `${t('outcomePage', 'status_network')}: ${lifeWord(one.network)}`,
                  ].join(' · ')}
            </p>
          </div>
          {one.good === null ? (
            <Chip kind={one.due < today ? 'late' : 'waiting'}>
              {t('assistancePage', 'visit_due', { day: longDate(one.due, now) })}
            </Chip>
          ) : (
            <Chip kind={one.good ? 'done' : 'near'}>{word(t, one.good ? 'good_yes' : 'good_no')}</Chip>
          )}
        </div>
      ))}
      {view.mayWrite && (
        <p className="sheet-body row no-print">
          <Button size="table" onClick={() => onAct({ act: 'lost' })}>
            {word(t, 'lost_add')}
          </Button>
        </p>
      )}
    </Part>
  )
}

/** Assistance of one file: where it stands and what stands in the way, safety, plan, services and costs, children, monitoring. */
export default function AssistanceTab({ nrm }: NrmTabProps) {
  const t = useWords()
  const now = useNow()
  const { language } = useLanguage()
  const read = useGet<AssistanceView>(`/api/nrm/${nrm.id}/assistance`, { lang: language })
  const [dialog, setDialog] = useState<Dialog>()
  if (read.isPending) return <Loading />
  if (!read.data) return <FailedPart error={read.error} onRetry={() => void read.refetch()} />
  const view = read.data
  const adult = view.subject === 'adult'
  return (
    <div className="stack">
      <PhasePart view={view} onAct={setDialog} />
      <SafetyPart view={view} onAct={setDialog} />
      <NeedsPart view={view} onAct={setDialog} />
      <ActionsPart view={view} onAct={setDialog} />
      <Part
        id="assistance-services"
        title={word(t, 'services')}
        add={word(t, 'service_add')}
        onAdd={view.mayWrite ? () => setDialog({ act: 'service' }) : null}
      >
        <Services rows={view.services} none={word(t, 'services_none')} />
      </Part>
      {view.services.length > 0 && <Costs costs={view.costs} />}
      {(adult || view.children.length > 0) && <ChildrenPart view={view} onAct={setDialog} />}
      {adult && <StaysPart view={view} onAct={setDialog} />}
      <Part
        id="assistance-reports"
        title={word(t, 'reports')}
        add={word(t, 'report_add')}
        onAdd={view.mayWrite ? () => setDialog({ act: 'report' }) : null}
      >
        <Reports rows={view.reports} none={t('assistancePage', 'reports_none', { days: view.reportDays })} />
      </Part>
      <VisitsPart view={view} onAct={setDialog} />
      {dialog !== undefined && (
        <CommandDialog
          form={formOf({ t, id: nrm.id, view, today: dayOf(now) }, dialog)}
          onClose={() => {
            setDialog(undefined)
            void read.refetch()
          }}
        />
      )}
    </div>
  )
}
