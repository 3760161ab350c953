/** Who the child is, what was reported, who is near, and how to make contact without danger. */

import type { CaseFile, Making, Printed } from '../file.ts'
import {
  block,
  bornIn,
  coded,
  codes,
  dayOf,
  facts,
  languageIn,
  orHidden,
  type Says,
  said,
  section,
  table,
} from '../parts.ts'

const nameOf = ({ identity }: CaseFile): string | null =>
  identity === null
    ? null
    : [identity.givenName, identity.familyName].filter((part) => part).join(' ') || null

const shortRows = (m: Making) => {
  const { identity, sex } = m.file
  const hidden = m.t('document.not_for_you')
  return [
    [m.t('document.case_code'), m.file.state.code],
    [m.t('document.name'), identity === null ? hidden : nameOf(m.file)],
    [m.t('document.born'), identity === null ? hidden : bornIn(identity.birth)],
    [m.t('document.sex'), m.t(`document.sex_${sex}`)],
  ] as const
}

export const childShort = block('T3', (m) => [
  section(m.t('document.child'), { tables: [facts(m, m.t('document.about_child'), shortRows(m))] }),
])

/** The address is printed nowhere once it is protected, whoever prints. */
export const child = block('T4', (m) => whole(m))
/** What is sensitive is left to referrals, item by item. */
export const sensitiveApart = block<unknown>('T2', (m) => [
  section(m.t('document.sensitive_apart'), { paragraphs: [m.t('document.sensitive_apart_more')] }),
])
/** The same without what is sensitive: a paper of this tier is not given it. */
export const childCore = block('T3', (m) => whole(m))
const whole = (m: Making) => {
  const { identity, sensitive, state } = m.file
  const address = state.alerts.addressProtected ? m.t('document.protected') : (identity?.address ?? null)
  return [
    section(m.t('document.child'), {
      tables: [
        facts(m, m.t('document.about_child'), [
          ...shortRows(m),
          [m.t('document.citizenship'), m.file.citizenship],
          ...(identity === null
            ? []
            : ([
                [m.t('document.other_names'), identity.otherNames],
                [m.t('document.father'), identity.fatherName],
                [m.t('document.mother'), identity.motherName],
                [m.t('document.birth_place'), identity.birthPlace],
                [m.t('document.address'), address],
                [
                  m.t('document.contact'),
                  state.alerts.doNotPhoneHome ? m.t('document.protected') : identity.contact,
                ],
              ] as const)),
          ...(sensitive === null
            ? []
            : ([
                [m.t('document.personal_number'), sensitive.personalNumber],
                [m.t('document.disability'), sensitive.disability],
                [
                  m.t('document.birth_registered'),
                  sensitive.birthRegistered === null
                    ? null
                    : m.t(sensitive.birthRegistered ? 'document.yes' : 'document.no'),
                ],
              ] as const)),
        ]),
        facts(m, m.t('document.about_case'), [
          [m.t('document.opened'), dayOf(state.openedAt)],
          [m.t('document.status'), m.t(`casePage.status_${state.status}`)],
          [m.t('document.track'), m.t(`casePage.vmt_${state.vmt}`)],
          [m.t('document.manager'), m.file.manager],
          [m.t('document.unit'), m.file.unit],
        ]),
      ],
    }),
  ]
}

const orderLines = (m: Making): string[] => {
  const { alerts } = m.file.state
  return [
    ...(alerts.doNotPhoneHome ? [m.t('document.order_no_phone')] : []),
    ...(alerts.doNotInformFamily ? [m.t('document.order_no_family')] : []),
    ...(alerts.addressProtected ? [m.t('document.order_address')] : []),
    ...(alerts.interpreter === null
      ? []
      : [m.t('document.order_interpreter', { language: languageIn(m, alerts.interpreter) })]),
  ]
}
/** The same orders stand on every page of the case on the screen. */
export const orders = block('T3', (m) => [
  section(m.t('document.orders'), {
    paragraphs: [
      ...(orderLines(m).length === 0 ? [m.t('document.orders_none')] : orderLines(m)),
      ...(m.file.safeContact === null ? [] : [m.t('document.safe_contact', { how: m.file.safeContact })]),
    ],
  }),
])
export const ordersShort = block('T2', (m) => [
  section(m.t('document.orders'), {
    paragraphs: orderLines(m).length === 0 ? [m.t('document.orders_none')] : orderLines(m),
  }),
])

