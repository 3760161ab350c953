/**
 * The year 2018 as the Alliance 8.7 report of Albania counts it: 32 field teams in nine municipalities met 305
 * children; at the year's end 286 of their cases of economic exploitation were open; 30 protection measures for work
 * or begging. The cases were closed in 2019 and followed up for a year, so that nothing of it runs today.
 */

import { addWorkingDays, type Holidays, isWorkingDay } from '#domain/clock/calendar.ts'
import { addDays, addMonths, daysBetween, fromTirana, toMs } from '#domain/clock/tirana.ts'
import type { Day } from '#domain/core.ts'
import { type FieldTown, fieldLogin, fieldTowns, slugOf } from './cast.ts'
import { Life } from './life.ts'
import { aYearLater } from './outcomes.ts'
import { child, familyName } from './people.ts'
import { type Chance, chance, idOf } from './random.ts'
import type { Act } from './stage.ts'
import { places, workOf } from './texts.ts'

const HOUR = 3_600_000
type Fate = 'economic' | 'street' | 'no_risk'

interface Plot {
  readonly fate: Fate
  readonly measure: 'none' | 'supervision' | 'emergency'
}

/** Which child has which course: those with measures and those closed in the year were met early in it. */
const plots = (town: FieldTown): Plot[] =>
  Array.from({ length: town.children }, (_, i) => ({
    fate:
      i < town.measures
        ? 'economic'
        : i < town.measures + town.closed
          ? 'no_risk'
          : i < town.measures + town.closed + town.street
            ? 'street'
            : 'economic',
    measure: i >= town.measures ? 'none' : i % 3 === 2 ? 'emergency' : 'supervision',
  }))

export class Calendar {
  readonly holidays: Holidays
  readonly dice: Chance
  constructor(holidays: Holidays, dice: Chance) {
    this.holidays = holidays
    this.dice = dice
  }
  /** A moment of an office day. */
  office(day: Day): number {
    let at = day
    while (!isWorkingDay(at, this.holidays)) at = addDays(at, 1)
    return toMs(fromTirana(at, this.dice.int(8, 15), this.dice.int(0, 59)))
  }
  workingDays(day: Day, n: number): Day {
    return addWorkingDays(day, n, this.holidays)
  }
}

const dayOf = (ms: number): Day => new Date(ms + HOUR).toISOString().slice(0, 10)

/** One report of one team, and what became of each child in it. */
const meeting = (
  town: FieldTown,
  team: number,
  plotsHere: readonly Plot[],
  number: number,
  dice: Chance,
  calendar: Calendar,
  acts: Act[],
): void => {
  const slug = slugOf(town.code)
  const [worker, head] = [number % 2 === 0 ? `cpw-${slug}` : `cpw2-${slug}`, `head-${slug}`]
  const first = plotsHere[0]!
  const early = first.measure !== 'none' || first.fate === 'no_risk'
  const met = addDays('2018-05-02', early ? dice.int(20, 140) : 120 + Math.floor(92 * Math.sqrt(dice.next())))
  const seen = toMs(fromTirana(met, dice.int(10, 20), dice.int(0, 59)))
  const urgent = dice.yes(0.2)
  const late = dice.yes(0.05)
  // The duty officer answers within the day, weekends too; now and then too late.
  const answered = seen + (late ? dice.int(26, 40) : dice.int(2, 20)) * HOUR
  const reportId = idOf(`report ${town.code} ${number}`, seen)
  const family = familyName(dice)
  const children = plotsHere.map(() => child(dice, family))
  const work = workOf(dice)
  const concerns =
    first.fate === 'street'
      ? ['street_situation']
      : [work.concern, ...(dice.yes(0.4) ? ['out_of_school'] : [])]
  const lives: Life[] = []
  const lane = town.code
  const act = (at: number, play: Act['play']): void => {
    acts.push({ at, lane, play })
  }
  act(seen, (stage, at) =>
    stage.do(fieldLogin(town.code, team), at, 'report.create', reportId, {
      source: 'field_team',
      channel: 'field',
      place: { municipality: town.code, text: dice.pick(places) },
      immediacy: urgent ? 'high' : 'ordinary',
      concerns,
      narrative: first.fate === 'street' ? 'Rri në rrugë gjatë gjithë ditës.' : dice.pick(work.narratives),
      children,
      activity: first.fate === 'street' ? 'sleeping_rough' : work.activity,
    }),
  )
  act(answered, async (stage, at) => {
    const reply = await stage.do(
      worker,
      at,
      'report.triage',
      reportId,
      {
        decision: 'accept',
        immediacy: urgent ? 'high' : 'ordinary',
        duplicatesChecked: true,
      },
      1,
    )
    const cases = (reply.reply.cases ?? []) as { caseId: string }[]
    for (const one of cases) lives.push(new Life(stage, dice, town.code, worker, head).open(one.caseId))
  })
  for (const [i, plot] of plotsHere.entries())
    course(plot, answered, urgent, { dice, calendar, slug, act, life: () => lives[i]! })
}

interface Course {
  readonly dice: Chance
  readonly calendar: Calendar
  readonly slug: string
  readonly act: (at: number, play: Act['play']) => void
  readonly life: () => Life
}

