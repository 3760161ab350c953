/** Steps of the trafficking track that several tests need, each the honest way: through the doors. */
import { expect } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId, userId } from '#test/cast.ts'
import { Life } from './case-life.ts'
import type { Loose, TestApp } from './harness.ts'
import { items } from './screening-steps.ts'

export interface Adult {
  readonly items?: readonly { readonly code: string; readonly evidence: string }[]
  readonly upward?: string
  readonly adult?: boolean
  readonly door?: string
  readonly county?: string | null
  readonly givenName?: string | null
  readonly birth?: { readonly from: string; readonly to: string; readonly said: string } | null
  readonly priorId?: string
}

/** An adult identified by this body, in Tirana unless said otherwise. */
export const identifyAdult = async (app: TestApp, who: CastName, told: Adult = {}) => {
  const id = uuidv7()
  const sets = (await app.as(who).get('/api/screening-sets')).body.items!
  const version = sets.find(({ code }) => String(code) === 'trafficking')!.version
  const reply = await app.as(who).command('nrm.open', id, {
    person:
      told.priorId === undefined
        ? {
            givenName: told.givenName === undefined ? 'Mira' : told.givenName,
            familyName: null,
            otherNames: null,
            sex: 'female',
            birth: told.birth ?? null,
            citizenship: 'AL',
          }
        : null,
    priorId: told.priorId ?? null,
    adult: told.adult ?? true,
    door: told.door ?? { labour: 'inspection', police: 'field' }[who as string] ?? 'self',
    set: 'trafficking',
    version,
    forms: ['labour'],
    territory: 'internal',
    items: told.items ?? items('EX1', 'CD3', 'DR1'),
    upward: told.upward ?? '',
    county: told.county === undefined ? 'AL-11' : told.county,
    municipality: null,
    summary: 'Punonte pa pagesë.',
    contact: '',
  })
  return { id, reply }
}

/** The same, taken by the regional social service of Tirana. */
export const takenAdult = async (app: TestApp, who: CastName, told: Adult = {}) => {
  const { id } = await identifyAdult(app, who, told)
  const taken = await app.as('social-service').command('nrm.take', id, {})
  return { id, version: Number(taken.body.version) }
}
export { interviewLife } from './interview-life.ts'

