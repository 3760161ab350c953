/** Needs and how children live, in the demo country: a year after 2019's closures, and in two cases of today. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Instant } from '#domain/core.ts'
import type { Life } from './life.ts'
import type { Teller } from './present.ts'

const before = {
  living: 'one_parent',
  school: 'none',
  vaccinated: 'no',
  healthCard: 'no',
  job: 'not_of_age',
  parentWork: 'none',
  network: 'no',
  income: 'none',
} as const
const after = {
  ...before,
  school: 'primary',
  attendance: 85,
  vaccinated: 'yes',
  healthCard: 'yes',
  parentWork: 'one',
  network: 'yes',
  income: 'around_minimum',
} as const

/** Who was found a year later, and how: two in three, most of them at home and in school. */
export const aYearLater = async (life: Life, at: Instant): Promise<void> => {
  const sign = life.dice.int(0, 15)
  if (sign > 10) return
  const [parentWork, school] = [sign % 2 === 0 ? 'casual' : 'one', sign === 3 ? 'none' : 'primary'] as const
  await life.beside(at, 'outcome.take', {
    ...after,
    occasion: 'month_12',
    takenOn: tiranaDay(at),
    parentWork,
    school,
    attendance: school === 'none' ? null : 70 + sign * 2,
    living: sign === 3 || sign === 7 ? 'kinship' : 'both_parents',
  })
}

/** A child whose case ends well: what was lacking, who gave it, and what changed. */
export const endsWell = (t: Teller, town: string, life: () => Life, found: number, ended: number): void => {
  const ids: Record<string, string> = {}
  const find = (at: Instant, kind: string, beneficiary: string, remark: string) =>
    life()
      .beside(at, 'need.find', { kind, beneficiary, foundOn: tiranaDay(at), remark })
      .then((reply) => {
        ids[kind] = String(reply.needId)
      })
  t.at(town, found, async (_, at) => {
    await life().beside(at, 'outcome.take', { ...before, occasion: 'opening', takenOn: tiranaDay(at) })
    await find(at, 'enrolment', 'child', 'Nuk ka shkuar në shkollë këtë vit.')
    await find(at, 'health_card', 'child', 'Nuk ka kartë shëndeti.')
    await find(at, 'parent_employment', 'parent', 'Nëna kërkon punë me orar dite.')
    await find(at, 'free_creche', 'family', 'Motra e vogël rri vetëm në shtëpi.')
  })
  t.at(town, ended, async (_, at) => {
    const on = tiranaDay(at)
    await life().beside(at, 'need.move', {
      needId: ids.enrolment,
      to: 'MET',
      on,
      without: 'elsewhere',
      outcome: { level: 'primary', enrolledOn: on },
    })
    await life().beside(at, 'need.move', {
      needId: ids.free_creche,
      to: 'NOT_MET',
      on,
      reason: 'no_place',
      remark: 'Në listë pritjeje deri në shtator.',
    })
    await life().beside(at, 'need.move', {
      needId: ids.parent_employment,
      to: 'PARTLY_MET',
      on,
      without: 'own_means',
      outcome: { sector: 'care', secure: false },
    })
    await life().beside(at, 'outcome.take', { ...after, occasion: 'review', takenOn: on })
  })
  // The card waits at the health fund, which is shown the entitlement with the mother's consent and no word of why.
  const consentId = t.mint('consent', ended)
  t.at(town, ended - 1, async (stage, at) => {
    await stage.do(life().worker, at, 'consent.record', consentId, {
      caseId: life().caseId,
      purpose: 'sharing',
      recipients: ['health_fund'],
      fields: ['name', 'birth', 'cover_need'],
      capacity: 'guardian',
      givenBy: 'Nëna',
      language: 'sq',
      explainedBy: 'Punonjësja e mbrojtjes së fëmijës',
    })
    await life().beside(at, 'need.give_certificate', {
      needId: ids.health_card,
      consentId,
      recipient: 'health_fund',
      on: tiranaDay(at),
    })
  })
}
