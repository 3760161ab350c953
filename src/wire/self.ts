/** Adults who wrote for themselves, on the wire. */
import { z } from 'zod'
import { dangers, selfEnds, selfStates } from '#domain/self/report.ts'
import { instant, PageQuery, uuid } from './envelope.ts'
import { freeText, saidText } from './text.ts'

/** What the public page brings; texts are empty where nothing was said. */
export const SelfReport = z.strictObject({
  danger: z.enum(dangers),
  language: z.string().regex(/^[a-z]{2}$/),
  municipality: z
    .string()
    .regex(/^\d{2}$/)
    .nullable(),
  story: saidText(4000),
  name: freeText(120),
  place: freeText(400),
  contact: freeText(120),
  safe: freeText(400),
})
export type SelfReport = z.infer<typeof SelfReport>
/** Body of `self_report.take`. */
export const TakeSelf = z.strictObject({})
/** Body of `self_report.close`. */
export const CloseSelf = z.strictObject({ why: z.enum(selfEnds), words: saidText(4000) })

const said = z.string().nullable()
const Item = z.object({
  id: uuid,
  version: z.int(),
  state: z.enum(selfStates),
  danger: z.enum(dangers),
  language: z.string(),
  municipality: said,
  unit: z.object({ nameSq: z.string(), nameEn: z.string() }),
  receivedAt: instant,
  takenBy: said,
  closedWhy: z.enum(selfEnds).nullable(),
  name: said,
  story: said,
  place: said,
  contact: said,
  safe: said,
  additions: z.array(z.object({ at: instant, body: z.string() })),
})
export type SelfItem = z.infer<typeof Item>
export const ListSelf = {
  summary: 'Adults who wrote «this happens to me», of the caller’s county; newest first',
  query: z.strictObject({ state: z.enum(['open', 'closed']).default('open'), ...PageQuery }),
  reply: z.object({ items: z.array(Item), next: z.string().nullable() }),
}
