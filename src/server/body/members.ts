/** Seats of a body, and the number of people of an anonymous one. */
import { decideAddMember, decideCountPeople, decideEndMember } from '#domain/body/members.ts'
import { AddMember, CountPeople, EndMember } from '#wire/body.ts'
import { append } from '../append.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import type { WriteTx } from '../tx.ts'
import { findInstitution, lockBody } from './store.ts'

const follow = (tx: WriteTx, id: string, version: number): Promise<unknown> =>
  tx.sql('update body set version = $2 where id = $1', [id, version])

export const addMember = command('body.add_member', AddMember, async (tx, cmd) => {
  const body = await lockBody(tx, cmd.recordId)
  const institution = await findInstitution(tx, cmd.body.institution)
  const decision = decideAddMember(body, institution, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const { facts } = decision.events[0]!
  const places = await tx.sql(
    `select 1 where ($1::text is null or exists (select from county where code = $1))
       and ($2::text is null or exists (select from municipality where code = $2 and ($1 is null or county = $1)))`,
    [facts.county, facts.municipality],
  )
  if (places.length === 0) return refused({ code: 'body_place_missing', field: 'municipality' })
  const version = await append(tx, { kind: 'body', id: body.id, version: body.version }, decision.events)
  await tx.sql(
    `insert into body_member (id, body_id, anonymous, institution_code, county, municipality, seat, office_sq, office_en, valid_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      facts.memberId,
      body.id,
      body.anonymous,
      facts.institution,
      facts.county,
      facts.municipality,
      facts.seat,
      cmd.body.officeSq ?? null,
      cmd.body.officeEn ?? null,
      facts.from,
    ],
  )
  if (cmd.body.officialName !== undefined)
    await tx.sql(
      'insert into body_member_named (member_id, body_id, anonymous, official_name) values ($1, $2, $3, $4)',
      [facts.memberId, body.id, body.anonymous, cmd.body.officialName],
    )
  await follow(tx, body.id, version)
  return done({ recordId: body.id, version, reply: { memberId: facts.memberId } })
})

export const endMember = command('body.end_member', EndMember, async (tx, cmd) => {
  const body = await lockBody(tx, cmd.recordId)
  const decision = decideEndMember(body, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const version = await append(tx, { kind: 'body', id: body.id, version: body.version }, decision.events)
  // The version first: whoever ends a seat of their own may have no right to write a moment later.
  await follow(tx, body.id, version)
  await tx.sql('update body_member set valid_to = $2 where id = $1', [cmd.body.memberId, cmd.body.to])
  return done({ recordId: body.id, version })
})

export const countPeople = command('body.count_people', CountPeople, async (tx, cmd) => {
  const body = await lockBody(tx, cmd.recordId)
  const decision = decideCountPeople(body, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  await mustBeFresh(tx, 'body', cmd, ['people'])
  const version = await append(tx, { kind: 'body', id: body.id, version: body.version }, decision.events)
  await tx.sql('update body set version = $2, people_counted = $3, counted_on = $4 where id = $1', [
    body.id,
    version,
    cmd.body.people,
    cmd.body.day,
  ])
  return done({ recordId: body.id, version })
})
