/** Papers 11, 12 and 14 from the trafficking track: the joint interview, the safety plan, the return. Without a record: lines for a pen. */
import type { InterviewSeen, Making, Printed, ReturnSeen, Tracked } from '../file.ts'
import {
  blank,
  block,
  coded,
  codes,
  dayIn,
  dayOf,
  facts,
  languageIn,
  type Says,
  section,
  table,
  timeOf,
} from '../parts.ts'
import * as decided from './decided.ts'

/** What a tier hides reads otherwise than what nobody wrote. */
const open = (m: Making<Printed>, tier: 3 | 4, text: string | null): string =>
  m.file.tier < tier ? m.t('document.not_for_you') : (text ?? '–')
const page = (key: string) => `interviewPage.${key}`

const conditions = (m: Making<Printed>, one: InterviewSeen) =>
  table(
    m.t('document.checklist'),
    [m.t('document.condition'), m.t('document.yes_no'), m.t('document.why_not')],
    one.items.map((item) => [
      m.t(page(`item_${item.code}`)),
      m.t(item.met ? 'document.yes' : 'document.no'),
      item.met ? '' : open(m, 3, item.reason),
    ]),
  )

/** Where its recording lies is printed nowhere; what was said only for a reader of the sensitive tier. */
export const heldOf = (m: Making<Printed>, one: InterviewSeen) => {
  const where = one.room ?? open(m, 3, one.place)
  return [
    section(m.t('document.interview'), {
      paragraphs: [m.t('document.interview_text')],
      tables: [
        facts(m, m.t('document.interview_facts'), [
          [m.t('document.number'), String(one.number)],
          [m.t('document.status'), m.t(page(`state_${one.state}`))],
          [m.t('document.day_and_hour'), timeOf(one.heldAt ?? one.plannedAt)],
          [m.t('document.place'), where],
          ...(one.noRoom === null
            ? []
            : [[m.t(page('why_no_room')), m.t(page(`no_room_${one.noRoom}`))] as const]),
          // A child has somebody who speaks for it; an adult has asked.
          one.askedOn === null
            ? [m.t('document.representative'), coded(m, page('basis_'), one.representativeBasis)]
            : [m.t(page('asked_on')), dayIn(one.askedOn)],
          [m.t('document.language'), one.language === null ? '–' : languageIn(m, one.language)],
          [m.t(page('minutes')), one.minutes === null ? null : String(one.minutes)],
          [m.t(page('breaks')), one.breaks === null ? null : String(one.breaks)],
          [m.t(page('recording')), coded(m, page('recording_'), one.recording)],
          ...(one.repeats === null
            ? []
            : [[m.t(page('repeat_reason')), m.t(page(`repeat_${one.repeats}`))] as const]),
        ]),
        table(
          m.t(page('participants')),
          [m.t('document.who'), m.t('document.name')],
          m.file.tier < 3
            ? one.roles.map((role) => [m.t(page(`role_${role}`)), m.t('document.not_for_you')])
            : one.participants.map(({ role, name, office }) => [
                m.t(page(`role_${role}`)),
                [name, office].filter((part) => part).join(', '),
              ]),
        ),
        ...(one.items.length === 0 ? [] : [conditions(m, one)]),
        facts(m, m.t(page('notes')), [[m.t(page('notes')), open(m, 4, one.notes)]]),
      ],
    }),
  ]
}
export const interviewHeld = block('T4', (m) => {
  const one = m.file.track.interview
  return one === null ? decided.interview.make(m) : heldOf(m, one)
})

const signature = (
  m: Says,
  one: { readonly body: string; readonly by: string; readonly at: string } | null,
) => (one === null ? blank : `${m.t(page(`body_${one.body}`))}, ${one.by}, ${dayOf(one.at)}`)

/** Two accounts of two bodies, and for a child's non-confirmation the second review (domain specification 3.4). */
export const decidedOf = (m: Making<Printed>, one: InterviewSeen, conclusion: string) => {
  return [
    section(m.t('document.status_decision'), {
      paragraphs: [m.t('document.status_equal')],
      tables: [
        facts(m, m.t('document.status_decision'), [
          [m.t(page('conclusion')), m.t(page(`conclusion_${conclusion}`))],
          [m.t('document.day'), one.concludedAt === null ? blank : dayOf(one.concludedAt)],
          [m.t(page('articles')), one.articles.join(', ')],
          [m.t(page('elements')), codes(m, page('element_'), one.elements)],
          [m.t(page('basis')), open(m, 3, one.basis)],
          [m.t(page('proposed_by')), signature(m, one.proposed)],
          [
            m.t(page('signed_by')),
            `${signature(m, one.signed)}${one.signed?.agrees === false ? `: ${m.t(page('differs'))}` : ''}`,
          ],
          ...(one.dissent === null ? [] : [[m.t(page('dissent')), one.dissent] as const]),
          ...(one.reviewed === null
            ? []
            : ([
                [
                  m.t(page('reviewed_by')),
                  `${m.t(page(`review_${one.reviewed.decision}`))}, ${one.reviewed.by}, ${dayOf(one.reviewed.at)}`,
                ],
                [m.t(page('review_reasons')), open(m, 3, one.review)],
              ] as const)),
        ]),
      ],
    }),
  ]
}
export const interviewDecided = block('T3', (m) => {
  const one = m.file.track.interview
  return one === null || one.conclusion === null
    ? decided.statusDecision.make(m)
    : decidedOf(m, one, one.conclusion)
})

