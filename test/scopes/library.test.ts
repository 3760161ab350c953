/**
 * The library, figures brought and surveys, by random search; the rules in words stand beside each oracle, and none imports a policy.
 * Planted rows have no chain, so that a command which is let through ends at the ledger.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Uuid } from '#domain/core.ts'
import { uuidv7 } from '#server/ids.ts'
import { liveIndicators } from '#server/indicator/queries/index.ts'
import { actorOf, type CastUnitName, castNames, castUnits, unitId, userId } from '#test/cast.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import {
  answerTo,
  everybody,
  idsOf,
  isOne,
  nameOf,
  neverWrites,
  quoted,
  seed,
  seenBy,
  some,
  writtenBy,
} from './search.ts'

let app: TestApp
const actors = everybody(14)
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

const steers = (who: Actor): boolean => who.role === 'coordinator' || who.role === 'state_agency'
const units = Object.keys(castUnits) as CastUnitName[]

describe('the library', () => {
  const texts = [
    { state: 'shipped', proposed: false, adopted: false },
    { state: 'proposed', proposed: true, adopted: false },
    { state: 'adopted', proposed: true, adopted: true },
    { state: 'superseded', proposed: true, adopted: true },
    { state: 'superseded', proposed: false, adopted: false },
    // Withdrawn: it was never anybody's but its writers'.
    { state: 'superseded', proposed: true, adopted: false },
  ] as const
  const all = texts.map((one) => ({ ...one, id: uuidv7() }))
  const open = (one: (typeof all)[number]): boolean => !one.proposed || one.adopted
  const rows = castNames.map((owner) => ({ id: uuidv7(), reading: uuidv7(), owner }))
  beforeAll(async () => {
    const [course] = await app.db.admin<{ id: Uuid }>('select id from course limit 1')
    await app.db.admin(
      [
        ...all.map(
          ({ id, state, proposed, adopted }, n) => `
      insert into guidance (id, version, slug, number, state, title_sq, title_en, body_sq, body_en, effective_from, proposed_by, adopted_by)
        values ('${id}', 1, 'search-${n}', 7, '${state}', 'x', 'x', 'x', 'x', '2026-01-01',
          ${proposed ? quoted(userId('school')) : 'null'}, ${adopted ? quoted(userId('state-agency')) : 'null'});`,
        ),
        ...rows.map(
          ({ id, reading, owner }) => `
      insert into guidance_reading values ('${reading}', 1, '${all[0]!.id}', '${userId(owner)}', '${actorOf(owner).institutionId}', now());
      insert into course_attempt (id, version, course_id, user_id, institution_id, number, questions, started_at)
        values ('${id}', 1, '${course!.id}', '${userId(owner)}', '${actorOf(owner).institutionId}', 1, '{}', now());`,
        ),
      ].join('\n'),
    )
  })
  test('is read by all but for what is only proposed; attempts and readings are one’s own; answers are nobody’s', async () => {
    for (const [turn, who] of actors.entries()) {
      const at = nameOf(who)
      expect(await seenBy(app, who, "select id from guidance where slug like 'search-%'"), at).toEqual(
        idsOf(all, (one) => open(one) || steers(who)),
      )
      const own = rows.filter((one) => userId(one.owner) === who.userId)
      expect(await seenBy(app, who, 'select id from course_attempt'), at).toEqual(own.map((one) => one.id))
      expect(await seenBy(app, who, 'select id from guidance_reading'), at).toEqual(
        own.map((one) => one.reading),
      )
      expect(await writtenBy(app, who, 'select question_id as id from course_answer'), at).toBe('denied')
      expect(
        await writtenBy(app, who, 'update course_attempt set version = version returning id'),
        at,
      ).toEqual(own.map((one) => one.id))
      await neverWrites(app, who, [
        'update course_attempt set percent = 100, passed = true, submitted_at = now() returning id',
        "update guidance set state = 'superseded' where slug like 'search-%' and state = 'shipped' returning id",
        `insert into guidance_reading select gen_random_uuid(), 1, id, '${who.userId}', '${who.institutionId}', now() from guidance where slug = 'search-2' returning id`,
      ])
      for (const one of all) {
        const seen = open(one) || steers(who)
        expect((await app.as(who).get(`/api/learning/guidance/${one.id}`)).status, at).toBe(seen ? 200 : 404)
        expect(await answerTo(app, who, { type: 'guidance.adopt', id: one.id, body: {} }), at).toBe(
          seen ? (steers(who) ? 'open' : 'refused') : 'absent',
        )
      }
      for (const one of some(rows, 2, turn)) {
        const mine = userId(one.owner) === who.userId
        expect((await app.as(who).get(`/api/learning/attempts/${one.id}`)).status, at).toBe(mine ? 200 : 404)
        const answers = [{ questionId: uuidv7(), keys: ['a'] }]
        expect(await answerTo(app, who, { type: 'course.submit', id: one.id, body: { answers } }), at).toBe(
          mine ? 'open' : 'absent',
        )
      }
    }
  })
})

describe('figures brought, and surveys', () => {
  const all = fc
    .sample(fc.constantFrom(...units), { numRuns: 14, seed })
    .map((institution) => ({ id: uuidv7(), survey: uuidv7(), institution }))
  let indicator: string
  beforeAll(async () => {
    // One that every institution reports.
    const [row] = await app.db.admin<{ id: string }>(
      `update indicator set reporters = '{*}' where id = (select id from indicator where kind = 'collected' and unit = 'n' and not id = any ($1) order by id limit 1)
       returning id`,
      [liveIndicators],
    )
    indicator = row!.id
    const questions = [
      {
        key: 'q',
        textSq: 'x',
        textEn: 'x',
        answers: [{ code: 'a', textSq: 'x', textEn: 'x', counts: true }],
      },
    ]
    await app.db.admin(
      all
        .map(
          ({ id, survey, institution }, n) => `
      insert into indicator_value (id, version, stands, indicator_id, kind, period_from, period_to, value, unit, breakdown, evidence,
          institution_id, recorded_by, recorded_at)
        values ('${id}', 1, true, '${indicator}', 'collected', '${2000 + n}-01-01', '${2000 + n}-12-31', 5, 'n', '[]', 'x', '${unitId(institution)}',
          '${userId('school')}', now());
      insert into survey (id, kind, title_sq, title_en, instrument, instrument_version, population, indicator_ids, questions, institution_id,
          created_at, version)
        values ('${survey}', 'school', 'x', 'x', 'x', '1', 'x', '{}', '${JSON.stringify(questions)}', '${unitId(institution)}', now(), 1);`,
        )
        .join('\n'),
    )
  })
  const own = (who: Actor, one: { institution: CastUnitName }): boolean =>
    who.institutionId === unitId(one.institution) && !isOne(who, ['admin', 'dpo'])
  const asks = [
    'coordinator',
    'state_agency',
    'responsible_authority',
    'county_committee',
    'education_directorate',
  ]

  test('are read by all and changed by the institution that brought them', async () => {
    for (const [turn, who] of actors.entries()) {
      expect((await seenBy(app, who, 'select id from indicator_value')).length, nameOf(who)).toBe(all.length)
      expect(
        await writtenBy(app, who, 'update indicator_value set stands = stands returning id'),
        nameOf(who),
      ).toEqual(idsOf(all, (one) => own(who, one)))
      expect(
        (await writtenBy(app, who, 'update survey set version = version returning id')).length,
        nameOf(who),
      ).toBe(all.filter((one) => own(who, one)).length)
      await neverWrites(app, who, [
        'update indicator_value set stands = false returning id',
        'update survey set version = version + 1 returning id',
        `insert into indicator_value select gen_random_uuid(), 1, true, indicator_id, kind, period_from + 1, period_to, 9, unit, breakdown, evidence, reason,
           '${who.institutionId}', '${who.userId}', now() from indicator_value limit 1 returning id`,
        `insert into survey_wave select gen_random_uuid(), id, 1, '2026-01-01', '2026-01-01', 'x', 5, 5, '${who.userId}', now() from survey returning id`,
      ])
      for (const [n, one] of all.entries()) {
        if (!own(who, one) && n % 5 !== turn % 5) continue
        const at = `${nameOf(who)} ${one.institution}`
        const correction = {
          indicatorId: indicator,
          from: `${2000 + n}-01-01`,
          to: `${2000 + n}-12-31`,
          value: 6,
          breakdown: [],
          evidence: 'y',
          reason: 'z',
        }
        expect(
          await answerTo(app, who, {
            type: 'indicator.collect',
            id: one.id,
            body: correction,
            baseVersion: 0,
          }),
          at,
        ).toBe(own(who, one) ? 'open' : 'refused')
        expect((await app.as(who).get(`/api/surveys/${one.survey}`)).status, at).toBe(200)
        const wave = {
          from: '2026-01-01',
          to: '2026-01-31',
          method: 'x',
          sample: 10,
          answered: 10,
          counts: [{ question: 'q', answer: 'a', n: 6 }],
        }
        expect(
          await answerTo(app, who, { type: 'survey.add_wave', id: one.survey, body: wave, baseVersion: 0 }),
          at,
        ).toBe(own(who, one) && isOne(who, asks) ? 'open' : 'refused')
      }
    }
  })
})
