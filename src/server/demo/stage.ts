/**
 * Where the story is played: every act goes through the same command pipeline as a person's would, at its own
 * moment, by its own actor. Acts are played day by day, municipalities side by side, each in order of time; every
 * few days the clocks are scanned, so that deadlines are met or missed in their own time.
 */

import { endOfTiranaDay, tiranaDay } from '#domain/clock/tirana.ts'
import type { Actor, Instant, Uuid } from '#domain/core.ts'
import type { CommandReply } from '#wire/envelope.ts'
import { commands } from '../app.ts'
import { scanClocks } from '../clock/scan.ts'
import { execute } from '../command.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'
import { type Tx, withTx } from '../tx.ts'
import { actorOf, type Member } from './cast.ts'
import { idOf } from './random.ts'

export interface Act {
  readonly at: number
  /** Acts of one lane are played one after another. */
  readonly lane: string
  readonly play: (stage: Stage, at: Instant) => Promise<unknown>
}

/** Often enough for a story; the worker scans each minute. */
const SCAN_EVERY = 3 * 86_400_000

export class Stage {
  readonly #ctx: Context
  readonly #actors: ReadonlyMap<string, Actor>
  /** Commands played so far. */
  played = 0
  /** What could not be played. Tests expect none; a start tells them and goes on, for a register with a gap in its demo
   * is worth more than none. */
  readonly faults: string[] = []

  constructor(ctx: Context, members: readonly Member[]) {
    this.#ctx = ctx
    this.#actors = new Map(members.map((one) => [one.login, actorOf(one)]))
  }

  actor(login: string): Actor {
    const actor = this.#actors.get(login)
    if (actor === undefined) throw new Error(`nobody in the demo signs in as ${login}`)
    return actor
  }

  /** One command of one person at one moment. A refusal is a fault of the story. */
  async do(
    login: string,
    at: Instant,
    type: string,
    recordId: Uuid,
    body: object,
    baseVersion?: number,
  ): Promise<CommandReply> {
    const envelope = {
      commandId: idOf(`${login} ${at} ${type} ${recordId} ${JSON.stringify(body)}`, Date.parse(at)),
      type,
      recordId,
      ...(baseVersion === undefined ? {} : { baseVersion }),
      body,
    }
    try {
      const reply = await execute({ ...this.#ctx, clock: () => at }, commands, this.actor(login), envelope)
      this.played += 1
      return reply
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const why = error.refusal ?? { code: error.code, errors: error.errors }
      throw new Error(`demo: ${login} could not ${type} at ${at}: ${JSON.stringify(why)}`)
    }
  }

  /** What somebody of the story sees at this moment, where the next act must name it. */
  see<T>(login: string, look: (tx: Tx) => Promise<T>): Promise<T> {
    return withTx(this.#ctx, this.actor(login), look)
  }

  async run(acts: readonly Act[]): Promise<void> {
    const days = Map.groupBy(
      [...acts].sort((a, b) => a.at - b.at),
      (act) => tiranaDay(new Date(act.at).toISOString()),
    )
    let scanned = 0
    for (const [day, ofDay] of days) {
      const lanes = Map.groupBy(ofDay, (act) => act.lane)
      await Promise.all(
        [...lanes.values()].map(async (lane) => {
          for (const act of lane) {
            try {
              await act.play(this, new Date(act.at).toISOString())
            } catch (error) {
              this.faults.push(error instanceof Error ? error.message : String(error))
            }
          }
        }),
      )
      if (Date.parse(day) - scanned < SCAN_EVERY) continue
      scanned = Date.parse(day)
      await this.#endOfDay(day)
    }
    await this.#endOfDay([...days.keys()].at(-1) ?? '2018-01-01')
  }

  /** Never later than the real moment: what is due tonight is not yet missed. */
  async #endOfDay(day: string): Promise<void> {
    const end = endOfTiranaDay(day)
    const now = this.#ctx.clock()
    await scanClocks({ ...this.#ctx, clock: () => [end, now].sort()[0]! })
  }
}
