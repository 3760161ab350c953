import { useGet } from '#web/client/api.ts'
import { useUser } from '#web/client/session.ts'
import { useNow } from '#web/design/now.ts'
import { Loading } from '#web/design/States.tsx'
import { dayOf } from '#web/design/time.ts'
import { useLanguage, useWords } from '#web/design/words.tsx'
import { CommandDialog } from '#web/form/CommandDialog.tsx'
import { type CaseView, useDirectory } from '../types.ts'
import { ConferenceDialog } from './Conference.tsx'
import { extendClock } from './clock.ts'
import type { Make } from './context.ts'
import * as decide from './decide.ts'
import * as move from './move.ts'
import * as plan from './plan.ts'
import * as record from './record.ts'

const makes = {
  note: record.note,
  risk: record.risk,
  alerts: record.alerts,
  person: record.person,
  service: record.service,
  assign: record.assign,
  take: record.take,
  draft_plan: plan.draftPlan,
  goal: plan.goal,
  action: plan.action,
  change_action: plan.changeAction,
  action_status: plan.actionStatus,
  goal_status: plan.goalStatus,
  approve_plan: plan.approvePlan,
  review: plan.review,
  measure: decide.measure,
  decide_measure: decide.decideMeasure,
  lift_measure: decide.liftMeasure,
  closure: decide.closure,
  approve_closure: decide.approveClosure,
  return_closure: decide.returnClosure,
  follow_up: decide.followUp,
  reopen: move.reopen,
  transfer: move.transfer,
  accept_transfer: move.acceptTransfer,
  decline_transfer: move.declineTransfer,
  withdraw_transfer: move.withdrawTransfer,
  suspend: move.suspend,
  resume: move.resume,
  extend_clock: extendClock,
} satisfies Record<string, Make>

export type DialogName = keyof typeof makes | 'conference'

const needsUnits: readonly DialogName[] = ['service', 'action', 'change_action', 'transfer', 'conference']

/** Every act on a case that is a short form; which of them are offered is the server's word. */
export default function CaseDialog({
  view,
  name,
  about,
  onClose,
}: {
  view: CaseView
  name: DialogName
  about: string | undefined
  onClose: () => void
}) {
  const t = useWords()
  const now = useNow()
  const user = useUser()
  const { language } = useLanguage()
  const wantsUnits = needsUnits.includes(name)
  const units = useDirectory(wantsUnits)
  const board = useGet<{ workers: readonly { id: string; name: string }[] }>(
    '/api/units/mine/board',
    {},
    { enabled: name === 'assign' && user.role === 'cpu_head' },
  )
  if ((wantsUnits && units.length === 0) || (name === 'assign' && board.isPending)) return <Loading />
  const making = {
    view,
    t,
    about,
    language,
    units,
    workers: board.data?.workers ?? [],
    today: dayOf(now),
  }
  if (name === 'conference') return <ConferenceDialog making={making} onClose={onClose} />
  return <CommandDialog form={makes[name](making)} onClose={onClose} />
}
