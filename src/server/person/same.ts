/** Who may be the same person, and what was decided: as far as the reader sees both. */

import type { z } from 'zod'
import type { Day, Uuid } from '#domain/core.ts'
import { type Described, possibleDuplicates } from '#linkage/duplicates.ts'
import { nameKey, phoneticKeys } from '#linkage/name.ts'
import { ListMerges, type Merge, PersonSame } from '#wire/person-merge.ts'
import { recordAccess } from '../access.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'
import type { FaceRow, MergeRow } from './merge.ts'
import { readsAdults } from './search.ts'

type Face = z.input<typeof Merge>['person']

/** The newest case that the reader sees stands for the person. */
const facesOf = async (tx: Tx, ids: readonly Uuid[]): Promise<(id: Uuid) => Face> => {
  const rows = await tx.sql<FaceRow>(
    `select p.id, p.sex, nullif(concat_ws(' ', n.given_name, n.family_name), '') as name, n.birth_from, n.birth_to, n.birth_said,
       c.id as case_id, c.code, g.id as nrm_id, g.code as nrm_code
     from person p left join person_named n on n.id = p.id
       left join lateral (select k.id, k.code from case_file k where k.person_id = p.id order by k.opened_at desc limit 1) c on true
       left join lateral (select f.id, f.code from nrm_file f where f.person_id = p.id and f.subject = 'adult'
         order by f.opened_at desc, f.id desc limit 1) g on true
     where p.id = any ($1::uuid[])`,
    [[...new Set(ids)]],
  )
  const known = new Map(rows.map((row) => [row.id, row]))
  return (id) => {
    const row = known.get(id)
    return {
      personId: id,
      name: row?.name ?? null,
      sex: row?.sex ?? 'unknown',
      birth:
        row === undefined || row.birth_from === null || row.birth_to === null
          ? null
          : { from: row.birth_from, to: row.birth_to, said: row.birth_said ?? '' },
      caseId: row?.case_id ?? null,
      caseCode: row?.code ?? null,
      nrmId: row?.nrm_id ?? null,
      nrmCode: row?.nrm_code ?? null,
    }
  }
}

const mergeSql = `select m.id, m.person_id, m.into_id, m.state, m.proposed_by, a.display_name as proposed_by_name, m.proposed_at,
    b.display_name as decided_by_name, m.decided_at, m.undone_at, p.version,
    (select t.body #>> '{}' from event e join event_part t on t.event_id = e.id and t.name = 'mergeReason'
      where e.kind = 'person' and e.record_id = m.person_id and e.type = 'MergeProposed' and e.facts ->> 'mergeId' = m.id::text) as reason,
    m.parting_by, (select c.display_name from app_user c where c.id = m.parting_by) as parting_by_name,
    case when m.parting_by is not null then (select t.body #>> '{}' from event e join event_part t on t.event_id = e.id and t.name = 'mergeReason'
      where e.kind = 'person' and e.record_id = m.person_id and e.type = 'PartingProposed' and e.facts ->> 'mergeId' = m.id::text
      order by e.seq desc limit 1) end as parting_reason
  from person_merge m join person p on p.id = m.person_id left join app_user a on a.id = m.proposed_by
    left join app_user b on b.id = m.decided_by`

const mayOf = (tx: Tx, row: MergeRow, named: boolean): Merge['may'] => {
  if (!named || !['cpw', 'cpu_head', 'state_agency'].includes(tx.actor.role)) return []
  if (row.state === 'confirmed') {
    if (row.parting_by === null) return ['part']
    return row.parting_by === tx.actor.userId ? ['withdraw_part'] : ['confirm_part', 'refuse_part']
  }
  if (row.state !== 'proposed') return []
  return row.proposed_by === tx.actor.userId ? ['withdraw'] : ['confirm', 'refuse']
}

const viewMerges = async (tx: Tx, rows: readonly MergeRow[]): Promise<z.input<typeof Merge>[]> => {
  const face = await facesOf(
    tx,
    rows.flatMap((row) => [row.person_id, row.into_id]),
  )
  return rows.map((row) => {
    const [person, into] = [face(row.person_id), face(row.into_id)]
    return {
      id: row.id,
      state: row.state,
      person,
      into,
      personVersion: row.version,
      proposedBy: row.proposed_by_name,
      proposedAt: row.proposed_at,
      decidedBy: row.decided_by_name,
      decidedAt: row.decided_at,
      undoneAt: row.undone_at,
      reason: row.reason,
      partingBy: row.state === 'confirmed' ? row.parting_by_name : null,
      partingReason: row.state === 'confirmed' || row.state === 'undone' ? row.parting_reason : null,
      may: mayOf(tx, row, person.name !== null && into.name !== null),
    }
  })
}

interface PoolRow {
  readonly person_id: Uuid
  readonly given_name: string | null
  readonly family_name: string | null
  readonly other_names: string | null
  readonly sex: Described['sex']
  readonly birth_from: Day | null
  readonly birth_to: Day | null
  readonly municipality: string
}
interface Own {
  readonly id: Uuid
  readonly version: number
  readonly sex: Described['sex']
  readonly given_name: string | null
  readonly family_name: string | null
  readonly other_names: string | null
  readonly birth_from: Day | null
  readonly birth_to: Day | null
  readonly named: boolean
}

