/** Commands that keep the public list of actors, projects and measures. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { decideSetActor, decideSetProject, decideWithdraw } from '#domain/net/directory.ts'
import { SetActor, SetProject, WithdrawListing } from '#wire/directory.ts'
import { append } from '../append.ts'
import { type Command, command, done, mustBeFresh, mustBeFreshOrNew, refused } from '../command.ts'
import { invalid, notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

type Table = 'net_actor' | 'net_project'

const find = async (
  tx: WriteTx,
  table: Table,
  id: Uuid,
): Promise<{ version: number; listed: boolean } | undefined> => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 18))', [id])
  const [row] = await tx.sql<{ version: number; listed: boolean }>(
    `select version, listed from ${table} where id = $1`,
    [id],
  )
  return row
}

/** An entry that exists is changed by whoever has read it as it is now. */
const seen = async (tx: WriteTx, table: Table, cmd: Command<unknown>): Promise<number> => {
  const known = await find(tx, table, cmd.recordId)
  if (known !== undefined) await mustBeFreshOrNew(tx, table, cmd, ['entry'])
  return known?.version ?? 0
}

const mustBeAreas = async (tx: Tx, areas: readonly string[]): Promise<void> => {
  const [row] = await tx.sql<{ unknown: number | null }>(
    `select min(n)::integer as unknown from unnest($1::text[]) with ordinality a (code, n)
     where not exists (select 1 from municipality m where m.code = a.code) and not exists (select 1 from county c where c.code = a.code)`,
    [areas],
  )
  const at = row?.unknown ?? null
  if (at !== null) throw invalid({ field: `body.body.areas.${at - 1}`, code: 'unknown_code' })
}

export const setActor = command('directory.set_actor', SetActor, async (tx, cmd) => {
  const { body } = cmd
  await mustBeAreas(tx, body.areas)
  const from = await seen(tx, 'net_actor', cmd)
  const entry = { ...body, website: body.website ?? null, source: body.source ?? null }
  const decision = decideSetActor(entry, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'net_actor', id: cmd.recordId, version: from }, decision.events)
  await tx.sql(
    `insert into net_actor (id, version, kind, name_sq, name_en, does_sq, does_en, areas, website, source, updated_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (id) do update set version = excluded.version, kind = excluded.kind, name_sq = excluded.name_sq, name_en = excluded.name_en,
       does_sq = excluded.does_sq, does_en = excluded.does_en, areas = excluded.areas, website = excluded.website, source = excluded.source,
       updated_on = excluded.updated_on, listed = true`,
    [
      cmd.recordId,
      version,
      entry.kind,
      entry.nameSq,
      entry.nameEn,
      entry.doesSq,
      entry.doesEn,
      entry.areas,
      entry.website,
      entry.source,
      tiranaDay(tx.now),
    ],
  )
  return done({ recordId: cmd.recordId, version })
})

export const setProject = command('directory.set_project', SetProject, async (tx, cmd) => {
  const { body } = cmd
  await mustBeAreas(tx, body.areas)
  const known = await tx.sql<{ id: Uuid }>('select id from net_actor where id = any ($1::uuid[])', [
    body.actors.map((one) => one.actorId),
  ])
  const stranger = body.actors.findIndex((one) => !known.some(({ id }) => id === one.actorId.toLowerCase()))
  if (stranger >= 0) throw invalid({ field: `body.body.actors.${stranger}.actorId`, code: 'unknown_code' })
  const from = await seen(tx, 'net_project', cmd)
  const entry = {
    ...body,
    from: body.from ?? null,
    to: body.to ?? null,
    lek: body.lek ?? null,
    planSlug: body.planSlug ?? null,
    activityUid: body.activityUid ?? null,
    source: body.source ?? null,
  }
  const decision = decideSetProject(entry, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'net_project', id: cmd.recordId, version: from }, decision.events)
  await tx.sql(
    `insert into net_project (id, version, kind, name_sq, name_en, does_sq, does_en, areas, period_from, period_to, lek, plan_slug,
       activity_uid, source, updated_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (id) do update set version = excluded.version, kind = excluded.kind, name_sq = excluded.name_sq, name_en = excluded.name_en,
       does_sq = excluded.does_sq, does_en = excluded.does_en, areas = excluded.areas, period_from = excluded.period_from,
       period_to = excluded.period_to, lek = excluded.lek, plan_slug = excluded.plan_slug, activity_uid = excluded.activity_uid,
       source = excluded.source, updated_on = excluded.updated_on, listed = true`,
    [
      cmd.recordId,
      version,
      entry.kind,
      entry.nameSq,
      entry.nameEn,
      entry.doesSq,
      entry.doesEn,
      entry.areas,
      entry.from,
      entry.to,
      entry.lek,
      entry.planSlug,
      entry.activityUid,
      entry.source,
      tiranaDay(tx.now),
    ],
  )
  await tx.sql('delete from net_project_actor where project_id = $1', [cmd.recordId])
  await tx.sql(
    `insert into net_project_actor (project_id, actor_id, part)
     select distinct $1::uuid, (one ->> 'actorId')::uuid, one ->> 'part' from jsonb_array_elements($2::jsonb) one`,
    [cmd.recordId, JSON.stringify(entry.actors)],
  )
  return done({ recordId: cmd.recordId, version })
})

const withdraw = (type: string, table: Table) =>
  command(type, WithdrawListing, async (tx, cmd) => {
    const known = await find(tx, table, cmd.recordId)
    if (known === undefined) throw notFound()
    const decision = decideWithdraw(known, cmd.body, tx.stamp)
    if (!decision.ok) return refused(decision.refusal)
    await mustBeFresh(tx, table, cmd, ['entry'])
    const version = await append(
      tx,
      { kind: table, id: cmd.recordId, version: known.version },
      decision.events,
    )
    await tx.sql(`update ${table} set listed = false, version = $2, updated_on = $3 where id = $1`, [
      cmd.recordId,
      version,
      tiranaDay(tx.now),
    ])
    return done({ recordId: cmd.recordId, version })
  })

export const directoryCommands = [
  setActor,
  setProject,
  withdraw('directory.withdraw_actor', 'net_actor'),
  withdraw('directory.withdraw_project', 'net_project'),
]
