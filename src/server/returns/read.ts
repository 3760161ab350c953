/** Returns as lists, one of them as far as the reader's tier reaches, and what the border is told. */
import { safetyPlanReady } from '#domain/assistance/safety.ts'
import { addDays, tiranaDay } from '#domain/clock/tirana.ts'
import type { Actor, Day, Instant, Uuid } from '#domain/core.ts'
import type { Refusal } from '#domain/refusal.ts'
import { consentFault, determinationFault, worksOnReturns } from '#domain/returns/decide.ts'
import { beforeTravel, type Return } from '#domain/returns/state.ts'
import {
  AnnouncedHere,
  ListReturns,
  ReadReturn,
  ReturnChoices,
  type ReturnRow,
  type ReturnView,
  type returnActs,
} from '#wire/returns.ts'
import { recordAccess } from '../access.ts'
import { safetyPlanOf } from '../assistance/store.ts'
import { asText } from '../case/beside.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { mustReachNrm } from '../packet/make.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { foldReturn, type ReturnRowSql, returnColumns, wordsOfReturn } from './store.ts'

type ListRow = Omit<ReturnRow, 'overdue'> & { readonly openedAt: Instant }
const listColumns = `r.id, r.version, r.code, r.nrm_id as "nrmId", f.code as "nrmCode", r.subject, r.direction, r.country, r.state,
  r.notice_on as "noticeOn", r.expected_on as "expectedOn", r.plan_due as "planDue", r.late, r.travel_on as "travelOn",
  r.received_on as "receivedOn", r.opened_at as "openedAt",
  (select min(v.due) from return_follow_up v where v.return_id = r.id and v.seen_on is null) as "nextVisit"`

const boxes = {
  under_way: `r.state in ('NOTIFIED', 'ASSESSED', 'PLAN_AGREED')`,
  travelling: `r.state in ('TRAVEL', 'RECEIVED')`,
  visits: `r.state = 'HANDED_TO_CASE'`,
  over: `r.state in ('MONITORED', 'REFUSED')`,
} as const

const isOverdue = (row: { readonly state: string; readonly planDue: Day | null }, today: Day): boolean =>
  (row.state === 'NOTIFIED' || row.state === 'ASSESSED') && row.planDue !== null && row.planDue < today
/** The consulate reads who returns and what is needed; not how dangerous it is, nor to which shelter somebody was handed. */
const seesFile = (row: { readonly nrmCode: string | null }): boolean => row.nrmCode !== null
/** Whoever does not see the file, sees no number of it either. */
const bare = (row: ListRow): Omit<ReturnRow, 'overdue'> => {
  const { openedAt: _at, ...rest } = row
  return seesFile(row) ? rest : { ...rest, nrmId: null }
}

const listReturns = endpoint({
  method: 'GET',
  url: '/api/returns',
  wire: ListReturns,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const today = tiranaDay(tx.now)
    const rows = await tx.sql<ListRow>(
      `select ${listColumns} from nrm_return r left join nrm_file f on f.id = r.nrm_id
       where ($1::uuid is null and ${boxes[query.box]} or r.nrm_id = $1) and ($2::timestamptz is null or (r.opened_at, r.id) < ($2, $3::uuid))
       order by r.opened_at desc, r.id desc limit $4`,
      [query.nrm ?? null, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    recordAccess(tx, { act: 'list', kind: 'nrm_return', ids: page.map((row) => row.id), tier: 'T2' })
    return {
      items: page.map((row) => ({ ...bare(row), overdue: isOverdue(row, today) })),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.openedAt, last.id) : null,
    }
  },
})

