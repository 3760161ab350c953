/** Each event as rows: what is counted and looked up goes to tables of its own, text to the table of its tier. */
import { type CaseEvent, subjectOf } from '#domain/case/events.ts'
import type { CaseState } from '#domain/case/state.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Json } from '#domain/core.ts'
import { uuidv7 } from '../ids.ts'
import { takeOverExits, writePlacement } from '../placement/rows.ts'
import { type Place, sealed } from '../sealing/index.ts'
import type { WriteTx } from '../tx.ts'
import { writeCourt } from './court-rows.ts'
import { endCall, writeGtn } from './gtn-rows.ts'
import { insert, update } from './rows-sql.ts'

/** The reader's tier decides where each text lies; answers lie question by question. */
const writeTexts = (tx: WriteTx, s: CaseState, e: CaseEvent): void => {
  for (const part of e.parts ?? []) {
    const sensitive = part.tier === 'T4'
    // Appending this very part has opened the case's key.
    const stored = (at: Place['at'], name: string, value: Json): Json =>
      sensitive ? sealed(tx, { record: { kind: 'case_file', id: s.id }, tier: 'T4', at, name }, value) : value
    if (part.name === 'answers' && e.type === 'AssessmentRecorded') {
      const table = sensitive ? 'answer_sensitive' : 'answer_named'
      const { assessmentId } = e.facts
      const answers = Object.entries(part.body as { readonly [key: string]: Json })
      tx.later(
        `insert into ${table} (assessment_id, case_id, question_key, value) select $1::uuid, $2::uuid, key, value from jsonb_each($3)`,
        [
          assessmentId,
          s.id,
          JSON.stringify(
            Object.fromEntries(answers.map(([key, value]) => [key, stored(assessmentId, key, value)])),
          ),
        ],
      )
    } else if (part.name !== 'person') {
      const id = uuidv7()
      insert(tx, sensitive ? 'case_text_sensitive' : 'case_text', {
        id,
        case_id: s.id,
        subject_id: subjectOf(e) ?? s.id,
        name: part.name,
        body: JSON.stringify(stored(id, part.name, part.body)),
        at: tx.now,
      })
    }
  }
}

