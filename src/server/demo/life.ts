/** One child's case as its worker lives it: commands with what the law asks of each, and the versions between them. */

import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Day, Instant, Uuid } from '#domain/core.ts'
import { type FormDefinition, questionsOf } from '#domain/form/definition.ts'
import { shippedForm } from '../form/shipped.ts'
import { referenceUnit } from '../reference/files.ts'
import type { Chance } from './random.ts'
import type { Stage } from './stage.ts'
import { answerText, findings, goals } from './texts.ts'

/** Where the institution of a plan's action sits. */
const countySeat: Readonly<Record<string, string>> = {
  '53': 'AL-11',
  '51': 'AL-11',
  '10': 'AL-02',
  '11': 'AL-02',
  '15': 'AL-03',
  '35': 'AL-06',
  '48': 'AL-10',
  '61': 'AL-12',
  '59': 'AL-12',
}
const institution = (by: string, town: string): Uuid =>
  referenceUnit(
    by === 'municipality'
      ? `cpu-${town}`
      : by === 'employment'
        ? `employment-${countySeat[town]}`
        : `${by}-${town}`,
  ).institutionId

const answers = (form: FormDefinition, dice: Chance, chosen: Readonly<Record<string, unknown>>) =>
  questionsOf(form)
    .filter((question) => question.required === true || question.key in chosen)
    .map((question) => {
      const { key, kind } = question
      const options = question.options?.map((option) => option.value) ?? []
      const value =
        chosen[key] ??
        {
          text: answerText(key, dice),
          yes_no: dice.yes(0.5),
          choice: options[dice.int(0, Math.min(2, options.length - 1))],
          choices: [options[dice.int(0, Math.min(3, options.length - 1))]],
          scale: 3,
          day: '2018-01-01',
        }[kind as 'text']
      return { key, value }
    })

interface Made {
  readonly type: string
  readonly id: string | null
}

export class Life {
  readonly stage: Stage
  readonly dice: Chance
  readonly town: string
  readonly worker: string
  readonly head: string
  caseId: Uuid = ''
  #version = 0
  #goals: string[] = []
  #actions: string[] = []
  measureId = ''
  conferenceId: string | null = null

  constructor(stage: Stage, dice: Chance, town: string, worker: string, head: string) {
    this.stage = stage
    this.dice = dice
    this.town = town
    this.worker = worker
    this.head = head
  }

  open(caseId: Uuid): this {
    this.caseId = caseId
    return this
  }

