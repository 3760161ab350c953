/** `GET /api/forms`: the list of versions, one whole, and the published schema of them all. */
import { z } from 'zod'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Actor, Day, Uuid } from '#domain/core.ts'
import { checkForm } from '#domain/form/check.ts'
import type { FormContent } from '#domain/form/definition.ts'
import { type FormState, keepsForms } from '#domain/form/life.ts'
import {
  FormContent as FormContentShape,
  type FormRow,
  type FormView,
  ListForms,
  ReadForm,
  ReadFormSchema,
  ReadFormVersion,
} from '#wire/form.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import type { Tx } from '../tx.ts'

/** `$1` is today. Approved versions take over from each other by their day. */
const lineSql = `select d.*, case
    when d.state <> 'approved' then d.state
    when d.effective_from > $1 then 'coming'
    when d.id = first_value(d.id) over w then 'in_force'
    else 'superseded' end as status,
  case when d.state = 'approved' then (select min(n.effective_from) from form_definition n where n.form = d.form and n.state = 'approved'
    and (n.effective_from, n.number) > (d.effective_from, d.number)) end as until
  from form_definition d
  window w as (partition by d.form order by (d.state = 'approved' and d.effective_from <= $1) desc, d.effective_from desc, d.number desc)`
const rowSql = `l.id, l.version as "recordVersion", l.form, l.number as version, l.use, l.content -> 'title' as title, l.status,
  l.effective_from::text as "effectiveFrom", l.until::text as "effectiveUntil", l.verified, l.shipped, l.questions`

const listForms = endpoint({
  method: 'GET',
  url: '/api/forms',
  wire: ListForms,
  handle: async (tx, { query }) => {
    const [afterForm, afterVersion] = query.cursor?.split('/') ?? []
    const rows = await tx.sql<FormRow>(
      `with l as (${lineSql}) select ${rowSql} from l where ($2::text is null or l.form = $2) and ($3::text is null or l.status = $3)
         and ($4::text is null or l.form > $4 or (l.form = $4 and l.number < $5::int))
       order by l.form, l.number desc limit $6`,
      [
        tiranaDay(tx.now),
        query.form ?? null,
        query.status ?? null,
        afterForm ?? null,
        afterVersion ?? null,
        query.limit + 1,
      ],
    )
    const items = rows.slice(0, query.limit)
    const last = items.at(-1)
    return {
      items,
      next: rows.length > query.limit && last !== undefined ? `${last.form}/${last.version}` : null,
    }
  },
})

interface Whole extends FormRow {
  source: string
  content: FormContent
  digest: string
  why: string | null
  returnedWhy: string | null
  createdBy: Uuid | null
  savedBy: Uuid | null
  createdAt: string | null
  proposedBy: Uuid | null
  proposedAt: string | null
  approvedBy: Uuid | null
  approvedAt: string | null
  state: FormState
  open: boolean
}

/** What this reader may do with it next: the screen needs no second rulebook. */
const allowedOf = (row: Whole, actor: Actor, today: Day): FormView['allowed'] => {
  if (!keepsForms(actor)) return []
  if (row.state === 'draft') return ['save', 'propose', 'discard']
  if (row.state === 'proposed') {
    const others = ![row.createdBy, row.savedBy, row.proposedBy].includes(actor.userId)
    return others && (row.effectiveFrom ?? '') >= today ? ['return', 'approve'] : ['return']
  }
  return row.open ? [] : ['draft']
}

/** `version` null asks for the one in force today. */
const readWhole = async (tx: Tx, form: string, version: number | null): Promise<FormView> => {
  const today = tiranaDay(tx.now)
  const [row] = await tx.sql<Whole>(
    `with l as (${lineSql}) select ${rowSql}, l.state, l.source, l.content, l.digest, l.why, l.returned_why as "returnedWhy",
       l.created_by as "createdBy", l.saved_by as "savedBy", l.created_at as "createdAt", l.proposed_by as "proposedBy",
       l.proposed_at as "proposedAt", l.approved_by as "approvedBy", l.approved_at as "approvedAt",
       exists (select from l o where o.form = l.form and o.state in ('draft', 'proposed')) as open
     from l where l.form = $2 and case when $3::int is null then l.status = 'in_force' else l.number = $3 end`,
    [today, form, version],
  )
  if (row === undefined) throw notFound()
  const people = keepsForms(tx.actor) ? [row.createdBy, row.proposedBy, row.approvedBy] : []
  const names = await tx.sql<{ id: Uuid; name: string }>(
    'select id, display_name as name from app_user where id = any ($1::uuid[])',
    [people.filter((id) => id !== null)],
  )
  const who = (id: Uuid | null) => names.find((one) => one.id === id) ?? null
  const { state: _, savedBy: __, open: ___, ...view } = row
  return {
    ...view,
    content: row.content as FormView['content'],
    createdBy: who(row.createdBy),
    proposedBy: who(row.proposedBy),
    approvedBy: who(row.approvedBy),
    faults: checkForm(row.content).map((fault) => ({ ...fault, params: { ...fault.params } })),
    allowed: allowedOf(row, tx.actor, today),
  }
}

const readForm = endpoint({
  method: 'GET',
  url: '/api/forms/{form}',
  wire: ReadForm,
  handle: (tx, { params }) => readWhole(tx, params.form, null),
})
const readFormVersion = endpoint({
  method: 'GET',
  url: '/api/forms/{form}/{version}',
  wire: ReadFormVersion,
  handle: (tx, { params }) => readWhole(tx, params.form, params.version),
})

const schema = z.toJSONSchema(FormContentShape, { io: 'input' }) as Record<string, unknown>
const readSchema = endpoint({
  method: 'GET',
  url: '/api/forms/schema',
  wire: ReadFormSchema,
  handle: async () => ({
    ...schema,
    title: 'Mburoja form',
    description:
      'Content of one version of a form. Beyond this shape: both languages are said, keys are unique, references exist, conditions have no cycle.',
  }),
})

export const formEndpoints: readonly Endpoint[] = [listForms, readSchema, readForm, readFormVersion]
