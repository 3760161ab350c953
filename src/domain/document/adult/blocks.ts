/** What only the papers of an adult say; the rest is said by the blocks that a child's papers have too. */
import { isClosed } from '../../information-request.ts'
import { identification, formsOf as namesOfForms, screenings } from '../blocks/child.ts'
import { consentMeans, copies, notGiven, readers, rights } from '../blocks/given.ts'
import { decidedOf, heldOf, returnHanded, safety, toldOf } from '../blocks/track.ts'
import type { Making } from '../file.ts'
import {
  type Block,
  blank,
  block,
  bornIn,
  coded,
  codes,
  dayIn,
  dayOf,
  facts,
  orHidden,
  section,
  table,
} from '../parts.ts'
import type { AdultFile, AgreedSeen } from './file.ts'

type M = Making<AdultFile>
const part = (highest: 'T2' | 'T3' | 'T4', make: Block<AdultFile>['make']): Block<AdultFile> =>
  block<AdultFile>(highest, make)
const helped = (key: string) => `assistancePage.${key}`
const word = (key: string) => `adultPaper.${key}`
/** A shelter is named in no paper. */
const unnamed = (m: M, name: string | null): string => name ?? m.t('document.not_printed')

const whoIs = (m: M) => {
  const { identity } = m.file
  const hidden = m.t('document.not_for_you')
  const name = [identity?.givenName, identity?.familyName].filter((one) => one).join(' ')
  return [
    [m.t('document.case_code'), m.file.code],
    [m.t('document.name'), identity === null ? hidden : name || m.t('nrmPage.unnamed')],
    [m.t('document.born'), identity === null ? hidden : bornIn(identity.birth)],
    [m.t('document.sex'), m.t(`document.sex_${m.file.sex}`)],
  ] as const
}
const personShort = part('T3', (m) => [
  section(m.t(word('person')), { tables: [facts(m, m.t(word('about_person')), whoIs(m))] }),
])
const person = part('T3', (m) => [
  section(m.t(word('person')), {
    tables: [
      facts(m, m.t(word('about_person')), [
        ...whoIs(m),
        [m.t('document.citizenship'), m.file.citizenship],
        ...(m.file.identity === null
          ? []
          : [[m.t('document.other_names'), m.file.identity.otherNames] as const]),
      ]),
      facts(m, m.t('document.about_case'), [
        [m.t('document.opened'), dayOf(m.file.openedAt)],
        [m.t('document.track'), m.t(`nrmPage.status_${m.file.status}`)],
        [m.t('nrmPage.phase'), m.t(`nrmPage.phase_${m.file.phase ?? 'none'}`)],
        [m.t('document.manager'), m.file.manager],
        [m.t('document.unit'), m.file.unit],
        ...(m.file.again ? [[m.t('nrmPage.again'), m.t('document.yes')] as const] : []),
      ]),
    ],
  }),
])

/** Who met the person where, what was seen, and how they are reached without danger. */
const met = part('T3', (m) => [
  section(m.t('nrmPage.summary'), {
    paragraphs: [orHidden(m, m.file.summary)],
    tables: [
      facts(m, m.t('nrmPage.structure'), [
        [m.t('nrmPage.structure'), m.t(`web.role_${m.file.structure}`)],
        [m.t('nrmPage.door'), m.t(`nrmPage.door_${m.file.door}`)],
        [m.t('nrmPage.forms'), namesOfForms(m, m.file.forms)],
        [m.t('nrmPage.territory'), m.t(`nrmPage.territory_${m.file.territory}`)],
        [m.t('nrmPage.contact'), orHidden(m, m.file.contact)],
      ]),
    ],
  }),
])

const agreedRows = (m: M, one: AgreedSeen) =>
  [
    [m.t('document.purpose'), m.t(word(`purpose_${one.what}`))],
    ...(one.covers.length === 0
      ? []
      : [[m.t('document.covers'), codes(m, 'returnsPage.covers_', one.covers)] as const]),
    [m.t('returnsPage.answer'), m.t(`returnsPage.answer_${one.answer}`)],
    [m.t('document.day'), dayIn(one.on)],
    [m.t(word('answered_by')), m.t('nrmPage.by_self')],
    [m.t(word('own_words')), orHidden(m, one.words)],
    ...(one.answer === 'refused'
      ? []
      : ([
          [m.t('document.valid_until'), m.t('consent.until_withdrawn')],
          [m.t('document.withdrawn_on'), dayOf(one.withdrawnAt)],
        ] as const)),
  ] as const
