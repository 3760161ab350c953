import type { statistics as en } from '../en/statistics.ts'
import type { Words } from '../words.ts'

export const statistics: Words<typeof en> = {
  municipalities: 'bashki me ekipe',
  fieldTeams: 'ekipe në terren',
  reports: 'njoftime',
  identified: 'fëmijë të identifikuar',
  managed: 'raste të menaxhuara',
  protectionMeasures: 'masa mbrojtjeje',
  municipalities_from:
    'Bashkitë, ekipet e terrenit të të cilave dërguan të paktën një njoftim për diçka që ndodhi nga {{from}} deri më {{until}}.',
  fieldTeams_from:
    'Ekipet e terrenit që dërguan të paktën një njoftim për diçka që ndodhi nga {{from}} deri më {{until}}.',
  reports_from: 'Njoftimet për diçka që ndodhi nga {{from}} deri më {{until}}, kushdo që i dërgoi.',
  identified_from:
    'Fëmijë të ndryshëm në njoftimet e ekipeve të terrenit për diçka që ndodhi nga {{from}} deri më {{until}}. Një fëmijë i takuar dy herë numërohet një herë.',
  managed_from:
    'Rastet e hapura në fund të ditës {{until}} me shqetësim shfrytëzimin ekonomik: lypja, mbledhja e riciklimeve, minierat, bujqësia, shitja në rrugë ose punë tjetër.',
  protectionMeasures_from:
    'Masat e mbrojtjes për shkak pune ose lypjeje që nisën nga {{from}} deri më {{until}}; të refuzuarat nuk numërohen.',
  where_from: 'Nga vjen kjo shifër',
  hidden: '1–4, nuk tregohet',
  hidden_why: 'Shifrat 1 deri 4 fshihen, bashkë me të tjera kur shuma do t’i nxirrte në shesh.',
  per_10000: 'Njoftime për 10 000 banorë',
  operational: 'Operative, jo zyrtare, derisa të rakordohet me SIVET-in.',
  counted_at: 'Numëruar nga të dhënat e regjistrit, {{time}}.',
  kept: 'të respektuara',
  missed: 'të shkelura',
  running: 'në vazhdim',
  late: 'tani me vonesë',
}
