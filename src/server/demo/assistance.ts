/**
 * Assistance in the demo country: the woman who declined formal identification is stabilised at home, another lives in a shelter at the
 * beginning of help; instalments of the four shelters, two of them late. All invented.
 */
import { addDays } from '#domain/clock/tirana.ts'
import { referenceUnit } from '../reference/files.ts'
import { shelterOfTirana } from './care.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const shelters = [
  'shelter-national',
  'shelter-different-equal',
  'shelter-vatra',
  'shelter-tjeter-vizion',
] as const

export const assistance = (now: string): Act[] => {
  const today = Math.floor(Date.parse(now) / 60_000) * 60_000
  const day = (ago: number): string => new Date(today - ago * DAY).toISOString().slice(0, 10)
  const versions = new Map<string, number>()
  let order = 0
  /** After what the trafficking track itself tells of these days, in the order written here. */
  const act = (ago: number, login: string, type: string, id: string, body: object): Act => {
    order += 1
    return {
      at: today - ago * DAY + order * 60_000,
      lane: 'nrm',
      play: async (stage: Stage, at) => {
        const reply = await stage.do(login, at, type, id, body, versions.get(id))
        versions.set(id, reply.version)
        return reply
      },
    }
  }
  const office = 'social-service'
  const house = referenceUnit('shelter-different-equal').institutionId
  const state = referenceUnit('social-service-AL-11').institutionId
  const made = (id: string, name: string) => idOf(`assistance ${name} ${id}`, today)

  const home = idOf('nrm adult declined', today)
  const tell = (ago: number, verb: string, body: object) => act(ago, office, `assistance.${verb}`, home, body)
  /** A safety plan names the assessment it rests on, which is known once it is written. */
  const safe = (ago: number, id: string): Act[] => {
    let riskId = ''
    order += 1
    const at = today - ago * DAY + order * 60_000
    const play = async (stage: Stage, moment: string, verb: string, body: object) => {
      const reply = await stage.do(office, moment, `assistance.${verb}`, id, body, versions.get(id))
      versions.set(id, reply.version)
      return String(reply.reply.id)
    }
    return [
      {
        at,
        lane: 'nrm',
        play: async (stage, moment) => {
          riskId = await play(stage, moment, 'assess_risk', {
            on: day(ago),
            level: 'medium',
            dangers: ['debt', 'exploiter_threats'],
            living: 'relatives',
            words: 'Pronari i rrobaqepësisë e ka kërkuar dy herë në telefon; thotë se i ka borxh.',
          })
        },
      },
      {
        at: at + 30_000,
        lane: 'nrm',
        play: (stage, moment) =>
          play(stage, moment, 'make_safety_plan', {
            riskId,
            reviewOn: addDays(day(ago), 60),
            police: false,
            measures:
              'Numër i ri telefoni. Motra e di ku ndodhet. Denoncim në komisariat nëse kërcënohet sërish.',
            contact: 'Telefonatë çdo të hënë në orën 10; pa përgjigje dy herë, vizitë të njëjtën ditë.',
          }),
      },
    ]
  }

  const sheltered = idOf('nrm adult sheltered', today)
  const hold = made(sheltered, 'bed')
  const stay = made(sheltered, 'stay')
  const lives = (ago: number, verb: string, body: object) =>
    act(ago, office, `assistance.${verb}`, sheltered, body)

  return [
    tell(9, 'find_need', {
      kind: 'housing',
      beneficiary: 'subject',
      foundOn: day(9),
      remark: 'Fle te motra, në një dhomë me tre fëmijë.',
    }),
    tell(9, 'find_need', { kind: 'psychological', beneficiary: 'subject', foundOn: day(9) }),
    tell(9, 'move_phase', { to: 'NEEDS_ASSESSED' }),
    tell(8, 'move_phase', { to: 'EMERGENCY' }),
    ...safe(7, home),
    tell(6, 'move_phase', { to: 'STABILISATION' }),
    tell(6, 'add_action', {
      service: 'housing',
      text: 'Qira e subvencionuar për gjashtë muaj, me kontratë në emër të saj.',
      providerId: referenceUnit('social-service-AL-11').institutionId,
      due: addDays(day(6), 30),
      costLek: 150_000,
      funding: 'municipality',
    }),
    tell(5, 'add_child', {
      person: { givenName: 'Enea', familyName: null, sex: 'male', birth: null },
      livesWith: true,
      consentBy: 'subject',
      consentOn: day(5),
    }),
    tell(3, 'give', {
      service: 'legal',
      setting: 'community',
      beneficiary: 'subject',
      providerId: state,
      from: day(3),
      costLek: null,
      funding: 'no_cost',
      remark: 'U shpjeguan të drejtat dhe kërkesa për pagat e papaguara.',
    }),
    tell(2, 'write_report', {
      on: day(2),
      progress: 'better',
      concern: false,
      text: 'Ka bërë kërkesë për punë në një furrë buke. Nuk ka pasur telefonata të tjera.',
    }),

    act(40, office, 'nrm.open', sheltered, {
      priorId: null,
      adult: true,
      set: 'trafficking',
      version: '2018-1',
      upward: '',
      county: 'AL-11',
      contact: '',
      person: {
        givenName: 'Vjollca',
        familyName: null,
        otherNames: null,
        sex: 'female',
        birth: { from: '1999-01-01', to: '1999-12-31', said: '1999' },
        citizenship: 'AL',
      },
      door: 'self',
      forms: ['sexual'],
      territory: 'internal',
      municipality: '53',
      items: [
        { code: 'DR1', evidence: 'Iu premtua punë si kamariere.' },
        { code: 'CD1', evidence: 'Kishte shenja dhune; nuk lejohej të dilte vetëm.' },
        { code: 'CD3', evidence: 'Dokumentet ia mbante një person tjetër.' },
      ],
      summary: 'Kërkoi vetë ndihmë në zyrën e shërbimit social.',
    }),
    act(40, office, 'nrm.take', sheltered, {}),
    act(40, office, 'bed.hold', hold, { placeId: shelterOfTirana(today), sex: 'female', ageBand: 'adult' }),
    act(40, 'shelter', 'bed.confirm', hold, {}),
    lives(39, 'find_need', { kind: 'psychological', beneficiary: 'subject', foundOn: day(39) }),
    lives(39, 'move_phase', { to: 'NEEDS_ASSESSED' }),
    lives(39, 'begin_stay', {
      stayId: stay,
      holdId: hold,
      on: day(39),
      consentOn: day(39),
      needs: 'Strehim, mjek, psikolog. Flet pak në fillim; një grua e vetme si mbështetëse.',
      risks: 'I njohuri që e mbante mund ta kërkojë në Tiranë. Të mos dalë vetëm javët e para.',
    }),
    lives(39, 'move_phase', { to: 'EMERGENCY' }),
    act(38, 'shelter', 'stay.give', stay, {
      service: 'medical',
      setting: 'shelter',
      beneficiary: 'subject',
      providerId: house,
      from: day(38),
      costLek: 8_000,
      funding: 'donor',
    }),
    act(36, 'shelter', 'stay.give', stay, {
      service: 'psychological',
      setting: 'shelter',
      beneficiary: 'subject',
      providerId: house,
      from: day(36),
      costLek: 24_000,
      funding: 'state',
    }),
    act(20, 'shelter', 'stay.write_report', stay, {
      on: day(20),
      progress: 'better',
      concern: false,
      text: 'Fle më mirë, merr pjesë në punëtorinë e qepjes.',
    }),

    ...shelters
      .flatMap((unit, n) =>
        [200, 110, 20, -70].map((ago, part) => {
          const id = idOf(`tranche ${unit} ${part}`, today)
          const amount = 1_200_000 + n * 150_000
          return [
            act(210, 'responsible-authority', 'shelter_tranche.plan', id, {
              unitId: referenceUnit(unit).id,
              source: n === 3 && part > 1 ? 'donors' : 'state',
              payer:
                n === 3 && part > 1
                  ? 'Donator i projektit'
                  : 'Ministria e Shëndetësisë dhe Mbrojtjes Sociale',
              dueOn: day(ago),
              amount,
            }),
            // The first came late everywhere; the third has not come to the second and the last.
            ...(part === 0 || part === 1 || (part === 2 && n % 2 === 0)
              ? [
                  act(ago - (part === 0 ? 35 : 4), 'responsible-authority', 'shelter_tranche.receive', id, {
                    on: day(ago - (part === 0 ? 35 : 4)),
                    amount,
                  }),
                ]
              : []),
          ]
        }),
      )
      .flat(),
  ]
}
