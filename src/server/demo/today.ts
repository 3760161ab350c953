/**
 * The caseload of today, told in hours before now, so that every role of the demo finds something to do: deadlines
 * missed, due today and this week, referrals that wait, a closure, transfers and a measure to decide.
 */

import { addWorkingDays, type Holidays, workingDaysBetween } from '#domain/clock/calendar.ts'
import { addDays, addMonths, fromTirana, toMs } from '#domain/clock/tirana.ts'
import type { Instant } from '#domain/core.ts'
import { familyOf } from './family.ts'
import { hotspots } from './hotspots.ts'
import { formalInterviews } from './interviews.ts'
import { endsWell } from './outcomes.ts'
import { protectedAtOnce, takenIn } from './placements.ts'
import { Teller } from './present.ts'
import { entryId } from './services.ts'
import type { Act } from './stage.ts'
import { durres, elsewhere } from './today-elsewhere.ts'

const child = (givenName: string, familyName: string, sex: 'male' | 'female', age: number) => ({
  givenName,
  familyName,
  sex,
  age,
})
const tirana = '53'
const H = 24

/** Hours ago at which ten working days began that end in three. */
const threeDaysLeft = (t: Teller): number => {
  const today = t.day(0)
  let start = today
  while (workingDaysBetween(today, addWorkingDays(start, 10, t.holidays), t.holidays) > 3)
    start = addDays(start, -1)
  return (t.now - toMs(fromTirana(start, 10))) / 3_600_000
}

/** Hours ago at which a case was closed whose first follow-up is due in three days. */
const monthAgo = (t: Teller): number => {
  const due = addDays(t.day(0), 3)
  return (t.now - toMs(fromTirana(addMonths(due, -1), 11))) / 3_600_000
}

/** Missed, near and later: what stands on the first page of cpw-tirana. */
const deadlines = (t: Teller): void => {
  t.opened({
    town: tirana,
    by: 'school',
    source: 'school',
    channel: 'web',
    ago: 5 * H,
    accepted: 98,
    concerns: ['begging', 'out_of_school'],
    place: 'Shkolla 9-vjeçare',
    narrative: 'Mungon prej dy javësh; shokët e kanë parë duke lypur.',
    children: [child('Besmir', 'Dervishi', 'male', 11)],
  })
  const urgent = t.opened({
    town: tirana,
    by: 'police',
    source: 'police',
    channel: '112',
    ago: 52,
    accepted: 50,
    immediacy: 'high',
    concerns: ['trafficking', 'domestic_violence'],
    place: 'Komisariati 2',
    narrative: 'E gjetur vetëm natën, ka frikë të kthehet në shtëpi.',
    children: [child('Sara', 'Marku', 'female', 14)],
  })
  t.at(tirana, 26.6, (_, at) => urgent().assess(at, 'initial', { risk: 'immediate' }))
  protectedAtOnce(t, tirana, urgent, 26)
  t.at(tirana, 22, (_, at) => urgent().callGroup(at, new Date(t.now + 20 * 3_600_000).toISOString()))
  t.send(urgent, {
    ago: 20,
    to: 'police-AL-11',
    service: 'police_protection',
    safety: true,
    said: { place: 'Komisariati 2', danger: 'Kërkohet nga njeriu që e mbante; të mos njoftohet familja.' },
  })
  t.report({
    town: tirana,
    by: 'hotline',
    source: 'hotline',
    channel: '116111',
    ago: 21.6,
    immediacy: 'high',
    concerns: ['begging'],
    place: 'Te kryqëzimi i Zogut të Zi',
    narrative: 'Një vajzë rreth shtatë vjeç lyp natën te semafori.',
    children: [{ sex: 'female', age: 7 }],
  })
  t.report({
    town: tirana,
    by: 'field-tirana',
    source: 'field_team',
    channel: 'field',
    ago: 4,
    concerns: ['recyclables', 'street_situation'],
    place: 'Pranë stacionit të trenit',
    narrative: 'Dy vëllezër mbledhin kanoçe.',
    activity: 'collecting',
    children: [child('Aron', 'Gjoka', 'male', 9), child('Dion', 'Gjoka', 'male', 7)],
  })
  const soon = threeDaysLeft(t)
  const assessing = t.opened({
    town: tirana,
    by: 'health',
    source: 'health',
    channel: 'phone',
    ago: soon + 3,
    accepted: soon,
    concerns: ['other_work'],
    place: 'Te tregu',
    narrative: 'Erdhi me plagë në duar nga puna në treg.',
    children: [child('Noel', 'Gega', 'male', 8)],
  })
  t.at(tirana, soon - 30, (_, at) => assessing().assess(at, 'initial', { risk: 'medium' }))
}

