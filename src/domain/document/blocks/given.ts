/** What goes out or is told: receipt, referral, rights, consent, disclosure; and the record of who looked and who took a copy. */
import type { Json } from '../../core.ts'
import { isClosed } from '../../information-request.ts'
import { consentTold } from '../../referral/packet.ts'
import type { CaseFile, Making, ReferralSeen } from '../file.ts'
import {
  blank,
  block,
  bornIn,
  codes,
  dayIn,
  dayOf,
  facts,
  languageIn,
  orHidden,
  plain,
  said,
  section,
  table,
  timeOf,
} from '../parts.ts'

/** To whoever reported: that it arrived and what follows. Nothing of the child, nothing of the reporter. */
export const receipt = block('T2', (m) => {
  const last = m.file.reports.at(-1)
  return [
    section(m.t('document.receipt'), {
      paragraphs: [m.t('document.receipt_text')],
      tables: [
        facts(m, m.t('document.receipt'), [
          [m.t('document.report'), last?.label ?? null],
          [m.t('document.received'), last === undefined ? null : timeOf(last.receivedAt)],
          [m.t('document.unit'), m.file.unit],
          [m.t('document.phone'), m.file.unitPhone],
        ]),
      ],
    }),
  ]
})
export const afterReceipt = block('T2', (m) => [
  section(m.t('document.after'), {
    paragraphs: ['after_1', 'after_2', 'after_3', 'after_4'].map((key) => m.t(`document.${key}`)),
  }),
])

const last = (m: Making): ReferralSeen | undefined => m.file.referrals[0]
export const referral = block('T4', (m) => {
  const one = last(m)
  if (one === undefined)
    return [section(m.t('document.referral'), { paragraphs: [m.t('referral.none_sent')] })]
  return [
    section(m.t('document.referral'), {
      tables: [
        facts(m, m.t('document.referral'), [
          [m.t('document.number'), one.code],
          [m.t('document.from_unit'), one.from],
          [m.t('document.to_institution'), one.to],
          [m.t('document.service'), m.t(`referral.service_${one.service}`)],
          [m.t('document.sent'), timeOf(one.sentAt)],
          [m.t('document.status'), m.t(`referral.state_${one.state}`)],
        ]),
        facts(
          m,
          m.t('document.needed'),
          one.packet.length === 0
            ? [[m.t('document.needed'), m.t('document.not_for_you')]]
            : one.packet.map((part) => [m.t(`referral.field_${part.field}`), packetWords(m, part.value)]),
        ),
      ],
    }),
  ]
})
/** A value of a packet in the paper's language: who it is about is a name, a sex and a birth, whatever order the record keeps them in. */
const packetWords = (m: Making, value: Json): string => {
  const consent = typeof value === 'string' ? consentTold(value) : null
  if (consent !== null)
    return m.t('referral.told_consent', {
      purpose: m.t(`referral.told_purpose_${consent.purpose}`),
      capacity: m.t(`referral.told_capacity_${consent.capacity}`),
      number: consent.number,
      day: dayIn(consent.on),
    })
  if (value === null || typeof value !== 'object') return plain(value)
  if (Array.isArray(value)) return value.map((one) => packetWords(m, one)).join(', ')
  const { from, to, said, name, sex, birth } = value as { readonly [key: string]: Json }
  if (typeof from === 'string' && typeof to === 'string')
    return bornIn({ from, to, said: typeof said === 'string' ? said : '' })
  if (name === undefined) return plain(value)
  return [
    plain(name),
    typeof sex === 'string' && sex !== 'unknown' ? m.t(`document.sex_${sex}`) : '',
    birth === undefined || birth === null ? '' : `${m.t('document.born')}: ${packetWords(m, birth)}`,
  ]
    .filter((text) => text !== '')
    .join(', ')
}
export const grounds = block('T2', (m) => {
  const one = last(m)
  return one === undefined
    ? []
    : [
        section(m.t('document.grounds'), {
          tables: [
            table(
              m.t('document.grounds'),
              [m.t('document.ground'), m.t('document.reference')],
              one.grounds.map((ground) => [
                m.t(`referral.ground_${ground.kind}`, { version: ground.version }),
                ground.kind === 'consent' ? '–' : ground.ref,
              ]),
            ),
          ],
        }),
      ]
})
export const withheld = block('T2', (m) => {
  const one = last(m)
  return one === undefined
    ? []
    : [
        section(m.t('document.withheld'), {
          paragraphs: [m.t('document.withheld_text')],
          tables: [
            table(
              m.t('document.withheld'),
              [m.t('document.what'), m.t('document.why')],
              one.withheld.map(({ what, why }) => [
                m.t(why === 'no_ground' ? `referral.field_${what}` : `referral.withheld_${what}`),
                m.t(`referral.why_${why}`),
              ]),
            ),
          ],
        }),
      ]
})
export const replySlip = block('T2', (m) => [
  section(m.t('document.reply_slip'), {
    paragraphs: [m.t('document.reply_text', { code: last(m)?.code ?? m.file.state.code, unit: m.file.unit })],
    tables: [
      facts(m, m.t('document.reply_slip'), [
        [m.t('document.received'), blank],
        [m.t('document.accepted_yes_no'), blank],
        [m.t('document.reason'), blank],
        [m.t('document.service_begins'), blank],
        [m.t('document.contact_person'), blank],
      ]),
    ],
  }),
])
export const referralList = block('T2', (m) => [
  section(m.t('document.referrals'), {
    paragraphs: m.file.referrals.length === 0 ? [m.t('referral.none_sent')] : [],
    tables:
      m.file.referrals.length === 0
        ? []
        : [
            table(
              m.t('document.referrals'),
              [
                m.t('document.number'),
                m.t('document.to_institution'),
                m.t('document.service'),
                m.t('document.sent'),
                m.t('document.status'),
              ],
              m.file.referrals.map((one) => [
                one.code,
                one.to,
                m.t(`referral.service_${one.service}`),
                dayOf(one.sentAt),
                m.t(`referral.state_${one.state}`),
              ]),
            ),
          ],
  }),
])

