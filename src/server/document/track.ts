/** A file of the trafficking track for a paper, a child's or an adult's: read through the policies of its own tables, never above the tier of the paper. */
import type { Day, Json, Uuid } from '#domain/core.ts'
import {
  type InterviewSeen,
  noTrack,
  type ReturnSeen,
  type RiskSeen,
  type SafetySeen,
  type TrackSeen,
} from '#domain/document/file.ts'
import { wordsOf } from '../assistance/store.ts'
import { openFor } from '../interview/store.ts'
import { nrmOf } from '../nrm/store.ts'
import { wordsOfReturn } from '../returns/store.ts'
import type { Tx } from '../tx.ts'

const field = (value: Json | null, name: string): Json | null =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? ((value as { readonly [key: string]: Json })[name] ?? null)
    : null
const text = (value: Json | null): string | null => (typeof value === 'string' ? value : null)

interface InterviewRow
  extends Omit<InterviewSeen, 'items' | 'notes' | 'participants' | 'proposed' | 'signed' | 'reviewed'> {
  readonly id: Uuid
  readonly participants: InterviewSeen['participants'] | null
  readonly reasons: readonly { readonly code: string; readonly reason: string }[] | null
  readonly sealed: Buffer | null
  readonly proposed: InterviewSeen['proposed']
  readonly signed: InterviewSeen['signed']
  readonly reviewed: InterviewSeen['reviewed']
}
const by = (column: string) =>
  `coalesce((select a.display_name from app_user a where a.id = i.${column}), '–')`

const interviewOf = async (
  tx: Tx,
  nrmId: Uuid,
  tier: number,
  name: string,
  about: Uuid | 'newest',
): Promise<InterviewSeen | null> => {
  const [row] = await tx.sql<InterviewRow>(
    `select i.id, i.number, i.state, i.planned_at as "plannedAt", i.held_at as "heldAt", r.${name} as room, i.no_room as "noRoom", n.place,
       i.language, i.representative_basis as "representativeBasis", i.asked_on as "askedOn", i.minutes, i.breaks, i.recording, i.repeats, i.roles, n.participants,
       n.reasons, i.conclusion, i.concluded_at as "concludedAt", i.articles, i.elements, n.basis, n.dissent, n.review, s.sealed,
       case when i.proposed_by is not null then jsonb_build_object('body', i.proposed_body, 'by', ${by('proposed_by')}, 'at', i.proposed_at) end as proposed,
       case when i.signed_by is not null then jsonb_build_object('body', i.signed_body, 'by', ${by('signed_by')}, 'at', i.signed_at,
         'agrees', i.agrees) end as signed,
       case when i.reviewed_by is not null then jsonb_build_object('decision', i.review, 'by', ${by('reviewed_by')}, 'at', i.reviewed_at) end as reviewed
     from interview i left join interview_room r on r.id = i.room_id
       left join interview_named n on n.id = i.id and $2 >= 3 left join interview_sensitive s on s.id = i.id and $2 >= 4
     where case when $3::uuid is null then i.nrm_id = $1 else i.id = $3 end and i.state <> 'CANCELLED' order by i.number desc limit 1`,
    [nrmId, tier, about === 'newest' ? null : about],
  )
  if (row === undefined) return null
  const items = await tx.sql<{ code: string; met: boolean }>(
    'select code, met from interview_item where interview_id = $1 order by code limit 100',
    [row.id],
  )
  const record = row.sealed === null ? null : await openFor(tx, row.id, 'record', row.sealed)
  const { id: _, reasons, sealed: __, participants, ...rest } = row
  return {
    ...rest,
    participants: participants ?? [],
    items: items.map(({ code, met }) => ({
      code,
      met,
      reason: reasons?.find((one) => one.code === code)?.reason ?? null,
    })),
    notes: text(field(record, 'notes')),
  }
}

const safetyOf = async (
  tx: Tx,
  nrmId: Uuid,
  tier: number,
): Promise<{ risk: RiskSeen | null; plan: SafetySeen | null }> => {
  const who = (alias: string) =>
    `coalesce((select a.display_name from app_user a where a.id = ${alias}.by_id), '–')`
  const [[risk], [plan], said] = await Promise.all([
    tx.sql<{ id: Uuid; on: Day; level: string; by: string }>(
      `select r.id, r.on_day as "on", r.level, ${who('r')} as by from assistance_risk r where r.nrm_id = $1 order by r.at desc, r.id desc limit 1`,
      [nrmId],
    ),
    tx.sql<{ id: Uuid; on: Day; reviewOn: Day; by: string }>(
      `select p.id, p.on_day as "on", p.review_on as "reviewOn", ${who('p')} as by from safety_plan p where p.nrm_id = $1
       order by p.at desc, p.id desc limit 1`,
      [nrmId],
    ),
    tier < 4 ? () => null : wordsOf(tx, nrmId),
  ])
  const danger = risk === undefined ? null : said(risk.id, 'risk')
  const measures = plan === undefined ? null : said(plan.id, 'plan')
  const dangers = field(danger, 'dangers')
  const police = field(measures, 'police')
  return {
    risk:
      risk === undefined
        ? null
        : {
            on: risk.on,
            by: risk.by,
            level: risk.level,
            dangers: Array.isArray(dangers) ? dangers.map(String) : [],
            living: text(field(danger, 'living')),
            words: text(field(danger, 'words')),
          },
    plan:
      plan === undefined
        ? null
        : {
            on: plan.on,
            by: plan.by,
            reviewOn: plan.reviewOn,
            measures: text(field(measures, 'measures')),
            contact: text(field(measures, 'contact')),
            police: typeof police === 'boolean' ? police : null,
          },
  }
}