/** A girl at high risk whose enrolment waits, and the referrals of her case. */
const mira = (t: Teller): void => {
  const told = {
    town: tirana,
    by: 'field-tirana',
    source: 'field_team',
    channel: 'field',
    ago: 60 * H,
    accepted: 60 * H - 6,
    concerns: ['begging', 'out_of_school'],
    place: 'Para qendrës tregtare',
    narrative: 'Lyp çdo ditë me nënën; nuk ka shkuar kurrë në shkollë.',
    activity: 'begging',
    children: [child('Mira', 'Kola', 'female', 9)],
  }
  const life = t.opened(told)
  t.at(tirana, 59 * H, (_, at) =>
    life().assess(at, 'initial', { risk: 'high', chosen: { in_school: 'never' } }),
  )
  t.at(tirana, 58.4 * H, (_, at) => life().confer(at, ['assess_further']))
  t.at(tirana, 52 * H, (_, at) => life().assess(at, 'comprehensive', { chosen: { works: 'begging' } }))
  t.at(tirana, 52 * H - 1, (_, at) => life().assess(at, 'best_interests'))
  t.at(tirana, 47 * H, (_, at) => life().draftPlan(at, (n) => t.day(n === 1 ? 4 * H : -9 * H), 2))
  t.at(tirana, 45 * H, (_, at) => life().confer(at, ['approve_plan', 'refer']))
  t.at(tirana, 45 * H - 1, (_, at) => life().approvePlan(at))
  t.at(tirana, 18 * H, (_, at) => life().review(at, 'continue'))
  t.at(tirana, 17 * H, (_, at) =>
    life().do(life().worker, at, 'add_note', {
      kind: 'home_visit',
      sensitive: false,
      happenedOn: t.day(17 * H),
      text: 'Vizitë në shtëpi. Nëna pranon ta çojë në shkollë sapo të regjistrohet.',
      childWords: 'Dua të mësoj të shkruaj emrin tim.',
    }),
  )
  t.at(tirana, 16 * H, (_, at) =>
    life().goToCourt(at, 'custody', new Date(t.now + 3 * H * 3_600_000).toISOString()),
  )
  const zone = 'Njësia administrative 6'
  // The education office has not even confirmed receipt; the others have done their part.
  t.send(life, {
    ago: 30,
    to: 'education-AL-11',
    service: 'enrolment',
    said: { zone, enrolment_need: 'Regjistrim në klasën e dytë' },
  })
  t.send(life, {
    ago: 20,
    to: 'school-53',
    service: 'enrolment',
    said: { zone, enrolment_need: 'Vend në klasën e dytë' },
  })
  // Out of the plan straight to a provider of the directory, who answers within a day: the wait is measured.
  const care = t.send(life, {
    ago: 39 * H,
    to: 'day-centre-53',
    service: 'day_care',
    said: { zone, day_need: 'Pasdite' },
    through: { action: 0, entryId: entryId('day-centre-53', 'education', t.now) },
  })
  t.answer(care, 'day-centre', [
    [39 * H - 5, 'acknowledge', {}],
    [38 * H, 'accept', { reply: 'Ka vend nga e hëna.' }],
    [35 * H, 'start_service', {}],
  ])
  const check = t.send(life, {
    ago: 50,
    to: 'hospital-AL-11',
    service: 'health_check',
    said: { health_need: 'Kontroll i përgjithshëm dhe vaksina' },
  })
  t.answer(check, 'health', [[46, 'acknowledge', {}]])
  t.send(life, {
    ago: 8,
    to: 'civil-status-53',
    service: 'birth_registration',
    said: { birth_facts: 'Lindur në shtëpi, nëna e njohur' },
  })
  t.send(life, {
    ago: 12,
    to: 'employment-AL-11',
    service: 'parent_employment',
    said: { contact: 'Përmes NJMF-së', skills: 'Pastrim, kuzhinë' },
  })
  t.send(life, {
    ago: 16,
    to: 'labour-AL-11',
    service: 'inspection',
    said: { employer: 'Lokal pranë qendrës', work_place: 'Lavazh dhe kuzhinë' },
  })
  familyOf(t, life)
}

