/** What is read at the border and of it: the officer's desk, the questions, alerts with their hits, the figures. */
import { suppress } from '#disclosure/suppress.ts'
import { type Category, categories, type Direction, directions } from '#domain/border/kinds.ts'
import { mayAlert, mayCheck, mayCount } from '#domain/border/policy.ts'
import { addMonths, tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import {
  BorderAlertList,
  type BorderAlertRow,
  BorderDesk,
  BorderFigures,
  BorderQuestions,
  ReadBorderAlert,
} from '#wire/border.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { periodOf } from '../prevention/place.ts'
import { notFound } from '../problem.ts'
import { openBytes } from '../sealing/index.ts'
import { findKey } from '../sealing/keys.ts'
import type { Tx } from '../tx.ts'
import { reasonPlace } from './alert.ts'
import { borderLaw, borderQuestions } from './options.ts'
import { alertLabel } from './store.ts'

type Desk = (typeof BorderDesk.reply)['_zod']['input']

export const readDesk = endpoint({
  method: 'GET',
  url: '/api/border/desk',
  wire: BorderDesk,
  handle: async (tx) => {
    const [crossings, rows] = await Promise.all([
      tx.sql<Desk['crossings'][number]>(
        `select b.id, b.name, b.other_side as "otherSide" from unnest(my_crossings()) with ordinality o (id, n)
           join border_crossing b on b.id = o.id order by o.n`,
      ),
      tx.sql<Desk['items'][number]>(
        `select c.id, c.at, c.crossing, c.direction, c.category, c.sex, c.hit, c.document_odd as odd, c.report_id as "reportId",
           n.id is not null as mine, nullif(concat_ws(' ', n.given_name, n.family_name), '') as name,
           (select s.result from border_screening s where s.check_id = c.id order by s.at desc limit 1) as screened
         from border_check c left join border_check_named n on n.id = c.id
         where c.at > $1::timestamptz - interval '24 hours' and me_role() = 'border_police' order by c.at desc, c.id desc limit 50`,
        [tx.now],
      ),
    ])
    const named = rows.filter((row) => row.mine).map((row) => row.id)
    if (named.length > 0) recordAccess(tx, { act: 'list', kind: 'border_check', ids: named, tier: 'T3' })
    return {
      crossings,
      lookUpsAnHour: borderLaw.lookUpsAnHour,
      keepDays: borderLaw.keepDays,
      items: rows,
    }
  },
})

export const readQuestions = endpoint({
  method: 'GET',
  url: '/api/border/questions',
  wire: BorderQuestions,
  handle: async () => borderQuestions,
})

/** `hits` counts only what the reader's own policies let through. */
const alertColumns = `a.id, a.version, a.kind, a.direction, a.step, a.phone, a.case_id as "caseId", a.nrm_id as "nrmId",
  nullif(concat_ws(' ', n.given_name, n.family_name), '') as name, a.at, a.expires_on::text as "expiresOn",
  a.withdrawn_at as "withdrawnAt", a.withdrawn_why as "withdrawnWhy", a.unit_id = me_unit() as mine,
  (select count(*) from border_hit h where h.alert_id = a.id and h.answer is null)::integer as waiting`
type Row = Omit<BorderAlertRow, 'label'>
const shown = (row: Row): BorderAlertRow => ({ ...row, label: alertLabel(row.id) })

export const listAlerts = endpoint({
  method: 'GET',
  url: '/api/border/alerts',
  wire: BorderAlertList,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Row & { at: Instant }>(
      `select ${alertColumns} from border_alert a left join border_alert_named n on n.id = a.id
       where ($1::timestamptz is null or (a.at, a.id) < ($1, $2::uuid)) and ($3::uuid is null or a.case_id = $3)
         and ($4::text is null or ($4 = 'live') = (a.withdrawn_at is null and a.expires_on >= $5::date))
       order by a.at desc, a.id desc limit $6`,
      [
        after?.at ?? null,
        after?.id ?? null,
        query.caseId ?? null,
        query.state ?? null,
        tiranaDay(tx.now),
        query.limit + 1,
      ],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    if (page.length > 0)
      recordAccess(tx, {
        act: 'list',
        kind: 'border_alert',
        ids: page.map((row) => row.id),
        tier: page.some((row) => row.name !== null) ? 'T3' : 'T2',
      })
    return {
      items: page.map(shown),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.at, last.id) : null,
      mayWrite: mayAlert(tx.actor),
      mostDays: borderLaw.alertMostDays,
    }
  },
})

interface Opened extends Row {
  readonly otherNames: string | null
  readonly birthFrom: Day | null
  readonly birthTo: Day | null
  readonly birthSaid: string | null
  readonly documents: string[] | null
  readonly sealed: Buffer | null
}
type Hits = (typeof ReadBorderAlert.reply)['_zod']['input']['hits']

const reasonOf = async (tx: Tx, id: Uuid, sealed: Buffer | null): Promise<string | null> => {
  if (sealed === null) return null
  const place = reasonPlace(id)
  const said = openBytes(await findKey(tx, place.record), place, sealed)
  return typeof said === 'string' ? said : null
}

