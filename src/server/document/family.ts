/** The family as one file prints it: members, who is who to the child, who speaks for it, and what it lacks. */
import type { Uuid } from '#domain/core.ts'
import type { FamilySeen } from '#domain/document/file.ts'
import type { Tx } from '../tx.ts'

export const familyOf = async (tx: Tx, id: Uuid): Promise<FamilySeen> => {
  const [members, relations, representatives, needs] = await Promise.all([
    tx.sql<FamilySeen['members'][number]>(
      `select coalesce(p.name, nullif(concat_ws(' ', n.given_name, n.family_name), '')) as name, p.born_year as "bornYear", p.alleged
       from family_case c join family_person p on p.family_id = c.family_id left join person_named n on n.id = p.person_id
       where c.case_id = $1 and c.left_at is null order by p.at, p.id limit 100`,
      [id],
    ),
    tx.sql<FamilySeen['relations'][number]>(
      `select r.kind, r.contact, r.guardian, r.lives_with as "livesWith",
         coalesce(a.name, nullif(concat_ws(' ', an.given_name, an.family_name), '')) as "from",
         coalesce(b.name, nullif(concat_ws(' ', bn.given_name, bn.family_name), '')) as "to"
       from family_case c join family_relation r on r.family_id = c.family_id
         join family_person a on a.id = r.from_id left join person_named an on an.id = a.person_id
         join family_person b on b.id = r.to_id left join person_named bn on bn.id = b.person_id
       where c.case_id = $1 and c.left_at is null and r.ended_at is null order by r.at, r.id limit 200`,
      [id],
    ),
    tx.sql<FamilySeen['representatives'][number]>(
      `select id, kind, basis, from_day as "from", coalesce(ended_on, until_day) as until from representative
       where case_id = $1 order by at, id limit 100`,
      [id],
    ),
    tx.sql<FamilySeen['needs'][number]>(
      `select kind, state, found_on as "foundOn", state_on as "stateOn" from case_need
       where case_id = $1 order by found_on, id limit 200`,
      [id],
    ),
  ])
  return { members, relations, representatives, needs }
}
