/** Doors of identification: crossings, inspections, consulates. */
import type { IndicatorQuery } from '../query.ts'
import { fromTrack } from './track.ts'

export const doorQueries: readonly IndicatorQuery[] = [
  fromTrack('door', 'crossings_regular', {
    code: 'crossings_registering_regularly',
    unit: '%',
    restsOn: ['BorderChildCheck'],
    indicators: ['S004-PROT-1.c.14-i1'],
    splits: ['county'],
    adds: false,
    definition: {
      en: 'Of the border crossings, those that wrote down at least one child in each month of the period that has begun. Whether every child was written down no register can know.',
      sq: 'Nga pikat e kalimit kufitar, ato që regjistruan të paktën një fëmijë në çdo muaj të nisur të periudhës. Nëse u regjistrua çdo fëmijë, asnjë regjistër nuk e di.',
    },
  }),
  fromTrack('door', 'crossings_used', {
    code: 'crossings_with_the_register',
    unit: '%',
    restsOn: ['BorderChildCheck'],
    indicators: ['S002-PREV-1.a.3-i1'],
    splits: ['county'],
    adds: false,
    definition: {
      en: 'Of the border crossings, those that wrote down at least one child in the period.',
      sq: 'Nga pikat e kalimit kufitar, ato që regjistruan të paktën një fëmijë brenda periudhës.',
    },
  }),
  fromTrack('door', 'border_children', {
    code: 'children_registered_at_borders',
    restsOn: ['BorderChildCheck'],
    indicators: ['S004-PROT-1.c.14-i2'],
    splits: ['category', 'direction', 'crossing'],
    definition: {
      en: 'Children written down at border crossings in the period. A child who passes twice counts twice: no name is kept.',
      sq: 'Fëmijë të regjistruar në pikat e kalimit kufitar brenda periudhës. Kush kalon dy herë numërohet dy herë: emri nuk ruhet.',
    },
  }),
  fromTrack('door', 'joint_labour', {
    code: 'labour_cases_from_joint_inspections',
    restsOn: ['Inspection', 'Report', 'IdentificationRecord'],
    indicators: ['S004-PROT-1.c.8-i2'],
    splits: ['sector', 'status', 'sex', 'age', 'county'],
    operational: true,
    definition: {
      en: 'Files of the trafficking track opened in the period with labour among the forms, whose case began from the report of a labour inspection held together with police or tax. Adults are not tied to one inspection and are not counted.',
      sq: 'Dosje të trafikimit të hapura brenda periudhës me punën ndër format, rasti i të cilave nisi nga njoftimi i një inspektimi të përbashkët me policinë ose tatimet. Të rriturit nuk lidhen me një inspektim të caktuar dhe nuk numërohen.',
    },
  }),
  fromTrack('door', 'joint_inspections', {
    code: 'joint_inspections',
    restsOn: ['Inspection'],
    indicators: ['S004-PROS-1.c.1-i1'],
    splits: ['county', 'sector'],
    definition: {
      en: 'Labour inspections held in the period together with police or tax. Meetings among the three are not recorded apart.',
      sq: 'Inspektime pune të kryera brenda periudhës bashkë me policinë ose tatimet. Takimet mes të treve nuk regjistrohen veçmas.',
    },
  }),
  fromTrack('door', 'by_inspectors', {
    code: 'identified_by_labour_inspection',
    restsOn: ['Inspection', 'Report', 'IdentificationRecord'],
    indicators: ['S004-PREV-4.a.4-i1'],
    splits: ['subject', 'status', 'sex', 'age', 'county'],
    operational: true,
    definition: {
      en: 'Files of the trafficking track opened in the period that labour inspectors began or that came from an inspection. Each was told to the Responsible Authority; referrals to the police are not counted apart.',
      sq: 'Dosje të trafikimit të hapura brenda periudhës që i nisën inspektorët e punës ose që erdhën nga një inspektim. Për secilën u njoftua Autoriteti Përgjegjës; referimet në polici nuk numërohen veçmas.',
    },
  }),
  fromTrack('door', 'by_control', {
    code: 'identified_by_administrative_control',
    restsOn: ['Inspection', 'BorderChildCheck', 'IdentificationRecord'],
    indicators: ['S004-PREV-G4-i2'],
    splits: ['subject', 'status', 'county'],
    operational: true,
    definition: {
      en: 'Files of the trafficking track opened in the period that came from an inspection or a border crossing. What became of the offence is in the proceedings, not here.',
      sq: 'Dosje të trafikimit të hapura brenda periudhës që erdhën nga një inspektim ose nga një pikë kufitare. Çfarë ndodhi me veprën e tregojnë procedimet, jo kjo shifër.',
    },
  }),
  fromTrack('door', 'consular', {
    code: 'identified_by_consulates',
    restsOn: ['IdentificationRecord'],
    indicators: ['S004-PROT-3.a.2-i2'],
    splits: ['status', 'sex', 'age', 'form'],
    operational: true,
    definition: {
      en: 'Files of the trafficking track opened in the period at a consulate: people met abroad, taken up and helped from there.',
      sq: 'Dosje të trafikimit të hapura brenda periudhës në një përfaqësi konsullore: persona të takuar jashtë vendit, të marrë në ngarkim e të ndihmuar që andej.',
    },
  }),
  fromTrack('door', 'border_transfers', {
    code: 'transfers_from_border_units',
    restsOn: ['Case', 'Report'],
    indicators: ['S004-PROT-1.c.9-i5'],
    splits: ['county'],
    definition: {
      en: 'Cases that the border police reported and that their unit handed on to another in the period, by the county of the unit that handed on.',
      sq: 'Raste të njoftuara nga policia kufitare që njësia e tyre ia kaloi një njësie tjetër brenda periudhës, sipas qarkut të njësisë që i kaloi.',
    },
  }),
]
