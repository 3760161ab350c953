/** What courts, disclosures, rights explained, placements, complaints, talks of supervision and reviews of files say. */
import type { IndicatorQuery } from '../query.ts'
import { counted, victims } from './counted.ts'

export const caseworkQueries: readonly IndicatorQuery[] = [
  counted({
    code: 'court_decisions',
    indicators: ['S003-COURT-i1'],
    restsOn: ['CourtCase', 'Case'],
    definition: {
      en: 'Decisions of courts in cases of children in the period, by matter (protection order, custody, placement and others) and outcome.',
      sq: 'Vendime gjyqësore në rastet e fëmijëve brenda periudhës, sipas çështjes (urdhër mbrojtjeje, kujdestari, vendosje e të tjera) dhe rezultatit.',
    },
    n: { measure: 'court_decided' },
    own: {
      matter: { measure: 'court_decided', code: 'a' },
      decision: { measure: 'court_decided', code: 'b' },
    },
  }),
  counted({
    code: 'technical_group_meetings',
    indicators: ['S004-PROT-3.b.4-i2', 'S002-PREV-4.d.1-i4'],
    restsOn: ['CaseConference', 'Case'],
    definition: {
      en: 'Meetings of the intersectoral technical group on a case held in the period, those with too few present included.',
      sq: 'Mbledhje të grupit teknik ndërsektorial për një rast të mbajtura brenda periudhës, përfshirë ato me pak të pranishëm.',
    },
    n: { measure: 'conference' },
    by: ['municipality'],
  }),
  counted({
    code: 'exchanges_with_police',
    indicators: ['S004-PROS-1.c.2-i2'],
    restsOn: ['DisclosureLog', 'Case'],
    definition: {
      en: 'What left cases of children for the police in the period, by referral or in answer to a written request, as the disclosure log has it.',
      sq: 'Çfarë doli nga rastet e fëmijëve për policinë brenda periudhës, me referim ose si përgjigje e një kërkese me shkrim, sipas regjistrit të dhënies së informacionit.',
    },
    n: { measure: 'disclosure', b: ['police'] },
  }),
  counted({
    code: 'information_given_to_prosecution',
    indicators: ['S004-PROS-1.d.3-i3'],
    restsOn: ['DisclosureLog', 'Case'],
    definition: {
      en: 'What left cases for the prosecution in the period in answer to written requests, as the disclosure log has it. What comes from the prosecution is not counted.',
      sq: 'Çfarë doli nga rastet për prokurorinë brenda periudhës si përgjigje e kërkesave me shkrim, sipas regjistrit të dhënies së informacionit. Çfarë vjen nga prokuroria nuk numërohet.',
    },
    n: { measure: 'disclosure', b: ['prosecution'] },
  }),
  counted({
    code: 'rights_leaflets_to_victims',
    indicators: ['S004-PROS-1.d.2-i2'],
    restsOn: ['RightsInformation', 'Case'],
    definition: {
      en: 'Explanations of rights in cases of potential and official victims (as it stands now) in the period that left something to keep: leaflet, easy reading or pictures.',
      sq: 'Shpjegime të të drejtave në rastet e viktimave të mundshme dhe zyrtare (siç është tani) brenda periudhës që lanë diçka në dorë: fletëpalosje, lexim të lehtë ose figura.',
    },
    n: { measure: 'rights_explained', a: ['leaflet', 'easy_read', 'pictures'], b: victims },
    ofVictims: true,
  }),
  counted({
    code: 'children_in_emergency_placement',
    indicators: ['S000-2.3.2-i1', 'S004-PROT-1.c.13-i3'],
    restsOn: ['Placement', 'Case'],
    definition: {
      en: 'Emergency placements of children that began in the period; a child placed twice counts twice.',
      sq: 'Vendosje emergjence të fëmijëve që nisën brenda periudhës; fëmija i vendosur dy herë numërohet dy herë.',
    },
    n: { measure: 'placement', a: ['emergency'] },
    onlyChildren: true,
  }),
  counted({
    code: 'victims_in_emergency_placement',
    indicators: ['S004-PREV-3.a-i3'],
    restsOn: ['Placement', 'Case'],
    definition: {
      en: 'Emergency placements of potential and official victims (as it stands now) that began in the period.',
      sq: 'Vendosje emergjence të viktimave të mundshme dhe zyrtare (siç është tani) që nisën brenda periudhës.',
    },
    n: { measure: 'placement', a: ['emergency'], b: victims },
    ofVictims: true,
  }),
  counted({
    code: 'victims_complaining_of_discrimination',
    indicators: ['S002-PROS-G1-i2'],
    restsOn: ['Complaint'],
    definition: {
      en: 'Complaints that victims made in the period and in which they spoke of discrimination.',
      sq: 'Ankesa që viktimat bënë brenda periudhës dhe ku folën për diskriminim.',
    },
    n: { measure: 'complaint', a: ['victim'], b: ['yes'] },
    by: ['municipality'],
  }),
  counted({
    code: 'talks_of_supervision',
    indicators: ['S000-2.1.6-i1'],
    restsOn: ['Supervision'],
    definition: {
      en: 'Talks of supervision with workers of child protection units held in the period. Trainings stand with their own indicators.',
      sq: 'Biseda mbikëqyrjeje me punonjësit e njësive të mbrojtjes së fëmijëve të mbajtura brenda periudhës. Trajnimet qëndrojnë te treguesit e tyre.',
    },
    n: { measure: 'supervision' },
    by: ['municipality'],
  }),
  counted({
    code: 'files_of_child_victims_reviewed',
    indicators: ['S004-PROS-1.c.3-i2'],
    restsOn: ['CaseReview', 'Case'],
    definition: {
      en: 'Sampled files of potential and official victims younger than 18 that were reviewed in the period.',
      sq: 'Dosje të zgjedhura të viktimave të mundshme dhe zyrtare nën 18 vjeç që u rishikuan brenda periudhës.',
    },
    n: { measure: 'review_done', a: victims },
    ofVictims: true,
    onlyChildren: true,
  }),
  counted({
    code: 'procedures_followed',
    indicators: ['S010-CORE-13'],
    restsOn: ['CaseReview', 'Case'],
    definition: {
      en: 'Of the points of the checklist asked in the files sampled and reviewed in the period, those met.',
      sq: 'Nga pikat e listës së kontrollit të pyetura në dosjet e zgjedhura dhe të rishikuara brenda periudhës, ato të përmbushura.',
    },
    n: { measure: 'review_met', sum: true },
    of: { measure: 'review_asked', sum: true },
    by: [],
  }),
  {
    code: 'wellbeing_better',
    version: 1,
    unit: '%',
    restsOn: ['Assessment', 'Case'],
    definition: {
      en: 'Of the children whose well-being was asked with the register’s form in the period and before, those whose mean answer is higher than at first; the sealed question on mood is left out.',
      sq: 'Nga fëmijët që u pyetën për mirëqenien me formularin e regjistrit brenda periudhës dhe më parë, ata me mesatare më të lartë se herën e parë; pyetja e vulosur për gjendjen shpirtërore nuk numërohet.',
    },
    indicators: ['S000-2.3.8-i1'],
    splits: [],
    adds: false,
    count: async (tx, period) => {
      const [row] = await tx.sql<{ children: string; better: string }>(
        'select * from wellbeing_progress($1, $2)',
        [period.from, period.until],
      )
      const of = Number(row?.children ?? 0)
      return { n: Number(row?.better ?? 0), of, records: of }
    },
    split: async () => new Map(),
  },
]
