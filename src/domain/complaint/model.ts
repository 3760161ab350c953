/**
 * A complaint by a child, a guardian or a victim against any institution, on a route of its own (Alliance 8.7 report S000:231–237,
 * 1177–1179: appeal mechanisms of children, the People's Advocate; Strategy S002:2168–2169: reports of discriminatory treatment
 * are counted). It never reaches whom it is about: of that institution somebody sees the question put to it, and nothing else.
 */
import type { Actor, Day, DomainEvent, Instant, Uuid } from '../core.ts'

/** Whom it is about, in the words of whoever complains; the figures count by it. */
export const complaintBodies = [
  'child_protection',
  'police',
  'school',
  'health',
  'care',
  'line',
  'justice',
  'state_agency',
  'other',
] as const
export type ComplaintBody = (typeof complaintBodies)[number]

const unitKinds: Readonly<Record<string, ComplaintBody>> = {
  cpu: 'child_protection',
  social_services: 'child_protection',
  municipality: 'child_protection',
  field_team: 'child_protection',
  police: 'police',
  border_police: 'police',
  police_directorate: 'police',
  school: 'school',
  education_directorate: 'school',
  health: 'health',
  shelter: 'care',
  day_centre: 'care',
  hotline: 'line',
  prosecution: 'justice',
  state_agency: 'state_agency',
}
/** The kind of a unit of the directory, as a complaint counts it. */
export const bodyOfUnit = (unitKind: string): ComplaintBody => unitKinds[unitKind] ?? 'other'

export const complainants = ['child', 'guardian', 'victim', 'other'] as const
export type Complainant = (typeof complainants)[number]

/** Grounds of unequal treatment, after the law on protection from discrimination (10 221/2010, not read line by line). */
export const discriminationGrounds = [
  'ethnicity',
  'sex',
  'disability',
  'poverty',
  'religion',
  'orientation',
  'origin',
  'health',
  'victim',
  'other',
] as const
export type DiscriminationGround = (typeof discriminationGrounds)[number]

export const complaintStates = ['RECEIVED', 'ACKNOWLEDGED', 'UNDER_INQUIRY', 'DECIDED', 'CLOSED'] as const
export type ComplaintState = (typeof complaintStates)[number]

export const complaintOutcomes = ['upheld', 'partly', 'not_upheld', 'out_of_remit'] as const
export type ComplaintOutcome = (typeof complaintOutcomes)[number]

/** How it may be decided as it stands: before an inquiry it may only be passed on to whose it is. */
export const outcomesIn = (state: ComplaintState): readonly ComplaintOutcome[] => {
  if (state === 'UNDER_INQUIRY') return complaintOutcomes
  return state === 'ACKNOWLEDGED' ? ['out_of_remit'] : []
}

/** Which office hears it. */
export const complaintRoutes = ['state_agency', 'peoples_advocate'] as const
export type ComplaintRoute = (typeof complaintRoutes)[number]

export const advocateStates = ['none', 'open', 'reported'] as const
export type AdvocateState = (typeof advocateStates)[number]

/** The State Agency hears complaints, but none about itself. */
export const routeOf = (unitKind: string | null, body: ComplaintBody): ComplaintRoute =>
  body === 'state_agency' || unitKind === 'state_agency' ? 'peoples_advocate' : 'state_agency'

export interface Complaint {
  readonly id: Uuid
  readonly version: number
  readonly state: ComplaintState
  readonly route: ComplaintRoute
  readonly body: ComplaintBody
  /** Null where the directory does not have it, or the complainant does not know which. */
  readonly institutionId: Uuid | null
  readonly unitId: Uuid | null
  readonly officerId: Uuid | null
  /** Staff who wrote it down for somebody; null where it came through the public page. */
  readonly enteredBy: Uuid | null
  /** Staff whom it names: they neither see nor decide it. */
  readonly named: readonly Uuid[]
  readonly advocate: AdvocateState
  readonly decideBy: Day | null
}