type Acts = (typeof returnActs)[number][]
const mayDo = (actor: Actor, r: Return, named: boolean): Acts => {
  if (actor.role === 'consulate') return beforeTravel.includes(r.state) ? ['document'] : []
  if (!named || !worksOnReturns(actor)) return []
  const before = beforeTravel.includes(r.state)
  const last = r.determinations.at(-1)
  const signs =
    last !== undefined && last.signedBy === null && last.by !== actor.userId && last.byUnit !== actor.unitId
  return [
    ...(before ? (['assess'] as const) : []),
    ...(before && r.state !== 'NOTIFIED' && r.subject === 'child' ? (['determine'] as const) : []),
    ...(before && signs ? (['sign'] as const) : []),
    ...(r.state !== 'REFUSED' && r.state !== 'MONITORED' ? (['consent'] as const) : []),
    ...(r.consents.some((one) => one.answer === 'given' && one.withdrawnAt === null)
      ? (['withdraw'] as const)
      : []),
    ...(r.state === 'ASSESSED' || r.state === 'PLAN_AGREED' ? (['plan'] as const) : []),
    ...(before ? (['document'] as const) : []),
    ...(r.state === 'PLAN_AGREED' ? (['set_off'] as const) : []),
    ...(r.state === 'TRAVEL' ? (['arrive'] as const) : []),
    ...(r.state === 'RECEIVED' ? (['hand_over'] as const) : []),
    ...(r.state === 'HANDED_TO_CASE' ? (['follow_up'] as const) : []),
    ...(before ? (['refuse'] as const) : []),
  ]
}

interface Whole extends ReturnRowSql {
  readonly set_off_on: Day | null
  readonly source: ReturnView['source']
  readonly identity: string | null
  readonly need: string | null
  readonly consulate: { sq: string; en: string } | null
  readonly border: { sq: string; en: string } | null
  readonly handed_unit: { sq: string; en: string } | null
  readonly handed_there: string | null
  readonly counterpart_id: Uuid | null
  readonly counterpart: string | null
  readonly risk: ReturnView['risk']
  readonly assessed_on: Day | null
  readonly mode: ReturnView['mode']
  readonly handed_on: Day | null
  readonly handed_report_id: Uuid | null
  readonly refusal: ReturnView['refusal']
  readonly named: boolean
}
const unitName = (column: string): string =>
  `(select jsonb_build_object('sq', u.name_sq, 'en', u.name_en) from unit u where u.id = r.${column})`

