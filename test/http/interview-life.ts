/** Steps of formal identification that several tests need, each the honest way: called, held, proposed by one body, signed by the other. */
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId } from '#test/cast.ts'
import type { Loose, Reply, TestApp } from './harness.ts'

const must = async (reply: Promise<Reply<Loose>>): Promise<Loose> => {
  const { status, body } = await reply
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body
}
/** Somebody without a conflict who speaks for the child. */
export const representative = {
  kind: 'legal_guardian',
  basis: 'parent',
  name: 'Ilda Meta',
  from: '2020-01-01',
  allegedPerpetrator: 'no',
  employedByOtherSide: 'no',
}
export const speaksFor = async (
  app: TestApp,
  caseId: string,
  who: CastName = 'cpw-tirana',
  over: object = {},
) => {
  const version = Number((await app.as(who).get(`/api/cases/${caseId}`)).body.version)
  const body = await must(
    app
      .as(who)
      .command(
        'case.assign_representative',
        caseId,
        { ...representative, ...over },
        { baseVersion: version },
      ),
  )
  return String(body.reply!.representativeId)
}
export const fileOf = async (app: TestApp, caseId: string) =>
  String((await app.as('responsible-authority').get(`/api/nrm?caseId=${caseId}`)).body.items![0]!.id)

export const called = (nrmId: string, over: object = {}) => ({
  nrmId,
  plannedAt: '2026-11-27T09:00:00.000Z',
  noRoom: 'none_near',
  place: 'Zyra e njësisë',
  policeUnitId: unitId('police-tirana'),
  socialUnitId: unitId('social-service-tirana'),
  packet: { indicators: 'EX3: lyp nën kontroll', place: 'Kryqëzimi', danger: 'Kërcënohet' },
  ...over,
})
/** Conditions that only the interviewers can say, for a child under fourteen in no room of the register. */
const said = (code: string) => ({ code, met: true })
const unmet = (code: string) => ({ code, met: false, reason: 'nuk kishte afër' })
export const childItems = [
  ...['no_conflict', 'without_delay', 'no_confrontation', 'informed', 'views_heard', 'consent'].map(said),
  ...['questions_with_psychologist', 'support_person', 'woman_offered', 'private'].map(said),
  unmet('child_room'),
]
export const adultItems = ['no_confrontation', 'informed', 'woman_offered', 'private'].map(said)
const person = (role: string) => ({ role, name: `Emri ${role}` })
export const childParticipants = [
  'police',
  'social_service',
  'cpw',
  'psychologist',
  'representative',
  'counsel',
].map(person)
export const adultParticipants = ['police', 'social_service'].map(person)
export const held = (over: object = {}) => ({
  heldAt: '2026-11-27T09:05:00.000Z',
  minutes: 70,
  breaks: 1,
  noRoom: 'none_near',
  place: 'Zyra e njësisë',
  participants: childParticipants,
  recording: 'audio_video',
  recordingReference: 'R-12/2026',
  repeated: false,
  items: childItems,
  notes: 'Tregon si e çuan te kryqëzimi.',
  ...over,
})
export const vt = {
  conclusion: 'vt',
  articles: ['128/b'],
  elements: ['act', 'purpose'],
  basis: 'Akti dhe qëllimi u vërtetuan.',
}
export const notConfirmed = {
  conclusion: 'not_confirmed',
  articles: [],
  elements: [],
  basis: 'Nuk u vërtetua qëllimi.',
}

export const interviewLife = (of: () => TestApp) => {
  const act = async (who: CastName, type: string, id: string, body: object): Promise<Reply<Loose>> => {
    const seen = await of().as(who).get(`/api/interviews/${id}`)
    return of()
      .as(who)
      .command(`interview.${type}`, id, body, { baseVersion: Number(seen.body.version ?? 1) })
  }
  const call = async (who: CastName, nrmId: string, over: object = {}) => {
    const id = uuidv7()
    return { id, reply: await of().as(who).command('interview.schedule', id, called(nrmId, over)) }
  }
  /** A child's file up to an interview that was called; the representative is written down first. */
  const calledChild = async (caseId: string) => {
    const representativeId = await speaksFor(of(), caseId)
    const nrmId = await fileOf(of(), caseId)
    const { id, reply } = await call('cpw-tirana', nrmId, { representativeId })
    await must(Promise.resolve(reply))
    return { id, nrmId, representativeId }
  }
  /** Held on the day it was called for: the clock stands there afterwards. */
  const record = async (id: string, over: object = {}) => {
    of().setClock('2026-11-27T12:00:00.000Z')
    return act('police', 'record', id, held(over))
  }
  /** A child's case to a confirmed victim. */
  const toVt = async (caseId: string) => {
    const made = await calledChild(caseId)
    await must(record(made.id))
    await must(act('police', 'propose', made.id, vt))
    await must(act('social-service', 'sign', made.id, { agrees: true }))
    return made
  }
  return { act, call, calledChild, record, toVt }
}
