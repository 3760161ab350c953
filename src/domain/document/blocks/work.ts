/** The work on a case: assessments, conference, plan, services, follow-up, closure, hand-over. */
import type { DocumentSection } from '../../reporting/document.ts'
import type { AssessmentSeen, ConferenceSeen, Making } from '../file.ts'
import {
  blank,
  block,
  coded,
  codes,
  dayIn,
  dayOf,
  facts,
  orHidden,
  plain,
  said,
  section,
  table,
  timeOf,
} from '../parts.ts'

type Form = AssessmentSeen['form']
const answered = (m: Making, heading: string, found: AssessmentSeen): DocumentSection =>
  section(heading, {
    paragraphs: [
      m.t('document.assessed', { day: dayOf(found.at), who: found.by, version: found.version }),
      ...(found.childSeenAt === null
        ? []
        : [m.t('document.child_seen', { when: timeOf(found.childSeenAt) })]),
    ],
    tables: found.sections
      .filter((part) => part.answers.length > 0)
      .map((part) =>
        table(
          part.title,
          [m.t('document.question'), m.t('document.answer')],
          part.answers.map((one) => [one.label, one.value ?? m.t('document.not_for_you')]),
        ),
      ),
  })
const assessments = (m: Making, form: Form, every: boolean): readonly DocumentSection[] => {
  // A paper of one assessment says nothing of the other forms.
  if (m.about !== null && m.about.of !== form && assessed.has(m.about.of)) return []
  const found = m.file.assessments.filter((one) => one.form === form)
  const title = m.t(`casePage.form_${form}`)
  if (found.length === 0) return [section(title, { paragraphs: [m.t('casePage.assessments_none')] })]
  return every && found.length > 1
    ? found.map((one) => answered(m, `${title}, ${dayOf(one.at)}`, one))
    : found.slice(-1).map((one) => answered(m, title, one))
}
const assessed: ReadonlySet<string> = new Set<Form>(['initial', 'comprehensive', 'best_interests'])
export const initial = block('T4', (m) => assessments(m, 'initial', false))
export const comprehensive = block('T4', (m) => assessments(m, 'comprehensive', false))
export const bestInterests = block('T4', (m) => assessments(m, 'best_interests', false))
export const everyInitial = block('T4', (m) => assessments(m, 'initial', true))
export const everyComprehensive = block('T4', (m) => assessments(m, 'comprehensive', true))
export const everyBestInterests = block('T4', (m) => assessments(m, 'best_interests', true))

/** To institutions, before anybody agreed to anything: a coded, a day, a place; no name, no reason. */
export const invitation = block('T2', (m) => [
  section(m.t('document.invitation'), {
    paragraphs: [
      m.t('document.invitation_text', {
        code: m.file.state.code,
        unit: m.file.unit,
        municipality: m.file.municipality,
      }),
      m.t('document.invitation_names'),
    ],
    tables: [
      facts(m, m.t('document.meeting'), [
        [m.t('document.to_institution'), m.to ?? blank],
        [m.t('document.day_and_hour'), m.file.call === null ? blank : timeOf(m.file.call.plannedAt)],
        [m.t('document.place'), m.file.call?.place ?? blank],
        [m.t('document.answer_by'), blank],
        [m.t('document.phone'), m.file.unitPhone ?? blank],
      ]),
      table(
        m.t('document.agenda'),
        ['#', m.t('document.point')],
        ['agenda_situation', 'agenda_needs', 'agenda_plan', 'agenda_tasks'].map((key, at) => [
          String(at + 1),
          m.t(`document.${key}`),
        ]),
      ),
    ],
  }),
])