const readReturn = endpoint({
  method: 'GET',
  url: '/api/returns/{id}',
  wire: ReadReturn,
  handle: async (tx, { params, identity }) => {
    const [row] = await tx.sql<Whole & ListRow>(
      `select ${listColumns}, ${returnColumns}, (r.set_off_at at time zone 'Europe/Tirane')::date as set_off_on, r.source, n.identity, n.need,
         ${unitName('consulate_id')} as consulate, ${unitName('border_id')} as border, ${unitName('handed_unit_id')} as handed_unit,
         h.institution as handed_there, r.counterpart_id, c.institution as counterpart, r.risk, r.assessed_on, r.mode, r.handed_on,
         r.handed_report_id, r.refusal, exists (select 1 from nrm_file_named m where m.id = r.nrm_id) as named
       from nrm_return r left join nrm_file f on f.id = r.nrm_id left join nrm_return_named n on n.id = r.id
         left join counterpart c on c.id = r.counterpart_id left join counterpart h on h.id = r.handed_counterpart_id where r.id = $1`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const r = await foldReturn(tx, row, row.set_off_on)
    const [words, panels, consents, escorts, costs, documents, visits, safety] = await Promise.all([
      wordsOfReturn(tx, r.id),
      tx.sql<{
        id: Uuid
        heldOn: Day
        outcome: 'return'
        members: never[]
        by: string | null
        signedBy: string | null
        signedAt: Instant | null
      }>(
        `select d.id, d.held_on as "heldOn", d.outcome, d.members, a.display_name as by, b.display_name as "signedBy", d.signed_at as "signedAt"
         from return_determination d left join app_user a on a.id = d.by_id left join app_user b on b.id = d.signed_by
         where d.return_id = $1 order by d.at desc, d.id limit 20`,
        [r.id],
      ),
      tx.sql<Omit<ReturnView['consents'][number], 'words'>>(
        `select k.id, k.who, k.answer, k.covers, k.on_day as on, k.withdrawn_at as "withdrawnAt",
           (select count(*)::int from packet p where k.id = any (p.consent_ids) and p.revoked_at is null and p.expires_at > $2) as packets
         from return_consent k where k.return_id = $1 order by k.at desc, k.id limit 40`,
        [r.id, tx.now],
      ),
      tx.sql<{ id: Uuid; role: ReturnView['escorts'][number]['role'] }>(
        'select id, role from return_escort where return_id = $1 and used order by role, id limit 10',
        [r.id],
      ),
      tx.sql<ReturnView['costs'][number]>(
        'select what, source, amount_lek as "amountLek" from return_cost where return_id = $1 and used order by what, id limit 30',
        [r.id],
      ),
      tx.sql<ReturnView['documents'][number]>(
        'select kind, issued_on as on from return_document where return_id = $1 order by issued_on, id limit 20',
        [r.id],
      ),
      tx.sql<Omit<ReturnView['followUps'][number], 'findings'>>(
        `select month, due, seen_on as "seenOn", seen, safe, home, school, job, network from return_follow_up where return_id = $1 order by month`,
        [r.id],
      ),
      safetyPlanOf(tx, r.nrmId),
    ])
    recordAccess(tx, {
      act: 'read',
      kind: 'nrm_return',
      ids: [r.id],
      tier: row.identity === null ? 'T2' : 'T3',
    })
    const text = (subject: Uuid, name: string) => asText(words(subject, name))
    const names = new Map(
      ((words(r.id, 'escorts') as { id: Uuid; name: string }[] | null) ?? []).map((one) => [
        one.id,
        one.name,
      ]),
    )
    const works = row.named && worksOnReturns(tx.actor)
    const unsafe = safetyPlanReady(safety, tiranaDay(tx.now))
    const stands: readonly Refusal[] =
      works && beforeTravel.includes(r.state)
        ? [
            ...(r.state === 'NOTIFIED' ? [{ code: 'return_needs_assessment' as const }] : []),
            ...[determinationFault(r), consentFault(r)].flatMap((code) => (code === null ? [] : [{ code }])),
            ...(r.subject === 'child' && r.escorts === 0 ? [{ code: 'return_child_alone' as const }] : []),
            ...(unsafe === null ? [] : [unsafe]),
          ]
        : []
    const missing = stands.map((one) => ({
      code: one.code,
      sentence: say(identity.language, `refusal.${one.code}`, one.params),
    }))
    return {
      ...bare(row),
      overdue: isOverdue(row, tiranaDay(tx.now)),
      source: row.source,
      identity: row.identity,
      need: row.need,
      consulate: row.consulate,
      border: row.border,
      counterpartId: row.counterpart_id,
      counterpart: row.counterpart,
      risk: seesFile(row) ? row.risk : null,
      assessedOn: row.assessed_on,
      hazards: text(r.id, 'hazards'),
      interests: text(r.id, 'interests'),
      determinations: panels.map((one) => {
        const members =
          (words(one.id, 'members') as ReturnView['determinations'][number]['members'] | null) ?? []
        return {
          ...one,
          members:
            members.length > 0
              ? [...members]
              : (one.members as string[]).map((profession) => ({
                  profession: profession as 'police',
                  name: null,
                })),
          minutes: text(one.id, 'minutes'),
          childWords: text(one.id, 'childWords'),
        }
      }),
      consents: consents.map((one) => ({ ...one, words: text(one.id, 'words') })),
      plan: text(r.id, 'plan'),
      mode: row.mode,
      escorts: escorts.map(({ id, role }) => ({ role, name: names.get(id) ?? null })),
      costs,
      documents,
      setOffAt: row.set_off_at,
      receivedBy: text(r.id, 'receivedBy'),
      handedOn: row.handed_on,
      handedTo: seesFile(row)
        ? (row.handed_unit ??
          (row.handed_there === null ? null : { sq: row.handed_there, en: row.handed_there }))
        : null,
      handover: text(r.id, 'handover'),
      reportId: row.named ? row.handed_report_id : null,
      followUps: visits.map((one) => ({ ...one, findings: text(r.id, `findings_${one.month}`) })),
      refusal: row.refusal,
      refusalWords: text(r.id, 'refusal'),
      missing,
      may: mayDo(tx.actor, r, row.named),
    }
  },
})

const unitsOf = (tx: Tx, kinds: readonly string[]) =>
  tx.sql<{ id: Uuid; sq: string; en: string; kind: string }>(
    'select id, name_sq as sq, name_en as en, kind from unit where active and kind = any ($1::text[]) order by name_sq, id limit 400',
    [kinds],
  )

const choices = endpoint({
  method: 'GET',
  url: '/api/nrm/{id}/return-choices',
  wire: ReturnChoices,
  handle: async (tx, { params }) => {
    const nrm = await mustReachNrm(tx, params.id)
    if (!worksOnReturns(tx.actor)) throw notFound()
    const [units, counterparts, people, [named], [under]] = await Promise.all([
      unitsOf(tx, ['consulate', 'border_police', 'social_service', 'shelter']),
      tx.sql<{ id: Uuid; country: string; institution: string }>(
        'select id, country, institution from counterpart where coalesce(valid_to >= $1, true) order by country, institution, id limit 300',
        [tiranaDay(tx.now)],
      ),
      nrm.case_id === null
        ? []
        : tx.sql<{ id: Uuid; name: string }>(
            `select r.id, coalesce(t.body ->> 'name', '–') as name from representative r left join case_text t on t.case_id = r.case_id
               and t.subject_id = r.id and t.name = 'representative' where r.case_id = $1 and r.ended_on is null order by r.at desc limit 10`,
            [nrm.case_id],
          ),
      tx.sql<{ name: string | null }>(
        `select nullif(concat_ws(', ', nullif(concat_ws(' ', n.given_name, n.family_name), ''), n.birth_said), '') as name
         from person_named n where n.id = $1`,
        [nrm.person_id],
      ),
      tx.sql(
        `select 1 from nrm_return where nrm_id = $1 and state not in ('REFUSED', 'HANDED_TO_CASE', 'MONITORED')`,
        [nrm.id],
      ),
    ])
    recordAccess(tx, { act: 'read', kind: 'nrm_file', ids: [nrm.id], tier: 'T3' })
    const of = (...kinds: string[]) =>
      units.filter((one) => kinds.includes(one.kind)).map(({ id, sq, en }) => ({ id, sq, en }))
    return {
      subject: nrm.subject,
      identity: named?.name ?? '',
      consulates: of('consulate'),
      borders: of('border_police'),
      offices: of('social_service', 'shelter'),
      counterparts,
      representatives: people,
      mayNotify: under === undefined,
    }
  },
})

/** A week back, for whoever is late; two months ahead. */
const announced = endpoint({
  method: 'GET',
  url: '/api/returns/announced',
  wire: AnnouncedHere,
  handle: async (tx) => {
    const today = tiranaDay(tx.now)
    const rows = await tx.sql<{
      code: string
      expected_on: Day
      direction: 'incoming'
      country: string
      subject: 'child'
      mode: 'road' | null
      escorted: boolean
      state: 'TRAVEL'
    }>('select * from announced_here($1, $2)', [addDays(today, -7), addDays(today, 60)])
    recordAccess(tx, { act: 'list', kind: 'nrm_return', ids: [], tier: 'T2' })
    return { items: rows.map(({ expected_on, ...row }) => ({ ...row, on: expected_on })) }
  },
})

export const returnEndpoints: readonly Endpoint[] = [listReturns, announced, readReturn, choices]