/** From the accepted report to the last follow-up. */
const course = (
  plot: Plot,
  opened: number,
  urgent: boolean,
  { dice, calendar, slug, act, life }: Course,
): void => {
  const late = dice.yes(0.06)
  const assessed = opened + (urgent ? (late ? 30 : dice.int(4, 20)) : late ? 80 : dice.int(20, 52)) * HOUR
  if (plot.fate === 'no_risk') {
    act(assessed, (_, at) => life().assess(at, 'initial', { risk: 'low', finish: false }))
    act(assessed + HOUR, (_, at) => life().proposeClosure(at, 'no_risk'))
    act(calendar.office(addDays(dayOf(assessed), 1)), (_, at) => life().approveClosure(at))
    return
  }
  act(assessed, (_, at) =>
    life().assess(at, 'initial', {
      risk: 'medium',
      chosen: { in_school: dice.pick(['irregular', 'dropped', 'never']) },
    }),
  )
  const openDay = dayOf(opened)
  const known = calendar.office(calendar.workingDays(openDay, dice.int(6, 8)))
  act(known, (_, at) => life().assess(at, 'comprehensive'))
  // Where the family acts at once the risk is low before the plan begins; otherwise only when it has worked.
  const soon = plot.measure === 'none' && dice.yes(0.5)
  act(known + HOUR, (_, at) => life().assess(at, 'best_interests', soon ? { risk: 'low' } : {}))
  const planned = calendar.office(calendar.workingDays(dayOf(known), dice.int(2, 5)))
  const emergency = plot.measure === 'emergency'
  if (emergency) emergencyMeasure(known, { dice, slug, act, life })
  act(planned, (_, at) => life().draftPlan(at, (n) => addDays(dayOf(planned), 40 + 15 * n), 1))
  const approved = calendar.office(calendar.workingDays(dayOf(planned), dice.yes(0.06) ? 9 : dice.int(1, 3)))
  if (emergency) act(approved - HOUR / 2, (_, at) => life().confer(at, ['approve_plan']))
  act(approved, (_, at) => life().approvePlan(at))
  if (plot.measure === 'supervision') supervision(approved, { dice, calendar, slug, act, life })

  const earliest = addDays(dayOf(approved), 65)
  const closeDay = addDays('2019-01-14', dice.int(0, 45))
  const closing = calendar.office([earliest, closeDay].sort().at(-1)!)
  let reviewed = dayOf(approved)
  while (daysBetween(reviewed, dayOf(closing)) > 86) {
    reviewed = addDays(reviewed, dice.int(78, 84))
    const at = calendar.office(reviewed)
    reviewed = dayOf(at)
    act(at, (_, when) => life().review(when, 'continue'))
  }
  if (plot.measure !== 'none') act(closing - 30 * 24 * HOUR, (_, at) => life().liftMeasure(at))
  act(closing, async (_, at) => {
    if (dice.yes(0.25)) await life().actionsDone(at, 'first')
    await life().goalsMet(at)
    if (!soon) await life().setRisk(at, 'low', 'Nuk punon më, shkon në shkollë.')
    await life().review(at, 'close')
    await life().proposeClosure(at, 'goals_met')
  })
  const closed = calendar.office(addDays(dayOf(closing), 1))
  act(closed, (_, at) => life().approveClosure(at))
  for (const month of [1, 3, 6, 12] as const) {
    // On the last working day that is not after the due day.
    let day = addMonths(dayOf(closed), month)
    while (!isWorkingDay(day, calendar.holidays)) day = addDays(day, -1)
    act(calendar.office(day), async (_, at) => {
      await life().followUp(at, month)
      if (month === 12) await aYearLater(life(), at)
    })
  }
}

/** The director issues it at once; filed with the court in two days (once in a while too late), confirmed the day after. */
const emergencyMeasure = (from: number, { dice, slug, act, life }: Omit<Course, 'calendar'>): void => {
  const issued = from + 3 * HOUR
  const filed = issued + (dice.yes(0.15) ? 70 : dice.int(18, 44)) * HOUR
  const decided = filed + dice.int(20, 60) * HOUR
  const ground = dice.yes(0.6) ? 'begging' : 'work'
  act(from + 2 * HOUR, (_, at) => life().proposeMeasure(at, 'emergency', ground))
  act(issued, (_, at) =>
    life().decideMeasure(`director-${slug}`, at, 'issue_emergency', {
      by: 'municipal_director',
      from: dayOf(issued),
    }),
  )
  act(filed, (_, at) =>
    life().decideMeasure(`director-${slug}`, at, 'file_court', {
      courtRef: `Nr. ${dice.int(100, 999)}/2018`,
    }),
  )
  act(decided, (_, at) =>
    life().decideMeasure(`director-${slug}`, at, 'put_in_force', { from: dayOf(issued) }),
  )
}

const supervision = (approved: number, { dice, calendar, slug, act, life }: Course): void => {
  const proposed = calendar.office(calendar.workingDays(dayOf(approved), dice.int(3, 6)))
  const decided = calendar.office(calendar.workingDays(dayOf(proposed), dice.int(4, 9)))
  const ground = dice.yes(0.6) ? 'begging' : 'work'
  act(proposed, (_, at) => life().proposeMeasure(at, 'specialised_supervision', ground))
  act(decided, (_, at) =>
    life().decideMeasure(`director-${slug}`, at, 'put_in_force', { from: dayOf(decided) }),
  )
}

export const history = (seed: number, holidays: Holidays): Act[] => {
  const acts: Act[] = []
  for (const town of fieldTowns) {
    const dice = chance(seed + Number(town.code))
    const calendar = new Calendar(holidays, dice)
    const waiting = plots(town)
    for (let number = 0; waiting.length > 0; number += 1) {
      // Every team meets somebody; brothers and sisters are met together.
      const plain = waiting[0]!.measure === 'none' && waiting[0]!.fate === 'economic'
      const together = plain && waiting.length > town.teams && dice.yes(0.4) ? dice.int(2, 3) : 1
      meeting(
        town,
        (number % town.teams) + 1,
        waiting.splice(0, Math.min(together, waiting.length)),
        number,
        dice,
        calendar,
        acts,
      )
    }
  }
  return acts
}
