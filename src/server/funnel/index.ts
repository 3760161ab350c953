/** The funnel's doors: figures for three readers, and for the Responsible Authority the files that stand still. */
import { daysBetween, tiranaDay } from '#domain/clock/tirana.ts'
import type { Actor, Instant } from '#domain/core.ts'
import { type FunnelSubject, funnelOf } from '#domain/funnel/model.ts'
import { FunnelDocument, ListSilent, ListStuck, ReadFunnel } from '#wire/funnel.ts'
import { ReportDocument } from '#wire/reporting-document.ts'
import type { Language } from '#wire/words/index.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Download, download, type Endpoint, endpoint } from '../endpoint.ts'
import { csvOf } from '../outcome/cohort.ts'
import { forbidden } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { workbookOf } from '../workbook/document.ts'
import { xlsxType } from '../workbook/write.ts'
import { countFunnel } from './count.ts'
import { documentOf } from './document.ts'

const mayRead = (actor: Actor, asked: FunnelSubject | undefined): FunnelSubject => {
  const subject = funnelOf(actor, asked)
  if (subject === null) throw forbidden()
  return subject
}
const mustBeAuthority = (actor: Actor): void => {
  if (actor.role !== 'responsible_authority') throw forbidden()
}
const since = (then: Instant, now: Instant): number =>
  Math.max(0, daysBetween(tiranaDay(then), tiranaDay(now)))

const readFunnel = endpoint({
  method: 'GET',
  url: '/api/trafficking/funnel',
  wire: ReadFunnel,
  handle: async (tx, { query }) => countFunnel(tx, query.year, mayRead(tx.actor, query.subject)),
})

const made = async (tx: Tx, query: { year: number; subject?: FunnelSubject | undefined; lang: Language }) =>
  documentOf(await countFunnel(tx, query.year, mayRead(tx.actor, query.subject)), query.lang)

const readDocument = endpoint({
  method: 'GET',
  url: '/api/trafficking/funnel/document',
  wire: { ...FunnelDocument, reply: ReportDocument },
  handle: async (tx, { query }) => ReportDocument.parse(await made(tx, query)),
})

const exported = async (tx: Tx, query: Parameters<typeof made>[1]) => {
  const document = await made(tx, query)
  recordAccess(tx, { act: 'export', kind: 'funnel', ids: [] })
  return { document, name: `funnel-${query.year}-${query.lang}` }
}
export const funnelDownloads: readonly Download[] = [
  download({
    url: '/api/trafficking/funnel/document.xlsx',
    media: xlsxType,
    wire: { ...FunnelDocument, summary: 'The funnel of a year as a workbook' },
    handle: async (tx, { query }) => {
      const { document, name } = await exported(tx, query)
      return { name: `${name}.xlsx`, media: xlsxType, bytes: await workbookOf(document) }
    },
  }),
  download({
    url: '/api/trafficking/funnel/document.csv',
    media: 'text/csv',
    wire: { ...FunnelDocument, summary: 'The funnel of a year as CSV' },
    handle: async (tx, { query }) => {
      const { document, name } = await exported(tx, query)
      return {
        name: `${name}.csv`,
        media: 'text/csv; charset=utf-8',
        // Whose figures these are, and that they are not official, goes with them.
        bytes: Buffer.from(
          csvOf(document).replace(
            '\uFEFF',
            `\uFEFF"${[document.title, ...document.about].join('"\r\n"')}"\r\n\r\n`,
          ),
          'utf8',
        ),
      }
    },
  }),
]