const described = (row: Omit<Own, 'id' | 'version' | 'named'>, places: readonly string[]): Described => ({
  givenName: row.given_name,
  familyName: row.family_name,
  otherNames: row.other_names,
  sex: row.sex,
  birth: row.birth_from === null || row.birth_to === null ? null : { from: row.birth_from, to: row.birth_to },
  places,
})

const suggestionsFor = async (tx: Tx, own: Own, decided: ReadonlySet<Uuid>) => {
  const names = [own.given_name, own.family_name, own.other_names].filter((part) => part !== null).join(' ')
  const key = nameKey(names)
  if (!own.named || key === '') return { suggestions: [], elsewhere: [] }
  // Whoever keeps adults' files is shown adults; a child's unit the children of its own.
  const adults = readsAdults.includes(tx.actor.role)
  const values = [key, phoneticKeys(names), own.birth_from, own.birth_to]
  const [pool, elsewhere, places] = await Promise.all([
    tx.sql<PoolRow>(`select * from ${adults ? 'adult_pool' : 'duplicate_pool'}($1, $2, $3, $4)`, values),
    // By name the whole country is asked for children alone: of an adult, that somebody is known already says what they went through.
    adults
      ? []
      : tx.sql<{ unitId: Uuid; nameSq: string; nameEn: string; phone: string | null }>(
          `select u.id as "unitId", u.name_sq as "nameSq", u.name_en as "nameEn", u.phone from duplicate_units($1, $2, $3, $4) d
             join unit u on u.id = d.unit_id order by u.id`,
          values,
        ),
    tx.sql<{ municipality: string }>(
      `select distinct municipality from ${adults ? 'nrm_file' : 'case_file'} where person_id = $1 and municipality is not null`,
      [own.id],
    ),
  ])
  // Of colleagues' children nothing is offered: who sees only one of two cannot judge.
  const open = await tx.sql<{ id: Uuid }>('select id from person_named where id = any ($1::uuid[])', [
    [...new Set(pool.map((row) => row.person_id))],
  ])
  const seen = new Set(open.map((row) => row.id))
  const byPerson = new Map(
    pool
      .filter((row) => row.person_id !== own.id && seen.has(row.person_id) && !decided.has(row.person_id))
      .map((row) => [row.person_id, row]),
  )
  const found = possibleDuplicates(
    described(
      own,
      places.map((row) => row.municipality),
    ),
    [...byPerson].map(([id, row]) => ({ id, ...described(row, [row.municipality]) })),
  ).slice(0, 10)
  const face = await facesOf(
    tx,
    found.map((one) => one.id),
  )
  return {
    suggestions: found.map(({ id, score, band, reasons }) => ({
      face: face(id),
      score,
      band,
      reasons: [...reasons],
    })),
    elsewhere,
  }
}

const personSame = endpoint({
  method: 'GET',
  url: '/api/persons/{id}/same',
  wire: PersonSame,
  handle: async (tx, { params }) => {
    const [own] = await tx.sql<Own>(
      `select p.id, p.version, p.sex, n.given_name, n.family_name, n.other_names, n.birth_from, n.birth_to, n.id is not null as named
       from person p left join person_named n on n.id = p.id where p.id = $1`,
      [params.id],
    )
    if (own === undefined) throw notFound()
    const rows = await tx.sql<MergeRow>(
      `${mergeSql} where m.person_id = $1 or m.into_id = $1 order by m.proposed_at desc, m.id desc limit 50`,
      [own.id],
    )
    const decided = new Set(
      rows
        .filter((row) => row.state === 'proposed' || row.state === 'confirmed')
        .flatMap((row) => [row.person_id, row.into_id]),
    )
    const [merges, found] = [await viewMerges(tx, rows), await suggestionsFor(tx, own, decided)]
    recordAccess(tx, {
      act: 'search',
      kind: 'person',
      ids: [own.id, ...found.suggestions.map((one) => one.face.personId)],
      tier: own.named ? 'T3' : 'T2',
      code: found.elsewhere.length > 0 ? 'hit_elsewhere' : 'no_hit_elsewhere',
    })
    return {
      version: own.version,
      merges,
      ...found,
      mayPropose: own.named && ['cpw', 'cpu_head', 'state_agency'].includes(tx.actor.role),
    }
  },
})

const listMerges = endpoint({
  method: 'GET',
  url: '/api/person-merges',
  wire: ListMerges,
  handle: async (tx, { query }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<MergeRow>(
      `${mergeSql} where (m.state = 'proposed' or m.state = 'confirmed' and m.parting_at is not null) and ($1::timestamptz is null or (m.proposed_at, m.id) < ($1, $2::uuid))
       order by m.proposed_at desc, m.id desc limit $3`,
      [after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    recordAccess(tx, {
      act: 'list',
      kind: 'person',
      ids: page.flatMap((row) => [row.person_id, row.into_id]),
      tier: 'T3',
    })
    return {
      items: await viewMerges(tx, page),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.proposed_at, last.id) : null,
    }
  },
})

export const sameEndpoints = [personSame, listMerges]
