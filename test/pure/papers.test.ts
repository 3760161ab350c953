/** Templates as data: every block stands in one, every word exists, and a full file is printed in time. */

import { describe, expect, test } from 'vitest'
import type { CaseState } from '#domain/case/state.ts'
import { blocks } from '#domain/document/blocks.ts'
import { buildPaper, leftOut, tierOf } from '#domain/document/build.ts'
import { type CaseFile, noTrack } from '#domain/document/file.ts'
import { documentKinds, templateOf, templates } from '#domain/document/kinds.ts'
import { tellsTrafficking } from '#domain/referral/packet.ts'
import { pdfOf } from '#server/pdf/document.ts'
import { say, says } from '#server/words.ts'
import { readPdf } from '#test/pdf-text.ts'

const at = '2026-11-24T11:00:00.000Z'
const id = '01990000-0000-7000-8000-000000000001'
const state: CaseState = {
  id,
  code: 'TR-2026-0417',
  version: 500,
  personId: id,
  unitId: id,
  municipality: '53',
  county: 'AL-11',
  managerId: id,
  managerIsHead: false,
  deputyId: null,
  status: 'PLAN_ACTIVE',
  risk: 'high',
  riskAt: at,
  childSeenAt: at,
  vmt: 'vmt',
  concerns: ['begging'],
  reports: [],
  openedAt: at,
  closedAt: null,
  episode: 1,
  episodeAt: at,
  returned: false,
  alerts: {
    doNotPhoneHome: true,
    doNotInformFamily: true,
    addressProtected: true,
    interpreter: 'rom',
    assessed: true,
  },
  assessments: [],
  plan: null,
  courts: [],
  care: { placements: [], exits: [], steps: [], leaving: null },
  gtn: { call: null, resolutions: [] },
  conferences: [],
  measures: [],
  closure: { reason: 'goals_met', proposedBy: id, proposedAt: at },
  followUps: [],
  transfer: null,
  suspendedAt: null,
}
const file: CaseFile = {
  state,
  tier: 4,
  unit: 'NJMF Tiranë',
  unitPhone: null,
  municipality: 'Tiranë',
  manager: 'Ilir Çela',
  concerns: ['lypje'],
  sex: 'female',
  citizenship: 'AL',
  identity: null,
  sensitive: null,
  summary: 'Si nisi',
  safeContact: 'Nëpërmjet mësueses',
  texts: [],
  assessments: [],
  actions: [],
  conferences: [],
  call: null,
  measures: [],
  services: [],
  near: [],
  screenings: [],
  identifications: [],
  consents: [],
  referrals: [],
  reports: [],
  followUps: [],
  body: 'Bashkia e provës',
  courts: [],
  requests: [],
  certificate: null,
  track: noTrack,
  transferTo: null,
  readers: [],
  copies: [],
  entries: [],
}
const strict =
  (language: 'sq' | 'en') =>
  (key: string, params?: Readonly<Record<string, string | number>>): string => {
    expect(says(language, key), key).toBe(true)
    return say(language, key, params)
  }
const taker = { name: 'Ilir Çela', login: 'ilir' }

