/**
 * Complaints of the demo country, all invented: one answered (its receipt opens it on the public page), one that waits for the
 * institution's answer in each of two offices, one overdue with the People's Advocate beside it, one new, one about the State
 * Agency itself. Words never name anybody.
 */

import type { z } from 'zod'
import type { EnterComplaint } from '#wire/complaint.ts'
import { referenceUnit } from '../reference/files.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
type Told = Omit<z.input<typeof EnterComplaint>, 'unitId' | 'receipt'>
interface Step {
  /** Days before today. */
  readonly ago: number
  readonly by: string
  readonly verb: string
  readonly body?: object
}
interface Story {
  readonly code: string
  readonly secret: string
  readonly entered: { readonly ago: number; readonly by: string }
  readonly unit: string
  readonly told: Told
  readonly steps: readonly Step[]
}

const officer = 'state-agency'
const take = (ago: number, by = officer): Step => ({ ago, by, verb: 'take' })
const inquire = (ago: number, by = officer): Step => ({ ago, by, verb: 'open_inquiry' })
const ask = (ago: number, unit: string, question: string): Step => ({
  ago,
  by: officer,
  verb: 'ask',
  body: { unitId: referenceUnit(unit).id, question },
})

const stories = (): readonly Story[] => [
  {
    code: 'ANKEDEMA2222',
    secret: 'ANKEDEMA',
    entered: { ago: 26, by: 'day-centre' },
    unit: 'school-53',
    told: {
      by: 'child',
      body: 'school',
      municipality: '53',
      narrative: 'Në shkollë më thanë se nuk ka vend për mua, por shokët e lagjes i morën.',
      discrimination: 'yes',
      ground: 'ethnicity',
      who: { contact: 'Te qendra ditore', safeWay: 'Pasdite, me edukatoren' },
    },
    steps: [
      take(25),
      inquire(24),
      ask(24, 'school-53', 'Si u vendos këtë vit për regjistrimin e nxënësve të rinj të lagjes?'),
      {
        ago: 18,
        by: 'school',
        verb: 'answer_question',
        body: {
          answer: 'U regjistruan sipas radhës. Një kërkesë mbeti pa u shqyrtuar; e regjistrojmë menjëherë.',
        },
      },
      {
        ago: 12,
        by: officer,
        verb: 'decide',
        body: {
          outcome: 'upheld',
          answer:
            'Kishe të drejtë. Shkolla duhej të të regjistronte. Të hënën je në klasë dhe të pret mësuesja.',
          measures: 'Regjistrimi i menjëhershëm; rregulli i radhës bëhet publik.',
        },
      },
    ],
  },
  {
    code: 'ANKEDEMA3333',
    secret: 'ANKEDEMB',
    entered: { ago: 9, by: 'shelter' },
    unit: 'police-AL-11',
    told: {
      by: 'victim',
      body: 'police',
      municipality: '53',
      narrative: 'Më pyetën tri herë për të njëjtën gjë, një herë në korridor ku dëgjonin të tjerët.',
      discrimination: 'no',
      who: { safeWay: 'Me letër te strehëza' },
    },
    steps: [
      take(8),
      inquire(7),
      ask(7, 'police-AL-11', 'Ku dhe sa herë pyeten viktimat, dhe kush është i pranishëm?'),
    ],
  },
  {
    code: 'ANKEDEMA4444',
    secret: 'ANKEDEMC',
    entered: { ago: 8, by: 'hotline' },
    unit: 'cpu-53',
    told: {
      by: 'guardian',
      body: 'child_protection',
      municipality: '53',
      narrative: 'Prej dy muajsh asnjë nuk ka ardhur në shtëpi dhe në telefon thonë se do të vijnë.',
      discrimination: 'unknown',
      who: { contact: 'Numrin e ka linja' },
    },
    steps: [
      take(7),
      inquire(6),
      ask(
        6,
        'social-53',
        'Sa vizita u bënë këtë tremujor në rastet e hapura dhe si ndiqen kërkesat me telefon?',
      ),
    ],
  },
  {
    code: 'ANKEDEMA6666',
    secret: 'ANKEDEMD',
    entered: { ago: 41, by: 'cpw-durres' },
    unit: 'hospital-AL-11',
    told: {
      by: 'guardian',
      body: 'health',
      municipality: '53',
      narrative: 'Pa kartë shëndetësore nuk na pranuan, megjithëse fëmija kishte temperaturë.',
      discrimination: 'yes',
      ground: 'poverty',
    },
    steps: [
      take(39),
      inquire(36),
      { ago: 10, by: officer, verb: 'open_advocate', body: { reference: 'K-214/F' } },
    ],
  },
  {
    code: 'ANKEDEMA7777',
    secret: 'ANKEDEME',
    entered: { ago: 2, by: 'school' },
    unit: 'police-AL-11',
    told: {
      by: 'child',
      body: 'police',
      municipality: '53',
      narrative: 'Më morën gjërat që shisja dhe më bërtitën para të gjithëve.',
      discrimination: 'yes',
      ground: 'poverty',
    },
    steps: [],
  },
  {
    code: 'ANKEDEMA8888',
    secret: 'ANKEDEMF',
    entered: { ago: 5, by: 'hotline' },
    unit: 'state-agency',
    told: {
      by: 'guardian',
      body: 'state_agency',
      narrative: 'Kam dërguar dy letra dhe nuk kam marrë asnjë përgjigje.',
      discrimination: 'no',
    },
    steps: [take(4, 'peoples-advocate')],
  },
]

export const complaints = (now: string): Act[] => {
  const today = Math.floor(Date.parse(now) / 60_000) * 60_000
  return stories().flatMap(({ code, secret, entered, unit, told, steps }) => {
    const at = (ago: number, hour: number): number => today - ago * DAY + hour * HOUR
    const id = idOf(`complaint ${code}`, at(entered.ago, 0))
    const questionId = idOf(`question ${code}`, at(entered.ago, 1))
    const version = (n: number): number =>
      1 + steps.slice(0, n).filter((one) => one.verb !== 'answer_question').length
    const act = (when: number, play: (stage: Stage, moment: string) => Promise<unknown>): Act => ({
      at: when,
      lane: `complaint ${code}`,
      play,
    })
    return [
      act(at(entered.ago, 0), (stage, moment) =>
        stage.do(entered.by, moment, 'complaint.enter', id, {
          ...told,
          unitId: referenceUnit(unit).id,
          receipt: { code, secret },
        }),
      ),
      ...steps.map((step, n) =>
        act(at(step.ago, 0.02 * (n + 1)), (stage, moment) =>
          step.verb === 'answer_question'
            ? stage.do(step.by, moment, 'complaint.answer_question', questionId, step.body ?? {})
            : stage.do(
                step.by,
                moment,
                `complaint.${step.verb}`,
                id,
                {
                  ...step.body,
                  ...(step.verb === 'ask' ? { questionId } : {}),
                  ...(step.verb === 'open_advocate' ? { on: moment.slice(0, 10) } : {}),
                },
                version(n),
              ),
        ),
      ),
    ]
  })
}
