/** The national report on a plan, from due to published, over the commands of the two coordinators. */
import { uuidv7 } from '#server/ids.ts'
import type { CastName } from '#test/cast.ts'
import type { Loose, TestApp } from './harness.ts'

export const openNational = async (app: TestApp): Promise<string> => {
  await app.as('coordinator').command('plan_report.open', uuidv7(), {
    kind: 'plan_monitoring',
    plan: 'nap-2018-2020',
    from: '2018-01-01',
    to: '2018-12-31',
    dueOn: '2019-03-01',
  })
  const { items } = (await app.as('coordinator').get('/api/plan-reports?kind=plan_monitoring')).body
  return String((items as unknown as Loose[])[0]?.id)
}

export const actOn = async (app: TestApp, id: string, who: CastName, name: string, body: object = {}) => {
  const { version } = (await app.as(who).get(`/api/plan-reports/${id}`)).body
  const options = { baseVersion: Number(version ?? 0) }
  const { status } = await app.as(who).command(`plan_report.${name}`, id, body, options)
  if (status !== 200) throw new Error(`${name}: ${status}`)
}

export const publish = async (app: TestApp, id: string, summary: string): Promise<void> => {
  const content = { summary, difficulties: '', next: '', activities: [] }
  await actOn(app, id, 'coordinator', 'save', { content })
  await actOn(app, id, 'coordinator', 'submit')
  await actOn(app, id, 'coordinator2', 'accept')
  await actOn(app, id, 'coordinator', 'consolidate')
  await actOn(app, id, 'coordinator2', 'approve')
  await actOn(app, id, 'coordinator', 'publish')
}
