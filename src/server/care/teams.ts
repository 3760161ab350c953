/** Emergency teams of municipalities: who they are, who is on duty when, what inspections found. */
import type { Duty, Team } from '#domain/care/team.ts'
import {
  decideCancelDuty,
  decideInspectTeam,
  decideSetDuty,
  decideSetTeam,
  gapsIn,
  inspectsTeam,
  keepsTeam,
} from '#domain/care/team.ts'
import { addDays, fromTirana, tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import {
  CancelDuty,
  InspectTeam,
  PlaceParams,
  SetDuty,
  SetTeam,
  TeamDetail,
  TeamList,
  TeamQuery,
  TeamRosterQuery,
  type TeamRow,
} from '#wire/care.ts'
import { recordAccess } from '../access.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, mustBeFreshOrNew, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { nameCursor, readNameCursor } from '../net/lists.ts'
import { invalid, notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'
import { careLaw } from './law.ts'
import { visitsOf, writeVisit } from './visits.ts'

const lockTeam = async (tx: WriteTx, id: Uuid): Promise<Team | undefined> => {
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 42))', [id.toLowerCase()])
  const [row] = await tx.sql<Team>(
    `select t.id, t.version, t.municipality, coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'active', m.active))
       from emergency_member m where m.team_id = t.id), '[]') as members from emergency_team t where t.id = $1`,
    [id],
  )
  return row
}
const known = async (tx: WriteTx, id: Uuid): Promise<Team> => {
  const team = await lockTeam(tx, id)
  if (team === undefined) throw notFound()
  return team
}

const setTeam = command('team.set', SetTeam, async (tx, cmd) => {
  const { recordId: id } = cmd
  const team = (await lockTeam(tx, id)) ?? null
  const body = { ...cmd.body, members: cmd.body.members.map((one) => ({ ...one, id: one.id.toLowerCase() })) }
  const decision = decideSetTeam(team, body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (team !== null) await mustBeFreshOrNew(tx, 'emergency_team', cmd, ['entry'])
  const version = await append(
    tx,
    { kind: 'emergency_team', id, version: team?.version ?? 0 },
    decision.events,
  )
  const values = [
    id,
    version,
    body.nameSq,
    body.nameEn,
    body.phone,
    body.actNumber,
    body.actDate,
    body.coversFrom,
    body.coversTo,
    body.active,
  ]
  if (team === null)
    await tx.sql(
      `insert into emergency_team (id, version, name_sq, name_en, phone, act_number, act_date, covers_from, covers_to, active, unit_id,
         municipality, county)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, m.code, m.county from municipality m where m.code = $12`,
      [...values, tx.actor.unitId, tx.actor.municipality],
    )
  else
    await tx.sql(
      `update emergency_team set version = $2, name_sq = $3, name_en = $4, phone = $5, act_number = $6, act_date = $7, covers_from = $8,
         covers_to = $9, active = $10 where id = $1`,
      values,
    )
  // An id of another team's member is nobody's here: the row stays that team's, and the count below tells.
  const written = await tx.sql(
    `insert into emergency_member (id, team_id, name, profession, phone, active)
     select r.id, $1, r.name, r.profession, r.phone, r.active
     from jsonb_to_recordset($2::jsonb) as r (id uuid, name text, profession text, phone text, active boolean)
     on conflict (id) do update set name = excluded.name, profession = excluded.profession, phone = excluded.phone,
       active = excluded.active where emergency_member.team_id = excluded.team_id returning id`,
    [id, JSON.stringify(body.members)],
  )
  if (written.length !== body.members.length)
    throw invalid({ field: 'body.body.members', code: 'unknown_code' })
  await tx.sql(
    'update emergency_member set active = false where team_id = $1 and active and id <> all ($2::uuid[])',
    [id, body.members.map((one) => one.id)],
  )
  return done({ recordId: id, version })
})

const at = (text: string): readonly [number, number] => [Number(text.slice(0, 2)), Number(text.slice(3, 5))]
const setDuty = command('team.set_duty', SetDuty, async (tx, cmd) => {
  const { recordId: id, body } = cmd
  const team = await known(tx, id)
  const memberId = body.memberId.toLowerCase()
  const duties = Array.from({ length: body.days }, (_, n): Duty => {
    const day = addDays(body.day, n)
    return {
      id: tx.stamp.newId(),
      memberId,
      from: fromTirana(day, ...at(body.from)),
      to: fromTirana(body.to <= body.from ? addDays(day, 1) : day, ...at(body.to)),
    }
  })
  const standing = await tx.sql<Duty>(
    `select id, member_id as "memberId", from_at as "from", to_at as "to" from emergency_duty
     where team_id = $1 and not cancelled and member_id = $2 and to_at > $3 and from_at < $4`,
    [id, memberId, duties[0]?.from ?? tx.now, duties.at(-1)?.to ?? tx.now],
  )
  const decision = decideSetDuty(team, duties, standing, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'emergency_team', id, version: team.version }, decision.events)
  await tx.sql('update emergency_team set version = $2 where id = $1', [id, version])
  await tx.sql(
    `insert into emergency_duty (id, team_id, member_id, from_at, to_at) select r.id, $1, $2, r.from, r.to
     from jsonb_to_recordset($3::jsonb) as r (id uuid, "from" timestamptz, "to" timestamptz)`,
    [id, memberId, JSON.stringify(duties)],
  )
  return done({ recordId: id, version })
})