type ReturnRow = Omit<ReturnSeen, 'determination' | 'consents' | 'escorts' | 'receivedBy' | 'handover'> & {
  readonly id: Uuid
}
const returnOf = async (
  tx: Tx,
  nrmId: Uuid,
  tier: number,
  name: string,
  about: Uuid | 'newest',
): Promise<ReturnSeen | null> => {
  const [row] = await tx.sql<ReturnRow>(
    `select r.id, r.code, r.subject, r.state, r.direction, r.country, r.source, r.notice_on as "noticeOn", r.expected_on as "expectedOn",
       r.travel_on as "travelOn", r.mode, b.${name} as border, c.institution as counterpart, n.need, r.risk, r.received_on as "receivedOn",
       r.handed_on as "handedOn", coalesce(u.kind = 'shelter', false) as "handedToShelter",
       case when u.kind = 'shelter' then null else coalesce(u.${name}, h.institution, k.code) end as "handedTo"
     from nrm_return r left join unit b on b.id = r.border_id left join counterpart c on c.id = r.counterpart_id
       left join unit u on u.id = r.handed_unit_id left join counterpart h on h.id = r.handed_counterpart_id
       left join case_file k on k.id = r.handed_case_id left join nrm_return_named n on n.id = r.id and $2 >= 3
     where case when $3::uuid is null then r.nrm_id = $1 else r.id = $3 end order by r.opened_at desc, r.id desc limit 1`,
    [nrmId, tier, about === 'newest' ? null : about],
  )
  if (row === undefined) return null
  const { id, ...rest } = row
  const [words, [panel], consents, escorts] = await Promise.all([
    tier < 3 ? () => null : wordsOfReturn(tx, id),
    tx.sql<NonNullable<ReturnSeen['determination']>>(
      `select d.outcome, d.held_on as "heldOn", a.display_name as first, b.display_name as second from return_determination d
         left join app_user a on a.id = d.by_id left join app_user b on b.id = d.signed_by
       where d.return_id = $1 order by d.at desc, d.id desc limit 1`,
      [id],
    ),
    tx.sql<ReturnSeen['consents'][number]>(
      `select who, answer, on_day as on, withdrawn_at as "withdrawnAt" from return_consent where return_id = $1 and 'return' = any (covers)
       order by at, id limit 40`,
      [id],
    ),
    tx.sql<{ id: Uuid; role: string }>(
      'select id, role from return_escort where return_id = $1 and used order by role, id limit 10',
      [id],
    ),
  ])
  const names = words(id, 'escorts')
  const nameOf = (escort: Uuid): string | null => {
    const found = Array.isArray(names) ? names.find((one) => text(field(one, 'id')) === escort) : undefined
    return found === undefined ? null : text(field(found, 'name'))
  }
  return {
    ...rest,
    determination: panel ?? null,
    consents,
    escorts: escorts.map((one) => ({ role: one.role, name: nameOf(one.id) })),
    receivedBy: text(words(id, 'receivedBy')),
    handover: text(words(id, 'handover')),
  }
}

/** What a paper prints of the track: blocks name it, and of several the one that is meant. */
export interface TrackWants {
  readonly interview: Uuid | 'newest' | false
  readonly safety: boolean
  readonly back: Uuid | 'newest' | false
}
export const trackOfFile = async (
  tx: Tx,
  nrmId: Uuid,
  tier: 2 | 3 | 4,
  name: string,
  wants: TrackWants,
): Promise<TrackSeen> => {
  const [interview, safe, back] = await Promise.all([
    wants.interview ? interviewOf(tx, nrmId, tier, name, wants.interview) : null,
    wants.safety ? safetyOf(tx, nrmId, tier) : { risk: null, plan: null },
    wants.back ? returnOf(tx, nrmId, tier, name, wants.back) : null,
  ])
  return { interview, ...safe, back }
}
/** Of a case: its newest file of the track. */
export const trackOf = async (
  tx: Tx,
  caseId: Uuid,
  tier: 2 | 3 | 4,
  name: string,
  wants: TrackWants,
): Promise<TrackSeen> => {
  const nrm =
    wants.interview !== false || wants.safety || wants.back !== false ? await nrmOf(tx, caseId) : null
  return nrm === null ? noTrack : trackOfFile(tx, nrm.id, tier, name, wants)
}
