/**
 * What a session may type as SQL, as the application's role with its own rights bound: a state moves only together with the event
 * that says so, along the steps that commands know. Each attempt below is one that row policies alone would let through.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Facts } from '#domain/core.ts'
import { append } from '#server/append.ts'
import { uuidv7 } from '#server/ids.ts'
import { type WriteTx, withWriteTx } from '#server/tx.ts'
import { actorOf, type CastName, userId } from '#test/cast.ts'
import { convened, held, must } from '#test/http/body-life.ts'
import { type Loose, type TestApp, testApp } from '#test/http/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const as = <T>(who: CastName, work: (tx: WriteTx) => Promise<T>): Promise<T> =>
  withWriteTx(app.ctx, actorOf(who), { commandId: uuidv7() }, work)
const typed = (who: CastName, sql: string) => as(who, (tx) => tx.sql(sql))
/** An event written by hand, then a statement that pretends to follow it. */
const forged = (
  who: CastName,
  at: { kind: string; id: string; version: number; type: string; facts: Facts },
  sql: string,
) =>
  as(who, async (tx) => {
    await append(tx, at, [{ type: at.type, v: 1, facts: at.facts }])
    await tx.sql(sql)
  })
const refusedFor = async (attempt: Promise<unknown>, words: RegExp): Promise<void> => {
  const error = await attempt.then(
    () => null,
    (thrown: unknown) => thrown as Error & { code?: string },
  )
  expect([error?.code, error?.message]).toEqual(['42501', expect.stringMatching(words)])
}

describe('a report', () => {
  const content = { summary: 'U bë.', difficulties: '', next: '', activities: [] }
  let id: string
  const version = async () =>
    Number((await app.as('ministry-interior').get(`/api/plan-reports/${id}`)).body.version)
  const act = async (who: CastName, name: string, body: object = {}) => {
    const reply = await app.as(who).command(`plan_report.${name}`, id, body, { baseVersion: await version() })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  }
  const moved = async (who: CastName, facts: Facts, sql: string) =>
    forged(who, { kind: 'plan_report', id, version: await version(), type: 'ReportMoved', facts }, sql)

  beforeAll(async () => {
    await app.as('coordinator').command('plan_report.open', uuidv7(), {
      kind: 'institution_progress',
      plan: 'nap-2018-2020',
      from: '2018-01-01',
      to: '2018-03-31',
      dueOn: '2018-04-30',
    })
    const { items } = (
      await app.as('ministry-interior').get('/api/plan-reports?kind=institution_progress&mine=true')
    ).body
    id = String((items as unknown as Loose[])[0]!.id)
    await act('ministry-interior', 'save', { content })
  })

  test('is not moved by its author or the office without an event, whatever the column', async () => {
    for (const who of ['ministry-interior', 'coordinator'] as const) {
      for (const set of [
        "status = 'ACCEPTED'",
        "status = 'PUBLISHED', published_at = now()",
        'edition = 2',
        'version = version + 1',
        `accepted_by = '${userId('coordinator')}', accepted_at = now()`,
      ])
        await refusedFor(typed(who, `update plan_report set ${set} where id = '${id}'`), /as its event says/)
      await refusedFor(
        typed(
          who,
          `insert into plan_report_step (report_id, seq, act, to_status, by_user, at) values ('${id}', 99, 'accept', 'ACCEPTED', '${userId(who)}', now())`,
        ),
        /together with its event/,
      )
    }
    await refusedFor(
      typed('ministry-interior', `update plan_report_content set content = '{}' where id = '${id}'`),
      /together with its event/,
    )
  })

  test('is not moved by an event that was made up', async () => {
    const to = (status: string) =>
      `update plan_report set status = '${status}', version = version + 1 where id = '${id}'`
    // A step that does not exist; a step of the office; one that says something else than the row.
    await refusedFor(
      moved(
        'ministry-interior',
        { act: 'submit', from: 'DRAFT', to: 'PUBLISHED', edition: 1 },
        to('PUBLISHED'),
      ),
      /as its event says/,
    )
    await refusedFor(
      moved('coordinator', { act: 'submit', from: 'DRAFT', to: 'SUBMITTED', edition: 1 }, to('SUBMITTED')),
      /as its event says/,
    )
    await refusedFor(
      moved('ministry-interior', { act: 'save', from: 'DRAFT', to: 'DRAFT', edition: 1 }, to('SUBMITTED')),
      /as its event says/,
    )
    await act('ministry-interior', 'submit')
    await refusedFor(
      moved(
        'ministry-interior',
        { act: 'accept', from: 'SUBMITTED', to: 'ACCEPTED', edition: 1 },
        to('ACCEPTED'),
      ),
      /as its event says/,
    )
    // In somebody else's name.
    await refusedFor(
      moved(
        'coordinator',
        { act: 'accept', from: 'SUBMITTED', to: 'ACCEPTED', edition: 1 },
        `update plan_report set status = 'ACCEPTED', version = version + 1, accepted_by = '${userId('coordinator2')}' where id = '${id}'`,
      ),
      /as its event says/,
    )
    await act('coordinator', 'accept')
  })

  test('comes into being as due, and its figures with its publication', async () => {
    const made = (columns: string, values: string) =>
      typed(
        'coordinator',
        `insert into plan_report (id, kind, body_code, institution_id, period_from, period_to, due_on, opened_at${columns})
         select gen_random_uuid(), 'work_plan', body_code, institution_id, '2019-01-01', '2019-12-31', '2019-01-31', now()${values}
         from plan_report where id = '${id}'`,
      )
    await refusedFor(made(', published_at', ', now()'), /begins as due/)
    await refusedFor(made(', edition', ', 4'), /begins as due/)
    await refusedFor(
      typed(
        'coordinator',
        `insert into plan_report_edition values ('${id}', 1, '{}', '{}', '${userId('coordinator')}', now())`,
      ),
      /event|published/,
    )
    for (const who of ['school', 'ministry-interior', 'coordinator'] as const)
      await refusedFor(
        typed(
          who,
          `insert into indicator_frozen (id, report_id, edition, indicator_id, period_from, period_to, value, breakdown, kind, records, operational,
             frozen_by, frozen_at) select gen_random_uuid(), '${id}', 1, id, '2018-01-01', '2018-03-31', 7, '{}', 'counted', 1, false,
             '${userId(who)}', now() from indicator limit 1`,
        ),
        /event|published/,
      )
  })
})

