/** What calling an interview must know around the file: the person, who speaks for it, rooms, units, earlier interviews. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { cut } from '#domain/cut.ts'
import type { Representative, RepresentativeBasis } from '#domain/family/representative.ts'
import { inForce } from '#domain/family/representative.ts'
import { inConflict } from '#domain/family/state.ts'
import type { FileFacts, ScheduleWorld } from '#domain/interview/decide.ts'
import type { FileTier } from '#domain/interview/policy.ts'
import type { NrmFile } from '#domain/nrm/state.ts'
import { wordsUnder } from '../case/beside.ts'
import { isSuspect } from '../family/representative.ts'
import { familyOfCase, findFamily } from '../family/store.ts'
import type { Tx } from '../tx.ts'
import { findRoom } from './rooms.ts'
import { beforeOf, fileTier } from './store.ts'

export interface Speaker extends Representative {
  readonly basis: RepresentativeBasis
  readonly name: string | null
  readonly conflict: boolean
}

/** Whoever speaks for the child, and whether the register itself knows something against it. */
export const speakersOf = async (tx: Tx, caseId: Uuid | null): Promise<Speaker[]> => {
  if (caseId === null) return []
  const rows = await tx.sql<Representative & { basis: RepresentativeBasis }>(
    `select id, kind, basis, member_id as "memberId", from_day as "from", until_day as "until", ended_on as "endedOn"
     from representative where case_id = $1 order by at, id limit 100`,
    [caseId],
  )
  const familyId = await familyOfCase(tx, caseId)
  const family = familyId === null ? null : ((await findFamily(tx, familyId)) ?? null)
  const words = await wordsUnder(
    tx,
    caseId,
    rows.map((row) => row.id),
  )
  const speakers: Speaker[] = []
  for (const row of rows) {
    const said = words(row.id, 'representative')
    const name =
      said !== null && typeof said === 'object' && 'name' in said && typeof said.name === 'string'
        ? said.name
        : null
    const suspected = name !== null && (await isSuspect(tx, caseId, familyId, name))
    speakers.push({
      ...row,
      name,
      conflict: suspected || (row.memberId !== null && inConflict(family, row.memberId)),
    })
  }
  return speakers
}
export const standing = (all: readonly Speaker[], on: Day): Speaker[] => all.filter((one) => inForce(one, on))

interface PersonRow {
  readonly name: string
  readonly sex: string
  readonly from: Day | null
  readonly to: Day | null
  readonly said: string | null
}
const personOf = async (tx: Tx, id: Uuid): Promise<PersonRow> => {
  const [row] = await tx.sql<PersonRow>(
    `select concat_ws(' ', n.given_name, n.family_name) as name, p.sex, n.birth_from as "from", n.birth_to as "to", n.birth_said as said
     from person p join person_named n on n.id = p.id where p.id = $1`,
    [id],
  )
  return row ?? { name: '', sex: 'unknown', from: null, to: null, said: null }
}
const contactOf = async (tx: Tx, file: NrmFile): Promise<string> => {
  const [row] = await tx.sql<{ contact: string }>(
    `select concat_ws(' · ', u.display_name, n.name_sq, n.phone) as contact from unit n left join app_user u on u.id = $2 where n.id = $1`,
    [file.unitId, file.managerId],
  )
  return row?.contact ?? ''
}

const kindOf = async (tx: Tx, id: Uuid): Promise<string | null> =>
  (await tx.sql<{ kind: string }>('select kind from unit where id = $1 and active', [id]))[0]?.kind ?? null

export const worldOf = async (
  tx: Tx,
  file: NrmFile,
  asked: { readonly roomId?: Uuid | undefined; readonly policeUnitId: Uuid; readonly socialUnitId: Uuid },
): Promise<ScheduleWorld> => {
  const tier: FileTier = await fileTier(tx, file.id)
  const [room, policeKind, socialKind, representatives, before, person, contact] = await Promise.all([
    findRoom(tx, asked.roomId),
    kindOf(tx, asked.policeUnitId),
    kindOf(tx, asked.socialUnitId),
    tier < 3 ? [] : speakersOf(tx, file.caseId),
    beforeOf(tx, file.id),
    personOf(tx, file.personId),
    contactOf(tx, file),
  ])
  const facts: FileFacts = {
    id: file.id,
    status: file.status,
    subject: file.subject,
    forms: file.forms,
    birth:
      person.from === null || person.to === null
        ? null
        : { from: person.from, to: person.to, said: person.said ?? '' },
    tier,
  }
  return {
    file: facts,
    room,
    policeKind,
    socialKind,
    representatives,
    before,
    identity: { name: person.name, birth: person.said || (person.from ?? ''), sex: person.sex },
    contact,
  }
}

export interface UnitChoice {
  readonly id: Uuid
  readonly nameSq: string
  readonly nameEn: string
  readonly phone: string | null
}
/** Units that can be called, those of the file's county first. */
export const unitsOfKind = (tx: Tx, kind: string, county: string | null): Promise<UnitChoice[]> =>
  tx.sql<UnitChoice>(
    `select id, name_sq as "nameSq", name_en as "nameEn", phone from unit where kind = $1 and active
     order by county is distinct from $2, name_sq, id limit 200`,
    [kind, county],
  )

/** Elements that the last screening of the file found, as far as the caller reads them: a beginning for the packet. */
export const suggestedIndicators = async (tx: Tx, file: NrmFile): Promise<string> => {
  const rows = await tx.sql<{ code: string; evidence: string }>(
    `select t.code, t.evidence from screening_item t where t.screening_id = (select s.id from screening s
       where (s.case_id = $1 or s.nrm_id = $2) and s.set_code = 'trafficking' order by s.at desc, s.id desc limit 1)
     order by t.code limit 60`,
    [file.caseId, file.id],
  )
  return cut(rows.map((row) => `${row.code}: ${row.evidence}`).join('\n'), 4000)
}
export const today = (tx: Tx): Day => tiranaDay(tx.now)
