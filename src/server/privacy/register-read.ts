/** The officer's registers, and the extract of who opened a person's file. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { dayIn, dayOf } from '#domain/document/parts.ts'
import { extractOf, type OpenedLine } from '#domain/privacy/extract.ts'
import type { ReportDocument } from '#domain/reporting/document.ts'
import {
  AccessExtract,
  type DataBreach,
  DataBreachList,
  type DataRequest,
  DataRequestList,
  ExtractQuery,
  IdParams,
  StateQuery,
} from '#wire/privacy.ts'
import type { Language } from '#wire/words/index.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Download, download, type Endpoint, endpoint } from '../endpoint.ts'
import { pdfOf, pdfType } from '../pdf/document.ts'
import { forbidden, notFound, Problem } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { wordsSql } from './store.ts'

const mustBeOfficer = (tx: Tx): void => {
  if (tx.actor.role !== 'dpo') throw forbidden()
}
const isLate = (dueAt: Instant | null, endedAt: Instant | null, now: Instant): boolean =>
  dueAt !== null && Date.parse(endedAt ?? now) > Date.parse(dueAt)

const listRequests = endpoint({
  method: 'GET',
  url: '/api/privacy/requests',
  wire: {
    summary: 'Requests of persons about their own data, with their clock (D36)',
    query: StateQuery,
    reply: DataRequestList,
  },
  handle: async (tx, { query }) => {
    mustBeOfficer(tx)
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Omit<DataRequest, 'late'> & { at: Instant }>(
      `select r.id, r.version, r.code, r.kind, r.requester, r.channel, r.case_code as "caseCode", r.received_on as "receivedOn",
         r.due_at as "dueAt", r.state, r.identity_means as "identityMeans", r.identified_at as "identifiedAt", r.outcome, r.ground,
         r.complaint_told as "complaintTold", r.answered_at as "answeredAt", r.registered_at as at, ${wordsSql('r')}
       from data_request r
       where ($1::text is null or ($1 = 'open') = (r.state in ('RECEIVED', 'IDENTIFIED')))
         and ($2::timestamptz is null or (r.registered_at, r.id) < ($2, $3::uuid)) order by r.registered_at desc, r.id desc limit $4`,
      [query.state ?? null, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    recordAccess(tx, { act: 'list', kind: 'data_request', ids: page.map((row) => row.id), tier: 'T3' })
    return {
      items: page.map(({ at: _, ...row }) => ({
        ...row,
        late: row.state !== 'WITHDRAWN' && isLate(row.dueAt, row.answeredAt, tx.now),
      })),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.at, last.id) : null,
    }
  },
})

const listBreaches = endpoint({
  method: 'GET',
  url: '/api/privacy/breaches',
  wire: {
    summary: 'Breaches of personal data, with the clock of the Commissioner (D35)',
    query: StateQuery,
    reply: DataBreachList,
  },
  handle: async (tx, { query }) => {
    mustBeOfficer(tx)
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Omit<DataBreach, 'late'>>(
      `select b.id, b.version, b.code, b.kinds, b.tiers, b.persons, b.children, b.happened_at as "happenedAt", b.known_at as "knownAt",
         b.due_at as "dueAt", b.risk, b.state, b.notified_at as "notifiedAt", b.notified_ref as "notifiedRef",
         b.not_notified as "notNotified", b.informed, b.informed_on as "informedOn", b.closed_at as "closedAt", ${wordsSql('b')}
       from data_breach b where ($1::text is null or ($1 = 'open') = (b.state = 'OPEN'))
         and ($2::timestamptz is null or (b.known_at, b.id) < ($2, $3::uuid)) order by b.known_at desc, b.id desc limit $4`,
      [query.state ?? null, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      items: page.map((row) => ({
        ...row,
        late: row.notNotified === null && isLate(row.dueAt, row.notifiedAt, tx.now),
      })),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.knownAt, last.id) : null,
    }
  },
})

const MOST = 2000
type Extract = ReturnType<typeof extractOf> & { requestCode: string; madeAt: Instant; cut: boolean }
const extractFor = async (tx: Tx, id: Uuid): Promise<Extract> => {
  mustBeOfficer(tx)
  const [request] = await tx.sql<{
    code: string
    kind: string
    state: string
    personId: Uuid | null
    identified: boolean
  }>(
    `select code, kind, state, person_id as "personId", identified_at is not null as identified from data_request where id = $1`,
    [id],
  )
  if (request === undefined) throw notFound()
  if (request.kind !== 'access' || !request.identified || request.personId === null)
    throw new Problem('refused', { refusal: { code: 'request_no_file' } })
  const rows = await tx.sql<Omit<OpenedLine, 'on'> & { at: Instant }>(
    `select a.at, a.act, a.role, a.code, u.kind as "unitKind", u.name_sq as "unitSq", u.name_en as "unitEn"
     from person_access($1, $2) a left join unit u on u.id = a.unit_id`,
    [request.personId, MOST + 1],
  )
  recordAccess(tx, { act: 'export', kind: 'data_request', ids: [id], tier: 'T3' })
  return {
    requestCode: request.code,
    madeAt: tx.now,
    cut: rows.length > MOST,
    ...extractOf(rows.slice(0, MOST).map(({ at, ...row }) => ({ ...row, on: tiranaDay(at) as Day }))),
  }
}

const readExtract = endpoint({
  method: 'GET',
  url: '/api/privacy/requests/{id}/access-log',
  wire: {
    summary: 'Who opened this person’s file, safe to hand over: day, role and unit, never staff',
    params: IdParams,
    reply: AccessExtract,
  },
  handle: (tx, { params }) => extractFor(tx, params.id),
})

const documentOf = (extract: Extract, language: Language): ReportDocument => {
  const t = (key: string, params?: Record<string, string | number>) =>
    say(language, `privacyPage.${key}`, params)
  return {
    language,
    title: t('extract_title'),
    about: [t('extract_of', { code: extract.requestCode, on: dayOf(extract.madeAt) })],
    sections: [
      {
        heading: t('extract_who'),
        paragraphs: [t('extract_note'), ...(extract.cut ? [t('extract_cut', { count: MOST })] : [])],
        charts: [],
        tables: [
          {
            caption: t('extract_who'),
            columns: [
              { head: t('day'), kind: 'text' },
              { head: t('extract_unit'), kind: 'text' },
              { head: t('extract_role'), kind: 'text' },
              { head: t('extract_act'), kind: 'text' },
              { head: t('extract_times'), kind: 'number' },
            ],
            rows: extract.items.map((item) => [
              dayIn(item.on),
              item.unit === null ? t('extract_by_law') : item.unit[language],
              item.role === null ? '–' : say(language, `web.role_${item.role}`),
              t(item.emergency ? 'extract_emergency' : `extract_${item.act}`),
              item.times,
            ]),
          },
        ],
      },
      { heading: t('extract_rights'), paragraphs: [t('extract_complain')], charts: [], tables: [] },
    ],
  }
}

const extractPdf = download({
  url: '/api/privacy/requests/{id}/access-log.pdf',
  media: pdfType,
  wire: {
    summary: 'The same extract as a document, in Albanian or English',
    params: IdParams,
    query: ExtractQuery,
  },
  handle: async (tx, { params, query }) => {
    const extract = await extractFor(tx, params.id)
    const bytes = await pdfOf(documentOf(extract, query.lang), { now: tx.now, footer: extract.requestCode })
    return { name: `${extract.requestCode}-${query.lang}.pdf`, media: pdfType, bytes }
  },
})

export const registerEndpoints: readonly Endpoint[] = [listRequests, listBreaches, readExtract]
export const registerDownloads: readonly Download[] = [extractPdf]
