/** Templates of an adult's papers as data: every block stands in one, every word exists in both languages, nobody is called a child. */
import { expect, test } from 'vitest'
import { adultBlocks } from '#domain/document/adult/blocks.ts'
import type { AdultFile } from '#domain/document/adult/file.ts'
import {
  adultKinds,
  adultLeftOut,
  adultPaperTier,
  adultTemplateOf,
  adultTemplates,
  buildAdultPaper,
} from '#domain/document/adult/kinds.ts'
import { noTrack } from '#domain/document/file.ts'
import { nrmStatuses } from '#domain/nrm/state.ts'
import { say, says } from '#server/words.ts'
import { words } from '#wire/words/index.ts'

const id = '01990000-0000-7000-8000-000000000001'
const at = '2026-11-24T11:00:00.000Z'
const on = '2026-11-24'
const file: AdultFile = {
  code: 'MKR-2026-0001',
  tier: 4,
  unit: 'Shërbimi Social Shtetëror',
  unitPhone: null,
  manager: null,
  status: 'vmt',
  phase: null,
  openedAt: at,
  structure: 'police',
  door: 'field',
  forms: ['labour', 'servitude'],
  territory: 'cross_border',
  again: true,
  sex: 'male',
  citizenship: null,
  identity: null,
  summary: null,
  contact: null,
  screenings: [],
  identifications: nrmStatuses.map((status) => ({
    status,
    on,
    structure: 'police',
    forms: ['labour'],
    territory: 'internal',
    signatories: ['police', 'social_service'],
  })),
  agreed: (['shelter', 'interview', 'return', 'declined'] as const).map((what) => ({
    id,
    what,
    answer: what === 'declined' ? 'refused' : 'given',
    on,
    covers: what === 'return' ? ['return', 'packet'] : [],
    withdrawnAt: null,
    words: null,
  })),
  needs: [],
  steps: [],
  given: [],
  visits: [],
  progress: [],
  lost: { lastOn: on, attempts: 2 },
  moves: [{ id, at, from: null, to: null, words: null }],
  left: { on, reason: 'lost_contact', by: null, words: null },
  orders: [],
  track: noTrack,
  readers: [],
  copies: [],
}
const strict =
  (language: 'sq' | 'en') =>
  (key: string, params?: Readonly<Record<string, string | number>>): string => {
    const own = key.replace(/^(document|documentPage)\./, 'adultPaper.')
    const found = says(language, own) ? own : key
    expect(says(language, found), key).toBe(true)
    return say(language, found, params)
  }

test('every block stands in a template, and a paper that names nobody holds no names', () => {
  const used = new Set(adultTemplates.flatMap((one) => one.blocks))
  expect(Object.keys(adultBlocks).filter((name) => !used.has(name as never))).toEqual([])
  for (const one of adultTemplates.filter((paper) => paper.nameless))
    for (const name of one.blocks) expect(adultBlocks[name].tiers, name).toEqual(['T2'])
  expect(adultKinds.map((kind) => adultTemplateOf(kind, on).kind)).toEqual(adultKinds)
})
test('say what a reader does not reach', () => {
  const [plan, safety] = [adultTemplateOf('plan', on), adultTemplateOf('risk_and_safety', on)]
  expect([adultPaperTier(plan), adultLeftOut(plan, 2), adultLeftOut(plan, 3)]).toEqual([3, ['T3'], []])
  expect([adultPaperTier(safety), adultLeftOut(safety, 3)]).toEqual([4, ['T4']])
  expect(adultLeftOut(adultTemplateOf('rights_sheet', on), 2)).toEqual([])
})
test.each(adultKinds)('%s has all its words at every tier, and no child in them', (kind) => {
  for (const language of ['sq', 'en'] as const)
    for (const tier of [2, 3, 4] as const) {
      const making = {
        file: { ...file, tier },
        language,
        now: at,
        about: null,
        to: null,
        t: strict(language),
      }
      const paper = JSON.stringify(
        buildAdultPaper(adultTemplateOf(kind, on), making, { name: 'Mirela Bushi', login: 'mirela' }),
      )
      expect(paper, `${language} ${tier}`).not.toMatch(/fëmij|vajzë|djalë|\bchild|\bgirl|\bboy|116 111/i)
    }
})
test('an adult’s own words are said under keys that papers have, or are an adult’s alone', () => {
  const shared = new Set([...Object.keys(words.en.document), ...Object.keys(words.en.documentPage)])
  const own = Object.keys(words.en.adultPaper).filter((key) => !shared.has(key))
  expect(own.filter((key) => /^(rights|consent|help|signer|sex|left_out|kind)_/.test(key))).toEqual([
    'help_line',
    'help_ended',
  ])
})
