/**
 * Guardianship (kujdestaria) and adoption: dated steps, each by the body that the law gives it to. The order of adoption
 * follows the Family Code as it is commonly told; nobody read the articles [U].
 */
import { event } from '../case/event.ts'
import { gate } from '../case/policy.ts'
import type { CaseState, ChildView } from '../case/state.ts'
import { tiranaDay } from '../clock/tirana.ts'
import { accept, type Day, type Decision, refuse, type Stamp, type Uuid } from '../core.ts'
import { inForce, type Representative } from '../family/representative.ts'
import type { CareBody, CareStepName, CareStepTaken, CareTrack } from './events.ts'

/** From which steps each may follow; null is the beginning. A finished track may begin again where it is said. */
const after: Record<CareTrack, Partial<Record<CareStepName, readonly (CareStepName | null)[]>>> = {
  guardianship: {
    proposed: [null, 'refused', 'ended'],
    filed: ['proposed'],
    appointed: ['filed'],
    refused: ['filed'],
    ended: ['appointed'],
  },
  adoption: {
    adoptability_asked: [null, 'stopped'],
    declared_adoptable: ['adoptability_asked'],
    committee_registered: ['declared_adoptable'],
    family_matched: ['committee_registered'],
    trial_living: ['family_matched'],
    adopted: ['trial_living'],
    stopped: [
      'adoptability_asked',
      'declared_adoptable',
      'committee_registered',
      'family_matched',
      'trial_living',
    ],
  },
}
const bodies: Record<CareStepName, CareBody> = {
  proposed: 'unit',
  filed: 'court',
  appointed: 'court',
  refused: 'court',
  ended: 'court',
  adoptability_asked: 'unit',
  declared_adoptable: 'court',
  committee_registered: 'adoption_committee',
  family_matched: 'adoption_committee',
  trial_living: 'adoption_committee',
  adopted: 'court',
  stopped: 'unit',
}
/** A court decides these: the matter of this case that says so, or the number of its act. */
const decided: readonly CareStepName[] = ['appointed', 'declared_adoptable', 'adopted']

export const lastStep = (s: CaseState, track: CareTrack): CareStepName | null =>
  s.care.steps.findLast((one) => one.track === track)?.step ?? null
/** Steps that may follow now. */
export const nextSteps = (last: CareStepName | null, track: CareTrack): readonly CareStepName[] =>
  (Object.keys(after[track]) as CareStepName[]).filter((step) => after[track][step]?.includes(last))

export interface TakeCareStep {
  readonly track: CareTrack
  readonly step: CareStepName
  readonly on: Day
  /** Matter before a court of this case. */
  readonly matterId: Uuid | null
  /** Number and date of the act, where the court is not in the register. */
  readonly act?: string | undefined
  readonly representativeId: Uuid | null
  readonly childView: ChildView | null
  readonly childWords?: string | undefined
  readonly remark?: string | undefined
}

export function decideTakeCareStep(
  s: CaseState,
  body: TakeCareStep,
  world: { readonly representatives: readonly Representative[]; readonly lastChildDay: Day | null },
  stamp: Stamp,
): Decision<CareStepTaken> {
  const no = gate('take_care_step', stamp.actor, s)
  if (no) return { ok: false, refusal: no }
  const { track, step, on } = body
  const mine = s.care.steps.filter((one) => one.track === track)
  if (!(after[track][step]?.includes(mine.at(-1)?.step ?? null) ?? false))
    return refuse('placement_track_step', 'step')
  if (on > tiranaDay(stamp.now)) return refuse('in_future', 'on')
  const before = mine.at(-1)?.on
  if (before !== undefined && on < before) return refuse('placement_before_start', 'on')
  if (world.lastChildDay !== null && on > world.lastChildDay && step !== 'ended' && step !== 'stopped')
    return refuse('placement_after_18', 'on', { day: world.lastChildDay })
  if (body.matterId !== null && !s.courts.some((one) => one.id === body.matterId))
    return refuse('court_unknown', 'matterId')
  if (decided.includes(step)) {
    const matter = s.courts.find((one) => one.id === body.matterId)
    if (body.matterId !== null && (matter?.outcome == null || matter.outcome === 'refused'))
      return refuse('placement_track_court', 'matterId')
    if (body.matterId === null && (body.act ?? '').trim() === '')
      return refuse('placement_track_court', 'act')
  }
  // Whom the court appoints speaks for the child from that day: the register of representatives knows it first.
  if (track === 'guardianship' && step === 'appointed') {
    const guardian = world.representatives.find((one) => one.id === body.representativeId)
    if (
      guardian === undefined ||
      guardian.kind !== 'legal_guardian' ||
      !inForce(guardian, tiranaDay(stamp.now))
    )
      return refuse('placement_track_representative', 'representativeId')
  }
  if (step === 'family_matched' || step === 'adopted') {
    const heard = body.childView !== null && body.childView !== 'not_reached'
    const words = body.childView === 'too_young' || (body.childWords ?? '').trim() !== ''
    if (!heard || !words) return refuse('placement_child_not_heard', 'childWords')
  }
  return accept(
    event(
      'CareStepTaken',
      stamp,
      {
        careStepId: stamp.newId(),
        track,
        step,
        on,
        body: bodies[step],
        matterId: body.matterId,
        representativeId: step === 'appointed' ? body.representativeId : null,
      },
      {
        T3: { act: body.act, childWords: body.childWords, remark: body.remark },
        touches: [`care_track_${track}`],
      },
    ),
  )
}
