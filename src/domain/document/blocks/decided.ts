/** Measures, court, placement, formal identification, return: what is decided about a child, and what is still to be filled in. */
import type { Placement } from '../../placement/state.ts'
import type { Making, MeasureSeen } from '../file.ts'
import {
  blank,
  block,
  coded,
  dayIn,
  dayOf,
  facts,
  languageIn,
  orHidden,
  said,
  section,
  table,
} from '../parts.ts'

const interpreterOf = (m: Making): string => {
  const { interpreter } = m.file.state.alerts
  return interpreter === null ? blank : languageIn(m, interpreter)
}

const measureRows = (m: Making, one: MeasureSeen) =>
  [
    [m.t('document.measure'), m.t(`casePage.measure_${one.kind}`)],
    [m.t('document.ground'), m.t(`casePage.ground_${one.ground}`)],
    [m.t('document.parents'), m.t(`casePage.parents_${one.parents}`)],
    [m.t('document.proposed_on'), dayOf(one.proposedAt)],
    [m.t('document.why'), orHidden(m, said(m.file, one.id, 'reason'))],
    [m.t('document.status'), m.t(`casePage.measure_status_${one.status}`)],
    [m.t('document.decided_by'), coded(m, 'casePage.decider_', one.decidedBy)],
    [m.t('document.decided_on'), dayIn(one.decidedOn)],
    [m.t('document.in_force_from'), dayIn(one.from)],
    [m.t('document.in_force_until'), dayIn(one.until)],
    [m.t('document.court_ref'), one.courtRef],
    [m.t('document.decision_words'), said(m.file, one.id, 'decision')],
  ] as const

export const measures = block('T3', (m) => [
  section(m.t('document.measures'), {
    paragraphs: m.file.measures.length === 0 ? [m.t('casePage.measures_none')] : [],
    tables: m.file.measures.map((one) => facts(m, m.t(`casePage.measure_${one.kind}`), measureRows(m, one))),
  }),
])

/** The decision itself, ready for the director's hand; the court hears of it within the term of the rule book (D10, D11). */
export const emergency = block('T3', (m) => {
  const one = m.file.measures.filter((measure) => measure.kind === 'emergency').at(-1)
  return [
    section(m.t('document.emergency'), {
      paragraphs: [
        m.t('document.emergency_text'),
        ...(one === undefined ? [m.t('document.emergency_none')] : []),
        m.t('document.emergency_court'),
      ],
      tables: [
        facts(
          m,
          m.t('document.measure'),
          one === undefined
            ? [
                [m.t('document.ground'), blank],
                [m.t('document.why'), blank],
                [m.t('document.in_force_from'), blank],
              ]
            : measureRows(m, one),
        ),
        facts(m, m.t('document.decision'), [
          [m.t('document.decision_number'), blank],
          [m.t('document.where_placed'), m.t('document.not_printed')],
          [m.t('document.told_parents'), blank],
        ]),
      ],
    }),
  ]
})

/** What the unit has planned stands in the request; where it is never does. */
export const placement = block('T3', (m) => {
  const planned = m.file.state.care.placements.find((one) => one.status === 'planned')
  return [placementSection(m, planned)]
})
const placementSection = (m: Making, planned: Placement | undefined) =>
  section(m.t('document.placement'), {
    paragraphs: [m.t('document.placement_text')],
    tables: [
      facts(m, m.t('document.placement_need'), [
        [m.t('document.to_institution'), m.to ?? blank],
        [m.t('document.kind_of_care'), planned ? m.t(`placementPage.kind_${planned.kind}`) : blank],
        [m.t('document.from'), planned ? dayIn(planned.from) : blank],
        [m.t('document.how_long'), planned?.until ? dayIn(planned.until) : blank],
        [m.t('document.siblings'), blank],
        [m.t('document.needs'), blank],
        [m.t('document.language_diet'), interpreterOf(m)],
        [m.t('document.contact_family'), blank],
        [m.t('document.where_placed'), m.t('document.not_printed')],
      ]),
      facts(m, m.t('document.placement_answer'), [
        [m.t('document.accepted_yes_no'), blank],
        [m.t('document.reason'), blank],
        [m.t('document.free_from'), blank],
      ]),
    ],
  })

const checklist = [
  'check_representative',
  'check_psychologist',
  'check_woman',
  'check_interpreter',
  'check_one_interview',
  'check_room',
  'check_recorded',
  'check_rights',
  'check_no_confrontation',
  'check_conflict',
] as const
/** The conditions of the formal interview (domain specification, section 6): each is met, or why not is written. */
export const interview = block('T2', (m) => [
  section(m.t('document.interview'), {
    paragraphs: [m.t('document.interview_text')],
    tables: [
      facts(m, m.t('document.interview_facts'), [
        [m.t('document.day_and_hour'), blank],
        [m.t('document.place'), blank],
        [m.t('document.representative'), blank],
        [m.t('document.language'), interpreterOf(m)],
      ]),
      table(
        m.t('document.checklist'),
        [m.t('document.condition'), m.t('document.yes_no'), m.t('document.why_not')],
        checklist.map((key) => [m.t(`document.${key}`), '_____', blank]),
      ),
    ],
  }),
])
export const statusDecision = block('T2', (m) => {
  const last = m.file.identifications.at(0)
  return [
    section(m.t('document.status_decision'), {
      paragraphs: [m.t('document.status_equal')],
      tables: [
        facts(m, m.t('document.status_decision'), [
          [m.t('document.status'), last === undefined ? blank : m.t(`casePage.vmt_${last.status}`)],
          [m.t('document.day'), last === undefined ? blank : dayIn(last.on)],
          [m.t('document.reasons'), blank],
        ]),
      ],
    }),
  ]
})

/** Before a return: who is told, what was assessed, who receives. Nobody is told where the child is now. */
export const returnNotice = block('T3', (m) => [
  section(m.t('document.return_notice'), {
    paragraphs: [m.t('document.return_text')],
    tables: [
      facts(m, m.t('document.return_facts'), [
        [m.t('document.to_institution'), m.to ?? blank],
        [m.t('document.return_day'), blank],
        [m.t('document.return_place'), blank],
        [m.t('document.risk'), coded(m, 'document.risk_', m.file.state.risk)],
        [m.t('document.child_agrees'), blank],
        [m.t('document.travels_with'), blank],
        [m.t('document.receives'), blank],
      ]),
    ],
  }),
])
export const handover = block<unknown>('T2', (m) => [
  section(m.t('document.handover'), {
    tables: [
      table(
        m.t('document.handover_list'),
        [m.t('document.handed'), m.t('document.yes_no'), m.t('document.remark')],
        ['hand_child', 'hand_papers', 'hand_plan', 'hand_medicine', 'hand_belongings', 'hand_contact'].map(
          (key) => [m.t(`document.${key}`), '_____', blank],
        ),
      ),
    ],
  }),
])