export interface Question {
  readonly id: Uuid
  readonly unitId: Uuid
  readonly notFor: readonly Uuid[]
  readonly answered: boolean
  readonly answerBy: Day | null
}

/** As it was said; narrative and the body's own name are identified (T3), who complains is sealed (T4). */
export interface ComplaintTold {
  readonly by: Complainant
  readonly body: ComplaintBody
  readonly municipality: string | null
  readonly bodySaid?: string | undefined
  readonly narrative: string
  readonly discrimination: 'yes' | 'no' | 'unknown'
  readonly ground?: DiscriminationGround | undefined
  readonly language: 'sq' | 'en'
}

export type ComplaintReceived = DomainEvent<
  'ComplaintReceived',
  {
    readonly by: Complainant
    readonly channel: 'web' | 'staff'
    readonly route: ComplaintRoute
    readonly body: ComplaintBody
    readonly institutionId: Uuid | null
    readonly unitId: Uuid | null
    readonly municipality: string | null
    readonly discrimination: 'yes' | 'no' | 'unknown'
    readonly ground: DiscriminationGround | null
    readonly language: 'sq' | 'en'
    readonly identity: boolean
  }
>
export type ComplaintTaken = DomainEvent<
  'ComplaintTaken',
  { readonly officerId: Uuid; readonly state: ComplaintState }
>
export type ComplaintInquiryOpened = DomainEvent<'ComplaintInquiryOpened', Record<string, never>>
export type ComplaintQuestionAsked = DomainEvent<
  'ComplaintQuestionAsked',
  { readonly questionId: Uuid; readonly unitId: Uuid }
>
export type ComplaintDecided = DomainEvent<
  'ComplaintDecided',
  { readonly outcome: ComplaintOutcome; readonly passedOn: boolean }
>
export type ComplaintClosed = DomainEvent<'ComplaintClosed', Record<string, never>>
export type ComplaintNamed = DomainEvent<'ComplaintNamed', { readonly userIds: readonly Uuid[] }>
export type AdvocateInquiryOpened = DomainEvent<'AdvocateInquiryOpened', { readonly on: Day }>
export type AdvocateInquiryReported = DomainEvent<
  'AdvocateInquiryReported',
  { readonly recommendations: number }
>
export type ComplaintEvent =
  | ComplaintReceived
  | ComplaintTaken
  | ComplaintInquiryOpened
  | ComplaintQuestionAsked
  | ComplaintDecided
  | ComplaintClosed
  | ComplaintNamed
  | AdvocateInquiryOpened
  | AdvocateInquiryReported

/** The question lies on a chain of its own, so that whoever answers it reads nothing of the complaint. */
export type QuestionPut = DomainEvent<'ComplaintQuestionPut', { readonly unitId: Uuid }>
export type QuestionAnswered = DomainEvent<'ComplaintQuestionAnswered', Record<string, never>>

/** Highest tier that the actor may read: 0 nothing, 3 the complaint, 4 also who complains. Row policies say the same. */
export const complaintTier = (actor: Actor, c: Complaint): 0 | 3 | 4 => {
  const office =
    (actor.role === 'state_agency' && c.route === 'state_agency') ||
    (actor.role === 'peoples_advocate' && (c.route === 'peoples_advocate' || c.advocate !== 'none'))
  const apart =
    actor.institutionId !== c.institutionId && actor.userId !== c.enteredBy && !c.named.includes(actor.userId)
  if (!office || !apart) return 0
  return c.officerId === actor.userId ? 4 : 3
}

/** The office that hears it; the People's Advocate looking into it from beside decides nothing here. */
export const mayHandle = (actor: Actor, c: Complaint): boolean =>
  complaintTier(actor, c) > 0 && actor.role === c.route

const enterNone: readonly Actor['role'][] = [
  'admin',
  'dpo',
  'coordinator',
  'county_committee',
  'plan_officer',
  'system',
  'public',
]
/** Whoever works with children writes a complaint down for them. */
export const mayEnterComplaint = (actor: Pick<Actor, 'role'>): boolean => !enterNone.includes(actor.role)

