/** The answers of a visitor on their way: read from the posted form, checked, and carried on in hidden fields. */
import { randomUUID } from 'node:crypto'
import { tipInstitutions } from '#domain/report/body.ts'
import { uuidv7 } from '#server/ids.ts'
import { type Child, html } from './html.ts'
import type { Word } from './speak.ts'

export const worries = [
  'violence',
  'sexual',
  'neglect',
  'begging',
  'work',
  'street',
  'trafficking',
  'marriage',
  'online',
  'school',
  'missing',
  'alone',
  'self',
  'other',
] as const
export type Worry = (typeof worries)[number]

export const maxChildren = 6
/** Characters; about two printed pages. */
export const maxStory = 4_000
export const maxShort = 120
/** A telephone number, unless it is an e-mail address. */
export const maxPhone = 60
export const maxPlace = 400

export interface ChildAnswer {
  readonly age: string
  readonly sex: string
  readonly name: string
}

export interface Answers {
  /** Made with the first page, so that a form posted twice is one report. */
  readonly command: string
  readonly record: string
  readonly danger: '' | 'yes' | 'no' | 'unknown'
  readonly worry: readonly Worry[]
  readonly worryUnknown: boolean
  readonly story: string
  readonly municipality: string
  readonly where: string
  readonly kids: readonly ChildAnswer[]
  readonly name: string
  readonly contact: string
  readonly safe: string
  /** Whether a private person or a business writes. */
  readonly who: '' | 'person' | 'business'
  readonly official: '' | 'yes' | 'no' | 'unknown'
  /** Where the official works: a code of `tipInstitutions`, or '' where it is not known. */
  readonly office: string
  readonly tip: string
  /** True once the visitor has seen the last page: changes then lead back to it. */
  readonly seen: boolean
}

export const steps = ['danger', 'worry', 'place', 'child', 'you'] as const
export type Step = (typeof steps)[number]

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const oneOf = <T extends string>(value: string, known: readonly T[]): T | '' =>
  known.find((item) => item === value) ?? ''

/** Line ends as browsers count them; what PostgreSQL cannot hold is left out. */
export const textOf = (form: URLSearchParams, field: string): string =>
  (form.get(field) ?? '').toWellFormed().replaceAll('\r\n', '\n').replaceAll('\0', '').trim()

export const readAnswers = (form: URLSearchParams, now: number): Answers => {
  const id = (field: string, fresh: () => string): string => {
    const given = form.get(field) ?? ''
    return uuid.test(given) ? given : fresh()
  }
  const count = Math.min(maxChildren, Math.max(1, Number.parseInt(form.get('kids') ?? '1', 10) || 1))
  return {
    command: id('command', randomUUID),
    record: id('record', () => uuidv7(now)),
    danger: oneOf(form.get('danger') ?? '', ['yes', 'no', 'unknown']),
    worry: worries.filter((worry) => form.getAll('worry').includes(worry)),
    worryUnknown: form.getAll('worry').includes('unknown'),
    story: textOf(form, 'story'),
    municipality: textOf(form, 'municipality'),
    where: textOf(form, 'where'),
    kids: Array.from({ length: count }, (_, i) => ({
      age: textOf(form, `age${i + 1}`),
      sex: oneOf(form.get(`sex${i + 1}`) ?? '', ['female', 'male', 'unknown']),
      name: textOf(form, `name${i + 1}`),
    })),
    name: textOf(form, 'name'),
    contact: textOf(form, 'contact'),
    safe: textOf(form, 'safe'),
    who: oneOf(form.get('who') ?? '', ['person', 'business']),
    official: oneOf(form.get('official') ?? '', ['yes', 'no', 'unknown']),
    office: oneOf(form.get('office') ?? '', tipInstitutions),
    tip: textOf(form, 'tip'),
    seen: form.get('seen') === '1',
  }
}

const fieldsOf = (a: Answers): Readonly<Record<Step, readonly (readonly [string, string])[]>> => ({
  danger: [['danger', a.danger]],
  worry: [
    ...[...a.worry, ...(a.worryUnknown ? ['unknown'] : [])].map((worry) => ['worry', worry] as const),
    ['story', a.story],
  ],
  place: [
    ['municipality', a.municipality],
    ['where', a.where],
  ],
  child: [
    ['kids', String(a.kids.length)],
    ...a.kids.flatMap((kid, i) => [
      [`age${i + 1}`, kid.age] as const,
      [`sex${i + 1}`, kid.sex] as const,
      [`name${i + 1}`, kid.name] as const,
    ]),
  ],
  you: [
    ['name', a.name],
    ['contact', a.contact],
    ['safe', a.safe],
    ['who', a.who],
    ['official', a.official],
    ['office', a.office],
    ['tip', a.tip],
  ],
})

const hidden = (name: string, value: string): Child =>
  value !== '' && html`<input type="hidden" name="${name}" value="${value}">`

/** The two ids alone: for a page that asks everything itself. */
export const carriedIds = (a: Answers): Child => [hidden('command', a.command), hidden('record', a.record)]

/** Everything already said, except the questions this page asks itself. */
export const carried = (a: Answers, except: Step | null): Child => [
  carriedIds(a),
  a.seen && hidden('seen', '1'),
  steps
    .filter((step) => step !== except)
    .flatMap((step) => fieldsOf(a)[step].map(([name, value]) => hidden(name, value))),
]

export interface Fault {
  /** `id` of the control to be corrected. */
  readonly at: string
  readonly word: Word
  readonly params?: Readonly<Record<string, number>>
}

const tooLong = (at: string, value: string, max: number): readonly Fault[] =>
  value.length > max ? [{ at, word: 'too_long', params: { max, count: value.length } }] : []

const isAge = (age: string): boolean => /^(?:[0-9]|1[0-7])$/.test(age)

/** What must be corrected before the next question; nothing is compulsory but an answer or «I do not know». */
export const faultsOf = (step: Step, a: Answers, municipalities: ReadonlySet<string>): readonly Fault[] => {
  switch (step) {
    case 'danger':
      return a.danger === '' ? [{ at: 'danger-yes', word: 'danger_needed' }] : []
    case 'worry':
      return [
        ...(a.worry.length === 0 && !a.worryUnknown && a.story === ''
          ? [{ at: 'worry-violence', word: 'worry_needed' } as const]
          : []),
        ...tooLong('story', a.story, maxStory),
      ]
    case 'place':
      return [
        ...(a.municipality === 'unknown' || municipalities.has(a.municipality)
          ? []
          : [{ at: 'municipality', word: 'municipality_needed' } as const]),
        ...tooLong('where', a.where, maxPlace),
      ]
    case 'child':
      return a.kids.flatMap((kid, i) => [
        ...(kid.age === '' || isAge(kid.age) ? [] : [{ at: `age${i + 1}`, word: 'age_wrong' } as const]),
        ...tooLong(`name${i + 1}`, kid.name, maxShort),
      ])
    case 'you':
      return [
        ...tooLong('name', a.name, maxShort),
        ...tooLong('contact', a.contact, a.contact.includes('@') ? maxShort : maxPhone),
        ...tooLong('safe', a.safe, maxShort),
        ...(a.official === 'yes' && a.tip === '' ? [{ at: 'tip', word: 'official_needed' } as const] : []),
        ...tooLong('tip', a.tip, maxStory),
      ]
  }
}
