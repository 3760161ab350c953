/** What happened in a case, from its own chain. Existence may be known where the text may not be read. */
import type { CaseEvent } from '#domain/case/events.ts'
import type { Instant, Json, Uuid } from '#domain/core.ts'
import type { CaseReferralMoved } from '#domain/referral/news.ts'
import { ReadReaders, ReadTimeline, type TimelineEntry, type TimelineKind } from '#wire/case.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { invalid } from '../problem.ts'
import { openPart } from '../sealing/index.ts'
import type { Tx } from '../tx.ts'
import type { BesideEvent } from './beside.ts'
import { getCase } from './store.ts'

const kinds: Record<CaseEvent['type'] | CaseReferralMoved['type'], TimelineKind> = {
  CaseOpened: 'status',
  ReportAttached: 'status',
  CaseAssigned: 'people',
  AssessmentRecorded: 'assessment',
  RiskLevelSet: 'assessment',
  InitialAssessmentDone: 'status',
  ComprehensiveAssessmentDone: 'status',
  PlanDrafted: 'plan',
  GoalAdded: 'plan',
  ActionAdded: 'plan',
  ActionChanged: 'plan',
  ActionStatusSet: 'plan',
  GoalStatusSet: 'plan',
  ConferenceHeld: 'conference',
  MemberAbsent: 'conference',
  ConferenceCalled: 'conference',
  ConferencePostponed: 'conference',
  ConferenceCancelled: 'conference',
  ConferenceWithoutQuorum: 'conference',
  ResolutionMade: 'conference',
  ResolutionTurned: 'plan',
  PlanApproved: 'plan',
  PlanReviewed: 'plan',
  ServiceRecorded: 'service',
  NoteAdded: 'note',
  AlertsSet: 'alerts',
  PersonNearAdded: 'people',
  MeasureProposed: 'measure',
  MeasureDecided: 'measure',
  MeasureEnded: 'measure',
  MeasureReviewBegun: 'measure',
  MeasureReviewed: 'measure',
  CourtCaseOpened: 'measure',
  CourtReportWritten: 'measure',
  CourtFiled: 'measure',
  HearingSet: 'measure',
  HearingHeld: 'measure',
  CourtDecided: 'measure',
  CourtAppealed: 'measure',
  AppealDecided: 'measure',
  CourtClosed: 'measure',
  ExecutionChecked: 'measure',
  CourtReviewed: 'measure',
  PlacementPlanned: 'measure',
  PlacementBegun: 'measure',
  PlacementCancelled: 'measure',
  PlacementMoved: 'measure',
  PlacementEnded: 'measure',
  PlacementReviewed: 'measure',
  PlacementVisited: 'measure',
  ExitVisited: 'measure',
  CareStepTaken: 'measure',
  LeavingPlanMade: 'measure',
  LeavingStepAdded: 'measure',
  LeavingStepSet: 'measure',
  LeavingPlanEnded: 'measure',
  ClosureProposed: 'status',
  ClosureReturned: 'status',
  CaseClosed: 'status',
  FollowUpRecorded: 'status',
  CaseReopened: 'status',
  TransferRequested: 'status',
  TransferAccepted: 'status',
  TransferDeclined: 'status',
  TransferWithdrawn: 'status',
  CaseSuspended: 'status',
  CaseResumed: 'status',
  IdentificationRecorded: 'identification',
  AttachmentAdded: 'note',
  CaseReferralMoved: 'referral',
}
/** What other nouns write on the chain; each has a word of its own, like the case's. */
const others: Record<BesideEvent['type'] | OtherType, TimelineKind> = {
  ClockBreached: 'clock',
  ClockEscalated: 'clock',
  ClockExtended: 'clock',
  FamilyInformed: 'people',
  FamilyJoined: 'people',
  FamilyLeft: 'people',
  RepresentativeAssigned: 'people',
  RepresentativeEnded: 'people',
  RightsExplained: 'people',
  PermissionAsked: 'referral',
  PermissionWithdrawn: 'referral',
  DisclosureMade: 'referral',
  RequestReceived: 'referral',
  RequestChecked: 'referral',
  RequestAnswered: 'referral',
  RequestRefused: 'referral',
  NeedFound: 'service',
  NeedLinked: 'service',
  NeedMoved: 'service',
  NeedCertificateGiven: 'service',
  OutcomeTaken: 'service',
  ReopeningJudged: 'status',
  FileReviewed: 'status',
  ReviewActionDone: 'status',
  Erased: 'status',
}
/** Clocks and erasure write on the chain of whatever they are of. */
type OtherType = 'ClockBreached' | 'ClockEscalated' | 'ClockExtended' | 'Erased'
const known: Readonly<Record<string, TimelineKind>> = { ...kinds, ...others }
/** Everything that a chain of a case can hold. */
export const timelineTypes: readonly string[] = Object.keys(known)
const kindOf = (type: string): TimelineKind => known[type] ?? 'status'

interface Row {
  id: Uuid
  seq: number
  type: string
  at: Instant
  recordedAt: Instant
  by: Uuid
  byName: string | null
  facts: Record<string, Json>
  digests: string
}
interface PartRow {
  event_id: Uuid
  tier: string
  name: string
  body: Json
}

