/** Who was trained, and how many trainings were held. */
import { acts, attended, persons } from '../prevention-shapes.ts'
import type { IndicatorQuery } from '../query.ts'

const training = { kind: 'training' }
const trained = (
  code: string,
  filter: object,
  indicators: readonly string[],
  who: { readonly en: string; readonly sq: string },
): IndicatorQuery =>
  persons({
    code,
    indicators,
    restsOn: ['TrainingAttendance'],
    filter: { ...training, ...filter },
    definition: {
      en: `${who.en} who took part in a training that began in the period.`,
      sq: `${who.sq} që morën pjesë në një trajnim që nisi brenda periudhës.`,
    },
  })
export const trainingQueries: readonly IndicatorQuery[] = [
  trained('trained_sops', { topic: 'sops' }, ['S004-PROS-1.c.8-i4', 'S004-PROT-1.b.1-i1'], {
    en: 'Professionals of any body, topic “standard operating procedures”,',
    sq: 'Profesionistë të çdo institucioni, tema «procedurat standarde të veprimit»,',
  }),
  trained(
    'trained_proactive',
    { topic: 'proactive_investigation' },
    ['S004-PROS-1.b.3-i1', 'S000-3.1.2-i1'],
    {
      en: 'Professionals, topic “proactive investigation”,',
      sq: 'Profesionistë, tema «hetimi proaktiv»,',
    },
  ),
  trained(
    'trained_labour_inspectors',
    { sector: 'labour_inspectorate' },
    ['S004-PROT-1.c.7-i1', 'S004-PROT-1.c.6-i1'],
    {
      en: 'Labour inspectors',
      sq: 'Inspektorë pune',
    },
  ),
  trained('trained_border', { sector: 'border_police' }, ['S004-PROT-1.c.11-i1', 'S004-PREV-4.a.5-i1'], {
    en: 'Officers of the border police',
    sq: 'Punonjës të policisë kufitare',
  }),
  trained('trained_journalists', { sector: 'media' }, ['S004-PREV-1.a.2-i2'], {
    en: 'People of the media',
    sq: 'Punonjës të mediave',
  }),
  trained('trained_counselled_police', { sector: 'police', mode: 'counselling' }, ['S004-PREV-1.a.4-i1'], {
    en: 'Police officers (trainings of the form “counselling”)',
    sq: 'Punonjës policie (trajnime të formës «këshillim»)',
  }),
  trained('trained_health', { sector: 'health' }, ['S004-PREV-1.d.1-i1', 'S004-PREV-1.d.6-i1'], {
    en: 'Health professionals',
    sq: 'Profesionistë të shëndetësisë',
  }),
  trained('trained_law_enforcement', { sectors: ['police', 'prosecution'] }, ['S004-PROS-1.a.7-i1'], {
    en: 'Police officers and prosecutors',
    sq: 'Punonjës policie dhe prokurorë',
  }),
  trained(
    'trained_legal_changes',
    { sectors: ['police', 'prosecution', 'court'], topic: 'legal_changes' },
    ['S004-PROS-1.b.6-i1'],
    {
      en: 'Police officers, prosecutors and judges, topic “legal changes”,',
      sq: 'Punonjës policie, prokurorë dhe gjyqtarë, tema «ndryshimet ligjore»,',
    },
  ),
  trained(
    'trained_labour_exploitation',
    { sectors: ['police', 'labour_inspectorate'], topic: 'labour_exploitation' },
    ['S004-PROS-1.a.9-i2'],
    {
      en: 'Police officers and labour inspectors, topic “labour exploitation”,',
      sq: 'Punonjës policie dhe inspektorë pune, tema «shfrytëzimi në punë»,',
    },
  ),
  trained('trained_cpu', { sector: 'child_protection' }, ['S000-1.2.3-i1', 'S000-3.2.2-i1'], {
    en: 'Child protection workers',
    sq: 'Punonjës të mbrojtjes së fëmijës',
  }),
  trained('trained_tourism', { sector: 'tourism' }, ['S004-PREV-4.a.3-i2'], {
    en: 'Staff of tourism and hotels',
    sq: 'Punonjës të turizmit dhe hotelerisë',
  }),
  trained('trained_committees', { sector: 'county_committee' }, ['S004-COOR-1.c.1-i3'], {
    en: 'Members and coordinators of county committees',
    sq: 'Anëtarë dhe koordinatorë të komiteteve rajonale',
  }),
  trained('trained_diplomats', { sector: 'diplomatic' }, ['S004-PROT-1.c.4-i2'], {
    en: 'Diplomatic and consular staff',
    sq: 'Punonjës diplomatikë dhe konsullorë',
  }),
  trained(
    'trained_child_protection',
    { sectors: ['child_protection', 'social_services'] },
    ['S000-1.2.4-i1', 'S004-PROT-1.c.9-i3'],
    {
      en: 'Child protection workers and social workers',
      sq: 'Punonjës të mbrojtjes së fëmijës dhe punonjës socialë',
    },
  ),
  trained('trained_justice', { sectors: ['court', 'prosecution'] }, ['S000-3.1.4-i1'], {
    en: 'Judges and prosecutors',
    sq: 'Gjyqtarë dhe prokurorë',
  }),
  trained('trained_teachers', { sector: 'education' }, ['S000-4.2.2-i1', 'S002-PREV-5.a.1-i3'], {
    en: 'Teachers and other staff of schools',
    sq: 'Mësues dhe punonjës të tjerë të shkollave',
  }),
  trained('trained_officials', {}, ['S002-PROT-1.a-i1'], {
    en: 'Professionals of every kind of work',
    sq: 'Profesionistë të çdo pune',
  }),
  trained(
    'trained_monitoring',
    { sector: 'municipality', topic: 'monitoring_evaluation' },
    ['S003-MECAP-i1'],
    {
      en: 'Municipal staff, topic “monitoring and evaluation”,',
      sq: 'Punonjës të bashkive, tema «monitorimi dhe vlerësimi»,',
    },
  ),
  trained('trained_centres', { sector: 'community_centre' }, ['S003-CCSTAFF-i1'], {
    en: 'Staff of community centres',
    sq: 'Punonjës të qendrave komunitare',
  }),
  trained(
    'trained_social_services',
    { sectors: ['social_services', 'child_protection', 'community_centre', 'municipality'] },
    ['S003-REACH-S-i1'],
    {
      en: 'Professionals of social services, child protection, community centres and municipalities',
      sq: 'Profesionistë të shërbimeve sociale, mbrojtjes së fëmijës, qendrave komunitare dhe bashkive',
    },
  ),
  ...(
    [
      [
        'trainings_sops',
        'sops',
        'S004-PROS-1.c.8-i3',
        'standard operating procedures',
        'procedurat standarde të veprimit',
      ],
      [
        'trainings_financial',
        'financial_investigation',
        'S004-PROS-1.a.8-i2',
        'financial investigation',
        'hetimi financiar',
      ],
    ] as const
  ).map(([code, topic, indicator, en, sq]) =>
    acts({
      code,
      indicators: [indicator],
      restsOn: ['TrainingEvent'],
      filter: { ...training, topic },
      definition: {
        en: `Trainings that began in the period, topic “${en}”. The register’s own courses are not counted as trainings held.`,
        sq: `Trajnime që nisën brenda periudhës, tema «${sq}». Kurset e vetë regjistrit nuk numërohen si trajnime të mbajtura.`,
      },
    }),
  ),
  ...(
    [
      [
        'trainings_inspectors',
        'labour_inspectorate',
        'S004-PROT-1.c.7-i2',
        'labour inspector',
        'inspektor pune',
      ],
      ['trainings_media', 'media', 'S004-PREV-1.a.2-i1', 'person of the media', 'punonjës mediash'],
    ] as const
  ).map(([code, sector, indicator, en, sq]) =>
    attended({
      code,
      indicators: [indicator],
      restsOn: ['TrainingEvent', 'TrainingAttendance'],
      filter: { ...training, sector },
      definition: {
        en: `Trainings that began in the period and at which at least one ${en} took part.`,
        sq: `Trajnime që nisën brenda periudhës dhe ku mori pjesë të paktën një ${sq}.`,
      },
    }),
  ),
]
