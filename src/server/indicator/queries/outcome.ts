/** Needs and what became of them, how people live, a year after. */
import { children, fromTotals, type IndicatorQuery } from '../query.ts'
import { counted, victims } from './counted.ts'
import { withAdults } from './track.ts'

const adults = {
  en: 'Adults without a case are counted by the visit of the twelfth month of their own file.',
  sq: 'Të rriturit pa rast numërohen sipas vizitës së muajit të dymbëdhjetë të dosjes së vet.',
}

/** How people lived, by the newest snapshot of the period; each person once. */
const lived = (declared: {
  code: string
  indicators: readonly string[]
  definition: IndicatorQuery['definition']
  a: string
  b?: readonly string[]
  share?: true
  onlyChildren?: true
}): IndicatorQuery => {
  const who = declared.b === undefined ? {} : { b: declared.b }
  const ofVictims = declared.b?.includes('trafficking') === true
  return fromTotals({
    code: declared.code,
    version: 1,
    unit: declared.share ? '%' : 'n',
    restsOn: ['OutcomeStatus', 'Case', 'Person', ...(ofVictims ? ['IdentificationRecord'] : [])],
    ...(ofVictims ? { operational: true as const } : {}),
    definition: declared.definition,
    indicators: declared.indicators,
    totals: {
      n: { measure: 'lived', a: [declared.a], ...who },
      ...(declared.share ? { of: { measure: 'lived', a: ['all'], ...who } } : {}),
      once: true,
      ...(declared.onlyChildren ? { ages: children } : {}),
    },
  })
}
const livedQueries: readonly IndicatorQuery[] = [
  lived({
    code: 'victims_employed',
    indicators: ['S004-PROT-2.b.5-i1'],
    definition: {
      en: 'Potential and official victims (as it stands now) who had work by the newest snapshot of the period.',
      sq: 'Viktima të mundshme dhe zyrtare (siç është tani) që kishin punë sipas pasqyrës më të re të periudhës.',
    },
    a: 'job',
    b: victims,
  }),
  lived({
    code: 'victims_employed_in_public_sector',
    indicators: ['S004-PROT-3.b.6-i1'],
    definition: {
      en: 'Potential and official victims who worked in public service by the newest snapshot of the period.',
      sq: 'Viktima të mundshme dhe zyrtare që punonin në shërbimin publik sipas pasqyrës më të re të periudhës.',
    },
    a: 'job_public',
    b: victims,
  }),
  lived({
    code: 'victims_employed_in_private_sector',
    indicators: ['S004-PROT-3.b.7-i1', 'S004-PREV-2.a.1-i1'],
    definition: {
      en: 'Potential and official victims who worked outside public service, for somebody or for themselves, by the newest snapshot of the period.',
      sq: 'Viktima të mundshme dhe zyrtare që punonin jashtë shërbimit publik, të punësuara ose të vetëpunësuara, sipas pasqyrës më të re të periudhës.',
    },
    a: 'job_private',
    b: victims,
  }),
  lived({
    code: 'victims_in_secure_employment',
    indicators: ['S004-PROT-3.b.9-i1'],
    definition: {
      en: 'Potential and official victims whose work had a contract and contributions by the newest snapshot of the period.',
      sq: 'Viktima të mundshme dhe zyrtare, puna e të cilave kishte kontratë dhe sigurime sipas pasqyrës më të re të periudhës.',
    },
    a: 'job_secure',
    b: victims,
  }),
  lived({
    code: 'persons_at_risk_employed',
    indicators: ['S004-PREV-2.a-i3'],
    definition: {
      en: 'Of the persons screened as at risk (as it stands now) with a snapshot in the period, those who had work by the newest one.',
      sq: 'Nga personat e vlerësuar si në rrezik (siç është tani) me pasqyrë brenda periudhës, ata që kishin punë sipas më të resë.',
    },
    a: 'job',
    b: ['at_risk'],
    share: true,
  }),
  lived({
    code: 'children_not_in_school',
    indicators: ['S000-2.4.1-i1'],
    definition: {
      en: 'Children with a case who were in no school by the newest snapshot of the period; those too young for school are not counted.',
      sq: 'Fëmijë me rast që nuk ishin në asnjë shkollë sipas pasqyrës më të re të periudhës; ata ende të vegjël për shkollë nuk numërohen.',
    },
    a: 'no_school',
    onlyChildren: true,
  }),
  lived({
    code: 'children_in_preschool',
    indicators: ['S000-2.4.4-i1'],
    definition: {
      en: 'Children with a case who were in preschool by the newest snapshot of the period.',
      sq: 'Fëmijë me rast që ishin në kopsht sipas pasqyrës më të re të periudhës.',
    },
    a: 'preschool',
    onlyChildren: true,
  }),
  lived({
    code: 'children_without_vaccine_or_card',
    indicators: ['S000-2.5.1-i1'],
    definition: {
      en: 'Children with a case who were not vaccinated or had no health card by the newest snapshot of the period; «not known» is not counted.',
      sq: 'Fëmijë me rast të pavaksinuar ose pa kartë shëndeti sipas pasqyrës më të re të periudhës; «nuk dihet» nuk numërohet.',
    },
    a: 'lacks_health',
    onlyChildren: true,
  }),
]

