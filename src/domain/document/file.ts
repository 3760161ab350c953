/**
 * A case as one reader may see it, gathered for printing: codes as codes, names of institutions and questions already in the
 * language of the paper. What the reader's tier does not reach is null or absent, never guessed.
 */
import type { CaseState } from '../case/state.ts'
import type { Day, Instant, Json, Uuid } from '../core.ts'
import type { PersonIdentity, PersonSensitive } from '../person.ts'
import type { PacketField, Withheld } from '../referral/packet.ts'
import type { Subject } from './subject.ts'

/** One stored text and the row it belongs to. */
export interface Said {
  readonly subject: Uuid
  readonly name: string
  readonly body: Json
  readonly at: Instant
  readonly sensitive: boolean
}
export interface AssessmentSeen {
  readonly id: Uuid
  readonly form: 'initial' | 'comprehensive' | 'best_interests'
  readonly version: number
  readonly at: Instant
  readonly by: string
  readonly childSeenAt: Instant | null
  readonly sections: readonly {
    readonly title: string
    /** Null: asked, and beyond this reader; an answer that nobody gave is absent. */
    readonly answers: readonly { readonly label: string; readonly value: string | null }[]
  }[]
}
export interface ActionSeen {
  readonly id: Uuid
  readonly goalId: Uuid
  readonly service: string
  readonly institution: string | null
  readonly due: Day | null
  readonly costLek: number | null
  readonly funding: string | null
  readonly status: string
}
export interface ConferenceSeen {
  readonly id: Uuid
  readonly heldOn: Day
  /** Null where the meeting had no quorum. */
  readonly childPart: string | null
  readonly familyPart: string | null
  /** Health, mind, interview or a hidden place were spoken of: the minutes lie in the sensitive tier. */
  readonly sealed: boolean
  readonly resolutions: readonly {
    readonly institution: string
    readonly service: string
    readonly due: Day
  }[]
  readonly decisions: readonly string[]
  readonly attendance: readonly {
    readonly institution: string
    readonly present: boolean
    readonly absence: string | null
  }[]
}
export interface MeasureSeen {
  readonly id: Uuid
  readonly kind: string
  readonly ground: string
  readonly status: string
  readonly parents: string
  readonly proposedAt: Instant
  readonly decidedBy: string | null
  readonly decidedOn: Day | null
  readonly from: Day | null
  readonly until: Day | null
  readonly endedOn: Day | null
  readonly courtRef: string | null
}
export interface ServiceSeen {
  readonly service: string
  readonly setting: string
  readonly beneficiary: string
  readonly provider: string
  readonly from: Day
  readonly until: Day | null
}
export interface ScreeningSeen {
  readonly set: string
  readonly version: string
  readonly at: Instant
  readonly met: number
  readonly result: string
  readonly waits: boolean
  readonly items: readonly { readonly label: string; readonly evidence: string | null }[]
}
export interface IdentificationSeen {
  readonly status: string
  readonly on: Day
  readonly structure: string
  readonly forms: readonly string[]
  readonly territory: string
  readonly signatories: readonly string[]
}
export interface ConsentSeen {
  readonly id: Uuid
  readonly number: number
  readonly purpose: string
  readonly recipients: readonly string[]
  readonly fields: readonly string[]
  readonly capacity: string
  readonly language: string
  readonly givenAt: Instant
  readonly validUntil: Instant | null
  readonly withdrawnAt: Instant | null
  readonly givenBy: string | null
  readonly explainedBy: string | null
}
export interface ReferralSeen {
  readonly id: Uuid
  readonly code: string
  readonly state: string
  readonly service: string
  readonly from: string
  readonly to: string
  readonly sentAt: Instant
  readonly grounds: readonly { readonly kind: string; readonly ref: string; readonly version: number }[]
  readonly packet: readonly { readonly field: PacketField; readonly value: Json }[]
  readonly withheld: readonly Withheld[]
}
export interface ReaderSeen {
  readonly at: Instant
  readonly act: string
  readonly name: string | null
  readonly unit: string | null
  readonly tier: string | null
  readonly purpose: string | null
}
export interface CopySeen {
  readonly at: Instant
  readonly kind: string
  readonly by: string | null
  readonly to: string | null
  readonly leaves: boolean
  /** The one that it was made of, in words. */
  readonly about: string | null
}
export interface CourtSeen {
  readonly id: Uuid
  readonly matter: string
  readonly stage: string
  readonly court: string
  readonly courtRef: string | null
  /** Day of the psycho-social report, where one is written. */
  readonly reportOn: Day | null
  readonly filedOn: Day | null
  readonly outcome: string | null
  readonly decidedOn: Day | null
  readonly until: Day | null
  readonly appealedOn: Day | null
  readonly appealOutcome: string | null
  readonly execution: string | null
  readonly hearings: readonly { readonly at: Instant; readonly held: boolean | null }[]
}
export interface RequestSeen {
  readonly id: Uuid
  readonly reference: string
  readonly authority: string
  readonly article: string
  readonly receivedOn: Day
  readonly state: string
  readonly asked: readonly string[]
  readonly given: readonly string[]
  readonly checkedBy: string | null
  readonly closedAt: Instant | null
}
/** A status certificate whose consent still stands. */
export interface CertificateSeen {
  readonly need: string
  readonly beneficiary: string
  readonly recipient: string
  readonly givenOn: Day
  readonly consent: number
}
/** The newest formal interview that was not called off; texts as far as the tier of the paper reaches. */
export interface InterviewSeen {
  readonly number: number
  readonly state: string
  readonly plannedAt: Instant
  readonly heldAt: Instant | null
  readonly room: string | null
  readonly noRoom: string | null
  readonly place: string | null
  readonly language: string | null
  readonly representativeBasis: string | null
  /** Day on which an adult asked for it. */
  readonly askedOn: Day | null
  readonly minutes: number | null
  readonly breaks: number | null
  readonly recording: string | null
  readonly repeats: string | null
  readonly roles: readonly string[]
  readonly participants: readonly {
    readonly role: string
    readonly name: string
    readonly office: string | null
  }[]
  readonly items: readonly { readonly code: string; readonly met: boolean; readonly reason: string | null }[]
  readonly notes: string | null
  readonly conclusion: string | null
  readonly concludedAt: Instant | null
  readonly articles: readonly string[]
  readonly elements: readonly string[]
  readonly basis: string | null
  readonly dissent: string | null
  readonly review: string | null
  readonly proposed: { readonly body: string; readonly by: string; readonly at: Instant } | null
  readonly signed: {
    readonly body: string
    readonly by: string
    readonly at: Instant
    readonly agrees: boolean
  } | null
  readonly reviewed: { readonly decision: string; readonly by: string; readonly at: Instant } | null
}
export interface RiskSeen {
  readonly on: Day
  readonly by: string
  readonly level: string
  readonly dangers: readonly string[]
  readonly living: string | null
  readonly words: string | null
}
export interface SafetySeen {
  readonly on: Day
  readonly by: string
  readonly reviewOn: Day
  readonly measures: string | null
  readonly contact: string | null
  readonly police: boolean | null
}
export interface ReturnSeen {
  readonly code: string
  readonly subject: 'child' | 'adult'
  readonly state: string
  readonly direction: string
  readonly country: string
  readonly source: string
  readonly noticeOn: Day
  readonly expectedOn: Day
  readonly travelOn: Day | null
  readonly mode: string | null
  readonly border: string | null
  readonly counterpart: string | null
  readonly need: string | null
  readonly risk: string | null
  readonly determination: {
    readonly outcome: string
    readonly heldOn: Day
    readonly first: string | null
    readonly second: string | null
  } | null
  readonly consents: readonly {
    readonly who: string
    readonly answer: string
    readonly on: Day
    readonly withdrawnAt: Instant | null
  }[]
  readonly escorts: readonly { readonly role: string; readonly name: string | null }[]
  readonly receivedOn: Day | null
  readonly receivedBy: string | null
  readonly handedOn: Day | null
  readonly handedTo: string | null
  /** Then it has no name here. */
  readonly handedToShelter: boolean
  readonly handover: string | null
}
/** The file of the trafficking track, as far as the paper is about it. */
export interface TrackSeen {
  readonly interview: InterviewSeen | null
  readonly risk: RiskSeen | null
  readonly plan: SafetySeen | null
  readonly back: ReturnSeen | null
}
export interface FamilySeen {
  readonly members: readonly {
    readonly name: string | null
    readonly bornYear: number | null
    readonly alleged: boolean
  }[]
  /** «from» is the mother, the guardian, the exploiter of «to». */
  readonly relations: readonly {
    readonly from: string | null
    readonly to: string | null
    readonly kind: string
    readonly contact: string
    readonly guardian: boolean
    readonly livesWith: boolean | null
  }[]
  readonly representatives: readonly {
    readonly id: Uuid
    readonly kind: string
    readonly basis: string
    readonly from: Day
    readonly until: Day | null
  }[]
  readonly needs: readonly {
    readonly kind: string
    readonly state: string
    readonly foundOn: Day
    readonly stateOn: Day
  }[]
}
export const noFamily: FamilySeen = { members: [], relations: [], representatives: [], needs: [] }
export const noTrack: TrackSeen = { interview: null, risk: null, plan: null, back: null }
export interface EntrySeen {
  readonly at: Instant
  readonly what: string
  readonly by: string | null
  readonly texts: readonly string[]
  readonly hidden: boolean
}

