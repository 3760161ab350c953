/** Every `case.…` command: lock, be fresh, decide, remember, reply. */
import { decideRecordAssessment, decideSetRisk } from '#domain/case/assess.ts'
import {
  decideApproveClosure,
  decideProposeClosure,
  decideRecordFollowUp,
  decideReturnClosure,
} from '#domain/case/closure.ts'
import { decideHoldConference } from '#domain/case/conference.ts'
import { decideDecideMeasure, decideLiftMeasure, decideProposeMeasure } from '#domain/case/measure.ts'
import {
  decideAcceptTransfer,
  decideDeclineTransfer,
  decideRequestTransfer,
  decideResume,
  decideSuspend,
  decideWithdrawTransfer,
} from '#domain/case/move.ts'
import { decideAssign, decideReopen, decideTake } from '#domain/case/open.ts'
import {
  decideAddAction,
  decideAddGoal,
  decideApprovePlan,
  decideChangeAction,
  decideDraftPlan,
  decideReview,
  decideSetActionStatus,
  decideSetGoalStatus,
} from '#domain/case/plan.ts'
import {
  decideAddNote,
  decideAddPersonNear,
  decideRecordService,
  decideSetAlerts,
} from '#domain/case/record.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import { refuse } from '#domain/core.ts'
import { goesOver } from '#domain/supervision/caseload.ts'
import * as wire from '#wire/case.ts'
import type { CommandHandler } from '../command.ts'
import { findForm } from '../form/store.ts'
import { intakeRules } from '../report/options.ts'
import { loadsOf } from '../supervision/loads.ts'
import { supervisionLaw } from '../supervision/reference.ts'
import { act, adds, to } from './act.ts'
import {
  findLastChildDay,
  findReceivingUnit,
  findWorker,
  isAcceptedReport,
  unknownInstitution,
} from './lookup.ts'
import { caseLaw } from './reference.ts'

const unknownBody = (field: string) => refuse('unknown_code', field)

