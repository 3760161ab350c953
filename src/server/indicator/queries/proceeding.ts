/** Proceedings: how they began, ended, protected; what courts awarded. */
import type { IndicatorQuery } from '../query.ts'
import { fromTrack } from './track.ts'

export const proceedingQueries: readonly IndicatorQuery[] = [
  fromTrack('justice', 'awarded', {
    code: 'compensation_awarded',
    restsOn: ['CompensationClaim', 'LegalProceeding'],
    indicators: ['S004-PROS-1.a.4-i3'],
    splits: ['article', 'stage', 'county', 'subject'],
    definition: {
      en: 'Decisions of courts in the period that award a victim compensation; the state scheme is not a court.',
      sq: 'Vendime gjykatash brenda periudhës që i caktojnë viktimës dëmshpërblim; skema shtetërore nuk është gjykatë.',
    },
  }),
  fromTrack('justice', 'proactive', {
    code: 'proceedings_proactive',
    restsOn: ['LegalProceeding'],
    indicators: ['S004-PROS-1.b-i1'],
    splits: ['article', 'stage', 'county', 'subject'],
    definition: {
      en: 'Proceedings of the trafficking track registered in the period that began from evidence gathered proactively.',
      sq: 'Procedime të trafikimit të regjistruara brenda periudhës që nisën nga prova të mbledhura në mënyrë proaktive.',
    },
  }),
  fromTrack('justice', 'public_tip', {
    code: 'proceedings_from_the_public',
    restsOn: ['LegalProceeding'],
    indicators: ['S004-PROS-2.a.5-i1'],
    splits: ['article', 'stage', 'county', 'subject'],
    definition: {
      en: 'Proceedings of the trafficking track registered in the period that began from what the public told.',
      sq: 'Procedime të trafikimit të regjistruara brenda periudhës që nisën nga informacioni i publikut.',
    },
  }),
  fromTrack('justice', 'prosecuted', {
    code: 'proceedings_ending_in_prosecution',
    unit: '%',
    restsOn: ['LegalProceeding'],
    indicators: ['S004-PROS-1.c-i1'],
    splits: ['article', 'county', 'subject'],
    adds: false,
    definition: {
      en: 'Of the proceedings of the trafficking track that left the investigation in the period, charged or closed, those that were charged; each once.',
      sq: 'Nga procedimet e trafikimit që dolën nga hetimi brenda periudhës, me akuzë ose me mbyllje, ato me akuzë; secili një herë.',
    },
  }),
  fromTrack('justice', 'witness', {
    code: 'victims_in_witness_protection',
    restsOn: ['LegalProceeding', 'IdentificationRecord'],
    indicators: ['S004-PROS-1.d-i1'],
    adds: false,
    operational: true,
    definition: {
      en: 'Official victims who stand in the special programme of witness protection as it is now. Only whole fives are told: 0 is fewer than five, 5 is five to nine.',
      sq: 'Viktimat zyrtare që ndodhen në programin e posaçëm të mbrojtjes së dëshmitarëve, siç është tani. Tregohen vetëm pesëshet e plota: 0 është më pak se pesë, 5 është pesë deri nëntë.',
    },
  }),
  fromTrack('justice', 'protected', {
    code: 'proceedings_with_protection',
    restsOn: ['LegalProceeding'],
    indicators: ['S004-PROS-1.d-i2'],
    splits: ['measure', 'article', 'county'],
    adds: false,
    definition: {
      en: 'Proceedings of the trafficking track in which a device or a room of the court protected a victim at some time of the period: video link, separate waiting room, identity withheld. By measure a proceeding may count with several.',
      sq: 'Procedime të trafikimit ku gjatë periudhës viktimën e mbronte një mjet ose një mjedis i gjykatës: lidhje me video, dhomë pritjeje e veçuar, identitet i pazbuluar. Sipas masës një procedim mund të numërohet me disa.',
    },
  }),
  fromTrack('justice', 'minors', {
    code: 'prosecutions_for_minors',
    restsOn: ['LegalProceeding'],
    indicators: ['S000-3.1.2-i2'],
    splits: ['article', 'county'],
    adds: false,
    definition: {
      en: 'Proceedings under article 124/b or 128/b that were charged in the period.',
      sq: 'Procedime sipas nenit 124/b ose 128/b që u dërguan me akuzë brenda periudhës.',
    },
  }),
  fromTrack('justice', 'child_trafficking', {
    code: 'child_trafficking_prosecuted_and_convicted',
    restsOn: ['LegalProceeding'],
    indicators: ['S002-PROS-G1-i1'],
    splits: ['step', 'article', 'county'],
    adds: false,
    definition: {
      en: 'Prosecutions and convictions for child trafficking in the period (article 128/b, or a child victim of the trafficking track): a proceeding charged and judged in it counts with both. Arrests are not recorded here.',
      sq: 'Ndjekje penale dhe dënime për trafikim fëmijësh brenda periudhës (neni 128/b, ose fëmijë viktimë e trafikimit): procedimi i akuzuar dhe i gjykuar në të numërohet me të dyja. Arrestimet nuk regjistrohen këtu.',
    },
  }),
  fromTrack('justice', 'successful', {
    code: 'proceedings_successful',
    restsOn: ['LegalProceeding'],
    indicators: ['S004-PROS-G1-i1'],
    splits: ['article', 'county', 'subject'],
    adds: false,
    definition: {
      en: 'Proceedings of the trafficking track whose conviction, whole or in part, became final in the period.',
      sq: 'Procedime të trafikimit, dënimi i të cilave, i plotë ose i pjesshëm, mori formë të prerë brenda periudhës.',
    },
  }),
  fromTrack('justice', 'proactive_convicted', {
    code: 'convictions_proactive',
    restsOn: ['LegalProceeding'],
    indicators: ['S004-PROS-1.b-i2'],
    splits: ['article', 'county', 'subject'],
    adds: false,
    definition: {
      en: 'Of the convictions that became final in the period, those of proceedings that began from proactively gathered evidence.',
      sq: 'Nga dënimet që morën formë të prerë brenda periudhës, ato të procedimeve që nisën nga prova të mbledhura në mënyrë proaktive.',
    },
  }),
  fromTrack('justice', 'international', {
    code: 'prosecutions_from_cooperation',
    restsOn: ['LegalProceeding'],
    indicators: ['S004-PROS-1.e-i5'],
    splits: ['article', 'county', 'subject'],
    adds: false,
    definition: {
      en: 'Proceedings of the trafficking track that came from work with other countries and were charged in the period. Arrests are not recorded here.',
      sq: 'Procedime të trafikimit që erdhën nga bashkëpunimi me vende të tjera dhe u dërguan me akuzë brenda periudhës. Arrestimet nuk regjistrohen këtu.',
    },
  }),
  fromTrack('justice', 'child_legal_aid', {
    code: 'child_victims_lawyer_or_legal_help',
    unit: '%',
    restsOn: ['LegalAid', 'ServiceDelivery', 'IdentificationRecord'],
    indicators: ['S002-PROS-1.a.3-i2'],
    splits: ['sex', 'age', 'county'],
    operational: true,
    definition: {
      en: 'Of the children whose file of the trafficking track was opened in the period, those who have had a lawyer free of charge in a proceeding, or legal help as a service, then or since.',
      sq: 'Nga fëmijët, dosja e trafikimit e të cilëve u hap brenda periudhës, ata që kanë pasur avokat falas në një procedim ose ndihmë ligjore si shërbim, atëherë ose më vonë.',
    },
  }),
]
