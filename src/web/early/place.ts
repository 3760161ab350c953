const ofCase = /^\/app\/cases\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/
/** A screenful or two, on a phone fewer; the rest comes as one reads on. */
export const firstEntries = matchMedia('(max-width: 767px)').matches ? 12 : 25
/** Tabs that show the timeline. */
const timed = [null, 'summary', 'timeline']

export interface Place {
  readonly pathname: string
  readonly search: string
}

/** The case that this address shows, and whether with its timeline. */
export const caseAt = ({ pathname, search }: Place): { id: string; timed: boolean } | null => {
  const id = ofCase.exec(pathname)?.[1]
  return id === undefined ? null : { id, timed: timed.includes(new URLSearchParams(search).get('tab')) }
}
