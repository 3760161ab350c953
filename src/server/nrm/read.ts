/** Reading files of the trafficking track: the list and queue, one file with its history, own filings, units. */
import type { z } from 'zod'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { allowedActions, mayOpenAgain } from '#domain/nrm/policy.ts'
import { nextSteps } from '#domain/nrm/state.ts'
import type { Sex } from '#domain/report/body.ts'
import { ListNrm, ListNrmFilings, ListNrmUnits, ReadNrm } from '#wire/nrm.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { type NrmRow, nrmColumns, toNrm } from './store.ts'

type Shown = z.input<typeof ListNrm.reply>['items'][number]

interface Listed extends NrmRow {
  readonly unit: Shown['unit']
  readonly manager: string | null
  readonly last_at: Instant | null
  readonly due: Shown['due']
  readonly named: boolean
  readonly name: string | null
}

const unitOf = (id: string): string =>
  `(select jsonb_build_object('id', u.id, 'nameSq', u.name_sq, 'nameEn', u.name_en, 'kind', u.kind, 'county', u.county)
     from unit u where u.id = ${id})`
/** Last event of the file or of the child's case; the clocks of both. */
const lastAt = `(select max(x.at) from (
    select (select e.recorded_at from event e where e.record_id = f.id order by e.seq desc limit 1) as at
    union all select (select e.recorded_at from event e where e.record_id = f.case_id order by e.seq desc limit 1)) x)`
const due = (
  now: string,
): string => `(select jsonb_build_object('rule', k.rule, 'dueAt', k.due_at, 'overdue', k.due_at < ${now}) from clock k
    where k.record_id in (f.id, f.case_id) and k.stopped_at is null and k.paused_at is null and k.rule ~ '^D(1[5-9]|2[0-3])$'
    order by k.due_at limit 1)`
const listed = `${nrmColumns}, ${unitOf('f.unit_id')} as unit,
  (select a.display_name from app_user a where a.id = f.manager_id) as manager, ${lastAt} as last_at,
  exists (select 1 from nrm_file_named n where n.id = f.id) as named,
  case when exists (select 1 from nrm_file_named n where n.id = f.id)
    then (select nullif(concat_ws(' ', p.given_name, left(p.family_name, 1) || '.'), '') from person_named p where p.id = f.person_id) end as name`

const rowOf = (row: Listed): Shown => ({
  id: row.id,
  code: row.code,
  version: row.version,
  subject: row.subject,
  status: row.status,
  statusAt: row.status_at,
  phase: row.phase,
  unit: row.unit,
  manager: row.manager,
  structure: row.structure,
  door: row.door,
  forms: row.forms,
  territory: row.territory,
  county: row.county,
  municipality: row.municipality,
  caseId: row.case_id,
  priorId: row.prior_id,
  openedAt: row.opened_at,
  lowered: row.lowered,
  lastActAt: row.last_at ?? row.status_at,
  due: row.due,
  name: row.name,
})

export const listNrm = endpoint({
  method: 'GET',
  url: '/api/nrm',
  wire: ListNrm,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<Listed>(
      `with page as materialized (
         select f.* from nrm_file f
          where ($1::text is null or f.status = $1) and ($2::text is null or f.subject = $2) and ($3::text is null or f.county = $3)
            and ($4::uuid is null or f.case_id = $4) and ($5::uuid is null or f.person_id = $5)
            and ($6::timestamptz is null or (f.opened_at, f.id) < ($6, $7::uuid))
            and (not $8 or exists (select 1 from clock k where k.record_id in (f.id, f.case_id) and k.stopped_at is null
              and k.paused_at is null and k.rule in ('D15', 'D16') and k.due_at < $9::timestamptz))
            and ($10::int is null or (f.status <> 'exited' and ${lastAt} < $9::timestamptz - make_interval(days => $10)))
          order by f.opened_at desc, f.id desc limit $11)
       select ${listed}, ${due('$9::timestamptz')} as due from page f order by f.opened_at desc, f.id desc`,
      [
        query.status ?? null,
        query.subject ?? null,
        query.county ?? null,
        query.caseId ?? null,
        query.personId ?? null,
        after?.at ?? null,
        after?.id ?? null,
        query.overdue === 'yes',
        tx.now,
        query.idleDays ?? null,
        query.limit + 1,
      ],
    )
    const shown = rows.slice(0, query.limit)
    recordAccess(tx, {
      act: 'list',
      kind: 'nrm_file',
      ids: shown.map(({ id }) => id),
      tier: shown.some(({ name }) => name !== null) ? 'T3' : 'T2',
    })
    const last = shown.at(-1)
    return {
      items: shown.map(rowOf),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.opened_at, last.id) : null,
    }
  },
})

interface PersonRow {
  readonly given_name: string | null
  readonly family_name: string | null
  readonly other_names: string | null
  readonly sex: Sex
  readonly citizenship: string | null
  readonly birth_from: Day | null
  readonly birth_to: Day | null
  readonly birth_said: string | null
}
interface StepRow {
  readonly id: Uuid
  readonly status: string
  readonly on: Day
  readonly structure: string
  readonly signatories: string[]
  readonly priorTrafficking: boolean
  readonly recordedAt: Instant
  readonly by: string | null
}

