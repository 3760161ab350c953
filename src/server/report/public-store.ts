/** What the public pages ask of the register, answered by the same walk as the public interface for programs. */
import type { Context } from '../context.ts'
import type { PublicReport, PublicStore, Receipt } from '../public/store.ts'
import { receivePublicSelf, selfReceipts } from '../self/public.ts'
import { publicActor, withTx } from '../tx.ts'
import { receivePublicReport, reportReceipts } from './public.ts'
import type { Receipt as Read } from './receipt.ts'

const toStatus = { received: 'received', being_handled: 'passed_on', closed: 'closed' } as const
const said = (receipt: Read | null): Receipt | null =>
  receipt === null ? null : { status: toStatus[receipt.status] }

/** One box for the name: the last word is taken as the family's, the rest as the child's own. */
const namesOf = (name: string | undefined): { givenName?: string; familyName?: string } => {
  if (name === undefined) return {}
  const [, given, family] = /^(.+)\s(\S+)$/s.exec(name) ?? []
  return given === undefined || family === undefined
    ? { givenName: name }
    : { givenName: given, familyName: family }
}

const toBody = (report: PublicReport): unknown => {
  const { reporter } = report
  return {
    commandId: report.commandId,
    recordId: report.recordId,
    source: report.self ? 'self' : report.business ? 'private_sector' : 'public',
    immediacy: report.danger === 'yes' ? 'immediate' : report.danger === 'no' ? 'ordinary' : 'unknown',
    concerns: report.concerns,
    place: { municipality: report.municipality, text: report.place },
    narrative: report.narrative,
    children: (report.children.length === 0 ? [{ sex: 'unknown' as const }] : report.children).map(
      ({ age, sex, ...child }) => ({
        sex,
        ...(age === undefined ? {} : { age }),
        ...namesOf(child.name),
      }),
    ),
    ...(reporter === undefined
      ? {}
      : {
          reporter: {
            name: reporter.name,
            ...(reporter.contact?.includes('@') ? { email: reporter.contact } : { phone: reporter.contact }),
            safeTime: reporter.safeTime,
            mayCallBack: reporter.contact !== undefined,
          },
        }),
    ...(report.officialTip === undefined ? {} : { officialInvolved: report.officialTip }),
  }
}

export const publicStore = (ctx: Context): PublicStore => ({
  municipalities: () =>
    withTx(ctx, publicActor, (tx) =>
      tx.sql<{ code: string; name: string }>('select code, name from municipality order by name'),
    ),
  receive: async (report) => ({ code: (await receivePublicReport(ctx, toBody(report))).receipt }),
  receiveSelf: async (self) => ({ code: await receivePublicSelf(ctx, self) }),
  read: async (code) => said((await reportReceipts.read(ctx, code)) ?? (await selfReceipts.read(ctx, code))),
  add: async (addition) =>
    said((await reportReceipts.add(ctx, addition)) ?? (await selfReceipts.add(ctx, addition))),
})
