/** The library: propose, adopt, acknowledge, read. */
import type { Uuid } from '#domain/core.ts'
import {
  decideAcknowledge,
  decideAdoptGuidance,
  decideProposeGuidance,
  type Guidance,
  writesLibrary,
} from '#domain/learning/guidance.ts'
import {
  AcknowledgeGuidance,
  AdoptGuidance,
  type CourseRow,
  type GuidanceRow,
  type GuidanceView,
  ProposeGuidance,
  ReadGuidance,
  ReadLibrary,
} from '#wire/learning.ts'
import { append } from '../append.ts'
import { command, done, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

const columns = 'id, version, slug, number, state, proposed_by as "proposedBy"'
const guidanceFor = async (tx: WriteTx, id: Uuid): Promise<Guidance> => {
  const read = `select ${columns} from guidance where id = $1`
  const [row] = await tx.sql<Guidance>(writesLibrary(tx.actor) ? `${read} for update` : read, [id])
  if (row === undefined) throw notFound()
  return row
}

export const proposeGuidance = command('guidance.propose', ProposeGuidance, async (tx, cmd) => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 19))', [cmd.body.slug])
  const [latest] = await tx.sql<Guidance>(
    `select ${columns} from guidance where slug = $1 order by number desc limit 1`,
    [cmd.body.slug],
  )
  const decision = decideProposeGuidance(latest ?? null, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'guidance', id: cmd.recordId, version: 0 }, decision.events)
  const { slug, titleSq, titleEn, bodySq, bodyEn, effectiveFrom } = cmd.body
  await tx.sql(
    `insert into guidance (id, version, slug, number, state, title_sq, title_en, body_sq, body_en, effective_from, proposed_by, proposed_at)
     values ($1, $2, $3, $4, 'proposed', $5, $6, $7, $8, $9, $10, $11)`,
    [
      cmd.recordId,
      version,
      slug,
      (latest?.number ?? 0) + 1,
      titleSq,
      titleEn,
      bodySq,
      bodyEn,
      effectiveFrom,
      tx.actor.userId,
      tx.now,
    ],
  )
  return done({ recordId: cmd.recordId, version, reply: { number: (latest?.number ?? 0) + 1 } })
})

export const adoptGuidance = command('guidance.adopt', AdoptGuidance, async (tx, cmd) => {
  const guidance = await guidanceFor(tx, cmd.recordId)
  const decision = decideAdoptGuidance(guidance, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'guidance', id: guidance.id, version: guidance.version },
    decision.events,
  )
  await tx.sql(
    "update guidance set state = 'superseded' where slug = $1 and state in ('shipped', 'adopted')",
    [guidance.slug],
  )
  await tx.sql(
    "update guidance set state = 'adopted', adopted_by = $2, adopted_at = $3, version = $4 where id = $1",
    [guidance.id, tx.actor.userId, tx.now, version],
  )
  return done({ recordId: guidance.id, version })
})

/** The reading is a record of its own, minted by the client: readers do not queue for one chain. */
export const acknowledgeGuidance = command('guidance.acknowledge', AcknowledgeGuidance, async (tx, cmd) => {
  const guidance = await guidanceFor(tx, cmd.body.guidanceId)
  const [read] = await tx.sql('select 1 from guidance_reading where guidance_id = $1', [guidance.id])
  const decision = decideAcknowledge(guidance, read !== undefined, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'guidance_reading', id: cmd.recordId, version: 0 },
    decision.events,
  )
  await tx.sql(
    'insert into guidance_reading (id, version, guidance_id, user_id, institution_id, at) values ($1, $2, $3, $4, $5, $6)',
    [cmd.recordId, version, guidance.id, tx.actor.userId, tx.actor.institutionId, tx.now],
  )
  return done({ recordId: cmd.recordId, version, reply: { number: guidance.number } })
})

interface Figures {
  readonly kind: 'guidance' | 'course'
  readonly id: Uuid
  readonly users: number
}
const figures = async (tx: Tx): Promise<((id: Uuid) => number | null) | null> => {
  if (!writesLibrary(tx.actor)) return null
  const rows = await tx.sql<Figures>('select kind, id, users from learning_figures()')
  return (id) => rows.find((row) => row.id === id)?.users ?? 0
}

const rowSql = `g.id, g.version, g.slug, g.number, g.state, g.title_sq as "titleSq", g.title_en as "titleEn",
  g.effective_from::text as "effectiveFrom", (select r.at from guidance_reading r where r.guidance_id = g.id) as "readAt"`
export const courseRowSql = `c.id, c.version, c.slug, c.number, c.state, c.topic, c.title_sq as "titleSq", c.title_en as "titleEn", c.summary_sq as "summarySq",
  c.summary_en as "summaryEn", (select min(a.submitted_at) from course_attempt a where a.course_id = c.id and a.passed) as "passedAt"`

export const readLibrary = endpoint({
  method: 'GET',
  url: '/api/learning',
  wire: ReadLibrary,
  handle: async (tx) => {
    const [guidance, courses, users] = await Promise.all([
      tx.sql<Omit<GuidanceRow, 'readers'>>(
        `select ${rowSql} from guidance g where g.state <> 'superseded' order by g.state = 'proposed', g.title_sq, g.id limit 200`,
      ),
      tx.sql<Omit<CourseRow, 'passed'>>(
        `select ${courseRowSql} from course c where c.state <> 'superseded' order by c.state = 'proposed', c.title_sq, c.id limit 100`,
      ),
      figures(tx),
    ])
    return {
      guidance: guidance.map((row) => ({ ...row, readers: users?.(row.id) ?? null })),
      courses: courses.map((row) => ({ ...row, passed: users?.(row.id) ?? null })),
      writes: writesLibrary(tx.actor),
    }
  },
})

export const readGuidance = endpoint({
  method: 'GET',
  url: '/api/learning/guidance/{id}',
  wire: ReadGuidance,
  handle: async (tx, { params }) => {
    type Row = Omit<GuidanceView, 'readers' | 'mayAdopt' | 'mayPropose' | 'versions'> & {
      proposer: Uuid | null
    }
    const [row] = await tx.sql<Row>(
      `select ${rowSql}, g.body_sq as "bodySq", g.body_en as "bodyEn", g.proposed_at as "proposedAt", g.adopted_at as "adoptedAt",
         p.display_name as "proposedBy", a.display_name as "adoptedBy", g.proposed_by as proposer
       from guidance g left join app_user p on p.id = g.proposed_by left join app_user a on a.id = g.adopted_by where g.id = $1`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const { proposer, ...view } = row
    const [versions, users] = await Promise.all([
      tx.sql<GuidanceView['versions'][number]>(
        'select id, number, state from guidance where slug = $1 order by number desc limit 100',
        [row.slug],
      ),
      figures(tx),
    ])
    const writes = writesLibrary(tx.actor)
    return {
      ...view,
      versions,
      readers: users?.(row.id) ?? null,
      mayAdopt: writes && row.state === 'proposed' && proposer !== tx.actor.userId,
      mayWithdraw: writes && row.state === 'proposed',
      mayPropose: writes && !versions.some((one) => one.state === 'proposed'),
    }
  },
})
