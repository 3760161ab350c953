/** Papers of an adult's file of the trafficking track: the list, and one of them as PDF. A child's are those of its case. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import {
  type AdultHoldings,
  type AdultKind,
  adultForm,
  adultKindsFor,
  adultLeftOut,
  adultPaperTier,
  adultPrintsAll,
  adultReady,
  adultSubjectsOf,
  adultTemplateOf,
  buildAdultPaper,
  chosenOfAdult,
  isAdultKind,
} from '#domain/document/adult/kinds.ts'
import type { Subject, SubjectKind } from '#domain/document/subject.ts'
import { adultTier } from '#domain/nrm/policy.ts'
import type { NrmFile } from '#domain/nrm/state.ts'
import { ListAdultPapers, TakeAdultPaper } from '#wire/document.ts'
import type { Language } from '#wire/words/index.ts'
import { recordAccess } from '../access.ts'
import { download, endpoint } from '../endpoint.ts'
import { mustSeeNrm } from '../nrm/store.ts'
import { pdfType } from '../pdf/document.ts'
import { forbidden, notFound, Problem } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { says } from '../words.ts'
import { loadAdult } from './adult-load.ts'
import { copiesOf, readersOf } from './load.ts'
import { handOut, listed, nameIn, receiverOf, takerOf, type Words, wordsIn } from './paper.ts'
import { adultSubjectsIn } from './subjects.ts'
import { trackOfFile } from './track.ts'

/** An adult's own words where they differ from a child's; names of papers too. */
const adultWords = (language: Language): Words => {
  const t = wordsIn(language)
  return (key, params) => {
    const own = key.replace(/^(document|documentPage)\./, 'adultPaper.')
    return t(own !== key && says(language, own) ? own : key, params)
  }
}

const adultFile = async (tx: Tx, id: Uuid): Promise<NrmFile> => {
  const file = await mustSeeNrm(tx, id)
  if (file.subject === 'child')
    throw new Problem('refused', { refusal: { code: 'nrm_child_papers_in_case' } })
  return file
}

const holdingsOf = async (tx: Tx, file: NrmFile, known: readonly Subject[]): Promise<AdultHoldings> => {
  const of = (...kinds: readonly SubjectKind[]) => known.filter((one) => kinds.includes(one.of)).length
  const [rows] = await tx.sql<{ plan: number; risks: number; watched: number }>(
    `select (select count(*)::int from assistance_need n where n.nrm_id = $1) + (select count(*)::int from assistance_action a where a.nrm_id = $1)
         + (select count(*)::int from assistance_service s where s.nrm_id = $1) as plan,
       (select count(*)::int from assistance_risk r where r.nrm_id = $1) as risks,
       (select count(*)::int from assistance_follow_up u where u.nrm_id = $1)
         + (select count(*)::int from assistance_contact_lost l where l.nrm_id = $1) as watched`,
    [file.id],
  )
  return {
    plan: rows?.plan ?? 0,
    risks: rows?.risks ?? 0,
    watched: (rows?.watched ?? 0) + of('progress'),
    interviews: of('interview'),
    returns: of('return'),
    moves: of('move'),
    orders: of('order'),
    consents: of('agreed_shelter', 'agreed_interview', 'agreed_return', 'declined'),
    over: file.status === 'exited' || file.phase === 'EXITED',
  }
}
/** Without its record a paper is made only where a hand may fill it in. */
const waits = (kind: AdultKind, h: AdultHoldings): boolean => !adultReady(kind, h) && !adultForm(kind)

export const takeAdultPaper = download({
  url: '/api/nrm/{id}/documents/{kind}.pdf',
  media: pdfType,
  wire: TakeAdultPaper,
  handle: async (tx, { params, query }) => {
    const { kind } = params
    const { lang: language } = query
    if (!isAdultKind(kind)) throw notFound()
    const row = await adultFile(tx, params.id)
    if (!adultKindsFor(tx.actor, row).includes(kind)) throw forbidden()
    const known = await adultSubjectsIn(tx, row.id)
    const about = chosenOfAdult(kind, known, query.about)
    if (about === undefined) throw notFound()
    if (waits(kind, await holdingsOf(tx, row, known)))
      throw new Problem('refused', { refusal: { code: 'nrm_paper_needs_record', field: 'kind' } })
    const template = adultTemplateOf(kind, tiranaDay(tx.now))
    const tier = Math.min(adultTier(tx.actor, row), adultPaperTier(template)) as 2 | 3 | 4
    const t = adultWords(language)
    const log = template.blocks.includes('readers')
    const of = (name: SubjectKind): Uuid | 'newest' => (about?.of === name ? about.id : 'newest')
    const [file, track, readers, copies, to, taker] = await Promise.all([
      loadAdult(tx, row, tier, language),
      trackOfFile(tx, row.id, tier, nameIn(language), {
        interview: template.blocks.includes('interview') && of('interview'),
        safety: template.blocks.includes('safety'),
        back: template.blocks.includes('return_told') && of('return'),
      }),
      log ? readersOf(tx, row.id, nameIn(language), t('document.not_printed')) : [],
      log ? copiesOf(tx, 'nrm_id', row.id, t, language, 500, known) : [],
      receiverOf(tx, query.to, language, t('document.not_printed')),
      takerOf(tx),
    ])
    const making = { file: { ...file, track, readers, copies }, about, language, now: tx.now, to, t }
    return handOut(tx, {
      record: { kind: 'nrm_file', id: row.id, code: row.code },
      template,
      document: buildAdultPaper(template, making, taker),
      taker,
      t,
      tier,
      leftOut: adultLeftOut(template, tier),
      toId: query.to ?? null,
      aboutId: about?.id ?? null,
    })
  },
})

export const listAdultPapers = endpoint({
  method: 'GET',
  url: '/api/nrm/{id}/documents',
  wire: ListAdultPapers,
  handle: async (tx, { params, identity: { language } }) => {
    const row = await adultFile(tx, params.id)
    const known = await adultSubjectsIn(tx, row.id)
    const holdings = await holdingsOf(tx, row, known)
    const t = adultWords(language)
    const copies = await copiesOf(tx, 'nrm_id', row.id, t, language, 50, known)
    recordAccess(tx, { act: 'list', kind: 'nrm_file', ids: [row.id], tier: 'T2' })
    const today = tiranaDay(tx.now)
    return {
      items: adultKindsFor(tx.actor, row).map((kind) =>
        listed(t, kind, adultTemplateOf(kind, today), {
          subjects: known.filter((one) => adultSubjectsOf(kind).some((of) => of === one.of)),
          whole: adultPrintsAll(kind),
          ready: adultReady(kind, holdings),
          waits: waits(kind, holdings),
        }),
      ),
      copies,
    }
  },
})
