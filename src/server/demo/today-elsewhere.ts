/** Today outside Tirana: Durrës in some depth, a sign of life in the other towns, a line, the border, a sealed word. */
import { fieldTowns, slugOf } from './cast.ts'
import { child } from './people.ts'
import type { Teller } from './present.ts'

const H = 24

export const durres = (t: Teller): void => {
  const town = '10'
  const told = {
    town,
    by: 'field-durres',
    source: 'field_team',
    channel: 'field',
    concerns: ['begging'],
    place: 'Te plazhi',
    narrative: 'Lyp me motrën e vogël.',
    activity: 'begging',
  }
  t.report({ ...told, ago: 6, narrative: 'Tre fëmijë flenë te stacioni.', place: 'Te stacioni' })
  const waiting = t.opened({ ...told, ago: 70, accepted: 66 })
  void waiting
  const working = t.planned({ ...told, ago: 50 * H, accepted: 50 * H - 5 }, 36 * H, (n) =>
    t.day((n === 1 ? 2 : -5) * H),
  )
  t.at(town, 30 * H, (_, at) =>
    working().do('cpw-durres', at, 'add_note', {
      kind: 'meeting',
      sensitive: false,
      happenedOn: t.day(30 * H),
      text: 'Takim me mësuesen: mungon rrallë.',
    }),
  )
  const moving = t.planned(
    { ...told, ago: 30 * H, accepted: 30 * H - 4, concerns: ['street_vending'] },
    16 * H,
    (n) => t.day(-8 * n * H),
  )
  t.at(town, 8, (stage, at) =>
    moving().do('head-durres', at, 'request_transfer', {
      toUnitId: stage.actor('cpw-tirana').unitId,
      reason: 'Nëna gjeti punë në Tiranë, familja u shpërngul.',
    }),
  )
}

export const elsewhere = (t: Teller): void => {
  for (const { code } of fieldTowns.slice(2)) {
    const slug = slugOf(code)
    const told = {
      town: code,
      by: `field-${slug}`,
      source: 'field_team',
      channel: 'field',
      concerns: ['begging'],
      place: 'Te tregu',
      narrative: 'Lyp pasditeve pranë tregut.',
      activity: 'begging',
    }
    t.report({ ...told, ago: t.dice.int(2, 20) })
    const life = t.opened({ ...told, ago: 12 * H, accepted: 12 * H - 8 })
    t.at(code, 11 * H, (_, at) => life().assess(at, 'initial', { risk: 'medium' }))
    t.at(code, 6 * H, (_, at) => life().assess(at, 'comprehensive'))
  }
  // Nobody knew the place: the line passes it on.
  t.report({
    town: 'line',
    by: 'hotline',
    source: 'public',
    channel: '116111',
    ago: 2,
    concerns: ['missing'],
    place: 'Në autobus për në jug',
    narrative: 'Një djalë i vetëm në autobus, nuk dinte ku shkonte.',
  })
  // At the border: a child alone, told to the unit of that municipality, which asks the crossing to keep watch.
  const border = t.opened({
    town: '46',
    by: 'border-police',
    source: 'border_police',
    channel: 'phone',
    ago: 31,
    accepted: 29,
    immediacy: 'high',
    concerns: ['unaccompanied_foreign', 'child_on_the_move'],
    place: 'Hani i Hotit',
    narrative: 'Kaloi kufirin vetëm, pa dokumente.',
    children: [child(t.dice)],
    more: { immediateProtection: true },
  })
  t.send(border, {
    town: '46',
    ago: 9,
    to: 'border-L02',
    service: 'police_protection',
    safety: true,
    said: { place: 'Hani i Hotit', danger: 'Dikush e pret matanë kufirit' },
  })
  // An official is said to be involved: the sealed word goes to Internal Affairs alone.
  t.report({
    town: '15',
    by: 'field-elbasan',
    source: 'field_team',
    channel: 'field',
    ago: 28,
    concerns: ['begging'],
    place: 'Te kalaja',
    narrative: 'Lyp te kalaja, frikësohet nga policët.',
    activity: 'begging',
    more: {
      officialInvolved: {
        institution: 'police',
        text: 'Fëmijët thonë se një polic u merr para që t’i lërë të lypin.',
      },
    },
  })
}