/** `tier:name:digest` for each part that ever was; what the reader does not get back is restricted or erased. */
const partsSaid = (digests: string) =>
  digests === ''
    ? []
    : digests.split(' ').map((one) => {
        const [tier, name] = one.split(':') as [string, string]
        return { tier, name }
      })

/** Which of these events were emptied by a lawful erasure: nobody reads their texts any more. */
const erasedOf = async (tx: Tx, caseId: Uuid, ids: readonly Uuid[]): Promise<ReadonlySet<Uuid>> => {
  if (ids.length === 0) return new Set()
  const rows = await tx.sql<{ id: Uuid }>(
    `select distinct gone.id from event e cross join lateral jsonb_array_elements_text(e.facts -> 'events') as gone (id)
     where e.kind = 'case_file' and e.record_id = $1 and e.type = 'Erased' and gone.id = any ($2::text[])`,
    [caseId, ids],
  )
  return new Set(rows.map((row) => row.id))
}

const entryOf = (row: Row, parts: readonly PartRow[], erased: ReadonlySet<Uuid>): TimelineEntry => {
  const mine = parts.filter((part) => part.event_id === row.id)
  const hidden = partsSaid(row.digests).filter(
    (said) => !mine.some((part) => part.tier === said.tier && part.name === said.name),
  )
  const restricted = hidden.some((h) => h.tier === 'T4') ? 'T4' : hidden.length > 0 ? 'T3' : null
  return {
    id: row.id,
    at: row.at,
    recordedAt: row.recordedAt,
    kind: kindOf(row.type),
    type: row.type,
    by: row.by,
    byName: row.byName,
    // Even the kind of a sensitive note says something of the child.
    facts: row.type === 'NoteAdded' && restricted === 'T4' ? {} : row.facts,
    texts: Object.fromEntries(mine.map((part) => [part.name, part.body])),
    restricted: erased.has(row.id) ? 'erased' : restricted,
  }
}

const seqOf = (cursor: string | undefined): number | null => {
  if (cursor === undefined) return null
  if (!/^\d{1,9}$/.test(cursor)) throw invalid({ field: 'query.cursor', code: 'bad_format' })
  return Number(cursor)
}

export const readTimeline = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/timeline',
  wire: ReadTimeline,
  handle: async (tx, { params, query }) => {
    const s = await getCase(tx, params.id)
    const named = Object.entries(known)
      .filter(([, kind]) => kind === query.kind)
      .map(([type]) => type)
    const rows = await tx.sql<Row>(
      `select e.id, e.seq, e.type, e.occurred_at as at, e.recorded_at as "recordedAt", e.actor_id as by,
         u.display_name as "byName", e.facts, e.digests
       from event e left join app_user u on u.id = e.actor_id
       where e.kind = 'case_file' and e.record_id = $1 and ($2::int is null or e.seq < $2)
         and ($3::boolean or e.type = any ($4::text[]))
       order by e.seq desc limit $5`,
      [s.id, seqOf(query.cursor), query.kind === undefined, named, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const stored = await tx.sql<PartRow>(
      'select event_id, tier, name, body from event_part where event_id = any ($1::uuid[])',
      [page.map((row) => row.id)],
    )
    const parts: PartRow[] = []
    for (const part of stored)
      parts.push({ ...part, body: await openPart(tx, part, { kind: 'case_file', id: s.id }) })
    const silent = page.filter((row) => row.digests !== '' && !parts.some((part) => part.event_id === row.id))
    const erased = await erasedOf(
      tx,
      s.id,
      silent.map((row) => row.id),
    )
    const items = page.map((row) => entryOf(row, parts, erased))
    const tier = parts.some((part) => part.tier === 'T4') ? 'T4' : parts.length > 0 ? 'T3' : 'T2'
    recordAccess(tx, { act: 'read', kind: 'case_file', ids: [s.id], tier })
    return { items, next: rows.length > query.limit ? String(page.at(-1)?.seq) : null }
  },
})

interface Reader {
  id: Uuid
  at: Instant
  act: string
  userId: Uuid | null
  name: string | null
  role: string | null
  unit_sq: string | null
  unit_en: string | null
  tier: string | null
  purpose: string | null
}

/** "Who saw it": the access record answers only to whoever reads the case's identified core. */
export const readReaders = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/readers',
  wire: ReadReaders,
  handle: async (tx, { params, query }) => {
    const s = await getCase(tx, params.id)
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Reader>(
      `select a.id, a.at, a.act, a.actor_id as "userId", u.display_name as name, a.role, n.name_sq as unit_sq, n.name_en as unit_en,
         a.tier, a.purpose
       from access_record a left join app_user u on u.id = a.actor_id left join unit n on n.id = a.unit_id
       where a.record_id = $1 and a.act in ('read', 'export', 'break_glass')
         and ($2::timestamptz is null or (a.at, a.id) < ($2, $3::uuid))
       order by a.at desc, a.id desc limit $4`,
      [s.id, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      items: page.map(({ id: _, unit_sq, unit_en, ...row }) => ({
        ...row,
        unit: unit_sq === null || unit_en === null ? null : { sq: unit_sq, en: unit_en },
      })),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.at, last.id) : null,
    }
  },
})
