/** What reports tell of the net on the last day of their period: structures and posts that the plans ask for. */
import { netAsOf } from '../../net/as-of.ts'
import { say } from '../../words.ts'
import { type Make, type Making, number, spanOf, tabled, text } from './making.ts'

const dayOf = (making: Making): string => {
  const { to } = spanOf(making)
  const today = making.tx.now.slice(0, 10)
  return to < today ? to : today
}

/** How far the country is covered, measure by measure (domain specification 16.6). */
export const coverageSections: Make = async (making) => {
  const { t, tx, language } = making
  const { shares } = await netAsOf(tx, dayOf(making))
  return [
    tabled(
      making,
      t('coverage'),
      [text(t('measure')), number(t('have')), number(t('of_all')), { head: t('share'), kind: 'percent' }],
      shares.map((one) => [
        say(language, `netPage.measure_${one.measure}`),
        one.have,
        one.total,
        one.total === 0 ? '–' : Math.round((one.have / one.total) * 1000) / 10,
      ]),
    ),
  ]
}

/** The municipalities of the author's county, and what stands in each. */
export const countyCoverageSections: Make = async (making) => {
  const { t, tx, row, language } = making
  const { municipalities } = await netAsOf(tx, dayOf(making))
  const yes = (stands: boolean): string => t(stands ? 'yes' : 'no')
  return [
    tabled(
      making,
      t('coverage'),
      [
        text(t('by_municipality')),
        text(say(language, 'netPage.col_cpu')),
        number(say(language, 'netPage.col_full_time')),
        number(say(language, 'netPage.col_protectors')),
        number(say(language, 'netPage.col_teams')),
        text(say(language, 'netPage.col_nrm')),
        text(say(language, 'netPage.col_dv')),
        text(say(language, 'netPage.col_contact')),
      ],
      municipalities
        .filter((one) => row.county === null || one.county === row.county)
        .map((one) => [
          one.name,
          yes(one.cpu),
          one.fullTimeWorkers,
          one.schoolsWithProtector,
          one.fieldTeams,
          yes(one.nrmMechanism),
          yes(one.dvMechanism),
          yes(one.contactPoint),
        ]),
    ),
  ]
}

/** Mobile units and field teams by county (D47). */
export const mobileSections: Make = async (making) => {
  const { t, tx, language } = making
  const { counties, groups, municipalities } = await netAsOf(tx, dayOf(making))
  const countyOf = new Map(municipalities.map((one) => [one.municipality, one.county]))
  const teams = groups.filter((one) => one.kind === 'field_team')
  return [
    tabled(
      making,
      t('mobile'),
      [
        text(t('county')),
        number(say(language, 'netPage.mobile_units')),
        number(say(language, 'netPage.col_teams')),
        number(t('people')),
      ],
      counties.map((one) => {
        const own = teams.filter(
          (team) => (team.county ?? countyOf.get(team.municipality ?? '')) === one.county,
        )
        return [
          one.name,
          one.mobileUnits,
          own.reduce((n, team) => n + team.structures, 0),
          own.reduce((n, team) => n + team.filled, 0),
        ]
      }),
    ),
  ]
}
