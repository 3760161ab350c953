/** Steps that the tests of screening share, said over HTTP. */
import { uuidv7 } from '#server/ids.ts'
import type { CastName } from '#test/cast.ts'
import type { TestApp } from '#test/http/harness.ts'

export interface Opened {
  caseId: string
  childId: string
  reportId: string
}
export const items = (...codes: string[]) => codes.map((code) => ({ code, evidence: `pashë ${code}` }))

/** The application comes with `beforeAll`, so it is asked for at each step. */
export const screeningSteps = (of: () => TestApp) => {
  const report = async (who: CastName, over: object = {}): Promise<{ reportId: string; childId: string }> => {
    const reportId = uuidv7()
    const reply = await of()
      .as(who)
      .command('report.create', reportId, {
        source: 'police',
        channel: 'field',
        place: { municipality: '53', text: 'x' },
        immediacy: 'high',
        concerns: ['begging'],
        children: [
          { givenName: 'Luan', sex: 'male', birth: { from: '2014-01-01', to: '2014-12-31', said: '2014' } },
        ],
        ...over,
      })
    return { reportId, childId: (reply.body.reply!.childIds as unknown as string[])[0]! }
  }
  const accept = async (reportId: string) => {
    const reply = await of()
      .as('cpw-tirana')
      .command(
        'report.triage',
        reportId,
        { decision: 'accept', immediacy: 'high', duplicatesChecked: true },
        { baseVersion: 1 },
      )
    return (reply.body.reply!.cases as unknown as { caseId: string }[])[0]!.caseId
  }
  const opened = async (): Promise<Opened> => {
    const made = await report('police')
    return { ...made, caseId: await accept(made.reportId) }
  }
  const screen = (who: CastName, body: object, id = uuidv7()) =>
    of()
      .as(who)
      .command('screening.record', id, {
        set: 'trafficking',
        version: '2018-1',
        subject: 'child',
        forms: ['begging'],
        territory: 'internal',
        setting: 'case',
        items: items('EX3', 'CD3', 'CH2'),
        ...body,
      })
  const identification = (who: CastName, caseId: string) =>
    of().as(who).get(`/api/cases/${caseId}/identification`)
  return { report, accept, opened, screen, identification }
}