/** What was recorded; where nothing was, lines for a pen. An adult signs for nobody else, and nobody for an adult. */
const agreed = part('T3', (m) => [
  section(m.t('document.consents'), {
    paragraphs: m.file.agreed.length === 0 ? [m.t('document.consent_blank')] : [],
    tables:
      m.file.agreed.length === 0
        ? [
            facts(
              m,
              m.t('document.consents'),
              ['purpose', 'recipients', 'covers', 'language', 'explained_by', 'valid_until'].map((key) => [
                m.t(`document.${key}`),
                blank,
              ]),
            ),
          ]
        : m.file.agreed.map((one) => facts(m, m.t(word(`purpose_${one.what}`)), agreedRows(m, one))),
  }),
])

const needs = part('T3', (m) => [
  section(m.t(helped('needs')), {
    paragraphs: m.file.needs.length === 0 ? [m.t(helped('needs_none'))] : [],
    tables:
      m.file.needs.length === 0
        ? []
        : [
            table(
              m.t(helped('needs')),
              [
                m.t(helped('need_kind')),
                m.t(helped('need_for')),
                m.t('document.day'),
                m.t('document.status'),
                m.t('document.words'),
              ],
              m.file.needs.map((one) => [
                m.t(`casePage.service_${one.kind}`),
                m.t(helped(`for_${one.beneficiary}`)),
                dayIn(one.foundOn),
                m.t(`outcomePage.state_${one.state}`),
                orHidden(m, one.words),
              ]),
            ),
          ],
  }),
])
const plan = part('T3', (m) => [
  section(m.t(word('plan')), {
    paragraphs: [m.t(word('plan_text')), ...(m.file.steps.length === 0 ? [m.t(helped('actions_none'))] : [])],
    tables:
      m.file.steps.length === 0
        ? []
        : [
            table(
              m.t(word('plan')),
              [
                m.t('document.service'),
                m.t('document.what'),
                m.t('document.responsible'),
                m.t('document.due'),
                m.t('document.cost_lek'),
                m.t('document.funding'),
                m.t('document.status'),
              ],
              m.file.steps.map((one) => [
                m.t(`casePage.service_${one.service}`),
                orHidden(m, one.words),
                unnamed(m, one.provider),
                dayIn(one.due),
                one.costLek === null ? '–' : String(one.costLek),
                m.t(`casePage.funding_${one.funding}`),
                m.t(helped(`action_${one.status}`)),
              ]),
            ),
          ],
  }),
])
const given = part('T2', (m) => [
  section(m.t('document.services'), {
    paragraphs: m.file.given.length === 0 ? [m.t(helped('services_none'))] : [],
    tables:
      m.file.given.length === 0
        ? []
        : [
            table(
              m.t('document.services'),
              [
                m.t('document.service'),
                m.t('document.for_whom'),
                m.t(helped('service_setting')),
                m.t('document.provider'),
                m.t('document.from'),
                m.t('document.until'),
              ],
              m.file.given.map((one) => [
                m.t(`casePage.service_${one.service}`),
                m.t(helped(`for_${one.beneficiary}`)),
                m.t(helped(`setting_${one.setting}`)),
                unnamed(m, one.provider),
                dayIn(one.from),
                dayIn(one.until),
              ]),
            ),
          ],
  }),
])

const interview = part('T4', (m) => {
  const one = m.file.track.interview
  return one === null ? [] : heldOf(m, one)
})
const decision = part('T3', (m) => {
  const one = m.file.track.interview
  if (one === null) return []
  return one.conclusion === null
    ? [
        section(m.t('document.status_decision'), {
          paragraphs: [m.t('document.status_equal'), m.t(word('not_decided'))],
        }),
      ]
    : decidedOf(m, one, one.conclusion)
})
const returned = part('T3', (m) => {
  const one = m.file.track.back
  return one === null ? [] : toldOf(m, one)
})

const life = (m: M, code: string | null): string => coded(m, 'outcomePage.code_', code)
const visits = part('T3', (m) => {
  const seen = m.file.visits.filter((one) => one.seenOn !== null)
  const due = m.file.visits.filter((one) => one.seenOn === null)
  return [
    section(m.t(word('visits')), {
      paragraphs: m.file.visits.length === 0 ? [m.t('document.none_recorded')] : [],
      tables: [
        ...seen.map((one) =>
          facts(m, m.t(word('of_visit'), { month: one.month }), [
            [m.t('document.due'), dayIn(one.due)],
            [m.t('document.seen_on'), dayIn(one.seenOn)],
            [m.t('outcomePage.status_living'), life(m, one.living)],
            [m.t('outcomePage.status_job'), life(m, one.job)],
            [
              m.t('outcomePage.status_jobSecure'),
              one.jobSecure === null ? null : m.t(one.jobSecure ? 'document.yes' : 'document.no'),
            ],
            [m.t('outcomePage.status_network'), life(m, one.network)],
            [m.t('outcomePage.status_income'), life(m, one.income)],
            [m.t('document.again'), life(m, one.reexploited)],
            [m.t('document.words'), orHidden(m, one.words)],
          ]),
        ),
        ...(due.length === 0
          ? []
          : [
              table(
                m.t(word('visits_due')),
                [m.t('document.month'), m.t('document.due')],
                due.map((one) => [String(one.month), dayIn(one.due)]),
              ),
            ]),
      ],
    }),
  ]
})
const progress = part('T3', (m) => [
  section(m.t(word('progress')), {
    paragraphs: [
      ...(m.file.progress.length === 0 ? [m.t('document.none_recorded')] : []),
      ...(m.file.lost === null
        ? []
        : [m.t(helped('lost'), { day: dayIn(m.file.lost.lastOn), n: m.file.lost.attempts })]),
    ],
    tables:
      m.file.progress.length === 0
        ? []
        : [
            table(
              m.t(word('progress')),
              [
                m.t('document.day'),
                m.t(helped('report_progress')),
                m.t(word('concern')),
                m.t('document.words'),
                m.t('document.who'),
              ],
              m.file.progress.map((one) => [
                dayIn(one.on),
                m.t(helped(`progress_${one.progress}`)),
                m.t(one.concern ? 'document.yes' : 'document.no'),
                orHidden(m, one.words),
                unnamed(m, one.by),
              ]),
            ),
          ],
  }),
])

