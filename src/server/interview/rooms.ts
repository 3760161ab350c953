/** The register of child-friendly interview rooms. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { decideSetRoom, inService, mayKeepRooms, type Room } from '#domain/interview/room.ts'
import { ListInterviewRooms, SetInterviewRoom } from '#wire/interview.ts'
import { append } from '../append.ts'
import { command, done, mustBeFreshOrNew, refused } from '../command.ts'
import { endpoint } from '../endpoint.ts'
import { invalid } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { roomsWanted } from './law.ts'

interface RoomRow extends Room {
  readonly nameSq: string
  readonly nameEn: string
  readonly holder: string
}
const columns = `r.id, r.version, r.name_sq as "nameSq", r.name_en as "nameEn", r.municipality, r.holder, r.audio, r.video,
  r.from_day as "from", r.until_day as "until"`

/** Those in service first, by place; there are to be twelve, and never hundreds. */
export const allRooms = async (tx: Tx): Promise<(RoomRow & { inService: boolean })[]> => {
  const today = tiranaDay(tx.now)
  const rows = await tx.sql<RoomRow>(
    `select ${columns} from interview_room r order by r.municipality, r.name_sq, r.id limit 500`,
  )
  return rows
    .map((row) => ({ ...row, inService: inService(row, today) }))
    .sort((a, b) => Number(b.inService) - Number(a.inService))
}
export const roomsInService = async (tx: Tx) => (await allRooms(tx)).filter((one) => one.inService)

export const findRoom = async (tx: Tx, id: Uuid | undefined): Promise<Room | null> => {
  if (id === undefined) return null
  const [row] = await tx.sql<RoomRow>(`select ${columns} from interview_room r where r.id = $1`, [id])
  return row ?? null
}

export const setRoom = command('interview_room.set', SetInterviewRoom, async (tx, cmd) => {
  const { recordId: id, body } = cmd
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 63))', [id.toLowerCase()])
  const before = await findRoom(tx, id)
  const decision = decideSetRoom(body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  if (before !== null) await mustBeFreshOrNew(tx, 'interview_room', cmd, ['equipment', 'service'])
  const version = await append(
    tx,
    { kind: 'interview_room', id, version: before?.version ?? 0 },
    decision.events,
  )
  const values: (string | number | boolean | Day | null)[] = [
    id,
    version,
    body.nameSq,
    body.nameEn,
    body.municipality,
    body.holder,
    body.audio,
    body.video,
    body.from,
    body.until,
  ]
  const written = await tx.sql(
    before === null
      ? `insert into interview_room (id, version, name_sq, name_en, municipality, county, holder, audio, video, from_day, until_day)
         select $1, $2, $3, $4, m.code, m.county, $6, $7, $8, $9, $10 from municipality m where m.code = $5 returning id`
      : `update interview_room r set version = $2, name_sq = $3, name_en = $4, municipality = m.code, county = m.county, holder = $6,
           audio = $7, video = $8, from_day = $9, until_day = $10 from municipality m where r.id = $1 and m.code = $5 returning r.id`,
    values,
  )
  if (written.length === 0) throw invalid({ field: 'body.body.municipality', code: 'unknown_code' })
  return done({ recordId: id, version })
})

export const listRooms = endpoint({
  method: 'GET',
  url: '/api/interview-rooms',
  wire: ListInterviewRooms,
  handle: async (tx) => {
    const items = await allRooms(tx)
    return {
      items,
      inService: items.filter((one) => one.inService).length,
      wanted: roomsWanted.value,
      source: roomsWanted.source,
      mayKeep: mayKeepRooms(tx.actor),
    }
  },
})
