/** Reading formal interviews: a unit's invitations, one interview, those of a file, and how far the conditions were met. */
import type { z } from 'zod'
import { hiddenLines } from '#disclosure/lines.ts'
import { fromTirana, tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Json, Uuid } from '#domain/core.ts'
import { applicable, type Checklist, type CheckReason, checklistOn } from '#domain/interview/checklist.ts'
import type { Participant } from '#domain/interview/conclude.ts'
import { type FileTier, interviewActionsOf, mayCall } from '#domain/interview/policy.ts'
import { ListInterviews, ListNrmInterviews, ReadConformity, ReadInterview } from '#wire/interview.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { mustSeeNrm } from '../nrm/store.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { checklists, interviewLaw } from './law.ts'
import { roomsInService } from './rooms.ts'
import { type InterviewRow, interviewColumns, openFor, toInterview } from './store.ts'
import { speakersOf, standing, suggestedIndicators, today, unitsOfKind } from './world.ts'

type Unit = { id: Uuid; nameSq: string; nameEn: string; phone: string | null }
interface Listed extends InterviewRow {
  readonly police: Unit
  readonly social: Unit
  readonly room: { id: Uuid; nameSq: string; nameEn: string } | null
  readonly tier: FileTier
  readonly sort_at: Instant
}
const unit = (column: string): string =>
  `(select jsonb_build_object('id', u.id, 'nameSq', u.name_sq, 'nameEn', u.name_en, 'phone', u.phone) from unit u where u.id = ${column})`
const listed = `${interviewColumns}, ${unit('i.police_unit_id')} as police, ${unit('i.social_unit_id')} as social,
  (select jsonb_build_object('id', r.id, 'nameSq', r.name_sq, 'nameEn', r.name_en) from interview_room r where r.id = i.room_id) as room,
  case when exists (select 1 from nrm_file_sensitive n where n.id = i.nrm_id) then 4
    when exists (select 1 from nrm_file_named n where n.id = i.nrm_id) then 3
    when exists (select 1 from nrm_file n where n.id = i.nrm_id) then 2 else 0 end as tier, i.planned_at as sort_at`
const isOpen = `i.state in ('SCHEDULED', 'HELD', 'PROPOSED', 'DISSENT', 'REVIEW')`

type Row = z.input<typeof ListInterviews.reply>['items'][number]
const rowOf = (tx: Tx, row: Listed): Row => ({
  id: row.id,
  version: row.version,
  nrmId: row.nrm_id,
  code: row.code,
  number: row.number,
  state: row.state,
  subject: row.subject,
  under14: row.under_14,
  plannedAt: row.planned_at,
  language: row.language,
  room: row.room,
  noRoom: row.no_room,
  police: row.police,
  social: row.social,
  heldAt: row.held_at,
  conclusion: row.conclusion,
  concludedAt: row.concluded_at,
  actions: [...interviewActionsOf(tx.actor, toInterview(row), row.tier)],
})

export const listInterviews = endpoint({
  method: 'GET',
  url: '/api/interviews',
  wire: ListInterviews,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const open = query.which === 'open'
    const rows = await tx.sql<Listed>(
      `select ${listed} from interview i where (${isOpen}) = $1
         and ($2::timestamptz is null or (i.planned_at, i.id) ${open ? '>' : '<'} ($2, $3::uuid))
       order by i.planned_at ${open ? 'asc' : 'desc'}, i.id ${open ? 'asc' : 'desc'} limit $4`,
      [open, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const shown = rows.slice(0, query.limit)
    recordAccess(tx, { act: 'list', kind: 'interview', ids: shown.map(({ id }) => id), tier: 'T2' })
    const last = shown.at(-1)
    return {
      items: shown.map((row) => rowOf(tx, row)),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.sort_at, last.id) : null,
    }
  },
})

