/**
 * How whole a file is: which of the things that must be in it are in it. Only that they exist is asked, never what they
 * say. What is asked for follows from where the case stands; what is met, from the facts. So a fact more never lowers the score.
 */
import { type CaseState, isOpen, needsConference } from '../case/state.ts'
import { daysBetween, tiranaDay } from '../clock/tirana.ts'
import type { Day } from '../core.ts'
import type { SupervisionLaw } from './law.ts'

export const fileItems = [
  'manager',
  'alerts',
  'seen',
  'initial',
  'initial_time',
  'risk',
  'rights',
  'comprehensive',
  'comprehensive_time',
  'best_interests',
  'group',
  'plan',
  'child_view',
  'permission',
  'service',
  'reviews',
  'written',
  'clocks',
  'follow_ups',
] as const
export type FileItem = (typeof fileItems)[number]

/** What lies beside the case's own state; counts and codes, no text. */
export interface FileFacts {
  /** Times the child's rights were explained to the child. */
  readonly rights: number
  /** Times the child was asked before something was told to others. */
  readonly permissions: number
  /** Referrals and disclosures to others. */
  readonly told: number
  readonly services: number
  /** Last day on which something was written in the file. */
  readonly written: Day | null
  /** Rules whose deadline was missed in this opening (`D04`). */
  readonly missed: readonly string[]
  /** Deadlines that are over now. */
  readonly late: readonly string[]
}
export type ItemState = 'met' | 'missing' | 'not_asked'
export interface FileScore {
  readonly items: readonly { readonly key: FileItem; readonly state: ItemState }[]
  readonly met: number
  readonly asked: number
  /** Whole percent; an empty list is whole. */
  readonly percent: number
}

const rank: Record<CaseState['status'], number> = {
  OPEN: 0,
  INITIAL_ASSESSMENT: 1,
  COMPREHENSIVE_ASSESSMENT: 2,
  PLANNING: 3,
  PLAN_ACTIVE: 4,
  REVIEW: 4,
  CLOSURE_PROPOSED: 4,
  CLOSED: 4,
  FOLLOW_UP: 4,
  ARCHIVED: 4,
  CLOSED_NO_RISK: 1,
}

interface Asked {
  readonly s: CaseState
  readonly law: SupervisionLaw
  readonly groupAtMedium: boolean
  readonly today: Day
  readonly facts: FileFacts
}
const ageOf = ({ s, today }: Asked): number => daysBetween(tiranaDay(s.episodeAt), today)
const settled = (a: Asked): boolean => rank[a.s.status] >= 2 || ageOf(a) >= a.law.settleDays
const approvedDays = ({ s, today }: Asked): number =>
  s.plan?.approvedAt ? daysBetween(tiranaDay(s.plan.approvedAt), today) : -1
const inEpisode = ({ s }: Asked, form: string): boolean =>
  s.assessments.some((one) => one.form === form && one.episode === s.episode)
const noRisk = ({ s }: Asked): boolean => s.status === 'CLOSED_NO_RISK'

/** Is it asked for where the case stands; is it there. */
const rules: Record<
  FileItem,
  { readonly asks: (a: Asked) => boolean; readonly meets: (a: Asked) => boolean }
> = {
  manager: { asks: () => true, meets: ({ s }) => s.managerId !== null },
  alerts: { asks: settled, meets: ({ s }) => s.alerts.assessed },
  seen: { asks: settled, meets: ({ s }) => s.childSeenAt !== null },
  initial: { asks: settled, meets: (a) => inEpisode(a, 'initial') },
  initial_time: {
    asks: settled,
    meets: ({ facts }) => !['D03', 'D04'].some((rule) => facts.missed.includes(rule)),
  },
  risk: { asks: settled, meets: ({ s }) => s.risk !== null },
  rights: { asks: settled, meets: ({ facts }) => facts.rights > 0 },
  comprehensive: {
    asks: (a) => !noRisk(a) && (rank[a.s.status] >= 3 || ageOf(a) >= a.law.comprehensiveDays),
    meets: (a) => inEpisode(a, 'comprehensive'),
  },
  comprehensive_time: {
    asks: (a) => !noRisk(a) && (rank[a.s.status] >= 3 || ageOf(a) >= a.law.comprehensiveDays),
    meets: ({ facts }) => !facts.missed.includes('D07'),
  },
  best_interests: {
    asks: ({ s }) => rank[s.status] >= 4 || s.measures.length > 0,
    meets: (a) => inEpisode(a, 'best_interests'),
  },
  group: {
    asks: (a) => settled(a) && needsConference(a.s, { conferenceAtMedium: a.groupAtMedium }),
    meets: ({ s }) => s.conferences.some((one) => one.quorate !== false),
  },
  plan: {
    asks: (a) => !noRisk(a) && (rank[a.s.status] >= 4 || ageOf(a) >= a.law.comprehensiveDays),
    meets: ({ s }) => s.plan !== null && s.plan.approvedAt !== null,
  },
  child_view: {
    asks: ({ s }) => rank[s.status] >= 4,
    meets: ({ s }) => s.plan !== null && s.plan.childView !== null,
  },
  permission: { asks: ({ facts }) => facts.told > 0, meets: ({ facts }) => facts.permissions > 0 },
  service: {
    asks: (a) => approvedDays(a) >= a.law.serviceDays,
    meets: ({ facts }) => facts.services > 0,
  },
  reviews: {
    asks: ({ s }) => rank[s.status] >= 4 && s.plan?.approvedAt != null,
    meets: ({ facts }) => !['D09', 'D10'].some((rule) => facts.late.includes(rule)),
  },
  written: {
    asks: (a) => isOpen(a.s) && a.s.suspendedAt === null && ageOf(a) >= a.law.contactDays,
    meets: ({ facts, today, law }) =>
      facts.written !== null && daysBetween(facts.written, today) <= law.contactDays,
  },
  clocks: { asks: () => true, meets: ({ facts }) => facts.late.length === 0 },
  follow_ups: {
    asks: ({ s, today }) => s.followUps.some((one) => one.due < today),
    meets: ({ s, today }) => s.followUps.every((one) => one.doneAt !== null || one.due >= today),
  },
}

export function completeness(
  s: CaseState,
  facts: FileFacts,
  law: SupervisionLaw,
  groupAtMedium: boolean,
  today: Day,
): FileScore {
  const given: Asked = { s, facts, law, groupAtMedium, today }
  const items = fileItems.map((key) => {
    const { asks, meets } = rules[key]
    return {
      key,
      state: !asks(given) ? ('not_asked' as const) : meets(given) ? ('met' as const) : ('missing' as const),
    }
  })
  const asked = items.filter((one) => one.state !== 'not_asked').length
  const met = items.filter((one) => one.state === 'met').length
  return { items, met, asked, percent: asked === 0 ? 100 : Math.floor((100 * met) / asked) }
}

/** The mean of several files in whole percent; null where there is none. */
export const meanOf = (scores: readonly FileScore[]): number | null =>
  scores.length === 0 ? null : Math.round(scores.reduce((sum, one) => sum + one.percent, 0) / scores.length)
