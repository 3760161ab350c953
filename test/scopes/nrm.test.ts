/**
 * Random search for a leak in files of the trafficking track and in what hangs on them: interviews, assistance, stays, returns, packets.
 * Everybody of the cast and others of any role in any body, table by table and door by door; the oracle stands in `nrm-world.ts`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Uuid } from '#domain/core.ts'
import { withTx } from '#server/tx.ts'
import { type TestApp, testApp } from '#test/http/harness.ts'
import {
  actors,
  attachmentOf,
  hasReturn,
  hasSigned,
  housed,
  houses,
  isCalled,
  plantTracks,
  screened,
  type Track,
  tierOf,
  tracks,
} from './nrm-world.ts'
import { answerTo, nameOf, neverWrites, some } from './search.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await app.db.admin(plantTracks())
})
afterAll(() => app.close())

type Reads = (actor: Actor, one: Track) => boolean
const from =
  (tier: 2 | 3 | 4): Reads =>
  (actor, one) =>
    tierOf(actor, one) >= tier
const or =
  (...all: readonly Reads[]): Reads =>
  (actor, one) =>
    all.some((reads) => reads(actor, one))

const byFile: Readonly<Record<string, Reads>> = {
  nrm_file: from(2),
  nrm_file_named: from(3),
  nrm_file_sensitive: from(4),
  identification_record: from(2),
  screening: or(from(2), screened),
  screening_item: from(3),
  interview: or(from(2), isCalled, hasSigned),
  interview_named: or(from(3), isCalled, hasSigned),
  interview_sensitive: or(from(4), isCalled, hasSigned),
  interview_packet: or(from(4), isCalled),
  interview_item: or(from(2), isCalled, hasSigned),
  assistance_need: from(2),
  assistance_action: from(2),
  assistance_dependant: from(2),
  assistance_risk: from(2),
  safety_plan: from(2),
  assistance_follow_up: from(2),
  assistance_contact_lost: from(2),
  assistance_service: or(from(2), housed),
  assistance_report: or(from(2), housed),
  assistance_text: or(from(3), houses),
  assistance_text_sensitive: from(4),
  shelter_stay: or(from(2), housed),
  shelter_stay_place: or(from(4), housed),
  shelter_resident: or(from(3), houses),
  shelter_resident_sensitive: or(from(4), houses),
  nrm_return: or(from(2), hasReturn),
  nrm_return_named: or(from(3), hasReturn),
  return_text: from(3),
  return_text_sensitive: from(4),
  return_determination: from(2),
  return_consent: from(2),
  return_escort: from(2),
  return_cost: from(2),
  return_document: or(from(2), hasReturn),
  return_follow_up: from(2),
  packet: from(2),
  packet_file: from(3),
  packet_named: from(3),
  document_copy: from(2),
}
const keyOf: Readonly<Record<string, string>> = {
  screening_item: 'screening_id',
  interview_item: 'interview_id',
}
const toldOf = ({ id: _, personId: __, caseId: ___, ...rest }: Track): string => JSON.stringify(rest)

describe('row-level security gives each person exactly the rows that the rules give', () => {
  test.each(actors.map((actor) => [`${nameOf(actor)} ${actor.purpose ?? ''}`, actor] as const))(
    '%s',
    async (_, actor) => {
      const found = await withTx(app.ctx, actor, async (tx) => {
        const rows: Record<string, Uuid[]> = {}
        for (const table of Object.keys(byFile))
          rows[table] = (
            await tx.sql<{ id: Uuid }>(
              `select ${keyOf[table] ?? 'id'} as id from ${table} where ${keyOf[table] ?? 'id'} = any ($1)`,
              [tracks.map(({ id }) => id)],
            )
          )
            .map(({ id }) => id)
            .toSorted()
        const persons = await tx.sql<{ id: Uuid; tier: number }>(
          `select p.id, case when s.id is not null then 4 when n.id is not null then 3 else 2 end as tier
           from person p left join person_named n on n.id = p.id left join person_sensitive s on s.id = p.id`,
        )
        return { rows, persons: new Map(persons.map(({ id, tier }) => [id, Number(tier)])) }
      })
      const wrong = Object.entries(byFile).flatMap(([table, reads]) =>
        tracks
          .filter((one) => reads(actor, one) !== found.rows[table]?.includes(one.id))
          .map((one) => `${table}: ${reads(actor, one) ? 'hidden' : 'shown'}, ${toldOf(one)}`),
      )
      const persons = tracks
        .map((one) => [one, tierOf(actor, one), found.persons.get(one.personId) ?? 0] as const)
        .filter(([, due, got]) => due !== got)
        .map(([one, due, got]) => `person: T${got} instead of T${due}, ${toldOf(one)}`)
      expect([...wrong, ...persons]).toEqual([])
    },
  )
})

/** Which doors the oracle opens; every other answers as if there were nothing. */
const doors: readonly (readonly [string, (id: Uuid) => string, Reads])[] = [
  ['file', (id) => `/api/nrm/${id}`, byFile.nrm_file!],
  [
    'papers',
    (id) => {
      const over = tracks.find((one) => one.id === id)?.caseId ?? null
      return over === null ? `/api/nrm/${id}/documents` : `/api/cases/${over}/documents`
    },
    byFile.nrm_file!,
  ],
  ['assistance', (id) => `/api/nrm/${id}/assistance`, byFile.nrm_file!],
  ['interviews of a file', (id) => `/api/nrm/${id}/interviews`, byFile.nrm_file!],
  ['interview', (id) => `/api/interviews/${id}`, byFile.interview!],
  ['resident', (id) => `/api/assistance/residents/${id}`, houses],
  ['return', (id) => `/api/returns/${id}`, byFile.nrm_return!],
  [
    'packet',
    (id) => `/api/packets/${id}/file`,
    (actor, one) => worksOnReturns(actor) && tierOf(actor, one) >= 3,
  ],
]
const isOpen = ({ hanging: { interview } }: Track): boolean =>
  interview.state === 'SCHEDULED' || interview.state === 'HELD'
