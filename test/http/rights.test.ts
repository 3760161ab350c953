/**
 * Rights, the child's own word, written requests and the log of what left; and a consent that is taken back in the middle of
 * a referral, whatever the moment.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { withTx } from '#server/tx.ts'
import { actorOf, type CastName, castNames, unitId } from '#test/cast.ts'
import { Life, openFor, putChild, today, waitsIn } from './case-life.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const child = async (born = '2011-03-03') => {
  const personId = await putChild(app, 'Denis', 'Luka')
  await app.db.admin(
    `update person_named set birth_from = '${born}', birth_to = '${born}', birth_said = '' where id = '${personId}'`,
  )
  return new Life(app, await openFor(app, 'cpw-tirana', { personId }))
}
const send = (life: Life, more: object = {}, id = uuidv7(), who: CastName = 'cpw-tirana') =>
  app.as(who).command('referral.send', id, {
    caseId: life.id,
    toUnitId: unitId('shelter-tirana'),
    service: 'emergency_shelter',
    said: { needs: 'Shtrat sonte', risks: 'Një i rritur e kërkon' },
    grounds: [{ kind: 'law', ref: 'ligji 18/2017' }],
    ...more,
  })
const codeOf = (reply: { status: number; body: Loose }): string =>
  reply.status === 200 ? 'ok' : String(reply.body.code)
const act = async (who: CastName, life: Life, verb: string, body: object, base?: number): Promise<string> => {
  const reply = await app.as(who).command(`case.${verb}`, life.id, body, {
    language: 'sq',
    baseVersion: base ?? Number((await app.as('cpw-tirana').get(`/api/cases/${life.id}`)).body.version),
  })
  expect(String(reply.body.detail ?? '')).not.toMatch(/refusal\.|\{\{/)
  return codeOf(reply)
}
const log = async (life: Life, who: CastName = 'cpw-tirana') =>
  (await app.as(who).get(`/api/cases/${life.id}/disclosures`)).body.items!
const requests = async (life: Life, who: CastName = 'cpw-tirana') =>
  (await app.as(who).get(`/api/cases/${life.id}/requests`)).body.items!

describe('what is sensitive', () => {
  test('waits for the child: asked at sending or before, its refusal set aside only by law, with the reason, in the log', async () => {
    const life = await child()
    const tried = await send(life)
    expect(tried.body).toMatchObject({ code: 'permission_child_not_asked', field: 'child' })
    // Nothing sensitive in it: nobody need be asked.
    expect(codeOf(await send(life, { said: { needs: 'Shtrat' } }))).toBe('ok')
    const no = { child: { answer: 'disagrees', words: 'Mos i thuaj askujt' } }
    expect((await send(life, no)).body).toMatchObject({
      code: 'referral_override_reason',
      field: 'objection',
    })
    const above = { objection: 'child', overrideReason: 'Rrezik për jetën' }
    expect(codeOf(await send(life, { ...no, ...above }))).toBe('ok')
    expect(codeOf(await send(life, { child: { answer: 'not_asked' } }))).toBe('permission_why_missing')
    expect(codeOf(await send(life, { child: { answer: 'not_asked', why: 'danger' } }))).toBe('ok')
    expect(codeOf(await send(life, { child: { answer: 'agrees' } }))).toBe('ok')
    // Its newest word counts, also when it was given before.
    expect(codeOf(await send(life))).toBe('ok')
    const lines = await log(life)
    expect(lines.map((one) => [String(one.tier), String(one.childAsked), String(one.overrides)])).toEqual([
      ['T4', 'agrees', 'none'],
      ['T4', 'agrees', 'none'],
      ['T4', 'not_asked', 'none'],
      ['T4', 'disagrees', 'child'],
      ['T3', 'not_needed', 'none'],
    ])
    expect(lines[3]).toMatchObject({
      reason: 'Rrezik për jetën',
      grounds: [{ kind: 'law', ref: 'ligji 18/2017' }],
    })
    // The line stands on the case's own chain, too.
    const [made] = await app.db.admin<{ n: number }>(
      `select count(*)::int as n from event where record_id = '${life.id}' and type = 'DisclosureMade'`,
    )
    expect(made!.n).toBe(5)
  })

  test('is not asked of a small child, and what it permitted it may take back', async () => {
    expect(codeOf(await send(await child('2021-01-01')))).toBe('ok')
    const life = await child()
    const asked = { on: today, recipients: ['shelter'], fields: ['risks', 'name'], answer: 'agrees' }
    expect(await act('cpw-tirana', life, 'ask_permission', { ...asked, fields: ['name'] })).toBe(
      'permission_nothing_sensitive',
    )
    expect(await act('cpw-tirana', life, 'ask_permission', asked)).toBe('ok')
    expect(codeOf(await send(life))).toBe('ok')
    const { permissions, askedFrom } = (await app.as('cpw-tirana').get(`/api/cases/${life.id}/rights`)).body
    expect(askedFrom).toBe(7)
    expect(permissions).toMatchObject([{ fields: ['risks'], answer: 'agrees' }])
    const permissionId = permissions![0]!.id
    expect(await act('cpw-tirana', life, 'withdraw_permission', { permissionId })).toBe('ok')
    expect(codeOf(await send(life))).toBe('permission_child_not_asked')
    expect(await act('cpw-tirana', life, 'withdraw_permission', { permissionId })).toBe(
      'permission_withdrawn',
    )
  })

  test('rights are written down with language and form; a colleague sees that, not the words', async () => {
    const life = await child()
    const body = {
      on: today,
      audience: 'child',
      topics: ['confidentiality', 'legal_aid'],
      language: 'rom',
      format: 'pictures',
      interpreter: true,
      understood: 'partly',
      explainedBy: 'Ilir Sinani',
      questions: 'Kush do ta dijë?',
    }
    expect(await act('cpw-tirana', life, 'explain_rights', body)).toBe('ok')
    const seen = async (who: CastName) => (await app.as(who).get(`/api/cases/${life.id}/rights`)).body.rights
    expect(await seen('cpw-tirana')).toMatchObject([{ language: 'rom', questions: 'Kush do ta dijë?' }])
    expect(await seen('cpw2-tirana')).toMatchObject([{ language: 'rom', questions: null, explainedBy: null }])
  })
})

describe('a written request of the police', () => {
  const letter = {
    authority: 'police',
    reference: '1187/4',
    article: 'neni 154 KPP',
    asked: ['identity', 'health', 'interview'],
    receivedOn: today,
    officer: 'Komisar Arben Leka',
    words: 'Kërkohen të dhënat e fëmijës.',
  }
  const received = async () => {
    const life = await child()
    expect(await act('cpw-tirana', life, 'receive_request', letter)).toBe('ok')
    return { life, requestId: String((await requests(life))[0]!.id) }
  }

  test('is checked by one, answered by another with the least, and what left stands in the log', async () => {
    const { life, requestId } = await received()
    expect(await waitsIn(app, life.id, 'cpw-tirana')).toContain('written_request')
    const give = {
      requestId,
      parts: [
        { part: 'identity', text: 'Denis Luka, 2011' },
        { part: 'health', text: 'Ka astmë' },
      ],
    }
    expect(await act('cpw-tirana', life, 'answer_request', give)).toBe('request_not_checked')
    const check = { requestId, lawful: true, allowed: ['identity', 'health'], opinion: 'Sipas nenit' }
    expect(
      await act('head-tirana', life, 'check_request', { ...check, allowed: ['identity', 'interview'] }),
    ).toBe('request_only_by_order')
    expect(await act('head-tirana', life, 'check_request', { ...check, allowed: ['school'] })).toBe(
      'request_outside_asked',
    )
    expect(await act('cpw2-tirana', life, 'check_request', check)).toBe('case_not_yours')
    expect(await act('head-tirana', life, 'check_request', check)).toBe('ok')
    expect(await act('head-tirana', life, 'answer_request', give)).toBe('request_checker_answers')
    expect(
      await act('cpw-tirana', life, 'answer_request', {
        requestId,
        parts: [{ part: 'interview', text: 'x' }],
      }),
    ).toBe('request_outside_allowed')
    expect(await act('cpw-tirana', life, 'answer_request', give)).toBe('ok')
    expect(await act('cpw-tirana', life, 'answer_request', give)).toBe('request_not_open')
    expect(await log(life)).toMatchObject([
      {
        kind: 'written_request',
        toKind: 'police',
        tier: 'T4',
        fields: ['identity', 'health'],
        grounds: [{ kind: 'request' }],
      },
    ])
    const extract = async (who: CastName) =>
      (await requests(life, who))[0]!.extract!.map((one) => one.text as unknown)
    expect(await extract('cpw-tirana')).toEqual(['Denis Luka, 2011', 'Ka astmë'])
    // The head reads T3, a colleague neither; what is sensitive lies sealed.
    expect(await extract('head-tirana')).toEqual(['Denis Luka, 2011', null])
    expect(await extract('cpw2-tirana')).toEqual([null, null])
    const plain = await app.db.admin(
      `select body::text from case_text_sensitive where case_id = '${life.id}'`,
    )
    expect(JSON.stringify(plain)).not.toContain('astmë')
  })

  test('that is unlawful is only refused, with the reason; the rows let nobody answer alone', async () => {
    const { life, requestId } = await received()
    expect(
      await act('head-tirana', life, 'check_request', { requestId, lawful: false, opinion: 'Pa bazë' }),
    ).toBe('ok')
    expect(
      await act('cpw-tirana', life, 'answer_request', {
        requestId,
        parts: [{ part: 'identity', text: 'x' }],
      }),
    ).toBe('request_unlawful')
    expect(await act('cpw-tirana', life, 'refuse_request', { requestId, reason: 'Pa bazë ligjore' })).toBe(
      'ok',
    )
    expect((await requests(life))[0]).toMatchObject({ state: 'refused', refusal: 'Pa bazë ligjore' })
    expect(await log(life)).toEqual([])
    const alone = app.db.admin(
      `update information_request set state = 'answered', given = '{identity}', allowed = '{identity}', checked_by = closed_by where id = '${requestId}'`,
    )
    await expect(alone).rejects.toThrow(/check constraint/)
  })

  test('is nobody’s to see or to write who is not of the case', async () => {
    const { life, requestId } = await received()
    const inside: readonly CastName[] = ['cpw-tirana', 'cpw2-tirana', 'head-tirana', 'state-agency']
    for (const who of castNames.filter((name) => !inside.includes(name))) {
      for (const door of ['requests', 'disclosures', 'rights', 'family'])
        expect((await app.as(who).get(`/api/cases/${life.id}/${door}`)).status, `${who} ${door}`).toBe(404)
      const tried = await app
        .as(who)
        .command('case.refuse_request', life.id, { requestId, reason: 'x' }, { baseVersion: 1 })
      expect(tried.status, who).toBe(404)
    }
  })
})

test('the log is never changed and never deleted', async () => {
  const life = await child()
  await send(life, { child: { answer: 'agrees' } })
  for (const sql of ['delete from disclosure', "update disclosure set to_kind = 'x'"])
    await expect(
      withTx(app.ctx, actorOf('cpw-tirana'), (tx) => tx.sql(sql)),
      sql,
    ).rejects.toThrow(/permission denied/)
})

describe('a consent taken back in the middle of a referral', () => {
  const consentFor = async (life: Life): Promise<string> => {
    const id = uuidv7()
    const reply = await app.as('cpw-tirana').command('consent.record', id, {
      caseId: life.id,
      purpose: 'sharing',
      recipients: ['shelter'],
      fields: ['identity', 'needs', 'risks', 'consent'],
      capacity: 'guardian',
      givenBy: 'Vjollca Luka',
      language: 'sq',
      explainedBy: 'Ilir Sinani',
    })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    return id
  }

  test('at whatever moment, among whatever acts at once: nobody reads on, everything can be closed', async () => {
    const racers = ['acknowledge', 'accept', 'start_service', 'send', 'withdraw_referral', 'ask'] as const
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.shuffledSubarray([...racers], { minLength: 1 }),
        fc.boolean(),
        async (alsoSafety, chosen, accepted) => {
          const life = await child()
          const consent = await consentFor(life)
          const grounds = [
            { kind: 'consent', ref: consent },
            ...(alsoSafety ? [{ kind: 'safety', ref: 'rrezik', scope: ['identity', 'needs'] }] : []),
          ]
          const id = uuidv7()
          expect(codeOf(await send(life, { grounds, child: { answer: 'agrees' } }, id))).toBe('ok')
          if (accepted) await app.as('shelter').command('referral.accept', id, {}, { baseVersion: 1 })
          const at = accepted ? 2 : 1
          const second = uuidv7()
          const racing: Record<(typeof racers)[number], () => Promise<unknown>> = {
            acknowledge: () => app.as('shelter').command('referral.acknowledge', id, {}, { baseVersion: at }),
            accept: () => app.as('shelter').command('referral.accept', id, {}, { baseVersion: at }),
            start_service: () =>
              app.as('shelter').command('referral.start_service', id, {}, { baseVersion: at }),
            send: () => send(life, { grounds }, second),
            withdraw_referral: () =>
              app
                .as('cpw-tirana')
                .command('referral.withdraw', id, { reason: 'no_longer_needed' }, { baseVersion: at }),
            ask: () =>
              app.as('cpw-tirana').command('case.ask_permission', life.id, {
                on: today,
                recipients: ['shelter'],
                fields: ['risks'],
                answer: 'agrees',
              }),
          }
          const taking = app
            .as('cpw-tirana')
            .command('consent.withdraw', consent, { capacity: 'guardian' }, { baseVersion: 1 })
          const replies = await Promise.all([taking, ...chosen.map((one) => racing[one]())])
          for (const reply of replies) expect((reply as { status: number }).status).toBeLessThan(500)
          // Another's write may have been faster; then it is taken back again, on what stands now.
          if ((await taking).status !== 200)
            expect(
              codeOf(
                await app
                  .as('head-tirana')
                  .command('consent.withdraw', consent, { capacity: 'guardian' }, { baseVersion: 1 }),
              ),
            ).toBe('ok')
          for (const one of [id, second]) {
            const page = await app.as('shelter').get(`/api/referrals/${one}`)
            if (page.status === 404) continue
            const left = page.body.packet!.map((part) => String(part.field)).toSorted()
            const closed = page.body.closedAt !== null
            expect(left).toEqual(alsoSafety && !closed ? ['identity', 'needs'] : [])
            if (!closed) {
              const ways = page.body.allowedActions!.map(String)
              const verb = ways.includes('complete') ? 'complete' : 'decline'
              const body = verb === 'complete' ? { outcome: 'stopped' } : { reason: 'no_place' }
              const done = await app
                .as('shelter')
                .command(`referral.${verb}`, one, body, { baseVersion: Number(page.body.version) })
              expect(codeOf(done)).toBe('ok')
            }
          }
        },
      ),
      { numRuns: 14, seed: 20181231 },
    )
  })

  test('by a guardian, it ends nothing that protects the child by law or for safety', async () => {
    const life = await child()
    const consent = await consentFor(life)
    const id = uuidv7()
    await send(
      life,
      {
        grounds: [
          { kind: 'law', ref: 'ligji 18/2017' },
          { kind: 'consent', ref: consent },
        ],
        child: { answer: 'agrees' },
      },
      id,
    )
    await app
      .as('cpw-tirana')
      .command('consent.withdraw', consent, { capacity: 'guardian' }, { baseVersion: 1 })
    const page = (await app.as('shelter').get(`/api/referrals/${id}`)).body
    expect(page.packet!.map((part) => String(part.field))).toContain('risks')
    const tried = await app
      .as('cpw-tirana')
      .command(
        'referral.withdraw',
        id,
        { reason: 'asked_by_guardian' },
        { baseVersion: Number(page.version) },
      )
    expect(tried.body.code).toBe('referral_guardian_cannot_withdraw')
  })
})
