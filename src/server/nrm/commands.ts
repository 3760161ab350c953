/** Acts on files of the trafficking track. */
import { tiranaDay } from '#domain/clock/tirana.ts'
import type { Uuid } from '#domain/core.ts'
import {
  decideCorrect,
  decideDecline,
  decideExit,
  decideHandOver,
  decideOpenAdult,
  decideTake,
  type NrmWords,
  type TargetUnit,
} from '#domain/nrm/decide.ts'
import { mayOpenAdult } from '#domain/nrm/policy.ts'
import type { NrmFile } from '#domain/nrm/state.ts'
import { advise, inForce } from '#domain/screening.ts'
import { CorrectNrm, DeclineNrm, ExitNrm, HandOverNrm, OpenNrm, TakeNrm } from '#wire/nrm.ts'
import { append } from '../append.ts'
import { moveClocks } from '../clock/store.ts'
import { command, done, mustBeFresh, refused } from '../command.ts'
import { speakersOf, standing } from '../interview/world.ts'
import { endInterviews } from '../interview/write.ts'
import { tell } from '../notice/store.ts'
import { insertPerson } from '../person/store.ts'
import { invalid, notFound } from '../problem.ts'
import { domainSets } from '../report/options.ts'
import type { WriteTx } from '../tx.ts'
import { exitFacts } from './exit-facts.ts'
import {
  insertHistory,
  nextCode,
  recordStep,
  startTrackClocks,
  stopFileClocks,
  tellAuthority,
} from './status.ts'
import {
  clocksOf,
  lockNrm,
  mustSeeNrm,
  type NrmRow,
  nrmColumns,
  officeOf,
  openFile,
  readsNamed,
  recordNrm,
  toNrm,
} from './store.ts'

/** The person's newest file, where the caller may go on from it. */
const priorOf = async (tx: WriteTx, id: Uuid): Promise<NrmFile> => {
  const seen = await mustSeeNrm(tx, id)
  const [newest] = await tx.sql<NrmRow>(
    `select ${nrmColumns} from nrm_file f where f.person_id = $1 and not f.lowered order by f.opened_at desc, f.id desc limit 1`,
    [seen.personId],
  )
  if (newest === undefined || !(await readsNamed(tx, newest.id))) throw notFound()
  return toNrm(newest)
}

export const openNrm = command('nrm.open', OpenNrm, async (tx, { recordId: id, body }) => {
  if (!mayOpenAdult(tx.actor)) return refused({ code: 'not_allowed' })
  if ((body.person === null) === (body.priorId === null))
    throw invalid({ field: 'body.person', code: 'required' })
  const day = tiranaDay(tx.stamp.occurredAt)
  const prior = body.priorId === null ? null : await priorOf(tx, body.priorId)
  const [place] =
    body.municipality === null
      ? []
      : await tx.sql<{ county: string }>('select county from municipality where code = $1', [
          body.municipality,
        ])
  if (body.municipality !== null && (place === undefined || (body.county ?? place.county) !== place.county))
    throw invalid({ field: 'body.municipality', code: 'unknown_code' })
  const county = body.county ?? place?.county ?? tx.actor.county
  const set = inForce(domainSets, body.set, day)
  const personId = prior?.personId ?? tx.stamp.newId()
  const birth = body.person?.birth ?? null
  const decision = decideOpenAdult(
    { ...body, birth },
    {
      code: await nextCode(tx, day),
      personId,
      set,
      unitId: county === null ? null : await officeOf(tx, county),
      county,
      prior,
    },
    tx.stamp,
  )
  if (!decision.ok) return refused(decision.refusal)
  const [event] = decision.events
  if (event === undefined) throw new Error('a file begins with its first event')
  const { facts } = event
  if (body.person !== null) {
    const { sex, citizenship, ...identity } = body.person
    const none = { fatherName: null, motherName: null, birthPlace: null, address: null, contact: null }
    await insertPerson(
      tx,
      { id: personId, sex, citizenship, identity: { ...identity, ...none }, adult: true },
      { reportId: null, childId: null },
    )
  }
  const file = await openFile(tx, id, event, {
    summary: body.summary.trim() === '' ? null : body.summary,
    contact: body.contact.trim() === '' ? null : body.contact,
  })
  const screeningId = await screen(tx, file, body, facts.met ?? 0)
  insertHistory(tx, {
    id: facts.identificationId,
    caseId: null,
    nrmId: id,
    personId,
    status: 'vmt',
    on: day,
    structure: facts.structure,
    forms: facts.forms,
    territory: facts.territory,
    priorTrafficking: facts.priorTrafficking,
    signatories: [],
    screeningId,
  })
  await startTrackClocks(tx, file)
  await tellAuthority(tx, { kind: 'nrm_file', id, label: file.code })
  await tell(tx, {
    unitId: file.unitId,
    code: 'adult_identified',
    recordKind: 'nrm_file',
    recordId: id,
    label: file.code,
  })
  return done({
    recordId: id,
    version: file.version,
    reply: { code: file.code, unitId: file.unitId, met: facts.met, upward: facts.upward },
  })
})

