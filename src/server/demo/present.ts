/** Pieces of which today's stories are told: a report becomes a case, a referral is sent and answered. */

import type { Holidays } from '#domain/clock/calendar.ts'
import type { Instant, Uuid } from '#domain/core.ts'
import { packetFields } from '#domain/referral/packet.ts'
import { referenceUnit } from '../reference/files.ts'
import { slugOf } from './cast.ts'
import { Life } from './life.ts'
import { type Child, child } from './people.ts'
import { type Chance, chance, idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

export const HOUR = 3_600_000
export const DAY = 24

export interface Told {
  readonly town: string
  readonly by: string
  readonly source: string
  readonly channel: string
  /** Hours before now at which it came in. */
  readonly ago: number
  readonly immediacy?: 'ordinary' | 'high' | 'immediate'
  readonly concerns: readonly string[]
  readonly place: string
  readonly narrative: string
  readonly activity?: string
  readonly children?: readonly Partial<Child>[]
  readonly more?: Readonly<Record<string, unknown>>
}

export interface Accepted extends Told {
  /** Hours before now at which the unit took it up. */
  readonly accepted: number
  readonly worker?: string
}

export interface Sent {
  readonly id: Uuid
  /** Hours before now. */
  readonly ago: number
}

/** Collects acts at hours before now; a town's acts follow one another. */
const sensitive = Object.entries(packetFields).flatMap(([field, tier]) => (tier === 'T4' ? [field] : []))

export class Teller {
  readonly acts: Act[] = []
  readonly dice: Chance
  readonly holidays: Holidays
  readonly now: number
  readonly #seed: number
  #count = 0

  constructor(now: Instant, seed: number, holidays: Holidays) {
    // On the full minute, as people act.
    this.now = Math.floor(Date.parse(now) / 60_000) * 60_000
    this.#seed = seed
    this.dice = chance(seed)
    this.holidays = holidays
  }

  at(town: string, ago: number, play: (stage: Stage, at: Instant) => Promise<unknown>): void {
    this.acts.push({ at: Math.round(this.now - ago * HOUR), lane: town, play })
  }
  /** The Tirana day some hours ago (negative: ahead). */
  day(ago: number): string {
    return new Date(this.now - ago * HOUR + HOUR).toISOString().slice(0, 10)
  }
  mint(what: string, ago: number): Uuid {
    this.#count += 1
    return idOf(`today ${what} ${this.#count}`, this.now - ago * HOUR)
  }

  /** A report that waits for triage. */
  report(told: Told): Uuid {
    const id = this.mint('report', told.ago)
    const children = told.children ?? [child(this.dice)]
    this.at(told.town, told.ago, (stage, at) =>
      stage.do(told.by, at, 'report.create', id, {
        source: told.source,
        channel: told.channel,
        place: { municipality: told.town === 'line' ? null : told.town, text: told.place },
        immediacy: told.immediacy ?? 'ordinary',
        concerns: told.concerns,
        narrative: told.narrative,
        children,
        ...(told.activity === undefined ? {} : { activity: told.activity }),
        ...told.more,
      }),
    )
    return id
  }

  /** A report that became a case of the worker; ask for it only inside later acts. */
  opened(told: Accepted): () => Life {
    const reportId = this.report(told)
    // Dice of its own: towns are played side by side, and whose turn it is would decide what each life throws.
    const dice = chance(this.#seed * 1000 + this.#count)
    const slug = slugOf(told.town)
    const worker = told.worker ?? `cpw-${slug}`
    let life: Life | undefined
    this.at(told.town, told.accepted, async (stage, at) => {
      const immediacy = told.immediacy ?? 'ordinary'
      const reply = await stage.do(
        worker,
        at,
        'report.triage',
        reportId,
        { decision: 'accept', immediacy, duplicatesChecked: true },
        1,
      )
      const [first] = (reply.reply.cases ?? []) as { caseId: string }[]
      life = new Life(stage, dice, told.town, worker, `head-${slug}`).open(first!.caseId)
    })
    return () => {
      if (life === undefined) throw new Error('the case is not open yet')
      return life
    }
  }

  /** Assessed, planned, approved by the head: a plan at work since `since` hours ago. */
  planned(
    told: Accepted,
    since: number,
    due: (n: number) => string,
    more: { risk?: 'low' | 'medium'; actions?: number } = {},
  ): () => Life {
    const life = this.opened(told)
    const step = (told.accepted - since) / 6
    this.at(told.town, told.accepted - Math.min(20, step), (_, at) =>
      life().assess(at, 'initial', { risk: more.risk ?? 'medium' }),
    )
    this.at(told.town, told.accepted - 3 * step, (_, at) => life().assess(at, 'comprehensive'))
    this.at(told.town, told.accepted - 3 * step - 1, (_, at) => life().assess(at, 'best_interests'))
    this.at(told.town, told.accepted - 5 * step, (_, at) => life().draftPlan(at, due, more.actions ?? 2))
    this.at(told.town, since, (_, at) => life().approvePlan(at))
    return life
  }

  send(
    life: () => Life,
    sent: {
      ago: number
      to: string
      service: string
      said: Readonly<Record<string, unknown>>
      safety?: boolean
      town?: string
      /** Which action of the plan it carries out, and by which entry of the directory. */
      through?: { readonly action: number; readonly entryId: Uuid }
    },
  ): Sent {
    const id = this.mint('referral', sent.ago)
    this.at(sent.town ?? '53', sent.ago, (stage, at) =>
      stage.do(life().worker, at, 'referral.send', id, {
        caseId: life().caseId,
        toUnitId: referenceUnit(sent.to).id,
        service: sent.service,
        said: sent.said,
        ...(sent.through === undefined
          ? {}
          : { actionId: life().action(sent.through.action), entryId: sent.through.entryId }),
        // What is sensitive leaves with the child's word.
        ...(sensitive.some((field) => field in sent.said) ? { child: { answer: 'agrees' } } : {}),
        grounds: [
          sent.safety === true
            ? { kind: 'safety', ref: 'fëmija në rrezik' }
            : { kind: 'law', ref: 'Ligji 18/2017' },
        ],
      }),
    )
    return { id, ago: sent.ago }
  }

  /** The recipient's answers, one after the other, at hours before now. */
  answer(sent: Sent, by: string, acts: readonly (readonly [number, string, object])[]): void {
    let version = 1
    for (const [ago, verb, body] of acts)
      this.at('53', ago, async (stage, at) => {
        const reply = await stage.do(by, at, `referral.${verb}`, sent.id, body, version)
        version = reply.version
      })
  }
}
