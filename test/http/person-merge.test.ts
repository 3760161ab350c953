/** Two persons who are one: by two people, as far as both are seen, countable and reversible. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { withTx, withWriteTx } from '#server/tx.ts'
import { actorOf, type CastName, userId } from '#test/cast.ts'
import { openFor, putChild } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

/** A child with a case, registered with a chain, as triage does. */
const child = async (given: string, who: CastName = 'cpw-tirana', family = 'Dervishi') => {
  const id = await putChild(app, given, family)
  await app.db.admin(
    `update person_named set sounds = array['${given.slice(0, 2)}'], birth_from = '2015-01-01', birth_to = '2015-12-31', birth_said = '2015' where id = '${id}'`,
  )
  await withWriteTx(app.ctx, actorOf(who), { commandId: uuidv7() }, (tx) =>
    tx.sql("select append_events('person', $1, 0, $2, $3, now(), now())", [
      id,
      JSON.stringify([{ id: uuidv7(), type: 'PersonRegistered', v: 1, facts: {} }]),
      tx.commandId,
    ]),
  )
  const opened = await openFor(app, who, { personId: id })
  return { id, caseId: opened.caseId }
}
const versionOf = async (id: string): Promise<number> =>
  (await app.db.admin<{ version: number }>(`select version from person where id = '${id}'`))[0]!.version