type View = z.input<typeof ReadInterview.reply>
interface NamedRow {
  readonly place: string | null
  readonly repeat_note: string | null
  readonly cancel_note: string | null
  readonly participants: (Participant & { office: string | null })[] | null
  readonly reasons: CheckReason[] | null
  readonly basis: string | null
  readonly dissent: string | null
  readonly review: string | null
}
const namedOf = async (tx: Tx, id: Uuid): Promise<View['named']> => {
  const [row] = await tx.sql<NamedRow>(
    'select place, repeat_note, cancel_note, participants, reasons, basis, dissent, review from interview_named where id = $1',
    [id],
  )
  if (row === undefined) return null
  return {
    place: row.place,
    repeatNote: row.repeat_note,
    cancelNote: row.cancel_note,
    participants: row.participants ?? [],
    reasons: row.reasons ?? [],
    basis: row.basis,
    dissent: row.dissent,
    review: row.review,
  }
}
const sealedOf = async (tx: Tx, id: Uuid, name: 'packet' | 'record'): Promise<Json | null> => {
  const table = name === 'packet' ? 'interview_packet' : 'interview_sensitive'
  const [row] = await tx.sql<{ sealed: Buffer | null }>(`select sealed from ${table} where id = $1`, [id])
  return row === undefined || row.sealed === null ? null : openFor(tx, id, name, row.sealed)
}

const choicesOf = (list: Checklist, row: InterviewRow): View['checklist'] => ({
  version: list.version,
  items: applicable(list, {
    subject: row.subject,
    sexual: row.sexual,
    under14: row.under_14,
    interpreter: true,
    repeated: true,
  }).map((item) => ({ ...item })),
})

export const readInterview = endpoint({
  method: 'GET',
  url: '/api/interviews/{id}',
  wire: ReadInterview,
  handle: async (tx, { params: { id } }) => {
    const [row] = await tx.sql<Listed>(`select ${listed} from interview i where i.id = $1`, [id])
    if (row === undefined) throw notFound()
    const [named, content, packet, items, history, names] = await Promise.all([
      namedOf(tx, id),
      sealedOf(tx, id, 'record'),
      sealedOf(tx, id, 'packet'),
      tx.sql<{ code: string; met: boolean; mandatory: boolean }>(
        'select code, met, mandatory from interview_item where interview_id = $1 order by code',
        [id],
      ),
      tx.sql<{ type: string; at: Instant; by: string }>(
        `select e.type, e.recorded_at as at, coalesce(u.display_name, e.role) as by from event e left join app_user u on u.id = e.actor_id
         where e.record_id = $1 and e.kind = 'interview' order by e.seq limit 200`,
        [id],
      ),
      tx.sql<{ id: Uuid; name: string }>(
        'select id, display_name as name from app_user where id = any ($1::uuid[])',
        [[row.proposed_by, row.signed_by, row.reviewed_by].filter((one) => one !== null)],
      ),
    ])
    recordAccess(tx, {
      act: 'read',
      kind: 'interview',
      ids: [id],
      tier: content !== null || packet !== null ? 'T4' : named !== null ? 'T3' : 'T2',
    })
    const nameOf = (who: Uuid | null): string => names.find((one) => one.id === who)?.name ?? '–'
    const list = checklistOn(checklists, tiranaDay(row.held_at ?? tx.now))
    return {
      ...rowOf(tx, row),
      sexual: row.sexual,
      representativeBasis: row.representative_basis,
      askedOn: row.asked_on,
      repeats: row.repeats,
      cancelReason: row.cancel_reason,
      minutes: row.minutes,
      breaks: row.breaks,
      recording: row.recording,
      roles: row.roles,
      items,
      articles: row.articles,
      elements: row.elements,
      proposed:
        row.proposed_by === null || row.proposed_body === null || row.proposed_at === null
          ? null
          : { body: row.proposed_body, by: nameOf(row.proposed_by), at: row.proposed_at },
      signed:
        row.signed_by === null || row.signed_body === null || row.signed_at === null
          ? null
          : {
              body: row.signed_body,
              by: nameOf(row.signed_by),
              at: row.signed_at,
              agrees: row.agrees === true,
            },
      reviewed:
        row.reviewed_by === null || row.reviewed_at === null || row.review === null
          ? null
          : { decision: row.review, by: nameOf(row.reviewed_by), at: row.reviewed_at },
      named,
      content: content as View['content'],
      packet: packet as View['packet'],
      history,
      checklist: choicesOf(list, row),
      articleChoices: [...interviewLaw.articles],
      rooms: await roomsInService(tx),
    }
  },
})

