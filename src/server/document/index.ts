/** Papers of a case: the list, and one of them as PDF. */
import { createHash } from 'node:crypto'
import { caseTier, scopeOf } from '#domain/case/policy.ts'
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import { buildPaper, leftOut, stampOf, tierOf } from '#domain/document/build.ts'
import { isDocumentKind, isReady, kindsFor, templateOf } from '#domain/document/kinds.ts'
import { timeOf } from '#domain/document/parts.ts'
import { chosen, type SubjectKind, sayOf, subjectsOf } from '#domain/document/subject.ts'
import { ListPapers, TakePaper } from '#wire/document.ts'
import { recordAccess } from '../access.ts'
import { getCase } from '../case/store.ts'
import { type Download, download, type Endpoint, endpoint } from '../endpoint.ts'
import { uuidv7 } from '../ids.ts'
import { pdfOf, pdfType } from '../pdf/document.ts'
import { forbidden, invalid, notFound, Problem } from '../problem.ts'
import type { Tx } from '../tx.ts'
import { say } from '../words.ts'
import { caseCalendar, ownCalendar } from './calendar.ts'
import { certificateOf, certificatesSql } from './kept.ts'
import { copiesOf, loadFile } from './load.ts'
import { planOf } from './plans.ts'
import { subjectsIn } from './subjects.ts'
import { trackOf } from './track.ts'

const receiverOf = async (tx: Tx, to: Uuid | undefined, name: string): Promise<string | null> => {
  if (to === undefined) return null
  const [unit] = await tx.sql<{ name: string }>(`select ${name} as name from unit where id = $1 and active`, [
    to,
  ])
  if (unit === undefined) throw invalid({ field: 'query.to', code: 'unknown_code' })
  return unit.name
}

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
    const name = language === 'sq' ? 'name_sq' : 'name_en'
    const about = chosen(template.kind, await subjectsIn(tx, s.id, subjectsOf(template.kind)), query.about)
    if (about === undefined) throw notFound()
    const named = (of: SubjectKind): Uuid | null => (about?.of === of ? about.id : null)
    const earlier = about?.of === 'plan' && about.id !== s.plan?.id ? await planOf(tx, s.id, about.id) : null
    const [file, track, to, takers] = await Promise.all([
      loadFile(tx, earlier === null ? s : { ...s, plan: earlier }, tier, language, {
        log: template.blocks.includes('readers'),
        timeline: template.blocks.includes('timeline'),
        courts: template.blocks.includes('courts'),
        requests: template.blocks.includes('requests') || template.blocks.includes('disclosure_told'),
        family: template.blocks.includes('family'),
        referral: named('referral'),
      }),
      trackOf(tx, s.id, tier, name, {
        interview: template.blocks.includes('interview_held') && (named('interview') ?? 'newest'),
        safety: template.blocks.includes('safety'),
        back: template.blocks.includes('return_told') && (named('return') ?? 'newest'),
      }),
      receiverOf(tx, query.to, name),
      tx.sql<{ name: string; login: string }>(
        'select display_name as name, login from app_user where id = $1',
        [tx.actor.userId],
      ),
    ])
    const certificate =
      template.kind === 'status_certificate' ? await certificateOf(tx, s.id, tx.now, query.about) : null
    // It names a status, so it is printed only while the consent that let it go stands.
    if (template.kind === 'status_certificate' && certificate === null)
      throw new Problem('refused', { refusal: { code: 'need_certificate_consent', field: 'about' } })
    const taker = takers[0] ?? { name: '–', login: '–' }
    const t = (key: string, params?: Readonly<Record<string, string | number>>): string =>
      say(language, key, params)
    const paper = buildPaper(
      template,
      { file: { ...file, certificate, track }, about, language, now: tx.now, to, t },
      taker,
    )
    const bytes = await pdfOf(paper, {
      now: tx.now,
      watermark: `${s.code} ${taker.login}`,
      footer: t('document.footer', {
        code: s.code,
        ...taker,
        when: timeOf(tx.now),
        template: stampOf(template),
      }),
    })
    tx.later(
      `insert into document_copy (id, case_id, kind, template_version, language, tier, left_out, leaves, to_unit_id, digest, by_id,
         unit_id, purpose, at, about_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        uuidv7(),
        s.id,
        template.kind,
        template.version,
        language,
        `T${tier}`,
        leftOut(template, tier),
        template.leaves || to !== null,
        query.to ?? null,
        createHash('sha256').update(bytes).digest(),
        tx.actor.userId,
        tx.actor.unitId,
        tx.actor.purpose,
        tx.now,
        about?.id ?? null,
      ],
    )
    recordAccess(tx, {
      act: 'export',
      kind: 'case_file',
      ids: [s.id],
      tier: `T${tier}` as 'T2' | 'T3' | 'T4',
    })
    return { name: `${s.code}-${template.kind}-${language}.pdf`, media: pdfType, bytes }
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
    const kinds = kindsFor(tx.actor, s)
    const known = await subjectsIn(tx, s.id)
    const copies = await copiesOf(tx, s.id, language, 50, known)
    const t = (key: string, params?: Readonly<Record<string, string | number>>): string =>
      say(language, key, params)
    recordAccess(tx, { act: 'list', kind: 'case_file', ids: [s.id], tier: 'T2' })
    const today = tiranaDay(tx.now)
    return {
      items: kinds.map((kind) => {
        const { number, version, leaves } = templateOf(kind, today)
        return {
          kind,
          number,
          template: version,
          leaves,
          choices: known
            .filter((one) => subjectsOf(kind).includes(one.of))
            .map((one) => ({ id: one.id, label: sayOf(t, one) })),
          ready: isReady(kind, s, counts ?? { referrals: 0, screenings: 0, certificates: 0 }),
        }
      }),
      copies,
    }
  },
})

export const documentEndpoints: readonly Endpoint[] = [listPapers]
export const documentDownloads: readonly Download[] = [takePaper, caseCalendar, ownCalendar]
