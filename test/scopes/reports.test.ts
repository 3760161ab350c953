/**
 * Reports on plans, by random search over authors, states and editions. The rule in words: an institution's officers write its own
 * reports and no others'; the Coordinator's office sees each, reads what is said from the day it was handed in, and does the other
 * steps; what was published is everybody's, as published.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor, Uuid } from '#domain/core.ts'
import { reportStatuses } from '#domain/reporting/state.ts'
import { uuidv7 } from '#server/ids.ts'
import { type CastUnitName, castUnits, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import { answerTo, everybody, nameOf, quoted, seed, seenBy, some, writtenBy } from './search.ts'

interface ReportRecord {
  readonly id: Uuid
  readonly institution: CastUnitName
  /** A county's committee reports for its own unit. */
  readonly forUnit: boolean
  readonly status: (typeof reportStatuses)[number]
  readonly edition: 1 | 2
}
const units = Object.keys(castUnits) as CastUnitName[]
const record = fc.record({
  institution: fc.constantFrom(...units),
  forUnit: fc.boolean(),
  status: fc.constantFrom(...reportStatuses),
  edition: fc.constantFrom(1 as const, 2 as const),
})
const published = (one: ReportRecord): boolean => one.status === 'PUBLISHED' || one.edition === 2

let app: TestApp
const all: ReportRecord[] = []
const actors = everybody(14)
beforeAll(async () => {
  app = await testApp()
  all.push(...fc.sample(record, { numRuns: 60, seed }).map((one) => ({ ...one, id: uuidv7() })))
  const document = JSON.stringify({ language: 'sq', title: 'Raport', about: [], sections: [] })
  const content = JSON.stringify({ summary: 'Thënë', difficulties: '', next: '', activities: [] })
  await app.db.admin(
    all
      .map((one, at) => {
        const day = new Date(Date.UTC(2010, 0, 1) + at * 86_400_000).toISOString().slice(0, 10)
        const editions = published(one) ? (one.status === 'PUBLISHED' ? one.edition : 1) : 0
        return `
    insert into plan_report (id, kind, body_code, institution_id, unit_id, period_from, period_to, due_on, status, edition, submitted_by,
        published_at, reason, opened_at, version)
      values ('${one.id}', 'work_plan', 'MB', '${unitId(one.institution)}', ${one.forUnit ? quoted(unitId(one.institution)) : 'null'},
        '${day}', '${day}', '2026-12-31', '${one.status}', ${one.edition}, '${userId('school')}',
        ${editions > 0 ? 'now()' : 'null'}, 'Pse', now(), 1);
    insert into plan_report_content values ('${one.id}', '${content}', '${userId('school')}', now());
    insert into plan_report_step values ('${one.id}', 1, 'submit', 'SUBMITTED', null, '${userId('school')}', now());
    ${Array.from(
      { length: editions },
      (_, n) =>
        `insert into plan_report_edition values ('${one.id}', ${n + 1}, '${document}', '${document}', '${userId('coordinator')}', now());`,
    ).join('\n')}`
      })
      .join('\n'),
  )
})
afterAll(() => app.close())

const office = (who: Actor): boolean => who.role === 'coordinator'
const own = (who: Actor, one: ReportRecord): boolean =>
  who.institutionId === unitId(one.institution) && !['cpw', 'field_team', 'admin', 'dpo'].includes(who.role)
const inside = (who: Actor, one: ReportRecord): boolean => office(who) || own(who, one)
const sees = (who: Actor, one: ReportRecord): boolean => inside(who, one) || published(one)
const reads = (who: Actor, one: ReportRecord): boolean =>
  own(who, one) || (office(who) && one.status !== 'DUE' && one.status !== 'DRAFT')
const ids = (of: (one: ReportRecord) => boolean): string[] =>
  all
    .filter(of)
    .map((one) => one.id)
    .sort()

test('the sample holds reports in every state, of many hands', () => {
  expect(new Set(all.map((one) => one.status)).size).toBe(reportStatuses.length)
  expect(actors.filter((who) => !office(who) && all.some((one) => own(who, one))).length).toBeGreaterThan(10)
  expect(all.some((one) => published(one) && one.status !== 'PUBLISHED')).toBe(true)
})

