/**
 * Formal identification in the demo country, all invented: one child whose joint interview is called for the day after tomorrow,
 * one confirmed by police and social service together, and seven of the twelve rooms that are to exist.
 */
import { nrmOf } from '../nrm/store.ts'
import { referenceUnit } from '../reference/files.ts'
import type { Life } from './life.ts'
import type { Teller } from './present.ts'
import { idOf } from './random.ts'
import type { Act } from './stage.ts'

const H = 24
const town = '53'
const HOUR = 3_600_000

/** A child found begging in somebody's hands: screened, and spoken for by whoever has no part in it. */
const presumed = (t: Teller, givenName: string, speaker: string, ago: number): (() => Life) => {
  const life = t.planned(
    {
      town,
      by: 'police',
      source: 'police',
      channel: '112',
      ago: ago + 3,
      accepted: ago,
      immediacy: 'high',
      concerns: ['begging', 'trafficking'],
      place: 'Te ura e vjetër',
      narrative: 'I njëjti i rritur e sjell në mëngjes dhe ia merr paratë në mbrëmje.',
      activity: 'begging',
      worker: 'cpw2-tirana',
      children: [{ givenName, familyName: 'Hoti', sex: 'male', age: 12 }],
    },
    ago - 15 * H,
    () => t.day(-20 * H),
  )
  t.at(town, ago - 16 * H, (stage, at) =>
    stage.do(life().worker, at, 'screening.record', t.mint('screening', ago - 16 * H), {
      set: 'trafficking',
      version: '2018-1',
      caseId: life().caseId,
      subject: 'child',
      forms: ['begging'],
      territory: 'internal',
      setting: 'case',
      items: [
        { code: 'EX3', evidence: 'Paratë ia merr i njëjti i rritur.' },
        { code: 'CD1', evidence: 'Thotë se e rrahin kur nuk sjell para.' },
        { code: 'CH1', evidence: 'Flet vetëm kur i rrituri nuk është aty.' },
      ],
    }),
  )
  t.at(town, ago - 16.5 * H, (_, at) =>
    life().do(life().worker, at, 'assign_representative', {
      kind: 'legal_guardian',
      basis: 'guardianship_authority',
      name: speaker,
      from: t.day(ago - 16.5 * H),
      allegedPerpetrator: 'no',
      employedByOtherSide: 'no',
    }),
  )
  return life
}

const called = (t: Teller, life: () => Life, ago: number, plannedAgo: number): string => {
  const id = t.mint('interview', ago)
  t.at(town, ago, async (stage, at) => {
    const worker = life().worker
    const [file, speaker] = await stage.see(worker, async (tx) => [
      await nrmOf(tx, life().caseId),
      (
        await tx.sql<{ id: string }>(
          'select id from representative where case_id = $1 and ended_on is null',
          [life().caseId],
        )
      )[0],
    ])
    await stage.do(worker, at, 'interview.schedule', id, {
      nrmId: file?.id,
      representativeId: speaker?.id,
      plannedAt: new Date(t.now - plannedAgo * HOUR).toISOString(),
      roomId: roomId('53'),
      policeUnitId: referenceUnit('police-AL-11').id,
      socialUnitId: referenceUnit('social-service-AL-11').id,
      packet: {
        indicators:
          'EX3, CD1, CH1: paratë ia merr i njëjti i rritur; e rrahin; flet vetëm kur ai nuk është aty.',
        place: 'Te ura e vjetër',
        danger: 'I rrituri e kërkon; e ka pritur dy herë para qendrës.',
      },
    })
  })
  return id
}

const met = (code: string) => ({ code, met: true })
export const formalInterviews = (t: Teller): void => {
  called(t, presumed(t, 'Arsen', 'Halla e fëmijës', 17.5 * H), 20, -46)
  const life = presumed(t, 'Denis', 'Gjyshja e fëmijës', 40 * H)
  const id = called(t, life, 23.2 * H, 18 * H)
  const from = 18 * H
  t.at(town, from - 3, (stage, at) =>
    stage.do(
      'police',
      at,
      'interview.record',
      id,
      {
        heldAt: new Date(t.now - from * HOUR).toISOString(),
        minutes: 65,
        breaks: 2,
        roomId: roomId('53'),
        participants: [
          { role: 'police', name: 'Artan Kola' },
          { role: 'social_service', name: 'Mirela Bushi' },
          { role: 'cpw', name: 'Punonjësja e rastit' },
          { role: 'psychologist', name: 'Psikologia e njësisë' },
          { role: 'representative', name: 'Gjyshja e fëmijës' },
        ],
        recording: 'audio_video',
        recordingReference: 'R-31, drejtoria vendore',
        repeated: false,
        items: [
          ...['no_conflict', 'no_confrontation', 'informed', 'views_heard', 'consent', 'private'].map(met),
          ...['questions_with_psychologist', 'support_person', 'woman_offered'].map(met),
          { code: 'without_delay', met: false, reason: 'Dhoma ishte e zënë një javë.' },
          { code: 'counsel_present', met: false, reason: 'Mbrojtësi i caktuar nuk erdhi; u njoftua dhoma.' },
        ],
        notes: 'Tregon qetë kush e sjell dhe kush i merr paratë. Kërkon të kthehet në shkollë.',
      },
      1,
    ),
  )
  t.at(town, from - 4, (stage, at) =>
    stage.do(
      'social-service',
      at,
      'interview.propose',
      id,
      {
        conclusion: 'vt',
        articles: ['128/b'],
        elements: ['act', 'purpose'],
        basis: 'U soll dhe u mbajt për të lypur; paratë i merrte një i rritur.',
      },
      2,
    ),
  )
  t.at(town, from - 26, (stage, at) => stage.do('police', at, 'interview.sign', id, { agrees: true }, 3))
}

/** Municipality, who holds it, years ago, with picture. */
const rooms = [
  ['53', 'Tiranë', 'Drejtoria Vendore e Policisë Tiranë', 6, true],
  ['10', 'Durrës', 'Drejtoria Vendore e Policisë Durrës', 5, true],
  ['61', 'Vlorë', 'Drejtoria Vendore e Policisë Vlorë', 5, true],
  ['48', 'Shkodër', 'Gjykata e Shkallës së Parë Shkodër', 4, true],
  ['35', 'Korçë', 'Drejtoria Vendore e Policisë Korçë', 4, true],
  ['15', 'Elbasan', 'Bashkia Elbasan', 3, false],
  ['21', 'Fier', 'Drejtoria Vendore e Policisë Fier', 2, true],
] as const
const roomId = (municipality: string): string => idOf(`interview room ${municipality}`, Date.UTC(2020, 0, 1))

export const interviewRooms = (now: string): Act[] =>
  rooms.map(([municipality, name, holder, years, video], n) => ({
    at: Math.floor(Date.parse(now) / 60_000) * 60_000 - 60 * 24 * HOUR + n * 60_000,
    lane: 'interview rooms',
    play: (stage, at) =>
      stage.do('state-agency', at, 'interview_room.set', roomId(municipality), {
        nameSq: `Dhoma e intervistimit, ${name}`,
        nameEn: `Interview room, ${name}`,
        municipality,
        holder,
        audio: true,
        video,
        from: `${Number(now.slice(0, 4)) - years}-03-01`,
        until: null,
      }),
  }))