/** A presumed victim: the Responsible Authority sees the case, police and shelter are asked. */
const presumedVictim = (t: Teller): void => {
  const life = t.opened({
    town: tirana,
    by: 'police',
    source: 'police',
    channel: '112',
    ago: 12 * H,
    accepted: 12 * H - 3,
    immediacy: 'high',
    concerns: ['begging', 'trafficking'],
    place: 'Te stacioni i autobusëve',
    narrative: 'Tre fëmijë nga një qytet tjetër, i njëjti i rritur i merr paratë.',
    children: [child('Elira', 'Sula', 'female', 13)],
  })
  t.at(tirana, 12 * H - 15, (_, at) =>
    life().assess(at, 'initial', { risk: 'high', chosen: { danger_now: ['begging', 'trafficking'] } }),
  )
  t.at(tirana, 11 * H, (_, at) => life().confer(at, ['assess_further', 'refer']))
  t.at(tirana, 6 * H, (_, at) => life().assess(at, 'comprehensive'))
  t.at(tirana, 76, (stage, at) =>
    stage.do(life().worker, at, 'screening.record', t.mint('screening', 76), {
      set: 'trafficking',
      version: '2018-1',
      caseId: life().caseId,
      subject: 'child',
      forms: ['begging'],
      territory: 'internal',
      setting: 'case',
      items: [
        { code: 'EX3', evidence: 'Paratë ia merr i njëjti i rritur çdo mbrëmje.' },
        { code: 'AV2', evidence: 'Prindërit jashtë vendit, me gjyshen.' },
        { code: 'CD1', evidence: 'Thotë se e rrahin kur nuk sjell para.' },
        { code: 'CH1', evidence: 'Flet vetëm kur i rrituri nuk është aty.' },
      ],
    }),
  )
  // Nobody has told the police yet: the notice is late and the Responsible Authority knows.
  const shelter = t.send(life, {
    ago: 26,
    to: 'shelter-different-equal',
    service: 'emergency_shelter',
    safety: true,
    said: { needs: 'Vend i sigurt sonte, psikolog', risks: 'I rrituri mund ta kërkojë' },
  })
  t.answer(shelter, 'shelter', [[22, 'acknowledge', { reply: 'E morëm, përgjigjemi sot.' }]])
}

