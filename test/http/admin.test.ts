import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { castNames, unitId, userId } from '#test/cast.ts'
import { Browser, givePassword, goodPassword } from '#test/http/browser.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const admin = () => app.as('admin')
const userNamed = async (login: string) => {
  const { body } = await admin().get(`/api/admin/users?q=${login}`)
  return body.items!.find((one) => String(one.login) === login)!
}
const addWorker = async (login: string) => {
  const id = uuidv7()
  const reply = await admin().command('admin.add_user', id, {
    login,
    displayName: 'Drita Hysa',
    role: 'cpw',
    unitId: unitId('cpu-tirana'),
  })
  return { id, reply }
}

describe('accounts', () => {
  test('an administrator adds one, hands over a code once, and its owner comes in with it', async () => {
    const { id, reply } = await addWorker('drita')
    expect(reply.status).toBe(200)
    const issued = await admin().post(`/api/admin/users/${id}/setup-code`, {})
    expect(issued.body.code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
    for (const table of ['command', 'event', 'event_part', 'credential'])
      expect(JSON.stringify(await app.db.admin(`select * from ${table}`))).not.toContain(issued.body.code)
    expect(await userNamed('drita')).toMatchObject({ hasPassword: false, role: 'cpw', version: 2 })
    const b = new Browser(app)
    const given = { login: 'drita', code: issued.body.code, password: goodPassword }
    expect((await b.post('/api/session/setup', given)).body.stage).toBe('enrol')
    expect(await userNamed('drita')).toMatchObject({ hasPassword: true, secondFactor: false })
    const again = await admin().post(`/api/admin/users/${id}/setup-code`, {})
    expect(again.body.code).toBe('admin_has_password')
  })

  test('a login is taken once; a role sits where its sight belongs; unknown units are named', async () => {
    expect((await addWorker('cpw-tirana')).reply.body).toMatchObject({
      code: 'admin_login_taken',
      field: 'login',
    })
    const add = (body: object) =>
      admin().command('admin.add_user', uuidv7(), {
        login: 'somebody',
        displayName: 'Somebody',
        role: 'cpw',
        unitId: unitId('school-tirana'),
        ...body,
      })
    expect((await add({})).body).toMatchObject({ code: 'admin_role_not_in_unit', field: 'role' })
    expect((await add({ role: 'state_agency' })).body.code).toBe('admin_role_not_in_unit')
    expect((await add({ unitId: uuidv7() })).body.errors![0]).toMatchObject({ field: 'body.body.unitId' })
    expect((await add({ login: 'Në Tiranë' })).body.errors![0]).toMatchObject({ field: 'body.body.login' })
  })

  test('a change of role ends what was open, at once; the reason of a closing stays in the ledger', async () => {
    await givePassword(app, 'county-committee')
    const b = new Browser(app, '10.2.0.1')
    await b.signIn('county-committee')
    expect((await b.get('/api/sessions')).status).toBe(200)
    const id = userId('county-committee')
    const change = (body: object, baseVersion: number) =>
      admin().command('admin.change_user', id, body, { baseVersion })
    expect((await change({ active: false }, 0)).body.code).toBe('reason_required')
    expect((await change({}, 0)).body.code).toBe('admin_nothing_changes')
    expect((await change({ role: 'coordinator' }, 0)).body.version).toBe(1)
    expect((await b.get('/api/sessions')).status).toBe(401)
    const stale = await change({ role: 'county_committee' }, 0)
    expect(stale.status).toBe(409)
    expect(stale.body.changed![0]).toMatchObject({ field: 'role', by: userId('admin') })
    await b.signIn('county-committee')
    expect((await change({ active: false, reason: 'Left the office' }, 1)).status).toBe(200)
    expect((await b.get('/api/sessions')).status).toBe(401)
    expect((await new Browser(app, '10.2.0.2').signIn('county-committee')).body.code).toBe('sign_in_wrong')
    const parts = await app.db.admin<{ body: string }>('select body from event_part where record_id = $1', [
      id,
    ])
    expect(parts.map((p) => p.body)).toEqual(['Left the office'])
  })

  test('a reset forgets everything that opens the account', async () => {
    await givePassword(app, 'coordinator')
    const b = new Browser(app, '10.2.0.3')
    await b.signIn('coordinator')
    const reply = await admin().command('admin.reset_credentials', userId('coordinator'), {
      reason: 'Lost phone',
    })
    expect(reply.status).toBe(200)
    expect((await b.get('/api/sessions')).status).toBe(401)
    expect((await b.signIn('coordinator')).status).toBe(401)
    expect((await admin().post(`/api/admin/users/${userId('coordinator')}/setup-code`, {})).status).toBe(200)
  })

  test('nobody does any of it to themselves', async () => {
    const id = userId('admin')
    const replies = await Promise.all([
      admin().command('admin.change_user', id, { role: 'state_agency' }, { baseVersion: 0 }),
      admin().command('admin.reset_credentials', id, { reason: 'mine' }),
      admin().post(`/api/admin/users/${id}/setup-code`, {}),
    ])
    expect(replies.map((r) => String(r.body.code))).toEqual(Array(3).fill('admin_not_yourself'))
  })
})

describe('institutions and units', () => {
  test('are added and changed; a unit that answers for a municipality names it and gets its county', async () => {
    const institutionId = uuidv7()
    await admin().command('admin.add_institution', institutionId, {
      kind: 'ngo',
      nameSq: 'Shoqata Çelësi',
      nameEn: 'The Key',
    })
    const add = (body: object) =>
      admin().command('admin.add_unit', uuidv7(), {
        institutionId,
        kind: 'field_team',
        nameSq: 'Ekipi Çelësi Durrës',
        nameEn: 'The Key, Durrës',
        ...body,
      })
    expect((await add({})).body).toMatchObject({ code: 'admin_unit_place_missing', field: 'municipality' })
    expect((await add({ municipality: '99' })).body.errors![0]).toMatchObject({
      field: 'body.body.municipality',
    })
    const added = await add({ municipality: '10' })
    expect(added.status).toBe(200)
    const { body } = await admin().get('/api/admin/units?q=celesi')
    expect(body.items).toHaveLength(1)
    expect(body.items![0]).toMatchObject({ municipality: '10', county: 'AL-02', users: 0, version: 1 })
    const closed = await admin().command(
      'admin.change_unit',
      String(added.body.recordId),
      { active: false },
      { baseVersion: 1 },
    )
    expect(closed.body.version).toBe(2)
    const refused = await admin().command('admin.add_user', uuidv7(), {
      login: 'too-late',
      displayName: 'Too Late',
      role: 'field_team',
      unitId: added.body.recordId,
    })
    expect(refused.body.code).toBe('admin_unit_closed')
    expect((await admin().get('/api/admin/institutions?q=%C3%87EL%C3%8BSI')).body.items![0]).toMatchObject({
      units: 1,
    })
  })

  test('a new unit gets the reports of its place at once; it is not closed while one waits there', async () => {
    const report = async () => {
      const id = uuidv7()
      const { status } = await app.as('hotline').command('report.create', id, {
        source: 'hotline',
        channel: 'phone',
        immediacy: 'ordinary',
        concerns: ['begging'],
        place: { municipality: '46', text: 'Shkodër' },
        narrative: 'Lyp te ura.',
        children: [{ sex: 'unknown' }],
      })
      expect(status).toBe(200)
      const [row] = await app.db.admin<{ unit_id: string }>('select unit_id from report where id = $1', [id])
      return { id, unit: row!.unit_id }
    }
    expect((await report()).unit).toBe(unitId('line-116006'))
    const { body: institution } = await admin().command('admin.add_institution', uuidv7(), {
      kind: 'municipality',
      nameSq: 'Bashkia Shkodër',
      nameEn: 'Municipality of Shkodër',
    })
    const unit = uuidv7()
    const added = await admin().command('admin.add_unit', unit, {
      institutionId: institution.recordId,
      kind: 'cpu',
      nameSq: 'NJMF Shkodër',
      nameEn: 'CPU Shkodër',
      municipality: '46',
    })
    expect(added.status).toBe(200)
    const there = await report()
    expect(there.unit).toBe(unit)
    const close = () => admin().command('admin.change_unit', unit, { active: false }, { baseVersion: 1 })
    expect((await close()).body).toMatchObject({
      code: 'admin_unit_carries_work',
      detail: expect.stringContaining(' 1 '),
    })
    await app.db.admin("update report set state = 'INFO_ONLY' where id = $1", [there.id])
    expect((await close()).body.version).toBe(2)
    expect((await report()).unit).toBe(unitId('line-116006'))
  })

  test('lists go on page by page and lose nobody', async () => {
    const logins: string[] = []
    let next = ''
    do {
      const { body } = await admin().get(`/api/admin/users?limit=5${next === '' ? '' : `&cursor=${next}`}`)
      logins.push(...body.items!.map((one) => String(one.login)))
      next = body.next === null ? '' : String(body.next)
    } while (next !== '')
    expect(new Set(logins).size).toBe(logins.length)
    expect(logins).toEqual(expect.arrayContaining([...castNames]))
    for (const bad of ['x', 'W10', Buffer.from('["a","b"]').toString('base64url')])
      expect((await admin().get(`/api/admin/users?cursor=${bad}`)).status).toBe(400)
  })
})

describe('who may not', () => {
  test.each(castNames.filter((name) => name !== 'admin'))(
    '%s neither sees nor changes accounts',
    async (name) => {
      const person = app.as(name)
      for (const url of ['institutions', 'units', 'users'])
        expect((await person.get(`/api/admin/${url}`)).status).toBe(403)
      const command = (type: string, id: string, body: object) =>
        person.command(type, id, body, { baseVersion: 0 })
      const replies = await Promise.all([
        command('admin.add_user', uuidv7(), {
          login: 'mine',
          displayName: 'Mine',
          role: 'admin',
          unitId: unitId('administration'),
        }),
        command('admin.change_user', userId(name), { role: 'admin' }),
        command('admin.change_user', userId('school'), { active: false, reason: 'no' }),
        command('admin.reset_credentials', userId('head-tirana'), { reason: 'no' }),
        command('admin.add_institution', uuidv7(), { kind: 'ngo', nameSq: 'x', nameEn: 'x' }),
        command('admin.change_unit', unitId('cpu-durres'), { active: false }),
        person.post(`/api/admin/users/${userId('school')}/setup-code`, {}),
      ])
      expect(replies.map((r) => r.status)).toEqual(Array(7).fill(403))
    },
  )

  test('not even past the application: the database lets no other role write accounts or end sessions', async () => {
    for (const role of roles.filter((one) => one !== 'admin')) {
      const client = await app.ctx.pools.app.connect()
      try {
        await client.query('begin')
        await client.query("select set_config('mb.role', $1, true), set_config('mb.user', $2, true)", [
          role,
          userId('school'),
        ])
        const { rowCount } = await client.query("update app_user set role = 'admin'")
        expect(rowCount).toBe(0)
        await client.query('savepoint s')
        await expect(client.query("update credential set password_hash = ''")).rejects.toThrow(
          /permission denied/,
        )
        await client.query('rollback to s')
        await expect(client.query('select end_sessions_of($1, now())', [userId('admin')])).rejects.toThrow(
          /administrator/,
        )
        await client.query('rollback to s')
        await expect(
          client.query('select * from sign_in_state(array[$1::uuid])', [userId('admin')]),
        ).rejects.toThrow(/administrator/)
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
  })

  test('an administrator sees no records of children', async () => {
    for (const url of ['/api/reports', '/api/referrals']) {
      const reply = await admin().get(url)
      expect([url, reply.status, reply.body.items]).toEqual([url, 200, []])
    }
  })
})

describe('who looked at what', () => {
  test('the data protection officer reads it by day, user and record; that is recorded too; nobody else', async () => {
    const record = uuidv7()
    await app.as('cpw-tirana').get(`/api/referrals/${record}`)
    const dpo = app.as('dpo')
    const { body } = await dpo.get(`/api/access-records?record=${record}`)
    expect(body.items).toHaveLength(1)
    expect(body.items![0]).toMatchObject({
      act: 'refused',
      actorLogin: 'cpw-tirana',
      recordIds: [record],
      code: 'not_found',
    })
    const mine = await dpo.get(`/api/access-records?user=${userId('dpo')}&act=list`)
    expect(mine.body.items![0]).toMatchObject({ kind: 'access_record', actorLogin: 'dpo' })
    expect(
      (await dpo.get('/api/access-records?from=2026-11-24&to=2026-11-24')).body.items!.length,
    ).toBeGreaterThan(0)
    expect((await dpo.get('/api/access-records?to=2026-11-23')).body.items).toEqual([])
    expect((await dpo.get('/api/access-records?from=2026-02-30')).status).toBe(400)
    for (const name of castNames.filter((one) => one !== 'dpo'))
      expect((await app.as(name).get('/api/access-records')).status).toBe(403)
  })

  test('page by page, newest first', async () => {
    const seen: string[] = []
    let next = ''
    do {
      const { body } = await app.as('dpo').get(`/api/access-records?limit=7&to=2026-11-30&act=refused${next}`)
      seen.push(...body.items!.map((one) => String(one.id)))
      next = body.next === null ? '' : `&cursor=${body.next}`
    } while (next !== '')
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(7)
  })
})
