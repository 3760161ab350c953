/** The people near the child that a case already names, as members of its family. */
import type { Uuid } from '#domain/core.ts'
import type { Contact, FamilyEvent, RelationKind } from '#domain/family/state.ts'
import type { WriteTx } from '../tx.ts'

interface Near {
  readonly name: string
  readonly relationship: string
  readonly contact: Contact
  readonly lives_with_child: boolean | null
  readonly phone: string | null
  readonly remark: string | null
}
const kinds: Readonly<Partial<Record<string, RelationKind>>> = {
  mother: 'mother',
  father: 'father',
  stepparent: 'stepparent',
  sibling: 'sibling',
  grandparent: 'grandparent',
  other_relative: 'other_relative',
  guardian: 'guardian',
  spouse: 'spouse',
  suspected_exploiter: 'exploiter',
}

/** Teachers, friends and employers stay with the case: they are of no household. */
export const membersOfNear = async (tx: WriteTx, caseId: Uuid, child: Uuid): Promise<FamilyEvent[]> => {
  const rows = await tx.sql<Near>(
    `select name, relationship, contact, lives_with_child, phone, remark from case_person_near where case_id = $1
     order by at, id limit 40`,
    [caseId],
  )
  const moment = { at: tx.stamp.occurredAt, by: tx.actor.userId }
  return rows.flatMap((row): FamilyEvent[] => {
    const kind = kinds[row.relationship]
    if (kind === undefined) return []
    const memberId = tx.stamp.newId()
    const alleged = kind === 'exploiter'
    return [
      {
        type: 'MemberAdded',
        v: 1,
        facts: { memberId, alleged, otherSide: false, ...moment },
        parts: [
          {
            tier: 'T3',
            name: 'member',
            body: { name: row.name, sex: 'unknown', bornYear: null, phone: row.phone, remark: row.remark },
          },
        ],
      },
      {
        type: 'RelationSet',
        v: 1,
        facts: {
          relationId: tx.stamp.newId(),
          fromId: memberId,
          toId: child,
          kind,
          guardian: kind === 'guardian',
          livesWith: row.lives_with_child,
          contact: alleged && row.contact === 'allowed' ? 'not_assessed' : row.contact,
          from: null,
          until: null,
          replaces: null,
          ...moment,
        },
        touches: [`relation_${memberId}_${child}`],
      },
    ]
  })
}
