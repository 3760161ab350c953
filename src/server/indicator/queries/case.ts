/** Cases, their files, measures, follow-up, referrals and deadlines. */
import { fromTotals, type IndicatorQuery } from '../query.ts'

const open = { measure: 'file', a: ['all'] }
const file = (
  code: string,
  what: string,
  indicators: readonly string[],
  definition: IndicatorQuery['definition'],
) =>
  fromTotals({
    code,
    version: 1,
    unit: '%',
    restsOn: ['Case', 'Assessment', 'Plan', 'IdentificationRecord'],
    operational: true,
    definition,
    indicators,
    totals: { n: { measure: 'file', a: [what] }, of: open, stock: true },
  })

export const caseQueries: readonly IndicatorQuery[] = [
  fromTotals({
    code: 'exploited_children_managed',
    version: 1,
    unit: 'n',
    restsOn: ['Case'],
    definition: {
      en: 'Cases open at the end of the period with a concern of economic exploitation: begging, recyclables, mines, agriculture, street vending, other work.',
      sq: 'Rastet e hapura në fund të periudhës me shqetësim për shfrytëzim ekonomik: lypje, mbledhje riciklimi, miniera, bujqësi, shitje në rrugë, punë tjetër.',
    },
    indicators: ['S000-NARR-i3'],
    totals: { n: { measure: 'case_open_group', a: ['economic_exploitation'] }, stock: true },
  }),
  fromTotals({
    code: 'urgent_cases',
    version: 1,
    unit: 'n',
    restsOn: ['Case'],
    definition: {
      en: 'Cases opened in the period whose risk (as it stands now) is high or immediate.',
      sq: 'Rastet e hapura brenda periudhës, rreziku i të cilave (siç është tani) është i lartë ose i menjëhershëm.',
    },
    indicators: ['S000-2.3.5-i1'],
    totals: {
      n: { measure: 'case_opened', a: ['high', 'immediate'] },
      own: { risk: { measure: 'case_opened', code: 'a' } },
    },
  }),
  fromTotals({
    code: 'returned_to_exploitation',
    version: 2,
    unit: '%',
    restsOn: ['Case', 'FollowUp'],
    definition: {
      en: 'Reopenings of the period that the worker judged on evidence, or a visit after closure found, to be renewed exploitation, against the cases closed in it.',
      sq: 'Rihapjet e periudhës që punonjësi i gjykoi me prova, ose vizita pas mbylljes i gjeti, si shfrytëzim të përsëritur, kundrejt rasteve të mbyllura në të.',
    },
    indicators: ['S000-2.3.9-i1'],
    totals: { n: { measure: 'reopening', a: ['yes'] }, of: { measure: 'case_closed' } },
  }),
  fromTotals({
    code: 'exploited_again_within_a_year',
    version: 1,
    unit: '%',
    restsOn: ['Case'],
    definition: {
      en: 'Of the cases closed in the period, those reopened within twelve months: the same cases, as they stand now.',
      sq: 'Nga rastet e mbyllura brenda periudhës, ato të rihapura brenda dymbëdhjetë muajve: të njëjtat raste, siç janë tani.',
    },
    indicators: ['S010-CORE-7'],
    totals: { n: { measure: 'case_closed', b: ['reopened'] }, of: { measure: 'case_closed' } },
  }),
  file('files_complete', 'complete', ['S004-PROT-3.b-i3', 'S010-CORE-5'], {
    en: 'Of the files of potential and official victims opened by the end of the period and open now, those with a risk level, a safety goal, an approved plan and a case manager. Regular reports in the file are not a record yet and do not count.',
    sq: 'Nga dosjet e viktimave të mundshme dhe zyrtare të hapura deri në fund të periudhës dhe ende të hapura, ato me nivel rreziku, objektiv sigurie, plan të miratuar dhe menaxher rasti. Raportet e rregullta në dosje nuk janë ende regjistrim dhe nuk numërohen.',
  }),
  file('files_with_safety_plan', 'safety', ['S004-PROT-2.b-i1'], {
    en: 'Of the files of potential and official victims opened by the end of the period and open now, those whose plan has a goal for safety.',
    sq: 'Nga dosjet e viktimave të mundshme dhe zyrtare të hapura deri në fund të periudhës dhe ende të hapura, ato ku plani ka objektiv për sigurinë.',
  }),
  file('files_with_plan', 'plan', ['S004-PROT-2.b-i2'], {
    en: 'Of the files of potential and official victims opened by the end of the period and open now, those with an approved individual protection plan.',
    sq: 'Nga dosjet e viktimave të mundshme dhe zyrtare të hapura deri në fund të periudhës dhe ende të hapura, ato me plan individual mbrojtjeje të miratuar.',
  }),
  fromTotals({
    code: 'measures_for_work_or_begging',
    version: 1,
    unit: 'n',
    restsOn: ['ProtectionMeasure', 'Case'],
    definition: {
      en: 'Protection measures on the ground of work or begging that began in the period; proposed and refused ones are not counted.',
      sq: 'Masa mbrojtjeje për shkak të punës ose lypjes që nisën brenda periudhës; të propozuarat dhe të refuzuarat nuk numërohen.',
    },
    indicators: ['S000-NARR-i4'],
    totals: {
      n: { measure: 'measure', b: ['work', 'begging'] },
      own: { measure: { measure: 'measure', code: 'a' }, ground: { measure: 'measure', code: 'b' } },
    },
  }),
  fromTotals({
    code: 'measures_decided',
    version: 1,
    unit: 'n',
    restsOn: ['ProtectionMeasure', 'Case'],
    definition: {
      en: 'Protection measures that began in the period, by kind and ground.',
      sq: 'Masa mbrojtjeje që nisën brenda periudhës, sipas llojit dhe shkakut.',
    },
    indicators: [],
    totals: {
      n: { measure: 'measure' },
      own: { measure: { measure: 'measure', code: 'a' }, ground: { measure: 'measure', code: 'b' } },
    },
  }),
  fromTotals({
    code: 'follow_ups_made',
    version: 1,
    unit: 'n',
    restsOn: ['FollowUp', 'Case'],
    definition: {
      en: 'Follow-up visits due in the period that were made, in time or late; each is recorded with what was found.',
      sq: 'Vizita ndjekëse me afat brenda periudhës që u kryen, në kohë ose me vonesë; secila regjistrohet me gjetjet.',
    },
    indicators: ['S004-PROT-3.b.1-i2'],
    totals: {
      n: { measure: 'follow_up', b: ['in_time', 'late'] },
      own: { month: { measure: 'follow_up', code: 'a' } },
    },
  }),
  fromTotals({
    code: 'a_year_after',
    version: 1,
    unit: '%',
    restsOn: ['FollowUp', 'Case', 'IdentificationRecord'],
    operational: true,
    definition: {
      en: 'Of the potential and official victims whose twelfth month after closure fell in the period, those found not exploited again. How they live is another figure; the split shows whom nobody saw.',
      sq: 'Nga viktimat e mundshme dhe zyrtare, muaji i dymbëdhjetë pas mbylljes i të cilave bie në periudhë, ato të gjetura pa shfrytëzim të ri. Si jetojnë është tregues tjetër; ndarja tregon kë nuk e pa askush.',
    },
    indicators: [],
    totals: {
      n: { measure: 'outcome_12', b: ['no'] },
      of: { measure: 'outcome_12' },
      own: { seen: { measure: 'outcome_12', code: 'a' } },
    },
  }),
  fromTotals({
    code: 'deadlines_kept',
    version: 1,
    unit: '%',
    restsOn: ['Clock'],
    definition: {
      en: 'Of the legal deadlines that began in the period and have ended or passed, those kept.',
      sq: 'Nga afatet ligjore që nisën brenda periudhës dhe kanë mbaruar ose kaluar, ato të respektuara.',
    },
    indicators: ['S010-CORE-8'],
    by: ['municipality'],
    totals: { n: { measure: 'clock', b: ['kept'] }, of: { measure: 'clock', b: ['kept', 'missed'] } },
  }),
  fromTotals({
    code: 'waiting_for_service',
    version: 1,
    unit: 'days',
    restsOn: ['Referral'],
    definition: {
      en: 'Mean number of days from sending a referral to the start of the service, for services that started in the period.',
      sq: 'Mesatarja e ditëve nga dërgimi i referimit deri te fillimi i shërbimit, për shërbimet që nisën brenda periudhës.',
    },
    indicators: ['S004-PREV-3.a-i2', 'S010-CORE-4'],
    totals: {
      n: { measure: 'referral_wait', sum: true },
      of: { measure: 'referral_wait' },
      own: { service: { measure: 'referral_wait', code: 'b' } },
    },
  }),
  fromTotals({
    code: 'referrals_answered_in_time',
    version: 1,
    unit: '%',
    restsOn: ['Referral'],
    definition: {
      en: 'Of the referrals sent in the period with a deadline for the receipt, those acknowledged within it.',
      sq: 'Nga referimet e dërguara brenda periudhës me afat për marrjen në dijeni, ato të pranuara brenda tij.',
    },
    indicators: ['S010-CORE-9'],
    totals: { n: { measure: 'referral_ack', a: ['in_time'] }, of: { measure: 'referral_ack' } },
  }),
  fromTotals({
    code: 'health_referrals_accepted',
    version: 1,
    unit: '%',
    restsOn: ['Referral'],
    definition: {
      en: 'Of the referrals for health and psychological help sent in the period that were answered or expired, those accepted.',
      sq: 'Nga referimet për ndihmë shëndetësore dhe psikologjike të dërguara brenda periudhës që morën përgjigje ose skaduan, ato të pranuara.',
    },
    indicators: ['S000-2.5.2-i1'],
    totals: {
      n: {
        measure: 'referral_service',
        a: ['health_check', 'treatment', 'psychological_support'],
        b: ['ACCEPTED', 'IN_SERVICE', 'COMPLETED'],
      },
      of: {
        measure: 'referral_service',
        a: ['health_check', 'treatment', 'psychological_support'],
        b: ['ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'DECLINED', 'EXPIRED'],
      },
    },
  }),
  fromTotals({
    code: 'institutions_at_conferences',
    version: 1,
    unit: '%',
    restsOn: ['CaseConference'],
    definition: {
      en: 'Of the institutions invited to case conferences of the period, those that came.',
      sq: 'Nga institucionet e ftuara në mbledhjet e rastit të periudhës, ato që erdhën.',
    },
    indicators: ['S010-CORE-10'],
    by: ['municipality'],
    totals: { n: { measure: 'attendance', b: ['present'] }, of: { measure: 'attendance' } },
  }),
]
