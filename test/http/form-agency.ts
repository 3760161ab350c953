/** Two officers of the State Agency: what one writes, the other approves. The cast has one; the second comes with these tests. */
import type { Actor } from '#domain/core.ts'
import { execute, registry } from '#server/command.ts'
import { formCommands } from '#server/form/index.ts'
import { uuidv7 } from '#server/ids.ts'
import { Problem, problemDocument } from '#server/problem.ts'
import { actorOf } from '#test/cast.ts'
import type { TestApp } from './harness.ts'

const commands = registry(formCommands)
export type Officer = 'first' | 'second'

export const agencyOf = async (app: TestApp) => {
  const first = actorOf('state-agency')
  const second: Actor = { ...first, userId: uuidv7() }
  await app.db.admin(
    "insert into app_user (id, login, display_name, role, unit_id) values ($1, 'state-agency-b', 'Second officer', 'state_agency', $2)",
    [second.userId, second.unitId],
  )
  /** `ok`, or the code of the problem and its field. */
  return async (
    who: Officer,
    verb: string,
    id: string,
    body: object,
    baseVersion?: number,
  ): Promise<string> => {
    try {
      await execute(app.ctx, commands, who === 'first' ? first : second, {
        commandId: uuidv7(),
        type: `form.${verb}`,
        recordId: id,
        ...(baseVersion === undefined ? {} : { baseVersion }),
        body,
      })
      return 'ok'
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const { code, field } = problemDocument(error, 'en')
      return field === undefined ? code : `${code} ${field}`
    }
  }
}