/** What waits for head and director: a closure, a transfer, an emergency measure, a report to screen out. */
const decisions = (t: Teller): void => {
  const well = (givenName: string, familyName: string, accepted: number) => ({
    town: tirana,
    by: 'field-tirana',
    source: 'field_team',
    channel: 'field',
    ago: accepted + 4,
    accepted,
    concerns: ['street_vending'],
    place: 'Në shëtitore',
    narrative: 'Shet lule natën.',
    activity: 'vending',
    children: [child(givenName, familyName, 'male' as const, 12)],
  })
  const closing = t.planned(well('Klea', 'Prifti', 80 * H), 66 * H, (n) => t.day((20 - n) * H), {
    risk: 'low',
  })
  endsWell(t, tirana, closing, 50 * H, 8)
  t.at(tirana, 7, async (_, at) => {
    await closing().actionsDone(at)
    await closing().goalsMet(at)
    await closing().review(at, 'close')
  })
  t.at(tirana, 5, (_, at) => closing().proposeClosure(at, 'goals_met'))

  const ended = monthAgo(t)
  const closed = t.planned(
    well('Ardit', 'Hasani', ended + 80 * H),
    ended + 66 * H,
    () => t.day(ended + 10 * H),
    { risk: 'low' },
  )
  t.at(tirana, ended + 20, async (_, at) => {
    await closed().goalsMet(at)
    await closed().review(at, 'close')
    await closed().proposeClosure(at, 'goals_met')
  })
  t.at(tirana, ended, (_, at) => closed().approveClosure(at))

  const moving = t.planned(well('Redon', 'Kurti', 35 * H), 20 * H, (n) => t.day(-n * 10 * H))
  t.at(tirana, 26, (stage, at) =>
    moving().do('head-tirana', at, 'request_transfer', {
      toUnitId: stage.actor('cpw-durres').unitId,
      reason: 'Familja u shpërngul në Durrës.',
    }),
  )

  const measured = t.planned(well('Joel', 'Leka', 40 * H), 25 * H, (n) => t.day(-n * 6 * H))
  t.at(tirana, 24 * H, (_, at) => measured().proposeMeasure(at, 'specialised_supervision', 'work'))
  t.at(tirana, 20 * H, (_, at) =>
    measured().decideMeasure('director-tirana', at, 'put_in_force', { from: t.day(20 * H) }),
  )

  const issued = t.opened({ ...well('Amar', 'Zefi', 62), immediacy: 'high', ago: 64 })
  t.at(tirana, 48, (_, at) => issued().assess(at, 'initial', { risk: 'immediate' }))
  t.at(tirana, 44, (_, at) => issued().proposeMeasure(at, 'emergency', 'begging'))
  t.at(tirana, 42, (_, at) =>
    issued().decideMeasure('director-tirana', at, 'issue_emergency', {
      by: 'municipal_director',
      from: t.day(42),
    }),
  )
  t.at(tirana, 30, (_, at) => issued().confer(at, ['propose_measure']))
  takenIn(t, tirana, issued, 40)

  const proposed = t.opened({
    ...well('Luis', 'Balaj', 27),
    immediacy: 'high',
    ago: 28,
    worker: 'cpw2-tirana',
  })
  t.at(tirana, 9, (_, at) => proposed().assess(at, 'initial', { risk: 'immediate' }))
  t.at(tirana, 3, (_, at) => proposed().proposeMeasure(at, 'emergency', 'work'))

  const doubtful = t.report({
    town: tirana,
    by: 'hotline',
    source: 'public',
    channel: '116111',
    ago: 18,
    concerns: ['neglect'],
    place: 'Te parku',
    narrative: 'Një fëmijë qante në park; më vonë u pa me nënën.',
  })
  t.at(tirana, 6, (stage, at) =>
    stage.do(
      'cpw2-tirana',
      at,
      'report.triage',
      doubtful,
      {
        decision: 'screen_out',
        immediacy: 'ordinary',
        duplicatesChecked: true,
        reason: 'Fëmija ishte me nënën; polici i zonës e verifikoi.',
      },
      1,
    ),
  )
}

export const today = (now: Instant, seed: number, holidays: Holidays): Act[] => {
  const t = new Teller(now, seed, holidays)
  hotspots(t)
  deadlines(t)
  mira(t)
  presumedVictim(t)
  formalInterviews(t)
  decisions(t)
  durres(t)
  elsewhere(t)
  return t.acts
}