describe('templates', () => {
  test('cover the nineteen papers of the country and the whole file', () => {
    expect([...new Set(templates.map((one) => one.number))].sort((a, b) => (a ?? 99) - (b ?? 99))).toEqual([
      ...Array.from({ length: 19 }, (_, n) => n + 1),
      null,
    ])
    expect(documentKinds.map((kind) => templateOf(kind, '2026-11-24').kind)).toEqual(documentKinds)
  })
  test('use every block, and papers without names use none that holds names', () => {
    const used = new Set(templates.flatMap((one) => one.blocks))
    expect(Object.keys(blocks).filter((name) => !used.has(name as never))).toEqual([])
    for (const one of templates.filter((paper) => paper.nameless))
      for (const name of one.blocks) expect(blocks[name].tiers, name).toEqual(['T2'])
  })
  test('say what a reader does not reach', () => {
    const whole = templateOf('case_file', '2026-11-24')
    expect([tierOf(whole), leftOut(whole, 2), leftOut(whole, 3), leftOut(whole, 4)]).toEqual([
      4,
      ['T3', 'T4'],
      ['T4'],
      [],
    ])
    expect(leftOut(templateOf('rights_sheet', '2026-11-24'), 2)).toEqual([])
  })
  test('print in the request for a placement what is planned, and never where', () => {
    const planned = {
      id,
      kind: 'residential',
      status: 'planned',
      basis: 'court',
      basisId: id,
      from: '2026-12-01',
      until: '2027-03-01',
      startedAt: null,
      endedAt: null,
      registered: true,
      hidden: false,
      reviewOn: null,
      visitOn: null,
    } as const
    const placed = {
      ...file,
      tier: 3 as const,
      state: { ...state, care: { ...state.care, placements: [planned] } },
    }
    const making = { file: placed, language: 'sq' as const, now: at, to: null, t: strict('sq') }
    const paper = JSON.stringify(
      buildPaper(templateOf('placement_request', '2026-11-24'), making, taker).sections,
    )
    for (const said of ['Kujdes rezidencial', '01.12.2026', '01.03.2027']) expect(paper).toContain(said)
  })
  test('print the courts and the written requests of the whole file', () => {
    const full = {
      ...file,
      tier: 3 as const,
      courts: [
        {
          id,
          matter: 'custody',
          stage: 'appealed',
          court: 'Gjykata e Rrethit Tiranë',
          courtRef: 'K-7',
          filedOn: '2026-03-02',
          outcome: 'granted',
          decidedOn: '2026-04-01',
          until: null,
          appealedOn: '2026-04-10',
          appealOutcome: 'upheld',
          execution: 'under_way',
          hearings: [{ at, held: true }],
        },
      ],
      requests: [
        {
          reference: 'P-12/2026',
          authority: 'prosecution',
          article: 'neni 149/a',
          receivedOn: '2026-05-01',
          state: 'answered',
          asked: ['identity', 'birth'],
          given: ['identity'],
          closedAt: at,
        },
      ],
    }
    for (const language of ['sq', 'en'] as const) {
      const making = { file: full, language, now: at, to: null, t: strict(language) }
      const paper = JSON.stringify(buildPaper(templateOf('case_file', '2026-11-24'), making, taker).sections)
      for (const said of [
        'Gjykata e Rrethit Tiranë',
        'K-7',
        '01.04.2026',
        'P-12/2026',
        'neni 149/a',
        '01.05.2026',
      ])
        expect(paper).toContain(said)
    }
  })
  test('certify an entitlement without one word of protection, headed by the institution', () => {
    const one = {
      need: 'free_medicine',
      beneficiary: 'child',
      recipient: 'health_fund',
      givenOn: '2026-11-20',
      consent: 3,
    }
    const named = { ...file, unit: 'Njësia për Mbrojtjen e Fëmijës', tier: 3 as const, certificate: one }
    for (const language of ['sq', 'en'] as const) {
      const making = { file: named, language, now: at, to: null, t: strict(language) }
      const paper = buildPaper(templateOf('status_certificate', '2026-11-24'), making, taker)
      expect(tellsTrafficking('health_fund', JSON.stringify(paper))).toBe(false)
      expect(paper.about[0]).toBe('Bashkia e provës')
      expect(JSON.stringify(paper)).toContain('20.11.2026')
    }
  })
  for (const language of ['sq', 'en'] as const)
    test(`speak ${language} to the last word, with an empty file and at every tier`, () => {
      for (const template of templates)
        for (const tier of [2, 3, 4] as const) {
          const paper = buildPaper(
            template,
            { file: { ...file, tier }, language, now: at, to: 'Strehëza', t: strict(language) },
            taker,
          )
          expect(paper.sections.length).toBeGreaterThan(0)
          expect(paper.about.join()).toContain(`${template.kind} v${template.version}`)
        }
    })
})

test('a whole file with 500 entries is printed to its last one', async () => {
  const entries = Array.from({ length: 500 }, (_, n) => ({
    at,
    what: 'Vizitë në shtëpi',
    by: 'Ilir Çela',
    texts: [`Hyrja ${n}. ${'Fëmija u pa në shkollë dhe foli me mësuesen. '.repeat(6)}`],
    hidden: false,
  }))
  const paper = buildPaper(
    templateOf('case_file', '2026-11-24'),
    { file: { ...file, entries }, language: 'sq', now: at, to: null, t: strict('sq') },
    taker,
  )
  const bytes = await pdfOf(paper, { now: at, watermark: 'TR-2026-0417 ilir' })
  const text = readPdf(bytes)
    .pages.flatMap((page) => page.pieces.map((piece) => piece.text))
    .join(' ')
  expect(text).toContain('Hyrja 499.')
}, 30_000)
