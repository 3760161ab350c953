/** Services received: persons once in each quarter, half-year and year, from the start of a service to its end. */
import { children, fromTotals, type IndicatorQuery, type Pick } from '../query.ts'

const helped = (declared: {
  code: string
  indicators: readonly string[]
  definition: IndicatorQuery['definition']
  n: Pick
  of?: Pick
  onlyChildren?: true
  own?: NonNullable<Parameters<typeof fromTotals>[0]['totals']['own']>
  victims?: true
  version?: number
}): IndicatorQuery =>
  fromTotals({
    code: declared.code,
    version: declared.version ?? 1,
    unit: declared.of === undefined ? 'n' : '%',
    restsOn: ['ServiceDelivery', 'Case', 'Person', ...(declared.victims ? ['IdentificationRecord'] : [])],
    ...(declared.victims ? { operational: true as const } : {}),
    definition: declared.definition,
    indicators: declared.indicators,
    totals: {
      n: declared.n,
      ...(declared.of === undefined ? {} : { of: declared.of }),
      once: true,
      ...(declared.onlyChildren ? { ages: children } : {}),
      ...(declared.own === undefined ? {} : { own: declared.own }),
    },
  })

const trafficking = ['trafficking']

export const serviceQueries: readonly IndicatorQuery[] = [
  helped({
    code: 'victims_helped',
    indicators: ['S004-PROT-2.a-i1', 'S004-PREV-G3-i1'],
    definition: {
      en: 'Different persons with the status of potential or official victim (as it stands now) who received at least one service in the period.',
      sq: 'Persona të ndryshëm me statusin e viktimës së mundshme ose zyrtare (siç është tani) që morën të paktën një shërbim brenda periudhës.',
    },
    n: { measure: 'assisted', a: trafficking },
    own: { setting: { measure: 'assisted', code: 'b' } },
    victims: true,
  }),
  helped({
    code: 'victims_helped_by_setting',
    indicators: ['S004-PROT-2.a-i3'],
    definition: {
      en: 'Potential and official victims who received services in the period, split by where: in a shelter at least once, or in the community only.',
      sq: 'Viktima të mundshme dhe zyrtare që morën shërbime brenda periudhës, sipas vendit: të paktën një herë në strehëz, ose vetëm në komunitet.',
    },
    n: { measure: 'assisted', a: trafficking },
    own: { setting: { measure: 'assisted', code: 'b' } },
    victims: true,
  }),
  helped({
    code: 'victims_helped_in_community',
    indicators: ['S004-PROT-2.a-i4'],
    definition: {
      en: 'Of the potential and official victims who received services in the period, those whose services were never in a shelter.',
      sq: 'Nga viktimat e mundshme dhe zyrtare që morën shërbime brenda periudhës, ato që nuk i morën kurrë në strehëz.',
    },
    n: { measure: 'assisted', a: trafficking, b: ['community'] },
    of: { measure: 'assisted', a: trafficking },
    victims: true,
  }),
  helped({
    code: 'kinds_of_help_to_victims',
    indicators: ['S004-PROT-2.a-i2'],
    definition: {
      en: 'Potential and official victims by kind of service received in the period; who received two kinds counts in both.',
      sq: 'Viktima të mundshme dhe zyrtare sipas llojit të shërbimit të marrë brenda periudhës; kush mori dy lloje numërohet te të dyja.',
    },
    n: {
      measure: 'assisted_service',
      a: (kind) => kind !== 'food_or_material' && !kind.startsWith('any_'),
      b: trafficking,
    },
    own: { service: { measure: 'assisted_service', code: 'a' } },
    victims: true,
  }),
  helped({
    code: 'victims_in_vocational_training',
    version: 2,
    indicators: ['S004-PROT-2.b.4-i1', 'S004-PROT-3.b.8-i1'],
    definition: {
      en: 'Potential and official victims who received vocational training as a service in the period.',
      sq: 'Viktima të mundshme dhe zyrtare që morën formim profesional si shërbim brenda periudhës.',
    },
    n: { measure: 'assisted_service', a: ['any_vocational'], b: trafficking },
    victims: true,
  }),
  helped({
    code: 'child_victims_with_legal_aid',
    indicators: ['S002-PROS-1.a.3-i1'],
    definition: {
      en: 'Potential and official victims younger than 18 who received legal help as a service in the period.',
      sq: 'Viktima të mundshme dhe zyrtare nën 18 vjeç që morën ndihmë ligjore si shërbim brenda periudhës.',
    },
    n: { measure: 'assisted_service', a: ['legal'], b: trafficking },
    onlyChildren: true,
    victims: true,
  }),
  helped({
    code: 'child_victims_helped',
    indicators: ['S002-PREV-G1-i1', 'S002-PROT-G1-i1'],
    definition: {
      en: 'Potential and official victims younger than 18 who received at least one service in the period, whether or not they testify.',
      sq: 'Viktima të mundshme dhe zyrtare nën 18 vjeç që morën të paktën një shërbim brenda periudhës, pavarësisht nëse dëshmojnë.',
    },
    n: { measure: 'assisted', a: trafficking },
    onlyChildren: true,
    victims: true,
  }),
  helped({
    code: 'persons_at_risk_helped',
    indicators: ['S004-PREV-3.a-i1', 'S004-PREV-3.b.2-i3'],
    definition: {
      en: 'Different persons screened as at risk (as it stands now) who received at least one service in the period.',
      sq: 'Persona të ndryshëm të vlerësuar si në rrezik (siç është tani) që morën të paktën një shërbim brenda periudhës.',
    },
    n: { measure: 'assisted', a: ['at_risk'] },
  }),
  helped({
    code: 'children_at_risk_helped',
    indicators: ['S002-PREV-G4-i1'],
    definition: {
      en: 'Children screened as at risk (as it stands now) who received at least one service in the period.',
      sq: 'Fëmijë të vlerësuar si në rrezik (siç është tani) që morën të paktën një shërbim brenda periudhës.',
    },
    n: { measure: 'assisted', a: ['at_risk'] },
    onlyChildren: true,
  }),
  helped({
    code: 'children_at_risk_or_trafficked_helped',
    indicators: ['S002-PREV-4.a-i2', 'S002-PREV-4.d-i1'],
    definition: {
      en: 'Children at risk or potential or official victims (as it stands now) who received at least one service in the period.',
      sq: 'Fëmijë në rrezik ose viktima të mundshme a zyrtare (siç është tani) që morën të paktën një shërbim brenda periudhës.',
    },
    n: { measure: 'assisted', a: ['at_risk', 'trafficking'] },
    onlyChildren: true,
    victims: true,
  }),
  helped({
    code: 'children_given_direct_help',
    indicators: ['S000-2.2.1-i1'],
    definition: {
      en: 'Children who received food or material help in the period, once whatever they received.',
      sq: 'Fëmijë që morën ushqim ose ndihmë materiale brenda periudhës, një herë pavarësisht çfarë morën.',
    },
    n: { measure: 'assisted_service', a: ['food_or_material'] },
    onlyChildren: true,
  }),
  helped({
    code: 'given_material_help',
    version: 2,
    indicators: ['S000-2.2.2-i1'],
    definition: {
      en: 'Persons in whose case material help was given in the period, to the child or its family.',
      sq: 'Persona në rastin e të cilëve u dha ndihmë materiale brenda periudhës, fëmijës ose familjes.',
    },
    n: { measure: 'assisted_service', a: ['any_material'] },
  }),
  helped({
    code: 'children_helped_with_school',
    version: 2,
    indicators: ['S000-2.4.3-i1'],
    definition: {
      en: 'Children who received help with schooling as a service in the period: enrolment, books, lessons, second chance, care after school.',
      sq: 'Fëmijë që morën ndihmë për shkollimin si shërbim brenda periudhës: regjistrim, libra, mësime, shansi i dytë, kujdes pas shkolle.',
    },
    n: { measure: 'assisted_service', a: ['any_school'] },
    onlyChildren: true,
  }),
  helped({
    code: 'children_in_psychological_care',
    indicators: ['S000-2.5.5-i1'],
    definition: {
      en: 'Children who received psychological help as a service in the period.',
      sq: 'Fëmijë që morën ndihmë psikologjike si shërbim brenda periudhës.',
    },
    n: { measure: 'assisted_service', a: ['psychological'] },
    onlyChildren: true,
  }),
  helped({
    code: 'children_in_rehabilitation',
    indicators: ['S000-2.3.7-i1'],
    definition: {
      en: 'Children who received rehabilitation as a service in the period. Recovered cases are not a record yet and do not count.',
      sq: 'Fëmijë që morën rehabilitim si shërbim brenda periudhës. Rastet e shëruara nuk janë ende regjistrim dhe nuk numërohen.',
    },
    n: { measure: 'assisted_service', a: ['rehabilitation'] },
    onlyChildren: true,
  }),
  helped({
    code: 'children_given_medical_help',
    version: 2,
    indicators: ['S000-2.5.4-i1'],
    definition: {
      en: 'Children who received medical help as a service in the period. The money for free medicines is not a record yet.',
      sq: 'Fëmijë që morën ndihmë mjekësore si shërbim brenda periudhës. Paratë për barnat falas nuk janë ende regjistrim.',
    },
    n: { measure: 'assisted_service', a: ['any_medical'] },
    onlyChildren: true,
  }),
  fromTotals({
    code: 'help_to_families',
    version: 1,
    unit: 'n',
    restsOn: ['ServiceDelivery', 'Case'],
    definition: {
      en: 'Services to families and parents that began in the period; a family helped twice counts twice.',
      sq: 'Shërbime për familje dhe prindër që nisën brenda periudhës; familja e ndihmuar dy herë numërohet dy herë.',
    },
    indicators: ['S002-PREV-6.a.7-i1'],
    totals: {
      n: { measure: 'service_for', b: ['family', 'parent'] },
      own: { service: { measure: 'service_for', code: 'a' } },
    },
  }),
]