/** The elements found, as a screening of the adult set that belongs to the file. */
const screen = async (tx: WriteTx, file: NrmFile, body: OpenNrm, met: number): Promise<Uuid> => {
  const set = inForce(domainSets, body.set, tiranaDay(tx.stamp.occurredAt))
  if (set === undefined) throw new Error('decided on a set that is in force')
  const id = tx.stamp.newId()
  const advised = advise(met, set.threshold)
  const dimensions = [
    ...new Set(body.items.map(({ code }) => set.items.find((item) => item.code === code)?.dimension ?? '')),
  ].toSorted()
  const upward = advised !== 'vmt'
  await append(tx, { kind: 'screening', id, version: 0 }, [
    {
      type: 'ScreeningRecorded',
      v: 1,
      facts: {
        set: set.code,
        version: set.version,
        caseId: null,
        reportId: null,
        childId: null,
        nrmId: file.id,
        subject: 'adult',
        forms: body.forms,
        territory: body.territory,
        setting: 'identification',
        items: body.items.map(({ code }) => code),
        met,
        dimensions,
        advised,
        result: 'vmt',
        proposedResult: null,
      },
      parts: [
        { tier: 'T3', name: 'evidence', body: body.items.map((item) => ({ ...item })) },
        ...(upward ? [{ tier: 'T3' as const, name: 'reason', body: body.upward }] : []),
      ],
    },
  ])
  tx.later(
    `insert into screening (id, nrm_id, set_code, set_version, subject, forms, territory, setting, met, dimensions, advised, result,
       screener_id, at, version)
     values ($1, $2, $3, $4, 'adult', $5, $6, 'identification', $7, $8, $9, 'vmt', $10, $11, 1)`,
    [
      id,
      file.id,
      set.code,
      set.version,
      body.forms,
      body.territory,
      met,
      dimensions,
      advised,
      tx.actor.userId,
      tx.stamp.occurredAt,
    ],
  )
  tx.later(
    'insert into screening_item (screening_id, code, evidence) select $1, code, evidence from jsonb_to_recordset($2::jsonb) as x (code text, evidence text)',
    [id, JSON.stringify(body.items)],
  )
  return id
}

/** Deadlines that go with whoever manages an adult. */
const movingClocks = ['D15', 'D16', 'D20', 'D21', 'D22', 'D23']

export const takeNrm = command('nrm.take', TakeNrm, async (tx, cmd) => {
  const file = await lockNrm(tx, cmd.recordId)
  const decision = decideTake(file, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const next = await recordNrm(tx, file, decision.events)
  moveClocks(tx, {
    ...clocksOf(file),
    rule: movingClocks,
    unitId: file.unitId,
    municipality: file.municipality,
    ownerUserId: next.managerId,
  })
  // Taken is noticed: whoever identified has told those who must know.
  stopFileClocks(tx, file.id, ['D15'])
  return done({ recordId: file.id, version: next.version, reply: { managerId: next.managerId } })
})

export const handOverNrm = command('nrm.hand_over', HandOverNrm, async (tx, cmd) => {
  const file = await lockNrm(tx, cmd.recordId)
  await mustBeFresh(tx, 'nrm_file', cmd, ['unit', 'manager'])
  const [target] = await tx.sql<TargetUnit>('select id, kind, county, active from unit where id = $1', [
    cmd.body.unitId,
  ])
  if (target === undefined) throw invalid({ field: 'body.unitId', code: 'unknown_code' })
  const decision = decideHandOver(file, target, cmd.body.reason, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  moveClocks(tx, {
    ...clocksOf(file),
    rule: movingClocks,
    unitId: target.id,
    municipality: file.municipality,
    ownerUserId: null,
  })
  const next = await recordNrm(tx, file, decision.events)
  await tell(tx, {
    unitId: target.id,
    code: 'nrm_handed_over',
    recordKind: 'nrm_file',
    recordId: file.id,
    label: file.code,
  })
  return done({ recordId: file.id, version: next.version, reply: { unitId: next.unitId } })
})

export const correctNrm = command('nrm.correct', CorrectNrm, async (tx, cmd) => {
  const file = await lockNrm(tx, cmd.recordId)
  const [known] = await tx.sql<NrmWords>('select summary, contact from nrm_file_named where id = $1', [
    file.id,
  ])
  if (known === undefined) return refused({ code: 'not_allowed' })
  await mustBeFresh(tx, 'nrm_file', cmd, ['summary', 'contact'])
  const { body } = cmd
  const decision = decideCorrect(file, known, body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const next = await recordNrm(tx, file, decision.events)
  tx.later('select correct_nrm($1, $2, $3)', [
    file.id,
    body.summary.trim() || null,
    body.contact.trim() || null,
  ])
  return done({ recordId: file.id, version: next.version })
})

export const declineNrm = command('nrm.decline_formal', DeclineNrm, async (tx, cmd) => {
  const file = await lockNrm(tx, cmd.recordId)
  if (!(await readsNamed(tx, file.id))) return refused({ code: 'not_allowed' })
  await mustBeFresh(tx, 'nrm_file', cmd, ['status'])
  const decision = decideDecline(file, cmd.body, tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  // For a child somebody says no who speaks for it by the register, and against whom the register itself knows nothing.
  if (file.subject === 'child') {
    const speakers = standing(await speakersOf(tx, file.caseId), tiranaDay(tx.now))
    if (speakers.length === 0) return refused({ code: 'interview_representative_needed', field: 'by' })
    if (speakers.every((one) => one.conflict))
      return refused({ code: 'nrm_representative_conflict', field: 'by' })
  }
  const next = await recordStep(tx, file, decision.events[0]!)
  await endInterviews(tx, file.id)
  return done({ recordId: file.id, version: next.version, reply: { status: next.status } })
})

export const exitNrm = command('nrm.exit', ExitNrm, async (tx, cmd) => {
  const file = await lockNrm(tx, cmd.recordId)
  await mustBeFresh(tx, 'nrm_file', cmd, ['status'])
  const decision = decideExit(file, cmd.body, await exitFacts(tx, file), tx.stamp)
  if (!decision.ok) return refused(decision.refusal)
  const next = await recordStep(tx, file, decision.events[0]!)
  return done({ recordId: file.id, version: next.version, reply: { status: next.status } })
})
