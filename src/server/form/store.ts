/** Versions of forms as rows. What is approved is the same for every reader; drafts the policy shows the State Agency alone. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Uuid } from '#domain/core.ts'
import type { FormContent, FormDefinition, FormUse } from '#domain/form/definition.ts'
import type { FormVersion } from '#domain/form/life.ts'
import { notFound } from '../problem.ts'
import type { Tx, WriteTx } from '../tx.ts'

interface Row {
  form: string
  number: number
  use: FormUse
  verified: boolean
  effectiveFrom: Day
  source: string
  content: FormContent
}

const columns = 'form, number, use, verified, effective_from::text as "effectiveFrom", source, content'

/** An approved version, whether in force, superseded or still to come. */
export const findForm = async (
  tx: Tx,
  form: string,
  version: number,
): Promise<FormDefinition | undefined> => {
  const [row] = await tx.sql<Row>(
    `select ${columns} from form_definition
     where form = $1 and number = $2 and state = 'approved'`,
    [form, version],
  )
  return row === undefined ? undefined : definitionOf(row)
}

const definitionOf = ({ content, number, ...head }: Row): FormDefinition => ({
  ...content,
  ...head,
  version: number,
})

/** The definitions under which a case was assessed, each once. */
export const formsOfCase = async (tx: Tx, caseId: Uuid): Promise<readonly FormDefinition[]> => {
  const rows = await tx.sql<Row>(
    `select ${columns} from form_definition d where d.state = 'approved'
       and (d.form, d.number) in (select a.form, a.form_version from assessment a where a.case_id = $1)`,
    [caseId],
  )
  return rows.map(definitionOf)
}

/** The number of the version that holds today, or null. */
export const versionInForce = async (tx: Tx, form: string): Promise<number | null> => {
  const [row] = await tx.sql<{ number: number }>(
    `select number from form_definition where form = $1 and state = 'approved' and effective_from <= $2
     order by effective_from desc, number desc limit 1`,
    [form, tiranaDay(tx.now)],
  )
  return row?.number ?? null
}

export type LockedForm = FormVersion & { readonly content: FormContent }
export const lockForm = async (tx: WriteTx, id: Uuid): Promise<LockedForm> => {
  // An approved version is locked by nobody: nothing about it changes. Readers of the agency find it, others do not.
  const own = `id, version, form, number, state, content, created_by as "createdBy", saved_by as "savedBy",
    proposed_by as "proposedBy", effective_from::text as "effectiveFrom"`
  const [open] = await tx.sql<LockedForm>(
    `select ${own} from form_definition where id = $1 and state in ('draft', 'proposed') for update`,
    [id],
  )
  const row = open ?? (await tx.sql<LockedForm>(`select ${own} from form_definition where id = $1`, [id]))[0]
  if (row === undefined) throw notFound()
  return row
}
