/** Papers 11, 12 and 14 filled from the trafficking track: each reader as far as their tier, nothing that must not travel. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CastName } from '#test/cast.ts'
import { readPdf } from '#test/pdf-text.ts'
import { words } from '#wire/words/index.ts'
import { type TestApp, testApp } from './harness.ts'
import { childTrack, interviewLife } from './nrm-life.ts'
import { screeningSteps } from './screening-steps.ts'

let app: TestApp
let caseId: string
let blankCase: string
beforeAll(async () => {
  app = await testApp()
  const of = () => app
  const { opened, screen } = screeningSteps(of)
  blankCase = (await opened()).caseId
  await screen('cpw-tirana', { caseId: blankCase })
  caseId = (await opened()).caseId
  await screen('cpw-tirana', { caseId })
  const { nrmId, representativeId } = await interviewLife(of).toVt(caseId)
  const track = childTrack(of)
  await track.madeSafe(nrmId, '2026-11-27', '2026-12-20')
  const counterpartId = await track.abroad()
  const id = await track.determined(nrmId, '2026-11-27', '2026-12-20')
  const { determinations, version } = (await app.as('responsible-authority').get(`/api/returns/${id}`)).body
  const signed = await app
    .as('responsible-authority')
    .command('return.sign', id, { determinationId: determinations![0]!.id }, { baseVersion: Number(version) })
  expect(signed.status, JSON.stringify(signed.body)).toBe(200)
  await track.planned(id, '2026-11-27', '2026-12-19', { representativeId, counterpartId })
})
afterAll(() => app.close())

const paper = async (who: CastName, kind: string, more: { lang?: string; id?: string } = {}) => {
  const reply = await app.fastify.inject({
    method: 'GET',
    url: `/api/cases/${more.id ?? caseId}/documents/${kind}.pdf?lang=${more.lang ?? 'sq'}`,
    headers: { 'x-test-as': who },
  })
  expect(reply.statusCode, `${kind} for ${who}`).toBe(200)
  const said = readPdf(reply.rawPayload)
    .pages.flatMap((page) => page.pieces)
    .filter((piece) => piece.tag !== 'Artifact')
    .map((piece) => piece.text)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
  // No key without words, in whichever language.
  expect(said.replaceAll(/\b[a-z_]+ v\d\b|Emri \w+/g, '').match(/\b[a-zA-Z]+_[a-zA-Z_]+\b/g)).toBeNull()
  expect(said).not.toMatch(/\ufffd|\{\{|undefined|null/)
  return said
}

test('11: the joint interview, its conditions and the decision of two bodies; what was said only for the sensitive tier', async () => {
  const own = await paper('cpw-tirana', 'formal_interview')
  for (const text of [
    'formal_interview v2',
    'Emri psychologist',
    'Zyra e njësisë',
    '27.11.2026 10:05',
    'nuk kishte afër',
    'Tregon si e çuan te kryqëzimi.',
    'Akti dhe qëllimi u vërtetuan.',
    words.sq.interviewPage.conclusion_vt,
    '128/b',
  ])
    expect(own).toContain(text)
  // Where the recording lies is printed nowhere.
  expect(own).not.toContain('R-12')
  for (const who of ['head-tirana', 'responsible-authority'] as const) {
    const named = await paper(who, 'formal_interview', { lang: 'en' })
    expect(named).toContain('Akti dhe qëllimi u vërtetuan.')
    expect(named).not.toContain('Tregon si e çuan')
    expect(named).toContain(words.en.document.left_out_T4)
  }
})

test('12: dangers, measures and the contact plan, for the sensitive tier alone', async () => {
  const own = await paper('cpw-tirana', 'risk_and_safety')
  for (const text of [
    'risk_and_safety v2',
    words.sq.assistancePage.danger_exploiter_near,
    words.sq.assistancePage.living_relatives,
    'E njohin.',
    'E pret policia në pikë.',
    'Telefonatë çdo javë.',
    '20.12.2026',
  ])
    expect(own).toContain(text)
  for (const who of ['head-tirana', 'responsible-authority'] as const) {
    const named = await paper(who, 'risk_and_safety')
    expect(named).toContain('20.12.2026')
    expect(named).not.toMatch(/E njohin|E pret policia|çdo javë/)
    expect(named).not.toContain(words.sq.assistancePage.danger_exploiter_near)
    expect(named).toContain(words.sq.document.not_for_you)
  }
})

test('14: day, crossing, companions, who receives, what the child says; never what endangers it', async () => {
  for (const who of ['cpw-tirana', 'head-tirana', 'responsible-authority'] as const) {
    const notice = await paper(who, 'return_notice')
    for (const text of [
      'return_notice v2',
      'KTH-2026-0001',
      '19.12.2026',
      'Qendra për Punë Sociale, Prizren',
      'Blerta Hoxha',
      'Shoqërim deri në shtëpi',
      words.sq.returnsPage.outcome_return,
    ])
      expect(notice).toContain(text)
    expect(notice).not.toMatch(/Rekrutuesi|E njohin|Zyra e njësisë/)
  }
  expect(await paper('cpw-tirana', 'return_notice', { lang: 'en' })).toContain(
    words.en.returnsPage.role_social_worker,
  )
})

test('without a record the same papers are forms for a pen', async () => {
  for (const kind of ['formal_interview', 'return_notice']) {
    const said = await paper('cpw-tirana', kind, { id: blankCase })
    expect(said).toContain('______')
    expect(said).not.toMatch(/Emri psychologist|KTH-/)
  }
})