test('tables give what the rules say, and take only what they say', async () => {
  for (const who of actors) {
    expect(await seenBy(app, who, 'select id from plan_report'), nameOf(who)).toEqual(
      ids((one) => sees(who, one)),
    )
    expect(await seenBy(app, who, 'select id from plan_report_content'), nameOf(who)).toEqual(
      ids((one) => reads(who, one)),
    )
    expect(await seenBy(app, who, 'select report_id as id from plan_report_step'), nameOf(who)).toEqual(
      ids((one) => inside(who, one)),
    )
    expect(await seenBy(app, who, 'select report_id as id from plan_report_edition'), nameOf(who)).toEqual(
      ids(published),
    )
    expect(
      await writtenBy(app, who, 'update plan_report set version = version returning id'),
      nameOf(who),
    ).toEqual(ids((one) => inside(who, one)))
    expect(
      await writtenBy(app, who, 'update plan_report_content set content = content returning id'),
      nameOf(who),
    ).toEqual(ids((one) => own(who, one) && ['DUE', 'DRAFT', 'RETURNED'].includes(one.status)))
    for (const sql of [
      'update plan_report set edition = edition + 1 returning id',
      'update plan_report set published_at = now() returning id',
      `insert into plan_report_step select id, 9, 'accept', 'ACCEPTED', null, '${who.userId}', now() from plan_report returning report_id as id`,
    ])
      expect(['denied', ''], `${nameOf(who)}: ${sql}`).toContain(String(await writtenBy(app, who, sql)))
    for (const sql of [
      'delete from plan_report',
      'update plan_report_edition set edition = 1',
      'update indicator_frozen set value = 1',
    ])
      expect(await writtenBy(app, who, sql), `${nameOf(who)}: ${sql}`).toBe('denied')
  }
})

test('doors that read show each reader their part of a report', async () => {
  for (const [turn, who] of actors.entries()) {
    const { body } = await app.as(who).get('/api/plan-reports?limit=100&kind=work_plan')
    expect(body.items!.map((item) => String(item.id)).sort(), nameOf(who)).toEqual(
      ids((one) => sees(who, one)),
    )
    for (const one of some(all, 3, turn)) {
      const at = `${nameOf(who)} ${one.status} ${one.edition}`
      const page = await app.as(who).get(`/api/plan-reports/${one.id}`)
      expect(page.status, at).toBe(sees(who, one) ? 200 : 404)
      if (page.status === 200) {
        expect(page.body.content !== null, at).toBe(reads(who, one))
        expect(page.body.reason !== null, at).toBe(inside(who, one))
        expect(page.body.steps!.length > 0, at).toBe(inside(who, one))
      }
      const document = async (query: string) =>
        (await app.as(who).get(`/api/plan-reports/${one.id}/document${query}`)).status
      expect(await document('?edition=1'), at).toBe(published(one) ? 200 : 404)
      expect(await document('?edition=3'), at).toBe(404)
      if (!inside(who, one)) expect(await document(''), at).toBe(404)
    }
  }
})

/** A step that each state allows, and whose it is. */
const stepOf = {
  DUE: ['save', 'author'],
  DRAFT: ['save', 'author'],
  SUBMITTED: ['accept', 'office'],
  RETURNED: ['save', 'author'],
  ACCEPTED: ['consolidate', 'office'],
  CONSOLIDATED: ['approve', 'office'],
  APPROVED: ['publish', 'office'],
  PUBLISHED: ['correct', 'office'],
} as const
const bodyOf = (act: string): object =>
  act === 'save'
    ? { content: { summary: 'x', difficulties: '', next: '', activities: [] } }
    : act === 'correct'
      ? { reason: 'x' }
      : {}

test('doors that write are open to the hands that a step belongs to', async () => {
  for (const [turn, who] of actors.entries())
    for (const one of some(all, 9, turn)) {
      const [act, hand] = stepOf[one.status]
      const may = hand === 'author' ? own(who, one) : office(who)
      // The planted reports have no chain, so that a step that is let through ends there and changes nothing.
      expect(
        await answerTo(app, who, {
          type: `plan_report.${act}`,
          id: one.id,
          body: bodyOf(act),
          baseVersion: 1,
        }),
        `${nameOf(who)} ${act} ${one.institution}`,
      ).toBe(sees(who, one) ? (may ? 'open' : 'refused') : 'absent')
    }
  for (const who of actors.filter((one) => !office(one)))
    expect(
      await answerTo(app, who, {
        type: 'plan_report.open',
        id: uuidv7(),
        body: { kind: 'ap_register', from: '2018-01-01', to: '2018-03-31', dueOn: '2018-04-30' },
      }),
      nameOf(who),
    ).toBe('refused')
})