const historyOf = async (tx: Tx, id: Uuid) => {
  const steps = await tx.sql<StepRow>(
    `select r.id, r.status, r.on_day as "on", r.structure, r.signatories, r.prior_trafficking as "priorTrafficking", r.at as "recordedAt",
       (select a.display_name from app_user a where a.id = r.by_id) as by
     from identification_record r where r.nrm_id = $1 order by r.at desc, r.id desc limit 200`,
    [id],
  )
  // The words stand with the event that they belong to, on the file's chain or on the case's.
  const words = await tx.sql<{ id: Uuid; basis: string }>(
    `select e.facts ->> 'identificationId' as id, p.body #>> '{}' as basis from event e join event_part p on p.event_id = e.id
      where e.record_id = $1 and p.tier = 'T3' and p.name in ('basis', 'reason') and e.facts ? 'identificationId'`,
    [id],
  )
  return steps.map((step) => ({ ...step, basis: words.find((one) => one.id === step.id)?.basis ?? null }))
}

const screeningOf = async (tx: Tx, id: Uuid) => {
  const [row] = await tx.sql<{
    id: Uuid
    set: string
    version: string
    met: number
    advised: string
    codes: string[]
  }>(
    `select s.id, set_code as "set", set_version as version, met, advised,
       array(select jsonb_array_elements_text(e.facts -> 'items')) as codes
       from screening s join event e on e.record_id = s.id and e.seq = 1 where s.nrm_id = $1 order by s.at limit 1`,
    [id],
  )
  if (row === undefined) return null
  const evidence = await tx.sql<{ code: string; evidence: string }>(
    'select code, evidence from screening_item where screening_id = $1',
    [row.id],
  )
  return {
    set: row.set,
    version: row.version,
    met: row.met,
    advised: row.advised,
    items: row.codes.map((code) => ({
      code,
      evidence: evidence.find((one) => one.code === code)?.evidence ?? null,
    })),
  }
}

export const readNrm = endpoint({
  method: 'GET',
  url: '/api/nrm/{id}',
  wire: ReadNrm,
  handle: async (tx, { params }) => {
    const [row] = await tx.sql<
      Listed & {
        sensitive: boolean
        case_code: string | null
        summary: string | null
        contact: string | null
      }
    >(
      `select ${listed}, ${due('$2::timestamptz')} as due, exists (select 1 from nrm_file_sensitive s where s.id = f.id) as sensitive,
         (select c.code from case_file c where c.id = f.case_id) as case_code, n.summary, n.contact
       from nrm_file f left join nrm_file_named n on n.id = f.id where f.id = $1`,
      [params.id, tx.now],
    )
    if (row === undefined) throw notFound()
    const file = toNrm(row)
    const [person] = row.named
      ? await tx.sql<PersonRow>(
          `select n.given_name, n.family_name, n.other_names, p.sex, p.citizenship, n.birth_from, n.birth_to, n.birth_said
             from person p join person_named n on n.id = p.id where p.id = $1`,
          [file.personId],
        )
      : []
    const others = await tx.sql<{
      id: Uuid
      code: string
      status: NrmRow['status']
      openedAt: Instant
      after: boolean
    }>(
      `select f.id, f.code, f.status, f.opened_at as "openedAt", coalesce(f.prior_id = $2, false) as after from nrm_file f where f.person_id = $1 and f.id <> $2
        order by f.opened_at desc limit 20`,
      [file.personId, file.id],
    )
    const tier: 'T2' | 'T3' | 'T4' = row.sensitive ? 'T4' : row.named ? 'T3' : 'T2'
    recordAccess(tx, { act: 'read', kind: 'nrm_file', ids: [file.id], tier: row.named ? 'T3' : 'T2' })
    return {
      ...rowOf(row),
      personId: file.personId,
      caseCode: row.case_code,
      tier,
      person:
        person === undefined
          ? null
          : {
              givenName: person.given_name,
              familyName: person.family_name,
              otherNames: person.other_names,
              sex: person.sex,
              citizenship: person.citizenship,
              birth:
                person.birth_from === null || person.birth_to === null
                  ? null
                  : { from: person.birth_from, to: person.birth_to, said: person.birth_said ?? '' },
            },
      summaryText: row.summary,
      contact: row.contact,
      history: await historyOf(tx, file.id),
      nextSteps: [...nextSteps(file.status)],
      actions: allowedActions(tx.actor, file).filter(
        (one) => (one !== 'decline_formal' && one !== 'correct') || row.named,
      ),
      again: row.named && mayOpenAgain(tx.actor, file) && !others.some(({ after }) => after),
      others: others.map(({ after: _, ...other }) => other),
      screening: await screeningOf(tx, file.id),
    }
  },
})

export const listNrmFilings = endpoint({
  method: 'GET',
  url: '/api/nrm-filings',
  wire: ListNrmFilings,
  handle: async (tx) => {
    const rows = await tx.sql<{
      id: Uuid
      code: string
      opened_at: Instant
      taken: boolean
      unit: Shown['unit']
    }>(
      `select o.id, o.code, o.opened_at, o.taken, ${unitOf('o.unit_id')} as unit from own_nrm_filings(200) o`,
    )
    recordAccess(tx, { act: 'list', kind: 'nrm_file', ids: rows.map(({ id }) => id), tier: 'T2' })
    return { items: rows.map(({ opened_at, ...row }) => ({ ...row, openedAt: opened_at })) }
  },
})

export const listNrmUnits = endpoint({
  method: 'GET',
  url: '/api/nrm-units',
  wire: ListNrmUnits,
  handle: async (tx) => ({
    items: await tx.sql<Shown['unit']>(
      `select id, name_sq as "nameSq", name_en as "nameEn", kind, county from unit
        where active and kind in ('social_service', 'shelter') order by kind desc, county, name_sq limit 200`,
    ),
  }),
})