/** Nobody has decided: the longest waiting first. */
const listStuck = endpoint({
  method: 'GET',
  url: '/api/trafficking/stuck',
  wire: ListStuck,
  handle: async (tx, { query }) => {
    mustBeAuthority(tx.actor)
    const after = readCursor(query.cursor)
    const rows = await tx.sql<{
      id: string
      code: string
      subject: 'child' | 'adult'
      status: string
      since: Instant
      structure: string
      unit: string
      municipality: string | null
      overdue: boolean
    }>(
      `select f.id, f.code, f.subject, f.status, f.status_at as since, f.structure,
         (select case $5 when 'en' then u.name_en else u.name_sq end from unit u where u.id = f.unit_id) as unit, f.municipality,
         exists (select 1 from clock c where c.record_id = f.id and c.record_kind = 'nrm_file' and c.statutory and c.stopped_at is null
             and c.paused_at is null and c.due_at < $4)
           or f.case_id is not null and exists (select 1 from clock c where c.record_id = f.case_id and c.record_kind = 'case_file'
             and c.rule in ('D15', 'D16') and c.stopped_at is null and c.paused_at is null and c.due_at < $4) as overdue
       from nrm_file f where f.status in ('vmt', 'formal_pending') and ($1::timestamptz is null or (f.status_at, f.id) > ($1, $2::uuid))
       order by f.status_at, f.id limit $3`,
      [after?.at ?? null, after?.id ?? null, query.limit + 1, tx.now, 'sq'],
    )
    const items = rows.slice(0, query.limit).map((row) => ({ ...row, days: since(row.since, tx.now) }))
    recordAccess(tx, { act: 'list', kind: 'nrm_file', ids: items.map((row) => row.id), tier: 'T2' })
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.since, last.id) : null,
    }
  },
})

/**
 * Referrals out of these files that were answered by nobody, or accepted and never begun; for adults, who have no referrals of a
 * case, what was asked of a provider and neither done nor given on its day.
 */
const listSilent = endpoint({
  method: 'GET',
  url: '/api/trafficking/no-action',
  wire: ListSilent,
  handle: async (tx, { query }) => {
    mustBeAuthority(tx.actor)
    const after = readCursor(query.cursor)
    const rows = await tx.sql<{
      id: string
      code: string
      nrmId: string
      nrmCode: string
      recipientKind: string
      to: string
      service: string
      state: string
      sentAt: Instant
    }>(
      `with silent as (select * from (select r.id, r.code, f.id as "nrmId", f.code as "nrmCode", r.recipient_kind as "recipientKind",
         u.name_sq as "to", r.service, r.state, r.sent_at as "sentAt"
       from referral r join unit u on u.id = r.to_unit_id
         join lateral (select n.id, n.code from nrm_file n where n.case_id = r.case_id order by n.opened_at desc limit 1) f on true
       where r.state in ('SENT', 'EXPIRED', 'ACKNOWLEDGED', 'ACCEPTED') and r.service_started_at is null
         and (r.state = 'EXPIRED' or r.sent_at < $4::timestamptz - interval '3 days')
         and ($1::timestamptz is null or (r.sent_at, r.id) > ($1, $2::uuid))
       order by r.sent_at, r.id limit $3) of_cases
       union all
       select * from (select a.id, f.code, f.id, f.code, i.kind, i.name_sq, a.service, 'PLANNED', a.at
       from assistance_action a join nrm_file f on f.id = a.nrm_id and f.subject = 'adult' and f.status <> 'exited'
         join institution i on i.id = a.provider_id
       where a.status = 'planned' and a.due < ($4::timestamptz at time zone 'Europe/Tirane')::date
         and not exists (select 1 from assistance_service s where s.nrm_id = a.nrm_id and s.service = a.service
           and s.from_day >= (a.at at time zone 'Europe/Tirane')::date)
         and ($1::timestamptz is null or (a.at, a.id) > ($1, $2::uuid))
       order by a.at, a.id limit $3) of_adults)
       select * from silent order by "sentAt", id limit $3`,
      [after?.at ?? null, after?.id ?? null, query.limit + 1, tx.now],
    )
    const items = rows.slice(0, query.limit).map((row) => ({ ...row, days: since(row.sentAt, tx.now) }))
    recordAccess(tx, { act: 'list', kind: 'referral', ids: items.map((row) => row.id), tier: 'T2' })
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.sentAt, last.id) : null,
    }
  },
})

export const funnelEndpoints: readonly Endpoint[] = [readFunnel, readDocument, listStuck, listSilent]
