/** Every `form.…` command: a version is drafted, saved, proposed, returned, approved by a second person, or discarded. */
import type { Day } from '#domain/core.ts'
import { checkForm } from '#domain/form/check.ts'
import { type FormContent, type FormUse, questionsOf } from '#domain/form/definition.ts'
import {
  decideApproveForm,
  decideDiscardForm,
  decideDraftForm,
  decideProposeForm,
  decideReturnForm,
  decideSaveForm,
  type FormEvent,
} from '#domain/form/life.ts'
import { ApproveForm, DiscardForm, DraftForm, ProposeForm, ReturnForm, SaveForm } from '#wire/form.ts'
import { append } from '../append.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import type { WriteTx } from '../tx.ts'
import { digestOf } from './shipped.ts'
import { type LockedForm, lockForm } from './store.ts'

const printOf = (content: FormContent) => ({
  digest: digestOf(content),
  questions: questionsOf(content).length,
})

const draft = command('form.draft', DraftForm, async (tx, cmd) => {
  const { form, use, content } = cmd.body
  await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 26))', [form])
  const [known] = await tx.sql<{ latest: number; open: boolean; use: FormUse | null }>(
    `select coalesce(max(number), 0)::int as latest, coalesce(bool_or(state in ('draft', 'proposed')), false) as open,
       min(use) filter (where state = 'approved') as use from form_definition where form = $1`,
    [form],
  )
  const kept = content as FormContent
  const print = printOf(kept)
  const decision = decideDraftForm(cmd.body, known!, print, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const number = known!.latest + 1
  const version = await append(tx, { kind: 'form_definition', id: cmd.recordId, version: 0 }, decision.events)
  await tx.sql(
    `insert into form_definition (id, version, form, number, use, state, source, content, digest, questions, created_by, created_at)
     values ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10, $11)`,
    [
      cmd.recordId,
      version,
      form,
      number,
      use,
      'Agjencia Shtetërore për të Drejtat dhe Mbrojtjen e Fëmijës / State Agency for the Rights and Protection of the Child',
      JSON.stringify(kept),
      print.digest,
      print.questions,
      tx.actor.userId,
      tx.now,
    ],
  )
  return done({ recordId: cmd.recordId, version, reply: { form, number } })
})

/** Lock, be fresh, append, and write the columns that this step sets. Column names are literals of this file. */
const step = async (
  tx: WriteTx,
  row: LockedForm,
  events: readonly FormEvent[],
  set: Readonly<Record<string, unknown>>,
) => {
  const version = await append(tx, { kind: 'form_definition', id: row.id, version: row.version }, events)
  const names = Object.keys(set)
  await tx.sql(
    `update form_definition set version = $2${names.map((name, i) => `, ${name} = $${i + 3}`).join('')} where id = $1`,
    [row.id, version, ...Object.values(set)],
  )
  return done({ recordId: row.id, version, reply: { form: row.form, number: row.number } })
}

const save = command('form.save', SaveForm, async (tx, cmd) => {
  const row = await lockForm(tx, cmd.recordId)
  await mustBeFresh(tx, 'form_definition', cmd, ['content', 'state'])
  const content = cmd.body.content as FormContent
  const print = printOf(content)
  const decision = decideSaveForm(row, print, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  return step(tx, row, decision.events, {
    content: JSON.stringify(content),
    digest: print.digest,
    questions: print.questions,
    saved_by: tx.actor.userId,
  })
})

const propose = command('form.propose', ProposeForm, async (tx, cmd) => {
  const row = await lockForm(tx, cmd.recordId)
  await mustBeFresh(tx, 'form_definition', cmd, ['content', 'state'])
  const [newest] = await tx.sql<{ day: Day | null }>(
    "select max(effective_from)::text as day from form_definition where form = $1 and state = 'approved'",
    [row.form],
  )
  const decision = decideProposeForm(
    row,
    cmd.body,
    { faults: checkForm(row.content), newest: newest?.day ?? null },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  return step(tx, row, decision.events, {
    state: 'proposed',
    effective_from: cmd.body.effectiveFrom,
    why: cmd.body.why,
    proposed_by: tx.actor.userId,
    proposed_at: tx.now,
  })
})

const giveBack = command('form.return', ReturnForm, async (tx, cmd) => {
  const row = await lockForm(tx, cmd.recordId)
  await mustBeFresh(tx, 'form_definition', cmd, ['content', 'state'])
  const decision = decideReturnForm(row, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  return step(tx, row, decision.events, { state: 'draft', returned_why: cmd.body.why })
})

const approve = command('form.approve', ApproveForm, async (tx, cmd) => {
  const row = await lockForm(tx, cmd.recordId)
  await mustBeFresh(tx, 'form_definition', cmd, ['content', 'state'])
  const decision = decideApproveForm(row, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  return step(tx, row, decision.events, {
    state: 'approved',
    approved_by: tx.actor.userId,
    approved_at: tx.now,
  })
})

const discard = command('form.discard', DiscardForm, async (tx, cmd) => {
  const row = await lockForm(tx, cmd.recordId)
  await mustBeFresh(tx, 'form_definition', cmd, ['content', 'state'])
  const decision = decideDiscardForm(row, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  return step(tx, row, decision.events, { state: 'discarded' })
})

export const formCommands: readonly CommandHandler[] = [draft, save, propose, giveBack, approve, discard]
