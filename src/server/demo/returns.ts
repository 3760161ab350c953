/**
 * Returns in the demo country, all invented: a man who came home from Greece and is visited, a woman who goes to Montenegro next week
 * with one packet sent and one recalled, a child for whom a panel's minutes wait for the second signature; contacts next door, agreements.
 */
import { createHash } from 'node:crypto'
import { addDays } from '#domain/clock/tirana.ts'
import { cardText } from '../packet/container.ts'
import { cardOf, countryKeysOf, fingerprintOf } from '../packet/keys.ts'
import { referenceUnit } from '../reference/files.ts'
import { idOf } from './random.ts'
import type { Act, Stage } from './stage.ts'

const DAY = 86_400_000
const office = 'social-service'
const authority = 'responsible-authority'

/** Country, kind, institution, contact person, telephone; how far its key came. */
const abroad = [
  [
    'XK',
    'anti_trafficking',
    'Zyra kundër trafikimit, Prishtinë (provë)',
    'Vlora Krasniqi',
    '+383 38 000 001',
    'checked',
  ],
  [
    'ME',
    'anti_trafficking',
    'Kancelarija za borbu protiv trgovine ljudima, Podgorica (provë)',
    'Jelena Marković',
    '+382 20 000 002',
    'checked',
  ],
  [
    'MK',
    'child_protection',
    'Центар за социјална работа, Скопје (provë)',
    'Ana Petrovska',
    '+389 2 000 003',
    'given',
  ],
  [
    'GR',
    'anti_trafficking',
    'Εθνικός Μηχανισμός Αναφοράς, Αθήνα (provë)',
    'Eleni Papadopoulou',
    '+30 210 000 004',
    'checked',
  ],
  [
    'IT',
    'organisation',
    'Numero Verde antitratta, Venezia (provë)',
    'Giulia Conti',
    '+39 041 000 005',
    'none',
  ],
] as const
type Country = (typeof abroad)[number][0]

