/** Returns across borders, and the agreements they rest on. */
import type { IndicatorQuery } from '../query.ts'
import { fromTrack } from './track.ts'

export const returnQueries: readonly IndicatorQuery[] = [
  fromTrack('return', 'returned_assisted', {
    code: 'returned_and_assisted',
    restsOn: ['CrossBorderReturn', 'IdentificationRecord'],
    indicators: ['S004-PROT-G3-i4'],
    splits: ['subject', 'country', 'status', 'sex', 'age'],
    operational: true,
    definition: {
      en: 'Returns to Albania received in the period with somebody who accompanied, or with costs that somebody other than the family bore.',
      sq: 'Kthime në Shqipëri të pritura brenda periudhës me shoqërues, ose me kosto që i mbuloi dikush tjetër e jo familja.',
    },
  }),
  fromTrack('return', 'returned_vt', {
    code: 'official_victims_returned',
    restsOn: ['CrossBorderReturn', 'IdentificationRecord'],
    indicators: ['S004-PROT-3.a-i1'],
    splits: ['subject', 'country', 'sex', 'age', 'form'],
    operational: true,
    definition: {
      en: 'Returns to Albania received in the period, of people who are or became official victims.',
      sq: 'Kthime në Shqipëri të pritura brenda periudhës, të personave që janë ose u bënë viktima zyrtare.',
    },
  }),
  fromTrack('return', 'returned_complete', {
    code: 'returns_with_plan_and_reports',
    unit: '%',
    restsOn: ['CrossBorderReturn', 'IdentificationRecord'],
    indicators: ['S004-PROT-3.a-i2'],
    splits: ['country', 'subject'],
    operational: true,
    definition: {
      en: 'Of the returns to Albania received in the period, those announced before the day, with the agreed plan that every journey needs, and with at least one visit since.',
      sq: 'Nga kthimet në Shqipëri të pritura brenda periudhës, ato të njoftuara para ditës, me planin e miratuar që kërkon çdo udhëtim dhe me të paktën një vizitë që atëherë.',
    },
  }),
  fromTrack('return', 'sent_assisted', {
    code: 'foreign_victims_assisted_in_return',
    unit: '%',
    restsOn: ['CrossBorderReturn', 'IdentificationRecord'],
    indicators: ['S004-PROT-3.a-i3'],
    splits: ['country', 'subject'],
    operational: true,
    definition: {
      en: 'Of the people who set off from Albania to their country in the period, those who were accompanied or whose costs somebody other than the family bore.',
      sq: 'Nga personat që u nisën nga Shqipëria drejt vendit të tyre brenda periudhës, ata me shoqërues ose me kosto që i mbuloi dikush tjetër e jo familja.',
    },
  }),
  fromTrack('return', 'returned_checked', {
    code: 'returns_with_every_item',
    unit: '%',
    restsOn: ['CrossBorderReturn', 'IdentificationRecord'],
    indicators: ['S004-PROT-3.a.1-i2'],
    splits: ['country', 'subject'],
    operational: true,
    definition: {
      en: 'Of the returns either way received in the period, those with notice before the day, risk assessed, a safety plan unless the risk is low, somebody who manages, and at least one visit since.',
      sq: 'Nga kthimet në të dy drejtimet të pritura brenda periudhës, ato me njoftim para ditës, rrezik të vlerësuar, plan sigurie kur rreziku nuk është i ulët, drejtues rasti dhe të paktën një vizitë që atëherë.',
    },
  }),
  fromTrack('return', 'sent_by_rules', {
    code: 'foreign_victims_returned_by_the_rules',
    unit: '%',
    restsOn: ['CrossBorderReturn', 'IdentificationRecord'],
    indicators: ['S004-PROT-3.a.4-i1'],
    splits: ['country', 'subject'],
    operational: true,
    definition: {
      en: 'Of the people who set off from Albania in the period, those whose risk was assessed and who agreed, or for a child with a signed determination and somebody who accompanied.',
      sq: 'Nga personat që u nisën nga Shqipëria brenda periudhës, ata me rrezik të vlerësuar dhe me pëlqim, ose për fëmijën me vendim të nënshkruar dhe shoqërues.',
    },
  }),
  fromTrack('return', 'travel_lek', {
    code: 'travel_costs_covered',
    restsOn: ['CrossBorderReturn', 'Expenditure'],
    indicators: ['S004-PROT-3.a.4-i3'],
    definition: {
      en: 'Lek of travel borne by somebody other than the family, for people who set off from Albania in the period.',
      sq: 'Lekë udhëtimi të mbuluara nga dikush tjetër e jo familja, për personat që u nisën nga Shqipëria brenda periudhës.',
    },
  }),
  fromTrack('return', 'child_cross', {
    code: 'child_files_across_the_border',
    restsOn: ['CrossBorderReturn', 'Case', 'IdentificationRecord'],
    indicators: ['S002-PREV-G2-i1'],
    splits: ['sex', 'age', 'status'],
    adds: false,
    operational: true,
    definition: {
      en: 'Files of children whose trafficking crossed a border and that were opened in the period, or a return of whom was announced in it; each once.',
      sq: 'Dosje fëmijësh, trafikimi i të cilëve kaloi kufirin dhe që u hapën brenda periudhës, ose kthimi i të cilëve u njoftua në të; secila një herë.',
    },
  }),
  fromTrack('return', 'child_cross_assisted', {
    code: 'child_files_across_the_border_helped',
    restsOn: ['CrossBorderReturn', 'ServiceDelivery', 'IdentificationRecord'],
    indicators: ['S002-PREV-G2-i2'],
    splits: ['sex', 'age', 'status'],
    adds: false,
    operational: true,
    definition: {
      en: 'Of those files, the ones with at least one service since.',
      sq: 'Nga këto dosje, ato me të paktën një shërbim që atëherë.',
    },
  }),
  fromTrack('return', 'child_prepared', {
    code: 'child_returns_prepared',
    unit: '%',
    restsOn: ['CrossBorderReturn', 'IdentificationRecord'],
    indicators: ['S002-PREV-G2-i4'],
    splits: ['country'],
    operational: true,
    definition: {
      en: 'Of the children received in Albania in the period, those announced before the day and accompanied or helped with the costs.',
      sq: 'Nga fëmijët e pritur në Shqipëri brenda periudhës, ata të njoftuar para ditës dhe me shoqërues ose me kosto të mbuluara.',
    },
  }),
  fromTrack('return', 'child_returns', {
    code: 'child_returns_announced',
    restsOn: ['CrossBorderReturn'],
    indicators: ['S002-PREV-2.a-i4'],
    splits: ['country', 'sex', 'age'],
    definition: {
      en: 'Returns of children, either way, announced in the period.',
      sq: 'Kthime fëmijësh, në të dy drejtimet, të njoftuara brenda periudhës.',
    },
  }),
  fromTrack('return', 'child_days', {
    code: 'child_returns_days',
    unit: 'days',
    restsOn: ['CrossBorderReturn'],
    indicators: ['S002-PREV-2.a-i5'],
    splits: ['country'],
    definition: {
      en: 'Mean number of days from the notice to the handover, of returns of children handed over in the period.',
      sq: 'Mesatarja e ditëve nga njoftimi deri te dorëzimi, e kthimeve të fëmijëve të dorëzuara brenda periudhës.',
    },
  }),
  fromTrack('return', 'agreements', {
    code: 'cross_border_agreements',
    restsOn: ['Agreement'],
    indicators: ['S000-2.9-i1'],
    splits: ['country'],
    adds: false,
    definition: {
      en: 'Agreements with other countries that hold on the last day of the period.',
      sq: 'Marrëveshje me vende të tjera që janë në fuqi ditën e fundit të periudhës.',
    },
  }),
]
