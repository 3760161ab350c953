/** Courts, placements, written requests; and the certificate that a body serving anybody is given. */
import {
  blank,
  block,
  bornIn,
  coded,
  codes,
  dayIn,
  dayOf,
  facts,
  orHidden,
  said,
  section,
  table,
  timeOf,
} from '../parts.ts'

export const courts = block('T3', (m) => [
  section(m.t('document.courts'), {
    paragraphs: m.file.courts.length === 0 ? [m.t('document.none_recorded')] : [],
    tables: m.file.courts.flatMap((one) => [
      facts(m, m.t(`courtPage.matter_${one.matter}`), [
        [m.t('document.court'), one.court],
        [m.t('document.court_ref'), one.courtRef],
        [m.t('document.status'), m.t(`courtPage.stage_${one.stage}`)],
        [m.t('document.claim'), orHidden(m, said(m.file, one.id, 'claim'))],
        [m.t('document.filed_on'), dayIn(one.filedOn)],
        [m.t('document.decision'), coded(m, 'courtPage.outcome_', one.outcome)],
        [m.t('document.decided_on'), dayIn(one.decidedOn)],
        [m.t('document.in_force_until'), dayIn(one.until)],
        [m.t('document.reasons'), orHidden(m, said(m.file, one.id, 'reasons'))],
        [m.t('document.appealed_on'), dayIn(one.appealedOn)],
        [m.t('document.appeal'), coded(m, 'courtPage.appeal_', one.appealOutcome)],
        [m.t('document.execution'), coded(m, 'courtPage.execution_', one.execution)],
      ]),
      ...(one.hearings.length === 0
        ? []
        : [
            table(
              m.t('document.hearings'),
              [m.t('document.day_and_hour'), m.t('document.held')],
              one.hearings.map(({ at, held }) => [
                timeOf(at),
                held === null ? '–' : m.t(held ? 'document.yes' : 'document.no'),
              ]),
            ),
          ]),
    ]),
  }),
])

/** The report that goes to the court with the file (section 3.3): sealed (T4), so its author's side alone prints its words. */
export const psychoSocial = block('T4', (m) => {
  const written = m.file.courts.filter((one) => one.reportOn !== null)
  const heading = m.t('document.psycho_social')
  if (written.length === 0) return [section(heading, { paragraphs: [m.t('document.psycho_social_none')] })]
  return written.map((one) =>
    section(`${heading}: ${m.t(`courtPage.matter_${one.matter}`)}, ${dayIn(one.reportOn)}`, {
      paragraphs: [said(m.file, one.id, 'report') ?? m.t('document.not_for_you')],
    }),
  )
})

/** What each rests on and from when until when; where the child was is printed for nobody. */
export const placements = block('T2', (m) => {
  const { placements: all } = m.file.state.care
  return [
    section(m.t('document.placements'), {
      paragraphs: [all.length === 0 ? m.t('document.none_recorded') : m.t('document.placements_where')],
      tables:
        all.length === 0
          ? []
          : [
              table(
                m.t('document.placements'),
                [
                  m.t('document.kind_of_care'),
                  m.t('document.status'),
                  m.t('document.ground'),
                  m.t('document.from'),
                  m.t('document.until'),
                ],
                all.map((one) => [
                  m.t(`placementPage.kind_${one.kind}`),
                  m.t(`placementPage.status_${one.status}`),
                  m.t(`placementPage.basis_${one.basis}`),
                  one.startedAt === null ? dayIn(one.from) : dayOf(one.startedAt),
                  one.endedAt === null ? dayIn(one.until) : dayOf(one.endedAt),
                ]),
              ),
            ],
    }),
  ]
})

export const requests = block('T2', (m) => [
  section(m.t('document.requests'), {
    paragraphs: m.file.requests.length === 0 ? [m.t('document.none_recorded')] : [],
    tables: m.file.requests.map((one) =>
      facts(m, `${m.t(`rightsPage.authority_${one.authority}`)}, ${one.reference}`, [
        [m.t('document.received_on'), dayIn(one.receivedOn)],
        [m.t('document.article'), one.article],
        [m.t('document.asked'), codes(m, 'rightsPage.part_', one.asked)],
        [m.t('document.status'), m.t(`rightsPage.state_${one.state}`)],
        [m.t('document.given'), codes(m, 'rightsPage.part_', one.given)],
        [m.t('document.closed_on'), dayOf(one.closedAt)],
      ]),
    ),
  }),
])

/**
 * Names who is entitled to what, and nothing else: no word tells that a child is protected or why (domain specification, 16.12).
 * For a parent or the family the name is written by hand, since the register keeps none for this.
 */
export const certificate = block('T3', (m) => {
  const one = m.file.certificate
  if (one === null) return []
  const child = one.beneficiary === 'child'
  const { identity } = m.file
  const name = [identity?.givenName, identity?.familyName].filter((part) => part).join(' ')
  return [
    section(m.t('document.certificate'), {
      paragraphs: [m.t('document.certificate_text')],
      tables: [
        facts(m, m.t('document.certificate'), [
          [m.t('document.name'), child ? name : blank],
          [m.t('document.born'), child ? bornIn(identity?.birth ?? null) : blank],
          [m.t('document.entitled'), m.t(`casePage.service_${one.need}`)],
          [m.t('document.to_institution'), m.t(`referral.kind_${one.recipient}`)],
          [m.t('document.day'), dayIn(one.givenOn)],
          [m.t('document.consent_number'), String(one.consent)],
          [m.t('document.phone'), m.file.unitPhone],
        ]),
      ],
    }),
    section(m.t('document.certificate_consent'), { paragraphs: [m.t('document.certificate_means')] }),
  ]
})
