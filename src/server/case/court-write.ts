/** Commands on matters before a court and on the review of measures. */
import {
  decideAppeal,
  decideAppealDecision,
  decideCheckExecution,
  decideCloseCourtCase,
  decideCourtDecision,
  decideFileCourtCase,
  decideHoldHearing,
  decideOpenCourtCase,
  decideReviewCourtCase,
  decideSetHearing,
  decideWriteCourtReport,
} from '#domain/case/court.ts'
import { decideReviewMeasure } from '#domain/case/measure.ts'
import * as wire from '#wire/case.ts'
import type { CommandHandler } from '../command.ts'
import { act, to } from './act.ts'
import { findLastChildDay } from './lookup.ts'
import { caseLaw } from './reference.ts'

const ofCourt = (body: { readonly courtId: string }): readonly string[] => [body.courtId]

export const courtActs: readonly CommandHandler[] = [
  act('review_measure', wire.ReviewMeasure, to('measures'), async (s, body, tx) =>
    decideReviewMeasure(s, body, tx.stamp, await findLastChildDay(tx, s.personId)),
  ),
  act('open_court_case', wire.OpenCourtCase, to('courts'), (s, body, tx) =>
    decideOpenCourtCase(s, body, tx.stamp),
  ),
  act('write_court_report', wire.WriteCourtReport, ofCourt, (s, body, tx) =>
    decideWriteCourtReport(s, body, tx.stamp),
  ),
  act('file_court_case', wire.FileCourtCase, ofCourt, (s, body, tx) =>
    decideFileCourtCase(s, body, tx.stamp),
  ),
  act('set_hearing', wire.SetHearing, ofCourt, (s, body, tx) => decideSetHearing(s, body, tx.stamp)),
  act('hold_hearing', wire.HoldHearing, ofCourt, (s, body, tx) => decideHoldHearing(s, body, tx.stamp)),
  act('decide_court_case', wire.DecideCourtCase, ofCourt, async (s, body, tx) =>
    decideCourtDecision(s, body, tx.stamp, caseLaw, await findLastChildDay(tx, s.personId)),
  ),
  act('appeal_court_case', wire.AppealCourtCase, ofCourt, (s, body, tx) => decideAppeal(s, body, tx.stamp)),
  act('decide_appeal', wire.DecideAppeal, ofCourt, (s, body, tx) => decideAppealDecision(s, body, tx.stamp)),
  act('close_court_case', wire.CloseCourtCase, ofCourt, (s, body, tx) =>
    decideCloseCourtCase(s, body, tx.stamp),
  ),
  act('check_execution', wire.CheckExecution, ofCourt, (s, body, tx) =>
    decideCheckExecution(s, body, tx.stamp, caseLaw),
  ),
  act('review_court_case', wire.ReviewCourtCase, ofCourt, (s, body, tx) =>
    decideReviewCourtCase(s, body, tx.stamp),
  ),
]