export const caseActs: readonly CommandHandler[] = [
  act('assign', wire.AssignCase, to('manager'), async (s, body, tx) => {
    const manager = body.managerId.toLowerCase()
    const loads = await loadsOf(tx, s.unitId, [manager])
    return decideAssign(
      s,
      {
        manager: await findWorker(tx, manager),
        deputy: body.deputyId === null ? null : await findWorker(tx, body.deputyId),
        reason: body.reason,
        over: s.managerId !== manager && goesOver(supervisionLaw, loads.get(manager) ?? 0, s),
      },
      tx.stamp,
    )
  }),
  act('take', wire.TakeCase, to('manager'), (s, _, tx) => decideTake(s, tx.stamp)),
  act(
    'record_assessment',
    wire.RecordAssessment,
    (body) => [`assessment_${body.form}`, ...(body.risk === null ? [] : ['risk'])],
    async (s, { form, formVersion, ...body }, tx) => {
      const definition = await findForm(tx, form, formVersion)
      if (definition === undefined) return unknownBody('formVersion')
      if (definition.effectiveFrom > tiranaDay(tx.now)) return refuse('form_not_in_force', 'formVersion')
      return decideRecordAssessment(s, body, tx.stamp, definition)
    },
  ),
  act('set_risk', wire.SetRisk, to('risk'), (s, body, tx) => decideSetRisk(s, body, tx.stamp)),

  act('draft_plan', wire.DraftPlan, to('plan', 'status'), async (s, body, tx) => {
    const ids = body.goals.flatMap((g) => g.actions.map((a) => a.institutionId))
    if (await unknownInstitution(tx, ids)) return unknownBody('goals')
    return decideDraftPlan(s, body, tx.stamp)
  }),
  act('add_goal', wire.AddGoal, adds, (s, body, tx) => decideAddGoal(s, body, tx.stamp)),
  act('add_action', wire.AddAction, adds, async (s, body, tx) =>
    (await unknownInstitution(tx, [body.institutionId]))
      ? unknownBody('institutionId')
      : decideAddAction(s, body, tx.stamp),
  ),
  act(
    'change_action',
    wire.ChangeAction,
    (body) => [body.actionId],
    async (s, body, tx) =>
      (await unknownInstitution(tx, [body.institutionId]))
        ? unknownBody('institutionId')
        : decideChangeAction(s, body, tx.stamp),
  ),
  act(
    'set_action_status',
    wire.SetActionStatus,
    (body) => [body.actionId],
    (s, body, tx) => decideSetActionStatus(s, body, tx.stamp),
  ),
  act(
    'set_goal_status',
    wire.SetGoalStatus,
    (body) => [body.goalId],
    (s, body, tx) => decideSetGoalStatus(s, body, tx.stamp),
  ),
  act(
    'hold_conference',
    wire.HoldConference,
    (body) => (body.conferenceId === null ? [] : ['conference_call']),
    async (s, body, tx) =>
      (await unknownInstitution(
        tx,
        [...body.attendance, ...body.resolutions].map((a) => a.institutionId),
      ))
        ? unknownBody('attendance')
        : decideHoldConference(s, body, tx.stamp, caseLaw),
  ),
  act('approve_plan', wire.ApprovePlan, to('plan', 'status'), (s, body, tx) =>
    decideApprovePlan(s, body, tx.stamp, caseLaw),
  ),
  act('review', wire.ReviewPlan, to('plan', 'status'), (s, body, tx) => decideReview(s, body, tx.stamp)),

  act('record_service', wire.RecordService, adds, async (s, body, tx) =>
    (await unknownInstitution(tx, [body.providerId]))
      ? unknownBody('providerId')
      : decideRecordService(s, body, tx.stamp),
  ),
  act('add_note', wire.AddNote, adds, (s, body, tx) => decideAddNote(s, body, tx.stamp)),
  act('set_alerts', wire.SetAlerts, to('alerts'), (s, body, tx) => decideSetAlerts(s, body, tx.stamp)),
  act('add_person_near', wire.AddPersonNear, adds, (s, body, tx) => decideAddPersonNear(s, body, tx.stamp)),

  act('propose_measure', wire.ProposeMeasure, adds, async (s, body, tx) =>
    decideProposeMeasure(s, body, tx.stamp, await findLastChildDay(tx, s.personId)),
  ),
  act('decide_measure', wire.DecideMeasure, to('measures'), async (s, body, tx) =>
    decideDecideMeasure(s, body, tx.stamp, {
      childUntil: await findLastChildDay(tx, s.personId),
      emergencyHours: caseLaw.emergencyHours,
    }),
  ),
  act('lift_measure', wire.LiftMeasure, to('measures'), (s, body, tx) =>
    decideLiftMeasure(s, body, tx.stamp),
  ),

  act('propose_closure', wire.ProposeClosure, to('status', 'plan', 'risk', 'measures'), (s, body, tx) =>
    decideProposeClosure(s, body, tx.stamp),
  ),
  act('approve_closure', wire.ApproveClosure, to('closure', 'risk', 'measures'), (s, _, tx) =>
    decideApproveClosure(s, tx.stamp),
  ),
  act('return_closure', wire.ReturnClosure, to('closure'), (s, body, tx) =>
    decideReturnClosure(s, body, tx.stamp),
  ),
  act('record_follow_up', wire.RecordFollowUp, to('follow_ups'), (s, body, tx) =>
    decideRecordFollowUp(s, body, tx.stamp),
  ),
  act('reopen', wire.ReopenCase, to('status'), async (s, body, tx) => {
    const strange = body.concerns.findIndex((code) => !intakeRules.concerns.includes(code))
    if (strange >= 0) return unknownBody(`concerns.${strange}`)
    const accepted = body.reportId !== null && (await isAcceptedReport(tx, body.reportId))
    return decideReopen(s, { ...body, reportId: accepted ? body.reportId : null }, tx.stamp)
  }),

  act('request_transfer', wire.RequestTransfer, to('transfer'), async (s, body, tx) =>
    decideRequestTransfer(
      s,
      { to: await findReceivingUnit(tx, body.toUnitId), reason: body.reason },
      tx.stamp,
    ),
  ),
  act('accept_transfer', wire.AcceptTransfer, to('transfer'), (s, _, tx) =>
    decideAcceptTransfer(s, tx.stamp),
  ),
  act('decline_transfer', wire.DeclineTransfer, to('transfer'), (s, body, tx) =>
    decideDeclineTransfer(s, body, tx.stamp),
  ),
  act('withdraw_transfer', wire.WithdrawTransfer, to('transfer'), (s, _, tx) =>
    decideWithdrawTransfer(s, tx.stamp),
  ),
  act('suspend', wire.SuspendCase, to('suspension'), (s, body, tx) => decideSuspend(s, body, tx.stamp)),
  act('resume', wire.ResumeCase, to('suspension'), (s, body, tx) => decideResume(s, body, tx.stamp)),
]
