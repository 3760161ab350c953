/** Papers of an adult's file of the trafficking track: read back as text in both languages; who may take which; what is remembered. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AdultKind, adultKinds, adultTemplateOf } from '#domain/document/adult/kinds.ts'
import { tellsTrafficking } from '#domain/referral/packet.ts'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, unitId, userId } from '#test/cast.ts'
import { structureFaults } from '#test/pdf-structure.ts'
import { words } from '#wire/words/index.ts'
import { adultName, adultPapers } from './adult-papers-life.ts'
import { office } from './assistance-life.ts'
import { type TestApp, testApp } from './harness.ts'
import { screeningSteps } from './screening-steps.ts'

let app: TestApp
const of = () => app
const { lived, take, paper, refusal, listOf } = adultPapers(of)
let lives: Awaited<ReturnType<typeof lived>>

beforeAll(async () => {
  app = await testApp()
  lives = await lived()
})
afterAll(() => app.close())

/** Somebody who keeps a record for the kind. */
const keeper = (kind: AdultKind): string =>
  kind === 'closure' ? lives.left : kind === 'transfer' ? lives.sheltered : lives.full

describe('every paper, in both languages, in words for an adult', () => {
  for (const kind of adultKinds)
    for (const lang of ['sq', 'en'] as const)
      test(`${kind} ${lang}`, async () => {
        const id = keeper(kind)
        const file = (await app.as(office).get(`/api/nrm/${id}`)).body
        const { pdf, said } = await paper(office, id, kind, { lang })
        expect(pdf).toMatchObject({
          marked: true,
          language: lang,
          title: words[lang].adultPaper[`kind_${kind}`],
        })
        expect(structureFaults(pdf)).toEqual([])
        const version = kind === 'disclosure_letter' ? 2 : 1
        for (const text of [String(file.code), '(social-service)', `adult_${kind} v${version}`])
          expect(said).toContain(text)
        for (const page of pdf.pages)
          expect(
            page.pieces.some(
              (one) => one.tag === 'Artifact' && one.text.includes(`${String(file.code)} social-service`),
            ),
          ).toBe(true)
        // No letter lost, no key without its words, and nobody who is not a child is called one.
        expect(said).not.toMatch(/\ufffd|\?\?|\{\{|undefined|null/)
        expect(
          said.replaceAll(/adult_[a-z_]+ v\d|Emri \w+/g, '').match(/\b[a-zA-Z]+_[a-zA-Z_]+\b/g),
        ).toBeNull()
        expect(said).not.toMatch(/fëmij|vajzë|djalë|\bchild|\bgirl|\bboy|116 111/i)
        if (lang === 'sq') expect(said).toMatch(/[ëç]/)
        // A letter of answer carries what was answered, and no name beside it.
        const nameless =
          adultTemplateOf(kind, '2026-12-28').nameless === true ||
          kind === 'access_log' ||
          kind === 'disclosure_letter'
        if (id === lives.full) expect(said.includes(adultName)).toBe(!nameless)
        // Where the shelter is stands in no paper, not even its name.
        expect(said).not.toMatch(/shelter-tirana|Strehëza e provës/)
      })
})

test('the sheet of rights tells nobody why it was given', async () => {
  const { said } = await paper(office, lives.full, 'rights_sheet')
  expect(tellsTrafficking('school', said)).toBe(false)
  expect(said).toContain('116 006')
  expect(said).toContain(words.sq.adultPaper.rights_2)
})

describe('what is in the file is in the paper', () => {
  const inside = (kind: string, texts: readonly string[], id = () => lives.full) =>
    test(kind, async () => {
      const { said } = await paper(office, id(), kind)
      for (const text of texts) expect(said, kind).toContain(text)
    })
  inside('initial_identification', ['Punonte pa pagesë.', '1990', words.sq.nrmPage.door_field, 'grua'])
  inside('consent', [
    words.sq.adultPaper.purpose_shelter,
    words.sq.adultPaper.purpose_interview,
    '23.11.2026',
    'Dua të kthehem te motra.',
    words.sq.document.signer_person,
    words.sq.document.signer_interpreter,
    words.sq.adultPaper.consent_4,
  ])
  inside('plan', ['Nuk ka ku të flejë.', 'Qira e subvencionuar për gjashtë muaj.', '24.12.2026', '90000'])
  inside('formal_interview', [
    'Emri police',
    '27.11.2026 10:05',
    'E kërkoi më 23.11.2026',
    'Tregon si ia morën pasaportën.',
    'U vërtetuan të tria elementet.',
    '110/a',
    words.sq.interviewPage.conclusion_vt,
  ])
  inside('risk_and_safety', [
    words.sq.assistancePage.danger_debt,
    'Ish-punëdhënësi e kërkon.',
    'Ndërrohet numri i telefonit.',
    'Telefonatë çdo të hënë.',
  ])
  inside('return_notice', [
    'KTH-2026-0001',
    '28.12.2026',
    'Qendra për Punë Sociale, Prizren',
    'Blerta Hoxha',
    'Një takim te pika kufitare',
    'Pëlqimi i personit u dha, 26.11.2026',
  ])
  inside('follow_up', ['E gjeta në punë.', 'tregti', 'Po ecën mirë.', 'Vizita, muaji 1'])
  inside(
    'closure',
    ['Iku te motra në Vlorë.', words.sq.nrmPage.exit_withdrew, '28.12.2026'],
    () => lives.left,
  )
  inside('transfer', ['Jeton tani te ne.', words.sq.adultPaper.transfer_rule], () => lives.sheltered)
  inside('disclosure_letter', [
    'KI-0A1B2C3D',
    'neni 210 KPP',
    'Prokuroria',
    'Person responsible-authority',
    'Faktet e vëna re',
    words.sq.adultPaper.not_given_2,
  ])
  inside('case_file', ['Punonte pa pagesë.', 'Tregon si ia morën pasaportën.', 'Dua të kthehem te motra.'])
  test('a notice before a return carries nothing of the danger, and no panel', async () => {
    const { said } = await paper(office, lives.full, 'return_notice', { lang: 'en' })
    expect(said).not.toMatch(/recruiter|Ish-punëdhënësi|best interests/i)
  })
})

test('each reader gets a paper of their own tier, and it says what it leaves out', async () => {
  for (const who of ['responsible-authority'] as const) {
    const safety = (await paper(who, lives.full, 'risk_and_safety')).said
    expect(safety).not.toMatch(/Ish-punëdhënësi|çdo të hënë/)
    expect(safety).toContain(words.sq.adultPaper.left_out_T4)
    const interview = (await paper(who, lives.full, 'formal_interview', { lang: 'en' })).said
    expect(interview).not.toContain('pasaportën')
    expect(interview).toContain('U vërtetuan të tria elementet.')
    expect(interview).toContain(words.en.adultPaper.left_out_T4)
  }
})

describe('who may take which', () => {
  test.each([
    ['social-service-durres', 404],
    ['police', 404],
    ['cpw-tirana', 404],
    ['head-tirana', 404],
    ['state-agency', 404],
    ['coordinator', 404],
    ['dpo', 404],
    ['admin', 404],
    ['shelter-vlore', 404],
  ] as const)('%s: %s', async (who, status) => {
    for (const kind of adultKinds) expect((await take(who, lives.full, kind)).status, kind).toBe(status)
    expect((await app.as(who).get(`/api/nrm/${lives.full}/documents`)).status).toBe(status)
  })
  test('nobody without signing in', async () => {
    expect((await take(null, lives.full, 'rights_sheet')).status).toBe(401)
    expect((await app.anonymous.get(`/api/nrm/${lives.full}/documents`)).status).toBe(401)
  })
  test('the Authority oversees, and reads no record of readers', async () => {
    expect((await take('responsible-authority', lives.full, 'access_log')).status).toBe(403)
    expect((await take('responsible-authority', lives.full, 'consent')).status).toBe(403)
    expect((await listOf('responsible-authority', lives.full)).items.map((one) => one.kind)).not.toContain(
      'access_log',
    )
  })
  test('colleagues of the shelter that manages take the sheet of rights alone', async () => {
    await app.db.admin(
      `update nrm_file set manager_id = '${userId('admin')}' where id = '${lives.sheltered}'`,
    )
    expect((await listOf('shelter', lives.sheltered)).items.map((one) => one.kind)).toEqual(['rights_sheet'])
    expect((await take('shelter', lives.sheltered, 'plan')).status).toBe(403)
    expect((await take('shelter', lives.sheltered, 'rights_sheet')).status).toBe(200)
    await app.db.admin(
      `update nrm_file set manager_id = '${userId('shelter')}' where id = '${lives.sheltered}'`,
    )
  })
})

describe('where nothing is kept', () => {
  test('a paper is refused in words, and stands in the list as one that waits', async () => {
    const { items } = await listOf(office, lives.bare)
    const waiting = items.filter((one) => one.waits).map((one) => one.kind)
    expect(waiting).toEqual([
      'plan',
      'formal_interview',
      'return_notice',
      'transfer',
      'follow_up',
      'closure',
      'disclosure_letter',
    ])
    for (const kind of waiting)
      expect(await refusal(office, lives.bare, kind), kind).toMatchObject({
        status: 422,
        code: 'nrm_paper_needs_record',
      })
    expect((await refusal(office, lives.bare, 'plan')).detail).toBe(words.sq.refusal.nrm_paper_needs_record)
  })
  test('a consent and a safety plan are forms for a pen', async () => {
    for (const kind of ['consent', 'risk_and_safety']) {
      const { said } = await paper(office, lives.bare, kind)
      expect(said, kind).toContain('______')
      expect(said, kind).not.toMatch(/fëmij/i)
    }
    expect((await paper(office, lives.bare, 'consent')).said).toContain(words.sq.document.consent_blank)
  })
  test('no other paper exists for an adult, and a child’s are taken from its case', async () => {
    for (const kind of ['emergency_decision', 'placement_request', 'status_certificate', 'nonsense', '..'])
      expect((await take(office, lives.full, kind)).status, kind).toBe(404)
    const { opened, screen } = screeningSteps(of)
    const { caseId } = await opened()
    await screen('cpw-tirana', { caseId })
    const list = await app.as('responsible-authority').get(`/api/nrm?caseId=${caseId}`)
    const child = String(list.body.items![0]!.id)
    expect(await refusal('cpw-tirana', child, 'consent')).toMatchObject({
      status: 422,
      code: 'nrm_child_papers_in_case',
    })
    expect((await app.as('cpw-tirana').get(`/api/nrm/${child}/documents`)).status).toBe(422)
    const own = await app.as('cpw-tirana').get(`/api/cases/${caseId}/documents/consent.pdf`)
    expect(own.status).toBe(200)
  })
})

describe('of several the one that is meant', () => {
  test('one consent alone, one visit alone; the paper and its copy say which', async () => {
    const { items } = await listOf(office, lives.full)
    const choices = (kind: string) => items.find((one) => one.kind === kind)!
    expect(choices('consent')).toMatchObject({ whole: true, ready: true, waits: false })
    expect(choices('consent').choices.map((one) => one.label)).toEqual([
      'Pëlqimi për kthimin, KTH-2026-0001, 26.11.2026',
      'Pëlqimi për strehëzën, 24.11.2026',
      'Kërkesa për intervistën formale, 23.11.2026',
    ])
    const [home, shelter] = choices('consent').choices
    const one = (await paper(office, lives.full, 'consent', { lang: 'sq', about: shelter!.id })).said
    expect(one).toContain('Lënda: Pëlqimi për strehëzën, 24.11.2026')
    expect(one).not.toContain('Dua të kthehem te motra.')
    const other = (await paper(office, lives.full, 'consent', { lang: 'en', about: home!.id })).said
    expect(other).toContain('Subject: Consent to the return, KTH-2026-0001, 26.11.2026')
    expect(other).toContain('Dua të kthehem te motra.')
    expect(choices('follow_up').choices.map((one) => one.label)).toEqual([
      'Vizita, muaji 1, 28.12.2026',
      'Raporti i menaxherit, 24.11.2026',
    ])
    const [visit, report] = choices('follow_up').choices
    const seen = (await paper(office, lives.full, 'follow_up', { lang: 'sq', about: visit!.id })).said
    expect(seen).toContain('E gjeta në punë.')
    expect(seen).not.toContain('Po ecën mirë.')
    const wrote = (await paper(office, lives.full, 'follow_up', { lang: 'sq', about: report!.id })).said
    expect(wrote).not.toContain('E gjeta në punë.')
    expect(wrote).toContain('Po ecën mirë.')
    const rows = await app.db.admin(
      `select about_id from document_copy where nrm_id = '${lives.full}' order by at desc, id desc limit 4`,
    )
    expect(rows.map((row) => row.about_id).toSorted()).toEqual(
      [report!.id, visit!.id, home!.id, shelter!.id].toSorted(),
    )
    expect((await listOf(office, lives.full, 'en')).copies.slice(0, 4).map((copy) => copy.about)).toContain(
      'Visit, month 1, 28.12.2026',
    )
    const log = (await paper(office, lives.full, 'access_log')).said
    expect(log).toContain('Pëlqimi i personit: Pëlqimi për strehëzën, 24.11.2026')
  })
  test('nothing of another file, of another kind or of nowhere', async () => {
    for (const about of [uuidv7(), lives.interviewId, lives.full])
      expect((await take(office, lives.full, 'follow_up', { lang: 'sq', about })).status).toBe(404)
    const [meant] = (await listOf(office, lives.full)).items.find(
      (one) => one.kind === 'formal_interview',
    )!.choices
    expect(
      (await take(office, lives.full, 'formal_interview', { lang: 'sq', about: meant!.id })).status,
    ).toBe(200)
    expect((await take(office, lives.bare, 'consent', { lang: 'sq', about: meant!.id })).status).toBe(404)
  })
})

test('bad questions are told which; without a language the paper is Albanian', async () => {
  expect((await take(office, lives.full, 'consent', { lang: 'de' })).status).toBe(400)
  expect((await take(office, lives.full, 'consent', { lang: 'sq', about: 'x' })).status).toBe(400)
  expect((await take(office, lives.full, 'consent', { lang: 'sq', to: uuidv7() })).status).toBe(400)
  expect((await take(office, lives.full, 'consent', { lang: 'sq', more: 'x' })).status).toBe(400)
  expect((await take(office, uuidv7(), 'consent')).status).toBe(404)
  expect((await paper(office, lives.full, 'consent', {})).pdf.language).toBe('sq')
})

test('each copy is remembered: template, language, tier, digest, for whom; and that somebody exported', async () => {
  const { said } = await paper(office, lives.full, 'return_notice', {
    lang: 'en',
    to: unitId('border-hani-i-hotit'),
  })
  expect(said).toContain(`For: ${'border-hani-i-hotit'}`)
  const [row] = await app.db.admin(
    `select kind, template_version, language, tier, left_out, leaves, to_unit_id, by_id, unit_id, case_id, octet_length(digest) as digest
     from document_copy where nrm_id = '${lives.full}' order by at desc, id desc limit 1`,
  )
  expect(row).toEqual({
    kind: 'return_notice',
    template_version: 1,
    language: 'en',
    tier: 'T3',
    left_out: [],
    leaves: true,
    to_unit_id: unitId('border-hani-i-hotit'),
    by_id: userId(office),
    unit_id: unitId('social-service-tirana'),
    case_id: null,
    digest: 32,
  })
  expect((await listOf(office, lives.full)).copies[0]).toMatchObject({
    kind: 'return_notice',
    leaves: true,
    by: 'Person social-service',
  })
  const [access] = await app.db.admin(
    `select act, kind, tier, actor_id from access_record where record_id = '${lives.full}' and act = 'export' order by at desc, id desc limit 1`,
  )
  expect(access).toEqual({ act: 'export', kind: 'nrm_file', tier: 'T3', actor_id: userId(office) })
})

describe('rows of copies are read and written as the file is', () => {
  const copies = (who: CastName) =>
    withTx(app.ctx, actorOf(who), (tx) =>
      tx.sql<{ id: string }>('select id from document_copy where nrm_id = $1', [lives.full]),
    )
  test('read by whoever reads the file, and by nobody else', async () => {
    const [all] = await app.db.admin(
      `select count(*)::int as n from document_copy where nrm_id = '${lives.full}'`,
    )
    expect(Number(all!.n)).toBeGreaterThan(0)
    for (const who of ['social-service', 'responsible-authority'] as const)
      expect((await copies(who)).length, who).toBe(Number(all!.n))
    for (const who of [
      'social-service-durres',
      'shelter',
      'police',
      'cpw-tirana',
      'state-agency',
      'coordinator',
      'dpo',
      'admin',
    ] as const)
      expect((await copies(who)).length, who).toBe(0)
  })
  test('written in nobody else’s name, about no file out of sight, and of one record alone', async () => {
    const write = (who: CastName, by: CastName, ids: string) =>
      withTx(app.ctx, actorOf(who), (tx) =>
        tx.sql(
          `insert into document_copy (id, case_id, nrm_id, kind, template_version, language, tier, left_out, leaves, digest, by_id, unit_id, at)
           values ($1, ${ids}, 'consent', 1, 'sq', 'T3', '{}', false, sha256('x'), $2, $3, now())`,
          [uuidv7(), userId(by), actorOf(who).unitId],
        ),
      )
    await expect(
      write('social-service-durres', 'social-service-durres', `null, '${lives.full}'`),
    ).rejects.toThrow(/row-level/)
    await expect(write('social-service', 'police', `null, '${lives.full}'`)).rejects.toThrow(/row-level/)
    await expect(write('social-service', 'social-service', 'null, null')).rejects.toThrow(/row-level|of_one/)
    await expect(write('social-service', 'social-service', `null, '${lives.full}'`)).resolves.toBeDefined()
  })
})
