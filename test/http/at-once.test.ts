/**
 * Two people press at the same moment: random pairs of commands on one case, one file of the track, one bed or an activity of a plan,
 * with the scan of the clocks among them. One wins or both fit; nothing breaks, and the ledger stays whole.
 */
import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanClocks } from '#server/clock/scan.ts'
import { uuidv7 } from '#server/ids.ts'
import { verifyLedger } from '#server/ledger.ts'
import { type CastName, unitId, userId } from '#test/cast.ts'
import { activePlan, closure, goal, type Life, today } from './case-life.ts'
import { type TestApp, testApp } from './harness.ts'
import { takenAdult } from './nrm-life.ts'
import { placing } from './placement-life.ts'

let app: TestApp
let life: Life
let adult: string
let holds: readonly string[]
let basisId: string
const { place, measure, wish } = placing(() => app)

interface Act {
  readonly who: CastName
  readonly type: string
  readonly id: string
  readonly body: object
  /** A creation, which saw no version. */
  readonly fresh?: true
}
const worker = 'cpw-tirana'
const head = 'head-tirana'
const said = (text: string) => ({ reason: text })
const ofCase = (who: CastName, verb: string, body: object): (() => Act) => {
  return () => ({ who, type: `case.${verb}`, id: life.id, body })
}
const ofFile = (verb: string, body: object, who: CastName = 'social-service'): (() => Act) => {
  return () => ({ who, type: verb, id: adult, body })
}
const note = (sensitive: boolean) => ({
  kind: 'phone_call',
  sensitive,
  happenedOn: today,
  text: 'U fol me mësuesen.',
})
const need = { kind: 'housing', beneficiary: 'child', foundOn: today }

const agreed = {
  purpose: 'sharing',
  recipients: ['school'],
  fields: ['identity'],
  capacity: 'guardian',
  givenBy: 'Ilda Meta',
  explainedBy: 'Ilir Sinani',
  language: 'sq',
}

const acts: readonly (() => Act)[] = [
  ofCase(worker, 'add_note', note(false)),
  ofCase(worker, 'add_note', note(true)),
  ofCase(head, 'add_note', note(true)),
  ofCase(worker, 'set_risk', { risk: 'medium', reason: 'u pa' }),
  ofCase(worker, 'set_risk', { risk: 'low', reason: 'u qetësua' }),
  ofCase(head, 'assign', { managerId: userId('cpw2-tirana') }),
  ofCase(head, 'assign', { managerId: userId(worker) }),
  ofCase(worker, 'draft_plan', { goals: [goal(unitId('school-tirana'))] }),
  ofCase(head, 'approve_plan', { childView: 'agrees' }),
  ofCase(worker, 'review', { outcome: 'continue', findings: 'vazhdon' }),
  ofCase(worker, 'review', { outcome: 'revise', findings: 'ndryshon' }),
  ofCase(worker, 'propose_closure', closure),
  ofCase(head, 'return_closure', said('ende jo')),
  ofCase(worker, 'request_transfer', { toUnitId: unitId('cpu-durres'), ...said('u shpërngul') }),
  ofCase(worker, 'withdraw_transfer', {}),
  ofCase('head-durres', 'decline_transfer', said('banon këtu')),
  ofCase(head, 'suspend', said('jashtë vendit')),
  ofCase(head, 'resume', said('u kthye')),
  () => ({ who: worker, type: 'need.find', id: life.id, body: need }),
  ofCase(worker, 'propose_measure', {
    kind: 'emergency',
    ground: 'neglect',
    parentsCooperate: 'no',
    reason: 'Mbetet vetëm.',
  }),
  () =>
    ofCase(worker, 'plan_placement', {
      ...wish,
      basis: 'measure',
      basisId,
      holdId: holds[0],
      kind: 'shelter',
    })(),
  () => ({
    who: worker,
    type: 'referral.send',
    id: uuidv7(),
    fresh: true,
    body: {
      caseId: life.id,
      toUnitId: unitId('shelter-tirana'),
      service: 'emergency_shelter',
      said: { needs: 'Një shtrat sonte.' },
      grounds: [{ kind: 'law', ref: 'ligji 18/2017, neni 51' }],
      objection: 'none',
    },
  }),
  () => ({
    who: worker,
    type: 'consent.record',
    id: uuidv7(),
    fresh: true,
    body: { ...agreed, caseId: life.id },
  }),
  ofFile('assistance.find_need', { kind: 'housing', beneficiary: 'subject', foundOn: today }),
  ofFile('assistance.assess_risk', {
    on: today,
    level: 'high',
    dangers: ['exploiter_near'],
    living: 'relatives',
    words: 'E njohin.',
  }),
  ofFile('assistance.write_report', { on: today, progress: 'better', concern: false, text: 'Mirë.' }),
  ofFile('assistance.move_phase', { to: 'NEEDS_ASSESSED' }),
  ofFile('assistance.move_phase', { to: 'EMERGENCY' }),
  ofFile('nrm.take', {}, 'social-service-durres'),
  () => ({ who: 'shelter', type: 'bed.confirm', id: holds[0]!, body: {} }),
  () => ({ who: worker, type: 'bed.release', id: holds[0]!, body: { reason: 'not_needed' } }),
  () => ({ who: 'shelter', type: 'bed.confirm', id: holds[1]!, body: {} }),
  () => ({ who: 'shelter', type: 'bed.release', id: holds[1]!, body: { reason: 'not_needed' } }),
]