export interface CaseFile {
  readonly state: CaseState
  /** The tier that this paper is made at: the reader's own, or less where the paper needs less. */
  readonly tier: 2 | 3 | 4
  readonly unit: string
  /** The institution of the unit. */
  readonly body: string
  readonly unitPhone: string | null
  readonly municipality: string
  readonly manager: string | null
  readonly concerns: readonly string[]
  readonly sex: string
  readonly citizenship: string | null
  readonly identity: PersonIdentity | null
  readonly sensitive: PersonSensitive | null
  readonly summary: string | null
  readonly safeContact: string | null
  readonly texts: readonly Said[]
  readonly assessments: readonly AssessmentSeen[]
  readonly actions: readonly ActionSeen[]
  readonly conferences: readonly ConferenceSeen[]
  /** The meeting that was called and is not held yet. */
  readonly call: { readonly plannedAt: Instant; readonly place: string } | null
  readonly measures: readonly MeasureSeen[]
  readonly services: readonly ServiceSeen[]
  readonly near: readonly {
    readonly name: string
    readonly relationship: string
    readonly contact: string
    readonly livesWithChild: boolean | null
  }[]
  readonly screenings: readonly ScreeningSeen[]
  readonly identifications: readonly IdentificationSeen[]
  readonly consents: readonly ConsentSeen[]
  readonly referrals: readonly ReferralSeen[]
  readonly reports: readonly {
    readonly id: Uuid
    readonly label: string
    readonly receivedAt: Instant
    readonly source: string
    readonly channel: string
  }[]
  readonly followUps: readonly {
    readonly month: number
    readonly due: Day
    readonly seenOn: Day | null
    readonly seen: string | null
    readonly reexploited: string | null
  }[]
  readonly courts: readonly CourtSeen[]
  readonly family: FamilySeen
  readonly requests: readonly RequestSeen[]
  readonly certificate: CertificateSeen | null
  readonly track: TrackSeen
  readonly transferTo: string | null
  readonly readers: readonly ReaderSeen[]
  readonly copies: readonly CopySeen[]
  readonly entries: readonly EntrySeen[]
}

/** What is asked of any file that is printed. */
export interface Printed {
  readonly tier: 2 | 3 | 4
  readonly unit: string
}
/** A file of which the trafficking track is printed: a child's case, or an adult's own. */
export interface Tracked extends Printed {
  readonly track: TrackSeen
}

/** What a block needs besides the file: words, the day of making, and who it is given to. */
export interface Making<F = CaseFile> {
  readonly file: F
  readonly language: 'sq' | 'en'
  readonly now: Instant
  /** The one that the paper is of, where a case can hold several; null: of all of them, or of the case. */
  readonly about: Subject | null
  /** Institution that it is given to, where it was said. */
  readonly to: string | null
  /** Words of `namespace.key`. */
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string
}