const met = ['MET']
const needQueries: readonly IndicatorQuery[] = [
  counted({
    code: 'needs_met_after_identification',
    indicators: ['S000-NARR-i5'],
    restsOn: ['Need', 'Case'],
    definition: {
      en: 'Needs met in the period: civil registration, vaccination, health card, enrolment, second chance, housing, work for a parent.',
      sq: 'Nevoja të plotësuara brenda periudhës: gjendja civile, vaksinimi, karta e shëndetit, regjistrimi në shkollë, shansi i dytë, banesa, puna e prindit.',
    },
    n: {
      measure: 'need_ended',
      a: [
        'civil_registration',
        'vaccination',
        'health_card',
        'enrolment',
        'second_chance',
        'housing',
        'parent_employment',
      ],
      b: met,
    },
    own: { service: { measure: 'need_ended', code: 'a' } },
  }),
  counted({
    code: 'parents_employed',
    indicators: ['S000-2.7.1-i1'],
    restsOn: ['Need', 'Case'],
    definition: {
      en: 'Needs of work for a parent that were met in the period: a parent began to work.',
      sq: 'Nevoja për punësim të prindit të plotësuara brenda periudhës: prindi nisi punë.',
    },
    n: { measure: 'need_ended', a: ['parent_employment'], b: met },
  }),
  counted({
    code: 'parents_in_training_or_employment_programmes',
    indicators: ['S000-2.7.2-i1'],
    restsOn: ['ServiceDelivery', 'Case'],
    definition: {
      en: 'Services of training and employment promotion to parents that began in the period; a parent helped twice counts twice.',
      sq: 'Shërbime formimi profesional dhe nxitje punësimi për prindër që nisën brenda periudhës; prindi i ndihmuar dy herë numërohet dy herë.',
    },
    n: {
      measure: 'service_for',
      a: ['vocational', 'employment_family', 'parent_training', 'parent_employment'],
      b: ['parent'],
    },
    own: { service: { measure: 'service_for', code: 'a' } },
  }),
  counted({
    code: 'families_given_grants',
    indicators: ['S000-2.7.3-i1'],
    restsOn: ['Need', 'Case'],
    definition: {
      en: 'Needs of a small grant that were met or partly met in the period. Families that work for themselves are not counted apart.',
      sq: 'Nevoja për grant të vogël të plotësuara, qoftë pjesërisht, brenda periudhës. Familjet e vetëpunësuara nuk numërohen veçmas.',
    },
    n: { measure: 'need_ended', a: ['small_grant'], b: ['MET', 'PARTLY_MET'] },
  }),
  counted({
    code: 'victims_families_in_social_housing',
    indicators: ['S004-PREV-2.b.2-i1'],
    restsOn: ['Need', 'Case'],
    definition: {
      en: 'Needs of housing of the families of potential and official victims (as it stands now) that were met in the period.',
      sq: 'Nevoja për banesë të familjeve të viktimave të mundshme dhe zyrtare (siç është tani) të plotësuara brenda periudhës.',
    },
    n: { measure: 'need_of_victim', a: ['housing'], b: ['family', 'parent'] },
    ofVictims: true,
  }),
  counted({
    code: 'children_of_victims_in_preschool',
    indicators: ['S004-PREV-2.b.2-i2'],
    restsOn: ['Need', 'Case'],
    definition: {
      en: 'Needs of preschool or crèche of children of potential and official victims that were met in the period. Children of victims of domestic violence without such a case are not counted.',
      sq: 'Nevoja për kopsht ose çerdhe të fëmijëve të viktimave të mundshme dhe zyrtare të plotësuara brenda periudhës. Fëmijët e viktimave të dhunës në familje pa një rast të tillë nuk numërohen.',
    },
    n: { measure: 'need_of_victim', a: ['preschool', 'free_creche'], b: ['child_of_victim'] },
    ofVictims: true,
  }),
  counted({
    code: 'children_of_victims_enrolled',
    indicators: ['S004-PREV-2.b.6-i1'],
    restsOn: ['Need', 'Case'],
    definition: {
      en: 'Needs of enrolment in school of children of potential and official victims that were met in the period.',
      sq: 'Nevoja për regjistrim në shkollë të fëmijëve të viktimave të mundshme dhe zyrtare të plotësuara brenda periudhës.',
    },
    n: { measure: 'need_of_victim', a: ['enrolment', 'second_chance'], b: ['child_of_victim'] },
    ofVictims: true,
  }),
  counted({
    code: 'children_of_victims_served',
    indicators: ['S004-PREV-2.b.7-i1'],
    restsOn: ['ServiceDelivery', 'Case'],
    definition: {
      en: 'Health, psychological, social and legal services to children of victims that began in the period; a child helped twice counts twice.',
      sq: 'Shërbime shëndetësore, psikologjike, sociale dhe ligjore për fëmijët e viktimave që nisën brenda periudhës; fëmija i ndihmuar dy herë numërohet dy herë.',
    },
    n: {
      measure: 'service_for',
      a: [
        'medical',
        'vaccination',
        'free_medicine',
        'psychological',
        'legal',
        'economic_aid',
        'day_centre',
        'rehabilitation',
      ],
      b: ['child_of_victim'],
    },
    own: { service: { measure: 'service_for', code: 'a' } },
  }),
]