const heads = async (ids: readonly string[]): Promise<Map<string, number>> => {
  const rows = await app.db.admin<{ id: string; version: number }>(
    'select record_id as id, max(version)::int as version from record_head where record_id = any ($1) group by 1',
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row.version]))
}

beforeAll(async () => {
  app = await testApp()
  life = await activePlan(app)
  adult = (await takenAdult(app, 'police')).id
  const placeId = await place('shelter', 1)
  const ask = { placeId, sex: 'male', ageBand: '6_11' }
  // One bed, asked for by two at once: one of them gets it.
  const both = [uuidv7(), uuidv7()]
  await Promise.all(both.map((id) => app.as(worker).command('bed.hold', id, ask)))
  holds = both
  basisId = await measure(life, 'emergency')
})
afterAll(() => app.close())

test('one wins or both fit; what was accepted is counted once, and the ledger is whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...acts),
      fc.constantFrom(...acts),
      fc.boolean(),
      async (one, two, scan) => {
        const pair = [one(), two()]
        const before = await heads(pair.map(({ id }) => id))
        const [replies] = await Promise.all([
          Promise.all(
            pair.map(({ who, type, id, body, fresh }) =>
              app.as(who).command(type, id, body, fresh ? {} : { baseVersion: before.get(id) ?? 0 }),
            ),
          ),
          scan ? scanClocks(app.ctx) : null,
        ])
        const after = await heads(pair.map(({ id }) => id))
        const told = pair.map(
          ({ who, type }, n) =>
            `${who} ${type} ${replies[n]!.status} ${JSON.stringify(replies[n]!.body.code ?? null)}`,
        )
        for (const reply of replies) expect([200, 404, 409, 422], told.join(' | ')).toContain(reply.status)
        for (const id of new Set(pair.map((act) => act.id))) {
          const accepted = replies.filter((reply, n) => pair[n]!.id === id && reply.status === 200)
          const versions = accepted.map((reply) => Number(reply.body.version))
          expect(new Set(versions).size, told.join(' | ')).toBe(versions.length)
          for (const version of versions) expect(version).toBeGreaterThan(before.get(id) ?? 0)
          if (versions.length > 0) expect(after.get(id)).toBeGreaterThanOrEqual(Math.max(...versions))
          if (versions.length === 0 && !scan && pair.every((act) => act.id === id))
            expect(after.get(id), told.join(' | ')).toBe(before.get(id))
        }
      },
    ),
    { numRuns: 60, endOnFailure: true },
  )
  const torn = await app.db.admin(
    `select h.kind, h.record_id from record_head h where h.version <> (select count(*) from event e where e.kind = h.kind and e.record_id = h.record_id)
       or h.version <> (select max(seq) from event e where e.kind = h.kind and e.record_id = h.record_id)`,
  )
  expect(torn).toEqual([])
  const { privateKey } = generateKeyPairSync('ed25519')
  expect((await verifyLedger(app.ctx, privateKey)).ok).toBe(true)
})

test('what was given to a colleague meanwhile is refused as theirs, not broken', async () => {
  const mine = await activePlan(app)
  const answers = new Set<string>()
  for (let n = 0; n < 24; n += 1) {
    const { version } = (await mine.read(head)).body
    const back = await app
      .as(head)
      .command('case.assign', mine.id, { managerId: userId(worker) }, { baseVersion: Number(version) })
    const consent = { ...agreed, caseId: mine.id }
    const [given, written] = await Promise.all([
      app
        .as(head)
        .command(
          'case.assign',
          mine.id,
          { managerId: userId('cpw2-tirana') },
          { baseVersion: Number(back.body.version ?? version) },
        ),
      app.as(worker).command('consent.record', uuidv7(), consent),
    ])
    expect(given.status).toBe(200)
    answers.add(`${written.status} ${String(written.body.code ?? '')}`)
  }
  expect([...answers].filter((one) => one !== '200 ' && one !== '422 not_allowed')).toEqual([])
})

test('a team of emergency made twice at once stands once, and the other learns what happened', async () => {
  const id = uuidv7()
  const team = (nameSq: string) => ({
    nameSq,
    nameEn: 'Team',
    phone: null,
    coversFrom: '00:00',
    coversTo: '00:00',
    members: [{ id: uuidv7(), name: 'Ana Hoxha', profession: 'social_worker' }],
  })
  const made = await Promise.all(
    ['Ekipi një', 'Ekipi dy'].map((name) => app.as(head).command('team.set', id, team(name))),
  )
  const late = made.find((one) => one.status !== 200)
  expect(made.map((one) => one.status).sort()).toEqual([200, 409])
  expect(late?.body.code).toBe('stale')
  expect(late?.body.changed).toMatchObject([{ field: 'entry', by: userId(head) }])
  expect((await app.as(head).get(`/api/care/teams/${id}`)).body.version).toBe(1)
})