/** In plain language, for the child or the adult to keep. It says nothing of why it was given. */
export const rights = block<Pick<CaseFile, 'unit' | 'unitPhone'>>('T2', (m) => [
  section(m.t('document.rights'), {
    paragraphs: [
      'rights_1',
      'rights_2',
      'rights_3',
      'rights_4',
      'rights_5',
      'rights_6',
      'rights_7',
      'rights_8',
    ].map((key) => m.t(`document.${key}`)),
  }),
  section(m.t('document.help'), {
    paragraphs: [
      m.t(m.file.unitPhone === null ? 'document.help_unit' : 'document.help_1', {
        unit: m.file.unit,
        phone: m.file.unitPhone ?? '',
      }),
      m.t('document.help_2'),
      m.t('document.help_3'),
    ],
  }),
])

export const consents = block('T3', (m) => [
  section(m.t('document.consents'), {
    paragraphs: m.file.consents.length === 0 ? [m.t('document.consent_blank')] : [],
    tables:
      m.file.consents.length === 0
        ? [
            facts(m, m.t('document.consents'), [
              [m.t('document.purpose'), blank],
              [m.t('document.recipients'), blank],
              [m.t('document.covers'), blank],
              [m.t('document.given_by'), blank],
              [m.t('document.capacity'), blank],
              [m.t('document.language'), blank],
              [m.t('document.explained_by'), blank],
              [m.t('document.valid_until'), blank],
            ]),
          ]
        : m.file.consents.map((one) =>
            facts(m, m.t('consent.number', { number: one.number }), [
              [m.t('document.purpose'), m.t(`consent.purpose_${one.purpose}`)],
              [m.t('document.recipients'), codes(m, 'referral.kind_', one.recipients)],
              [m.t('document.covers'), codes(m, 'referral.field_', one.fields)],
              [m.t('document.given_by'), orHidden(m, one.givenBy)],
              [m.t('document.capacity'), m.t(`consent.capacity_${one.capacity}`)],
              [m.t('document.language'), languageIn(m, one.language)],
              [m.t('document.explained_by'), orHidden(m, one.explainedBy)],
              [m.t('document.given_on'), dayOf(one.givenAt)],
              [
                m.t('document.valid_until'),
                one.validUntil === null ? m.t('consent.until_withdrawn') : dayOf(one.validUntil),
              ],
              [m.t('document.withdrawn_on'), dayOf(one.withdrawnAt)],
            ]),
          ),
  }),
])
export const consentMeans = block<unknown>('T2', (m) => [
  section(m.t('document.consent_means'), {
    paragraphs: ['consent_1', 'consent_2', 'consent_3', 'consent_4'].map((key) => m.t(`document.${key}`)),
  }),
])

/** What a request says of itself, for the hand. */
const asked = (m: Making) =>
  facts(m, m.t('document.request'), [
    [m.t('document.to_institution'), m.to ?? blank],
    [m.t('document.request_number'), blank],
    [m.t('document.article'), blank],
    [m.t('document.request_scope'), blank],
    [m.t('document.checked_by'), blank],
  ])
