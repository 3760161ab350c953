/** Papers of a case: the list, and one of them as PDF. */
import { caseTier, scopeOf } from '#domain/case/policy.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { buildPaper, leftOut, tierOf } from '#domain/document/build.ts'
import { isDocumentKind, isReady, kindsFor, templateOf } from '#domain/document/kinds.ts'
import { chosen, printsAll, type SubjectKind, subjectsOf } from '#domain/document/subject.ts'
import { ListPapers, TakePaper } from '#wire/document.ts'
import { recordAccess } from '../access.ts'
import { getCase } from '../case/store.ts'
import { type Download, download, type Endpoint, endpoint } from '../endpoint.ts'
import { pdfType } from '../pdf/document.ts'
import { forbidden, notFound, Problem } from '../problem.ts'
import { listAdultPapers, takeAdultPaper } from './adult.ts'
import { caseCalendar, ownCalendar } from './calendar.ts'
import { certificateOf, certificatesSql } from './kept.ts'
import { copiesOf, loadFile } from './load.ts'
import { handOut, listed, nameIn, receiverOf, takerOf, wordsIn } from './paper.ts'
import { planOf } from './plans.ts'
import { subjectsIn } from './subjects.ts'
import { trackOf } from './track.ts'

const takePaper = download({
  url: '/api/cases/{id}/documents/{kind}.pdf',
  media: pdfType,
  wire: TakePaper,
  handle: async (tx, { params, query }) => {
    if (!isDocumentKind(params.kind)) throw notFound()
    const s = await getCase(tx, params.id)
    const reads = caseTier(tx.actor, scopeOf(s))
    if (reads === 0) throw notFound()
    if (!kindsFor(tx.actor, s).includes(params.kind)) throw forbidden()
    const { lang: language } = query
    const template = templateOf(params.kind, tiranaDay(tx.now))
    const tier = Math.min(reads, tierOf(template)) as 2 | 3 | 4
    const about = chosen(template.kind, await subjectsIn(tx, s.id, subjectsOf(template.kind)), query.about)
    if (about === undefined) throw notFound()
    const named = (of: SubjectKind): Uuid | null => (about?.of === of ? about.id : null)
    const earlier = about?.of === 'plan' && about.id !== s.plan?.id ? await planOf(tx, s.id, about.id) : null
    const [file, track, to, taker] = await Promise.all([
      loadFile(tx, earlier === null ? s : { ...s, plan: earlier }, tier, language, {
        log: template.blocks.includes('readers'),
        timeline: template.blocks.includes('timeline'),
        courts: template.blocks.includes('courts'),
        requests: (['requests', 'disclosure_told', 'disclosure_least'] as const).some((one) =>
          template.blocks.includes(one),
        ),
        family: template.blocks.includes('family'),
        referral: named('referral'),
      }),
      trackOf(tx, s.id, tier, nameIn(language), {
        interview: template.blocks.includes('interview_held') && (named('interview') ?? 'newest'),
        safety: template.blocks.includes('safety'),
        back: template.blocks.includes('return_told') && (named('return') ?? 'newest'),
      }),
      receiverOf(tx, query.to, language),
      takerOf(tx),
    ])
    const certificate =
      template.kind === 'status_certificate' ? await certificateOf(tx, s.id, tx.now, query.about) : null
    // It names a status, so it is printed only while the consent that let it go stands.
    if (template.kind === 'status_certificate' && certificate === null)
      throw new Problem('refused', { refusal: { code: 'need_certificate_consent', field: 'about' } })
    const t = wordsIn(language)
    const making = { file: { ...file, certificate, track }, about, language, now: tx.now, to, t }
    return handOut(tx, {
      record: { kind: 'case_file', id: s.id, code: s.code },
      template,
      document: buildPaper(template, making, taker),
      taker,
      t,
      tier,
      leftOut: leftOut(template, tier),
      toId: query.to ?? null,
      aboutId: about?.id ?? null,
    })
  },
})

const listPapers = endpoint({
  method: 'GET',
  url: '/api/cases/{id}/documents',
  wire: ListPapers,
  handle: async (tx, { params, identity }) => {
    const s = await getCase(tx, params.id)
    const [counts] = await tx.sql<{ referrals: number; screenings: number; certificates: number }>(
      `select (select count(*)::int from referral where case_id = $1) as referrals,
         (select count(*)::int from screening where case_id = $1) as screenings, ${certificatesSql} as certificates`,
      [s.id, tx.now],
    )
    const { language } = identity
    const known = await subjectsIn(tx, s.id)
    const copies = await copiesOf(tx, 'case_id', s.id, wordsIn(language), language, 50, known)
    recordAccess(tx, { act: 'list', kind: 'case_file', ids: [s.id], tier: 'T2' })
    const today = tiranaDay(tx.now)
    return {
      items: kindsFor(tx.actor, s).map((kind) =>
        listed(wordsIn(language), kind, templateOf(kind, today), {
          subjects: known.filter((one) => subjectsOf(kind).some((of) => of === one.of)),
          whole: printsAll(kind),
          ready: isReady(kind, s, counts ?? { referrals: 0, screenings: 0, certificates: 0 }),
          waits: false,
        }),
      ),
      copies,
    }
  },
})

export const documentEndpoints: readonly Endpoint[] = [listPapers, listAdultPapers]
export const documentDownloads: readonly Download[] = [takePaper, caseCalendar, ownCalendar, takeAdultPaper]
