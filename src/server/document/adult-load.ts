/**
 * An adult's file of the trafficking track gathered for a paper, as far as its taker may see it: every text comes through the
 * policies of its own tier, and nothing above the tier of the paper is asked for. A shelter is named nowhere in it.
 */
import type { Day, Instant, Json, Uuid } from '#domain/core.ts'
import type {
  AdultFile,
  AgreedSeen,
  GivenSeen,
  LeftSeen,
  LostSeen,
  MoveSeen,
  NeedSeen,
  OrderSeen,
  ProgressSeen,
  StepSeen,
  VisitSeen,
} from '#domain/document/adult/file.ts'
import { type IdentificationSeen, noTrack } from '#domain/document/file.ts'
import type { NrmFile } from '#domain/nrm/state.ts'
import type { Language } from '#wire/words/index.ts'
import { wordsOf } from '../assistance/store.ts'
import { findPerson } from '../person/store.ts'
import { wordsOfReturn } from '../returns/store.ts'
import type { Tx } from '../tx.ts'
import { nameIn } from './paper.ts'
import { screeningsOf } from './screenings.ts'

type Said = (subject: Uuid, name: string) => string | null
const text = (value: Json | null): string | null => (typeof value === 'string' ? value : null)
/** The name of an institution, or nothing where a shelter is one of its units. */
const told = (name: string, alias: string): string =>
  `case when not exists (select 1 from unit h where h.institution_id = ${alias}.id and h.kind = 'shelter') then ${alias}.${name} end`

interface Head {
  readonly unit: string
  readonly phone: string | null
  readonly manager: string | null
}
/** Where a shelter manages, the regional social service of the county speaks for the file; where there is none, a national office. */
const headOf = async (tx: Tx, file: NrmFile, name: string): Promise<Head> => {
  const [head] = await tx.sql<Head>(
    `select case when u.kind = 'shelter' then coalesce(o.${name}, '–') else u.${name} end as unit,
       case when u.kind = 'shelter' then o.phone else u.phone end as phone,
       case when u.kind <> 'shelter' then (select a.display_name from app_user a where a.id = $2) end as manager
     from unit u left join lateral (select o.* from unit o where u.kind = 'shelter' and o.active
         and (o.kind = 'social_service' and o.county = $3 or o.kind in ('responsible_authority', 'hotline'))
       order by o.kind = 'social_service' desc, o.kind = 'responsible_authority' desc, o.id limit 1) o on true where u.id = $1`,
    [file.unitId, file.managerId, file.county],
  )
  return head ?? { unit: '–', phone: null, manager: null }
}

/** Words of the events of the file itself: why it was declined, left, handed over. */
const eventsOf = async (tx: Tx, id: Uuid, tier: number, name: string) => {
  const unit = (key: string) =>
    `(select u.${name} from unit u where u.id = (e.facts ->> '${key}')::uuid and u.kind <> 'shelter')`
  return tx.sql<{
    id: Uuid
    type: string
    at: Instant
    step: Uuid | null
    to: string | null
    on: Day | null
    reason: string | null
    by: string | null
    from: string | null
    given: string | null
    words: string | null
  }>(
    `select e.id, e.type, e.occurred_at as at, (e.facts ->> 'identificationId')::uuid as step, e.facts ->> 'to' as to,
       e.facts ->> 'on' as "on", e.facts ->> 'reason' as reason, e.facts ->> 'by' as by,
       case when e.type = 'NrmHandedOver' then ${unit('fromUnitId')} end as "from",
       case when e.type = 'NrmHandedOver' then ${unit('unitId')} end as given,
       (select p.body #>> '{}' from event_part p where p.event_id = e.id and p.tier = 'T3' and p.name in ('basis', 'reason')
         and $2 >= 3 limit 1) as words
     from event e where e.kind = 'nrm_file' and e.record_id = $1 and e.type in ('NrmStatusSet', 'NrmHandedOver') order by e.seq limit 200`,
    [id, tier],
  )
}
type Happened = Awaited<ReturnType<typeof eventsOf>>

const agreedOf = async (tx: Tx, id: Uuid, tier: number, happened: Happened): Promise<AgreedSeen[]> => {
  type Row = Omit<AgreedSeen, 'words'> & { readonly returnId: Uuid | null }
  const rows = await tx.sql<Row>(
    `select * from (
       select s.id, 'shelter' as what, 'given' as answer, s.consent_on as "on", '{}'::text[] as covers, null::timestamptz as "withdrawnAt",
         null::uuid as "returnId" from shelter_stay s where s.nrm_id = $1
       union all select i.id, 'interview', 'given', i.asked_on, '{}', null, null
         from interview i where i.nrm_id = $1 and i.asked_on is not null and i.state <> 'CANCELLED'
       union all select c.id, 'return', c.answer, c.on_day, c.covers, c.withdrawn_at, r.id
         from return_consent c join nrm_return r on r.id = c.return_id where r.nrm_id = $1 and c.who = 'adult'
       union all select d.id, 'declined', 'refused', d.on_day, '{}', null, null
         from identification_record d where d.nrm_id = $1 and d.status = 'declined_formal') x
     order by "on" desc, id limit 200`,
    [id],
  )
  const returns = [...new Set(rows.flatMap((row) => row.returnId ?? []))]
  const spoken = new Map(
    tier < 3
      ? []
      : await Promise.all(returns.map(async (one) => [one, await wordsOfReturn(tx, one)] as const)),
  )
  return rows.map(({ returnId, ...row }) => ({
    ...row,
    words:
      returnId === null
        ? (happened.find((one) => one.step === row.id)?.words ?? null)
        : text(spoken.get(returnId)?.(row.id, 'words') ?? null),
  }))
}