const noMeeting = (m: Making): readonly DocumentSection[] => [
  section(m.t('document.minutes'), { paragraphs: [m.t('casePage.conferences_none')] }),
]
const meetingOf = (m: Making, meeting: ConferenceSeen, heading: string): readonly DocumentSection[] => {
  const words = said(m.file, meeting.id, 'childWords')
  return [
    section(heading, {
      paragraphs: [
        meeting.sealed && m.file.tier < 4
          ? m.t('document.not_for_you')
          : orHidden(m, said(m.file, meeting.id, 'minutes')),
        ...(words === null ? [] : [`«${words}»`]),
      ],
      tables: [
        facts(m, m.t('document.meeting'), [
          [m.t('document.day'), dayIn(meeting.heldOn)],
          [m.t('document.place'), said(m.file, meeting.id, 'place')],
          [m.t('document.child_part'), coded(m, 'casePage.part_', meeting.childPart)],
          [m.t('document.family_part'), coded(m, 'casePage.part_', meeting.familyPart)],
          [m.t('document.decisions'), codes(m, 'casePage.decision_', meeting.decisions)],
        ]),
        table(
          m.t('document.attendance'),
          [m.t('document.institution'), m.t('document.came'), m.t('document.signature')],
          meeting.attendance.map((one) => [
            one.institution,
            one.present
              ? m.t('document.yes')
              : `${m.t('document.no')}, ${coded(m, 'casePage.absence_', one.absence)}`,
            one.present ? blank : '–',
          ]),
        ),
        ...(meeting.resolutions.length === 0
          ? []
          : [
              table(
                m.t('document.resolved'),
                [m.t('document.responsible'), m.t('document.service'), m.t('document.due')],
                meeting.resolutions.map((one) => [
                  one.institution,
                  m.t(`casePage.service_${one.service}`),
                  dayIn(one.due),
                ]),
              ),
            ]),
      ],
    }),
  ]
}
/** One meeting: the one that is meant, otherwise the newest. */
export const minutes = block('T4', (m) => {
  const meeting = m.file.conferences.at(-1)
  return meeting === undefined ? noMeeting(m) : meetingOf(m, meeting, m.t('document.minutes'))
})
export const everyMinutes = block('T4', (m) => {
  const { conferences } = m.file
  const title = m.t('document.minutes')
  if (conferences.length === 0) return noMeeting(m)
  return conferences.flatMap((one) =>
    meetingOf(m, one, conferences.length === 1 ? title : `${title}, ${dayIn(one.heldOn)}`),
  )
})

export const plan = block('T3', (m) => {
  const { plan: p } = m.file.state
  if (p === null) return [section(m.t('casePage.plan_title'), { paragraphs: [m.t('casePage.plan_none')] })]
  const money = (lek: number | null): string => (lek === null ? '–' : String(lek))
  return [
    section(m.t('casePage.plan_title'), {
      paragraphs: [
        p.approvedAt === null
          ? m.t('document.plan_draft', { n: p.number })
          : m.t('document.plan_approved', { n: p.number, day: dayOf(p.approvedAt) }),
        ...(p.childView === null
          ? []
          : [m.t('document.child_thinks', { view: m.t(`casePage.child_view_${p.childView}`) })]),
        orHidden(m, said(m.file, p.id, 'summary')),
      ],
      tables: p.goals.map((goal) =>
        table(
          `${m.t(`casePage.area_${goal.area}`)}: ${orHidden(m, said(m.file, goal.id, 'text'))} (${m.t(`casePage.goal_${goal.status}`)})`,
          [
            m.t('document.action'),
            m.t('document.responsible'),
            m.t('document.due'),
            m.t('document.cost_lek'),
            m.t('document.funding'),
            m.t('document.status'),
          ],
          m.file.actions
            .filter((action) => action.goalId === goal.id)
            .map((action) => [
              `${m.t(`casePage.service_${action.service}`)}: ${orHidden(m, said(m.file, action.id, 'text'))}`,
              action.institution ?? '–',
              dayIn(action.due),
              money(action.costLek),
              coded(m, 'casePage.funding_', action.funding),
              m.t(`casePage.action_${action.status}`),
            ]),
        ),
      ),
    }),
  ]
})

