/** How a word is found and filled in, the same for the server and the browser. */
export type Params = Readonly<Record<string, string | number>>
export type Shelf = Readonly<Record<string, string>>

const rules = new Map<string, Intl.PluralRules>()
const formOf = (language: string, count: number): string => {
  let rule = rules.get(language)
  if (rule === undefined) {
    rule = new Intl.PluralRules(language)
    rules.set(language, rule)
  }
  return rule.select(count)
}

/** The word as it is written: of a number its own form (`key_one`, `key_other`) where there is one. */
const written = (language: string, shelf: Shelf, key: string, params?: Params): string | undefined => {
  const count = params?.count
  if (typeof count !== 'number') return shelf[key]
  return shelf[`${key}_${formOf(language, count)}`] ?? shelf[key]
}

/** A word with its `{{values}}`; undefined where the shelf has none of this key. What was not given stays to be seen. */
export const wordOf = (
  language: string,
  shelf: Shelf | undefined,
  key: string,
  params?: Params,
): string | undefined => {
  const word: unknown = shelf && written(language, shelf, key, params)
  // Keys may be codes of records: one that an object has of itself is no word.
  if (typeof word !== 'string') return undefined
  if (params === undefined || !word.includes('{{')) return word
  return word.replace(/\{\{(\w+)\}\}/g, (place, name: string) => String(params[name] ?? place))
}