const writeFacts = (tx: WriteTx, s: CaseState, e: CaseEvent): void => {
  const of = { case_id: s.id }
  switch (e.type) {
    case 'AssessmentRecorded': {
      const f = e.facts
      insert(tx, 'assessment', {
        id: f.assessmentId,
        ...of,
        form: f.form,
        form_version: f.formVersion,
        at: f.at,
        by_id: f.by,
        episode: s.episode,
        child_seen_at: f.childSeenAt,
      })
      if (Object.keys(f.answers).length > 0)
        tx.later(
          'insert into answer (assessment_id, case_id, question_key, value) select $1::uuid, $2::uuid, key, value from jsonb_each($3)',
          [f.assessmentId, s.id, JSON.stringify(f.answers)],
        )
      return
    }
    case 'ReportAttached':
      insert(tx, 'case_report', { ...of, report_id: e.facts.reportId, at: e.facts.at })
      return
    case 'CaseReopened':
      if (e.facts.reportId !== null)
        tx.later(
          'insert into case_report (case_id, report_id, at) values ($1, $2, $3) on conflict do nothing',
          [s.id, e.facts.reportId, e.facts.at],
        )
      // A visit found the child exploited: that is its word on this reopening.
      if (e.facts.followUp !== null)
        insert(tx, 'reopening_judgement', {
          id: uuidv7(),
          ...of,
          episode: s.episode,
          reopened_on: tiranaDay(e.facts.at),
          reexploited: 'yes',
          evidence: ['follow_up'],
          by_id: e.facts.by,
          at: e.facts.at,
        })
      return
    case 'PlanDrafted':
      insert(tx, 'plan', {
        id: e.facts.planId,
        ...of,
        number: e.facts.number,
        status: 'draft',
        drafted_at: e.facts.at,
      })
      return
    case 'GoalAdded':
      insert(tx, 'plan_goal', { id: e.facts.goalId, plan_id: e.facts.planId, ...of, area: e.facts.area })
      return
    case 'ActionAdded': {
      const f = e.facts
      insert(tx, 'plan_action', {
        id: f.actionId,
        plan_id: f.planId,
        goal_id: f.goalId,
        ...of,
        service: f.service,
        institution_id: f.institutionId,
        due: f.due,
        cost_lek: f.costLek,
        funding: f.funding,
      })
      return
    }
    case 'ActionChanged': {
      const f = e.facts
      update(tx, 'plan_action', f.actionId, {
        institution_id: f.institutionId,
        due: f.due,
        cost_lek: f.costLek,
        funding: f.funding,
      })
      return
    }
    case 'ActionStatusSet':
      update(tx, 'plan_action', e.facts.actionId, { status: e.facts.status, done_on: e.facts.doneOn })
      return
    case 'GoalStatusSet':
      update(tx, 'plan_goal', e.facts.goalId, { status: e.facts.status })
      return
    case 'PlanApproved':
      update(tx, 'plan', e.facts.planId, {
        status: 'approved',
        approved_at: e.facts.at,
        approved_by: e.facts.by,
        conference_id: e.facts.conferenceId,
        child_view: e.facts.childView,
      })
      return
    case 'PlanReviewed':
      if (e.facts.outcome === 'revise') update(tx, 'plan', e.facts.planId, { status: 'draft' })
      return
    case 'ConferenceHeld': {
      const f = e.facts
      insert(tx, 'case_conference', {
        id: f.conferenceId,
        ...of,
        held_on: f.heldOn,
        child_part: f.childPart,
        child_why_not: f.childWhyNot ?? null,
        family_part: f.familyPart,
        family_why_not: f.familyWhyNot ?? null,
        sealed: f.sealed === true,
        decisions: f.decisions,
        plan_id: f.planId,
        by_id: f.by,
        at: f.at,
      })
      for (const institution of f.present)
        insert(tx, 'case_attendance', {
          conference_id: f.conferenceId,
          ...of,
          institution_id: institution,
          present: true,
          deputy: f.deputies?.includes(institution) ?? false,
        })
      if (f.called === true) endCall(tx, f.conferenceId, 'held')
      return
    }
    case 'ConferenceCalled':
    case 'ConferencePostponed':
    case 'ConferenceCancelled':
    case 'ConferenceWithoutQuorum':
    case 'ResolutionMade':
    case 'ResolutionTurned':
      writeGtn(tx, s, e)
      return
    case 'MemberAbsent':
      insert(tx, 'case_attendance', {
        conference_id: e.facts.conferenceId,
        ...of,
        institution_id: e.facts.institutionId,
        present: false,
        absence: e.facts.reason,
      })
      return
    case 'ServiceRecorded': {
      const f = e.facts
      insert(tx, 'service_delivery', {
        id: f.serviceId,
        ...of,
        action_id: f.actionId,
        service: f.service,
        setting: f.setting,
        beneficiary: f.beneficiary,
        provider_id: f.providerId,
        from_day: f.from,
        until_day: f.until,
        cost_lek: f.costLek,
        by_id: f.by,
        at: f.at,
      })
      return
    }
    case 'NoteAdded': {
      const f = e.facts
      insert(tx, 'case_note', {
        id: f.noteId,
        ...of,
        kind: f.kind,
        tier: f.tier,
        happened_on: f.happenedOn,
        has_words: f.hasWords,
        by_id: f.by,
        at: f.at,
      })
      return
    }
    case 'AlertsSet': {
      const safe = e.parts?.find((part) => part.name === 'safeContact')
      if (typeof safe?.body === 'string') update(tx, 'case_file_named', s.id, { safe_contact: safe.body })
      return
    }
    case 'PersonNearAdded': {
      const person = e.parts?.find((part) => part.name === 'person')?.body as unknown as {
        name: string
        livesWithChild: boolean | null
        phone: string | null
        remark: string | null
      }
      insert(tx, 'case_person_near', {
        id: e.facts.nearId,
        ...of,
        name: person.name,
        relationship: e.facts.relationship,
        contact: e.facts.contact,
        lives_with_child: person.livesWithChild,
        phone: person.phone,
        remark: person.remark,
        by_id: e.facts.by,
        at: e.facts.at,
      })
      return
    }
    case 'MeasureProposed':
      insert(tx, 'protection_measure', {
        id: e.facts.measureId,
        ...of,
        kind: e.facts.kind,
        ground: e.facts.ground,
        status: 'proposed',
        parents_cooperate: e.facts.parentsCooperate,
        proposed_by: e.facts.by,
        proposed_at: e.facts.at,
      })
      return
    case 'MeasureDecided': {
      const f = e.facts
      // Filing decides nothing, and a later step that says no day leaves the one that was said.
      update(tx, 'protection_measure', f.measureId, {
        status: f.status,
        ...(f.status === 'court_filed' ? {} : { decided_by: f.decidedBy, decided_on: f.decidedOn }),
        ...(f.from === null ? {} : { from_day: f.from }),
        ...(f.until === null ? {} : { until_day: f.until }),
        ...(f.courtRef === null ? {} : { court_ref: f.courtRef }),
      })
      return
    }
    case 'MeasureEnded':
      update(tx, 'protection_measure', e.facts.measureId, {
        status: e.facts.status,
        ended_on: e.facts.endedOn,
        replaced_by: e.facts.replacedBy ?? null,
      })
      return
    case 'MeasureReviewBegun':
      update(tx, 'protection_measure', e.facts.measureId, { status: 'under_review' })
      return
    case 'MeasureReviewed':
      update(tx, 'protection_measure', e.facts.measureId, {
        status: 'in_force',
        reviewed_on: e.facts.reviewedOn,
        ...(e.facts.until === null ? {} : { until_day: e.facts.until }),
      })
      return
    case 'CourtCaseOpened':
    case 'CourtReportWritten':
    case 'CourtFiled':
    case 'HearingSet':
    case 'HearingHeld':
    case 'CourtDecided':
    case 'CourtAppealed':
    case 'AppealDecided':
    case 'CourtClosed':
    case 'ExecutionChecked':
    case 'CourtReviewed':
      writeCourt(tx, s, e)
      return
    case 'PlacementPlanned':
    case 'PlacementBegun':
    case 'PlacementCancelled':
    case 'PlacementMoved':
    case 'PlacementEnded':
    case 'PlacementReviewed':
    case 'PlacementVisited':
    case 'ExitVisited':
    case 'CareStepTaken':
    case 'LeavingPlanMade':
    case 'LeavingStepAdded':
    case 'LeavingStepSet':
    case 'LeavingPlanEnded':
      writePlacement(tx, s, e)
      return
    case 'CaseClosed':
      takeOverExits(tx, s)
      for (const f of e.facts.followUps)
        insert(tx, 'follow_up', { id: uuidv7(), ...of, episode: s.episode, month: f.month, due: f.due })
      return
    case 'FollowUpRecorded':
      tx.later(
        `update follow_up set done_at = $4, seen_on = $5, seen = $6, reexploited = $7, by_id = $8
         where case_id = $1 and episode = $2 and month = $3`,
        [
          s.id,
          s.episode,
          e.facts.month,
          e.facts.at,
          e.facts.seenOn,
          e.facts.seen,
          e.facts.reexploited,
          e.facts.by,
        ],
      )
      return
    case 'TransferRequested':
      insert(tx, 'transfer', {
        id: e.facts.transferId,
        ...of,
        from_unit_id: s.unitId,
        to_unit_id: e.facts.toUnitId,
        requested_by: e.facts.by,
        requested_at: e.facts.at,
        status: 'pending',
      })
      return
    case 'TransferAccepted':
    case 'TransferDeclined':
    case 'TransferWithdrawn': {
      const answers = {
        TransferAccepted: 'accepted',
        TransferDeclined: 'declined',
        TransferWithdrawn: 'withdrawn',
      } as const
      update(tx, 'transfer', e.facts.transferId, {
        status: answers[e.type],
        answered_by: e.facts.by,
        answered_at: e.facts.at,
      })
      return
    }
    case 'CaseOpened':
    case 'CaseAssigned':
    case 'RiskLevelSet':
    case 'InitialAssessmentDone':
    case 'ComprehensiveAssessmentDone':
    case 'ClosureProposed':
    case 'ClosureReturned':
    case 'CaseSuspended':
    case 'CaseResumed':
    case 'IdentificationRecorded':
    // The file's own row is finished by the command that attaches it.
    case 'AttachmentAdded':
      return
  }
}

/** The rows first, then the text that hangs on them. */
export const writeRows = (tx: WriteTx, s: CaseState, e: CaseEvent): void => {
  writeFacts(tx, s, e)
  writeTexts(tx, s, e)
}