const send = async (
  who: CastName,
  type: string,
  id: string,
  body: object,
  purpose?: 'case_review',
): Promise<{ code: string; mergeId?: string }> => {
  const actor = { ...actorOf(who), purpose: purpose ?? null }
  const reply = await app
    .as(who)
    .command(type, id, body, { baseVersion: await versionOf(id), language: 'en' })
  expect(actor.userId).toBeTruthy()
  expect(String(reply.body.detail ?? '')).not.toMatch(/refusal\.|\{\{/)
  return reply.status === 200
    ? { code: 'ok', mergeId: String(reply.body.reply!.mergeId ?? '') }
    : { code: String(reply.body.code) }
}
const roots = async (): Promise<number> =>
  (
    await app.db.admin<{ n: number }>('select count(distinct coalesce(same_as, id))::int as n from person')
  )[0]!.n
const waits = async (who: CastName) => (await app.as(who).get('/api/work?kind=same_person')).body.items!
const because = { reason: 'E njëjta nënë, e njëjta adresë' }

describe('two persons', () => {
  test('are joined by two people and parted again; counts follow the link, references stay', async () => {
    const [a, b] = [await child('Besmir'), await child('Besmiri')]
    const before = await roots()
    const proposed = await send('cpw-tirana', 'person.propose_merge', a.id, { intoId: b.id, ...because })
    expect(proposed.code).toBe('ok')
    const mergeId = proposed.mergeId!
    expect(
      (await send('cpw-tirana', 'person.decide_merge', a.id, { mergeId, decision: 'confirm', ...because }))
        .code,
    ).toBe('needs_second_person')
    expect(await roots()).toBe(before)
    const notices = (await app.as('head-tirana').get('/api/notices')).body.items!
    expect(notices.map((one) => String(one.code))).toContain('case_merge_proposed')
    const waiting = (await app.as('head-tirana').get('/api/person-merges')).body.items!
    expect(waiting).toMatchObject([{ id: mergeId, reason: because.reason, may: ['confirm', 'refuse'] }])
    // It stands among what waits for the second person, and for nobody else; the State Agency's matter are those of two units.
    expect(await waits('head-tirana')).toMatchObject([
      { title: 'Vendosni: a janë dy personat një?', name: expect.stringContaining('Besmir') },
    ])
    for (const other of ['cpw-tirana', 'cpw2-tirana', 'head-durres', 'state-agency', 'police'] as const)
      expect(await waits(other), other).toEqual([])
    expect(
      (await send('head-tirana', 'person.decide_merge', a.id, { mergeId, decision: 'confirm', ...because }))
        .code,
    ).toBe('ok')
    expect(await waits('head-tirana')).toEqual([])
    expect(await roots()).toBe(before - 1)
    // Each case keeps the id it was entered with.
    const [kept] = await app.db.admin<{ person_id: string }>(
      `select person_id from case_file where id = '${a.caseId}'`,
    )
    expect(kept!.person_id).toBe(a.id)
    const [link] = await app.db.admin<{ same_as: string }>(`select same_as from person where id = '${a.id}'`)
    expect(link!.same_as).toBe(b.id)
    // No chains: the one that others lead to leads nowhere, and nothing leads to one that leads on.
    const c = await child('Besim')
    expect((await send('cpw-tirana', 'person.propose_merge', b.id, { intoId: c.id, ...because })).code).toBe(
      'merge_chain',
    )
    expect((await send('cpw-tirana', 'person.propose_merge', c.id, { intoId: a.id, ...because })).code).toBe(
      'merge_chain',
    )
    expect((await send('cpw-tirana', 'person.propose_merge', a.id, { intoId: c.id, ...because })).code).toBe(
      'merge_already_open',
    )
    // What two people joined, two people part.
    const propose = () => send('cpw-tirana', 'person.propose_part', a.id, { mergeId, ...because })
    const decide = (who: CastName, decision: string) =>
      send(who, 'person.decide_part', a.id, { mergeId, decision, ...because })
    expect((await decide('head-tirana', 'confirm')).code).toBe('merge_parting_not_proposed')
    expect((await propose()).code).toBe('ok')
    expect(await waits('head-tirana')).toMatchObject([
      {
        title: 'Vendosni: a duhen ndarë sërish dy personat?',
        path: expect.stringMatching(/^\/cases\/.+tab=family$/),
      },
    ])
    expect(await waits('cpw-tirana')).toEqual([])
    expect((await propose()).code).toBe('merge_parting_open')
    expect((await decide('cpw-tirana', 'confirm')).code).toBe('needs_second_person')
    expect((await decide('head-tirana', 'withdraw')).code).toBe('not_allowed')
    expect(await roots()).toBe(before)
    expect((await app.as('head-tirana').get('/api/person-merges')).body.items).toMatchObject([
      { id: mergeId, partingReason: because.reason, may: ['confirm_part', 'refuse_part'] },
    ])
    expect((await decide('head-tirana', 'refuse')).code).toBe('ok')
    expect((await propose()).code).toBe('ok')
    expect((await decide('cpw-tirana', 'withdraw')).code).toBe('ok')
    expect((await propose()).code).toBe('ok')
    expect((await decide('head-tirana', 'confirm')).code).toBe('ok')
    expect(await roots()).toBe(before + 1)
    // Why they were parted is told to whoever meets the pair later.
    expect((await app.as('cpw-tirana').get(`/api/persons/${a.id}/same`)).body.merges).toMatchObject([
      { id: mergeId, state: 'undone', partingBy: null, partingReason: because.reason },
    ])
    expect((await decide('head-tirana', 'confirm')).code).toBe('merge_not_confirmed')
  })

  test('crossing proposals confirmed in the same moment leave no chain', async () => {
    const [a, b] = [await child('Arta'), await child('Artë')]
    const one = await send('cpw-tirana', 'person.propose_merge', a.id, { intoId: b.id, ...because })
    const two = await send('cpw-tirana', 'person.propose_merge', b.id, { intoId: a.id, ...because })
    expect([one.code, two.code]).toEqual(['ok', 'ok'])
    const both = await Promise.all([
      send('head-tirana', 'person.decide_merge', a.id, {
        mergeId: one.mergeId,
        decision: 'confirm',
        ...because,
      }),
      send('head-tirana', 'person.decide_merge', b.id, {
        mergeId: two.mergeId,
        decision: 'confirm',
        ...because,
      }),
    ])
    expect(both.map((reply) => reply.code).toSorted()).toEqual(['merge_chain', 'ok'])
    const [chains] = await app.db.admin<{ n: number }>(
      'select count(*)::int as n from person p join person q on q.id = p.same_as where q.same_as is not null',
    )
    expect(chains!.n).toBe(0)
  })

  test('are offered only where both are open to the reader, and elsewhere only a unit to call', async () => {
    const a = await child('Dritan', 'cpw-tirana', 'Shkurti')
    const b = await child('Dritani', 'cpw-tirana', 'Shkurti')
    const far = await child('Dritan', 'cpw-durres', 'Shkurti')
    const colleague = await child('Dritan', 'cpw2-tirana', 'Shkurti')
    const same = (await app.as('cpw-tirana').get(`/api/persons/${a.id}/same`)).body
    expect(same.suggestions!.map((one) => String(one.face!.personId))).toEqual([b.id])
    expect(JSON.stringify(same)).not.toContain(far.id)
    expect(JSON.stringify(same)).not.toContain(colleague.id)
    expect(same.elsewhere!.length).toBe(1)
    const head = (await app.as('head-tirana').get(`/api/persons/${a.id}/same`)).body
    expect(head.suggestions!.map((one) => String(one.face!.personId)).toSorted()).toEqual(
      [b.id, colleague.id].toSorted(),
    )
    expect(
      (await send('cpw-tirana', 'person.propose_merge', a.id, { intoId: far.id, ...because })).code,
    ).toBe('merge_not_seen')
    expect(
      (await send('cpw-tirana', 'person.propose_merge', a.id, { intoId: colleague.id, ...because })).code,
    ).toBe('merge_not_seen')
    expect(
      (await send('cpw-durres', 'person.propose_merge', a.id, { intoId: far.id, ...because })).code,
    ).toBe('not_found')
    for (const who of ['school', 'coordinator', 'dpo', 'admin', 'responsible-authority'] as const) {
      expect((await app.as(who).get(`/api/persons/${a.id}/same`)).status, who).toBe(404)
      expect((await app.as(who).get('/api/person-merges')).body.items, who).toEqual([])
    }
  })

  test('of two units wait for the State Agency: no head reads both', async () => {
    const [a, b] = [await child('Klea', 'cpw-tirana'), await child('Klea', 'cpw-durres')]
    await app.db.admin(
      `insert into person_merge (id, person_id, into_id, state, proposed_by, proposed_at)
       values ('${uuidv7()}', '${a.id}', '${b.id}', 'proposed', '${userId('head-durres')}', now())`,
    )
    expect(await waits('state-agency')).toMatchObject([{ name: null, recordId: a.id }])
    for (const other of ['head-tirana', 'head-durres', 'cpw-tirana', 'cpw-durres'] as const)
      expect(
        (await waits(other)).map((one) => String(one.recordId)),
        other,
      ).not.toContain(a.id)
  })

  test('are never linked past the decision', async () => {
    const [a, b] = [await child('Elira'), await child('Elirë')]
    await expect(
      withTx(app.ctx, actorOf('head-tirana'), (tx) =>
        tx.sql('update person set same_as = $2 where id = $1', [a.id, b.id]),
      ),
    ).rejects.toThrow(/permission denied/)
    await expect(
      withTx(app.ctx, actorOf('head-tirana'), (tx) => tx.sql('select move_person($1, 1)', [a.id])),
    ).rejects.toThrow(/only together with its event/)
  })
})