/** Steps of a child of the track from the crossing's report to its return; the application comes with `beforeAll`. */
export const childTrack = (of: () => TestApp) => {
  const send = async (who: CastName, type: string, id: string, body: object, baseVersion?: number) => {
    const reply = await of()
      .as(who)
      .command(type, id, body, baseVersion === undefined ? {} : { baseVersion })
    expect(reply.status, `${type} ${JSON.stringify(reply.body)}`).toBe(200)
    return reply.body
  }
  const see = async (who: CastName, url: string): Promise<Loose> => (await of().as(who).get(url)).body
  /** The head accepts what the border told, and gives it to a worker. */
  const accepted = async (reportId: string, by: 'durres' | 'tirana'): Promise<Life> => {
    const { version } = await see(`head-${by}`, `/api/reports/${reportId}`)
    const managerId = userId(`cpw-${by}`)
    const triage = { decision: 'accept', immediacy: 'immediate', duplicatesChecked: true, managerId }
    const { reply } = await send(`head-${by}`, 'report.triage', reportId, triage, Number(version))
    const caseId = String(reply!.cases![0]!.caseId)
    return new Life(of(), {
      caseId,
      version: Number((await see(`cpw-${by}`, `/api/cases/${caseId}`)).version),
    })
  }
  /** Whoever speaks for the child agrees to the shelter, and the shelter is asked with the least it needs. */
  const askShelter = async (caseId: string, said: { needs: string; risks: string }): Promise<string> => {
    const consentId = uuidv7()
    await send('cpw-tirana', 'consent.record', consentId, {
      caseId,
      purpose: 'shelter',
      recipients: ['shelter'],
      fields: ['identity', 'needs', 'risks', 'consent'],
      capacity: 'guardian',
      givenBy: 'Ilda Meta',
      language: 'sq',
      explainedBy: 'Ilir Sinani',
    })
    await send('cpw-tirana', 'referral.send', uuidv7(), {
      caseId,
      toUnitId: unitId('shelter-tirana'),
      service: 'shelter_reintegration',
      said,
      grounds: [{ kind: 'law', ref: 'ligji 18/2017' }],
      child: { answer: 'agrees' },
    })
    return consentId
  }
  /** The risk weighed anew, and a safety plan until that day. */
  const madeSafe = async (nrmId: string, on: string, reviewOn: string) => {
    const version = async () => Number((await see('cpw-tirana', `/api/nrm/${nrmId}`)).version)
    const risk = { on, level: 'medium', dangers: ['exploiter_near'], living: 'relatives', words: 'E njohin.' }
    const { reply } = await send('cpw-tirana', 'assistance.assess_risk', nrmId, risk, await version())
    const plan = { police: true, measures: 'E pret policia në pikë.', contact: 'Telefonatë çdo javë.' }
    const body = { ...plan, riskId: reply!.id, reviewOn }
    await send('cpw-tirana', 'assistance.make_safety_plan', nrmId, body, await version())
  }
  /** A child protection office in Prizren. */
  const abroad = async (): Promise<string> => {
    const id = uuidv7()
    await send('responsible-authority', 'counterpart.set', id, {
      country: 'XK',
      kind: 'child_protection',
      institution: 'Qendra për Punë Sociale, Prizren',
      email: 'qps@example.org',
      validFrom: '2026-01-01',
    })
    return id
  }
  const returning = async (who: CastName, id: string, verb: string, body: object) =>
    send(
      who,
      `return.${verb}`,
      id,
      body,
      Number((await see('responsible-authority', `/api/returns/${id}`)).version),
    )
  /** Announced, weighed, and determined by a panel whose minutes one has signed. */
  const determined = async (nrmId: string, on: string, expectedOn: string): Promise<string> => {
    const id = uuidv7()
    await send('responsible-authority', 'return.notify', id, {
      nrmId,
      direction: 'outgoing',
      country: 'XK',
      source: 'foreign_authority',
      noticeOn: on,
      expectedOn,
      identity: 'Sara Vata, 2016',
      need: 'Shoqërim deri në shtëpi',
    })
    await returning('cpw-tirana', id, 'assess', {
      risk: 'medium',
      on,
      hazards: 'Rekrutuesi njihet në qytet.',
      interests: 'E pret gjyshja; fëmija do të shkojë.',
    })
    await returning('cpw-tirana', id, 'determine', {
      determinationId: uuidv7(),
      heldOn: on,
      outcome: 'return',
      members: ['child_protection', 'psychologist', 'police'].map((profession) => ({
        profession,
        name: `Emri ${profession}`,
      })),
      minutes: 'U dëgjuan të gjithë.',
      childWords: 'Dua te gjyshja.',
    })
    return id
  }
  /** The child and its representative agree, and the journey is planned. */
  const planned = async (
    id: string,
    on: string,
    travelOn: string,
    to: { representativeId: string; counterpartId: string },
  ) => {
    const given = { answer: 'given', covers: ['return'], on, words: 'Po.' }
    await returning('cpw-tirana', id, 'consent', { ...given, consentId: uuidv7(), who: 'child' })
    const { representativeId, counterpartId } = to
    const spoken = { ...given, consentId: uuidv7(), who: 'representative', representativeId }
    await returning('cpw-tirana', id, 'consent', spoken)
    await returning('cpw-tirana', id, 'plan', {
      travelOn,
      mode: 'road',
      borderId: unitId('border-hani-i-hotit'),
      counterpartId,
      plan: 'Me makinë; e presin në pikë.',
      escorts: [{ role: 'social_worker', name: 'Blerta Hoxha' }],
      costs: [{ what: 'travel', source: 'state', amountLek: 20_000 }],
    })
  }
  const visited = (id: string, month: number, seenOn: string) =>
    returning('cpw-tirana', id, 'follow_up', {
      month,
      seenOn,
      seen: 'person',
      safe: 'yes',
      home: 'yes',
      school: 'yes',
      job: 'not_known',
      network: 'yes',
      findings: 'Shkon në shkollë.',
    })
  return { see, accepted, askShelter, madeSafe, abroad, determined, planned, visited }
}
