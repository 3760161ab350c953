/** What the data protection officer of the demo country finds on the table, and what colleagues asked of each other. */
import type { Uuid } from '#domain/core.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

export const privacy = (now: string): Act[] => {
  const today = Math.floor(Date.parse(now) / 60_000) * 60_000
  const acts: Act[] = []
  const act = (ago: number, login: string, type: string, id: Uuid, body: object, baseVersion?: number) =>
    acts.push({
      at: today - ago,
      // One lane: an answer comes after what it answers.
      lane: 'privacy',
      play: (stage: Stage, moment) => stage.do(login, moment, type, id, body, baseVersion),
    })
  const id = (name: string): Uuid => idOf(`privacy ${name}`, today)

  act(12 * DAY, 'cpw-durres', 'access.break_glass', id('glass 1'), {
    caseCode: 'TR-2018-0005',
    reason: 'child_found',
    text: 'Fëmija u gjend vetëm në stacionin e trenit në Durrës, në orën 22. Njësia e Tiranës nuk përgjigjej.',
    onDuty: true,
  })
  act(9 * DAY, 'dpo', 'access.review_break_glass', id('glass 1'), {
    outcome: 'justified',
    text: 'Fëmija u gjend natën; u lexuan vetëm personat e ndaluar dhe kontakti i sigurt.',
  })
  act(DAY + 3 * HOUR, 'police', 'access.break_glass', id('glass 2'), {
    caseCode: 'TR-2018-0006',
    reason: 'out_of_hours',
    text: 'Patrulla gjeti fëmijën te kryqëzimi i Zogut të Zi; duhej ditur kujt nuk i dorëzohet.',
    onDuty: true,
  })

  const grant = id('grant 1')
  act(8 * DAY, 'cpw-durres', 'access.request', grant, {
    caseCode: 'TR-2018-0007',
    reach: 'T2',
    purpose: 'sibling',
    days: 30,
    text: 'Vëllai i fëmijës është rasti ynë; duam të bashkojmë hapat e planit.',
  })
  act(7 * DAY, 'head-tirana', 'access.answer', grant, { grant: true, days: 30 }, 1)
  act(DAY, 'day-centre', 'access.request', id('grant 2'), {
    caseCode: 'TR-2018-0008',
    reach: 'minimum',
    purpose: 'service_delivery',
    days: 60,
    text: 'Fëmija vjen çdo ditë në qendër; duam të dimë kujt mund t’i dorëzohet.',
  })

  const refused = id('request 1')
  act(41 * DAY, 'dpo', 'privacy.register_request', refused, {
    kind: 'erasure',
    requester: 'guardian',
    channel: 'letter',
    receivedOn: day(today - 42 * DAY),
    who: 'Babai, me letër nga Kamza',
    text: 'Kërkon të fshihet dosja e fëmijës.',
    caseCode: 'TR-2018-0009',
  })
  act(39 * DAY, 'dpo', 'privacy.check_identity', refused, { means: 'identity_card' }, 1)
  act(
    30 * DAY,
    'dpo',
    'privacy.answer_request',
    refused,
    {
      outcome: 'refused',
      ground: 'legal_duty_to_keep',
      complaintTold: true,
      text: 'Dosja ruhet sa zgjat afati ligjor; u tregua e drejta e ankesës te Komisioneri.',
    },
    2,
  )
  const access = id('request 2')
  act(6 * DAY, 'dpo', 'privacy.register_request', access, {
    kind: 'access',
    requester: 'self',
    channel: 'in_person',
    receivedOn: day(today - 6 * DAY),
    who: 'Vetë i riu, sot 19 vjeç',
    text: 'Kërkon të dijë kush e ka hapur dosjen e tij.',
    caseCode: 'TR-2018-0005',
  })
  act(5 * DAY, 'dpo', 'privacy.check_identity', access, { means: 'identity_card' }, 1)

  const closed = id('breach 1')
  act(29 * DAY, 'dpo', 'privacy.record_breach', closed, {
    kinds: ['confidentiality'],
    tiers: ['T3'],
    persons: 2,
    children: true,
    knownAt: new Date(today - 29 * DAY - 5 * HOUR).toISOString(),
    happenedAt: new Date(today - 30 * DAY).toISOString(),
    risk: 'some',
    text: 'Një letër me emrat e dy fëmijëve shkoi në një shkollë tjetër.',
    records: 'Një thirrje për GTN, e printuar.',
  })
  act(29 * DAY - HOUR, 'dpo', 'privacy.add_breach_measure', closed, {
    text: 'Letra u kthye e hapur; shkolla nënshkroi detyrimin e fshehtësisë.',
  })
  act(
    28 * DAY,
    'dpo',
    'privacy.tell_commissioner',
    closed,
    { told: true, at: new Date(today - 28 * DAY - HOUR).toISOString(), reference: 'KDI-214' },
    2,
  )
  act(
    27 * DAY,
    'dpo',
    'privacy.inform_persons',
    closed,
    { informed: 'all', on: day(today - 27 * DAY), text: 'Punonjësi i rastit foli me të dyja familjet.' },
    3,
  )
  act(26 * DAY, 'dpo', 'privacy.close_breach', closed, {}, 4)
  act(26 * HOUR, 'dpo', 'privacy.record_breach', id('breach 2'), {
    kinds: ['availability'],
    tiers: ['T2', 'T3'],
    persons: null,
    children: true,
    knownAt: new Date(today - 27 * HOUR).toISOString(),
    risk: 'some',
    text: 'Një telefon shërbimi i ekipit në terren humbi në autobus.',
  })

  act(20 * DAY, 'dpo', 'privacy.place_hold', id('hold 1'), {
    caseCode: 'TR-2018-0010',
    ground: 'criminal_inquiry',
    text: 'Prokuroria kërkon ruajtjen e dosjes sa zgjat hetimi.',
  })
  return acts
}