  async do(login: string, at: Instant, verb: string, body: object): Promise<readonly Made[]> {
    const reply = await this.stage.do(login, at, `case.${verb}`, this.caseId, body, this.#version)
    this.#version = reply.version
    return (reply.reply.made ?? []) as readonly Made[]
  }

  /** What other nouns write on the case's chain. */
  async beside(at: Instant, type: string, body: object): Promise<Readonly<Record<string, unknown>>> {
    const reply = await this.stage.do(this.worker, at, type, this.caseId, body, this.#version)
    this.#version = reply.version
    return reply.reply
  }

  assess(
    at: Instant,
    form: 'initial' | 'comprehensive' | 'best_interests',
    more: { risk?: string; finish?: boolean; chosen?: Readonly<Record<string, unknown>> } = {},
  ) {
    const definition = shippedForm(form, 1)
    return this.do(this.worker, at, 'record_assessment', {
      form,
      formVersion: definition.version,
      answers: answers(definition, this.dice, more.chosen ?? {}),
      childSeenAt: form === 'initial' ? at : null,
      risk: more.risk ?? null,
      ...(more.risk === undefined ? {} : { riskReason: 'Sipas vlerësimit dhe vizitës në shtëpi.' }),
      finish: more.finish ?? true,
    })
  }

  /** A plan of one to three goals, each action with who, until when, for how much and from whom. */
  async draftPlan(at: Instant, due: (n: number) => Day, count = this.dice.int(1, 2)): Promise<void> {
    const from = this.dice.int(0, goals.length - 1)
    const chosen = Array.from({ length: count }, (_, i) => goals[(from + i) % goals.length]!)
    let n = 0
    const made = await this.do(this.worker, at, 'draft_plan', {
      summary: 'Së pari shkolla dhe siguria; familja mbështetet me punë.',
      goals: chosen.map((goal) => ({
        area: goal.area,
        text: goal.text,
        actions: goal.actions.slice(0, count > 1 ? 1 : 2).map((action) => {
          n += 1
          return {
            service: action.service,
            text: action.text,
            institutionId: institution(action.by, this.town),
            due: due(n),
            costLek: action.lek,
            funding:
              action.lek === 0 ? 'no_cost' : this.dice.pick(['municipality', 'municipality', 'donor', 'gap']),
          }
        }),
      })),
    })
    const of = (type: string) => made.filter((one) => one.type === type).map((one) => one.id ?? '')
    this.#goals = of('GoalAdded')
    this.#actions = of('ActionAdded')
  }

  /** The group is called together: unit, school, police and health centre get a code, a place and a time. */
  callGroup(at: Instant, plannedAt: Instant) {
    return this.do(this.worker, at, 'call_conference', {
      plannedAt,
      place: 'Bashki, salla 2',
      unitIds: [
        `cpu-${this.town}`,
        `school-${this.town}`,
        `police-${countySeat[this.town]}`,
        `health-centre-${this.town}`,
      ].map((code) => referenceUnit(code).id),
    })
  }
  /** A matter before the court, from its file to a hearing to come. */
  async goToCourt(at: Instant, matter: string, hearingAt: Instant): Promise<void> {
    const made = await this.do(this.worker, at, 'open_court_case', {
      matter,
      court: 'Gjykata e Shkallës së Parë e Juridiksionit të Përgjithshëm Tiranë',
      claim: 'Kujdestaria t’i kalojë gjyshes.',
    })
    const courtId = made.find((one) => one.type === 'CourtCaseOpened')?.id ?? ''
    await this.do(this.worker, at, 'write_court_report', {
      courtId,
      report: 'Vajza është e qetë te gjyshja dhe do të shkojë në shkollë.',
    })
    await this.do(this.worker, at, 'file_court_case', {
      courtId,
      filedOn: tiranaDay(at),
      courtRef: `${tiranaDay(at).slice(0, 4)}-417`,
    })
    await this.do(this.worker, at, 'set_hearing', { courtId, hearingAt })
  }

  /** Three institutions come and one excuses itself; the minutes approve what lies on the table. */
  async confer(at: Instant, decisions: readonly string[]): Promise<void> {
    const here = (code: string) => ({
      institutionId: referenceUnit(code).institutionId,
      present: true,
      absence: null,
    })
    const made = await this.do(this.worker, at, 'hold_conference', {
      heldOn: tiranaDay(at),
      place: 'Bashki, salla 2',
      attendance: [
        here(`cpu-${this.town}`),
        here(`school-${this.town}`),
        here(`police-${countySeat[this.town]}`),
        {
          institutionId: referenceUnit(`health-centre-${this.town}`).institutionId,
          present: false,
          absence: this.dice.pick(['excused', 'no_reply']),
        },
      ],
      childPart: 'was_heard',
      familyPart: 'not_invited',
      familyWhyNot: 'unsafe',
      decisions,
      minutes: 'U diskutua gjendja e fëmijës; institucionet morën përsipër veprimet e planit.',
    })
    this.conferenceId = made.find((one) => one.type === 'ConferenceHeld')?.id ?? null
  }

  approvePlan(at: Instant) {
    return this.do(this.head, at, 'approve_plan', { conferenceId: this.conferenceId, childView: 'agrees' })
  }
  review(at: Instant, outcome: 'continue' | 'close') {
    return this.do(this.worker, at, 'review', { outcome, findings: this.dice.pick(findings) })
  }
  async actionsDone(at: Instant, how: 'all' | 'first' = 'all'): Promise<void> {
    for (const actionId of how === 'all' ? this.#actions : this.#actions.slice(0, 1))
      await this.do(this.worker, at, 'set_action_status', { actionId, status: 'done', doneOn: tiranaDay(at) })
  }
  async goalsMet(at: Instant): Promise<void> {
    for (const goalId of this.#goals)
      await this.do(this.worker, at, 'set_goal_status', { goalId, status: 'met' })
  }
  action(n: number): Uuid {
    return this.#actions[n] ?? ''
  }
  setRisk(at: Instant, risk: string, reason: string) {
    return this.do(this.worker, at, 'set_risk', { risk, reason })
  }

  proposeClosure(at: Instant, reason: 'goals_met' | 'no_risk') {
    return this.do(this.worker, at, 'propose_closure', {
      reason,
      explanation:
        reason === 'no_risk' ? 'Fëmija ishte me prindin, pa punë dhe pa rrezik.' : 'Qëllimet u arritën.',
      childView: { kind: 'recorded', words: 'Jam mirë, shkoj në shkollë.' },
      caregiverView: { kind: 'recorded', words: 'E dimë ku të pyesim.' },
      servicesContinuing: reason === 'no_risk' ? [] : ['Qendra ditore'],
      whomToCall: 'NJMF, ose ALO 116 111',
    })
  }
  approveClosure(at: Instant) {
    return this.do(this.head, at, 'approve_closure', {})
  }
  followUp(at: Instant, month: 1 | 3 | 6 | 12) {
    return this.do(this.worker, at, 'record_follow_up', {
      month,
      seenOn: tiranaDay(at),
      seen: this.dice.pick(['child', 'child', 'family', 'school']),
      reexploited: 'no',
      findings: this.dice.pick(findings),
    })
  }

  async proposeMeasure(at: Instant, kind: string, ground: string): Promise<void> {
    const made = await this.do(this.worker, at, 'propose_measure', {
      kind,
      ground,
      parentsCooperate: 'both',
      reason: 'Pa masë fëmija kthehet në rrugë.',
    })
    this.measureId = made.find((one) => one.type === 'MeasureProposed')?.id ?? ''
  }
  decideMeasure(
    login: string,
    at: Instant,
    step: string,
    more: { by?: string; from?: Day; courtRef?: string } = {},
  ) {
    return this.do(login, at, 'decide_measure', {
      measureId: this.measureId,
      step,
      decidedBy: more.by ?? 'court',
      decidedOn: tiranaDay(at),
      from: more.from ?? null,
      courtRef: more.courtRef ?? null,
      parentsCooperate: 'both',
    })
  }
  liftMeasure(at: Instant) {
    return this.do(this.worker, at, 'lift_measure', {
      measureId: this.measureId,
      status: 'lifted',
      endedOn: tiranaDay(at),
      reason: 'Fëmija nuk punon më dhe familja bashkëpunon.',
    })
  }
}
