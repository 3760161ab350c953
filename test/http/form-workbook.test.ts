import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conditionFrom } from '#domain/form/expression.ts'
import { shippedForm } from '#server/form/shipped.ts'
import { writeWorkbook } from '#server/workbook/write.ts'
import { type CastName, castNames } from '#test/cast.ts'
import { type Loose, type TestApp, testApp } from './harness.ts'

/** XLSForm workbooks, as partners use them in Kobo and ODK. */
let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

/** Written with # for $, so that no string looks like a template. */
const xls = (text: string) => text.replaceAll('#{', `$` + '{')
const both = (column: string) => [`${column}::Shqip (sq)`, `${column}::English (en)`]
const survey = [
  'type',
  'name',
  ...both('label'),
  'relevant',
  'required',
  'constraint',
  'calculation',
  'mburoja_tier',
]
const choices = ['list_name', 'name', ...both('label'), 'score']
type Rows = readonly (readonly (string | number | null)[])[]
const sound: Rows = [
  ['start', 'start'],
  ['begin_group', 'home', 'Shtëpia', 'Home', null],
  ['select_one yn', 'safe', 'A është i sigurt?', 'Is it safe?', null, 'yes', null, null, 'T2'],
  ['text', 'why', 'Pse jo?', 'Why not?', xls("#{safe} = 'no'"), 'yes'],
  ['integer', 'beds', 'Sa shtretër?', 'How many beds?', null, null, '. >= 0 and . <= 20', null, 'T2'],
  ['end_group'],
  ['begin_group', 'more', 'Më shumë', 'More', xls('#{beds} > 3 or not(selected(#{needs}, "food"))')],
  ['select_multiple needs', 'needs2', 'Çfarë duhet?', 'What is needed?'],
  ['end_group'],
  ['select_multiple needs', 'needs', 'Nevojat', 'Needs', null, null, null, null, 'T2'],
  ['calculate', 'sum', 'Shuma', 'Sum', null, null, null, xls('#{safe} + #{needs}')],
]
const lists: Rows = [
  ['yn', 'yes', 'po', 'yes', 2],
  ['yn', 'no', 'jo', 'no', 0],
  ['needs', 'food', 'ushqim', 'food', 1],
  ['needs', 'school', 'shkollë', 'school', 1],
]
const book = (rows: Rows = sound, options: Rows = lists, title: Rows = [['Vizita', 'Visit', 'home_visit']]) =>
  writeWorkbook([
    { name: 'survey', columns: survey.map((one) => ({ title: one })), rows },
    { name: 'choices', columns: choices.map((one) => ({ title: one })), rows: options },
    {
      name: 'settings',
      columns: [...both('form_title'), 'form_id'].map((one) => ({ title: one })),
      rows: title,
    },
  ])