const callable: readonly string[] = ['vmt', 'declined_formal', 'formal_pending']
export const listNrmInterviews = endpoint({
  method: 'GET',
  url: '/api/nrm/{id}/interviews',
  wire: ListNrmInterviews,
  handle: async (tx, { params: { id } }) => {
    const file = await mustSeeNrm(tx, id)
    const rows = await tx.sql<Listed>(
      `select ${listed} from interview i where i.nrm_id = $1 order by i.number desc limit 100`,
      [id],
    )
    recordAccess(tx, { act: 'list', kind: 'interview', ids: rows.map((row) => row.id), tier: 'T2' })
    const [tierRow] = await tx.sql<{ yes: boolean }>(
      'select exists (select 1 from nrm_file_named where id = $1) as yes',
      [id],
    )
    const free = !rows.some((row) => ['SCHEDULED', 'PROPOSED', 'DISSENT', 'REVIEW'].includes(row.state))
    const may = mayCall(tx.actor, tierRow?.yes === true ? 3 : 2) && callable.includes(file.status) && free
    if (!may) return { items: rows.map((row) => rowOf(tx, row)), call: null }
    const [rooms, police, social, speakers, indicators, [language]] = await Promise.all([
      roomsInService(tx),
      unitsOfKind(tx, 'police', file.county),
      unitsOfKind(tx, 'social_service', file.county),
      speakersOf(tx, file.caseId),
      suggestedIndicators(tx, file),
      tx.sql<{ language: string | null }>(
        "select alerts ->> 'interpreter' as language from case_file where id = $1",
        [file.caseId],
      ),
    ])
    return {
      items: rows.map((row) => rowOf(tx, row)),
      call: {
        repeats: rows.some((row) => row.state !== 'CANCELLED'),
        subject: file.subject,
        rooms,
        police,
        social,
        representatives: standing(speakers, today(tx)).map(({ id: one, kind, basis, name, conflict }) => ({
          id: one,
          kind,
          basis,
          name,
          conflict,
        })),
        language: language?.language ?? null,
        indicators,
      },
    }
  },
})

interface Condition {
  readonly subject: 'child' | 'adult'
  readonly code: string
  readonly mandatory: boolean
  readonly asked: number
  readonly met: number
}
/** Largest figure that is hidden from readers of aggregates (decision 13). */
const upTo = 4
/** Few met it, few did not, it applied to few, or to all but few: each of them says something of few persons. */
const isOfFew = (all: readonly Condition[]) => {
  const held = (subject: string) =>
    Math.max(...all.filter((one) => one.subject === subject).map((one) => one.asked))
  return (one: Condition): boolean =>
    [one.asked, one.met, one.asked - one.met, held(one.subject) - one.asked].some((n) => n > 0 && n <= upTo)
}

export const readConformity = endpoint({
  method: 'GET',
  url: '/api/interview-conformity',
  wire: ReadConformity,
  handle: async (tx, { query }) => {
    const items = await tx.sql<Condition>('select * from interview_conformity($1, $2)', [
      fromTirana(`${query.year}-01-01`, 0, 0),
      fromTirana(`${query.year + 1}-01-01`, 0, 0),
    ])
    // The Responsible Authority reads the interviews themselves.
    const exact = tx.actor.role === 'responsible_authority'
    const hidden = exact ? new Set() : hiddenLines(items, isOfFew(items), (one) => one.asked)
    const sum = (of: 'asked' | 'met') =>
      hidden.size > 0 ? null : items.reduce((total, one) => total + one[of], 0)
    return {
      items: items.map((one) => (hidden.has(one) ? { ...one, asked: null, met: null } : one)),
      asked: sum('asked'),
      met: sum('met'),
    }
  },
})