/** Which office gave the file to which, and why; a shelter stays unnamed on both sides. */
const moved = part('T3', (m) => [
  section(m.t('document.transfer'), {
    paragraphs: [m.t('document.transfer_rule')],
    tables: m.file.moves.map((one) =>
      facts(m, dayOf(one.at), [
        [m.t('document.from_unit'), unnamed(m, one.from)],
        [m.t('document.to_institution'), unnamed(m, one.to)],
        [m.t('document.day'), dayOf(one.at)],
        [m.t('document.reason'), orHidden(m, one.words)],
      ]),
    ),
  }),
])

const closed = part('T3', (m) => {
  const one = m.file.left
  if (one === null && m.file.phase !== 'EXITED')
    return [section(m.t('document.closure'), { paragraphs: [m.t('document.not_closed')] })]
  return [
    section(m.t('document.closure'), {
      paragraphs: [m.t(word('closure_text')), ...(one === null ? [m.t(word('help_ended'))] : [])],
      tables: [
        facts(m, m.t('document.closure'), [
          [m.t('nrmPage.phase'), m.t(`nrmPage.phase_${m.file.phase ?? 'none'}`)],
          [m.t('document.closed_on'), one === null ? blank : dayIn(one.on)],
          [m.t('document.reason'), one === null ? blank : coded(m, 'nrmPage.exit_', one.reason)],
          [m.t('nrmPage.by'), one === null ? blank : coded(m, 'nrmPage.by_', one.by)],
          [m.t('document.explanation'), one === null ? blank : orHidden(m, one.words)],
          [m.t('document.services_continuing'), blank],
          [m.t('document.whom_to_call'), `${m.file.unit}, ${m.file.unitPhone ?? m.t(word('help_line'))}`],
        ]),
      ],
    }),
  ]
})

/** The answer to police or prosecution: what was asked, who found it lawful, which parts were given. Their words go in the proceeding. */
const ordersIn = (m: M, orders: AdultFile['orders']) => [
  section(m.t('document.disclosure'), {
    paragraphs: [m.t('document.disclosure_text'), m.t(word('given_inside'))],
    tables: orders.map((one) =>
      facts(m, m.t('document.request'), [
        [m.t('document.to_institution'), m.to ?? m.t(`justicePage.authority_${one.authority}`)],
        [m.t('document.request_number'), `${one.code}, ${dayOf(one.askedAt)}`],
        [m.t('document.article'), one.article],
        [m.t('document.request_scope'), codes(m, 'justicePage.part_', one.asked)],
        [m.t('document.court_ref'), one.courtOrder],
        [m.t('document.checked_by'), one.checkedBy ?? blank],
        [m.t('document.status'), m.t(`justicePage.order_state_${one.state}`)],
        [
          m.t('document.given'),
          one.given.length === 0 ? m.t('document.nothing_given') : codes(m, 'justicePage.part_', one.given),
        ],
        [m.t('document.closed_on'), dayOf(one.closedAt)],
      ]),
    ),
  }),
]
const asked = part('T2', (m) => ordersIn(m, m.file.orders))
const answered = part('T2', (m) =>
  ordersIn(
    m,
    m.file.orders.filter(({ state }) => isClosed(state)),
  ),
)

export const adultBlocks = {
  agreed,
  agreed_means: consentMeans,
  answered,
  asked,
  closed,
  copies,
  decision,
  given,
  identification,
  interview,
  met,
  moved,
  needs,
  not_given: notGiven,
  person,
  person_short: personShort,
  plan,
  progress,
  readers,
  return_handed: returnHanded,
  return_told: returned,
  rights,
  safety,
  screenings,
  visits,
} as const satisfies Record<string, Block<AdultFile>>
export type AdultBlockName = keyof typeof adultBlocks
