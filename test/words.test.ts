import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noteKinds } from '#domain/case/record.ts'
import { refusalCodes } from '#domain/refusal.ts'
import { timelineTypes } from '#server/case/timeline.ts'
import { timelineKinds } from '#wire/case.ts'
import { words } from '#wire/words/index.ts'

type Namespace = Record<string, string>
const sq = words.sq as Record<string, Namespace>
const en = words.en as Record<string, Namespace>
const all = Object.entries(words).flatMap(([language, namespaces]) =>
  Object.entries(namespaces as Record<string, Namespace>).flatMap(([namespace, entries]) =>
    Object.entries(entries).map(([key, text]) => ({
      at: `${language} ${namespace}.${key}`,
      language,
      namespace,
      key,
      text,
    })),
  ),
)

describe('both languages say the same', () => {
  test('the same names, the same keys', () => {
    expect(Object.keys(sq).sort()).toEqual(Object.keys(en).sort())
    for (const namespace of Object.keys(en))
      expect(Object.keys(sq[namespace]!).sort(), namespace).toEqual(Object.keys(en[namespace]!).sort())
  })

  test('the same values are filled in', () => {
    const filled = (text: string): string[] =>
      [...new Set([...text.matchAll(/\{\{\s*([\w.]+)/g)].map((one) => one[1]!))].sort()
    const different = Object.entries(en).flatMap(([namespace, entries]) =>
      Object.entries(entries)
        // “One” may be said without its number.
        .filter(([key]) => !key.endsWith('_one'))
        .filter(([key, text]) => filled(text).join() !== filled(sq[namespace]![key]!).join())
        .map(([key]) => `${namespace}.${key}`),
    )
    expect(different).toEqual([])
  })

  test('every plural has both forms', () => {
    const lonely = all
      .filter((one) => /_(one|other)$/.test(one.key) && one.text.includes('{{count'))
      .filter((one) => {
        const stem = one.key.replace(/_(one|other)$/, '')
        const namespace = (one.language === 'sq' ? sq : en)[one.namespace]!
        return !(`${stem}_one` in namespace && `${stem}_other` in namespace)
      })
    expect(lonely.map((one) => one.at)).toEqual([])
  })

  test('no sentence is empty, and none ends in a stray space', () => {
    expect(
      all.filter((one) => one.text.trim() === '' || one.text !== one.text.trim()).map((one) => one.at),
    ).toEqual([])
  })

  test('Albanian is written with ë and ç, not with e: or c,', () => {
    const letters = Object.values(sq)
      .flatMap((namespace) => Object.values(namespace))
      .join('')
    expect(letters.includes('ë') && letters.includes('ç')).toBe(true)
    expect(
      all
        .filter((one) => one.language === 'sq' && /\p{Cc}|\u0308|\u0327/u.test(one.text))
        .map((one) => one.at),
    ).toEqual([])
  })
})

test('every refusal of the domain has its sentence', () => {
  expect([...refusalCodes].filter((code) => !(code in en.refusal!)).sort()).toEqual([])
  expect(
    Object.keys(en.refusal!)
      .filter((key) => !refusalCodes.some((code) => key === code || key.startsWith(`${code}_`)))
      .sort(),
  ).toEqual([])
})

test('every word that the server says by its name exists', () => {
  const files = readdirSync('src/server', { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.ts'),
  )
  const said = files.flatMap((file) =>
    [
      ...readFileSync(join('src/server', file), 'utf8').matchAll(
        /\bsay\(\s*[\w.]+,\s*['`](\w+)\.(\w*)('|`|\$\{)/g,
      ),
    ].map(([, namespace = '', key = '', end]) => ({
      at: `${file} ${namespace}.${key}`,
      namespace,
      key,
      end,
    })),
  )
  expect(said.length).toBeGreaterThan(50)
  expect(
    said
      .filter(({ namespace, key, end }) => {
        const keys = Object.keys(en[namespace] ?? {})
        return !(end === '${'
          ? keys.some((one) => one.startsWith(key))
          : keys.includes(key) || keys.includes(`${key}_other`))
      })
      .map((one) => one.at),
  ).toEqual([])
})

test('what asks for each thing in a file is said in both languages, as the reference says it', () => {
  const { items } = JSON.parse(readFileSync('reference/al/supervision.json', 'utf8')) as {
    items: Record<string, { source: string }>
  }
  for (const [key, { source }] of Object.entries(items))
    expect(en.supervisionPage![`source_${key}`], key).toBe(source)
})

test('whatever can happen in a case has words of its own in its timeline, in both languages', () => {
  const pages = ['casePage', 'gtnPage', 'familyPage', 'courtPage', 'outcomePage', 'placementPage', 'clock']
  // A note is named by its kind, a referral by its news.
  const named = ['NoteAdded', 'CaseReferralMoved']
  const wordless = (types: readonly string[], in_: readonly string[]): string[] =>
    [sq, en].flatMap((book) =>
      types.filter((type) => !in_.some((page) => book[page]![`event_${type}`] !== undefined)),
    )
  expect(timelineTypes.length).toBeGreaterThan(90)
  expect(
    wordless(
      timelineTypes.filter((type) => !named.includes(type)),
      pages,
    ),
  ).toEqual([])
  for (const book of [sq, en]) {
    for (const kind of noteKinds) expect(book.casePage![`note_${kind}`], kind).toBeDefined()
    for (const kind of timelineKinds) expect(book.casePage![`kind_${kind}`], kind).toBeDefined()
  }
  const declared = (folder: string): string[] =>
    readdirSync(`src/domain/${folder}`)
      .flatMap((file) => [
        ...readFileSync(`src/domain/${folder}/${file}`, 'utf8').matchAll(/DomainEvent<\s*'(\w+)'/g),
      ])
      .map((found) => found[1]!)
  // What the case's own folder declares cannot be left out of the list; what others write beside it does not compile without.
  expect(declared('case').filter((type) => !timelineTypes.includes(type))).toEqual([])
  // A room has a history of its own.
  const interviews = declared('interview').filter((type) => type !== 'InterviewRoomSet')
  expect(wordless(interviews, ['interviewPage'])).toEqual([])
  const news = [...readFileSync('src/domain/referral/state.ts', 'utf8').matchAll(/DomainEvent<\s*'(\w+)'/g)]
  expect(news.length).toBeGreaterThan(5)
  for (const [, type] of news)
    for (const book of [sq, en]) expect(book.referral![`news_${type}`], type).toBeDefined()
})
