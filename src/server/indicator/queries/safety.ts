/** Safety outside shelters, instalments, and children of whom the labour inspectorate told. */
import type { IndicatorQuery } from '../query.ts'
import { fromTrack } from './track.ts'

export const safetyQueries: readonly IndicatorQuery[] = [
  fromTrack('help', 'safe_outside', {
    code: 'safe_outside_shelters',
    unit: '%',
    restsOn: ['RiskAssessment', 'SafetyPlan', 'IdentificationRecord'],
    indicators: ['S004-PROT-2.b.1-i1'],
    splits: ['subject', 'status', 'county'],
    adds: false,
    operational: true,
    definition: {
      en: 'Of the open files of the trafficking track whose person lives outside shelters at the end of the period, those with both a risk assessment and a safety plan.',
      sq: 'Nga dosjet e hapura të trafikimit, personi i të cilave jeton jashtë strehëzave në fund të periudhës, ato me vlerësim rreziku dhe me plan sigurie.',
    },
  }),
  fromTrack('help', 'safe_leaving', {
    code: 'safe_before_the_community',
    unit: '%',
    restsOn: ['RiskAssessment', 'SafetyPlan', 'Placement', 'IdentificationRecord'],
    indicators: ['S004-PROT-2.b.2-i1'],
    splits: ['subject', 'status', 'county'],
    operational: true,
    definition: {
      en: 'Of the stays in shelters that ended in the period for a life outside, those with a risk assessment and a safety plan no later than that day.',
      sq: 'Nga qëndrimet në strehëza që përfunduan brenda periudhës për një jetë jashtë tyre, ato me vlerësim rreziku dhe me plan sigurie jo më vonë se ajo ditë.',
    },
  }),
  fromTrack('help', 'tranches', {
    code: 'shelters_paid',
    restsOn: ['Expenditure'],
    indicators: ['S004-PROT-2.a.3-i1'],
    splits: ['source'],
    definition: {
      en: 'Lek of instalments that shelters received in the period.',
      sq: 'Lekë këstesh që strehëzat morën brenda periudhës.',
    },
  }),
  fromTrack('help', 'child_lists', {
    code: 'child_lists_exchanged',
    restsOn: ['ProgressReport'],
    indicators: ['S004-PROS-1.c.2-i1'],
    definition: {
      en: 'Yearly lists of child victims that the State Agency confirmed in the period; one is «yes».',
      sq: 'Lista vjetore të fëmijëve viktima që Agjencia Shtetërore i konfirmoi brenda periudhës; një do të thotë «po».',
    },
  }),
  fromTrack('help', 'inspected_children', {
    code: 'children_from_labour_inspection',
    restsOn: ['Report', 'Case'],
    indicators: ['S000-2.8.3-i1'],
    splits: ['county', 'sex', 'age'],
    definition: {
      en: 'Children of whom the labour inspectorate told and whose case was opened in the period.',
      sq: 'Fëmijë për të cilët njoftoi inspektorati i punës dhe rasti i të cilëve u hap brenda periudhës.',
    },
  }),
  fromTrack('help', 'inspected_plans', {
    code: 'plans_from_labour_inspection',
    restsOn: ['Report', 'IndividualPlan'],
    indicators: ['S000-2.8.3-i3'],
    splits: ['county', 'sex', 'age'],
    adds: false,
    definition: {
      en: 'Children of whom the labour inspectorate told, with a plan approved in the period.',
      sq: 'Fëmijë për të cilët njoftoi inspektorati i punës, me plan të miratuar brenda periudhës.',
    },
  }),
  fromTrack('help', 'towns_current', {
    code: 'towns_with_current_cases',
    unit: '%',
    restsOn: ['Case'],
    indicators: ['S000-1.1.3-i1'],
    adds: false,
    definition: {
      en: 'Of the municipalities with open cases of economic exploitation at the end of the period, those that wrote something into one of them in it.',
      sq: 'Nga bashkitë me raste të hapura të shfrytëzimit ekonomik në fund të periudhës, ato që shkruan diçka në një prej tyre brenda saj.',
    },
  }),
  fromTrack('help', 'cases_complete', {
    code: 'economic_cases_complete',
    unit: '%',
    restsOn: ['Case', 'Person'],
    indicators: ['S000-2.1.5-i1'],
    splits: ['county'],
    definition: {
      en: 'Of the cases of economic exploitation opened in the period, those with sex, year of birth, risk, manager and the report they came from.',
      sq: 'Nga rastet e shfrytëzimit ekonomik të hapura brenda periudhës, ato me gjini, vit lindjeje, rrezik, drejtues rasti dhe njoftimin nga i cili erdhën.',
    },
  }),
]