const helpOf = async (tx: Tx, id: Uuid, name: string, said: Said) => {
  const [needs, steps, given, visits, progress, lost] = await Promise.all([
    tx.sql<Omit<NeedSeen, 'words'> & { id: Uuid }>(
      `select id, kind, beneficiary, found_on as "foundOn", state from assistance_need where nrm_id = $1 order by found_on, id limit 300`,
      [id],
    ),
    tx.sql<Omit<StepSeen, 'words'> & { id: Uuid }>(
      `select a.id, a.service, ${told(name, 'i')} as provider, a.due, a.cost_lek as "costLek", a.funding, a.status
       from assistance_action a join institution i on i.id = a.provider_id where a.nrm_id = $1 order by a.due, a.id limit 300`,
      [id],
    ),
    tx.sql<GivenSeen>(
      `select s.service, s.setting, s.beneficiary, case when s.stay_id is null and s.setting <> 'shelter' then ${told(name, 'i')} end as provider,
         s.from_day as "from", s.until_day as until
       from assistance_service s join institution i on i.id = s.provider_id where s.nrm_id = $1 order by s.from_day, s.id limit 1000`,
      [id],
    ),
    tx.sql<Omit<VisitSeen, 'words'>>(
      `select id, month, due, seen_on as "seenOn", living, job, job_secure as "jobSecure", network, income, reexploited
       from assistance_follow_up where nrm_id = $1 order by round, month limit 200`,
      [id],
    ),
    tx.sql<Omit<ProgressSeen, 'words'>>(
      `select r.id, r.on_day as "on", r.progress, r.concern, case when r.stay_id is null and u.kind <> 'shelter'
         then (select a.display_name from app_user a where a.id = r.by_id) end as by
       from assistance_report r join unit u on u.id = r.by_unit where r.nrm_id = $1 order by r.on_day, r.id limit 500`,
      [id],
    ),
    tx.sql<LostSeen>(
      `select last_on as "lastOn", jsonb_array_length(attempts) as attempts from assistance_contact_lost where nrm_id = $1
       order by at desc, id desc limit 1`,
      [id],
    ),
  ])
  return {
    needs: needs.map(({ id: of, ...one }) => ({ ...one, words: said(of, 'need') })),
    steps: steps.map(({ id: of, ...one }) => ({ ...one, words: said(of, 'action') })),
    given,
    visits: visits.map((one) => ({ ...one, words: said(one.id, 'remark') })),
    progress: progress.map((one) => ({ ...one, words: said(one.id, 'report') })),
    lost: lost[0] ?? null,
  }
}

/** Without the track, the record of readers and the copies, which papers that print them gather themselves. */
export const loadAdult = async (
  tx: Tx,
  file: NrmFile,
  tier: 2 | 3 | 4,
  language: Language,
): Promise<AdultFile> => {
  const { id } = file
  const name = nameIn(language)
  const [head, person, named, spoken, happened, screenings, identifications, orders] = await Promise.all([
    headOf(tx, file, name),
    findPerson(tx, file.personId),
    tier < 3
      ? []
      : tx.sql<{ summary: string | null; contact: string | null }>(
          'select summary, contact from nrm_file_named where id = $1',
          [id],
        ),
    tier < 3 ? () => null : wordsOf(tx, id),
    eventsOf(tx, id, tier, name),
    screeningsOf(tx, 'nrm_id', id, tier, language),
    tx.sql<IdentificationSeen>(
      `select status, on_day as "on", structure, forms, territory, signatories from identification_record where nrm_id = $1
       order by at desc, id desc limit 200`,
      [id],
    ),
    tx.sql<OrderSeen>(
      `select o.id, o.code, o.authority, o.article, o.asked_at as "askedAt", o.asked, o.given, o.court_order as "courtOrder", o.state,
         (select a.display_name from app_user a where a.id = o.checked_by) as "checkedBy", o.closed_at as "closedAt"
       from proceeding_order o where o.nrm_id = $1 order by o.asked_at, o.id limit 200`,
      [id],
    ),
  ])
  const said: Said = (subject, part) => text(spoken(subject, part))
  const [agreed, help] = await Promise.all([agreedOf(tx, id, tier, happened), helpOf(tx, id, name, said)])
  const moves = happened
    .filter((one) => one.type === 'NrmHandedOver')
    .map(({ id: of, at, from, given, words }): MoveSeen => ({ id: of, at, from, to: given, words }))
  const left = happened
    .filter((one) => one.to === 'exited')
    .map(({ on, at, reason, by, words }): LeftSeen => ({ on: on ?? at.slice(0, 10), reason, by, words }))
    .at(-1)
  return {
    code: file.code,
    tier,
    unit: head.unit,
    unitPhone: head.phone,
    manager: head.manager,
    status: file.status,
    phase: file.phase,
    openedAt: file.openedAt,
    structure: file.structure,
    door: file.door,
    forms: file.forms,
    territory: file.territory,
    again: file.priorId !== null,
    sex: person?.sex ?? 'unknown',
    citizenship: person?.citizenship ?? null,
    // A colleague may know the person through another file; a paper of this one shows what this one opens.
    identity: tier < 3 ? null : (person?.identity ?? null),
    summary: named[0]?.summary ?? null,
    contact: named[0]?.contact ?? null,
    screenings,
    identifications,
    agreed,
    ...help,
    moves,
    left: left ?? null,
    orders,
    track: noTrack,
    readers: [],
    copies: [],
  }
}
