/** Campaigns, materials, media, schools, inspections, businesses, groups and champions. */
import { acts, businesses, counted, different, persons } from '../prevention-shapes.ts'
import type { IndicatorQuery } from '../query.ts'

const media = (
  code: string,
  details: object,
  indicators: readonly string[],
  en: string,
  sq: string,
  measure = '',
) =>
  acts({
    code,
    indicators,
    restsOn: ['MediaItem'],
    filter: { kind: 'media_item', ...(Object.keys(details).length === 0 ? {} : { details }) },
    measure,
    definition: { en, sq },
  })

export const preventionQueries: readonly IndicatorQuery[] = [
  acts({
    code: 'promotion_of_lines',
    indicators: ['S004-PROS-2.a.1-i1'],
    restsOn: ['AwarenessEvent'],
    filter: { kind: 'campaign', topic: 'hotline' },
    definition: {
      en: 'Campaigns that began in the period, topic “national lines”.',
      sq: 'Fushata që nisën brenda periudhës, tema «linjat kombëtare».',
    },
  }),
  acts({
    code: 'campaigns_tourism_code',
    indicators: ['S002-PREV-3.a.2-i1'],
    restsOn: ['AwarenessEvent'],
    filter: { kind: 'campaign', topic: 'tourism_code' },
    definition: {
      en: 'Campaigns that began in the period, topic “code of conduct in tourism”.',
      sq: 'Fushata që nisën brenda periudhës, tema «kodi i sjelljes në turizëm».',
    },
  }),
  acts({
    code: 'campaigns_municipal',
    indicators: ['S000-4.1.5-i1'],
    restsOn: ['AwarenessEvent'],
    filter: { kind: 'campaign', details: { scope: 'municipal' } },
    definition: {
      en: 'Campaigns of municipal scope that began in the period.',
      sq: 'Fushata në nivel bashkie që nisën brenda periudhës.',
    },
  }),
  counted({
    code: 'informed_on_safe_migration',
    indicators: ['S004-PREV-2.a.3-i2'],
    restsOn: ['AwarenessEvent'],
    filter: { kind: 'campaign', topic: 'safe_employment' },
    definition: {
      en: 'People reached by campaigns that began in the period, topic “safe employment and migration”.',
      sq: 'Njerëz të arritur nga fushatat që nisën brenda periudhës, tema «punësimi dhe migrimi i sigurt».',
    },
  }),
  acts({
    code: 'campaigns_national',
    indicators: ['S004-PREV-1.a.1-i1'],
    restsOn: ['AwarenessEvent'],
    filter: { kind: 'campaign', details: { scope: 'national' } },
    definition: {
      en: 'National campaigns that began in the period.',
      sq: 'Fushata kombëtare që nisën brenda periudhës.',
    },
  }),
  acts({
    code: 'campaigns_social',
    indicators: ['S004-PROS-2.a.1-i4'],
    restsOn: ['AwarenessEvent'],
    filter: { kind: 'campaign', details: { channel: 'social' } },
    definition: {
      en: 'Campaigns on social networks that began in the period.',
      sq: 'Fushata në rrjete sociale që nisën brenda periudhës.',
    },
  }),
  counted({
    code: 'informed_by_campaigns',
    indicators: ['S004-PREV-1.a.1-i2', 'S004-PREV-1.d.4-i2'],
    restsOn: ['AwarenessEvent'],
    filter: { kind: 'campaign' },
    definition: {
      en: 'People reached by campaigns that began in the period.',
      sq: 'Njerëz të arritur nga fushata që nisën brenda periudhës.',
    },
  }),
  counted({
    code: 'informed_in_october',
    indicators: ['S004-PREV-1.a.5-i1'],
    restsOn: ['AwarenessEvent'],
    filter: { kind: 'campaign', details: { campaignDay: 'october' } },
    definition: {
      en: 'People reached by campaigns of October, the anti-trafficking month.',
      sq: 'Njerëz të arritur nga fushatat e tetorit, muajit antitrafik.',
    },
  }),
  counted({
    code: 'patients_informed',
    indicators: ['S004-PREV-1.d.5-i2'],
    restsOn: ['AwarenessEvent'],
    filter: { kind: 'campaign', details: { channel: 'health_centre' } },
    definition: {
      en: 'People reached by campaigns in health centres.',
      sq: 'Njerëz të arritur nga fushata në qendra shëndetësore.',
    },
  }),
  acts({
    code: 'materials_distributed',
    indicators: ['S004-PREV-1.a.1-i3'],
    restsOn: ['MaterialDistribution'],
    filter: { kind: 'campaign' },
    measure: 'copies',
    definition: {
      en: 'Copies of information materials of any kind handed out by campaigns that began in the period.',
      sq: 'Kopje materialesh informuese të çdo lloji të shpërndara nga fushata që nisën brenda periudhës.',
    },
  }),
  acts({
    code: 'leaflets_health_centres',
    indicators: ['S004-PREV-1.d.5-i1'],
    restsOn: ['MaterialDistribution'],
    filter: { kind: 'campaign', details: { channel: 'health_centre' }, band: 'leaflet' },
    measure: 'copies',
    definition: {
      en: 'Leaflets handed out in health centres by campaigns that began in the period.',
      sq: 'Fletëpalosje të shpërndara në qendra shëndetësore nga fushata që nisën brenda periudhës.',
    },
  }),
  acts({
    code: 'sops_distributed',
    indicators: ['S004-PROT-1.b.2-i3'],
    restsOn: ['MaterialDistribution'],
    filter: { kind: 'campaign', band: 'sop_copy' },
    measure: 'copies',
    definition: {
      en: 'Copies of the standard operating procedures handed out in the period, to whichever body.',
      sq: 'Kopje të procedurave standarde të veprimit të shpërndara brenda periudhës, cilitdo institucion.',
    },
  }),
  media(
    'media_items',
    {},
    ['S004-PREV-1.a-i3', 'S004-PREV-1.a.7-i1', 'S000-4.1.3-i1'],
    'Media items of the period: spots, programmes, reports, articles. Each item counts once, however often it was broadcast.',
    'Materiale në media brenda periudhës: spote, emisione, reportazhe, artikuj. Secili numërohet një herë, sado herë të jetë transmetuar.',
  ),
  media(
    'media_print',
    { medium: 'print' },
    ['S004-PREV-1.a.2-i3'],
    'Articles and other items in print in the period; their quality is not judged here.',
    'Artikuj dhe materiale të tjera në shtyp brenda periudhës; cilësia nuk gjykohet këtu.',
  ),
  media(
    'media_spots',
    { format: 'spot' },
    ['S004-PROS-2.a.1-i3'],
    'Awareness spots produced for radio, television or the internet in the period.',
    'Spote ndërgjegjësuese të prodhuara për radio, televizion ose internet brenda periudhës.',
  ),
  media(
    'media_broadcasts',
    { format: 'spot' },
    ['S002-PREV-3.a.1-i1'],
    'Broadcasts of awareness spots, as their records say.',
    'Transmetime të spoteve ndërgjegjësuese, siç thonë regjistrimet.',
    'broadcasts',
  ),
  different({
    code: 'media_outlets',
    indicators: ['S004-PREV-1.a.7-i2'],
    restsOn: ['MediaItem'],
    filter: { kind: 'media_item' },
    detail: 'outlet',
    definition: {
      en: 'Different outlets with a media item in the period, by the name written.',
      sq: 'Media të ndryshme me një material brenda periudhës, sipas emrit të shkruar.',
    },
  }),
  counted({
    code: 'pupils_economic_exploitation',
    indicators: ['S000-4.2.3-i1'],
    restsOn: ['SchoolProgramme'],
    filter: { kind: 'school_programme', topic: 'economic_exploitation' },
    definition: {
      en: 'Pupils of classes that had a school programme on economic exploitation.',
      sq: 'Nxënës të klasave që patën program për shfrytëzimin ekonomik.',
    },
  }),
  acts({
    code: 'inspections_joint',
    indicators: ['S004-PROT-1.c.8-i1'],
    restsOn: ['Inspection'],
    filter: { kind: 'inspection', joint: true },
    definition: {
      en: 'Inspections of the labour inspectorate in the period with at least one other body.',
      sq: 'Inspektime të inspektoratit të punës brenda periudhës me të paktën një institucion tjetër.',
    },
  }),
  different({
    code: 'agreements_children_countries',
    indicators: ['S004-PROT-1.c.5-i1'],
    restsOn: ['Agreement'],
    filter: { kind: 'agreement', details: { aboutChildren: true } },
    detail: 'country',
    definition: {
      en: 'Other countries with which an agreement that refers to children was signed in the period.',
      sq: 'Shtete të tjera me të cilat u nënshkrua brenda periudhës një marrëveshje që flet për fëmijët.',
    },
  }),
  businesses({
    code: 'agencies_inspected',
    indicators: ['S004-PREV-4.a.1-i2'],
    restsOn: ['Inspection', 'Business'],
    kinds: ['employment_agency'],
    stock: true,
    pick: (row) => row.inspected,
    definition: {
      en: 'Private employment agencies of the register inspected at least once in the period, each counted once.',
      sq: 'Agjenci private punësimi të regjistrit të inspektuara të paktën një herë brenda periudhës, secila një herë.',
    },
  }),
  businesses({
    code: 'tourism_sanctions',
    indicators: ['S004-PREV-4.a.3-i1'],
    restsOn: ['Business'],
    kinds: ['tourism_operator'],
    stock: false,
    pick: (row) => row.sanctions,
    definition: {
      en: 'Sanctions against tourism operators of the register taken in the period.',
      sq: 'Masa ndaj operatorëve turistikë të regjistrit të marra brenda periudhës.',
    },
  }),
  businesses({
    code: 'businesses_contact_posted',
    indicators: ['S000-1.3.2-i1'],
    restsOn: ['Business'],
    kinds: ['business', 'employment_agency', 'tourism_operator'],
    stock: true,
    pick: (row) => row.contact_posted,
    definition: {
      en: 'Businesses of the register where the contact of the child protection unit is posted, at the end of the period.',
      sq: 'Biznese të regjistrit ku kontakti i NJMF-së është i afishuar, në fund të periudhës.',
    },
  }),
  businesses({
    code: 'businesses_code_adopted',
    indicators: ['S000-1.3.3-i1'],
    restsOn: ['Business'],
    kinds: ['business', 'employment_agency', 'tourism_operator'],
    stock: true,
    pick: (row) => row.code_adopted,
    definition: {
      en: 'Businesses of the register that adopted the code for workers under 18 and named their measures, at the end of the period.',
      sq: 'Biznese të regjistrit që e miratuan kodin për punonjësit nën 18 vjeç dhe treguan masat e tyre, në fund të periudhës.',
    },
  }),
  ...(
    [
      [
        'children_reached',
        'S003-REACH-C-i1',
        ['child', 'youth'],
        'Children and young people',
        'Fëmijë dhe të rinj',
      ],
      ['parents_reached', 'S003-REACH-P-i1', ['parent'], 'Parents', 'Prindër'],
      [
        'community_reached',
        'S003-REACH-M-i1',
        ['community'],
        'Members of communities',
        'Anëtarë të komuniteteve',
      ],
      [
        'adults_reached',
        'S003-REACH-A-i1',
        ['parent', 'community', 'professional'],
        'Parents, members of communities and professionals',
        'Prindër, anëtarë të komuniteteve dhe profesionistë',
      ],
    ] as const
  ).map(([code, indicator, audiences, en, sq]) =>
    persons({
      code,
      indicators: [indicator],
      restsOn: ['GroupMembership', 'TrainingAttendance', 'AwarenessEvent'],
      filter: { audiences },
      definition: {
        en: `${en} present under an id at groups, sessions, activities or trainings of the period. Those only counted as heads are not in it.`,
        sq: `${sq} të pranishëm me kod në grupe, seanca, veprimtari ose trajnime të periudhës. Ata që u numëruan vetëm si kokë nuk përfshihen.`,
      },
    }),
  ),
  ...(
    [
      [
        'parent_sessions',
        'S003-PDEP-i1',
        { kind: 'parent_session', details: { theme: 'positive_discipline' } },
        'TrainingEvent',
        'Sessions with parents on positive discipline held in the period.',
        'Seanca me prindër për disiplinën pozitive të mbajtura brenda periudhës.',
      ],
      [
        'groups_established',
        'S003-GROUPS-i1',
        { kind: 'group' },
        'Group',
        'Children’s, youth and other groups whose record begins in the period.',
        'Grupe fëmijësh, të rinjsh e të tjera, regjistrimi i të cilave nis brenda periudhës.',
      ],
      [
        'champions',
        'S003-CHAMP-i1',
        { kind: 'champion' },
        'GroupMembership',
        'Champions recorded in the period, one record a champion.',
        'Kampionë të regjistruar brenda periudhës, një regjistrim për kampion.',
      ],
      [
        'mobilisation_plans',
        'S003-MOBIL-i1',
        { kind: 'mobilisation_plan' },
        'Deliverable',
        'Mobilisation plans of communities recorded in the period.',
        'Plane mobilizimi të komuniteteve të regjistruara brenda periudhës.',
      ],
    ] as const
  ).map(([code, indicator, filter, rests, en, sq]) =>
    acts({ code, indicators: [indicator], restsOn: [rests], filter, definition: { en, sq } }),
  ),
]
