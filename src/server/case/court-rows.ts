/** Matters before a court as rows: what is due is looked up, what became of it is counted. */
import type { CourtEvent } from '#domain/case/court-events.ts'
import type { CaseState } from '#domain/case/state.ts'
import type { WriteTx } from '../tx.ts'
import { insert, update } from './rows-sql.ts'

const courtOf = (e: CourtEvent): string => String(e.parts?.find((part) => part.name === 'court')?.body ?? '–')

export const writeCourt = (tx: WriteTx, s: CaseState, e: CourtEvent): void => {
  const of = { case_id: s.id }
  const { courtId } = e.facts
  const set = (values: Parameters<typeof update>[3]) => update(tx, 'court_case', courtId, values)
  switch (e.type) {
    case 'CourtCaseOpened':
      insert(tx, 'court_case', {
        id: courtId,
        ...of,
        measure_id: e.facts.measureId,
        matter: e.facts.matter,
        court: courtOf(e),
        stage: 'prepared',
        opened_at: e.facts.at,
        opened_by: e.facts.by,
      })
      return
    case 'CourtReportWritten':
      set({ report_on: e.facts.writtenOn })
      return
    case 'CourtFiled':
      set({ stage: 'filed', filed_on: e.facts.filedOn, court_ref: e.facts.courtRef })
      return
    case 'HearingSet':
      insert(tx, 'court_hearing', {
        id: e.facts.hearingId,
        court_id: courtId,
        ...of,
        hearing_at: e.facts.hearingAt,
      })
      set({ next_hearing_at: e.facts.hearingAt })
      return
    case 'HearingHeld':
      update(tx, 'court_hearing', e.facts.hearingId, {
        held: e.facts.held,
        worker_attended: e.facts.workerAttended,
        child_heard: e.facts.childHeard,
      })
      set({ next_hearing_at: null })
      return
    case 'CourtDecided':
      set({
        stage: 'decided',
        next_hearing_at: null,
        outcome: e.facts.outcome,
        decided_on: e.facts.decidedOn,
        until_day: e.facts.until,
        appeal_until: e.facts.appealUntil,
        check_on: e.facts.checkOn,
        review_on: e.facts.reviewOn,
      })
      return
    case 'CourtAppealed':
      set({ stage: 'appealed', appealed_on: e.facts.appealedOn, appellant: e.facts.appellant })
      return
    case 'AppealDecided':
      set({
        stage: e.facts.outcome === 'returned' ? 'filed' : 'final',
        appeal_outcome: e.facts.outcome,
        appeal_decided_on: e.facts.decidedOn,
        next_hearing_at: null,
      })
      return
    case 'CourtClosed':
      set({
        stage: e.facts.how,
        closed_on: e.facts.closedOn,
        next_hearing_at: null,
        ...(e.facts.how === 'withdrawn' ? { check_on: null } : {}),
      })
      return
    case 'ExecutionChecked':
      insert(tx, 'court_check', {
        id: e.facts.checkId,
        court_id: courtId,
        ...of,
        checked_on: e.facts.checkedOn,
        execution: e.facts.execution,
        hindrance: e.facts.hindrance,
      })
      set({ execution: e.facts.execution, hindrance: e.facts.hindrance, check_on: e.facts.nextOn })
      return
    case 'CourtReviewed':
      set({ reviewed_on: e.facts.reviewedOn, review_on: e.facts.nextOn })
      return
  }
}
