/**
 * Workbooks at the door: a plan out, the empty template out, a filled workbook read. Reading keeps nothing: the content
 * goes back with the answer, and comes in again by a command once the person has seen what it would change.
 */

import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { differenceOf } from '#domain/action-plan/difference.ts'
import { importableKinds } from '#domain/action-plan/policy.ts'
import { PlanParams, PlanQuery, WorkbookRead } from '#wire/action-plan.ts'
import { Problem as ProblemShape } from '#wire/envelope.ts'
import type { Context } from '../context.ts'
import { requireIdentity, sendFile } from '../endpoint.ts'
import { pdfOf, pdfType } from '../pdf/document.ts'
import { forbidden, Problem } from '../problem.ts'
import { parse } from '../shape.ts'
import { type Tx, withTx } from '../tx.ts'
import { workbookOf } from '../workbook/document.ts'
import { limits, WorkbookProblem } from '../workbook/read.ts'
import { xlsxType } from '../workbook/write.ts'
import { readContent } from './content.ts'
import { planWithContent } from './read.ts'
import { reconciliationDocument } from './reconciliation-document.ts'
import { type PlanRow, planColumns, versionOf } from './store.ts'
import { countsOf, totalsOf } from './tree.ts'
import type { Fault } from './workbook-cells.ts'
import { readPlanWorkbook } from './workbook-read.ts'
import { planWorkbook, templateWorkbook } from './workbook-write.ts'
import { readWorld } from './world.ts'

const sendWorkbook = (reply: FastifyReply, name: string, book: Buffer): FastifyReply =>
  reply
    .type(xlsxType)
    .header('content-disposition', `attachment; filename="${name}.xlsx"`)
    .header('cache-control', 'no-store')
    .send(book)

const asErrors = (faults: readonly Fault[], more: number) => [
  ...faults.map((fault) => ({
    field: [fault.sheet, fault.cell].filter((part) => part !== null).join('!'),
    code: `workbook_${fault.code}`,
    params: fault.params,
  })),
  ...(more === 0 ? [] : [{ field: '', code: 'workbook_more', params: { count: more } }]),
]

const mostChanges = 300

/** What this workbook would do, for this actor. Throws the list of its faults. */
const preview = async (tx: Tx, bytes: Uint8Array): Promise<WorkbookRead> => {
  const result = readPlanWorkbook(bytes, await readWorld(tx))
  if (!result.ok) throw new Problem('invalid', { errors: asErrors(result.faults.list, result.faults.more) })
  const { name, content } = result
  const [plan] = await tx.sql<PlanRow>(`select ${planColumns} from action_plan p where p.slug = $1`, [
    name.slug,
  ])
  const standing = plan !== undefined && (plan.currentVersion > 0 || plan.draftVersion !== null)
  const version = standing ? await versionOf(tx, plan, undefined) : null
  const before =
    plan === undefined || version === null
      ? null
      : await readContent(tx, plan.id, version.version, version.head)
  const difference = differenceOf(before, content)
  return {
    plan:
      plan === undefined
        ? null
        : { id: plan.id, slug: plan.slug, status: plan.status, version: plan.version },
    import: {
      slug: name.slug,
      kind: name.kind,
      ...(name.parent === null ? {} : { parent: name.parent }),
      ...(name.sourceFile === null ? {} : { sourceFile: name.sourceFile }),
      content: content as WorkbookRead['import']['content'],
    },
    counts: { ...countsOf(content), ...totalsOf(content) },
    changes: difference.nodes
      .slice(0, mostChanges)
      .map((change) => ({ ...change, fields: change.fields.map((field) => ({ ...field })) })),
    moreChanges: Math.max(0, difference.nodes.length - mostChanges),
    headChanges: [...difference.parts],
  }
}

export const mountWorkbooks = (app: FastifyInstance, ctx: Context): void => {
  app.route({
    method: 'GET',
    url: '/api/plans/template.xlsx',
    schema: { tags: ['plans'], summary: 'The empty workbook of a plan', produces: [xlsxType] },
    handler: async (request, reply) => {
      const { actor } = await requireIdentity(ctx, request)
      const book = await withTx(ctx, actor, async (tx) => templateWorkbook((await readWorld(tx)).bodyList))
      return sendWorkbook(reply, 'mburoja-plan', book)
    },
  })
  app.route({
    method: 'GET',
    url: '/api/plans/:slug/export.xlsx',
    schema: {
      tags: ['plans'],
      summary: 'The whole plan as a workbook; brought in again it changes nothing',
      params: PlanParams,
      querystring: PlanQuery,
      produces: [xlsxType],
    },
    handler: async (request, reply) => {
      const { actor } = await requireIdentity(ctx, request)
      const { slug } = parse(PlanParams, request.params, 'path')
      const { version: asked } = parse(PlanQuery, request.query, 'query')
      const book = await withTx(ctx, actor, async (tx) => {
        const { plan, content } = await planWithContent(tx, slug, asked)
        return planWorkbook(plan, content, (await readWorld(tx)).bodyList)
      })
      return sendWorkbook(reply, slug, book)
    },
  })
  for (const [ending, media] of [
    ['xlsx', xlsxType],
    ['pdf', pdfType],
  ] as const)
    app.route({
      method: 'GET',
      url: `/api/plans/:slug/reconciliation/export.${ending}`,
      schema: {
        tags: ['plans'],
        summary: `The reconciliation as ${ending === 'pdf' ? 'tagged PDF' : 'a workbook'}, in the language of the reader`,
        params: PlanParams,
        querystring: PlanQuery,
        produces: [media],
      },
      handler: async (request, reply) => {
        const { actor, language } = await requireIdentity(ctx, request)
        const { slug } = parse(PlanParams, request.params, 'path')
        const { version: asked } = parse(PlanQuery, request.query, 'query')
        const { content } = await withTx(ctx, actor, (tx) => planWithContent(tx, slug, asked))
        const document = reconciliationDocument(content, language)
        const bytes = await (ending === 'pdf' ? pdfOf(document, { now: ctx.clock() }) : workbookOf(document))
        return sendFile(reply, { name: `${slug}-reconciliation.${ending}`, media, bytes })
      },
    })
  // A parser of its own, so that no other door takes five megabytes.
  app.register(async (scope) => {
    scope.addContentTypeParser(
      [xlsxType, 'application/octet-stream'],
      { parseAs: 'buffer' },
      (_request, body, next) => next(null, body),
    )
    scope.route({
      method: 'POST',
      url: '/api/plans/workbook',
      bodyLimit: limits.packed,
      schema: {
        tags: ['plans'],
        summary: 'Reads a filled workbook and says what it would change; keeps nothing',
        consumes: [xlsxType, 'application/octet-stream'],
        body: z.unknown(),
        response: { 200: WorkbookRead, '4xx': ProblemShape },
      },
      handler: async (request) => {
        const { actor } = await requireIdentity(ctx, request)
        if (importableKinds(actor).length === 0) throw forbidden()
        if (!Buffer.isBuffer(request.body)) throw new Problem('unsupported_media_type')
        const bytes = request.body
        try {
          return await withTx(ctx, actor, (tx) => preview(tx, bytes))
        } catch (error) {
          if (!(error instanceof WorkbookProblem)) throw error
          const where: Fault['params'] = error.where === null ? {} : { said: error.where }
          throw new Problem('invalid', {
            errors: [{ field: 'body', code: `workbook_${error.code}`, params: where }],
          })
        }
      },
    })
  })
}