/** The plan as it stands belongs to the newest meeting, or to the one that it lay before; no other's paper carries it. */
export const meetingPlan = block('T3', (m) => {
  const { conferences, plan: now } = m.file.state
  const printed = m.file.conferences.at(-1)
  const newest = conferences.at(-1)
  const tabled = conferences.find((one) => one.id === printed?.id)?.planId
  const fits = printed === undefined || printed.id === newest?.id || (now !== null && tabled === now.id)
  return fits ? plan.make(m) : []
})

export const services = block('T2', (m) => [
  section(m.t('document.services'), {
    paragraphs: m.file.services.length === 0 ? [m.t('document.none_recorded')] : [],
    tables:
      m.file.services.length === 0
        ? []
        : [
            table(
              m.t('document.services'),
              [
                m.t('document.service'),
                m.t('document.provider'),
                m.t('document.for_whom'),
                m.t('document.from'),
                m.t('document.until'),
              ],
              m.file.services.map((one) => [
                m.t(`casePage.service_${one.service}`),
                one.provider,
                m.t(`casePage.beneficiary_${one.beneficiary}`),
                dayIn(one.from),
                dayIn(one.until),
              ]),
            ),
          ],
  }),
])

export const followUps = block('T3', (m) => [
  section(m.t('document.follow_ups'), {
    paragraphs: [
      ...(m.file.followUps.length === 0 ? [m.t('document.none_recorded')] : []),
      ...m.file.texts
        .filter((text) => text.name === 'findings')
        .map((text) => `${dayOf(text.at)}: ${plain(text.body)}`),
    ],
    tables:
      m.file.followUps.length === 0
        ? []
        : [
            table(
              m.t('document.visits'),
              [
                m.t('document.month'),
                m.t('document.due'),
                m.t('document.seen_on'),
                m.t('document.seen'),
                m.t('document.again'),
              ],
              m.file.followUps.map((one) => [
                String(one.month),
                dayIn(one.due),
                dayIn(one.seenOn),
                coded(m, 'casePage.seen_', one.seen),
                coded(m, 'casePage.again_', one.reexploited),
              ]),
            ),
          ],
  }),
])

export const closure = block('T3', (m) => {
  const { closure: c, closedAt } = m.file.state
  const last = (name: string): string | null => {
    const found = m.file.texts.filter((text) => text.name === name).at(-1)
    return found === undefined ? null : plain(found.body)
  }
  return [
    section(m.t('document.closure'), {
      paragraphs: c === null ? [m.t('document.not_closed')] : [],
      tables:
        c === null
          ? []
          : [
              facts(m, m.t('document.closure'), [
                [m.t('document.why'), m.t(`casePage.closure_${c.reason}`)],
                [m.t('document.proposed_on'), dayOf(c.proposedAt)],
                [m.t('document.closed_on'), dayOf(closedAt)],
                [m.t('document.explanation'), orHidden(m, last('explanation'))],
                [m.t('document.child_view'), orHidden(m, last('childWords'))],
                [m.t('document.caregiver_view'), orHidden(m, last('caregiverWords'))],
                [m.t('document.services_continuing'), orHidden(m, last('servicesContinuing'))],
                [m.t('document.whom_to_call'), orHidden(m, last('whomToCall'))],
              ]),
            ],
    }),
  ]
})

export const transfer = block('T3', (m) => {
  const { transfer: t } = m.file.state
  return [
    section(m.t('document.transfer'), {
      paragraphs: [
        t === null
          ? m.t('document.no_transfer')
          : m.t('document.transfer_text', { to: m.file.transferTo ?? '–', day: dayOf(t.requestedAt) }),
        ...(t === null ? [] : [orHidden(m, said(m.file, t.id, 'reason'))]),
        m.t('document.transfer_rule'),
      ],
    }),
  ]
})
