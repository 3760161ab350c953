/** What an officer types about one child, and the command's body that it becomes. */
import type { Category, Direction, DocumentKind, EscortRelation } from '#domain/border/kinds.ts'
import { readPartialDate } from '#domain/partial-date.ts'

export interface Typed {
  readonly crossing: string
  readonly direction: '' | Direction
  readonly category: '' | Category
  readonly escorts: readonly { readonly key: number; readonly relation: string; readonly name: string }[]
  readonly documentKind: DocumentKind
  readonly number: string
  readonly givenName: string
  readonly familyName: string
  readonly born: string
  readonly sex: '' | 'female' | 'male' | 'unknown'
  readonly citizenship: string
}

/** The next child of the same lane: place and direction stay. */
export const nextChild = (before?: Typed): Typed => ({
  crossing: before?.crossing ?? '',
  direction: before?.direction ?? '',
  category: '',
  escorts: [],
  documentKind: 'passport',
  number: '',
  givenName: '',
  familyName: '',
  born: '',
  sex: '',
  citizenship: before?.citizenship ?? 'AL',
})

/** Whoever goes along is asked for as soon as the child is not alone. */
export const withCategory = (typed: Typed, category: Typed['category']): Typed => ({
  ...typed,
  category,
  escorts:
    category === 'alone' || category === ''
      ? []
      : typed.escorts.length > 0
        ? typed.escorts
        : [{ key: 0, relation: category === 'parents' ? 'mother' : '', name: '' }],
})

export const readsAsDate = (born: string): boolean => born.trim() === '' || readPartialDate(born) !== null

const said = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())

export const bodyOf = (typed: Typed): unknown => ({
  ...(typed.crossing === '' ? {} : { crossing: typed.crossing }),
  direction: typed.direction || undefined,
  category: typed.category || undefined,
  escorts: typed.escorts.map(({ relation, name }) => ({
    relation: (relation || 'unknown') as EscortRelation,
    ...(said(name) === undefined ? {} : { name: said(name) }),
  })),
  document: {
    kind: typed.documentKind,
    ...(typed.documentKind === 'none' ? {} : { number: said(typed.number) }),
  },
  givenName: said(typed.givenName),
  familyName: said(typed.familyName),
  birth: readPartialDate(typed.born) ?? undefined,
  sex: typed.sex || 'unknown',
  citizenship: said(typed.citizenship.toUpperCase()),
})
