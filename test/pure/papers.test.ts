/** Templates as data: every block stands in one, every word exists, and a full file is printed in time. */

import { describe, expect, test } from 'vitest'
import type { CaseState } from '#domain/case/state.ts'
import { blocks } from '#domain/document/blocks.ts'
import { buildPaper, leftOut, tierOf } from '#domain/document/build.ts'
import { type CaseFile, noFamily, noTrack } from '#domain/document/file.ts'
import { type DocumentKind, documentKinds, templateOf, templates } from '#domain/document/kinds.ts'
import { chosen, type Subject, type SubjectKind, sayOf, subjectKinds } from '#domain/document/subject.ts'
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
  family: noFamily,
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
    const making = { file: placed, language: 'sq' as const, now: at, about: null, to: null, t: strict('sq') }
    const paper = JSON.stringify(
      buildPaper(templateOf('placement_request', '2026-11-24'), making, taker).sections,
    )
    for (const said of ['Kujdes rezidencial', '01.12.2026', '01.03.2027']) expect(paper).toContain(said)
  })
  test('print who somebody is in words: no code, no day that nobody said', () => {
    const birth = { from: '2011-11-21', to: '2012-11-20', said: '14' }
    const told: CaseFile = {
      ...file,
      tier: 3,
      identity: { givenName: 'Sara', familyName: 'Marku', birth } as CaseFile['identity'],
      identifications: [
        {
          status: 'vmt',
          on: '2026-11-19',
          structure: 'cpu',
          forms: ['begging'],
          territory: 'internal',
          signatories: [],
        },
      ],
      referrals: [
        {
          id,
          code: 'RF-2026-1',
          state: 'SENT',
          service: 'police_protection',
          from: 'NJMF Tiranë',
          to: 'Policia',
          sentAt: at,
          grounds: [],
          packet: [
            { field: 'identity', value: { sex: 'female', name: 'Sara Marku', birth } },
            { field: 'consent', value: ['sharing guardian 1 2026-03-02'] },
          ],
          withheld: [],
        },
      ],
    }
    const printed = (kind: 'referral' | 'initial_identification') =>
      JSON.stringify(
        buildPaper(
          templateOf(kind, '2026-11-24'),
          { file: told, language: 'sq', now: at, about: null, to: null, t: strict('sq') },
          taker,
        ).sections,
      )
    expect(printed('referral')).toContain('Sara Marku, vajzë, Lindur: 2011–2012')
    expect(printed('referral')).toContain('dhënë nga: kujdestari ligjor; nr. 1, 02.03.2026')
    expect(printed('referral')).not.toMatch(/female|2011-11-21|sharing/)
    expect(printed('initial_identification')).toContain('lypje e detyruar')
    expect(printed('initial_identification')).toContain('"Lindur","2011–2012"')
    expect(printed('initial_identification')).not.toContain('begging')
  })
  test('print the courts and the written requests of the whole file', () => {
    const representative = { name: 'Edlira Haxhiu', phone: '069 000', act: 'Urdhri 41' }
    const full = {
      ...file,
      tier: 3 as const,
      texts: [{ subject: id, name: 'representative', body: representative, at, sensitive: false }],
      family: {
        members: [{ name: 'Lule Kola', bornYear: 1990, alleged: false }],
        relations: [
          {
            from: 'Lule Kola',
            to: 'Mira Kola',
            kind: 'mother',
            contact: 'supervised',
            guardian: true,
            livesWith: true,
          },
        ],
        representatives: [
          {
            id,
            kind: 'procedural_representative',
            basis: 'state_social_worker',
            from: '2026-03-01',
            until: null,
          },
        ],
        needs: [{ kind: 'vaccination', state: 'MET', foundOn: '2026-03-03', stateOn: '2026-04-04' }],
      },
      courts: [
        {
          id,
          matter: 'custody',
          stage: 'appealed',
          court: 'Gjykata e Rrethit Tiranë',
          courtRef: 'K-7',
          reportOn: '2026-02-20',
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
          id,
          reference: 'P-12/2026',
          authority: 'prosecution',
          article: 'neni 149/a',
          receivedOn: '2026-05-01',
          state: 'answered',
          asked: ['identity', 'birth'],
          given: ['identity'],
          checkedBy: 'Ana Deda',
          closedAt: at,
        },
      ],
    }
    for (const language of ['sq', 'en'] as const) {
      const making = { file: full, language, now: at, about: null, to: null, t: strict(language) }
      const paper = JSON.stringify(buildPaper(templateOf('case_file', '2026-11-24'), making, taker).sections)
      for (const said of [
        'Gjykata e Rrethit Tiranë',
        'K-7',
        '01.04.2026',
        'P-12/2026',
        'neni 149/a',
        '01.05.2026',
        'Lule Kola',
        strict(language)('familyPage.contact_supervised'),
        strict(language)('familyPage.basis_state_social_worker'),
        '04.04.2026',
        'Edlira Haxhiu, Urdhri 41',
      ])
        expect(paper).toContain(said)
      expect(paper).not.toContain('069 000')
      const dossier = (tier: 3 | 4) => {
        const report = {
          subject: id,
          name: 'report',
          body: 'Vajza është e qetë te gjyshja',
          at,
          sensitive: true,
        }
        const seen = { ...full, tier, texts: tier === 4 ? [report] : [] } as CaseFile
        const of = { ...making, file: seen }
        return JSON.stringify(buildPaper(templateOf('court_dossier', '2026-11-24'), of, taker).sections)
      }
      expect(dossier(4)).toContain('Vajza është e qetë te gjyshja')
      expect(dossier(4)).toContain('20.02.2026')
      expect(dossier(3)).toContain(strict(language)('document.not_for_you'))
    }
  })
  test('of several meetings print the one that is meant, and an older one without the plan of today', () => {
    const older = '01990000-0000-7000-8000-0000000000a1'
    const newer = '01990000-0000-7000-8000-0000000000a2'
    const meeting = (one: string, heldOn: string): CaseFile['conferences'][number] => ({
      id: one,
      heldOn,
      childPart: 'was_heard',
      familyPart: 'not_invited',
      sealed: false,
      resolutions: [],
      decisions: ['approve_plan'],
      attendance: [],
    })
    const held = (one: string, heldOn: string) => ({
      id: one,
      heldOn,
      present: 5,
      absent: 0,
      decisions: [],
      planId: null,
      planRevision: null,
    })
    const draft = {
      status: 'draft',
      revision: 1,
      approvedAt: null,
      childView: null,
      goals: [],
      actions: [],
    } as const
    const minutes = (subject: string, body: string) => ({
      subject,
      name: 'minutes',
      body,
      at,
      sensitive: false,
    })
    const met: CaseFile = {
      ...file,
      state: {
        ...state,
        conferences: [held(older, '2026-03-12'), held(newer, '2026-09-30')],
        plan: { ...draft, id, number: 2, draftedAt: at },
      },
      conferences: [meeting(older, '2026-03-12'), meeting(newer, '2026-09-30')],
      texts: [minutes(older, 'Në mars u fol për shkollën'), minutes(newer, 'Në shtator për banesën')],
    }
    const known: readonly Subject[] = [
      { of: 'meeting', id: newer, on: '2026-09-30', code: null, ref: null },
      { of: 'meeting', id: older, on: '2026-03-12', code: null, ref: null },
      { of: 'plan', id, on: '2026-03-01', code: null, ref: '2' },
    ]
    const printed = (kind: DocumentKind, about: string | undefined, language: 'sq' | 'en') => {
      const of = chosen(kind, known, about)
      if (of === undefined) throw new Error('unknown')
      const making = { file: met, language, now: at, about: of, to: null, t: strict(language) }
      return JSON.stringify(buildPaper(templateOf(kind, '2026-11-24'), making, taker))
    }
    for (const language of ['sq', 'en'] as const) {
      const named = strict(language)('documentPage.of_meeting')
      const plan = strict(language)('casePage.plan_title')
      const first = printed('conference_minutes', older, language)
      expect(first).toContain(`${named}, 12.03.2026`)
      expect(first).toContain('Në mars')
      expect(first).not.toContain('Në shtator')
      expect(first).not.toContain(plan)
      const last = printed('conference_minutes', undefined, language)
      expect(last).toContain(`${named}, 30.09.2026`)
      expect(last).toContain('Në shtator')
      expect(last).not.toContain('Në mars')
      expect(last).toContain(plan)
      const whole = printed('case_file', undefined, language)
      for (const said of ['Në mars', 'Në shtator']) expect(whole).toContain(said)
    }
    expect(() => printed('conference_minutes', id, 'sq')).toThrow('unknown')
    for (const of of subjectKinds)
      for (const language of ['sq', 'en'] as const) {
        const code: Partial<Record<SubjectKind, string>> = {
          referral: 'enrolment',
          consent: 'sharing',
          court: 'custody',
          placement: 'foster',
          request: 'police',
          certificate: 'health_card',
        }
        const ref = of === 'certificate' ? 'health_fund' : '7'
        const words = sayOf(strict(language), { of, id, on: '2026-03-12', code: code[of] ?? null, ref })
        expect(words).toMatch(/., 12\.03\.2026$/)
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
      const making = { file: named, language, now: at, about: null, to: null, t: strict(language) }
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
            { file: { ...file, tier }, language, now: at, about: null, to: 'Strehëza', t: strict(language) },
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
    { file: { ...file, entries }, language: 'sq', now: at, about: null, to: null, t: strict('sq') },
    taker,
  )
  const bytes = await pdfOf(paper, { now: at, watermark: 'TR-2026-0417 ilir' })
  const text = readPdf(bytes)
    .pages.flatMap((page) => page.pieces.map((piece) => piece.text))
    .join(' ')
  expect(text).toContain('Hyrja 499.')
}, 30_000)
