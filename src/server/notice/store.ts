/** Notices: that something happened to a record, by its code. Nothing here may ever carry a name (actors' rules). */
import type { Role, Uuid } from '#domain/core.ts'
import type { NoticeCode } from '#wire/notice.ts'
import { q } from '../database.ts'
import { uuidv7 } from '../ids.ts'
import type { WriteTx } from '../tx.ts'

/** Everybody of this unit, or only those of `role` in it; everybody of a role; or one person. */
type Addressee =
  | { readonly unitId: Uuid; readonly role?: Role; readonly userId?: never }
  | { readonly role: Role; readonly unitId?: never; readonly userId?: never }
  | { readonly userId: Uuid; readonly unitId?: never; readonly role?: never }

export type Notice = Addressee & {
  readonly code: NoticeCode
  readonly recordKind: string
  readonly recordId: Uuid
  /** The record's printed code, e.g. `RF-2026-7K3M9QXA`. */
  readonly label: string
}

export const tell = (tx: WriteTx, notice: Notice): Promise<void> =>
  tx.run(
    q.insertInto('notice').values({
      id: uuidv7(),
      at: tx.now,
      unit_id: notice.unitId ?? null,
      role: notice.role ?? null,
      user_id: notice.userId ?? null,
      code: notice.code,
      record_kind: notice.recordKind,
      record_id: notice.recordId,
      label: notice.label,
    }),
  )

/** To everybody of a role in the country: the data protection officer, wherever they sit. */
export const tellRole = (
  tx: WriteTx,
  { role, ...notice }: Omit<Notice, 'unitId' | 'role'> & { readonly role: Role },
): Promise<void> =>
  tx.run(
    q.insertInto('notice').values({
      id: uuidv7(),
      at: tx.now,
      unit_id: null,
      role,
      code: notice.code,
      record_kind: notice.recordKind,
      record_id: notice.recordId,
      label: notice.label,
    }),
  )

/** To the head of the sending unit and, for trafficking, to the Responsible Authority; the teller learns not which. */
export const tellAbove = async (tx: WriteTx, referralId: Uuid, code: NoticeCode): Promise<void> => {
  await tx.sql('select tell_above($1, $2, $3, $4, $5)', [uuidv7(), uuidv7(), referralId, code, tx.now])
}