export const readAlert = endpoint({
  method: 'GET',
  url: '/api/border/alerts/{id}',
  wire: ReadBorderAlert,
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<Opened>(
      `select ${alertColumns}, n.other_names as "otherNames", n.birth_from as "birthFrom", n.birth_to as "birthTo", n.birth_said as "birthSaid",
         n.documents, s.sealed from border_alert a left join border_alert_named n on n.id = a.id
         left join border_alert_sensitive s on s.id = a.id where a.id = $1`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const hits = await tx.sql<Hits[number]>(
      `select h.id, h.at, b.name as crossing, h.direction, h.category, h.by_document as "byDocument", h.by_name as "byName", h.answer,
         case when n.id is not null then jsonb_build_object('name', concat_ws(' ', n.given_name, n.family_name),
           'document', n.document_number, 'escorts', (select coalesce(jsonb_agg(jsonb_build_object('relation', e ->> 'relation',
             'name', e ->> 'name')), '[]') from jsonb_array_elements(n.companions) e)) end as shown
       from border_hit h join border_crossing b on b.id = h.crossing
         left join border_check_named n on n.id = h.check_id and h.answer is distinct from 'other_person'
       where h.alert_id = $1 order by h.at desc, h.id desc limit 100`,
      [params.id],
    )
    const { otherNames, birthFrom, birthTo, birthSaid, documents, sealed, ...rest } = row
    recordAccess(tx, {
      act: 'read',
      kind: 'border_alert',
      ids: [params.id],
      tier: sealed !== null ? 'T4' : documents !== null ? 'T3' : 'T2',
    })
    return {
      ...shown(rest),
      otherNames,
      birth:
        birthFrom === null || birthTo === null
          ? null
          : { from: birthFrom, to: birthTo, said: birthSaid ?? '' },
      documents: documents ?? [],
      reason: await reasonOf(tx, params.id, sealed),
      hits,
    }
  },
})

interface Counted {
  readonly crossing: string
  readonly name: string
  readonly direction: Direction
  readonly category: Category
  readonly n: number
}
const columns = directions.flatMap((direction) => categories.map((category) => ({ direction, category })))
const figuresOf = <T>(values: readonly T[]) => {
  const [inAlone, inParents, inOthers, outAlone, outParents, outOthers] = values
  return {
    inAlone: inAlone!,
    inParents: inParents!,
    inOthers: inOthers!,
    outAlone: outAlone!,
    outParents: outParents!,
    outOthers: outOthers!,
  }
}
/** Signed-in readers of aggregates see no figure of 1 to 4 of children (decision 13); a post sees its own work whole. */
const upTo = 4
/** Readers of aggregates ask for whole months: two periods that differ by a day would tell of the children of that day. */
const inMonths = ({ from, until }: { from: Day; until: Day }): { from: Day; until: Day } => {
  const first = (day: Day): Day => `${day.slice(0, 7)}-01`
  return { from: first(from), until: until === first(until) ? until : addMonths(first(until), 1) }
}

export const readFigures = endpoint({
  method: 'GET',
  url: '/api/border/figures',
  wire: BorderFigures,
  handle: async (tx, { query }) => {
    const post = mayCheck(tx.actor)
    const { from, until } = post ? periodOf(tx, query) : inMonths(periodOf(tx, query))
    const rows = await tx.sql<Counted>(
      `select d.crossing, b.name, d.direction, d.category, sum(d.n)::integer as n from border_daily d join border_crossing b on b.id = d.crossing
       where d.on_day >= $1 and d.on_day < $2 group by 1, 2, 3, 4 order by 1`,
      [from, until],
    )
    const places = [...new Map(rows.map((row) => [row.crossing, row.name]))]
    const cells = places.map(([crossing]) =>
      columns.map(
        ({ direction, category }) =>
          rows.find(
            (row) => row.crossing === crossing && row.direction === direction && row.category === category,
          )?.n ?? 0,
      ),
    )
    const visible = post ? cells : suppress({ cells }, { upTo }).cells
    // A table of one crossing has nothing to hide behind: the country's totals are exact.
    const listed = post || places.length > 1 ? places : []
    const presence = mayCount(tx.actor)
      ? await tx.sql<{ screenings: number; women: number; workers: number }>(
          `select coalesce(sum(screenings), 0)::integer as screenings, coalesce(sum(without_woman_officer), 0)::integer as women,
             coalesce(sum(without_social_worker), 0)::integer as workers from border_presence($1, $2)`,
          [from, until],
        )
      : []
    const counted = presence[0]
    return {
      from,
      until,
      rows: listed.map(([crossing, name], at) => ({ crossing, name, ...figuresOf(visible[at]!) })),
      totals: figuresOf(columns.map((_, at) => cells.reduce((sum, row) => sum + row[at]!, 0))),
      presence:
        counted === undefined || post
          ? null
          : {
              screenings: counted.screenings,
              withoutWomanOfficer: counted.women,
              withoutSocialWorker: counted.workers,
            },
    }
  },
})