/** Who answers for an institution: not case workers and teams, whom it may be about, nor those who keep accounts or data. */
const answerNone: readonly Actor['role'][] = ['admin', 'dpo', 'cpw', 'field_team', 'public', 'system']
export const mayAnswerQuestion = (actor: Actor, question: Question): boolean =>
  actor.unitId === question.unitId &&
  !answerNone.includes(actor.role) &&
  !question.notFor.includes(actor.userId)

export const complaintActions = [
  'take',
  'open_inquiry',
  'ask',
  'decide',
  'close',
  'name',
  'open_advocate',
  'report_advocate',
] as const
export type ComplaintAction = (typeof complaintActions)[number]

/** What the actor may do next, so that the interface needs no second rulebook. */
export const complaintActionsOf = (
  actor: Actor,
  c: Complaint,
  questions: readonly Question[],
): readonly ComplaintAction[] => {
  const actions: ComplaintAction[] = []
  const open = c.state !== 'DECIDED' && c.state !== 'CLOSED'
  const mine = c.officerId === actor.userId
  if (mayHandle(actor, c)) {
    if (open && !mine) actions.push('take')
    if (mine) {
      if (c.state === 'ACKNOWLEDGED') actions.push('open_inquiry')
      if (c.state === 'UNDER_INQUIRY' && c.institutionId !== null && questions.every((one) => one.answered))
        actions.push('ask')
      if (outcomesIn(c.state).length > 0) actions.push('decide')
      if (c.state === 'DECIDED' && c.advocate !== 'open') actions.push('close')
    }
    if (c.state !== 'CLOSED') actions.push('name')
  }
  if (complaintTier(actor, c) > 0) {
    if (c.advocate === 'none' && c.state !== 'CLOSED' && c.state !== 'RECEIVED') actions.push('open_advocate')
    if (c.advocate === 'open') actions.push('report_advocate')
  }
  return actions
}

export const applyComplaint = (c: Complaint, event: ComplaintEvent): Complaint => {
  switch (event.type) {
    case 'ComplaintTaken':
      return { ...c, officerId: event.facts.officerId, state: event.facts.state }
    case 'ComplaintInquiryOpened':
      return { ...c, state: 'UNDER_INQUIRY' }
    case 'ComplaintDecided':
      return { ...c, state: 'DECIDED' }
    case 'ComplaintClosed':
      return { ...c, state: 'CLOSED' }
    case 'ComplaintNamed':
      return {
        ...c,
        named: [...c.named, ...event.facts.userIds],
        officerId: event.facts.userIds.some((id) => id === c.officerId) ? null : c.officerId,
      }
    case 'AdvocateInquiryOpened':
      return { ...c, advocate: 'open' }
    case 'AdvocateInquiryReported':
      return { ...c, advocate: 'reported' }
    default:
      return c
  }
}

/** What whoever complained reads with the receipt. */
export type ComplainantStatus = 'received' | 'looking' | 'asked' | 'decided'
export const complainantStatus = (state: ComplaintState): ComplainantStatus => {
  if (state === 'RECEIVED') return 'received'
  if (state === 'ACKNOWLEDGED') return 'looking'
  return state === 'UNDER_INQUIRY' ? 'asked' : 'decided'
}

/** How a complaint is called in lists and notices: by the end of its id. */
export const complaintLabel = (id: Uuid): string => `AN-${id.slice(-8).toUpperCase()}`

export type DueState = 'running' | 'near' | 'late' | 'done'
/** A deadline of a complaint as it stands: near from `warn`, late after `due`; ended ones say whether they were met. */
export const dueState = (due: Instant, warn: Instant, ended: Instant | null, now: Instant): DueState => {
  if (ended !== null) return ended > due ? 'late' : 'done'
  if (now > due) return 'late'
  return now >= warn ? 'near' : 'running'
}