const cancelDuty = command('team.cancel_duty', CancelDuty, async (tx, cmd) => {
  const { recordId: id } = cmd
  const team = await known(tx, id)
  const [duty] = await tx.sql<{ id: Uuid }>(
    'select id from emergency_duty where id = $1 and team_id = $2 and not cancelled',
    [cmd.body.dutyId, id],
  )
  if (duty === undefined) throw notFound('body.body.dutyId')
  const decision = decideCancelDuty(team, duty.id, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'emergency_team', id, version: team.version }, decision.events)
  await tx.sql('update emergency_team set version = $2 where id = $1', [id, version])
  await tx.sql('update emergency_duty set cancelled = true where id = $1', [duty.id])
  return done({ recordId: id, version })
})

const inspectTeam = command('team.inspect', InspectTeam, async (tx, cmd) => {
  const { recordId: id } = cmd
  const team = await known(tx, id)
  const body = { ...cmd.body, kind: 'inspection' as const, hours: null, topic: null }
  const visitId = tx.stamp.newId()
  const { codes, version: standards } = careLaw.emergencyStandards
  const decision = decideInspectTeam(
    visitId,
    body,
    codes,
    careLaw.inspectionMonths,
    tiranaDay(tx.now),
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'emergency_team', cmd, ['entry'])
  const version = await append(tx, { kind: 'emergency_team', id, version: team.version }, decision.events)
  const nextDue = decision.events[0]?.facts.nextDue ?? null
  await tx.sql('update emergency_team set version = $2, check_due = $3 where id = $1', [id, version, nextDue])
  await writeVisit(
    tx,
    { id: visitId, subjectKind: 'emergency_team', subjectId: id },
    { ...body, nextDue },
    standards,
  )
  return done({ recordId: id, version, reply: { visitId } })
})

const DAY = 86_400_000
const later = (instant: Instant, days: number): Instant =>
  new Date(Date.parse(instant) + days * DAY).toISOString()
const hoursOf = (gaps: readonly { from: Instant; to: Instant }[]): number =>
  Math.round(
    gaps.reduce((sum, gap) => sum + (Date.parse(gap.to) - Date.parse(gap.from)) / 3_600_000, 0) * 10,
  ) / 10

type Row = Omit<TeamRow, 'late' | 'onDuty' | 'gapHours' | 'mayKeep' | 'mayInspect'>
const columns = `t.id, t.version, t.municipality, m.name as town, t.name_sq as "nameSq", t.name_en as "nameEn", t.phone,
  to_char(t.covers_from, 'HH24:MI') as "coversFrom", to_char(t.covers_to, 'HH24:MI') as "coversTo", t.active, t.check_due as "checkDue"`

interface DutyRow extends Duty {
  readonly teamId: Uuid
  readonly name: string
  readonly profession: TeamRow['onDuty'][number]['profession']
  readonly phone: string | null
}
const dutiesIn = (tx: Tx, teams: readonly Uuid[], from: Instant, to: Instant): Promise<DutyRow[]> =>
  tx.sql<DutyRow>(
    `select d.id, d.team_id as "teamId", d.member_id as "memberId", d.from_at as "from", d.to_at as "to", m.name, m.profession, m.phone
     from emergency_duty d join emergency_member m on m.id = d.member_id
     where d.team_id = any ($1::uuid[]) and not d.cancelled and d.to_at > $2 and d.from_at < $3 order by d.from_at, d.id limit 5000`,
    [teams, from, to],
  )

