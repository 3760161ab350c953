/**
 * Criminal proceedings of the demo country, all invented: one judged with compensation awarded and partly paid, one under
 * investigation about which nobody has told the Responsible Authority for too long, one just registered by the police, one closed.
 */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import type { Context } from '../context.ts'
import { referenceUnit } from '../reference/files.ts'
import { withTx } from '../tx.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const DAY = 86_400_000
interface Step {
  /** Days before today. */
  readonly ago: number
  readonly by: string
  readonly verb: string
  /** Of the day on which it is done, and of what earlier steps made. */
  readonly body: (day: string, known: Known) => object
}
interface Known {
  victimId?: Uuid
  claimId?: Uuid
  code?: string
}
interface Story {
  readonly key: string
  readonly by: string
  readonly ago: number
  readonly body: object
  readonly steps: readonly Step[]
}

const prosecutor = 'prosecutor'
const authority = 'responsible-authority'
const move = (ago: number, to: string, more: object = {}): Step => ({
  ago,
  by: prosecutor,
  verb: 'move',
  body: (on) => ({ to, on, ...more }),
})

const stories = (): readonly Story[] => {
  const office = referenceUnit('prosecutor-AL-11').id
  return [
    {
      key: 'judged',
      by: 'police',
      ago: 240,
      body: {
        origin: 'nrm',
        article: '128/b',
        officeUnit: office,
        facts: 'Një i rritur e detyronte një fëmijë të lypte çdo ditë dhe i merrte paratë.',
      },
      steps: [
        { ago: 239, by: 'police', verb: 'add_victim', body: () => ({ subject: 'child' }) },
        {
          ago: 239,
          by: 'police',
          verb: 'add_suspect',
          body: (on) => ({ status: 'suspected', on, givenName: 'Arben', familyName: 'Prova' }),
        },
        move(230, 'investigation', { number: '412/2026' }),
        {
          ago: 228,
          by: prosecutor,
          verb: 'assign_aid',
          body: (on, { victimId }) => ({
            victimId,
            kind: 'lawyer',
            basis: 'state',
            on,
            provider: 'Av. Mira Dervishi',
          }),
        },
        {
          ago: 228,
          by: prosecutor,
          verb: 'assign_aid',
          body: (on, { victimId }) => ({
            victimId,
            kind: 'psychologist',
            basis: 'organisation',
            on,
            provider: 'Psikologe e qendrës',
          }),
        },
        {
          ago: 220,
          by: prosecutor,
          verb: 'take_measure',
          body: (on, { victimId }) => ({ victimId, measure: 'interview_in_child_room', on }),
        },
        {
          ago: 200,
          by: prosecutor,
          verb: 'seize_asset',
          body: (on) => ({ kind: 'vehicle', value: 850_000, on, words: 'Furgoni me të cilin çohej fëmija' }),
        },
        move(160, 'charged'),
        {
          ago: 150,
          by: prosecutor,
          verb: 'claim',
          body: (on, { victimId }) => ({ victimId, route: 'criminal', amount: 1_500_000, on }),
        },
        move(90, 'trial'),
        {
          ago: 80,
          by: prosecutor,
          verb: 'take_measure',
          body: (on, { victimId }) => ({ victimId, measure: 'video_link', on }),
        },
        move(30, 'judgment', { outcome: 'convicted' }),
        {
          ago: 30,
          by: prosecutor,
          verb: 'decide_claim',
          body: (on, { claimId }) => ({ claimId, amount: 900_000, on }),
        },
        move(20, 'final'),
        move(12, 'execution'),
        {
          ago: 5,
          by: prosecutor,
          verb: 'pay_claim',
          body: (on, { claimId }) => ({ claimId, amount: 300_000, on, bailiff: 'Zyra e përmbarimit Tiranë' }),
        },
        { ago: 2, by: authority, verb: 'link_victim', body: (_, { victimId, code }) => ({ victimId, code }) },
      ],
    },
    {
      key: 'silent',
      by: prosecutor,
      ago: 130,
      body: {
        origin: 'inspection',
        article: '110/a',
        number: '655/2026',
        facts: 'Punë e detyruar në një objekt ndërtimi; pagat dhe pasaportat u mbajtën.',
      },
      steps: [{ ago: 129, by: prosecutor, verb: 'add_victim', body: () => ({ subject: 'adult' }) }],
    },
    {
      key: 'new',
      by: 'police',
      ago: 6,
      body: {
        origin: 'denunciation',
        article: '124/b',
        facts: 'Mësuesja njoftoi se fëmija detyrohet të punojë natën.',
      },
      steps: [{ ago: 6, by: 'police', verb: 'add_victim', body: () => ({ subject: 'child' }) }],
    },
    {
      key: 'closed',
      by: prosecutor,
      ago: 110,
      body: {
        origin: 'public_tip',
        article: '117',
        facts: 'Materiale me të mitur të raportuara nga publiku.',
      },
      steps: [
        {
          ago: 45,
          by: prosecutor,
          verb: 'close',
          body: (on) => ({
            reason: 'dismissed_unknown_author',
            on,
            words: 'Autori nuk u gjet; të dhënat iu kërkuan një shteti tjetër.',
          }),
        },
      ],
    },
  ]
}

export const proceedings = (ctx: Context): Act[] => {
  const today = Math.floor(Date.parse(ctx.clock()) / 60_000) * 60_000
  return stories().flatMap(({ key, by, ago, body, steps }) => {
    const at = (days: number, minute: number): number => today - days * DAY + minute * 60_000
    const id = idOf(`proceeding ${key}`, at(ago, 0))
    const known: Known = {}
    let version = 0
    const act = (when: number, play: (stage: Stage, moment: string) => Promise<void>): Act => ({
      at: when,
      lane: `proceeding ${key}`,
      play,
    })
    /** What the next step needs of what stands now: ids that the server made. */
    const look = (stage: Stage) =>
      withTx(ctx, stage.actor(authority), async (tx) => {
        const [row] = await tx.sql<Required<Known>>(
          `select (select v.id from proceeding_victim v where v.proceeding_id = $1 limit 1) as "victimId",
             (select c.id from proceeding_claim c where c.proceeding_id = $1 limit 1) as "claimId",
             (select f.code from nrm_file f where f.subject = 'child' and not f.lowered order by f.opened_at, f.id limit 1) as code`,
          [id],
        )
        Object.assign(known, row)
      })
    return [
      act(at(ago, 0), async (stage, moment) => {
        const day = tiranaDay(moment)
        const reply = await stage.do(by, moment, 'proceeding.open', id, {
          on: day,
          actFrom: tiranaDay(new Date(at(ago + 40, 0)).toISOString()),
          ...body,
        })
        version = reply.version
      }),
      ...steps.map((step, n) =>
        act(at(step.ago, n + 1), async (stage, moment) => {
          await look(stage)
          const reply = await stage.do(
            step.by,
            moment,
            `proceeding.${step.verb}`,
            id,
            step.body(tiranaDay(moment), known),
            version,
          )
          version = reply.version
        }),
      ),
    ]
  })
}
