/** What administrators change. Each is an event on the chain of what it changes; sessions end where rights move. */
import {
  applyUser,
  decideAddInstitution,
  decideAddUnit,
  decideAddUser,
  decideChangeUnit,
  decideChangeUser,
  decideResetCredentials,
  endsSessions,
} from '#domain/admin.ts'
import { refuse } from '#domain/core.ts'
import { AddInstitution, AddUnit, AddUser, ChangeUnit, ChangeUser, ResetCredentials } from '#wire/admin.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { forbidden, invalid } from '../problem.ts'
import { mistrustRoutes } from '../report/route.ts'
import { mistrust } from '../session/index.ts'
import type { Tx } from '../tx.ts'
import {
  chainVersion,
  countyOf,
  findUnit,
  institutionExists,
  lockOthers,
  lockUnit,
  lockUser,
} from './store.ts'

const unknown = (field: string) => invalid({ field: `body.body.${field}`, code: 'unknown_code' })

/** Said before any row is looked for: what exists is no business of anybody else. */
const mustBeAdmin = (tx: Tx): void => {
  if (tx.actor.role !== 'admin') throw forbidden()
}

export const addInstitution = command('admin.add_institution', AddInstitution, async (tx, cmd) => {
  mustBeAdmin(tx)
  const decision = decideAddInstitution(cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await tx.sql('insert into institution (id, kind, name_sq, name_en) values ($1, $2, $3, $4)', [
    cmd.recordId,
    cmd.body.kind,
    cmd.body.nameSq,
    cmd.body.nameEn,
  ])
  const version = await append(tx, { kind: 'institution', id: cmd.recordId, version: 0 }, decision.events)
  return done({ recordId: cmd.recordId, version })
})

export const addUnit = command('admin.add_unit', AddUnit, async (tx, cmd) => {
  mustBeAdmin(tx)
  const { body } = cmd
  if (!(await institutionExists(tx, body.institutionId))) throw unknown('institutionId')
  const county = body.municipality === undefined ? body.county : await countyOf(tx, body.municipality)
  if (body.municipality !== undefined && county === undefined) throw unknown('municipality')
  const decision = decideAddUnit({ ...body, county }, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await tx.sql(
    `insert into unit (id, institution_id, kind, name_sq, name_en, municipality, county, phone)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      cmd.recordId,
      body.institutionId,
      body.kind,
      body.nameSq,
      body.nameEn,
      body.municipality ?? null,
      county ?? null,
      body.phone ?? null,
    ],
  )
  const version = await append(tx, { kind: 'unit', id: cmd.recordId, version: 0 }, decision.events)
  mistrustRoutes()
  return done({ recordId: cmd.recordId, version })
})

/** Kinds that reports and files go to where no other unit is there: without one of them they would be refused. */
const lastResorts: readonly string[] = ['hotline', 'responsible_authority', 'state_agency']

export const changeUnit = command('admin.change_unit', ChangeUnit, async (tx, cmd) => {
  mustBeAdmin(tx)
  const unit = await lockUnit(tx, cmd.recordId)
  await mustBeFresh(tx, 'unit', cmd, ['active', 'names'])
  const decision = decideChangeUnit(unit, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (cmd.body.active === false) {
    // What waits in a closed unit would be seen by nobody.
    const [row] = await tx.sql<{ n: number }>('select unit_carries($1) as n', [unit.id])
    const count = row?.n ?? 0
    if (count > 0) return refused(refuse('admin_unit_carries_work', 'active', { count }).refusal)
    if (lastResorts.includes(unit.kind) && (await lockOthers(tx, unit)) === 0)
      return refused(refuse('admin_unit_last', 'active').refusal)
  }
  const version = await append(
    tx,
    { kind: 'unit', id: unit.id, version: await chainVersion(tx, unit.id) },
    decision.events,
  )
  await tx.sql(
    `update unit set name_sq = coalesce($2, name_sq), name_en = coalesce($3, name_en),
       phone = case when $4 then $5 else phone end, active = coalesce($6, active) where id = $1`,
    [
      unit.id,
      cmd.body.nameSq ?? null,
      cmd.body.nameEn ?? null,
      cmd.body.phone !== undefined,
      cmd.body.phone ?? null,
      cmd.body.active ?? null,
    ],
  )
  mistrustRoutes()
  if (cmd.body.active === false) {
    const people = await tx.sql<{ id: string }>('select id from app_user where unit_id = $1', [unit.id])
    for (const { id } of people) mistrust(id)
  }
  return done({ recordId: unit.id, version })
})

export const addUser = command('admin.add_user', AddUser, async (tx, cmd) => {
  mustBeAdmin(tx)
  const unit = await findUnit(tx, cmd.body.unitId)
  if (unit === undefined) throw unknown('unitId')
  const decision = decideAddUser(unit, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const rows = await tx.sql(
    `insert into app_user (id, login, display_name, role, unit_id, language) values ($1, $2, $3, $4, $5, $6)
     on conflict (login) do nothing returning id`,
    [cmd.recordId, cmd.body.login, cmd.body.displayName, cmd.body.role, unit.id, cmd.body.language],
  )
  if (rows.length === 0) return refused(refuse('admin_login_taken', 'login').refusal)
  const version = await append(tx, { kind: 'app_user', id: cmd.recordId, version: 0 }, decision.events)
  return done({ recordId: cmd.recordId, version })
})

export const changeUser = command('admin.change_user', ChangeUser, async (tx, cmd) => {
  mustBeAdmin(tx)
  const user = await lockUser(tx, cmd.recordId)
  await mustBeFresh(tx, 'app_user', cmd, ['role', 'unitId', 'active', 'displayName'])
  const unit = await findUnit(tx, cmd.body.unitId ?? user.unitId)
  if (unit === undefined) throw unknown('unitId')
  const decision = decideChangeUser(user, unit, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const next = decision.events.reduce(applyUser, user)
  // Whoever leaves the work of the unit leaves no child behind: the head hands the cases over first.
  const works = (role: string) => role === 'cpw' || role === 'cpu_head'
  const stays = next.active && next.unitId === user.unitId && works(next.role)
  if (works(user.role) && !stays) {
    const [row] = await tx.sql<{ n: number }>('select cases_carried($1) as n', [user.id])
    const count = row?.n ?? 0
    if (count > 0) return refused(refuse('admin_user_carries_cases', 'active', { count }).refusal)
  }
  const version = await append(
    tx,
    { kind: 'app_user', id: user.id, version: await chainVersion(tx, user.id) },
    decision.events,
  )
  await tx.sql(
    `update app_user set role = $2, unit_id = $3, active = $4, display_name = coalesce($5, display_name), version = $6
     where id = $1`,
    [user.id, next.role, next.unitId, next.active, cmd.body.displayName ?? null, version],
  )
  if (decision.events.some(endsSessions)) {
    mistrust(user.id)
    await tx.sql('select end_sessions_of($1, $2)', [user.id, tx.now])
  }
  return done({ recordId: user.id, version })
})

export const resetCredentials = command('admin.reset_credentials', ResetCredentials, async (tx, cmd) => {
  mustBeAdmin(tx)
  const user = await lockUser(tx, cmd.recordId)
  const decision = decideResetCredentials(user, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(
    tx,
    { kind: 'app_user', id: user.id, version: await chainVersion(tx, user.id) },
    decision.events,
  )
  mistrust(user.id)
  await tx.sql('select forget_credentials($1, $2)', [user.id, tx.now])
  await tx.sql('update app_user set version = $2 where id = $1', [user.id, version])
  return done({ recordId: user.id, version })
})