const asRow = (tx: Tx, row: Row, duties: readonly DutyRow[]): TeamRow => {
  const mine = duties.filter((duty) => duty.teamId === row.id)
  const hours = { from: row.coversFrom, to: row.coversTo }
  return {
    ...row,
    late: row.active && row.checkDue !== null && row.checkDue < tiranaDay(tx.now),
    onDuty: mine
      .filter((duty) => duty.from <= tx.now && duty.to > tx.now)
      .map(({ name, profession, phone, to }) => ({ name, profession, phone, to })),
    gapHours: row.active ? hoursOf(gapsIn(tx.now, later(tx.now, 7), hours, mine)) : 0,
    mayKeep: keepsTeam(tx.actor, row.municipality),
    mayInspect: inspectsTeam(tx.actor),
  }
}

const listTeams = endpoint({
  method: 'GET',
  url: '/api/care/teams',
  wire: {
    summary: 'Emergency teams: who is on duty now, and how many hours of the next week nobody covers',
    query: TeamQuery,
    reply: TeamList,
  },
  handle: async (tx, { query }) => {
    const rows = await tx.sql<Row>(
      `select ${columns} from emergency_team t join municipality m on m.code = t.municipality
       where ($1::text is null or t.municipality = $1) and ($2::text is null or (t.name_sq, t.id) > ($2, $3::uuid))
       order by t.name_sq, t.id limit $4`,
      [query.municipality ?? null, ...readNameCursor(query.cursor), query.limit + 1],
    )
    const shown = rows.slice(0, query.limit)
    const duties = await dutiesIn(
      tx,
      shown.map((row) => row.id),
      tx.now,
      later(tx.now, 7),
    )
    const last = rows.length > query.limit ? shown.at(-1) : undefined
    const { role, municipality } = tx.actor
    return {
      items: shown.map((row) => asRow(tx, row, duties)),
      next: last === undefined ? null : nameCursor(last.nameSq, last.id),
      mayAdd: municipality !== null && (role === 'cpu_head' || role === 'municipal_director'),
    }
  },
})

const readTeam = endpoint({
  method: 'GET',
  url: '/api/care/teams/{id}',
  wire: {
    summary:
      'One emergency team: its people, seven days of its roster with the hours nobody covers, its inspections',
    params: PlaceParams,
    query: TeamRosterQuery,
    reply: TeamDetail,
  },
  handle: async (tx, { params, query }) => {
    const [row] = await tx.sql<Row & Pick<TeamDetail, 'actNumber' | 'actDate'>>(
      `select ${columns}, t.act_number as "actNumber", t.act_date as "actDate" from emergency_team t
       join municipality m on m.code = t.municipality where t.id = $1`,
      [params.id],
    )
    if (row === undefined) throw notFound()
    const day = query.from ?? tiranaDay(tx.now)
    const from = fromTirana(day)
    const to = fromTirana(addDays(day, 7))
    const [members, duties, next, visits] = await Promise.all([
      tx.sql<TeamDetail['members'][number]>(
        'select id, name, profession, phone, active from emergency_member where team_id = $1 order by active desc, name, id',
        [row.id],
      ),
      dutiesIn(tx, [row.id], from, to),
      dutiesIn(tx, [row.id], tx.now, later(tx.now, 7)),
      visitsOf(tx, row.id),
    ])
    recordAccess(tx, { act: 'read', kind: 'emergency_team', ids: [row.id], tier: 'T2' })
    return {
      ...asRow(tx, row, next),
      actNumber: row.actNumber,
      actDate: row.actDate,
      from: day,
      members,
      duties: duties.map(({ id, memberId, name, from: begins, to: ends }) => ({
        id,
        memberId,
        name,
        from: begins,
        to: ends,
      })),
      gaps: row.active ? gapsIn(from, to, { from: row.coversFrom, to: row.coversTo }, duties) : [],
      standards: {
        version: careLaw.emergencyStandards.version,
        codes: [...careLaw.emergencyStandards.codes],
      },
      visits,
    }
  },
})

export const teamCommands = [setTeam, setDuty, cancelDuty, inspectTeam]
export const teamEndpoints = [listTeams, readTeam]
