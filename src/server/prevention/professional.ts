/** The register of professionals: entered by a body, found again elsewhere by hit or no hit. */
import type { Uuid } from '#domain/core.ts'
import {
  decideEnterProfessional,
  decidePartProfessional,
  type Hit,
  type ProfessionalBody,
} from '#domain/prevention/professional.ts'
import { nameKey } from '#linkage/name.ts'
import {
  ClaimProfessional,
  EnterProfessional,
  ListProfessionals,
  PartProfessional,
  type ProfessionalView,
} from '#wire/prevention.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, type Outcome, refused } from '../command.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { endpoint } from '../endpoint.ts'
import { invalid, notFound } from '../problem.ts'
import type { WriteTx } from '../tx.ts'

const keyOf = (body: { readonly givenName: string; readonly familyName: string }): string =>
  `${nameKey(body.givenName)} ${nameKey(body.familyName)}`

/** Two bodies entering the same person at once wait for each other, so that the second finds the first. */
const hitsFor = async (tx: WriteTx, key: string, year: number): Promise<readonly Hit[]> => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 17))', [`${key} ${year}`])
  return tx.sql<Hit>('select person, own from professional_hits($1, $2)', [key, year])
}

const enter = async (tx: WriteTx, id: Uuid, body: ProfessionalBody, user: Uuid | null): Promise<Outcome> => {
  if (body.institutionId !== null) {
    const [known] = await tx.sql('select 1 from institution where id = $1 and active', [body.institutionId])
    if (known === undefined) throw invalid({ field: 'body.body.institutionId', code: 'unknown_code' })
  }
  const key = keyOf(body)
  const hits = await hitsFor(tx, key, body.birthYear)
  const decision = decideEnterProfessional(body, hits, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { person } = decision.events[0]!.facts
  const version = await append(tx, { kind: 'professional', id, version: 0 }, decision.events)
  await tx.sql(
    `insert into professional (id, version, person, entered_by, institution_id, employer, sector, sex, user_id, entered_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      version,
      person,
      tx.actor.institutionId,
      body.institutionId,
      body.employer,
      body.sector,
      body.sex,
      user,
      tx.now,
    ],
  )
  await tx.sql(
    'insert into professional_named (id, given_name, family_name, birth_year, name_key) values ($1, $2, $3, $4, $5)',
    [id, body.givenName, body.familyName, body.birthYear, key],
  )
  return done({ recordId: id, version, reply: { hit: hits.length > 0 } })
}

export const enterProfessional = command('professional.enter', EnterProfessional, (tx, cmd) =>
  enter(tx, cmd.recordId, cmd.body, null),
)

/** "This is me": an entry of one's own body becomes one's own, or a new one is made. Who says it of themselves needs no second question. */
export const claimProfessional = command('professional.claim', ClaimProfessional, async (tx, cmd) => {
  const [linked] = await tx.sql<{ id: Uuid; version: number }>(
    'select id, version from professional where user_id = me_user()',
  )
  if (linked !== undefined)
    return done({ recordId: linked.id, version: linked.version, reply: { hit: true } })
  const [entry] = await tx.sql<{ id: Uuid; version: number }>(
    `select p.id, p.version from professional p join professional_named n on n.id = p.id
     where n.name_key = $1 and n.birth_year = $2 and p.user_id is null order by p.entered_at limit 1 for update of p`,
    [keyOf(cmd.body), cmd.body.birthYear],
  )
  if (entry !== undefined) {
    const version = await append(tx, { kind: 'professional', id: entry.id, version: entry.version }, [
      { type: 'ProfessionalClaimed', v: 1, facts: {} },
    ])
    await tx.sql('update professional set user_id = me_user(), version = $2 where id = $1', [
      entry.id,
      version,
    ])
    return done({ recordId: entry.id, version, reply: { hit: true } })
  }
  return enter(
    tx,
    cmd.recordId,
    { ...cmd.body, institutionId: tx.actor.institutionId, employer: null, known: 'same' },
    tx.actor.userId,
  )
})

export const partProfessional = command('professional.part', PartProfessional, async (tx, cmd) => {
  const [entry] = await tx.sql<{ person: Uuid; enteredBy: Uuid; version: number }>(
    'select person, entered_by as "enteredBy", version from professional where id = $1 for update',
    [cmd.recordId],
  )
  if (entry === undefined) throw notFound()
  const decision = decidePartProfessional(entry, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'professional', id: cmd.recordId, version: entry.version },
    decision.events,
  )
  await tx.sql('update professional set person = $2, version = $3 where id = $1', [
    cmd.recordId,
    decision.events[0]!.facts.person,
    version,
  ])
  return done({ recordId: cmd.recordId, version })
})

export const listProfessionals = endpoint({
  method: 'GET',
  url: '/api/professionals',
  wire: ListProfessionals,
  handle: async (tx, { query, identity }) => {
    const after = readCursor(query.cursor)
    const rows = await tx.sql<ProfessionalView & { at: string }>(
      `select p.id, p.version, concat_ws(' ', n.given_name, n.family_name) as name, n.birth_year as "birthYear", p.sector, p.sex,
         coalesce(p.employer, case when $1 = 'sq' then i.name_sq else i.name_en end) as employer, p.entered_at as at,
         (select count(*) from training_participation a join training t on t.id = a.training_id
          where a.professional_id = p.id and t.struck_at is null)::int as trainings
       from professional p join professional_named n on n.id = p.id left join institution i on i.id = p.institution_id
       where $2::timestamptz is null or (p.entered_at, p.id) < ($2, $3::uuid)
       order by p.entered_at desc, p.id desc limit $4`,
      [identity.language, after?.at ?? null, after?.id ?? null, query.limit + 1],
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    if (page.length > 0)
      recordAccess(tx, { act: 'list', kind: 'professional', ids: page.map((row) => row.id), tier: 'T2' })
    return {
      items: page.map(({ at: _, ...row }) => row),
      next: rows.length > query.limit && last !== undefined ? cursorOf(last.at, last.id) : null,
    }
  },
})
