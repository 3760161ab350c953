/** An adult's life with every record that a paper prints, each through its door; somebody who withdrew, somebody in a shelter, somebody new. */
import { expect } from 'vitest'
import { uuidv7 } from '#server/ids.ts'
import { type CastName, unitId, userId } from '#test/cast.ts'
import { readPdf } from '#test/pdf-text.ts'
import { assisting, office } from './assistance-life.ts'
import type { TestApp } from './harness.ts'
import { adultItems, adultParticipants } from './interview-life.ts'
import { childTrack, interviewLife, takenAdult } from './nrm-life.ts'
import { assess, consent } from './returns-life.ts'

export const adultName = 'Hyrije Çollë'

/** What tests of papers ask, and what they need put in first. */
export const adultPapers = (of: () => TestApp) => {
  const { must, versionOf, safe, bed, packet } = assisting(of)
  const told = async (who: CastName, type: string, id: string, body: object, kind = 'nrm_file') => {
    const reply = await of()
      .as(who)
      .command(type, id, body, { baseVersion: await versionOf(kind, id) })
    expect(reply.status, `${type} ${JSON.stringify(reply.body)}`).toBe(200)
    return reply.body
  }
  const heard = async (full: string) => {
    const { call, record, act } = interviewLife(of)
    const { id, reply } = await call('social-service', full, {
      askedVoluntarily: true,
      askedOn: '2026-11-23',
    })
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    const done = [
      await record(id, {
        participants: adultParticipants,
        items: adultItems,
        recording: 'none',
        recordingReference: undefined,
        notes: 'Tregon si ia morën pasaportën.',
      }),
      await act('police', 'propose', id, {
        conclusion: 'vt',
        articles: ['110/a'],
        elements: ['act', 'means', 'purpose'],
        basis: 'U vërtetuan të tria elementet.',
      }),
      await act('social-service', 'sign', id, { agrees: true }),
    ]
    for (const one of done) expect(one.status, JSON.stringify(one.body)).toBe(200)
    return id
  }
  const goesHome = async (full: string) => {
    const counterpartId = await childTrack(of).abroad()
    const id = uuidv7()
    const notice = await of().as('responsible-authority').command('return.notify', id, {
      nrmId: full,
      direction: 'outgoing',
      country: 'XK',
      source: 'person',
      noticeOn: '2026-11-25',
      expectedOn: '2026-12-28',
      identity: 'H. Ç., 1990',
      need: 'Një takim te pika kufitare',
    })
    expect(notice.status, JSON.stringify(notice.body)).toBe(200)
    const act = (verb: string, body: object) => told(office, `return.${verb}`, id, body, 'nrm_return')
    await act('assess', assess)
    await act('consent', consent('adult', { on: '2026-11-26', words: 'Dua të kthehem te motra.' }))
    await act('plan', {
      travelOn: '2026-12-28',
      mode: 'road',
      borderId: unitId('border-hani-i-hotit'),
      counterpartId,
      plan: 'Me makinë.',
      escorts: [{ role: 'social_worker', name: 'Blerta Hoxha' }],
      costs: [],
    })
  }

  const lived = async () => {
    const birth = { from: '1990-01-01', to: '1990-12-31', said: '1990' }
    const full = (await takenAdult(of(), 'police', { givenName: adultName, birth })).id
    await must(office, full, 'begin_stay', packet((await bed()).id))
    const needId = await must(office, full, 'find_need', {
      kind: 'housing',
      beneficiary: 'subject',
      foundOn: '2026-11-24',
      remark: 'Nuk ka ku të flejë.',
    })
    await must(office, full, 'add_action', {
      needId,
      service: 'housing',
      text: 'Qira e subvencionuar për gjashtë muaj.',
      providerId: unitId('social-services-tirana'),
      due: '2026-12-24',
      costLek: 90_000,
      funding: 'municipality',
    })
    await must(office, full, 'give', {
      service: 'housing',
      setting: 'shelter',
      beneficiary: 'subject',
      dependantId: null,
      providerId: unitId('shelter-tirana'),
      from: '2026-11-24',
      until: null,
      costLek: null,
      funding: 'state',
    })
    await safe(full)
    await must(office, full, 'write_report', {
      on: '2026-11-24',
      progress: 'better',
      concern: false,
      text: 'Po ecën mirë.',
    })
    const interviewId = await heard(full)
    await goesHome(full)
    for (const to of ['NEEDS_ASSESSED', 'EMERGENCY', 'STABILISATION', 'REINTEGRATION', 'MONITORING'])
      await told(office, 'assistance.move_phase', full, { to })
    of().setClock('2026-12-28T11:00:00.000Z')
    await must(office, full, 'follow_up', {
      month: 1,
      seenOn: '2026-12-28',
      living: 'independent',
      job: 'trade',
      jobSecure: true,
      network: 'yes',
      income: 'around_minimum',
      reexploited: 'no',
      remark: 'E gjeta në punë.',
    })

    const bare = (await takenAdult(of(), 'labour')).id
    const left = (await takenAdult(of(), 'police')).id
    await told('responsible-authority', 'nrm.exit', left, {
      on: '2026-12-28',
      reason: 'withdrew',
      by: 'self',
      basis: 'Iku te motra në Vlorë.',
    })
    const sheltered = (await takenAdult(of(), 'police')).id
    await told(office, 'nrm.hand_over', sheltered, {
      unitId: unitId('shelter-tirana'),
      reason: 'Jeton tani te ne.',
    })
    await told('shelter', 'nrm.take', sheltered, {})

    // Put in past the proceeding, which has tests of its own.
    await of().db.admin(`set session_replication_role = replica;
      insert into proceeding_order (id, version, code, proceeding_id, victim_id, nrm_id, authority, article, asked, allowed, given, state,
        asked_by, asked_unit, asked_at, checked_by, checked_at, closed_by, closed_at)
      values ('${uuidv7()}', 3, 'KI-0A1B2C3D', '${uuidv7()}', '${uuidv7()}', '${full}', 'prosecution', 'neni 210 KPP', '{facts_observed,health}',
        '{facts_observed}', '{facts_observed}', 'answered', '${userId('police')}', '${unitId('police-tirana')}', now(),
        '${userId('responsible-authority')}', now(), '${userId('social-service')}', now());
      set session_replication_role = origin`)
    return { full, interviewId, bare, left, sheltered }
  }

  const take = async (
    who: CastName | null,
    id: string,
    kind: string,
    query: Readonly<Record<string, string>> = { lang: 'sq' },
  ): Promise<{ status: number; bytes: Buffer }> => {
    const reply = await of().fastify.inject({
      method: 'GET',
      url: `/api/nrm/${id}/documents/${kind}.pdf?${new URLSearchParams(query)}`,
      headers: who === null ? {} : { 'x-test-as': who },
    })
    return { status: reply.statusCode, bytes: reply.rawPayload }
  }
  const paper = async (who: CastName, id: string, kind: string, query?: Readonly<Record<string, string>>) => {
    const { status, bytes } = await take(who, id, kind, query)
    expect(status, `${kind} for ${who}: ${bytes.subarray(0, 200)}`).toBe(200)
    const pdf = readPdf(bytes)
    const said = pdf.pages
      .flatMap((page) => page.pieces)
      .filter((piece) => piece.tag !== 'Artifact')
      .map((piece) => piece.text)
      .join(' ')
      .replaceAll(/\s+/g, ' ')
    return { pdf, said }
  }
  const refusal = async (who: CastName, id: string, kind: string) => {
    const { status, bytes } = await take(who, id, kind)
    const { code, detail } = JSON.parse(String(bytes))
    return { status, code: String(code), detail: String(detail) }
  }
  const listOf = async (who: CastName, id: string, language: 'sq' | 'en' = 'sq') =>
    (await of().as(who).get(`/api/nrm/${id}/documents`, { language })).body as never as {
      items: {
        kind: string
        ready: boolean
        waits: boolean
        whole: boolean
        choices: { id: string; label: string }[]
      }[]
      copies: { kind: string; about: string | null; to: string | null; by: string; leaves: boolean }[]
    }
  return { lived, take, paper, refusal, listOf }
}
