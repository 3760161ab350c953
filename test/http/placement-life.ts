/** Beds, measures and children for the tests of placements: real acts over HTTP, and a register as its keeper left it. */
import { expect } from 'vitest'
import { ageBands } from '#domain/care/beds.ts'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId } from '#test/cast.ts'
import { assess, Life, openFor, putChild, seen, today } from './case-life.ts'
import type { Loose, TestApp } from './harness.ts'

export const placing = (app: () => TestApp) => {
  let places = 0
  /** Straight into the register, as its own keeper would have left it. */
  const place = async (kind: 'foster_family' | 'residential' | 'shelter', capacity = 2): Promise<string> => {
    const id = uuidv7()
    places += 1
    const family = kind === 'foster_family'
    const unit = unitId(family ? 'cpu-tirana' : 'shelter-tirana')
    await app().db.admin(
      `insert into care_place (id, version, kind, code, name_sq, name_en, facility_kind, institution_id, unit_id, municipality, county, status,
       beds, capacity, licence_number, licence_from, licence_to, applied_on)
     values ($1, 1, $2, $3, $4, $4, $5, $6, $7, '53', 'AL-11', 'approved', $8, $9, 'L-1', '2025-01-01', null, $10)`,
      [
        id,
        family ? 'foster_family' : 'facility',
        `${family ? 'FK' : 'IN'}-53-${String(800 + places)}`,
        family ? null : 'Shtëpia e Dritës',
        family ? null : kind,
        family ? null : unit,
        unit,
        JSON.stringify([{ sex: 'any', bands: [...ageBands], places: capacity }]),
        capacity,
        family ? '2025-01-01' : null,
      ],
    )
    return id
  }
  const bed = async (placeId: string, keeper: CastName = 'shelter', confirm = true, sex = 'male') => {
    const id = uuidv7()
    const held = await app().as('cpw-tirana').command('bed.hold', id, { placeId, sex, ageBand: '6_11' })
    expect(held.status, JSON.stringify(held.body)).toBe(200)
    if (confirm) {
      const confirmed = await app().as(keeper).command('bed.confirm', id, {}, { baseVersion: 1 })
      expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
    }
    return id
  }
  const stateOf = async (holdId: string) =>
    (await app().db.admin<{ state: string }>('select state from bed_hold where id = $1', [holdId]))[0]?.state
  const idOf = (reply: Loose, type: string): string =>
    String((reply.made as unknown as { type: string; id: string }[]).find((one) => one.type === type)?.id)
  const child = async (birth: string | null = null, who: CastName = 'cpw-tirana') => {
    const personId = await putChild(app())
    if (birth !== null)
      await app().db.admin(
        'update person_named set birth_from = $2::text::date, birth_to = $2::text::date, birth_said = $2 where id = $1',
        [personId, birth],
      )
    const life = new Life(app(), await openFor(app(), who, { personId }))
    await assess(life, 'initial', { ...seen, risk: 'high' }, who)
    return life
  }
  const measure = async (
    life: Life,
    kind: 'emergency' | 'alternative_care',
    who: CastName = 'cpw-tirana',
  ): Promise<string> => {
    const measureId = idOf(
      await life.must(who, 'propose_measure', {
        kind,
        ground: 'neglect',
        parentsCooperate: 'no',
        reason: 'Pa masë mbetet vetëm.',
      }),
      'MeasureProposed',
    )
    const step = { measureId, decidedOn: today, from: today }
    if (kind === 'emergency')
      await life.must('director-tirana', 'decide_measure', {
        ...step,
        step: 'issue_emergency',
        decidedBy: 'municipal_director',
      })
    else {
      await assess(life, 'best_interests')
      await life.must('cpw-tirana', 'decide_measure', { ...step, step: 'put_in_force', decidedBy: 'court' })
    }
    return measureId
  }
  const wish = {
    from: today,
    childView: 'agrees',
    childWords: 'Dua të jem bashkë me motrën.',
    siblings: 'none',
    familyTold: false,
    purpose: 'Të jetë e qetë dhe të shkojë në shkollë.',
  }
  const plan = async (life: Life, more: object) =>
    idOf(await life.must('cpw-tirana', 'plan_placement', { ...wish, ...more }), 'PlacementPlanned')
  const read = async (life: Life, who: CastName = 'cpw-tirana', purpose?: 'supervision') =>
    (
      await app()
        .as(who)
        .get(`/api/cases/${life.id}/placements`, purpose === undefined ? {} : { purpose })
    ).body
  const runs = async (life: Life) =>
    (
      await app().db.admin(
        `select rule from clock where record_id = $1 and stopped_at is null and rule in ('D13', 'D14', 'D20', 'D21', 'D22', 'D23') order by 1`,
        [life.id],
      )
    ).map((row) => String(row.rule))

  /** What this person is offered to plan with. */
  const offered = async (life: Life, who: CastName) => JSON.stringify((await read(life, who)).choices ?? {})
  const release = async (who: CastName, holdId: string, baseVersion: number) =>
    (await app().as(who).command('bed.release', holdId, { reason: 'not_needed' }, { baseVersion })).status

  return { place, bed, release, offered, stateOf, idOf, child, measure, wish, plan, read, runs }
}