export const concerns = block('T3', (m) => [
  section(m.t('document.concerns'), {
    paragraphs: [m.file.concerns.join(', ') || '–', orHidden(m, m.file.summary)],
    tables:
      m.file.reports.length === 0
        ? []
        : [
            table(
              m.t('document.reports'),
              [m.t('document.report'), m.t('document.day'), m.t('document.source'), m.t('document.channel')],
              m.file.reports.map((one) => [
                one.label,
                dayOf(one.receivedAt),
                m.t(`reportPage.source_${one.source}`),
                m.t(`reportPage.channel_${one.channel}`),
              ]),
            ),
          ],
  }),
])

export const near = block('T3', (m) => [
  section(m.t('document.near'), {
    paragraphs:
      m.file.tier < 3
        ? [m.t('document.not_for_you')]
        : m.file.near.length === 0
          ? [m.t('casePage.people_none')]
          : [],
    tables:
      m.file.near.length === 0
        ? []
        : [
            table(
              m.t('document.near'),
              [
                m.t('document.name'),
                m.t('document.relation'),
                m.t('document.contact_rule'),
                m.t('document.lives_with'),
              ],
              m.file.near.map((one) => [
                one.name,
                m.t(`casePage.relation_${one.relationship}`),
                m.t(`casePage.contact_${one.contact}`),
                one.livesWithChild === null ? '–' : m.t(one.livesWithChild ? 'document.yes' : 'document.no'),
              ]),
            ),
          ],
  }),
])

export const risk = block('T3', (m) => {
  const reasons = m.file.texts.filter((text) => text.name === 'reason' || text.name === 'riskReason')
  const last = reasons.at(-1)
  return [
    section(m.t('document.risk'), {
      tables: [
        facts(m, m.t('document.risk_level'), [
          [m.t('document.level'), coded(m, 'document.risk_', m.file.state.risk)],
          [m.t('document.set_on'), dayOf(m.file.state.riskAt)],
          [
            m.t('document.why'),
            orHidden(m, last === undefined ? null : said(m.file, last.subject, last.name)),
          ],
        ]),
      ],
    }),
  ]
})

/** What the child said, as said. */
export const childWords = block('T3', (m) => {
  const words = m.file.texts.filter((text) => text.name === 'childWords')
  return [
    section(m.t('document.child_words'), {
      paragraphs:
        m.file.tier < 3
          ? [m.t('document.not_for_you')]
          : words.length === 0
            ? [m.t('document.none_recorded')]
            : words.map((text) => `${dayOf(text.at)}: «${said(m.file, text.subject, 'childWords') ?? ''}»`),
    }),
  ]
})

export const screenings = block<Printed & Pick<CaseFile, 'screenings'>>('T3', (m) => [
  section(m.t('document.screenings'), {
    paragraphs: m.file.screenings.length === 0 ? [m.t('document.none_recorded')] : [],
    tables: m.file.screenings.map((one) =>
      table(
        `${one.set}, ${one.version} – ${dayOf(one.at)}: ${m.t(`screeningPage.result_${one.result}`)} (${m.t('document.elements', { n: one.met })})`,
        [m.t('document.element'), m.t('document.what_shows')],
        one.items.map((item) => [item.label, orHidden(m, item.evidence)]),
        one.waits ? m.t('document.screening_waits') : undefined,
      ),
    ),
  }),
])

/** Forms of exploitation as words; a set that knows another form brings its own. */
const known = /^(labour|sexual|begging|forced_criminality|servitude|forced_marriage|organs|unknown)$/
export const formsOf = (m: Says, forms: readonly string[]): string =>
  forms.map((form) => (known.test(form) ? m.t(`indicatorCode.form_${form}`) : form)).join(', ')

export const identification = block<Pick<CaseFile, 'identifications'>>('T2', (m) => [
  section(m.t('document.identification'), {
    paragraphs: [m.t('document.identification_note')],
    tables:
      m.file.identifications.length === 0
        ? []
        : [
            table(
              m.t('document.identification_history'),
              [
                m.t('document.day'),
                m.t('document.status'),
                m.t('document.form_of'),
                m.t('document.territory'),
                m.t('document.signed_by'),
              ],
              m.file.identifications.map((one) => [
                dayOf(`${one.on}T12:00:00.000Z`),
                m.t(`casePage.vmt_${one.status}`),
                formsOf(m, one.forms),
                m.t(`screeningPage.territory_${one.territory}`),
                codes(m, 'screeningPage.signatory_', one.signatories),
              ]),
            ),
          ],
  }),
])
