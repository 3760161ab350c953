/** The public's door for programs: /api/public/reports and its receipts. No sign-in, narrow in size and in number. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem as ProblemShape } from '#wire/envelope.ts'
import {
  PublicReport,
  PublicReportReply,
  ReceiptAddition,
  ReceiptQuestion,
  ReceiptReply,
} from '#wire/report.ts'
import type { Context } from '../context.ts'
import { notFound, Problem } from '../problem.ts'
import { defaultLimits, type Limits, limiter } from '../public/limits.ts'
import { parse } from '../shape.ts'
import { receivePublicReport, reportReceipts } from './public.ts'

/** A report of twenty children in full words. */
const bodyLimit = 262_144

export const mountPublicApi = (app: FastifyInstance, ctx: Context, limits: Limits = defaultLimits): void => {
  const limit = limiter(limits, () => Date.parse(ctx.clock()))
  const mayGoOn = (act: keyof Limits, request: FastifyRequest): void => {
    const minutes = limit.wait(act, request.ip)
    if (minutes !== null) throw new Problem('too_many_requests', { retryAfter: minutes * 60 })
  }

  app.post(
    '/api/public/reports',
    {
      bodyLimit,
      schema: {
        summary: 'Report a child in danger without signing in; the receipt code is shown once',
        body: PublicReport,
        response: { 200: PublicReportReply, '4xx': ProblemShape },
      },
    },
    async (request) => {
      mayGoOn('send', request)
      return receivePublicReport(ctx, request.body)
    },
  )
  app.post(
    '/api/public/receipts',
    {
      bodyLimit: 4096,
      schema: {
        summary: 'What a receipt says: received, being handled, closed; never an outcome',
        body: ReceiptQuestion,
        response: { 200: ReceiptReply, '4xx': ProblemShape },
      },
    },
    async (request) => {
      mayGoOn('look', request)
      const { code } = parse(ReceiptQuestion, request.body, 'body')
      const receipt = await reportReceipts.read(ctx, code)
      if (receipt === null) throw notFound()
      return receipt
    },
  )
  app.post(
    '/api/public/receipts/add',
    {
      bodyLimit: 65_536,
      schema: {
        summary: 'Add words to the report a receipt stands for',
        body: ReceiptAddition,
        response: { 200: ReceiptReply, '4xx': ProblemShape },
      },
    },
    async (request) => {
      mayGoOn('send', request)
      const addition = parse(ReceiptAddition, request.body, 'body')
      const receipt = await reportReceipts.add(ctx, addition)
      if (receipt === null) throw notFound()
      return receipt
    },
  )
}