export const returns = (now: string): Act[] => {
  const today = Math.floor(Date.parse(now) / 60_000) * 60_000
  const day = (ago: number): string => new Date(today - ago * DAY).toISOString().slice(0, 10)
  const made = (name: string): string => idOf(`returns ${name}`, today)
  const contact = (country: Country): string => made(`contact ${country}`)
  const versions = new Map<string, number>()
  const acts: Act[] = []
  const play = (ago: number, act: (stage: Stage, at: string) => Promise<unknown>) =>
    acts.push({ at: today - ago * DAY + acts.length * 60_000, lane: 'returns', play: act })
  const say = async (stage: Stage, at: string, login: string, type: string, id: string, body: object) => {
    const reply = await stage.do(login, at, type, id, body, versions.get(id))
    versions.set(id, reply.version)
    return reply
  }
  const act = (ago: number, login: string, type: string, id: string, body: object) =>
    play(ago, (stage, at) => say(stage, at, login, type, id, body))

  for (const [country, kind, institution, contactName, phone, key] of abroad) {
    const id = contact(country)
    const email = `${country.toLowerCase()}@example.org`
    const entry = { country, kind, institution, contactName, contactPost: 'Pika e kontaktit', email, phone }
    act(200, authority, 'counterpart.set', id, { ...entry, languages: ['en'], validFrom: day(200) })
    if (key === 'none') continue
    const secret = createHash('sha256').update(`mburoja demo ${country}`).digest()
    const card = cardOf(country, countryKeysOf(secret))
    act(199, authority, 'counterpart.set_keys', id, { card: cardText(card) })
    const heard = { fingerprint: fingerprintOf(card), way: 'telephone' }
    if (key === 'checked') act(198, 'coordinator', 'counterpart.check_keys', id, heard)
  }
  const agreement = (country: Country, title: string, signed: number, until: string | null) =>
    act(190, authority, 'agreement.set', made(`agreement ${country}`), {
      country,
      title,
      parties: 'Shqipëria dhe vendi tjetër, ministritë e brendshme dhe të mbrojtjes sociale',
      signedOn: day(signed),
      validFrom: day(signed),
      validTo: until,
      counterpartId: contact(country),
    })
  agreement('XK', 'Protokoll për njoftimin dhe kthimin e viktimave (provë)', 1400, null)
  agreement('ME', 'Marrëveshje për identifikimin, njoftimin dhe kthimin (provë)', 1000, addDays(day(0), 60))
  agreement('GR', 'Marrëveshje për mbrojtjen e fëmijëve (provë)', 2500, addDays(day(0), 900))

  const opening = {
    priorId: null,
    adult: true,
    set: 'trafficking',
    version: '2018-1',
    upward: '',
    contact: '',
  }
  const evidence = [
    { code: 'DR1', evidence: 'Puna e premtuar nuk ishte ajo.' },
    { code: 'CR5', evidence: 'E kërcënonin me familjen.' },
    { code: 'CD3', evidence: 'Dokumentet ia mbante punëdhënësi.' },
  ]
  const file = (ago: number, login: string, name: string, more: object) => {
    const id = made(`file ${name}`)
    act(ago, login, 'nrm.open', id, {
      ...opening,
      items: evidence,
      county: 'AL-11',
      municipality: '53',
      ...more,
    })
    act(ago - 1, office, 'nrm.take', id, {})
    return id
  }
  const person = (givenName: string, sex: string, year: number, citizenship: string) => ({
    givenName,
    familyName: null,
    otherNames: null,
    sex,
    birth: { from: `${year}-01-01`, to: `${year}-12-31`, said: String(year) },
    citizenship,
  })
  /** The assessment of risk on the file, and the plan that rests on it. */
  const safe = (ago: number, nrm: string, words: string, measures: string) => {
    play(ago, async (stage, at) => {
      const risk = {
        on: day(ago),
        level: 'medium',
        dangers: ['exploiter_threats', 'no_income'],
        living: 'abroad',
        words,
      }
      const { reply } = await say(stage, at, office, 'assistance.assess_risk', nrm, risk)
      await say(stage, at, office, 'assistance.make_safety_plan', nrm, {
        riskId: String(reply.id),
        reviewOn: addDays(day(ago), 75),
        police: false,
        measures,
        contact: 'Telefonatë çdo të premte; pa përgjigje dy herë, njoftohet pika e kontaktit.',
      })
    })
  }
  const agrees = (name: string, who: string, ago: number, words: string) => ({
    consentId: made(`consent ${name}`),
    who,
    answer: 'given',
    covers: ['return', 'packet'],
    on: day(ago),
    words,
  })

  // Home from Greece, a month and a half ago; the visit of the first month was made.
  const fromGreece = file(75, office, 'home', {
    person: person('Ardit', 'male', 1990, 'AL'),
    door: 'self',
    forms: ['labour'],
    territory: 'cross_border',
    summary: 'U paraqit në konsullatë; kërkon të kthehet në shtëpi.',
  })
  const home = made('return home')
  const athens = referenceUnit('consulate-athens').id
  act(73, authority, 'return.notify', home, {
    nrmId: fromGreece,
    direction: 'incoming',
    country: 'GR',
    source: 'consulate',
    noticeOn: day(73),
    expectedOn: day(46),
    consulateId: athens,
    counterpartId: contact('GR'),
    identity: 'Ardit, i lindur më 1990',
    need: 'Dokument udhëtimi; dikush që ta presë në aeroport',
  })
  act(70, office, 'return.assess', home, {
    risk: 'medium',
    on: day(70),
    hazards: 'Punëdhënësi i njeh vëllain në fshat dhe kërkon «borxhin».',
  })
  act(
    66,
    office,
    'return.consent',
    home,
    agrees('home', 'adult', 66, 'Dua të shkoj te motra në Tiranë, jo në fshat.'),
  )
  act(64, 'consulate', 'return.document', home, {
    documentId: made('paper home'),
    kind: 'travel_document',
    on: day(64),
  })
  act(60, office, 'return.plan', home, {
    travelOn: day(46),
    mode: 'air',
    borderId: null,
    counterpartId: contact('GR'),
    plan: 'Fluturim i mëngjesit; e pret punonjësja e shërbimit social dhe e çon te motra.',
    escorts: [],
    costs: [{ what: 'travel', source: 'organisation', amountLek: 24_000 }],
  })
  safe(
    50,
    fromGreece,
    'E kërkojnë për borxh.',
    'Jeton te motra; adresa nuk i jepet askujt. Numër i ri telefoni.',
  )
  act(45.9, office, 'return.set_off', home, { at: new Date(today - 46 * DAY).toISOString() })
  act(45.8, office, 'return.arrive', home, { on: day(46), receivedBy: 'Mirela Bushi, te dalja e aeroportit' })
  act(45, office, 'return.hand_over', home, {
    on: day(45),
    unitId: referenceUnit('social-service-AL-11').id,
    words: 'U morën dokumentet, plani dhe barnat për një javë.',
  })
  act(14, office, 'return.follow_up', home, {
    month: 1,
    seenOn: day(14),
    seen: 'person',
    safe: 'yes',
    home: 'yes',
    school: 'not_known',
    job: 'no',
    network: 'yes',
    findings: 'Jeton te motra; kërkon punë. Askush nuk e ka kërkuar.',
  })

  // To Montenegro next week: one packet left with a mistake and was recalled, the right one stands.
  const toMontenegro = file(24, 'police', 'away', {
    person: person('Milena', 'female', 1998, 'ME'),
    door: 'field',
    forms: ['sexual'],
    territory: 'cross_border',
    summary: 'U gjet gjatë kontrollit të një lokali; flet malazezisht.',
  })
  const away = made('return away')
  act(20, authority, 'return.notify', away, {
    nrmId: toMontenegro,
    direction: 'outgoing',
    country: 'ME',
    source: 'person',
    noticeOn: day(20),
    expectedOn: addDays(day(0), 6),
    counterpartId: contact('ME'),
    identity: 'Milena, e lindur më 1998',
    need: 'Strehim për javët e para dhe psikologe që flet gjuhën e saj',
  })
  act(18, office, 'return.assess', away, {
    risk: 'medium',
    on: day(18),
    hazards: 'Rekrutuesi banon në qytetin e saj; familja nuk e di ku ka qenë.',
  })
  act(
    16,
    office,
    'return.consent',
    away,
    agrees('away', 'adult', 16, 'Dua të kthehem, por jo në qytetin tim.'),
  )
  safe(
    15,
    toMontenegro,
    'Rekrutuesi e njeh adresën e familjes.',
    'Shkon në strehëz, jo te familja. E presin në kufi.',
  )
  act(14, office, 'return.plan', away, {
    travelOn: addDays(day(0), 6),
    mode: 'road',
    borderId: referenceUnit('border-L02').id,
    counterpartId: contact('ME'),
    plan: 'Me makinë deri në Hanin e Hotit, ku e pret zyra e Podgoricës.',
    escorts: [{ role: 'social_worker', name: 'Mirela Bushi' }],
    costs: [
      { what: 'travel', source: 'state', amountLek: 9_000 },
      { what: 'package', source: 'donor', amountLek: 30_000 },
    ],
  })
  const packet = (ago: number, name: string, travel: string) => {
    act(ago, office, 'packet.make', made(`packet ${name}`), {
      nrmId: toMontenegro,
      returnId: away,
      counterpartId: contact('ME'),
      purpose: 'return_notice',
      items: [
        { field: 'name', value: 'Milena' },
        { field: 'birth', value: '1998' },
        { field: 'travel', value: travel },
        { field: 'return_need', value: 'Strehim dhe psikologe' },
        {
          field: 'risks',
          value: 'Rekrutuesi banon në qytetin e saj.',
          reason: 'Që të mos çohet te familja.',
        },
      ],
      ground: 'consent',
      groundRef: 'Pëlqimi për kthimin',
      days: 30,
      language: 'en',
    })
  }
  packet(12, 'wrong', 'Muriqan')
  act(11, office, 'packet.revoke', made('packet wrong'), {
    why: 'wrong_content',
    words: 'U shkrua vendkalim tjetër; u bë paketa e re.',
  })
  packet(11, 'right', 'Hani i Hotit, me makinë')

  // A child confirmed by police and social service: the panel found for the grandmother, the second signature is awaited.
  const child = made('return child')
  const worker = 'cpw2-tirana'
  play(10, async (stage, at) => {
    const [row] = await stage.see(worker, (tx) =>
      tx.sql<{ id: string }>(
        `select f.id from nrm_file f join person_named n on n.id = f.person_id
         where f.subject = 'child' and f.status = 'vt' and n.given_name = 'Denis' order by f.opened_at limit 1`,
      ),
    )
    await say(stage, at, worker, 'return.notify', child, {
      nrmId: row?.id,
      direction: 'outgoing',
      country: 'XK',
      source: 'foreign_authority',
      noticeOn: day(10),
      expectedOn: addDays(day(0), 21),
      counterpartId: contact('XK'),
      identity: 'Denis Hoti, 12 vjeç',
      need: 'Gjyshja në Prizren kërkon ta marrë; kujdestari dhe shkollë',
    })
  })
  act(8, worker, 'return.assess', child, {
    risk: 'medium',
    on: day(8),
    hazards: 'Ai që e sillte për të lypur e njeh fshatin e gjyshes.',
    interests: 'Gjyshja e ka rritur; fëmija kërkon shkollën. Kundër: shtëpia është larg shërbimeve.',
  })
  act(5, worker, 'return.determine', child, {
    determinationId: made('determination'),
    heldOn: day(6),
    outcome: 'return',
    members: [
      { profession: 'child_protection', name: 'Ilir Marku' },
      { profession: 'psychologist', name: 'Ina Ferraj' },
      { profession: 'police', name: 'Artan Kola' },
    ],
    minutes: 'U dëgjuan të gjithë. Gjyshja u vizitua nga qendra e Prizrenit; kthimi i shërben fëmijës.',
    childWords: 'Dua te gjyshja. Atje kam shokët.',
  })
  return acts
}
