/** One family as its worker wrote it down: household, who is what to whom, who speaks for the child, what it was told and asked. */
import type { Life } from './life.ts'
import type { Teller } from './present.ts'

const H = 24
const town = '53'

export const familyOf = (t: Teller, life: () => Life): void => {
  const id = t.mint('family', 46 * H)
  let memberId = ''
  t.at(town, 46 * H, async (stage, at) => {
    const opened = await stage.do(life().worker, at, 'family.open', id, {
      caseId: life().caseId,
      address: 'Barakë pranë argjinaturës, Njësia 6',
      housing: 'improvised',
      remark: 'Uji merret te çezma e lagjes; dimrit ndizen dru brenda.',
    })
    memberId = String(opened.reply.memberId)
  })
  const member = (ago: number, who: object, tie: object) =>
    t.at(town, ago, async (stage, at) => {
      const added = await stage.do(life().worker, at, 'family.add_member', id, who)
      const [fromId] = added.reply.made as string[]
      await stage.do(
        life().worker,
        at,
        'family.relate',
        id,
        { fromId, toId: memberId, ...tie },
        added.version,
      )
    })
  member(
    45.9 * H,
    { name: 'Lule Kola', sex: 'female', bornYear: 1990 },
    { kind: 'mother', guardian: true, livesWith: true, contact: 'allowed' },
  )
  member(
    45.8 * H,
    { name: 'Fatmir Kola', sex: 'male', bornYear: 1984, alleged: true, remark: 'Sipas nënës i merr paratë.' },
    { kind: 'other_relative', livesWith: false, contact: 'forbidden' },
  )
  t.at(town, 44.5 * H, (_, at) =>
    life().do(life().worker, at, 'explain_rights', {
      on: t.day(44.5 * H),
      audience: 'child',
      topics: ['say_in_decisions', 'confidentiality', 'complaint'],
      language: 'rom',
      format: 'pictures',
      interpreter: true,
      understood: 'partly',
      explainedBy: 'Punonjësja e rastit, me përkthyese',
      questions: 'A do ta marrë vesh xhaxhai?',
    }),
  )
  t.at(town, 44 * H, (_, at) =>
    life().do(life().worker, at, 'assign_representative', {
      kind: 'procedural_representative',
      basis: 'state_social_worker',
      name: 'Edlira Haxhiu',
      act: 'Urdhri 41',
      from: t.day(44 * H),
      allegedPerpetrator: 'no',
      employedByOtherSide: 'no',
    }),
  )
  let requestId = ''
  let version = 0
  const letter = (ago: number, who: () => string, verb: string, body: () => object) =>
    t.at(town, ago, async (stage, at) => {
      const base = version === 0 ? undefined : version
      const reply = await stage.do(who(), at, `case.${verb}`, life().caseId, body(), base)
      version = reply.version
      requestId = String(reply.reply.requestId)
    })
  const worker = () => life().worker
  letter(15 * H, worker, 'receive_request', () => ({
    authority: 'prosecution',
    reference: '2211/3',
    article: 'neni 154 i Kodit të Procedurës Penale',
    asked: ['identity', 'case_manager', 'facts_observed', 'interview'],
    receivedOn: t.day(15 * H),
    officer: 'Prokurorja e çështjes',
    words: 'Kërkohen të dhënat e fëmijës dhe regjistrimi i intervistës.',
  }))
  letter(
    14 * H,
    () => life().head,
    'check_request',
    () => ({
      requestId,
      lawful: true,
      allowed: ['identity', 'case_manager', 'facts_observed'],
      opinion: 'Regjistrimi i intervistës jepet vetëm me urdhër gjykate.',
    }),
  )
  letter(13 * H, worker, 'answer_request', () => ({
    requestId,
    parts: [
      { part: 'identity', text: 'Mira Kola, 9 vjeç.' },
      { part: 'facts_observed', text: 'Parë duke lypur para qendrës tregtare, çdo ditë, nga mëngjesi.' },
    ],
  }))
}
