/** An adult's file of the trafficking track as one reader may see it, gathered for printing like a case (`../file.ts`). */
import type { Day, Instant, Uuid } from '../../core.ts'
import type { PersonIdentity } from '../../person.ts'
import type { CopySeen, IdentificationSeen, ReaderSeen, ScreeningSeen, TrackSeen } from '../file.ts'

/** What the person agreed to or said no to, as it was written down where it was asked. */
export interface AgreedSeen {
  readonly id: Uuid
  readonly what: 'shelter' | 'interview' | 'return' | 'declined'
  readonly answer: 'given' | 'refused'
  readonly on: Day
  /** Of a return: the journey, the data for the other country. */
  readonly covers: readonly string[]
  readonly withdrawnAt: Instant | null
  /** Beyond the reader's tier null. */
  readonly words: string | null
}
export interface NeedSeen {
  readonly kind: string
  readonly beneficiary: string
  readonly foundOn: Day
  readonly state: string
  readonly words: string | null
}
export interface StepSeen {
  readonly service: string
  /** Null where it is a shelter, which no paper names. */
  readonly provider: string | null
  readonly due: Day
  readonly costLek: number | null
  readonly funding: string
  readonly status: string
  readonly words: string | null
}
export interface GivenSeen {
  readonly service: string
  readonly setting: string
  readonly beneficiary: string
  readonly provider: string | null
  readonly from: Day
  readonly until: Day | null
}
export interface VisitSeen {
  readonly id: Uuid
  readonly month: number
  readonly due: Day
  readonly seenOn: Day | null
  readonly living: string | null
  readonly job: string | null
  readonly jobSecure: boolean | null
  readonly network: string | null
  readonly income: string | null
  readonly reexploited: string | null
  readonly words: string | null
}
export interface ProgressSeen {
  readonly id: Uuid
  readonly on: Day
  readonly progress: string
  readonly concern: boolean
  /** Null where somebody of a shelter wrote it. */
  readonly by: string | null
  readonly words: string | null
}
export interface LostSeen {
  readonly lastOn: Day
  readonly attempts: number
}
export interface MoveSeen {
  readonly id: Uuid
  readonly at: Instant
  /** Null where it is a shelter. */
  readonly from: string | null
  readonly to: string | null
  readonly words: string | null
}
/** What a proceeding asked of the file; the words that were given are read by the asker alone. */
export interface OrderSeen {
  readonly id: Uuid
  readonly code: string
  readonly authority: string
  readonly article: string
  readonly askedAt: Instant
  readonly asked: readonly string[]
  readonly given: readonly string[]
  readonly courtOrder: string | null
  readonly state: string
  readonly checkedBy: string | null
  readonly closedAt: Instant | null
}
/** How the file left the track. */
export interface LeftSeen {
  readonly on: Day
  readonly reason: string | null
  readonly by: string | null
  readonly words: string | null
}

export interface AdultFile {
  readonly code: string
  readonly tier: 2 | 3 | 4
  /** Who heads the paper: the managing office; for a shelter the regional social service of the county. */
  readonly unit: string
  readonly unitPhone: string | null
  readonly manager: string | null
  readonly status: string
  readonly phase: string | null
  readonly openedAt: Instant
  readonly structure: string
  readonly door: string
  readonly forms: readonly string[]
  readonly territory: string
  /** Identified before, in a file of its own. */
  readonly again: boolean
  readonly sex: string
  readonly citizenship: string | null
  readonly identity: PersonIdentity | null
  readonly summary: string | null
  readonly contact: string | null
  readonly screenings: readonly ScreeningSeen[]
  readonly identifications: readonly IdentificationSeen[]
  readonly agreed: readonly AgreedSeen[]
  readonly needs: readonly NeedSeen[]
  readonly steps: readonly StepSeen[]
  readonly given: readonly GivenSeen[]
  readonly visits: readonly VisitSeen[]
  readonly progress: readonly ProgressSeen[]
  readonly lost: LostSeen | null
  readonly moves: readonly MoveSeen[]
  readonly left: LeftSeen | null
  readonly orders: readonly OrderSeen[]
  readonly track: TrackSeen
  readonly readers: readonly ReaderSeen[]
  readonly copies: readonly CopySeen[]
}