/** The least extract for a written request of police or prosecutor; interview recordings and shelters are never in it. */
export const disclosure = block('T2', (m) => [
  section(m.t('document.disclosure'), {
    paragraphs: [m.t('document.disclosure_text')],
    tables: [
      asked(m),
      facts(m, m.t('document.extract'), [
        [m.t('document.unit'), m.file.unit],
        [m.t('document.opened'), dayOf(m.file.state.openedAt)],
        [m.t('document.status'), m.t(`casePage.status_${m.file.state.status}`)],
        [
          m.t('document.measures'),
          m.file.measures.map((one) => m.t(`casePage.measure_${one.kind}`)).join(', '),
        ],
      ]),
    ],
  }),
])
/** What was asked, who found it lawful, and the least that was given. */
const told = (m: Making, one: CaseFile['requests'][number]) => {
  const known = m.file.tier < 3 ? m.t('document.not_for_you') : null
  const text = (part: string): string =>
    part === 'shelter_place'
      ? m.t('document.not_printed')
      : (said(m.file, one.id, `extract_${part}`) ?? known ?? m.t('document.not_for_you'))
  return [
    section(m.t('document.disclosure'), {
      paragraphs: [m.t('document.disclosure_text')],
      tables: [
        facts(m, m.t('document.request'), [
          [m.t('document.to_institution'), m.to ?? m.t(`rightsPage.authority_${one.authority}`)],
          [m.t('document.request_number'), `${one.reference}, ${dayIn(one.receivedOn)}`],
          [m.t('document.article'), one.article],
          [m.t('document.request_scope'), codes(m, 'rightsPage.part_', one.asked)],
          [m.t('document.checked_by'), one.checkedBy ?? blank],
          [m.t('document.status'), m.t(`rightsPage.state_${one.state}`)],
          [m.t('document.closed_on'), dayOf(one.closedAt)],
        ]),
      ],
    }),
    section(m.t('document.extract'), {
      paragraphs: one.given.length === 0 ? [m.t('document.nothing_given')] : [],
      tables:
        one.given.length === 0
          ? []
          : [
              facts(
                m,
                m.t('document.extract'),
                one.given.map((part) => [m.t(`rightsPage.part_${part}`), text(part)] as const),
              ),
            ],
    }),
  ]
}
/** Without a request the paper stays a form for the hand, filled as far as the case goes. */
export const disclosureTold = block('T4', (m) => {
  const one = m.file.requests.at(-1)
  return one === undefined ? disclosure.make(m) : told(m, one)
})
/** Nothing of the child but what was given: without an answered request nothing at all. */
export const disclosureLeast = block('T4', (m) => {
  const one = m.file.requests.filter(({ state }) => isClosed(state)).at(-1)
  if (one !== undefined) return told(m, one)
  return [
    section(m.t('document.disclosure'), {
      paragraphs: [m.t('document.disclosure_text')],
      tables: [asked(m)],
    }),
    section(m.t('document.extract'), { paragraphs: [m.t('document.nothing_given')] }),
  ]
})
export const notGiven = block<unknown>('T2', (m) => [
  section(m.t('document.not_given'), {
    paragraphs: ['not_given_1', 'not_given_2', 'not_given_3'].map((key) => m.t(`document.${key}`)),
  }),
])

/** How many openings one paper prints; one more is read, so that the paper can say that there are older ones. */
export const mostReaders = 1000
export const readers = block<Pick<CaseFile, 'readers'>>('T3', (m) => [
  section(m.t('document.readers'), {
    paragraphs: [
      m.file.readers.length === 0
        ? m.t('document.readers_none')
        : m.file.readers.length > mostReaders
          ? m.t('document.readers_newest', { n: mostReaders })
          : m.t('document.readers_text', { n: m.file.readers.length }),
    ],
    tables:
      m.file.readers.length === 0
        ? []
        : [
            table(
              m.t('document.readers'),
              [
                m.t('document.when'),
                m.t('document.who'),
                m.t('document.unit'),
                m.t('document.what'),
                m.t('document.tier'),
                m.t('document.purpose'),
              ],
              m.file.readers
                .slice(0, mostReaders)
                .map((one) => [
                  timeOf(one.at),
                  one.name ?? '–',
                  one.unit ?? '–',
                  m.t(`casePage.act_is_${one.act}`),
                  one.tier ?? '–',
                  one.purpose === null ? '–' : m.t(`casePage.purpose_${one.purpose}`),
                ]),
            ),
          ],
  }),
])
export const copies = block<Pick<CaseFile, 'copies'>>('T2', (m) => [
  section(m.t('document.copies'), {
    paragraphs: m.file.copies.length === 0 ? [m.t('document.none_recorded')] : [],
    tables:
      m.file.copies.length === 0
        ? []
        : [
            table(
              m.t('document.copies'),
              [
                m.t('document.when'),
                m.t('document.paper'),
                m.t('document.who'),
                m.t('document.to_institution'),
              ],
              m.file.copies.map((one) => [
                timeOf(one.at),
                [m.t(`documentPage.kind_${one.kind}`), one.about].filter((part) => part).join(': '),
                one.by ?? '–',
                one.to ?? (one.leaves ? m.t('document.to_not_said') : '–'),
              ]),
            ),
          ],
  }),
])

export const timeline = block('T4', (m) => [
  section(m.t('document.timeline'), {
    tables:
      m.file.entries.length === 0
        ? []
        : [
            table(
              m.t('document.timeline'),
              [m.t('document.when'), m.t('document.what'), m.t('document.who'), m.t('document.words')],
              m.file.entries.map((one) => [
                timeOf(one.at),
                one.what,
                one.by ?? '–',
                [...one.texts, ...(one.hidden ? [m.t('document.not_for_you')] : [])].join('\n') || '–',
              ]),
            ),
          ],
  }),
])
