/** What people of the demo country write: short, plain, invented. */
import type { Chance } from './random.ts'

export interface Work {
  readonly concern: string
  readonly activity: string
  readonly narratives: readonly string[]
}

/** Ways in which children were seen at work (Alliance 8.7 report, 2018), the commonest first. */
export const works: readonly Work[] = [
  {
    concern: 'begging',
    activity: 'begging',
    narratives: [
      'Lyp te semafori, kalon mes makinave.',
      'Lyp pranë xhamisë bashkë me një fëmijë më të vogël.',
      'Rri para dyqanit dhe u kërkon para kalimtarëve.',
      'Lyp çdo pasdite; një i rritur e pret përballë.',
    ],
  },
  {
    concern: 'recyclables',
    activity: 'collecting',
    narratives: [
      'Mbledh kanoçe dhe plastikë në koshat e lagjes.',
      'Shtyn një karrocë me skrap bashkë me vëllanë.',
      'Punon te vendgrumbullimi, pa doreza.',
    ],
  },
  {
    concern: 'street_vending',
    activity: 'vending',
    narratives: [
      'Shet faculeta në trafik.',
      'Shet fruta anës rrugës deri vonë.',
      'Shet lule natën nëpër lokale.',
    ],
  },
  {
    concern: 'other_work',
    activity: 'washing_cars',
    narratives: ['Lan xhamat e makinave te kryqëzimi.', 'Mban thasë te tregu që në mëngjes.'],
  },
  {
    concern: 'agriculture',
    activity: 'farm_work',
    narratives: ['Punon në sera në orarin e mësimit.', 'Ruan bagëtinë, nuk shkon në shkollë.'],
  },
]

export const workOf = (dice: Chance): Work => {
  const roll = dice.next()
  return works[roll < 0.5 ? 0 : roll < 0.75 ? 1 : roll < 0.88 ? 2 : roll < 0.95 ? 3 : 4]!
}

export const places = [
  'Te kryqëzimi i madh',
  'Pranë stacionit të autobusëve',
  'Te tregu i fruta-perimeve',
  'Para qendrës tregtare',
  'Te sheshi',
  'Pranë shkollës',
  'Te ura',
  'Në shëtitore',
] as const

export const goals = [
  {
    area: 'education',
    text: 'Fëmija ndjek shkollën rregullisht',
    actions: [
      { service: 'education', text: 'Regjistrimi në shkollë dhe librat', by: 'school', lek: 8000 },
      { service: 'education', text: 'Mësim plotësues tri herë në javë', by: 'day-centre', lek: 12_000 },
    ],
  },
  {
    area: 'family',
    text: 'Prindërit kanë të ardhura dhe nuk e dërgojnë fëmijën në rrugë',
    actions: [
      { service: 'employment_family', text: 'Këshillim për punësim për nënën', by: 'employment', lek: 0 },
      { service: 'economic_aid', text: 'Aplikimi për ndihmë ekonomike', by: 'municipality', lek: 15_000 },
    ],
  },
  {
    area: 'health',
    text: 'Kontrolli shëndetësor dhe vaksinat janë kryer',
    actions: [
      { service: 'medical', text: 'Kontroll te qendra shëndetësore', by: 'health-centre', lek: 2000 },
    ],
  },
  {
    area: 'documents',
    text: 'Fëmija është i regjistruar në gjendjen civile',
    actions: [{ service: 'documents', text: 'Regjistrimi i lindjes', by: 'civil-status', lek: 1000 }],
  },
  {
    area: 'leisure',
    text: 'Fëmija ka ku të shkojë pas shkollës',
    actions: [{ service: 'leisure', text: 'Qendra ditore pasdite', by: 'day-centre', lek: 0 }],
  },
] as const

const said: Readonly<Record<string, readonly string[]>> = {
  language: ['shqip'],
  child_says: [
    'Dua të shkoj në shkollë.',
    'Më vjen turp kur më shohin shokët.',
    'Jam lodhur, më dhembin këmbët.',
  ],
  danger_described: [
    'Rri në rrugë pasditeve dhe mbrëmjeve.',
    'Punon bashkë me të rritur që nuk i njeh mirë.',
  ],
  worker_view: ['Familja pranon të bashkëpunojë.', 'Duhet vizitë në shtëpi brenda javës.'],
  daily_life: ['Del në mëngjes dhe kthehet në mbrëmje.', 'Gjysma e ditës kalon në rrugë.'],
  child_wishes: ['Do të bëhet mekanik.', 'Do të luajë futboll.', 'Do të rrijë me motrën.'],
  education: ['E ka lënë shkollën në klasën e katërt.', 'Shkon rrallë në shkollë.'],
  household: ['Pesë veta në dy dhoma; babai pa punë.', 'Jeton me nënën dhe gjyshen.'],
  family_strengths: ['Nëna është e përkushtuar.', 'Halla ndihmon me të vegjlit.'],
  conclusion: ['Duhet shkollë, kontroll mjekësor dhe punë për prindin.'],
  child_opinion: ['Dëshiron të rrijë në familje dhe të shkojë në shkollë.'],
  opinion_weight: ['Mendimi i fëmijës u mor parasysh në çdo hap.'],
  safety: ['I sigurt në shtëpi kur nuk punon.'],
  family_ties: ['Lidhje e fortë me nënën.'],
  continuity: ['E njëjta lagje dhe e njëjta shkollë.'],
  health: ['Pa sëmundje; duhen vaksinat.'],
  mental_health: ['I qetë, flet pak.'],
  health_development: ['Zhvillim sipas moshës.'],
  options: ['Plan në familje; qendër ditore; masë mbrojtjeje.'],
  chosen: ['Plan në familje me ndjekje çdo muaj.'],
}
export const answerText = (key: string, dice: Chance): string => dice.pick(said[key] ?? ['Shihni dosjen.'])

export const findings = [
  'Shkon në shkollë çdo ditë, familja bashkëpunon.',
  'Gjendja më mirë; nëna ka filluar punë.',
  'U pa në shtëpi, i qetë, me librat në dorë.',
] as const
export const notes = [
  'Vizitë në shtëpi. Nëna tregoi se djali nuk del më natën.',
  'Takim me mësuesen: mungon rrallë.',
  'Bisedë me fëmijën në qendrën ditore.',
] as const