const assisted = (key: string) => `assistancePage.${key}`
/** The newest assessment of danger and the plan that stands; what they say is of the sensitive tier. */
export const safety = block<Tracked>('T4', (m) => {
  const { risk, plan } = m.file.track
  const pen = m.file.tier < 4 ? m.t('document.not_for_you') : blank
  return [
    section(m.t('document.safety'), {
      paragraphs: [m.t('document.safety_text'), ...(risk === null ? [m.t('document.safety_none')] : [])],
      tables: [
        facts(m, m.t('document.safety_risk'), [
          [m.t(assisted('risk_level')), risk === null ? blank : m.t(`document.risk_${risk.level}`)],
          [m.t('document.set_on'), risk === null ? blank : `${dayIn(risk.on)}, ${risk.by}`],
          [
            m.t(assisted('dangers')),
            risk === null ? pen : open(m, 4, codes(m, assisted('danger_'), risk.dangers)),
          ],
          [
            m.t(assisted('living')),
            risk === null ? pen : open(m, 4, risk.living && m.t(assisted(`living_${risk.living}`))),
          ],
          [m.t(assisted('risk_words')), risk === null ? pen : open(m, 4, risk.words)],
        ]),
        facts(m, m.t('document.safety_plan'), [
          [m.t('document.day'), plan === null ? blank : `${dayIn(plan.on)}, ${plan.by}`],
          [m.t(assisted('plan_measures')), plan === null ? pen : open(m, 4, plan.measures)],
          [m.t(assisted('plan_contact')), plan === null ? pen : open(m, 4, plan.contact)],
          [
            m.t(assisted('plan_police')),
            plan === null
              ? pen
              : open(m, 4, plan.police === null ? null : m.t(plan.police ? 'document.yes' : 'document.no')),
          ],
          [m.t(assisted('plan_review')), plan === null ? blank : dayIn(plan.reviewOn)],
        ]),
      ],
    }),
  ]
})

const back = (key: string) => `returnsPage.${key}`
const willing = (m: Says, one: ReturnSeen): string =>
  one.consents
    .map(
      (said) =>
        `${one.subject === 'adult' ? '' : `${m.t(back(`who_${said.who}`))}: `}${m.t(back(said.withdrawnAt === null ? `answer_${said.answer}` : 'withdrawn'))}, ${dayIn(said.on)}`,
    )
    .join('; ')
/** A shelter is named in no paper. */
const receiverIn = (m: Says, one: ReturnSeen): string | null =>
  one.handedToShelter ? m.t('document.not_printed') : one.handedTo
/** It goes to the other side before the journey: neither what endangers the person nor where they are now stands in it. */
export const toldOf = (m: Making<Printed>, one: ReturnSeen) => {
  const panel = one.determination
  return [
    section(m.t('document.return_notice'), {
      paragraphs: [m.t('document.return_text')],
      tables: [
        facts(m, m.t('document.return_facts'), [
          [m.t(back('code')), one.code],
          [m.t(back('state')), m.t(back(`state_${one.state}`))],
          [m.t('document.to_institution'), m.to ?? one.counterpart ?? blank],
          [m.t(back('country')), `${one.country}, ${m.t(back(`direction_${one.direction}`))}`],
          [m.t(back('notice_on')), `${dayIn(one.noticeOn)}, ${m.t(back(`source_${one.source}`))}`],
          [m.t('document.return_day'), dayIn(one.travelOn ?? one.expectedOn)],
          [m.t(back('mode')), one.mode === null ? blank : m.t(back(`mode_${one.mode}`))],
          [m.t('document.return_place'), one.border ?? blank],
          [m.t(back('need')), open(m, 3, one.need)],
          [m.t('document.risk'), one.risk === null ? blank : m.t(`document.risk_${one.risk}`)],
          // An adult decides alone; what is best for a child a panel determines.
          ...(one.subject === 'adult'
            ? []
            : [
                [
                  m.t(back('determination')),
                  panel === null
                    ? blank
                    : `${m.t(back(`outcome_${panel.outcome}`))}, ${dayIn(panel.heldOn)}: ${m.t(
                        back(panel.second === null ? 'signed_half' : 'signed_by'),
                        { first: panel.first ?? '–', second: panel.second ?? '–' },
                      )}`,
                ] as const,
              ]),
          [m.t('document.child_agrees'), one.consents.length === 0 ? blank : willing(m, one)],
          [
            m.t('document.travels_with'),
            one.escorts.length === 0
              ? blank
              : one.escorts
                  .map(({ role, name }) =>
                    [m.t(back(`role_${role}`)), name].filter((part) => part).join(': '),
                  )
                  .join(', '),
          ],
          [m.t('document.receives'), receiverIn(m, one) ?? one.counterpart ?? blank],
        ]),
      ],
    }),
  ]
}
export const returnTold = block('T3', (m) => {
  const one = m.file.track.back
  return one === null ? decided.returnNotice.make(m) : toldOf(m, one)
})
/** The list for the pen stays; who received whom on which day stands above it once it is known. */
export const returnHanded = block<Tracked>('T3', (m) => {
  const one = m.file.track.back
  const list = decided.handover.make(m)
  if (one === null || one.receivedOn === null) return list
  const known = facts(m, m.t('document.handover'), [
    [m.t(back('state_RECEIVED')), dayIn(one.receivedOn)],
    [m.t(back('received_by')), open(m, 3, one.receivedBy)],
    [m.t(back('state_HANDED_TO_CASE')), one.handedOn === null ? blank : dayIn(one.handedOn)],
    [m.t(back('handed_to')), receiverIn(m, one) ?? blank],
    [m.t(back('handover')), one.handedOn === null ? blank : open(m, 3, one.handover)],
  ])
  return list.map((part) => ({ ...part, tables: [known, ...part.tables] }))
})
