/**
 * Everything the sender holds, by packet field; `packetFor` takes from it what the recipient needs and nothing else.
 * What the case knows of the child wins over what the sender typed.
 */
import type { Instant, Json, Uuid } from '#domain/core.ts'
import { bornIn } from '#domain/document/parts.ts'
import type { PacketField, PacketSource } from '#domain/referral/packet.ts'
import type { SendReferral } from '#wire/referral.ts'
import type { Tx } from '../tx.ts'

type Said = SendReferral['said']

/** Without a case: what the professional wrote. */
export const saidSource = (said: Said): PacketSource => ({
  ...said,
  ...(said.name === undefined && said.birth === undefined
    ? {}
    : { identity: { name: said.name ?? null, birth: said.birth ?? null, sex: null } }),
})

interface Child {
  readonly given_name: string | null
  readonly family_name: string | null
  readonly birth_from: string | null
  readonly birth_to: string | null
  readonly birth_said: string | null
  readonly birth_place: string | null
  readonly father_name: string | null
  readonly mother_name: string | null
  readonly sex: string
  readonly manager: string | null
  readonly unit: string
  readonly phone: string | null
}

interface ConsentLine {
  readonly purpose: string
  readonly capacity: string
  readonly number: number
  readonly given_at: Instant
}

const joined = (...words: readonly (string | null)[]): string | null =>
  words.filter((word) => word !== null && word !== '').join(' ') || null

/** From a case: the child as registered, the case manager and the consents in force. Read with the actor's own rights. */
export const caseSource = async (tx: Tx, caseId: Uuid, said: Said): Promise<PacketSource> => {
  const [[child], consents] = await Promise.all([
    tx.sql<Child>(
      `select n.given_name, n.family_name, n.birth_from, n.birth_to, n.birth_said, n.birth_place, n.father_name,
         n.mother_name, p.sex, m.display_name as manager, u.name_sq as unit, u.phone
       from case_file c join person p on p.id = c.person_id join person_named n on n.id = c.person_id
         join unit u on u.id = c.unit_id left join app_user m on m.id = c.manager_id
       where c.id = $1`,
      [caseId],
    ),
    tx.sql<ConsentLine>(
      `select purpose, capacity, number, given_at from consent
       where case_id = $1 and withdrawn_at is null and (valid_until is null or valid_until >= $2) order by given_at`,
      [caseId, tx.now],
    ),
  ])
  if (child === undefined) return said
  const name = joined(child.given_name, child.family_name)
  const birth =
    child.birth_from === null || child.birth_to === null
      ? (said.birth ?? null)
      : { from: child.birth_from, to: child.birth_to, said: child.birth_said ?? '' }
  const facts = [
    name,
    birth === null ? null : bornIn(birth),
    child.birth_place,
    child.mother_name,
    child.father_name,
  ].flatMap((fact) => (fact ? [fact] : []))
  const known: Partial<Record<PacketField, Json>> = {
    ...(name === null ? {} : { name }),
    ...(birth === null ? {} : { birth }),
    identity: { name: name ?? said.name ?? null, birth, sex: child.sex },
    birth_facts: said.birth_facts ?? facts,
    case_manager: joined(child.manager, child.manager === null ? null : '·', child.unit, child.phone),
    consent: consents.map(
      (one) => `${one.purpose} ${one.capacity} ${one.number} ${one.given_at.slice(0, 10)}`,
    ),
  }
  return { ...said, ...known }
}
