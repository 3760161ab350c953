/** Rights explained, and the child's own permission: writing them down and reading them. */

import type { z } from 'zod'
import { caseTier, scopeOf } from '#domain/case/policy.ts'
import type { Day, Uuid } from '#domain/core.ts'
import { decideExplainRights } from '#domain/rights/information.ts'
import { decideAskPermission, decideWithdrawPermission } from '#domain/rights/permission.ts'
import { AskPermission, CaseRights, ExplainRights, WithdrawPermission } from '#wire/rights.ts'
import { recordAccess } from '../access.ts'
import { asText, recordBeside, wordsUnder } from '../case/beside.ts'
import { getCase, lockCase } from '../case/store.ts'
import { type CommandHandler, command, done, mustBeFresh, refused } from '../command.ts'
import { askedFrom } from '../consent/rule.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { notFound } from '../problem.ts'
import { insertPermission, permissionsOf } from './store.ts'

const explain = command('case.explain_rights', ExplainRights, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  const decision = decideExplainRights(s, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const { facts } = event!
  const version = await recordBeside(tx, s, [{ event: event!, subject: facts.rightsId }])
  tx.later(
    `insert into rights_information (id, case_id, on_day, audience, topics, language, format, interpreter, understood, by_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      facts.rightsId,
      s.id,
      facts.on,
      facts.audience,
      [...facts.topics],
      facts.language,
      facts.format,
      facts.interpreter,
      facts.understood,
      facts.by,
      tx.now,
    ],
  )
  return done({ recordId: s.id, version, reply: { rightsId: facts.rightsId } })
})

const ask = command('case.ask_permission', AskPermission, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  const decision = decideAskPermission(s, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const version = await recordBeside(tx, s, [{ event: event!, subject: event!.facts.permissionId }])
  insertPermission(tx, s.id, event!)
  return done({ recordId: s.id, version, reply: { permissionId: event!.facts.permissionId } })
})

const withdraw = command('case.withdraw_permission', WithdrawPermission, async (tx, cmd) => {
  const s = await lockCase(tx, cmd.recordId)
  await mustBeFresh(tx, 'case_file', cmd, ['permission'])
  const one = (await permissionsOf(tx, s.id)).find((known) => known.id === cmd.body.permissionId)
  const decision = decideWithdrawPermission(s, one, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  const version = await recordBeside(tx, s, [{ event: event!, subject: event!.facts.permissionId }])
  tx.later('update child_permission set withdrawn_at = $2 where id = $1', [event!.facts.permissionId, tx.now])
  return done({ recordId: s.id, version })
})

type View = z.input<typeof CaseRights.reply>
const most = 200

const caseRights = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/rights',
  wire: CaseRights,
  handle: async (tx, { params }) => {
    const s = await getCase(tx, params.id)
    const tier = caseTier(tx.actor, scopeOf(s))
    if (tier === 0) throw notFound()
    const [rights, permissions] = await Promise.all([
      tx.sql<Omit<View['rights'][number], 'explainedBy' | 'questions'> & { id: Uuid; on: Day }>(
        `select id, on_day as "on", audience, topics, language, format, interpreter, understood from rights_information
         where case_id = $1 order by on_day desc, at desc, id limit ${most}`,
        [s.id],
      ),
      tx.sql<Omit<View['permissions'][number], 'words'> & { id: Uuid }>(
        `select id, on_day as "on", recipients, fields, answer, why, withdrawn_at as "withdrawnAt" from child_permission
         where case_id = $1 order by at desc, id desc limit ${most}`,
        [s.id],
      ),
    ])
    const words = await wordsUnder(
      tx,
      s.id,
      [...rights, ...permissions].map((row) => row.id),
    )
    recordAccess(tx, { act: 'read', kind: 'case_file', ids: [s.id], tier: tier === 2 ? 'T2' : 'T3' })
    return {
      rights: rights.map((row) => ({
        ...row,
        explainedBy: asText(words(row.id, 'explainedBy')),
        questions: asText(words(row.id, 'childWords')),
      })),
      permissions: permissions.map((row) => ({ ...row, words: asText(words(row.id, 'childWords')) })),
      askedFrom: askedFrom(),
    }
  },
})

export const rightsCommands: readonly CommandHandler[] = [explain, ask, withdraw]
export const rightsEndpoints: readonly Endpoint[] = [caseRights]