describe('a meeting', () => {
  const at = (id: string, version: number, type: string) => ({
    kind: 'body_meeting',
    id,
    version,
    type,
    facts: {},
  })
  const change = (id: string, set: string) =>
    `update body_meeting set version = version + 1, ${set} where id = '${id}'`

  test('changes neither by its chair nor by a member without its event', async () => {
    const id = await convened(app, 'GBK', 'coordinator')
    for (const who of ['coordinator', 'police'] as const)
      for (const set of ["state = 'CANCELLED', reason = 'x'", "place = 'Durrës'", 'joint_with = joint_with'])
        await refusedFor(typed(who, change(id, set)), /event/)
    await refusedFor(
      typed('coordinator', `update body_meeting_seat set outcome = 'present' where meeting_id = '${id}'`),
      /together with its event/,
    )
  })

  test('a member approves minutes and does nothing else, even with an event of their making', async () => {
    const { id, version } = await held(app, 'GBK', 'coordinator')
    const minutes = { text: 'U vendos.', decisions: ['Po'], nothingToCorrect: true }
    const written = await must(app, 'coordinator', 'meeting.write_minutes', id, minutes, version)
    for (const [type, set] of [
      ['MeetingMoved', "place = 'Fier'"],
      ['MeetingCancelled', "state = 'CANCELLED', held_on = null, minutes = 'none', reason = 'x'"],
      ['MinutesWritten', `minutes_by = '${userId('police')}'`],
      ['MinutesApproved', `minutes = 'approved', approved_at = now(), approved_by = '${userId('school')}'`],
      ['MinutesDistributed', 'nothing_to_correct = false'],
    ] as const)
      await refusedFor(forged('police', at(id, written, type), change(id, set)), /as its event says/)
    await must(app, 'police', 'meeting.approve_minutes', id, {}, written)
  })
})

describe('prevention, courses and the first day of reports', () => {
  const me = (who: CastName) => actorOf(who)

  test('nothing is put in without its event', async () => {
    const who = 'coordinator'
    const { institutionId, unitId: unit } = me(who)
    for (const sql of [
      `insert into business (id, version, kind, name, sector, municipality, licence, institution_id, entered_at)
        values (gen_random_uuid(), 1, 'business', 'X', 'mining', '53', 'none', '${me('labour').institutionId}', now())`,
      `insert into training (id, version, institution_id, unit_id, title, topic, mode, from_day, to_day, sessions, organiser, entered_at)
        values (gen_random_uuid(), 1, '${institutionId}', '${unit}', 'X', 'child_protection', 'classroom', '2026-01-01', '2026-01-01', 1, 'X', now())`,
      `insert into member_batch (id, version, institution_id, audience, sex, size, at)
        values (gen_random_uuid(), 1, '${institutionId}', 'child', 'female', 5, now())`,
      `insert into activity_record (id, version, kind, institution_id, unit_id, title, from_day, to_day, details, parties, entered_at)
        values (gen_random_uuid(), 1, 'campaign', '${institutionId}', '${unit}', 'X', '2026-01-01', '2026-01-01', '{}', '[]', now())`,
      "update reporting_start set since = '2010-01-01'",
      "insert into reporting_start (since) values ('2010-01-01') on conflict (only_row) do update set since = excluded.since",
    ])
      for (const one of [who, 'labour', 'state-agency'] as const) {
        const error = await typed(one, sql).then(
          () => null,
          (thrown: unknown) => thrown as { code?: string },
        )
        // Refused by the row's own policy or, where that lets through, by its guard; an update of nothing changes nothing.
        if (!sql.startsWith('update'))
          expect([sql.slice(0, 40), one, error?.code]).toEqual([sql.slice(0, 40), one, '42501'])
      }
    expect(await app.db.admin("select 1 from reporting_start where since = '2010-01-01'")).toEqual([])
  })

  test('what a body entered it does not rewrite by hand', async () => {
    const id = uuidv7()
    const made = await app.as('labour').command('business.enter', id, {
      kind: 'business',
      name: 'Kantieri i lumit',
      sector: 'construction',
      municipality: '53',
      licence: 'valid',
    })
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    for (const set of ["licence = 'lost'", "name = 'Y'", 'version = version + 1'])
      await refusedFor(
        typed('labour', `update business set ${set} where id = '${id}'`),
        /together with its event/,
      )
    await refusedFor(
      typed(
        'labour',
        `insert into business_sanction (id, business_id, kind, on_day, ground, institution_id, at)
          values (gen_random_uuid(), '${id}', 'fine', '2026-01-01', 'x', '${me('labour').institutionId}', now())`,
      ),
      /together with its event/,
    )
  })
})
