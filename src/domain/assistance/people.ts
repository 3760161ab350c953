/** Children of a victim as beneficiaries of their own (S004): each is a person, may have a case of its own, and is counted apart. */
import { tiranaDay } from '../clock/tirana.ts'
import {
  accept,
  type Day,
  type Decision,
  type DomainEvent,
  type Instant,
  refuse,
  type Stamp,
  type Uuid,
} from '../core.ts'
import { type AssistedFile, writeBar } from './file.ts'
import { moment } from './plan.ts'

/** Who agreed to the child being assisted and named here. */
export const consentedBy = ['subject', 'other_parent', 'guardian'] as const
export type ConsentedBy = (typeof consentedBy)[number]
export interface Dependant {
  readonly id: Uuid
  readonly personId: Uuid
  readonly caseId: Uuid | null
}
export type DependantAdded = DomainEvent<
  'DependantAdded',
  {
    readonly dependantId: Uuid
    readonly personId: Uuid
    readonly livesWith: boolean
    readonly consentBy: ConsentedBy
    readonly consentOn: Day
    readonly by: Uuid
    readonly at: Instant
  }
>
export type DependantCaseLinked = DomainEvent<
  'DependantCaseLinked',
  { readonly dependantId: Uuid; readonly caseId: Uuid; readonly by: Uuid; readonly at: Instant }
>
export type DependantEvent = DependantAdded | DependantCaseLinked

export interface AddDependant {
  readonly personId: Uuid
  readonly livesWith: boolean
  readonly consentBy: ConsentedBy
  readonly consentOn: Day
}
/** `subjectId`: whose file it is; nobody is their own child. */
export function decideAddDependant(
  file: AssistedFile,
  subjectId: Uuid,
  known: readonly Dependant[],
  body: AddDependant,
  stamp: Stamp,
): Decision<DependantAdded> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (body.personId === subjectId || known.some((one) => one.personId === body.personId))
    return refuse('assistance_dependant_known', 'personId')
  if (body.consentOn > tiranaDay(stamp.now)) return refuse('in_future', 'consentOn')
  return accept<DependantAdded>({
    type: 'DependantAdded',
    v: 1,
    facts: { dependantId: stamp.newId(), ...body, ...moment(stamp) },
  })
}

/** `casePerson`: whose case it is, as far as the actor sees it. */
export function decideLinkDependantCase(
  file: AssistedFile,
  dependant: Dependant | undefined,
  link: { readonly caseId: Uuid; readonly casePerson: Uuid },
  stamp: Stamp,
): Decision<DependantCaseLinked> {
  const no = writeBar(file, stamp.actor)
  if (no) return { ok: false, refusal: no }
  if (dependant === undefined) return refuse('assistance_child_unknown', 'dependantId')
  if (dependant.caseId !== null || link.casePerson !== dependant.personId)
    return refuse('assistance_case_of_another', 'caseId')
  return accept<DependantCaseLinked>({
    type: 'DependantCaseLinked',
    v: 1,
    facts: { dependantId: dependant.id, caseId: link.caseId, ...moment(stamp) },
    touches: [dependant.id],
  })
}
