/** Reports: who told, by which way, of what; by the day on which it happened. */
import { children, fromTotals, type IndicatorQuery } from '../query.ts'

const own = { source: { measure: 'report', code: 'a' }, channel: { measure: 'report', code: 'b' } } as const
const place = ['municipality'] as const

const from = (
  code: string,
  indicators: readonly string[],
  definition: IndicatorQuery['definition'],
  pick: { measure: string; a?: readonly string[]; b?: readonly string[]; sum?: true },
): IndicatorQuery =>
  fromTotals({
    code,
    version: 1,
    unit: 'n',
    restsOn: ['Report'],
    definition,
    indicators,
    by: place,
    totals: { n: pick, ...(pick.measure === 'report' && pick.sum !== true ? { own } : {}) },
  })

export const reportQueries: readonly IndicatorQuery[] = [
  from(
    'reports_by_lines',
    ['S004-PREV-G1-i2'],
    {
      en: 'Reports of the period that came by line 116 006 or by an application. Calls that led to no report are not in the register.',
      sq: 'Njoftimet e periudhës që erdhën nga linja 116 006 ose nga një aplikacion. Telefonatat pa njoftim nuk janë në regjistër.',
    },
    { measure: 'report', b: ['116006', 'app'] },
  ),
  from(
    'reports_from_services',
    ['S004-PREV-G1-i3'],
    {
      en: 'Reports of the period made by shelters, day centres, child protection units and civil society organisations.',
      sq: 'Njoftimet e periudhës nga strehëzat, qendrat ditore, njësitë e mbrojtjes së fëmijëve dhe organizatat e shoqërisë civile.',
    },
    { measure: 'report', a: ['shelter', 'day_centre', 'cpu', 'ngo'] },
  ),
  from(
    'reports_of_trafficking_by_public',
    ['S004-PREV-1.a-i4'],
    {
      en: 'Reports of the period by citizens, by those concerned themselves or through a line, with a concern of trafficking.',
      sq: 'Njoftimet e periudhës nga qytetarë, nga vetë të prekurit ose përmes një linje, me shqetësim për trafikim.',
    },
    { measure: 'report_group', a: ['trafficking'], b: ['public', 'self', 'hotline'] },
  ),
  from(
    'reports_of_trafficking_by_health',
    ['S004-PREV-1.d-i2', 'S004-PREV-1.d.1-i2'],
    {
      en: 'Reports of the period by health staff with a concern of trafficking.',
      sq: 'Njoftimet e periudhës nga personeli shëndetësor me shqetësim për trafikim.',
    },
    { measure: 'report_group', a: ['trafficking'], b: ['health'] },
  ),
  from(
    'reports_by_health',
    ['S004-PREV-1.d.3-i1', 'S004-PREV-1.d.5-i4'],
    { en: 'Reports of the period by health staff.', sq: 'Njoftimet e periudhës nga personeli shëndetësor.' },
    { measure: 'report', a: ['health'] },
  ),
  from(
    'children_reported_by_schools',
    ['S002-PREV-G5-i2'],
    {
      en: 'Children told of in reports of schools and education offices about the period. A child told of twice counts twice.',
      sq: 'Fëmijë të përmendur në njoftimet e shkollave dhe zyrave arsimore për periudhën. Fëmija i përmendur dy herë numërohet dy herë.',
    },
    { measure: 'report', a: ['school', 'education'], sum: true },
  ),
  from(
    'child_labour_by_inspectorate',
    ['S002-PREV-6.a.6-i2'],
    {
      en: 'Reports of the period by the labour inspectorate with a concern of economic exploitation.',
      sq: 'Njoftimet e periudhës nga inspektorati i punës me shqetësim për shfrytëzim ekonomik.',
    },
    { measure: 'report_group', a: ['economic_exploitation'], b: ['labour_inspectorate'] },
  ),
  from(
    'children_reported_by_inspectorate',
    ['S000-2.8.2-i1'],
    {
      en: 'Children told of in reports of the labour inspectorate about the period. A child told of twice counts twice.',
      sq: 'Fëmijë të përmendur në njoftimet e inspektoratit të punës për periudhën. Fëmija i përmendur dy herë numërohet dy herë.',
    },
    { measure: 'report', a: ['labour_inspectorate'], sum: true },
  ),
  from(
    'reports_of_field_teams',
    ['S000-2.1.2-i1'],
    {
      en: 'Reports of field teams about the period: each is a case identified, and passed on to a child protection unit by being sent.',
      sq: 'Njoftimet e ekipeve në terren për periudhën: secili është rast i identifikuar dhe, duke u dërguar, i referuar te njësia e mbrojtjes së fëmijëve.',
    },
    { measure: 'report', a: ['field_team'] },
  ),
  from(
    'reports_of_mining',
    ['S000-2.6.3-i1'],
    {
      en: 'Reports about the period with the concern «work in mines»; children in them are not counted one by one.',
      sq: 'Njoftimet për periudhën me shqetësimin «punë në miniera»; fëmijët në to nuk numërohen një nga një.',
    },
    { measure: 'report_concern', a: ['mining'] },
  ),
  fromTotals({
    code: 'children_met_by_field_teams',
    version: 1,
    unit: 'n',
    restsOn: ['Report', 'Person'],
    definition: {
      en: 'Different children in reports of field teams about the period. A child met twice counts once.',
      sq: 'Fëmijë të ndryshëm në njoftimet e ekipeve në terren për periudhën. Fëmija i takuar dy herë numërohet një herë.',
    },
    indicators: ['S000-NARR-i2'],
    by: ['municipality', 'sex'],
    totals: { n: { measure: 'field_child' }, once: true },
  }),
  fromTotals({
    code: 'tips_about_officials',
    version: 1,
    unit: 'n',
    restsOn: ['IntegrityTip'],
    definition: {
      en: 'Sealed tips that an official is involved, of the period. Only their number leaves the seal.',
      sq: 'Njoftime të vulosura se është i përfshirë një zyrtar, të periudhës. Nga vula del vetëm numri i tyre.',
    },
    indicators: ['S004-PROS-2.a-i1'],
    by: [],
    totals: { n: { measure: 'tip' } },
  }),
  fromTotals({
    code: 'measures_on_tips',
    version: 1,
    unit: 'n',
    restsOn: ['IntegrityTip'],
    definition: {
      en: 'Measures of the period on sealed tips: verified, disciplinary, criminal report, unfounded or passed on.',
      sq: 'Masa të periudhës për njoftimet e vulosura: verifikim, masë disiplinore, kallëzim penal, i pabazuar ose i përcjellë.',
    },
    indicators: ['S004-PROS-2.a-i2'],
    by: [],
    totals: { n: { measure: 'tip_measure' } },
  }),
  fromTotals({
    code: 'children_helped',
    version: 1,
    unit: 'n',
    restsOn: ['Case', 'ServiceDelivery', 'Person'],
    definition: {
      en: 'Different children with a case at a child protection unit who received at least one service in the period.',
      sq: 'Fëmijë të ndryshëm me rast pranë një njësie të mbrojtjes së fëmijëve që morën të paktën një shërbim brenda periudhës.',
    },
    indicators: ['S001-CHILD-i1', 'S000-2.1.3-i1'],
    totals: { n: { measure: 'assisted' }, once: true, ages: children },
  }),
]