/** Whoever arranges returns and answers for what leaves: the Authority, a child's unit, the regional social service. */
const worksOnReturns = ({ role }: Actor): boolean =>
  ['responsible_authority', 'cpw', 'cpu_head', 'social_service'].includes(role)
const lists: readonly (readonly [string, Reads])[] = [
  ['/api/nrm?limit=100', byFile.nrm_file!],
  ['/api/interviews?limit=100&which=open', (actor, one) => byFile.interview!(actor, one) && isOpen(one)],
  ['/api/interviews?limit=100&which=closed', (actor, one) => byFile.interview!(actor, one) && !isOpen(one)],
  ['/api/returns?limit=100', byFile.nrm_return!],
  ['/api/packets?limit=100', byFile.packet!],
  ['/api/assistance/residents', houses],
]
const overCases = tracks.filter(({ caseId }) => caseId !== null)
const asked = actors.filter((_, n) => n < 60 || n % 2 === 0)

describe('doors give each person what the rules give, and nothing else is there', () => {
  test.each(asked.map((actor, n) => [`${nameOf(actor)} ${actor.purpose ?? ''}`, actor, n] as const))(
    '%s',
    async (_, actor, turn) => {
      const person = app.as(actor)
      const purpose = actor.purpose === null ? {} : { purpose: actor.purpose }
      const wrong: string[] = []
      for (const [url, reads] of lists) {
        const { status, body } = await person.get(url, purpose)
        const got = status === 200 ? body.items!.map(({ id }) => String(id)).toSorted() : []
        const due = tracks
          .filter((one) => reads(actor, one))
          .map(({ id }) => id)
          .toSorted()
        if (status !== 200 && status !== 403 && status !== 404) wrong.push(`${url}: ${status}`)
        if (String(got) !== String(due) && (status === 200 || due.length > 0))
          wrong.push(`${url}: ${status} ${got.length} instead of ${due.length}`)
      }
      for (const [door, url, reads] of doors)
        for (const one of some(tracks, 4, turn)) {
          const { status } = await person.get(url(one.id), purpose)
          if ((status === 200) !== reads(actor, one) || (status !== 200 && status !== 404 && status !== 403))
            wrong.push(`${door}: ${status}, ${toldOf(one)}`)
        }
      for (const one of some(tracks, 3, turn)) {
        const seen = tierOf(actor, one) > 0
        const taken = await answerTo(app, actor, { type: 'nrm.take', id: one.id, body: {} })
        if ((taken !== 'absent') !== seen) wrong.push(`take: ${taken}, ${toldOf(one)}`)
      }
      expect(wrong).toEqual([])
    },
  )
})

describe('whoever has not signed in', () => {
  test.each([
    ...doors.map(([name, url]) => [name, url(tracks[0]!.id)] as const),
    ...lists.map(([url]) => [url, url] as const),
  ])('gets nothing at %s', async (_, url) => {
    expect((await app.anonymous.get(url)).status).toBe(401)
  })
  test('takes no paper or file of a case', async () => {
    const one = overCases[0]!
    for (const path of [
      'documents',
      'documents/rights_sheet.pdf',
      'attachments',
      `attachments/${attachmentOf(one, 'T3')}/file`,
    ])
      expect((await app.anonymous.get(`/api/cases/${one.caseId}/${path}`)).status, path).toBe(401)
  })
})

describe('whoever types SQL as the application', () => {
  test('writes none of these rows without the event that says so', async () => {
    const writable = [
      'update nrm_file set version = 99 returning id',
      "update nrm_file_named set contact = 'x' returning id",
      'insert into nrm_file_sensitive (id) select id from nrm_file limit 1 returning id',
      "update interview set state = 'CONCLUDED' returning id",
      "update interview_named set basis = 'y' returning id",
      "update assistance_need set state = 'MET' returning id",
      "update assistance_action set status = 'dropped', done_on = current_date returning id",
      "update shelter_stay set status = 'ended', ended_on = current_date, leaves_to = 'family', version = 2 returning id",
      "update nrm_return set state = 'ASSESSED', version = 2 returning id",
      "update nrm_return_named set need = 'y' returning id",
      "update packet set revoked_at = now(), revoked_by = me_user(), revoked_why = 'not_needed', version = 2 returning id",
      'update interview_item set met = false returning interview_id as id',
    ]
    for (const actor of some(actors, 40, 1)) await neverWrites(app, actor, writable)
  })
})
