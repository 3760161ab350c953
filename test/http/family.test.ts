/**
 * Families over HTTP: several children worked on together, each under its own policy; who may speak for a child; and
 * «do not inform the family», which holds at every door.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { withTx, withWriteTx } from '#server/tx.ts'
import { actorOf, type CastName, unitId, userId } from '#test/cast.ts'
import { activePlan, Life, openFor, putChild, today } from './case-life.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const must = async (
  who: CastName,
  type: string,
  id: string,
  body: object,
  baseVersion?: number,
): Promise<Loose> => {
  const reply = await app.as(who).command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
  expect(reply.status, `${type} ${JSON.stringify(reply.body)}`).toBe(200)
  return reply.body
}
const refusedAs = async (who: CastName, type: string, id: string, body: object, baseVersion?: number) => {
  const reply = await app
    .as(who)
    .command(type, id, body, { language: 'en', ...(baseVersion === undefined ? {} : { baseVersion }) })
  expect(String(reply.body.detail ?? '')).not.toMatch(/refusal\.|\{\{/)
  return reply.status === 200 ? 'ok' : String(reply.body.code)
}
const child = async (given: string, who: CastName = 'cpw-tirana') => {
  const personId = await putChild(app, given, 'Kola')
  const life = new Life(app, await openFor(app, who, { personId }))
  return life
}
const familyOf = async (who: CastName, life: Life): Promise<Loose> =>
  (await app.as(who).get(`/api/cases/${life.id}/family`)).body
const two = async () => {
  const mira = await child('Mira')
  const beni = await child('Beni')
  const id = uuidv7()
  const opened = await must('cpw-tirana', 'family.open', id, {
    caseId: mira.id,
    address: 'Rruga e Dibrës 5',
    housing: 'rented',
  })
  await must('cpw-tirana', 'family.add_case', id, { caseId: beni.id })
  return { id, mira, beni, miraMember: String(opened.reply!.memberId) }
}
const events = async (caseId: string, type: string) =>
  app.db.admin<{ command: string; facts: Record<string, unknown> }>(
    `select command_id as command, facts from event where record_id = '${caseId}' and type = '${type}' order by seq`,
  )

describe('several children of one family', () => {
  test('share a household and list each other, and no name is copied', async () => {
    const { mira, beni, id } = await two()
    for (const life of [mira, beni]) {
      const { family } = await familyOf('cpw-tirana', life)
      expect(family).toMatchObject({ id, address: 'Rruga e Dibrës 5', housing: 'rented' })
      expect(family!.cases!.map((one) => String(one.child))).toEqual(['Mira Kola', 'Beni Kola'])
    }
    const rows = await app.db.admin<{ name: string | null }>(
      `select name from family_person where family_id = '${id}'`,
    )
    expect(rows.map((row) => row.name)).toEqual([null, null])
    expect(await refusedAs('cpw-tirana', 'family.open', uuidv7(), { caseId: beni.id })).toBe('family_has_one')
    expect(
      JSON.stringify(await app.db.admin(`select facts from event where record_id = '${id}'`)),
    ).not.toContain(mira.id)
  })

  test('take one visit in one command: an event in each case, what a child said only in its own', async () => {
    const { mira, beni, id } = await two()
    const reply = await must('cpw-tirana', 'family.add_note', id, {
      caseIds: [mira.id, beni.id],
      kind: 'home_visit',
      happenedOn: today,
      text: 'Vizitë te të dy fëmijët.',
      childWords: [{ caseId: mira.id, words: 'Dua të shkoj në shkollë.' }],
    })
    expect(reply.reply!.made).toHaveLength(2)
    const [ofMira, ofBeni] = [await events(mira.id, 'NoteAdded'), await events(beni.id, 'NoteAdded')]
    expect(ofMira[0]!.command).toBe(ofBeni[0]!.command)
    expect([ofMira[0]!.facts.hasWords, ofBeni[0]!.facts.hasWords]).toEqual([true, false])
    const read = async (life: Life) =>
      JSON.stringify((await app.as('cpw-tirana').get(`/api/cases/${life.id}/timeline?kind=note`)).body)
    expect(await read(mira)).toContain('Dua të shkoj')
    expect(await read(beni)).not.toContain('Dua të shkoj')
    expect(await read(beni)).toContain('Vizitë te të dy')
  })

  test('all take it or none: a colleague’s child refuses by its own policy, and names where', async () => {
    const { mira, id } = await two()
    const other = await child('Geri', 'cpw2-tirana')
    expect(await refusedAs('cpw-tirana', 'family.add_case', id, { caseId: other.id })).toBe('case_not_yours')
    await must('head-tirana', 'family.add_case', id, { caseId: other.id })
    const tried = await app.as('cpw-tirana').command('family.add_note', id, {
      caseIds: [mira.id, other.id],
      kind: 'home_visit',
      happenedOn: today,
      text: 'Për të dy.',
    })
    expect(tried.body).toMatchObject({ status: 422, code: 'case_not_yours', field: 'caseIds.1' })
    expect(await events(mira.id, 'NoteAdded')).toEqual([])
    // The colleague's child is there by its code, without a name; its worker sees the name.
    const seen = async (who: CastName) =>
      (await familyOf(who, mira)).family!.cases!.find((one) => String(one.caseId) === other.id)
    expect(await seen('cpw-tirana')).toMatchObject({ child: null, works: false })
    expect(await seen('head-tirana')).toMatchObject({ child: 'Geri Kola', works: true })
  })

  test('take one service and one action of a plan', async () => {
    const one = await activePlan(app)
    const id = uuidv7()
    await must('cpw-tirana', 'family.open', id, { caseId: one.id })
    const beni = await child('Beni')
    await must('cpw-tirana', 'family.add_case', id, { caseId: beni.id })
    const meals = {
      caseIds: [beni.id, one.id],
      service: 'food',
      setting: 'home',
      beneficiary: 'family',
      providerId: unitId('school-tirana'),
      from: today,
    }
    const backwards = await app
      .as('cpw-tirana')
      .command('family.record_service', id, { ...meals, until: '2025-03-01' })
    expect([backwards.status, String(backwards.body.errors?.[0]?.field)]).toEqual([400, 'body.body.until'])
    await must('cpw-tirana', 'family.record_service', id, meals)
    expect(await events(one.id, 'ServiceRecorded')).toHaveLength(1)
    expect(await events(beni.id, 'ServiceRecorded')).toHaveLength(1)
    const goals = [
      { caseId: one.id, goalId: uuidv7() },
      { caseId: beni.id, goalId: uuidv7() },
    ]
    const action = { goals, service: 'education', text: 'Shkolla' }
    expect(await refusedAs('cpw-tirana', 'family.add_action', id, action)).toMatch(/^case_/)
    const lives = [await child('Ana'), await child('Ema')]
    const family = uuidv7()
    await must('cpw-tirana', 'family.open', family, { caseId: lives[0]!.id })
    await must('cpw-tirana', 'family.add_case', family, { caseId: lives[1]!.id })
    const drafts: { caseId: string; goalId: string }[] = []
    for (const life of lives) {
      await app.db.admin(`update case_file set status = 'PLANNING' where id = '${life.id}'`)
      life.version = Number((await life.read()).body.version)
      await life.must('cpw-tirana', 'draft_plan', {
        goals: [{ area: 'education', text: 'Kthehet në shkollë', actions: [] }],
      })
      drafts.push({ caseId: life.id, goalId: String((await life.read()).body.plan!.goals![0]!.id) })
    }
    await must('cpw-tirana', 'family.add_action', family, { ...action, goals: drafts })
    for (const life of lives) expect(await events(life.id, 'ActionAdded')).toHaveLength(1)
  })

  test('is unknown to whoever sees none of its cases; a case that leaves loses sight of it', async () => {
    const { mira, beni, id } = await two()
    for (const who of ['cpw-durres', 'school', 'admin', 'coordinator', 'director-tirana', 'dpo'] as const) {
      expect((await app.as(who).get(`/api/cases/${mira.id}/family`)).status, who).toBe(404)
      expect(await refusedAs(who, 'family.set_household', id, { remark: 'x' }, 1), who).toBe('not_found')
    }
    // A colleague of the unit sees that there is one, and nothing of the household.
    expect((await familyOf('cpw2-tirana', mira)).family).toMatchObject({
      address: null,
      members: [],
      relations: [],
    })
    await must('cpw-tirana', 'family.remove_case', id, { caseId: beni.id, reason: 'Nuk janë vëllezër' })
    expect((await familyOf('cpw-tirana', beni)).family).toBeNull()
    expect(await refusedAs('cpw-tirana', 'family.remove_case', id, { caseId: mira.id, reason: 'x' })).toBe(
      'family_last_case',
    )
    // The case may join again and finds its place.
    await must('cpw-tirana', 'family.add_case', id, { caseId: beni.id })
    expect((await familyOf('cpw-tirana', beni)).family!.members).toHaveLength(2)
  })

  test('a stale change of one relationship is told what moved', async () => {
    const { id, mira, miraMember } = await two()
    const added = await must('cpw-tirana', 'family.add_member', id, { name: 'Vera Kola', sex: 'female' })
    const mother = String(added.reply!.made![0])
    const relation = {
      fromId: mother,
      toId: miraMember,
      kind: 'mother',
      guardian: true,
      livesWith: true,
      contact: 'allowed',
    }
    const base = Number(added.version)
    await must('cpw-tirana', 'family.relate', id, relation, base)
    const again = await app
      .as('head-tirana')
      .command('family.relate', id, { ...relation, contact: 'supervised' }, { baseVersion: base })
    expect(again.body).toMatchObject({ code: 'stale' })
    const { family } = await familyOf('cpw-tirana', mira)
    await must(
      'head-tirana',
      'family.relate',
      id,
      { ...relation, contact: 'supervised', from: '2020-01-01' },
      Number(family!.version),
    )
    const now = (await familyOf('cpw-tirana', mira)).family!
    expect(now.relations!.filter((one) => String(one.ended) === 'false')).toMatchObject([
      { contact: 'supervised' },
    ])
    const [live] = now.relations!
    await must('cpw-tirana', 'family.end_relation', id, { relationId: live!.id, on: today })
    expect(
      (await familyOf('cpw-tirana', mira)).family!.relations!.every((one) => String(one.ended) === 'true'),
    ).toBe(true)
  })

  test('takes over the people near the child that the case names, each with its rule of contact', async () => {
    const mira = await child('Mira')
    const near = { livesWithChild: true, phone: '069' }
    await mira.must('cpw-tirana', 'add_person_near', {
      name: 'Vera Kola',
      relationship: 'mother',
      contact: 'allowed',
      ...near,
    })
    await mira.must('cpw-tirana', 'add_person_near', {
      name: 'Gëzim Laska',
      relationship: 'suspected_exploiter',
      contact: 'forbidden',
      ...near,
    })
    await mira.must('cpw-tirana', 'add_person_near', {
      name: 'Mësuesja',
      relationship: 'teacher',
      contact: 'allowed',
      ...near,
    })
    await must('cpw-tirana', 'family.open', uuidv7(), { caseId: mira.id, takeNear: true })
    const { family } = await familyOf('cpw-tirana', mira)
    // People written down in the same instant stand in no order among themselves.
    expect(family!.members!.map((one) => `${String(one.name)} ${String(one.alleged)}`).toSorted()).toEqual([
      'Gëzim Laska true',
      'Mira Kola false',
      'Vera Kola false',
    ])
    expect(family!.relations!.map((one) => String(one.contact)).toSorted()).toEqual(['allowed', 'forbidden'])
  })
})

describe('who speaks for the child', () => {
  const asked = {
    kind: 'procedural_representative',
    basis: 'procedural_act',
    from: today,
    allegedPerpetrator: 'no',
    employedByOtherSide: 'no',
  }
  const version = async (life: Life) => Number((await life.read()).body.version)

  test('is nobody who is suspected, stands on the other side, or of whom that is not known', async () => {
    const { mira, id } = await two()
    const assign = async (more: object) =>
      refusedAs(
        'cpw-tirana',
        'case.assign_representative',
        mira.id,
        { ...asked, name: 'Ilda Meta', ...more },
        await version(mira),
      )
    expect(await assign({ allegedPerpetrator: 'yes' })).toBe('representative_in_conflict')
    expect(await assign({ allegedPerpetrator: 'not_known' })).toBe('representative_in_conflict')
    expect(await assign({ employedByOtherSide: 'yes' })).toBe('representative_in_conflict')
    const man = await must('cpw-tirana', 'family.add_member', id, {
      name: 'Gëzim Laska',
      sex: 'male',
      alleged: true,
    })
    expect(await assign({ memberId: man.reply!.made![0] })).toBe('representative_in_conflict')
    // The register looks itself: the same name, however it is ordered or marked.
    expect(await assign({ name: 'Laska GEZIM' })).toBe('representative_in_conflict')
    expect(await assign({})).toBe('ok')
    expect(await assign({ name: 'Tjetër Njeri' })).toBe('representative_has_one')
    // Whoever had to stop for a conflict does not begin again.
    const [one] = (await familyOf('cpw-tirana', mira)).representatives!
    await must('cpw-tirana', 'case.end_representative', mira.id, {
      representativeId: one!.id,
      reason: 'conflict',
    })
    expect(await assign({})).toBe('representative_in_conflict')
    expect(await assign({ name: 'Tjetër Njeri' })).toBe('ok')
  })

  test('stops at the moment that a conflict becomes known, in every case of the family', async () => {
    const { mira, beni, id } = await two()
    const other = await child('Geri', 'cpw2-tirana')
    await must('head-tirana', 'family.add_case', id, { caseId: other.id })
    const added = await must('cpw-tirana', 'family.add_member', id, { name: 'Daja', sex: 'male' })
    const memberId = String(added.reply!.made![0])
    for (const [life, who] of [
      [mira, 'cpw-tirana'],
      [beni, 'cpw-tirana'],
      [other, 'head-tirana'],
    ] as const)
      await must(
        who,
        'case.assign_representative',
        life.id,
        { ...asked, name: 'Daja', memberId },
        await version(life),
      )
    const family = (await familyOf('cpw-tirana', mira)).family!
    await must(
      'cpw-tirana',
      'family.mark_member',
      id,
      { memberId, alleged: true, otherSide: false, reason: 'E tha fëmija' },
      Number(family.version),
    )
    for (const life of [mira, beni, other])
      expect((await familyOf('head-tirana', life)).representatives).toMatchObject([
        { endReason: 'conflict', endedOn: today },
      ])
    // Nobody writes it past its event.
    await expect(
      withWriteTx(app.ctx, actorOf('cpw-tirana'), { commandId: uuidv7() }, (tx) =>
        tx.sql('select end_representative($1, $2, $3)', [uuidv7(), today, 'other']),
      ),
    ).rejects.toThrow(/only together with its event/)
  })

  test('nor gives consent for it under a suspect’s name', async () => {
    const mira = await child('Mira')
    await mira.must('cpw-tirana', 'add_person_near', {
      name: 'Gëzim Laska',
      relationship: 'suspected_exploiter',
      contact: 'forbidden',
      livesWithChild: null,
    })
    const consent = {
      caseId: mira.id,
      purpose: 'sharing',
      recipients: ['school'],
      fields: ['name'],
      capacity: 'guardian',
      language: 'sq',
      explainedBy: 'Ilir Sinani',
    }
    expect(
      await refusedAs('cpw-tirana', 'consent.record', uuidv7(), { ...consent, givenBy: 'Gezim Laska' }),
    ).toBe('consent_conflict_of_interest')
    expect(
      await refusedAs('cpw-tirana', 'consent.record', uuidv7(), { ...consent, givenBy: 'Ilda Meta' }),
    ).toBe('ok')
  })
})

describe('«do not inform the family»', () => {
  test('stands until somebody assessed it, refuses whatever is aimed at the family, and is refused by the rows too', async () => {
    const mira = await child('Mira')
    const tell = { means: 'invitation', on: today, text: 'Ftesë për takim' }
    const rights = {
      on: today,
      audience: 'parent',
      topics: ['confidentiality'],
      language: 'sq',
      format: 'spoken',
      interpreter: false,
      understood: 'yes',
      explainedBy: 'Ilir Sinani',
    }
    const consent = {
      caseId: mira.id,
      purpose: 'sharing',
      recipients: ['school'],
      fields: ['name'],
      capacity: 'parent',
      givenBy: 'Vera Kola',
      language: 'sq',
      explainedBy: 'Ilir Sinani',
    }
    const handed = {
      kind: 'document',
      toKind: 'family',
      ground: 'law',
      ref: 'ligji 18/2017',
      what: ['plan'],
      sensitive: false,
      reason: 'Nëna',
    }
    const tries = async () => [
      await refusedAs('cpw-tirana', 'case.inform_family', mira.id, tell),
      await refusedAs('cpw-tirana', 'case.explain_rights', mira.id, rights),
      await refusedAs('cpw-tirana', 'consent.record', uuidv7(), consent),
      await refusedAs('cpw-tirana', 'case.record_disclosure', mira.id, handed),
    ]
    expect((await familyOf('cpw-tirana', mira)).mayInform).toBe(false)
    expect(await tries()).toEqual(Array.from({ length: 4 }, () => 'family_do_not_inform'))
    // The rows refuse it even where a command forgot to ask.
    const past = withTx(app.ctx, actorOf('cpw-tirana'), (tx) =>
      tx.sql('insert into family_notice (id, case_id, means, on_day, at) values ($1, $2, $3, $4, now())', [
        uuidv7(),
        mira.id,
        'notice',
        today,
      ]),
    )
    await expect(past).rejects.toThrow(/row-level security/)
    await mira.must('cpw-tirana', 'set_alerts', {
      doNotPhoneHome: false,
      doNotInformFamily: false,
      addressProtected: false,
      interpreter: null,
      reason: 'Nëna është e sigurt',
    })
    expect(await tries()).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect((await familyOf('cpw-tirana', mira)).notices).toMatchObject([
      { means: 'invitation', text: 'Ftesë për takim' },
    ])
    expect(userId('cpw-tirana')).toBeTruthy()
  })
})