const helpedOnce = (
  code: string,
  indicators: readonly string[],
  kind: string,
  definition: IndicatorQuery['definition'],
): IndicatorQuery =>
  fromTotals({
    code,
    version: 1,
    unit: 'n',
    restsOn: ['ServiceDelivery', 'Case', 'Person', 'IdentificationRecord'],
    operational: true,
    definition,
    indicators,
    totals: { n: { measure: 'assisted_service', a: [kind], b: victims }, once: true },
  })

const yearAfter = (
  code: string,
  indicators: readonly string[],
  measure: string,
  definition: IndicatorQuery['definition'],
  onlyChildren?: true,
): IndicatorQuery =>
  fromTotals({
    code,
    version: 1,
    unit: '%',
    restsOn: ['FollowUp', 'OutcomeStatus', 'Case', 'IdentificationRecord'],
    operational: true,
    definition,
    indicators,
    totals: {
      n: { measure, a: ['yes'], b: victims },
      of: { measure, b: victims },
      ...(onlyChildren ? { ages: children } : {}),
    },
  })

export const outcomeQueries: readonly IndicatorQuery[] = [
  ...livedQueries,
  ...needQueries,
  helpedOnce('victims_given_the_package', ['S004-PROT-3.b.3-i2'], 'reintegration_package', {
    en: 'Potential and official victims who received a reintegration package as a service in the period.',
    sq: 'Viktima të mundshme dhe zyrtare që morën paketë riintegrimi si shërbim brenda periudhës.',
  }),
  helpedOnce('victims_housed', ['S004-PREV-2.b.1-i1'], 'housing', {
    en: 'Potential and official victims who received housing as a service in the period. Who was only told about it is not counted.',
    sq: 'Viktima të mundshme dhe zyrtare që morën banesë si shërbim brenda periudhës. Kush vetëm u informua nuk numërohet.',
  }),
  withAdults(
    yearAfter('good_a_year_after', ['S010-CORE-6'], 'year_after', {
      en: 'Of the potential and official victims whose twelfth month after closure fell in the period: adults with work or somebody to turn to, children in a family, a protected setting or school, by the snapshot of that month. Without a snapshot nobody counts as well.',
      sq: 'Nga viktimat e mundshme dhe zyrtare, muaji i dymbëdhjetë pas mbylljes i të cilave bie në periudhë: të rritur me punë ose me dikë ku të mbështeten, fëmijë në familje, mjedis të mbrojtur ose shkollë, sipas pasqyrës së atij muaji. Pa pasqyrë askush nuk numërohet mirë.',
    }),
    'adult_year_after',
    adults,
  ),
  withAdults(
    yearAfter('work_or_network_a_year_after', ['S004-PROT-G3-i1'], 'year_after_work', {
      en: 'Of the potential and official victims whose twelfth month after closure fell in the period, those with work or somebody to turn to by the snapshot of that month.',
      sq: 'Nga viktimat e mundshme dhe zyrtare, muaji i dymbëdhjetë pas mbylljes i të cilave bie në periudhë, ato me punë ose me dikë ku të mbështeten sipas pasqyrës së atij muaji.',
    }),
    'adult_year_after',
    adults,
  ),
  yearAfter(
    'home_or_school_a_year_after',
    ['S002-PROT-G1-i4'],
    'year_after_home',
    {
      en: 'Of the child victims whose twelfth month after closure fell in the period, those in a family, a protected setting or school by the snapshot of that month.',
      sq: 'Nga fëmijët viktima, muaji i dymbëdhjetë pas mbylljes i të cilëve bie në periudhë, ata në familje, mjedis të mbrojtur ose shkollë sipas pasqyrës së atij muaji.',
    },
    true,
  ),
  counted({
    code: 'cases_reintegrated',
    indicators: ['S000-2.3.8-i2'],
    restsOn: ['FollowUp', 'OutcomeStatus', 'Case'],
    definition: {
      en: 'Closures whose twelfth month fell in the period with a good outcome by its snapshot and no renewed exploitation found.',
      sq: 'Mbyllje, muaji i dymbëdhjetë i të cilave bie në periudhë, me rezultat të mirë sipas pasqyrës dhe pa shfrytëzim të ri të gjetur.',
    },
    n: { measure: 'reintegrated' },
  }),
  withAdults(
    counted({
      code: 'men_reintegrated',
      indicators: ['S004-PROT-3.b.10-i1'],
      restsOn: ['FollowUp', 'OutcomeStatus', 'Case'],
      definition: {
        en: 'Potential and official victims who are male, whose twelfth month after closure fell in the period, with a good outcome and no renewed exploitation found.',
        sq: 'Viktima të mundshme dhe zyrtare meshkuj, muaji i dymbëdhjetë pas mbylljes i të cilëve bie në periudhë, me rezultat të mirë dhe pa shfrytëzim të ri të gjetur.',
      },
      n: { measure: 'reintegrated', a: ['male'], b: victims },
      ofVictims: true,
    }),
    'adult_reintegrated',
    adults,
  ),
]
