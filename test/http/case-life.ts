/** A child and a case over HTTP: what the tests of cases share. */
import { expect } from 'vitest'
import { openCase } from '#server/case/open.ts'
import { uuidv7 } from '#server/ids.ts'
import { withWriteTx } from '#server/tx.ts'
import { actorOf, type CastName, type CastUnitName, castUnits, unitId } from '#test/cast.ts'
import type { TestApp } from './harness.ts'

export const today = '2026-11-24'
const words = 'për provë'

/** A registered child, written past the policies, as triage would leave one. */
export const putChild = async (app: TestApp, given = 'Ardi', family = 'Çela'): Promise<string> => {
  const id = uuidv7()
  await app.db.admin("insert into person (id, sex, registered_at, version) values ($1, 'male', now(), 1)", [
    id,
  ])
  await app.db.admin(
    `insert into person_named (id, given_name, family_name, name_key, sounds) values ($1, $2, $3, lower($2 || ' ' || $3), '{}')`,
    [id, given, family],
  )
  return id
}

/** Opens as triage does: for a report that was accepted. */
export const openFor = async (
  app: TestApp,
  who: CastName,
  more: { personId?: string; reportId?: string | null; urgent?: boolean } = {},
) => {
  const unit: CastUnitName = who.endsWith('durres') ? 'cpu-durres' : 'cpu-tirana'
  const opened = await withWriteTx(app.ctx, actorOf(who), { commandId: uuidv7() }, async (tx) =>
    openCase(tx, {
      personId: more.personId ?? (await putChild(app)),
      reportId: more.reportId ?? null,
      unitId: unitId(unit),
      municipality: castUnits[unit].municipality,
      county: castUnits[unit].county,
      concerns: ['begging'],
      urgent: more.urgent ?? false,
    }),
  )
  if (!opened.ok) throw new Error(opened.refusal.code)
  return opened
}

export class Life {
  readonly app: TestApp
  readonly id: string
  version: number
  constructor(app: TestApp, opened: { caseId: string; version: number }) {
    this.app = app
    this.id = opened.caseId
    this.version = opened.version
  }

  /** Sends a command on the last version seen; answers ok or the problem's code. */
  async try(who: CastName, verb: string, body: object, base = this.version): Promise<string> {
    const { status, body: reply } = await this.app
      .as(who)
      .command(`case.${verb}`, this.id, body, { baseVersion: base, language: 'en' })
    if (status !== 200) {
      expect(String(reply.detail ?? '')).not.toMatch(/^$|refusal\.|\{\{/)
      return String(reply.code)
    }
    this.version = Number(reply.version)
    return 'ok'
  }
  async must(who: CastName, verb: string, body: object) {
    const { status, body: reply } = await this.app
      .as(who)
      .command(`case.${verb}`, this.id, body, { baseVersion: this.version, language: 'en' })
    expect(status, `${verb}: ${JSON.stringify(reply)}`).toBe(200)
    this.version = Number(reply.version)
    return reply.reply!
  }
  read(who: CastName = 'cpw-tirana', purpose?: 'supervision' | 'monitoring') {
    return this.app.as(who).get(`/api/cases/${this.id}`, { language: 'en', ...(purpose ? { purpose } : {}) })
  }
}

interface Definition {
  sections: {
    questions: { key: string; kind: string; options?: { value: string }[]; required?: boolean }[]
  }[]
}
/** Every required question of a form, answered with something that fits. */
export const answersFor = (form: Definition) =>
  form.sections
    .flatMap((section) => section.questions)
    .filter((question) => question.required === true)
    .map(({ key, kind, options }) => {
      const first = options?.[0]?.value
      const value = { text: words, yes_no: true, choice: first, choices: [first], scale: 3, day: today }[kind]
      return { key, value }
    })
export const assess = async (
  life: Life,
  form: 'initial' | 'comprehensive' | 'best_interests',
  more: object = {},
  who: CastName = 'cpw-tirana',
) => {
  const { body } = await life.app.as(who).get(`/api/forms/${form}`)
  return life.must(who, 'record_assessment', {
    form,
    formVersion: 1,
    answers: answersFor(body.content as never),
    finish: true,
    ...more,
  })
}
export const seen = { childSeenAt: '2026-11-24T10:00:00+01:00' }
export const goal = (institutionId: string) => ({
  area: 'education',
  text: 'Kthehet në shkollë',
  actions: [
    {
      service: 'education',
      text: 'Regjistrimi në klasën e tretë',
      institutionId,
      due: '2026-12-15',
      costLek: 12_000,
      funding: 'municipality',
    },
  ],
})
export const closure = {
  reason: 'goals_met',
  explanation: words,
  childView: { kind: 'recorded', words: 'Jam mirë' },
  caregiverView: { kind: 'recorded', words: 'Jemi mirë' },
  servicesContinuing: ['Qendra ditore'],
  whomToCall: '116 111',
}

/** A case at low risk whose plan the head approved. */
export const activePlan = async (app: TestApp, risk = 'low') => {
  const life = new Life(app, await openFor(app, 'cpw-tirana'))
  await assess(life, 'initial', { ...seen, risk })
  await assess(life, 'comprehensive')
  await assess(life, 'best_interests')
  await life.must('cpw-tirana', 'draft_plan', { goals: [goal(unitId('school-tirana'))] })
  await life.must('head-tirana', 'approve_plan', { childView: 'agrees' })
  return life
}
export const meetGoals = async (life: Life) => {
  const { body } = await life.read()
  for (const one of body.plan!.goals!)
    await life.must('cpw-tirana', 'set_goal_status', { goalId: one.id, status: 'met' })
}
/** A case closed by the head. */
export const closed = async (app: TestApp) => {
  const life = await activePlan(app)
  await meetGoals(life)
  await life.must('cpw-tirana', 'review', { outcome: 'close', findings: words })
  await life.must('cpw-tirana', 'propose_closure', closure)
  await life.must('head-tirana', 'approve_closure', {})
  return life
}

/** Kinds of what waits about this case in somebody's work list. */
export const waitsIn = async (app: TestApp, caseId: string, who: CastName): Promise<string[]> =>
  (await app.as(who).get('/api/work?limit=100')).body
    .items!.filter((one) => String(one.caseId) === caseId)
    .map((one) => String(one.kind))