const post = async (bytes: Buffer, who: CastName = 'state-agency') => {
  const reply = await app.fastify.inject({
    method: 'POST',
    url: '/api/forms/workbook',
    headers: { 'x-test-as': who, 'content-type': 'application/octet-stream', 'accept-language': 'en' },
    payload: bytes,
  })
  return { status: reply.statusCode, body: JSON.parse(reply.body) as Loose }
}
const faults = async (bytes: Promise<Buffer>) => {
  const { status, body } = await post(await bytes)
  expect(status).toBe(400)
  for (const one of body.errors!) expect(String(one.message)).not.toMatch(/invalid\.|\{\{/)
  return body.errors!.map((one) => `${String(one.field)} ${String(one.code)}`)
}

describe('an XLSForm workbook', () => {
  test('becomes a form: groups, choices, conditions, bounds, sums', async () => {
    const { status, body } = await post(await book())
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.form).toBe('home_visit')
    expect(body.content).toMatchObject({
      title: { sq: 'Vizita', en: 'Visit' },
      sections: [
        {
          title: { en: 'Home' },
          questions: [
            { key: 'safe', kind: 'yes_no', tier: 'T2', required: true, points: { yes: 2, no: 0 } },
            { key: 'why', kind: 'text', tier: 'T3', when: { question: 'safe', is: false } },
            { key: 'beds', kind: 'number', min: 0, max: 20 },
          ],
        },
        {
          when: { any: [{ question: 'beds', atLeast: 4 }, { not: { question: 'needs', is: 'food' } }] },
          questions: [{ key: 'needs2', kind: 'choices' }],
        },
        { questions: [{ key: 'needs', kind: 'choices' }] },
      ],
      scores: [{ key: 'sum', of: ['safe', 'needs'] }],
    })
  })

  test('faults are listed by sheet and row, and nothing is kept', async () => {
    const broken: Rows = [
      ['geopoint', 'where', 'Ku', 'Where'],
      ['text', 'a b', 'A', 'A'],
      ['select_one nowhere', 'c', 'C', 'C'],
      ['text', 'd', 'D', null],
      ['text', 'e', 'E', 'E', xls('regex(#{d}, "x")')],
      ['text', 'f', 'F', 'F', xls("#{g} = ''")],
      ['text', 'g', 'G', 'G', xls("#{f} = ''")],
      ['text', 'h', 'H', 'H', xls("#{nobody} = 'x'")],
      ['integer', 'i', 'I', 'I', null, null, 'regex(., "1")'],
      ['begin_group', 'open', 'O', 'O'],
      ['text', 'd', 'D', 'D'],
    ]
    const said = await faults(book(broken, [['yn', 'yes', 'po', null]]))
    expect(said).toEqual(
      expect.arrayContaining([
        'survey!2 xlsform_type',
        'survey!3 xlsform_name',
        'survey!4 xlsform_list',
        'survey!5 fault_missing_translation',
        'survey!6 xlsform_relevant',
        'survey!8 fault_cycle',
        'survey!9 fault_unknown_reference',
        'survey!10 xlsform_constraint',
        'survey!11 xlsform_group',
        'survey!12 fault_duplicate_key',
        'choices!2 fault_missing_translation',
      ]),
    )
    expect((await app.as('state-agency').get('/api/forms?form=home_visit')).body.items).toEqual([])
  })

  test('what a partner wrote otherwise is read as it was meant; what cannot be kept is said by row, never dropped', async () => {
    const sheets = (heads: readonly string[], rows: Rows, settings = ['default_language', 'English (en)']) =>
      writeWorkbook([
        { name: 'survey', columns: heads.map((title) => ({ title })), rows },
        {
          name: 'choices',
          columns: ['list name', 'name', 'label', 'label::Shqip'].map((title) => ({ title })),
          rows: [
            ['yn', 'yes', 'Agreed', 'Dakord'],
            ['yn', 'no', 'Not agreed', 'Jo dakord'],
          ],
        },
        {
          name: 'settings',
          columns: ['form_title', 'title::Shqip (sq)', 'id_string', settings[0]!].map((title) => ({ title })),
          rows: [['Visit', 'Vizita', 'their_visit', settings[1]!]],
        },
      ])
    const heads = ['type', 'name', 'label', 'label::Shqip', 'required', 'relevance']
    const { status, body } = await post(
      await sheets(heads, [
        ['select_one yn', 'ok', 'Agreed with it?', 'A pajtohet?', 'true'],
        ['text', 'why', 'Why?', 'Pse?', 'no', xls("#{ok} = 'no'")],
      ]),
    )
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.content).toMatchObject({
      title: { sq: 'Vizita', en: 'Visit' },
      sections: [
        {
          questions: [
            {
              kind: 'choice',
              label: { sq: 'A pajtohet?', en: 'Agreed with it?' },
              required: true,
              options: [{ label: { sq: 'Dakord', en: 'Agreed' } }, { value: 'no' }],
            },
            { key: 'why', when: { question: 'ok', is: 'no' } },
          ],
        },
      ],
    })
    expect(
      await faults(
        sheets(
          [...heads, 'choice_filter', 'default', 'calculation'],
          [
            ['select_one yn or_other', 'ok', 'Agreed?', 'A pajtohet?'],
            ['select_one_from_file towns.csv', 'town', 'Town', 'Qyteti'],
            ['text', 'why', 'Why?', 'Pse?', xls("#{ok} = 'no'"), null, 'a = b', 'x'],
            ['text', 'age', xls('How old is #{why}?'), 'Sa vjeç?'],
            [null, 'lost', 'Lost', 'E humbur'],
            ['begin_repeat', 'child', 'Child', 'Fëmija'],
            ['integer', 'beds', 'Beds', 'Shtretër'],
            ['end_repeat'],
            ['calculate', 'sum', null, null, null, xls('#{beds} > 1'), null, null, xls('#{beds}')],
          ],
        ),
      ),
    ).toEqual([
      'survey!4 xlsform_column',
      'survey!4 xlsform_column',
      'survey!2 xlsform_type',
      'survey!3 xlsform_type',
      'survey!4 xlsform_required',
      'survey!5 xlsform_text',
      'survey!6 xlsform_type',
      'survey!7 xlsform_type',
      'survey!10 xlsform_relevant',
    ])
  })

  test('no workbook, a sheet missing, a title in one language', async () => {
    expect(await faults(Promise.resolve(Buffer.from('hello')))).toEqual(['body workbook_not_a_workbook'])
    expect(
      await faults(
        writeWorkbook([{ name: 'survey', columns: survey.map((title) => ({ title })), rows: sound }]),
      ),
    ).toEqual(['settings workbook_sheet_missing'])
    expect(await faults(book(sound, lists, [['Vizita', null, 'home_visit']]))).toEqual([
      'settings!2 fault_missing_translation',
    ])
  })

  test('only the State Agency brings one', async () => {
    const bytes = await book()
    for (const who of castNames)
      expect([who, (await post(bytes, who)).status]).toEqual([
        who,
        who.startsWith('state-agency') ? 200 : 403,
      ])
  })
})

test('conditions of XLSForm: what can be said is said, what cannot is not guessed', () => {
  const form = shippedForm('risk', 1)
  const of = (text: string) => conditionFrom(text, form)
  expect(of(xls("#{harm_now} = 'strong' and not(#{moved_about} = 'no')"))).toEqual({
    all: [{ question: 'harm_now', is: 'strong' }, { not: { question: 'moved_about', is: false } }],
  })
  expect(of(xls("not(#{harm_now} = 'none' or #{danger} < 4)"))).toEqual({
    all: [{ not: { question: 'harm_now', is: 'none' } }, { not: { score: 'danger', atMost: 3 } }],
  })
  expect(of(xls("#{harm_what} != ''"))).toEqual({ question: 'harm_what', answered: true })
  for (const text of [
    '',
    xls('#{harm_now}'),
    xls("#{harm_now} = 'x' or"),
    'today() > 3',
    xls("(#{a} = 'x'"),
    '1 = 1',
    xls("#{a} = 'x') ("),
  ])
    expect(of(text)).toBeNull()
  expect(of(`${'('.repeat(500)}\${a} = 'x'${')'.repeat(500)}`)).toBeNull()
})
