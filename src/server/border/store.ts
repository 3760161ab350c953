/** Rows of the border: where an officer serves, the child just recorded, an alert locked for a decision. */
import type { Alert } from '#domain/border/alert.ts'
import type { Category, Direction, EscortRelation } from '#domain/border/kinds.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import type { Sex } from '#domain/report/body.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

/** As printed in notices and lists; it follows from the id and tells nothing. */
export const alertLabel = (id: Uuid): string => `KU-${id.slice(-8).toUpperCase()}`

/** Crossings of the officer and how many look-ups they made in the last hour. */
export const deskOf = async (tx: Tx): Promise<{ own: readonly string[]; lately: number }> => {
  const [row] = await tx.sql<{ own: string[]; lately: number }>(
    `select my_crossings() as own, (select count(*) from border_check c where c.by_id = me_user()
       and c.at > $1::timestamptz - interval '1 hour')::integer as lately`,
    [tx.now],
  )
  return row ?? { own: [], lately: 0 }
}

export interface CheckRow {
  readonly id: Uuid
  readonly version: number
  readonly crossing: string
  readonly direction: Direction
  readonly category: Category
  readonly sex: Sex
  readonly citizenship: string | null
  readonly reportId: Uuid | null
  readonly childId: Uuid | null
  readonly byId: Uuid
  readonly municipality: string
  readonly crossingName: string
  readonly givenName: string | null
  readonly familyName: string | null
  readonly birthFrom: Day | null
  readonly birthTo: Day | null
  readonly birthSaid: string | null
  readonly documentKind: string
  readonly documentNumber: string | null
  readonly escorts: readonly { readonly relation: EscortRelation; readonly name?: string }[] | null
  /** The names are out of reach after a day. */
  readonly named: boolean
}

/** Only who wrote it goes on with it; everybody else is told as of a check that is not there. */
export const lockCheck = async (tx: WriteTx, id: Uuid): Promise<CheckRow> => {
  const [locked] = await tx.sql<{ id: Uuid }>('select id from border_check where id = $1 for update', [id])
  if (locked === undefined) throw notFound()
  const [row] = await tx.sql<CheckRow>(
    `select c.id, c.version, c.crossing, c.direction, c.category, c.sex, c.citizenship, c.report_id as "reportId", c.child_id as "childId",
       c.by_id as "byId", b.municipality, b.name as "crossingName", n.given_name as "givenName", n.family_name as "familyName",
       n.birth_from as "birthFrom", n.birth_to as "birthTo", n.birth_said as "birthSaid", c.document_kind as "documentKind",
       n.document_number as "documentNumber", n.companions as escorts, n.id is not null as named
     from border_check c join border_crossing b on b.id = c.crossing left join border_check_named n on n.id = c.id where c.id = $1`,
    [id],
  )
  if (row === undefined) throw notFound()
  return row
}

export interface AlertRow extends Alert {
  readonly id: Uuid
  readonly version: number
}
export const lockAlert = async (tx: WriteTx, id: Uuid): Promise<AlertRow> => {
  const read = `select id, version, unit_id as "unitId", expires_on::text as "expiresOn", withdrawn_at as "withdrawnAt" from border_alert
    where id = $1`
  // Who reads it through a case but did not write it may not lock it: they are told so by the decision.
  const [locked] = await tx.sql<AlertRow>(`${read} for update`, [id])
  const row = locked ?? (await tx.sql<AlertRow>(read, [id]))[0]
  if (row === undefined) throw notFound()
  return row
}

export const crossingOf = async (
  tx: Tx,
  id: string,
): Promise<{ name: string; municipality: string; at: Instant } | undefined> =>
  (
    await tx.sql<{ name: string; municipality: string; at: Instant }>(
      'select name, municipality, $2::timestamptz as at from border_crossing where id = $1',
      [id, tx.now],
    )
  )[0]
